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
 * Something happened to a connection of a socket over tcp or ipc: inproc has no
 * connections. Published in order on a thread of this library, never on the threads that
 * move messages; when more than ten thousand wait, the newest are left out.
 *
 * @since 0.1.0
 */
public abstract sealed class ZmqSocketConnectionEvent extends ApplicationEvent permits ZmqMessagesRefusedEvent,
		ZmqSocketConnectedEvent, ZmqSocketDisconnectedEvent, ZmqSocketConnectFailedEvent, ZmqSocketAcceptFailedEvent,
		ZmqSocketHandshakeFailedEvent, ZmqSocketAuthenticationFailedEvent, ZmqPeerAuthenticatedEvent {

	private final String socket;

	private final String endpoint;

	ZmqSocketConnectionEvent(Object source, String socket, String endpoint) {
		super(source);
		this.socket = socket;
		this.endpoint = endpoint;
	}

	/**
	 * Return the logical name of the socket.
	 * @return the name
	 */
	public final String getSocket() {
		return this.socket;
	}

	/**
	 * Return the endpoint of ours that the connection belongs to: bound, or connected.
	 * @return the endpoint
	 */
	public final String getEndpoint() {
		return this.endpoint;
	}

}
