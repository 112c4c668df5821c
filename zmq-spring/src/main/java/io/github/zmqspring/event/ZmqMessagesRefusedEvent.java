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
 * Messages of a peer were thrown away before the socket received them, and the connection
 * lives on: they were over {@code max-message-size}, or of a kind that sockets of this
 * type do not receive. Of the latter there is an event a second at most.
 *
 * @since 0.1.0
 */
public final class ZmqMessagesRefusedEvent extends ZmqSocketConnectionEvent {

	private final @Nullable String address;

	private final long messages;

	private final String reason;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 * @param endpoint the endpoint of ours
	 * @param address the peer's address and port, if it is known
	 * @param messages how many messages
	 * @param reason why, in words
	 */
	public ZmqMessagesRefusedEvent(Object source, String socket, String endpoint, @Nullable String address,
			long messages, String reason) {
		super(source, socket, endpoint);
		this.address = address;
		this.messages = messages;
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
	 * Return how many messages were thrown away.
	 * @return 1 or more
	 */
	public long getMessages() {
		return this.messages;
	}

	/**
	 * Return why they were.
	 * @return the reason, in words
	 */
	public String getReason() {
		return this.reason;
	}

}
