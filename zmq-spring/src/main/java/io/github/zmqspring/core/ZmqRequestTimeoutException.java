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
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * No reply came within the request timeout, in none of the attempts.
 *
 * @since 0.1.0
 */
public class ZmqRequestTimeoutException extends ZmqException {

	private final transient List<Attempt> attemptLog;

	private final int attempts;

	/**
	 * Create the exception.
	 * @param socket the logical name of the socket
	 * @param timeout how long each attempt waited
	 * @param attemptLog the attempts in their order
	 */
	public ZmqRequestTimeoutException(String socket, Duration timeout, List<Attempt> attemptLog) {
		super(socket,
				"No reply on socket '%s' within %s (%d attempt%s: %s)".formatted(socket, timeout, attemptLog.size(),
						(attemptLog.size() != 1) ? "s" : "",
						attemptLog.stream().map(Attempt::toString).collect(Collectors.joining(", "))),
				null);
		this.attemptLog = List.copyOf(attemptLog);
		this.attempts = attemptLog.size();
	}

	/**
	 * Create the exception for a stream that stopped before its end.
	 * @param socket the logical name of the socket
	 * @param timeout how long it waited for the next element
	 * @param attemptLog the one attempt
	 * @param elements how many elements had come
	 */
	public ZmqRequestTimeoutException(String socket, Duration timeout, List<Attempt> attemptLog, int elements) {
		super(socket, "The stream on socket '%s' stopped: after %d elements neither another nor its end came within %s"
			.formatted(socket, elements, timeout), null);
		this.attemptLog = List.copyOf(attemptLog);
		this.attempts = attemptLog.size();
	}

	/**
	 * Return how many times the request was tried.
	 * @return the number of attempts, at least 1
	 */
	public final int getAttempts() {
		return this.attempts;
	}

	/**
	 * Return the attempts in their order.
	 * @return when each was made, and whether ZeroMQ took the request
	 */
	public final List<Attempt> getAttemptLog() {
		return this.attemptLog;
	}

	/**
	 * One attempt.
	 *
	 * @param startedAt when it began
	 * @param sent whether ZeroMQ took the request; if not, no server was connected or
	 * each had its high-water mark reached
	 */
	public record Attempt(Instant startedAt, boolean sent) {

		@Override
		public String toString() {
			return this.startedAt + ((this.sent) ? "" : " not sent, for want of a server");
		}

	}

}
