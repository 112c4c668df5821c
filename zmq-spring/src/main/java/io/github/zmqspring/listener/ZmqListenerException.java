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

package io.github.zmqspring.listener;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedRuntimeException;

/**
 * A message that a listener could not handle.
 *
 * @since 0.1.0
 */
public class ZmqListenerException extends NestedRuntimeException {

	private final String listenerId;

	private final Reason reason;

	private final int attempts;

	/**
	 * Create the exception.
	 * @param listenerId the id of the listener
	 * @param reason why
	 * @param attempts how many times the method was called
	 * @param message what went wrong, without the payload
	 * @param cause the exception of the method or of the conversion
	 */
	public ZmqListenerException(String listenerId, Reason reason, int attempts, String message,
			@Nullable Throwable cause) {
		super(message, cause);
		this.listenerId = listenerId;
		this.reason = reason;
		this.attempts = attempts;
	}

	/**
	 * Return the id of the listener.
	 * @return the id
	 */
	public String getListenerId() {
		return this.listenerId;
	}

	/**
	 * Return why the message could not be handled.
	 * @return the reason
	 */
	public Reason getReason() {
		return this.reason;
	}

	/**
	 * Return how many times the method was called.
	 * @return the number, 0 for a message that was unreadable or not handled
	 */
	public int getAttempts() {
		return this.attempts;
	}

	/**
	 * Why a message could not be handled.
	 */
	public enum Reason {

		/** It could not be converted to the method's parameters. */
		UNREADABLE,

		/** The method threw an exception. */
		FAILED,

		/** The listener stopped before the message was handled. */
		UNHANDLED

	}

}
