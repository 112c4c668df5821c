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
 * The server answered with an error reply: its handler failed. The message is the
 * server's.
 *
 * @since 0.1.0
 */
public class ZmqRemoteException extends ZmqException {

	private final String errorType;

	/**
	 * Create the exception.
	 * @param socket the logical name of the socket
	 * @param errorType the type of the error as the server names it
	 * @param detail what the server said
	 */
	public ZmqRemoteException(String socket, String errorType, String detail) {
		super(socket, "The server behind socket '%s' failed: %s: %s".formatted(socket, errorType, detail), null);
		this.errorType = errorType;
	}

	/**
	 * Return the type of the error as the server names it.
	 * @return the type
	 */
	public final String getErrorType() {
		return this.errorType;
	}

}
