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

package io.github.zmqspring.test;

import java.time.Duration;
import java.util.Arrays;

import io.github.zmqspring.core.MessageOperations;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Calls listeners without a socket, for tests.
 *
 * @since 0.1.0
 */
public class ZmqListeners {

	private final ObjectProvider<ZmqListenerRegistry> registry;

	private final MessageOperations messages;

	private final ZmqSockets sockets;

	ZmqListeners(ObjectProvider<ZmqListenerRegistry> registry, MessageOperations messages, ZmqSockets sockets) {
		this.registry = registry;
		this.messages = messages;
		this.sockets = sockets;
	}

	private ZmqListenerRegistry registry() {
		return this.registry.getObject();
	}

	/**
	 * Hand a message to a listener on this thread, as if it had arrived: it is converted
	 * and handled as always. What the method returns or throws is in the
	 * {@link ZmqRecorder}.
	 * @param id the id of the listener
	 * @param frames the frames: bytes, text, or objects that are converted as by a
	 * template
	 * @throws IllegalArgumentException if there is no such listener
	 */
	public void deliver(String id, Object... frames) {
		registry().deliver(id, ZmqMessage.of(Arrays.stream(frames).map(this.messages::encodeFrame).toArray()));
	}

	/**
	 * Wait until a listener runs and its socket has a peer at least, for thirty seconds.
	 * @param id the id of the listener
	 * @throws AssertionError if that is not so after that time
	 * @throws IllegalArgumentException if there is no such listener
	 */
	public void awaitReady(String id) {
		String socket = registry().status(id).socket();
		Patience.await("listener '" + id + "' to run", () -> {
			ListenerStatus status = registry().status(id);
			return status.state() == ListenerStatus.State.RUNNING && status.alive();
		});
		awaitPeers(socket, 1);
	}

	/**
	 * Wait until a socket has this many peers, for thirty seconds.
	 * @param socket the logical name of the socket
	 * @param peers how many at least
	 * @throws AssertionError if there are fewer after that time
	 */
	public void awaitPeers(String socket, int peers) {
		Patience.await("%d peers of socket '%s'".formatted(peers, socket),
				() -> this.sockets.status(socket).peers() >= peers);
	}

	/**
	 * Wait until no listener is handling a message.
	 * @param timeout how long to wait
	 * @throws AssertionError if one is still busy after that time
	 */
	public void awaitIdle(Duration timeout) {
		try {
			if (!registry().awaitIdle(timeout)) {
				throw new AssertionError("Listeners are still handling messages after " + timeout);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for listeners", ex);
		}
	}

}
