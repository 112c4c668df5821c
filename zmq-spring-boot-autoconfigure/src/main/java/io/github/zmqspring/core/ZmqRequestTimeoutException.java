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
 * No reply came within the request timeout, in none of the attempts.
 *
 * @since 0.1.0
 */
public class ZmqRequestTimeoutException extends ZmqException {

	private final int attempts;

	/**
	 * Creates the exception.
	 * @param socket the logical name of the socket
	 * @param timeout how long each attempt waited
	 * @param attempts how many times the request was sent
	 */
	public ZmqRequestTimeoutException(String socket, Duration timeout, int attempts) {
		super(socket, "No reply on socket '%s' within %s (%d attempt%s)".formatted(socket, timeout, attempts,
				(attempts != 1) ? "s" : ""), null);
		this.attempts = attempts;
	}

	/**
	 * How many times the request was sent.
	 * @return the number of attempts, at least 1
	 */
	public final int getAttempts() {
		return this.attempts;
	}

}
