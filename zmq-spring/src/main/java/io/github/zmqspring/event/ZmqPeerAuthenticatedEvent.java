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
 * A secured socket let a peer in, or was let in by the peer that it connects to.
 *
 * @since 0.1.0
 */
public final class ZmqPeerAuthenticatedEvent extends ZmqSocketConnectionEvent {

	private final @Nullable String address;

	private final boolean accepted;

	private final @Nullable String userId;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 * @param endpoint the endpoint of ours
	 * @param address the peer's address and port, if it is known
	 * @param accepted whether the peer connected to us
	 * @param userId the user id that was found for the peer, if there is one
	 */
	public ZmqPeerAuthenticatedEvent(Object source, String socket, String endpoint, @Nullable String address,
			boolean accepted, @Nullable String userId) {
		super(source, socket, endpoint);
		this.address = address;
		this.accepted = accepted;
		this.userId = userId;
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

	/**
	 * Return the identity of the peer.
	 * @return the user id, or {@code null} where there is none: without a list of clients
	 * or users, and on a client
	 */
	public @Nullable String getUserId() {
		return this.userId;
	}

}
