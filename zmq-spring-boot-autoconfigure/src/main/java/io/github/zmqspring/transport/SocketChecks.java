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
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;

/**
 * Checks a definition before JeroMQ sees it.
 */
final class SocketChecks {

	private SocketChecks() {
	}

	static void check(SocketDefinition definition) {
		String subject = "Socket '" + definition.name() + "'";
		definition.bind().forEach((endpoint) -> Endpoint.parse("bind of " + subject, endpoint, true));
		definition.connect().forEach((endpoint) -> Endpoint.parse("connect of " + subject, endpoint, false));
		if (!definition.topics().isEmpty()) {
			switch (definition.type()) {
				case SUB, XSUB, DISH -> {
				}
				default -> throw new ZmqConfigurationException("topics of " + subject,
						definition.type() + " sockets subscribe to nothing",
						"Remove the topics, or use the type sub, xsub or dish");
			}
		}
		definition.options().values().forEach((option, value) -> check(definition, subject, option, value));
	}

	private static void check(SocketDefinition definition, String subject, SocketOption option, Object value) {
		String where = "option " + option.key() + " of " + subject;
		if (option.refusal() != null) {
			throw new ZmqConfigurationException(where, option.refusal(), "Remove the option");
		}
		if (!option.appliesTo(definition.type())) {
			throw new ZmqConfigurationException(where, definition.type() + " sockets do not have it",
					"Remove the option, or change the type of the socket");
		}
		String violation = option.violation(value);
		if (violation != null) {
			throw new ZmqConfigurationException(where, "'" + value + "' " + violation, "Correct the value");
		}
		if (option == SocketOption.SEND_BUFFER_SIZE && !definition.bind().isEmpty()) {
			throw new ZmqConfigurationException(where, "JeroMQ cannot set it on a socket that binds",
					"Remove it: the kernel tunes the buffer by itself");
		}
	}

}
