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

package io.github.zmqspring.transport.socket;

import io.github.zmqspring.transport.jeromq.JeroMq;
import io.github.zmqspring.transport.peer.PeerTracker;
import zmq.SocketBase;

/**
 * Keeps requests from servers that are not connected. A DEALER would deal them out to all
 * servers it was told to connect to, and keep every second one for a server that is away
 * until that comes back. Guarded by the socket's lock.
 */
final class ConnectedServers {

	private final SocketBase socket;

	private final PeerTracker peers;

	private int seen = -1;

	private boolean someAway;

	ConnectedServers(SocketBase socket, PeerTracker peers) {
		this.socket = socket;
		this.peers = peers;
	}

	/** Look again: after connecting or disconnecting no event comes at once. */
	void endpointsChanged() {
		this.seen = -1;
	}

	/**
	 * Called before each request is sent. It only reads a number while all are there.
	 */
	void update() {
		int version = this.peers.version();
		if (version != this.seen || this.someAway) {
			this.seen = version;
			this.someAway = JeroMq.sendOnlyTo(this.socket, this.peers::isConnected);
		}
	}

}
