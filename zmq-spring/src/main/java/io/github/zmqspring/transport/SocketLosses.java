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

import java.util.function.Supplier;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.event.ZmqMessagesLostEvent;
import io.github.zmqspring.support.LogLimiter;
import io.github.zmqspring.transport.jeromq.SocketPipe;
import io.github.zmqspring.transport.peer.ConnectionEvents;
import io.github.zmqspring.transport.socket.Lingering;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.wire.SocketCounters;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reports the messages that one socket accepted and could not send, once that is certain:
 * in the log, a counter, the last error and an event.
 */
final class SocketLosses implements ConnectionEvents.Losses {

	private static final Log logger = LogFactory.getLog(SocketLosses.class);

	private final SocketDefinition definition;

	private final SocketCounters counters;

	private final LingerWatch watch;

	private final SocketEvents events;

	private final Supplier<@Nullable ManagedSocket> socket;

	private final LogLimiter log;

	/**
	 * Messages that connections had taken when the socket was closed; guarded by this.
	 */
	private long taken;

	/** Whether the last close was reported; guarded by this. */
	private boolean reported;

	/**
	 * Create it.
	 * @param socket returns the socket while it is open
	 */
	SocketLosses(SocketDefinition definition, SocketCounters counters, LingerWatch watch, SocketEvents events,
			Supplier<@Nullable ManagedSocket> socket) {
		this.definition = definition;
		this.counters = counters;
		this.watch = watch;
		this.events = events;
		this.socket = socket;
		this.log = new LogLimiter(logger, "Socket '" + definition.name() + "', lost messages");
	}

	/** Watch the last messages of the socket, which is closed. */
	void closing(Lingering lingering, int waitingSenders) {
		synchronized (this) {
			this.reported = false;
		}
		String line = ClosingLine.of(this.definition, this.counters, waitingSenders);
		this.watch.add(lingering::isOver, () -> {
			long unsent = lingering.unsent() + takeTaken();
			ClosingLine.log(line, this.definition, lingering.unread(), unsent);
			if (unsent > 0) {
				count(unsent, unsent + " messages were not sent within linger when the socket was closed");
				this.events.lost(this.definition.name(), unsent, ZmqMessagesLostEvent.Reason.SOCKET_CLOSED);
			}
		});
	}

	/** Watch the last messages for an endpoint that was given up. */
	void released(String endpoint, String how, @Nullable Lingering lingering) {
		if (lingering != null && lingering.unsent() > 0) {
			this.watch.add(lingering::isOver,
					() -> report(lingering.unsent(), ZmqMessagesLostEvent.Reason.ENDPOINT_REMOVED,
							"not sent within linger when " + endpoint + " was " + how));
		}
	}

	@Override
	public void lost(long messages) {
		if ((this.socket.get() != null || !addTaken(messages))
				&& warn(messages, "not sent before their connection ended")) {
			this.events.lostInBackground(this.definition.name(), messages, ZmqMessagesLostEvent.Reason.PEER_LEFT);
		}
	}

	/** Return whether the report of the close is still to come. */
	private synchronized boolean addTaken(long messages) {
		if (!this.reported) {
			this.taken += messages;
		}
		return !this.reported;
	}

	private synchronized long takeTaken() {
		long messages = this.taken;
		this.taken = 0;
		this.reported = true;
		return messages;
	}

	@Override
	public void refused(long messages) {
		this.counters.dropped(messages);
	}

	@Override
	public void authenticated(boolean allowed) {
		this.counters.authenticated(allowed);
	}

	@Override
	public void abandoned(SocketPipe queue) {
		ManagedSocket open = this.socket.get();
		Lingering lingering = (open != null) ? open.abandon(queue) : null;
		if (lingering != null) {
			this.watch.add(lingering::isOver, () -> report(lingering.unsent(), ZmqMessagesLostEvent.Reason.PEER_LEFT,
					"not sent before their peer left"));
		}
	}

	private void report(long messages, ZmqMessagesLostEvent.Reason reason, String why) {
		if (warn(messages, why)) {
			this.events.lost(this.definition.name(), messages, reason);
		}
	}

	private boolean warn(long messages, String why) {
		if (messages == 0) {
			return false;
		}
		String error = messages + " messages were " + why;
		this.log.warn("Socket '" + this.definition.name() + "': " + error + ": they are lost", null);
		count(messages, error);
		return true;
	}

	private void count(long messages, String error) {
		this.counters.lost(messages);
		this.counters.failed(error);
	}

}
