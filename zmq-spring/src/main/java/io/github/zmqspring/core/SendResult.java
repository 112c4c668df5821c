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
 * What became of a send.
 *
 * @since 0.1.0
 */
public enum SendResult {

	/** ZeroMQ has the message. */
	ACCEPTED,

	/** No peer could take it in time; nothing was sent. */
	TIMED_OUT,

	/** No peer has the routing id; nothing was sent. */
	UNREACHABLE,

	/** The socket is closed; nothing was sent. */
	CLOSED;

	/**
	 * Throw the exception that belongs to this result, if it is not {@link #ACCEPTED}.
	 * @param socket the logical name of the socket
	 * @param timeout how long the send could wait
	 * @throws ZmqSendTimeoutException for {@link #TIMED_OUT}
	 * @throws ZmqHostUnreachableException for {@link #UNREACHABLE}
	 * @throws ZmqSocketClosedException for {@link #CLOSED}
	 */
	public void orThrow(String socket, Duration timeout) {
		switch (this) {
			case TIMED_OUT -> throw new ZmqSendTimeoutException(socket, timeout);
			case UNREACHABLE -> throw new ZmqHostUnreachableException(socket);
			case CLOSED -> throw new ZmqSocketClosedException(socket);
			case ACCEPTED -> {
			}
		}
	}

}
