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

package io.github.zmqspring.transport.jeromq;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.zmqspring.core.status.SubscriptionStatus;
import io.github.zmqspring.support.BytesText;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.SocketBase;
import zmq.pipe.Pipe;
import zmq.socket.pubsub.Dist;
import zmq.socket.radiodish.Radio;

/**
 * The subscriptions on a PUB, XPUB or RADIO socket, from JeroMQ's own tables: it has no
 * method for that, and what an XPUB receives names no peer and no end of a lost one. The
 * caller holds the socket's lock.
 *
 * @since 0.1.0
 */
public final class Subscribers {

	private static final int INITIAL_TOPIC = 64;

	private Subscribers() {
	}

	/** How many subscribers would get a message of this topic. */
	public static int count(SocketBase socket, byte[] topic) {
		if (!Cure.SUBSCRIPTIONS.isAvailable()) {
			return 0;
		}
		if (socket instanceof Radio) {
			Object group = ((Map<?, ?>) JeroMqInternals.RADIO_SUBSCRIPTIONS.require(socket))
				.get(new String(topic, StandardCharsets.US_ASCII));
			return (group != null) ? new HashSet<>((Collection<?>) group).size() : 0;
		}
		Set<Pipe> found = new HashSet<>();
		Object node = JeroMqInternals.XPUB_SUBSCRIPTIONS.require(socket);
		for (int i = 0; node != null; i++) {
			found.addAll(pipes(node));
			node = (i < topic.length) ? child(node, topic[i]) : null;
		}
		return found.size();
	}

	/**
	 * What is subscribed to, at most so many topics. Looks only, and processes no
	 * commands.
	 */
	public static List<SubscriptionStatus> list(SocketBase socket, int most) {
		if (!Cure.SUBSCRIPTIONS.isAvailable()) {
			return List.of();
		}
		List<SubscriptionStatus> found = new ArrayList<>();
		if (socket instanceof Radio) {
			for (Map.Entry<?, ?> group : ((Map<?, ?>) JeroMqInternals.RADIO_SUBSCRIPTIONS.require(socket)).entrySet()) {
				if (found.size() < most) {
					found.add(new SubscriptionStatus(String.valueOf(group.getKey()),
							new HashSet<>((Collection<?>) group.getValue()).size()));
				}
			}
		}
		else {
			collect(JeroMqInternals.XPUB_SUBSCRIPTIONS.require(socket), found, most);
		}
		return found;
	}

	/** Walk the trie without recursion: it is as deep as the longest topic. */
	private static void collect(Object root, List<SubscriptionStatus> found, int most) {
		Deque<Iterator<Integer>> path = new ArrayDeque<>();
		Deque<Object> nodes = new ArrayDeque<>();
		byte[] topic = new byte[INITIAL_TOPIC];
		add(root, topic, 0, found);
		nodes.push(root);
		path.push(keys(root));
		while (!path.isEmpty() && found.size() < most) {
			if (!path.element().hasNext()) {
				path.pop();
				nodes.pop();
				continue;
			}
			int key = path.element().next();
			Object child = child(nodes.element(), (byte) key);
			if (child != null) {
				int depth = path.size();
				topic = (depth > topic.length) ? Arrays.copyOf(topic, 2 * topic.length) : topic;
				topic[depth - 1] = (byte) key;
				add(child, topic, depth, found);
				nodes.push(child);
				path.push(keys(child));
			}
		}
	}

	private static Iterator<Integer> keys(Object node) {
		int first = (int) JeroMqInternals.TRIE_MIN.require(node);
		int count = (int) JeroMqInternals.TRIE_COUNT.require(node);
		return IntStream.range(first, first + count).iterator();
	}

	private static void add(Object node, byte[] topic, int length, List<SubscriptionStatus> found) {
		int subscribers = pipes(node).size();
		if (subscribers > 0) {
			found.add(new SubscriptionStatus(BytesText.of(Arrays.copyOf(topic, length)), subscribers));
		}
	}

	/** Return the subscribers to exactly this prefix. */
	public static Set<Pipe> of(SocketBase socket, byte[] prefix) {
		if (!Cure.SUBSCRIPTIONS.isAvailable()) {
			return Set.of();
		}
		Object node = JeroMqInternals.XPUB_SUBSCRIPTIONS.require(socket);
		for (int i = 0; node != null && i < prefix.length; i++) {
			node = child(node, prefix[i]);
		}
		return (node != null) ? pipes(node) : Set.of();
	}

	/**
	 * Sends a message to one subscriber alone, if it can take it.
	 */
	public static boolean send(Pipe subscriber, byte[][] frames) {
		// write() would make the pipe passive behind the distributor's back
		if (!subscriber.checkHwm()) {
			return false;
		}
		for (int i = 0; i < frames.length; i++) {
			Msg frame = new Msg(frames[i]);
			if (i < frames.length - 1) {
				frame.setFlags(Msg.MORE);
			}
			if (!subscriber.write(frame)) {
				return false;
			}
		}
		subscriber.flush();
		return true;
	}

	/**
	 * After a refused send JeroMQ leaves the subscribers of that topic marked, and the
	 * next message would go to them as well.
	 */
	public static void forgetMatches(SocketBase socket) {
		if (Cure.SUBSCRIPTIONS.isAvailable()) {
			((Dist) JeroMqInternals.XPUB_DISTRIBUTOR.require(socket)).unmatch();
		}
	}

	@SuppressWarnings("unchecked")
	private static Set<Pipe> pipes(Object node) {
		Object pipes = JeroMqInternals.TRIE_PIPES.get(node);
		return (pipes != null) ? (Set<Pipe>) pipes : Set.of();
	}

	private static @Nullable Object child(Object node, byte key) {
		int index = key - (int) JeroMqInternals.TRIE_MIN.require(node);
		Object[] next = (Object[]) JeroMqInternals.TRIE_NEXT.get(node);
		return (next != null && index >= 0 && index < (int) JeroMqInternals.TRIE_COUNT.require(node)) ? next[index]
				: null;
	}

}
