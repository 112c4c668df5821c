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
 * A secured socket refused a peer, or the peer that it connects to refused it. A client
 * tries again every second, as its key may be known by then. A
 * {@link ZmqSocketHandshakeFailedEvent} is published as well, at most once a second and
 * endpoint; this event is published for each refusal.
 *
 * @since 0.1.0
 */
public final class ZmqSocketAuthenticationFailedEvent extends ZmqSocketConnectionEvent {

	private final @Nullable String address;

	private final boolean accepted;

	private final int status;

	private final String reason;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 * @param endpoint the endpoint
	 * @param address the peer's address and port, if it is known
	 * @param accepted whether the peer connected to us
	 * @param status the status code sent to the refused side: 300, 400 or 500 (RFC 27),
	 * or 0
	 * @param reason what is wrong
	 */
	public ZmqSocketAuthenticationFailedEvent(Object source, String socket, String endpoint, @Nullable String address,
			boolean accepted, int status, String reason) {
		super(source, socket, endpoint);
		this.address = address;
		this.accepted = accepted;
		this.status = status;
		this.reason = reason;
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
	 * Return the status code sent to the refused side.
	 * @return 300, 400 or 500 (RFC 27), or 0 if the cryptography failed, or a peer that
	 * was let in is let in no more
	 */
	public int getStatus() {
		return this.status;
	}

	/**
	 * Return what is wrong. It names no secret.
	 * @return the reason
	 */
	public String getReason() {
		return this.reason;
	}

}
