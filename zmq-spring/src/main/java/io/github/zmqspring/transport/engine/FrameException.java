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

package io.github.zmqspring.transport.engine;

/**
 * Thrown when a peer sends what its protocol or a limit does not allow: its connection
 * ends. Has no stack trace, since a peer may provoke as many as it likes.
 */
final class FrameException extends RuntimeException {

	private final ConnectionEnd.Reason reason;

	FrameException(String message) {
		this(ConnectionEnd.Reason.PROTOCOL, message);
	}

	FrameException(ConnectionEnd.Reason reason, String message) {
		super(message, null, false, false);
		this.reason = reason;
	}

	ConnectionEnd.Reason reason() {
		return this.reason;
	}

}
