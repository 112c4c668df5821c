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
 * A peer went away, or its connection was ended since it broke a rule. There is no event
 * when a socket of ours is closed. A connected endpoint is tried again without an end.
 *
 * @since 0.1.0
 */
public final class ZmqSocketDisconnectedEvent extends ZmqSocketConnectionEvent {

	private final @Nullable String address;

	private final boolean accepted;

	private final String reason;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 * @param endpoint the endpoint of ours
	 * @param address the peer's address and port, if it is known
	 * @param accepted whether the peer had connected to us
	 * @param reason why, in words
	 */
	public ZmqSocketDisconnectedEvent(Object source, String socket, String endpoint, @Nullable String address,
			boolean accepted, String reason) {
		super(source, socket, endpoint);
		this.address = address;
		this.accepted = accepted;
		this.reason = reason;
	}

	/**
	 * Return the peer's address.
	 * @return address and port, or {@code null} if it is not known
	 */
	public @Nullable String getAddress() {
		return this.address;
	}

	/**
	 * Return whether the peer had connected to us.
	 * @return {@code false} if we had connected to it
	 */
	public boolean isAccepted() {
		return this.accepted;
	}

	/**
	 * Return why the connection ended.
	 * @return the reason, in words
	 */
	public String getReason() {
		return this.reason;
	}

}
