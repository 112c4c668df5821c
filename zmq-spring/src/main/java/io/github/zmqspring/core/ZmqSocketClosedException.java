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

/**
 * The socket is closed, or not open yet: the application is stopping, the socket was
 * stopped or removed, or it does not start by itself.
 *
 * @since 0.1.0
 */
public class ZmqSocketClosedException extends ZmqException {

	/**
	 * Create the exception.
	 * @param socket the logical name of the socket
	 */
	public ZmqSocketClosedException(String socket) {
		super(socket,
				"Socket '%s' is not open: the application is stopping, or the socket was stopped, removed or not started"
					.formatted(socket),
				null);
	}

}
