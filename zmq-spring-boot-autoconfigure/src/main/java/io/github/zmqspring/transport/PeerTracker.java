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

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import zmq.ZMQ;

/**
 * Counts the connected peers of one socket from JeroMQ's events. These come on I/O
 * threads, in the middle of a connection's life: an exception or a wait here would lose
 * it. A peer counts from the end of its greeting until its connection ends.
 */
final class PeerTracker implements ZMQ.EventConsummer {

	static final int EVENTS = ZMQ.ZMQ_EVENT_ACCEPTED | ZMQ.ZMQ_EVENT_CONNECTED | ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL
			| ZMQ.ZMQ_EVENT_DISCONNECTED;

	/** Guarded by this, as all that follows: open channels and greetings by endpoint. */
	private final Map<String, Set<Object>> channels = new HashMap<>();

	private final Map<String, Integer> greeted = new HashMap<>();

	@Override
	public synchronized void consume(ZMQ.Event event) {
		Set<Object> open = this.channels.computeIfAbsent(event.addr, (endpoint) -> new HashSet<>());
		switch (event.event) {
			case ZMQ.ZMQ_EVENT_ACCEPTED, ZMQ.ZMQ_EVENT_CONNECTED -> open.add(event.arg);
			case ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL -> this.greeted.merge(event.addr, 1, Integer::sum);
			case ZMQ.ZMQ_EVENT_DISCONNECTED -> {
				open.remove(event.arg);
				this.greeted.computeIfPresent(event.addr, (endpoint, count) -> Math.min(count, open.size()));
			}
			default -> {
			}
		}
		notifyAll();
	}

	/** We gave up the endpoint ourselves: there is no event for that. */
	synchronized void forget(String endpoint) {
		this.channels.keySet().removeIf((key) -> matches(key, endpoint));
		this.greeted.keySet().removeIf((key) -> matches(key, endpoint));
		notifyAll();
	}

	/** JeroMQ says {@code tcp://host:port} or {@code tcp://host/address:port}. */
	private static boolean matches(String key, String endpoint) {
		return key.equals(endpoint) || key.endsWith(endpoint.substring(endpoint.lastIndexOf('/') + 1));
	}

	synchronized int peers() {
		int peers = 0;
		for (Map.Entry<String, Integer> entry : this.greeted.entrySet()) {
			Set<Object> open = this.channels.getOrDefault(entry.getKey(), Set.of());
			peers += Math.min(entry.getValue(), open.size());
		}
		return peers;
	}

	synchronized boolean awaitChange(Duration timeout) throws InterruptedException {
		wait(Math.max(1, timeout.toMillis()));
		return true;
	}

}
