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

package io.github.zmqspring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.core.status.RequestStatus;

/**
 * Refuses requests where the application has sockets of its own and nothing that sends
 * requests over them.
 */
final class NoRequests implements RequestOperations {

	@Override
	public CompletableFuture<ZmqMessage> request(String socket, byte[][] body, Duration timeout, int retries) {
		return CompletableFuture.failedFuture(refusal(socket));
	}

	@Override
	public SocketDefinition definition(String socket) {
		throw refusal(socket);
	}

	private static ZmqUnsupportedOperationException refusal(String socket) {
		return new ZmqUnsupportedOperationException(socket,
				"The application has a ZmqSockets bean of its own: requests on socket '%s' need a RequestOperations bean as well"
					.formatted(socket));
	}

	@Override
	public RequestStatus status(String socket) {
		return RequestStatus.NONE;
	}

}
