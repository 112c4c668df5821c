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

import org.springframework.context.ApplicationEvent;

/**
 * Messages that ZeroMQ had accepted were not sent, and are lost. Published when that is
 * certain: for a socket that is closed, when its {@code linger} is over.
 *
 * @since 0.1.0
 */
public class ZmqMessagesLostEvent extends ApplicationEvent {

	private final String socket;

	private final long messages;

	private final Reason reason;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 * @param messages the number of messages
	 * @param reason why they were not sent
	 */
	public ZmqMessagesLostEvent(Object source, String socket, long messages, Reason reason) {
		super(source);
		this.socket = socket;
		this.messages = messages;
		this.reason = reason;
	}

	/**
	 * Return the logical name of the socket.
	 * @return the name
	 */
	public String getSocket() {
		return this.socket;
	}

	/**
	 * Return how many messages are lost. A message to several subscribers counts for each
	 * of them.
	 * @return the number of messages
	 */
	public long getMessages() {
		return this.messages;
	}

	/**
	 * Return why they were not sent.
	 * @return the reason
	 */
	public Reason getReason() {
		return this.reason;
	}

	/**
	 * Why messages are lost.
	 */
	public enum Reason {

		/** The socket was closed, and no peer took them within {@code linger}. */
		SOCKET_CLOSED,

		/** The endpoint was unbound or disconnected, as above. */
		ENDPOINT_REMOVED,

		/** The peer that they waited for has left. */
		PEER_LEFT

	}

}
