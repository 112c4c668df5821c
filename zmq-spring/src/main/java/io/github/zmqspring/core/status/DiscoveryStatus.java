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
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a name that a socket connects to, such as {@code dns:///orders:5555}.
 *
 * @param endpoint the endpoint as it was given
 * @param instances the instances that were found, and those that go
 * @param lookedUpAt when the name was last looked up successfully, if it was
 * @param lastError why the last look-up failed; nothing if it did not
 * @since 0.1.0
 */
public record DiscoveryStatus(String endpoint, List<Instance> instances, @Nullable Instant lookedUpAt,
		@Nullable String lastError) {

	public DiscoveryStatus {
		instances = List.copyOf(instances);
	}

	/**
	 * One instance.
	 *
	 * @param endpoint the endpoint that is connected
	 * @param state how far the socket has come with it
	 * @param lastError why there is no connection
	 * @param since since when it is known
	 */
	public record Instance(String endpoint, State state, @Nullable String lastError, Instant since) {

	}

	/**
	 * The states of an instance.
	 */
	public enum State {

		/** It has not answered yet, or the connection was lost. */
		CONNECTING,

		/** It is connected. */
		CONNECTED,

		/**
		 * It is no longer found; it stays connected for what it has still to send.
		 */
		LEAVING

	}

}
