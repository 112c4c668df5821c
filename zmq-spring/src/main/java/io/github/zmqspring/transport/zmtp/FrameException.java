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

package io.github.zmqspring.transport.zmtp;

/**
 * Thrown when a peer sends what its protocol or a limit does not allow: its connection
 * ends. Has no stack trace, since a peer may provoke as many as it likes.
 *
 * @since 0.1.0
 */
public final class FrameException extends RuntimeException {

	private final boolean overLimit;

	/**
	 * The peer sent what ZMTP does not allow.
	 * @param message what it was, without quoting it
	 */
	public FrameException(String message) {
		this(message, false);
	}

	/**
	 * The peer sent what it must not.
	 * @param message what it was, without quoting it
	 * @param overLimit whether a limit forbids it, and not ZMTP
	 */
	public FrameException(String message, boolean overLimit) {
		super(message, null, false, false);
		this.overLimit = overLimit;
	}

	/**
	 * Return whether a limit was exceeded.
	 * @return {@code false} if ZMTP was violated
	 */
	public boolean isOverLimit() {
		return this.overLimit;
	}

}
