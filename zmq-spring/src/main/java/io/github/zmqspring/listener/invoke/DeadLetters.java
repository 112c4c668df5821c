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

package io.github.zmqspring.listener.invoke;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqUnknownSocketException;

/**
 * Checks where dead letters go: they have several frames, and are addressed to no peer in
 * particular.
 */
final class DeadLetters {

	private DeadLetters() {
	}

	static void check(String subject, String socket, ZmqSockets sockets) {
		SocketDefinition definition;
		try {
			definition = sockets.definition(socket);
		}
		catch (ZmqUnknownSocketException ex) {
			throw new ZmqConfigurationException(subject, "there is no socket '" + socket + "'",
					"Define zmq.sockets." + socket + ", or use one of " + sockets.names());
		}
		if (!definition.traits().sendsUnaddressed()) {
			throw new ZmqConfigurationException(subject,
					"socket '%s' is a %s: a dead letter has several frames and no addressee".formatted(socket,
							definition.type()),
					"Use a socket of type push, pub, xpub, dealer or pair");
		}
	}

}
