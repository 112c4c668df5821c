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

package io.github.zmqspring.listener;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.lane.MessageFlow;
import org.zeromq.SocketType;

/**
 * Connects listeners with sockets: keeps track of which listener reads which socket, and
 * subscribes to their topics.
 */
final class ListenerSources {

	private final SocketRegistry sockets;

	/** Listeners by socket, guarded by this. */
	private final Map<String, List<ZmqListenerEndpoint>> endpoints = new HashMap<>();

	ListenerSources(SocketRegistry sockets) {
		this.sockets = sockets;
	}

	/** Add a listener, before any listener of its socket starts. */
	synchronized void add(ZmqListenerEndpoint endpoint, SocketType type) {
		List<ZmqListenerEndpoint> sharing = this.endpoints.computeIfAbsent(endpoint.socket(),
				(name) -> new ArrayList<>());
		if (!sharing.isEmpty() && type != SocketType.SUB) {
			throw endpoint.refuse(
					"socket '%s' is a %s and has %s already".formatted(endpoint.socket(), type, sharing.get(0)),
					"Only a sub socket is shared. Use concurrency for more lanes, or a socket of its own");
		}
		sharing.add(endpoint);
		if (!endpoint.options().topics().isEmpty()) {
			this.sockets.claimTopics(endpoint.socket(), endpoint.options().topics());
		}
	}

	synchronized void remove(ZmqListenerEndpoint endpoint) {
		List<ZmqListenerEndpoint> sharing = this.endpoints.get(endpoint.socket());
		if (sharing != null && sharing.remove(endpoint) && !endpoint.options().topics().isEmpty()
				&& this.sockets.contains(endpoint.socket())) {
			this.sockets.releaseTopics(endpoint.socket(), endpoint.options().topics());
		}
	}

	boolean startsByItself(ZmqListenerEndpoint endpoint) {
		return this.sockets.definition(endpoint.socket()).autoStartup();
	}

	MessageFlow open(ListenerContainer container) {
		return container.flows().begin(this.sockets.socket(container.endpoint().socket()));
	}

}
