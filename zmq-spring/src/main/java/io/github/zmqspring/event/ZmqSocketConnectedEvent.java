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

package io.github.zmqspring.event;

import org.jspecify.annotations.Nullable;

/**
 * A connection was made: a peer connected to us, or we to it. The greeting follows; a
 * peer counts from its end.
 *
 * @since 0.1.0
 */
public final class ZmqSocketConnectedEvent extends ZmqSocketConnectionEvent {

	private final @Nullable String address;

	private final boolean accepted;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 * @param endpoint the endpoint of ours
	 * @param address the peer's address and port, if it is known
	 * @param accepted whether the peer connected to us
	 */
	public ZmqSocketConnectedEvent(Object source, String socket, String endpoint, @Nullable String address,
			boolean accepted) {
		super(source, socket, endpoint);
		this.address = address;
		this.accepted = accepted;
	}

	/**
	 * Return the peer's address.
	 * @return address and port, or {@code null} if it was gone already
	 */
	public @Nullable String getAddress() {
		return this.address;
	}

	/**
	 * Return whether the peer connected to us.
	 * @return {@code false} if we connected to it
	 */
	public boolean isAccepted() {
		return this.accepted;
	}

}
