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

package io.github.zmqspring.proxy;

import io.github.zmqspring.core.ZmqMessage;

/**
 * What becomes of a message on its way through a proxy. Made by the methods of
 * {@link ZmqProxyExchange}.
 *
 * @since 0.1.0
 */
public sealed interface ZmqProxyDecision {

	/**
	 * It goes on.
	 *
	 * @param message what goes on
	 */
	record Forward(ZmqMessage message) implements ZmqProxyDecision {
	}

	/** It ends here, and is counted as dropped. */
	record Drop() implements ZmqProxyDecision {
	}

	/**
	 * It goes to another socket.
	 *
	 * @param socket the logical name of the socket
	 * @param message what goes there
	 */
	record Reroute(String socket, ZmqMessage message) implements ZmqProxyDecision {
	}

}
