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

package io.github.zmqspring.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.pipe.Pipe;

/**
 * Sees every subscription that an XPUB socket reads: tells of it, and sends the newest
 * message of each topic to those who come late, to them alone. The caller holds the
 * socket's lock.
 */
final class SubscriptionWatch {

	private final SocketBase socket;

	private final Listener listener;

	private final @Nullable LastValueCache cache;

	/** Who was there already, by prefix. */
	private final Map<ByteBuffer, Set<Pipe>> served = new HashMap<>();

	SubscriptionWatch(SocketBase socket, Listener listener, boolean lastValueCache) {
		this.socket = socket;
		this.listener = listener;
		this.cache = (lastValueCache) ? new LastValueCache() : null;
	}

	/** A message went out. */
	void sent(byte[][] frames) {
		if (this.cache != null) {
			this.cache.put(frames);
		}
	}

	/** A message came in; those that are no subscriptions come from XSUB sockets. */
	void received(byte[] frame) {
		if (frame.length == 0 || frame[0] < 0 || frame[0] > 1) {
			return;
		}
		byte[] topic = Arrays.copyOfRange(frame, 1, frame.length);
		this.listener.subscription(topic, frame[0] == 1);
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
				cache.matching(topic).forEach((frames) -> Subscribers.send(subscriber, frames));
			}
		}
		this.served.put(key, Set.copyOf(now));
	}

	/** Is told of subscriptions, with the socket's lock held. */
	@FunctionalInterface
	interface Listener {

		void subscription(byte[] topic, boolean subscribed);

	}

}
