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

package io.github.zmqspring.transport.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.core.status.PeerStatus;
import io.github.zmqspring.transport.engine.Connection;
import io.github.zmqspring.transport.engine.ConnectionEnd;
import io.github.zmqspring.transport.engine.ConnectionListener;
import io.github.zmqspring.transport.engine.PeerAuthentication;
import io.github.zmqspring.transport.jeromq.SocketPipe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.ZMQ;

/**
 * Follows the connections of one socket by what its engines tell, and by JeroMQ's events
 * for what happens before there is a connection. Both arrive on I/O threads, in the
 * middle of a connection's life: an exception or a wait here would lose it. A peer counts
 * from the end of its handshake until its connection ends. In a context that JeroMQ's own
 * engines serve there are only events, and a peer counts from the end of its greeting.
 *
 * @since 0.1.0
 */
public final class PeerTracker implements ZMQ.EventConsummer, ConnectionListener {

	private static final int EVENTS = ZMQ.ZMQ_EVENT_LISTENING | ZMQ.ZMQ_EVENT_ACCEPT_FAILED
			| ZMQ.ZMQ_EVENT_CONNECT_DELAYED | ZMQ.ZMQ_EVENT_CONNECT_RETRIED | ZMQ.ZMQ_EVENT_CLOSED
			| ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_AUTH;

	/** What the engines tell better. */
	private static final int CONNECTION_EVENTS = ZMQ.ZMQ_EVENT_ACCEPTED | ZMQ.ZMQ_EVENT_CONNECTED
			| ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL | ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ.ZMQ_EVENT_DISCONNECTED;

	private static final ConnectionEnd UNGREETED = new ConnectionEnd(ConnectionEnd.Reason.PEER,
			ConnectionEnd.UNGREETED);

	private static final ConnectionEnd GONE = new ConnectionEnd(ConnectionEnd.Reason.PEER, EndpointPeers.LOST);

	private static final Log logger = LogFactory.getLog(PeerTracker.class);

	/** Raw TCP has no greeting. */
	private final boolean raw;

	private final ConnectionEvents events;

	/** By the address in JeroMQ's events; guarded by this. */
	private final Map<String, EndpointPeers> endpoints = new LinkedHashMap<>();

	/** The address of each endpoint that is connected; guarded by this. */
	private final Map<String, String> addresses = new LinkedHashMap<>();

	/** The most connections of an endpoint that is forgotten; guarded by this. */
	private int forgotten;

	private long acceptFailures;

	private long refusals;

	private volatile boolean failureLogged;

	/** Changes after each event. */
	private volatile int version;

	/**
	 * Create a tracker for one life of a socket.
	 * @param raw whether the socket is raw TCP, which has no greeting
	 * @param events told of each connection
	 */
	public PeerTracker(boolean raw, ConnectionEvents events) {
		this.raw = raw;
		this.events = events;
	}

	/**
	 * Follow a new socket.
	 * @param socket the socket, which neither binds nor connects yet
	 * @param engines whether engines of the library serve its connections, and tell this
	 * tracker of them
	 */
	public void follow(SocketBase socket, boolean engines) {
		socket.setEventHook(this, (engines) ? EVENTS : EVENTS | CONNECTION_EVENTS);
	}

	/**
	 * Note that an endpoint is about to be connected.
	 * @param endpoint the endpoint as it was given
	 * @param host the address of its host, or {@code null} for an endpoint without one
	 * @param port its port
	 */
	public synchronized void connecting(String endpoint, @Nullable InetAddress host, int port) {
		String address = (host != null) ? "tcp://" + EndpointPeers.text(new InetSocketAddress(host, port)) : endpoint;
		this.addresses.put(endpoint, address);
		link(address).begin();
	}

	/**
	 * Note that an endpoint was disconnected.
	 * @param endpoint the endpoint as it was given
	 */
	public synchronized void forget(String endpoint) {
		String address = this.addresses.remove(endpoint);
		if (address != null) {
			this.events.greeted(endpoint);
			link(address).begin();
			discardIfUnused(address);
		}
	}

	/**
	 * Note that an endpoint is about to be unbound.
	 * @param endpoint the endpoint really bound
	 */
	public synchronized void unbinding(String endpoint) {
		link(endpoint).listensNoMore();
		discardIfUnused(endpoint);
	}

	@Override
	public void consume(ZMQ.Event event) {
		try {
			follow(event);
		}
		catch (Throwable ex) {
			logOnce(ex);
		}
		finally {
			changed();
		}
	}

	private synchronized void changed() {
		this.version++;
		notifyAll();
	}

	@Override
	public void ready(Connection connection) {
		on(connection, (link, endpoint) -> {
			link.connected(connection.channel(), connection.remote(), connection.accepted());
			link.greeted();
			this.events.greeted(endpoint);
			this.events.connected(endpoint, connection.remote(), connection.accepted());
		});
	}

	@Override
	public void authenticated(Connection connection, PeerAuthentication authentication) {
		on(connection, (link, endpoint) -> this.events.authenticated(endpoint, connection.remote(),
				connection.accepted(), authentication.userId()));
	}

	@Override
	public void waiting(Connection connection, ConnectionEnd cause) {
		on(connection, (link, endpoint) -> {
			this.refusals++;
			this.events.handshakeFailed(endpoint, connection.remote(), cause);
		});
	}

	@Override
	public void refused(Connection connection, ConnectionEnd end) {
		if (end.reason() == ConnectionEnd.Reason.LOCAL) {
			return;
		}
		on(connection, (link, endpoint) -> {
			this.refusals++;
			if (!connection.accepted()) {
				link.failed(end.detail(), end.reason() == ConnectionEnd.Reason.AUTHENTICATION);
			}
			tellOfRefusal(connection, endpoint, end);
			this.events.handshakeFailed(endpoint, connection.remote(), end);
		});
	}

	private void tellOfRefusal(Connection connection, String endpoint, ConnectionEnd end) {
		if (end.reason() == ConnectionEnd.Reason.AUTHENTICATION) {
			this.events.authenticationFailed(endpoint, connection.remote(), connection.accepted(), end.status(),
					end.detail());
		}
	}

	@Override
	public void dropped(Connection connection, long messages, String reason) {
		on(connection, (link, endpoint) -> {
			this.refusals++;
			this.events.dropped(endpoint, connection.remote(), messages, reason);
		});
	}

	@Override
	public void lost(Connection connection, long messages) {
		this.events.lost(messages);
	}

	@Override
	public void abandoned(Connection connection, SocketPipe queue) {
		this.events.abandoned(queue);
	}

	@Override
	public void closed(Connection connection, ConnectionEnd end) {
		on(connection, (link, endpoint) -> {
			link.lost(connection.channel(), end.detail());
			if (end.reason() != ConnectionEnd.Reason.LOCAL) {
				this.refusals += (end.reason() != ConnectionEnd.Reason.PEER) ? 1 : 0;
				this.events.disconnected(endpoint, connection.remote(), connection.accepted(), end);
				tellOfRefusal(connection, endpoint, end);
			}
		});
	}

	private void on(Connection connection, BiConsumer<EndpointPeers, String> fact) {
		try {
			synchronized (this) {
				if (!connection.accepted()) {
					adopt(connection.endpoint());
				}
				fact.accept(link(connection.endpoint()), name(connection.endpoint()));
				discardIfUnused(connection.endpoint());
			}
		}
		catch (Throwable ex) {
			logOnce(ex);
		}
		finally {
			changed();
		}
	}

	/** Log the first failure only: there may be thousands a second. */
	private void logOnce(Throwable ex) {
		if (this.failureLogged) {
			logger.debug("A connection event could not be followed", ex);
			return;
		}
		this.failureLogged = true;
		logger.warn("A connection event could not be followed; further ones are logged at debug level", ex);
	}

	private synchronized void follow(ZMQ.Event event) {
		switch (event.event) {
			case ZMQ.ZMQ_EVENT_CONNECT_DELAYED, ZMQ.ZMQ_EVENT_CONNECTED, ZMQ.ZMQ_EVENT_CONNECT_RETRIED ->
				adopt(event.addr);
			default -> {
			}
		}
		EndpointPeers link = link(event.addr);
		String endpoint = name(event.addr);
		switch (event.event) {
			case ZMQ.ZMQ_EVENT_LISTENING -> link.listens((SelectableChannel) event.arg);
			case ZMQ.ZMQ_EVENT_ACCEPTED -> connected(link, endpoint, (SelectableChannel) event.arg, true);
			case ZMQ.ZMQ_EVENT_CONNECTED -> connected(link, endpoint, (SelectableChannel) event.arg, false);
			case ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL -> {
				link.greeted();
				this.events.greeted(endpoint);
			}
			case ZMQ.ZMQ_EVENT_DISCONNECTED -> disconnected(link, endpoint, (SelectableChannel) event.arg);
			case ZMQ.ZMQ_EVENT_CONNECT_DELAYED -> link.attempted();
			case ZMQ.ZMQ_EVENT_CLOSED -> {
				if (!(event.arg instanceof ServerSocketChannel)) {
					link.closed();
				}
			}
			case ZMQ.ZMQ_EVENT_CONNECT_RETRIED -> {
				String reason = link.retried();
				if (reason != null) {
					this.events.connectFailed(endpoint, reason, link.failures());
				}
			}
			case ZMQ.ZMQ_EVENT_ACCEPT_FAILED -> {
				this.acceptFailures++;
				this.events.acceptFailed(endpoint);
			}
			case ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL -> this.events.handshakeFailed(endpoint, null, UNGREETED);
			case ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_AUTH -> {
				link.refused((Integer) event.arg);
				this.events.authenticationFailed(endpoint, null, false, (Integer) event.arg,
						"the peer refused our credentials with status " + event.arg);
			}
			default -> {
			}
		}
		discardIfUnused(event.addr);
	}

	private void connected(EndpointPeers link, String endpoint, SelectableChannel channel, boolean accepted) {
		InetSocketAddress address = EndpointPeers.remote(channel);
		link.connected(channel, address, accepted);
		this.events.connected(endpoint, address, accepted);
		if (this.raw) {
			link.greeted();
		}
	}

	private void disconnected(EndpointPeers link, String endpoint, SelectableChannel channel) {
		boolean ungreeted = link.isUngreeted();
		EndpointPeers.Peer peer = link.gone(channel);
		if (peer == null) {
			return;
		}
		if (ungreeted) {
			this.events.handshakeFailed(endpoint, peer.address(), UNGREETED);
		}
		else {
			this.events.disconnected(endpoint, peer.address(), peer.accepted(), GONE);
		}
	}

	/** JeroMQ resolves hosts again before each attempt, and may find another address. */
	private void adopt(String address) {
		if (this.addresses.containsValue(address)) {
			return;
		}
		String port = address.substring(address.lastIndexOf(':'));
		List<String> candidates = this.addresses.keySet()
			.stream()
			.filter((endpoint) -> endpoint.endsWith(port))
			.toList();
		if (candidates.size() == 1) {
			String before = this.addresses.put(candidates.get(0), address);
			discardIfUnused(String.valueOf(before));
		}
	}

	/**
	 * Keep nothing of an endpoint that is neither bound nor connected: sockets may
	 * connect to ever new ones, and disconnect.
	 */
	private void discardIfUnused(String address) {
		EndpointPeers link = this.endpoints.get(address);
		if (link != null && link.isUnused() && !this.addresses.containsValue(address)) {
			this.forgotten = Math.max(this.forgotten, link.connections());
			this.endpoints.remove(address);
		}
	}

	private EndpointPeers link(String address) {
		return this.endpoints.computeIfAbsent(address, (key) -> new EndpointPeers(this.forgotten));
	}

	/** Return the endpoint as it was given for an address. */
	private String name(String address) {
		for (Map.Entry<String, String> entry : this.addresses.entrySet()) {
			if (entry.getValue().equals(address)) {
				return entry.getKey();
			}
		}
		return address;
	}

	public int version() {
		return this.version;
	}

	/**
	 * Return whether a peer is connected at an address.
	 * @param address the address as JeroMQ writes it
	 * @return {@code true} if there is at least one peer
	 */
	public synchronized boolean isConnected(String address) {
		EndpointPeers link = this.endpoints.get(address);
		return link != null && link.peers() > 0;
	}

	/**
	 * Return how many connections there have been at an address.
	 * @param address the address as JeroMQ writes it
	 * @return a number that changes with each connection
	 */
	public synchronized int connections(String address) {
		EndpointPeers link = this.endpoints.get(address);
		return (link != null) ? link.connections() : 0;
	}

	public synchronized int peers() {
		return this.endpoints.values().stream().mapToInt(EndpointPeers::peers).sum();
	}

	public synchronized long acceptFailures() {
		return this.acceptFailures;
	}

	/** Return how many connections the library ended, before or after their handshake. */
	public synchronized long refusals() {
		return this.refusals;
	}

	public synchronized List<PeerStatus> peerStatus(int most) {
		List<PeerStatus> peers = new ArrayList<>();
		this.endpoints.forEach((address, link) -> link.addPeers(name(address), peers, most));
		return peers;
	}

	/**
	 * Return the state of a connected endpoint over tcp or ipc.
	 * @param endpoint the endpoint as it was given
	 * @return its state
	 */
	public synchronized ConnectStatus connectStatus(String endpoint) {
		EndpointPeers link = this.endpoints.get(this.addresses.getOrDefault(endpoint, endpoint));
		return ((link != null) ? link : new EndpointPeers(0)).status(endpoint);
	}

	/**
	 * Return the bound endpoints that no longer accept connections.
	 * @param bound the endpoints that should
	 * @return those that do not
	 */
	public synchronized List<String> deaf(Collection<String> bound) {
		return bound.stream().filter((endpoint) -> {
			EndpointPeers link = this.endpoints.get(endpoint);
			return link != null && link.isDeaf();
		}).toList();
	}

	public synchronized boolean awaitChange(Duration timeout) throws InterruptedException {
		wait(Math.max(1, timeout.toMillis()));
		return true;
	}

}
