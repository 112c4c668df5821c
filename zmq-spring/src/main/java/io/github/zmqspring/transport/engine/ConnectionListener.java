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

package io.github.zmqspring.transport.engine;

import io.github.zmqspring.transport.jeromq.SocketPipe;

/**
 * Told what becomes of the connections of a socket, on the I/O thread that serves them,
 * in order for each connection. Must neither wait nor throw; what it throws is logged,
 * and changes nothing.
 *
 * @since 0.1.0
 */
public interface ConnectionListener {

	/** Listens to nothing. */
	ConnectionListener NONE = new ConnectionListener() {
	};

	/**
	 * The handshake is over: from now on messages flow.
	 * @param connection the connection
	 */
	default void ready(Connection connection) {
	}

	/**
	 * The peer was let in, or let us in. Comes before {@link #ready}, where the socket
	 * has security.
	 * @param connection the connection
	 * @param authentication the identity of the peer
	 */
	default void authenticated(Connection connection, PeerAuthentication authentication) {
	}

	/**
	 * A connection has to wait before messages may flow, and waits for a second now.
	 * @param connection the connection
	 * @param cause what it waits for
	 */
	default void waiting(Connection connection, ConnectionEnd cause) {
	}

	/**
	 * A connection ended before its handshake was over.
	 * @param connection the connection
	 * @param end why
	 */
	default void refused(Connection connection, ConnectionEnd end) {
	}

	/**
	 * Messages of the peer were thrown away; the connection goes on.
	 * @param connection the connection
	 * @param messages how many
	 * @param reason why, to read in a log; quotes nothing that the peer sent
	 */
	default void dropped(Connection connection, long messages, String reason) {
	}

	/**
	 * A connection is about to end, and messages that it took from the socket were not
	 * sent.
	 * @param connection the connection
	 * @param messages how many
	 */
	default void lost(Connection connection, long messages) {
	}

	/**
	 * A connection is about to end, and with it the queue of messages for its peer.
	 * @param connection the connection
	 * @param queue the queue, to which the socket may add until it knows
	 */
	default void abandoned(Connection connection, SocketPipe queue) {
	}

	/**
	 * A connection ended after its handshake.
	 * @param connection the connection
	 * @param end why
	 */
	default void closed(Connection connection, ConnectionEnd end) {
	}

}
