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

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqEndpointException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports an endpoint that cannot be bound.
 */
final class ZmqEndpointFailureAnalyzer extends AbstractFailureAnalyzer<ZmqEndpointException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ZmqEndpointException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Stop what uses '%s', or bind to an endpoint that this host has: %s.bind, or bind of the @ZmqListener that describes the socket. With * as the port a free one is taken, and published as local.zmq.%s.port."
					.formatted(cause.getEndpoint(), SocketDefinition.property(cause.getSocket()), cause.getSocket()),
				cause);
	}

}
