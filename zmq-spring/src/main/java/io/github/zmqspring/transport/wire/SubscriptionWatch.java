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

package io.github.zmqspring.transport.wire;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.message.SubscriptionFrame;
import io.github.zmqspring.transport.jeromq.Subscribers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.pipe.Pipe;

/**
 * Sees every subscription that an XPUB socket reads: tells of it, and sends the newest
 * message of each topic to late subscribers, to them alone. The caller holds the socket's
 * lock.
 *
 * @since 0.1.0
 */
public final class SubscriptionWatch {

	private static final Log logger = LogFactory.getLog(SubscriptionWatch.class);

	private final SocketDefinition definition;

	private final SocketBase socket;

	private final SocketCounters counters;

	private final Listener listener;

	private final @Nullable LastValueCache cache;

	/** The subscribers that were there already, by prefix. */
	private final Map<ByteBuffer, Set<Pipe>> served = new HashMap<>();

	private volatile int cachedTopics;

	private boolean full;

	private boolean overflowed;

	public SubscriptionWatch(SocketDefinition definition, SocketBase socket, SocketCounters counters,
			Listener listener) {
		this.definition = definition;
		this.socket = socket;
		this.counters = counters;
		this.listener = listener;
		this.cache = (definition.lastValueCache()) ? new LastValueCache(definition.lastValueCacheSize()) : null;
	}

	/** Return whether anything is kept for late subscribers. */
	boolean isCaching() {
		return this.cache != null;
	}

	/** Any thread may ask. */
	public int cachedTopics() {
		return this.cachedTopics;
	}

	/** A message went out. */
	void sent(byte[][] frames) {
		if (this.cache == null) {
			return;
		}
		boolean kept = this.cache.put(frames);
		this.cachedTopics = this.cache.size();
		if (!kept && !this.full) {
			this.full = true;
			report("the last value cache is full with %d topics and keeps no new one: raise last-value-cache-size"
				.formatted(this.cachedTopics));
		}
	}

	/** A message came in; those that are no subscriptions come from XSUB sockets. */
	void received(byte[][] frames) {
		if (!SubscriptionFrame.is(frames)) {
			return;
		}
		byte[] topic = SubscriptionFrame.topic(frames[0]);
		this.listener.subscription(topic, SubscriptionFrame.begins(frames[0]));
		if (this.cache != null) {
			serve(this.cache, topic);
		}
	}

	private void serve(LastValueCache cache, byte[] topic) {
		Set<Pipe> now = Subscribers.of(this.socket, topic);
		ByteBuffer key = ByteBuffer.wrap(topic);
		Set<Pipe> before = this.served.getOrDefault(key, Set.of());
		if (now.isEmpty()) {
			this.served.remove(key);
			return;
		}
		for (Pipe subscriber : now) {
			if (!before.contains(subscriber)) {
				serve(subscriber, cache.matching(topic));
			}
		}
		this.served.put(key, Set.copyOf(now));
	}

	private void serve(Pipe subscriber, List<byte[][]> newest) {
		for (int i = 0; i < newest.size(); i++) {
			if (!Subscribers.send(subscriber, newest.get(i))) {
				if (!this.overflowed) {
					this.overflowed = true;
					report("a late subscriber got the newest messages of only %d of %d topics: raise options.send-hwm"
						.formatted(i, newest.size()));
				}
				return;
			}
		}
	}

	/** Warn once in the life of a socket. */
	private void report(String what) {
		String text = "Socket '%s': %s".formatted(this.definition.name(), what);
		this.counters.failed(text);
		logger.warn(text);
	}

	/** Is told of subscriptions, with the socket's lock held. */
	@FunctionalInterface
	public interface Listener {

		void subscription(byte[] topic, boolean subscribed);

	}

}
