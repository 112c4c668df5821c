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

package io.github.zmqspring.core.status;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How far a socket has come with an endpoint that it connects to, at one moment.
 *
 * @param endpoint the endpoint as it was given
 * @param state how far it has come
 * @param failures how many attempts have failed since there last was a connection
 * @param lastError why the last attempt failed, or how the connection ended; nothing
 * while it is connected
 * @param since since when it is in this state, as far as known
 * @since 0.1.0
 */
public record ConnectStatus(String endpoint, State state, long failures, @Nullable String lastError,
		@Nullable Instant since) {

	/**
	 * How far a socket has come with an endpoint.
	 */
	public enum State {

		/** Its host does not resolve yet; it is looked up again. */
		UNRESOLVED,

		/** No peer has answered yet, or the connection was lost; tried again. */
		CONNECTING,

		/** There is a peer. */
		CONNECTED,

		/**
		 * The peer refused our credentials, or has others than we expect; tried again.
		 */
		REFUSED

	}

}
