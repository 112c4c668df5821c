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

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import zmq.ZMQ;

/**
 * Counts the connected peers of one socket from JeroMQ's events. These come on I/O
 * threads, in the middle of a connection's life: an exception or a wait here would lose
 * it. A peer counts from the end of its greeting until its connection ends.
 */
final class PeerTracker implements ZMQ.EventConsummer {

	static final int EVENTS = ZMQ.ZMQ_EVENT_ACCEPTED | ZMQ.ZMQ_EVENT_CONNECTED | ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL
			| ZMQ.ZMQ_EVENT_DISCONNECTED;

	private static final Log logger = LogFactory.getLog(PeerTracker.class);

	/** Raw TCP has no greeting. */
	private final boolean raw;

	/** Guarded by this. */
	private final Map<String, Endpoint> endpoints = new HashMap<>();

	PeerTracker() {
		this(false);
	}

	PeerTracker(boolean raw) {
		this.raw = raw;
	}

	@Override
	public void consume(ZMQ.Event event) {
		try {
			count(event);
		}
		catch (Throwable ex) {
			logger.warn("A connection event could not be counted", ex);
		}
	}

	private synchronized void count(ZMQ.Event event) {
		Endpoint endpoint = this.endpoints.computeIfAbsent(event.addr, (address) -> new Endpoint());
		switch (event.event) {
			case ZMQ.ZMQ_EVENT_ACCEPTED, ZMQ.ZMQ_EVENT_CONNECTED -> {
				endpoint.channels.add((SelectableChannel) event.arg);
				if (this.raw) {
					endpoint.greeted();
				}
			}
			case ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL -> endpoint.greeted();
			case ZMQ.ZMQ_EVENT_DISCONNECTED -> endpoint.gone((SelectableChannel) event.arg);
			default -> {
			}
		}
		notifyAll();
	}

	synchronized int peers() {
		return this.endpoints.values().stream().mapToInt(Endpoint::peers).sum();
	}

	synchronized boolean awaitChange(Duration timeout) throws InterruptedException {
		wait(Math.max(1, timeout.toMillis()));
		return true;
	}

	/** The connections of one endpoint. */
	private static final class Endpoint {

		private final Set<SelectableChannel> channels = new HashSet<>();

		private int greeted;

		/** With several I/O threads this may come before the channel is accepted. */
		void greeted() {
			this.greeted = Math.min(this.greeted, this.channels.size()) + 1;
		}

		/** Nobody says which of the open channels have greeted. */
		void gone(SelectableChannel channel) {
			if (this.channels.remove(channel)) {
				this.greeted = Math.min(this.greeted, this.channels.size());
			}
		}

		/**
		 * There is no event when we end a connection ourselves, as with an unbind: its
		 * channel is closed, that is all.
		 */
		int peers() {
			if (this.channels.removeIf((channel) -> !channel.isOpen())) {
				this.greeted = Math.min(this.greeted, this.channels.size());
			}
			return Math.min(this.greeted, this.channels.size());
		}

	}

}
