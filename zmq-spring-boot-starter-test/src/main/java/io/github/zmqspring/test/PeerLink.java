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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.status.SocketDetails;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * Connects a peer with a socket of the application, through a relay that can disturb the
 * connection.
 */
final class PeerLink implements AutoCloseable {

	private final ZmqSockets sockets;

	private final String name;

	private final TcpRelay relay;

	/** Undoes what was changed at the application's socket. */
	private final Runnable disconnect;

	private PeerLink(ZmqSockets sockets, String name, TcpRelay relay, Runnable disconnect) {
		this.sockets = sockets;
		this.name = name;
		this.relay = relay;
		this.disconnect = disconnect;
	}

	/**
	 * Connect to the socket where it is bound, else bind and have the socket connect, and
	 * wait until the socket has this peer.
	 */
	static PeerLink connect(ZMQ.Socket peer, ZmqSockets sockets, String name) {
		PeerLink link = open(peer, sockets, name);
		try {
			Patience.await("the peer to be connected to socket '" + name + "'", link::isConnected);
			return link;
		}
		catch (RuntimeException | Error ex) {
			link.disconnect.run();
			link.relay.close();
			throw ex;
		}
	}

	/**
	 * Connect as {@link #connect} does, and wait until the connection is refused by
	 * either side.
	 */
	static void awaitRefused(ZmqSockets sockets, String name, SocketType type, Consumer<ZMQ.Socket> credentials) {
		// a name that no socket has is refused before anything is made
		sockets.definition(name);
		try (PeerSocket peer = new PeerSocket(name, type, credentials)) {
			awaitRefused(peer.socket(), sockets, name);
		}
	}

	private static void awaitRefused(ZMQ.Socket peer, ZmqSockets sockets, String name) {
		long before = refusals(sockets, name);
		PeerLink link = open(peer, sockets, name);
		try {
			Patience.await("socket '" + name + "' to refuse the peer", () -> {
				if (link.isConnected()) {
					throw new AssertionError("Socket '" + name + "' took the peer, which it should have refused");
				}
				return refusals(sockets, name) > before;
			});
		}
		finally {
			link.release();
			link.close();
		}
	}

	private static long refusals(ZmqSockets sockets, String name) {
		SocketDetails details = sockets.details(name);
		return details.refusals() + details.unauthenticated();
	}

	private static PeerLink open(ZMQ.Socket peer, ZmqSockets sockets, String name) {
		String bound = sockets.status(name)
			.bound()
			.stream()
			.filter((endpoint) -> endpoint.startsWith("tcp://"))
			.findFirst()
			.orElse(null);
		if (bound != null) {
			TcpRelay relay = TcpRelay.to(Integer.parseInt(bound.substring(bound.lastIndexOf(':') + 1)));
			peer.connect(relay.endpoint());
			return new PeerLink(sockets, name, relay, () -> {
			});
		}
		TcpRelay relay = TcpRelay.to(peer.bindToRandomPort("tcp://127.0.0.1"));
		String endpoint = relay.endpoint();
		try {
			sockets.connect(name, endpoint);
		}
		catch (RuntimeException ex) {
			relay.close();
			throw ex;
		}
		return new PeerLink(sockets, name, relay, () -> disconnect(sockets, name, endpoint));
	}

	private boolean isConnected() {
		return this.sockets.details(this.name)
			.peers()
			.stream()
			.anyMatch((peer) -> this.relay.has(peer.address()) || this.relay.has(peer.endpoint()));
	}

	/** A socket that went on sending to a peer that is gone would lose messages. */
	private static void disconnect(ZmqSockets sockets, String name, String endpoint) {
		try {
			sockets.disconnect(name, endpoint);
		}
		catch (ZmqException ex) {
			// the test has stopped the socket or removed it
		}
	}

	void cut() {
		this.relay.cut();
	}

	void freeze() {
		this.relay.freeze();
	}

	void delay(Duration time) {
		this.relay.delay(time);
	}

	void mend() {
		this.relay.mend();
	}

	/** Let go of the socket of the application, before the peer is closed. */
	void release() {
		this.disconnect.run();
	}

	/**
	 * Return a condition that is met once the socket has lost the peer and its
	 * subscriptions, which the next test must not meet.
	 */
	BooleanSupplier gone(@Nullable PeerSubscriptions subscriptions) {
		try {
			BooleanSupplier unsubscribed = (subscriptions != null && isConnected()) ? subscriptions.haveGone()
					: () -> true;
			return () -> {
				try {
					return !isConnected() && unsubscribed.getAsBoolean();
				}
				catch (ZmqException ex) {
					return true;
				}
			};
		}
		catch (ZmqException ex) {
			// the test has stopped the socket or removed it
			return () -> true;
		}
	}

	@Override
	public void close() {
		this.relay.close();
	}

}
