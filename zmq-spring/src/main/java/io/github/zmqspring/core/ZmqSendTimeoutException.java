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

import java.time.Duration;

/**
 * ZeroMQ did not accept a message within the send timeout: the socket has no peer, or
 * each peer's high-water mark is reached. Nothing of the message was sent.
 *
 * @since 0.1.0
 */
public class ZmqSendTimeoutException extends ZmqException {

	/**
	 * Create the exception.
	 * @param socket the logical name of the socket
	 * @param timeout how long the send waited
	 */
	public ZmqSendTimeoutException(String socket, Duration timeout) {
		super(socket,
				"Socket '%s' accepted no message within %s: it has no connected peer, or the high-water mark of each is reached"
					.formatted(socket, timeout),
				null);
	}

}
