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

package io.github.zmqspring.core;

import java.util.Collection;

/**
 * A socket name that neither {@code zmq.sockets} nor
 * {@link ZmqSockets#create(SocketDefinition)} knows.
 *
 * @since 0.1.0
 */
public class ZmqUnknownSocketException extends ZmqException {

	/**
	 * Create the exception.
	 * @param socket the unknown name
	 * @param known the names there are
	 */
	public ZmqUnknownSocketException(String socket, Collection<String> known) {
		super(socket, "There is no socket '%s'. Define it as zmq.sockets.%s, or use one of %s".formatted(socket, socket,
				known), null);
	}

}
