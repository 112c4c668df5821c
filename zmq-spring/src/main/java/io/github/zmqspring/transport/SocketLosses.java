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

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.event.ZmqMessagesLostEvent;
import io.github.zmqspring.transport.socket.Lingering;
import io.github.zmqspring.transport.wire.SocketCounters;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reports the messages of one socket that were accepted and not sent within linger: in
 * its counters, by an event and in the log.
 */
final class SocketLosses {

	private static final Log logger = LogFactory.getLog(NamedSocket.class);

	private final SocketDefinition definition;

	private final SocketCounters counters;

	private final SocketEnvironment environment;

	SocketLosses(SocketDefinition definition, SocketCounters counters, SocketEnvironment environment) {
		this.definition = definition;
		this.counters = counters;
		this.environment = environment;
	}

	/** Follow what a closed socket has still to send. */
	void closed(String line, @Nullable Lingering lingering) {
		if (lingering != null) {
			this.environment.lingering().add(lingering, () -> {
				long unsent = lingering.unsent();
				ClosingLine.log(line, this.definition, lingering.unread(), unsent);
				lost(unsent, ZmqMessagesLostEvent.Reason.SOCKET_CLOSED,
						"%d messages were not sent within linger when the socket was closed".formatted(unsent));
			});
		}
	}

	/** Follow what was still to be sent for an endpoint that was given up. */
	void released(String what, String endpoint, @Nullable Lingering lingering) {
		if (lingering == null || lingering.unsent() == 0) {
			return;
		}
		this.environment.lingering().add(lingering, () -> {
			long unsent = lingering.unsent();
			if (unsent > 0) {
				String error = "%d messages were not sent within linger when %s was %s".formatted(unsent, endpoint,
						what);
				logger.warn("Socket '" + this.definition.name() + "': " + error + ": they are lost");
				lost(unsent, ZmqMessagesLostEvent.Reason.ENDPOINT_REMOVED, error);
			}
		});
	}

	private void lost(long messages, ZmqMessagesLostEvent.Reason reason, String error) {
		if (messages > 0) {
			this.counters.lost(messages);
			this.counters.failed(error);
			this.environment.events().lost(this.definition.name(), messages, reason);
		}
	}

}
