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

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.MessagingException;

/**
 * Base of all exceptions about sockets. It names the socket and never carries a payload.
 *
 * @since 0.1.0
 */
public class ZmqException extends MessagingException {

	private final String socket;

	/**
	 * Create the exception.
	 * @param socket the logical name of the socket
	 * @param message what went wrong and what to do
	 * @param cause the cause, if there is one
	 */
	public ZmqException(String socket, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.socket = socket;
	}

	/**
	 * Return the logical name of the socket this is about.
	 * @return the name
	 */
	public final String getSocket() {
		return this.socket;
	}

}
