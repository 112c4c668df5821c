/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zmqspring.transport.limit;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.zmqspring.transport.zmtp.FrameException;
import zmq.Msg;

/**
 * The topics that the peers of one socket subscribe to, to bound what their subscriptions
 * take of the heap. A topic is known by its hash, made with a random key: a peer cannot
 * choose topics with equal hashes.
 *
 * @since 0.1.0
 */
public final class SubscribedTopics {

	/** Which part of the heap the subscriptions of a socket may take. */
	private static final int SHARE = 8;

	/** A node of JeroMQ's trie, for each byte of a topic. */
	private static final int NODE = 64;

	/** The sets of the last node and of this class, and a table of the trie. */
	private static final int TOPIC = 600;

	private static final long PRIME = (1L << 61) - 1;

	private final long most;

	/** By hash: how many peers subscribe to a topic, and what it takes. */
	private final Map<Long, Topic> topics = new HashMap<>();

	private long taken;

	public SubscribedTopics() {
		this(Runtime.getRuntime().maxMemory() / SHARE);
	}

	public SubscribedTopics(long most) {
		this.most = most;
	}

	/** Return the topics of a new peer. */
	public Peer peer(IncomingLimits limits) {
		return new Peer(limits);
	}

	private synchronized void add(long hash, int size) {
		Topic topic = this.topics.get(hash);
		if (topic == null) {
			long cost = TOPIC + (long) size * NODE;
			if (this.taken + cost > this.most) {
				throw new FrameException(
						"a subscription for which there is no memory: those of all peers take %d MB already. Raise the heap (-Xmx) if so many are expected"
							.formatted(this.taken >> 20),
						true);
			}
			this.taken += cost;
			topic = new Topic(cost);
			this.topics.put(hash, topic);
		}
		topic.peers++;
	}

	private synchronized void remove(long hash) {
		Topic topic = this.topics.get(hash);
		if (topic != null && --topic.peers == 0) {
			this.topics.remove(hash);
			this.taken -= topic.cost;
		}
	}

	/** Return about how many bytes of the heap they take. */
	public synchronized long taken() {
		return this.taken;
	}

	private long hash(Msg message, int from) {
		long hash = (long) message.size() - from;
		for (int i = from; i < message.size(); i++) {
			hash = Math.floorMod(multiply(hash, Key.VALUE) + (message.get(i) & 0xff) + 1, PRIME);
		}
		return hash;
	}

	/** Modulo 2^61 - 1. */
	private static long multiply(long one, long other) {
		long high = Math.multiplyHigh(one, other);
		long low = one * other;
		long sum = (low & PRIME) + ((low >>> 61) | (high << 3));
		return (sum >= PRIME) ? sum - PRIME : sum;
	}

	/** One for the JVM, chosen when the first peer subscribes. */
	private static final class Key {

		static final long VALUE = (new SecureRandom().nextLong() & PRIME) | 1;

		private Key() {
		}

	}

	private static final class Topic {

		private final long cost;

		private int peers;

		Topic(long cost) {
			this.cost = cost;
		}

	}

	/** The topics of one peer. Belongs to its I/O thread. */
	public final class Peer {

		private final IncomingLimits limits;

		private final Set<Long> hashes = new HashSet<>();

		private Peer(IncomingLimits limits) {
			this.limits = limits;
		}

		/**
		 * Count a subscription of the peer.
		 * @param message the message that says so
		 * @param from where the topic begins in it
		 * @return whether it had not subscribed to it before
		 * @throws FrameException if it is over a limit
		 */
		public boolean subscribe(Msg message, int from) {
			if (message.size() - from > this.limits.maxTopicSize()) {
				throw new FrameException(
						"a subscription to a topic of %d bytes is longer than the limit of %d: raise options.max-topic-size if such topics are expected"
							.formatted(message.size() - from, this.limits.maxTopicSize()),
						true);
			}
			long hash = hash(message, from);
			if (this.hashes.contains(hash)) {
				return false;
			}
			if (this.hashes.size() >= this.limits.maxSubscriptions()) {
				throw new FrameException(
						"more than %d subscriptions of one peer: raise options.max-subscriptions if so many are expected"
							.formatted(this.limits.maxSubscriptions()),
						true);
			}
			add(hash, message.size() - from);
			this.hashes.add(hash);
			return true;
		}

		/**
		 * Count the end of a subscription.
		 * @param message the message that says so
		 * @param from where the topic begins in it
		 * @return whether it had subscribed to it
		 */
		public boolean unsubscribe(Msg message, int from) {
			if (message.size() - from > this.limits.maxTopicSize()) {
				return false;
			}
			long hash = hash(message, from);
			boolean known = this.hashes.remove(hash);
			if (known) {
				remove(hash);
			}
			return known;
		}

		/** Forget all subscriptions of a peer whose connection ended. */
		public void forget() {
			this.hashes.forEach(SubscribedTopics.this::remove);
			this.hashes.clear();
		}

	}

}
