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

/**
 * A socket that could not be bound to or connected to an endpoint.
 *
 * @since 0.1.0
 */
public class ZmqEndpointException extends ZmqException {

	private final String endpoint;

	/**
	 * Create the exception.
	 * @param socket the logical name of the socket
	 * @param endpoint the endpoint
	 * @param message what went wrong
	 * @param cause the cause, if there is one
	 */
	public ZmqEndpointException(String socket, String endpoint, String message, @Nullable Throwable cause) {
		super(socket, message, cause);
		this.endpoint = endpoint;
	}

	/**
	 * Return the endpoint as it was configured.
	 * @return the endpoint
	 */
	public final String getEndpoint() {
		return this.endpoint;
	}

}
