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

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.transport.wire.SocketCounters;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs what went through a socket, over all the times it was open, and what did not.
 */
final class ClosingLine {

	private static final Log logger = LogFactory.getLog(ClosingLine.class);

	private ClosingLine() {
	}

	/** Return what is known when the socket is closed. */
	static String of(SocketDefinition definition, SocketCounters counters, int waiting) {
		StringBuilder text = new StringBuilder("Closed " + definition.type() + " socket '" + definition.name() + "'");
		if (definition.sends()) {
			text.append(": sent " + counters.sent() + " messages with " + counters.sentBytes() + " bytes");
		}
		if (definition.receives()) {
			text.append(((definition.sends()) ? ", " : ": ") + "received " + counters.received() + " with "
					+ counters.receivedBytes() + " bytes");
		}
		append(text, counters.rejections(), "sends rejected");
		append(text, counters.drops(), "unusable messages dropped");
		append(text, waiting, "senders turned away that were still waiting");
		append(text, counters.losses(), "lost before");
		return text.toString();
	}

	/** Log it when its last messages are sent, or given up. */
	static void log(String line, SocketDefinition definition, long unread, long unsent) {
		StringBuilder text = new StringBuilder(line);
		append(text, unread, "received and not read");
		if (unsent == 0) {
			logger.info(text);
			return;
		}
		Duration linger = definition.options().get(SocketOption.LINGER, Duration.class);
		append(text, unsent, "lost: no peer took them within linger" + ((linger != null) ? " (" + linger + ")" : ""));
		logger.warn(text);
	}

	private static void append(StringBuilder text, long count, String what) {
		if (count > 0) {
			text.append(", " + count + " " + what);
		}
	}

}
