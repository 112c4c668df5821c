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

package io.github.zmqspring.event;

/**
 * A peer refused the credentials of a socket that connects to it. It is not tried again:
 * disconnect and connect once the credentials are right.
 *
 * @since 0.1.0
 */
public final class ZmqSocketAuthenticationFailedEvent extends ZmqSocketConnectionEvent {

	private final int status;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 * @param endpoint the endpoint
	 * @param status what the peer answered: 300, 400 or 500 (RFC 27)
	 */
	public ZmqSocketAuthenticationFailedEvent(Object source, String socket, String endpoint, int status) {
		super(source, socket, endpoint);
		this.status = status;
	}

	/**
	 * Return what the peer answered.
	 * @return 300, 400 or 500 (RFC 27)
	 */
	public int getStatus() {
		return this.status;
	}

}
