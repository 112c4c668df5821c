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

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.core.status.PeerStatus;
import io.github.zmqspring.transport.engine.ConnectionEnd;
import io.github.zmqspring.transport.jeromq.Descriptors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one endpoint of a socket: its connections, or why there is none. Made
 * from JeroMQ's events, and guarded by the tracker that gets them.
 */
final class EndpointPeers {

	private static final String REFUSED = "no process accepts connections there: the port is wrong, the peer is not running "
			+ "or a firewall is in between";

	static final String LOST = "the peer went away";

	private final Map<SelectableChannel, Peer> channels = new LinkedHashMap<>();

	private int greeted;

	/** How many there have been. */
	private int connections;

	private @Nullable SelectableChannel listening;

	private Sign sign = Sign.NONE;

	private long failures;

	private @Nullable String lastError;

	private boolean refused;

	private Instant since = Instant.now();

	/**
	 * Create it.
	 * @param connections how many connections there may have been before
	 */
	EndpointPeers(int connections) {
		this.connections = connections;
	}

	void listens(SelectableChannel channel) {
		this.listening = channel;
	}

	void listensNoMore() {
		this.listening = null;
	}

	/**
	 * Return whether there is a channel that should accept connections, but is closed.
	 */
	boolean isDeaf() {
		SelectableChannel channel = this.listening;
		return channel != null && !channel.isOpen();
	}

	/** A peer connects here anew. */
	void begin() {
		this.failures = 0;
		this.lastError = null;
		this.refused = false;
		this.since = Instant.now();
	}

	/** Return whether there is neither a connection nor a channel that accepts some. */
	boolean isUnused() {
		return this.listening == null && peers() == 0 && this.channels.isEmpty();
	}

	void connected(SelectableChannel channel, @Nullable InetSocketAddress address, boolean accepted) {
		this.channels.put(channel, new Peer(address, accepted, Instant.now()));
		this.connections++;
	}

	int connections() {
		return this.connections;
	}

	/** An engine ended a connection before its handshake was over. */
	void failed(String reason, boolean refused) {
		this.sign = Sign.REPORTED;
		this.failures++;
		this.lastError = reason;
		this.refused = refused;
		this.since = Instant.now();
	}

	/** The engine of a connection says that it ended. */
	void lost(SelectableChannel channel, String reason) {
		gone(channel);
		this.sign = Sign.REPORTED;
		this.lastError = reason;
	}

	/** With several I/O threads this may come before the channel is accepted. */
	void greeted() {
		this.greeted = Math.min(this.greeted, this.channels.size()) + 1;
		this.failures = 0;
		this.lastError = null;
		this.refused = false;
		this.since = Instant.now();
	}

	boolean isUngreeted() {
		return this.greeted == 0;
	}

	/** The events do not say which of the open channels have greeted. */
	@Nullable Peer gone(SelectableChannel channel) {
		this.sign = isUngreeted() ? Sign.UNGREETED : Sign.LOST;
		Peer peer = this.channels.remove(channel);
		if (peer != null) {
			this.greeted = Math.min(this.greeted, this.channels.size());
			this.since = Instant.now();
		}
		return peer;
	}

	void attempted() {
		this.sign = Sign.NONE;
	}

	/** A channel that was never connected: refused, or out of time. */
	void closed() {
		this.sign = Sign.CLOSED;
	}

	/**
	 * JeroMQ's event that it tries again has no reason; the events before it tell.
	 * @return why the attempt failed, or {@code null} if it was a connection that ended
	 */
	@Nullable String retried() {
		Sign before = this.sign;
		this.sign = Sign.NONE;
		if (before == Sign.REPORTED) {
			return null;
		}
		if (before == Sign.LOST) {
			this.lastError = LOST;
			return null;
		}
		this.failures++;
		this.refused = false;
		this.lastError = switch (before) {
			case CLOSED -> REFUSED;
			case UNGREETED -> ConnectionEnd.UNGREETED;
			default -> (Descriptors.look().isExhausted()) ? "no channel could be opened: too many open files"
					: "no channel could be opened: the host no longer resolves, or too many files were open";
		};
		return this.lastError;
	}

	void refused(int status) {
		this.refused = true;
		this.lastError = "the peer refused our credentials with status " + status + ": it is not tried again";
		this.since = Instant.now();
	}

	long failures() {
		return this.failures;
	}

	/**
	 * There is no event when we end a connection ourselves, as with an unbind: its
	 * channel is closed, that is all.
	 */
	int peers() {
		if (this.channels.keySet().removeIf((channel) -> !channel.isOpen())) {
			this.greeted = Math.min(this.greeted, this.channels.size());
		}
		return Math.min(this.greeted, this.channels.size());
	}

	/** The oldest connections, as many as have greeted: the others are in between. */
	void addPeers(String endpoint, List<PeerStatus> into, int most) {
		int count = peers();
		for (Peer peer : this.channels.values()) {
			if (count-- == 0 || into.size() == most) {
				return;
			}
			into.add(new PeerStatus(endpoint, text(peer.address()), peer.accepted(), peer.since()));
		}
	}

	ConnectStatus status(String endpoint) {
		boolean connected = peers() > 0;
		ConnectStatus.State state = (connected) ? ConnectStatus.State.CONNECTED
				: (this.refused) ? ConnectStatus.State.REFUSED : ConnectStatus.State.CONNECTING;
		return new ConnectStatus(endpoint, state, this.failures, (connected) ? null : this.lastError, this.since);
	}

	static @Nullable InetSocketAddress remote(SelectableChannel channel) {
		try {
			return (channel instanceof SocketChannel socket
					&& socket.getRemoteAddress() instanceof InetSocketAddress address) ? address : null;
		}
		catch (IOException ex) {
			// gone already
			return null;
		}
	}

	static @Nullable String text(@Nullable InetSocketAddress address) {
		if (address == null) {
			return null;
		}
		String host = address.getAddress().getHostAddress();
		return ((address.getAddress() instanceof Inet6Address) ? "[" + host + "]" : host) + ":" + address.getPort();
	}

	/** What happened before an attempt was repeated. */
	private enum Sign {

		NONE, CLOSED, LOST, UNGREETED, REPORTED

	}

	/**
	 * The other end of a connection.
	 *
	 * @param address its address
	 * @param accepted whether it connected to us
	 * @param since when
	 */
	record Peer(@Nullable InetSocketAddress address, boolean accepted, Instant since) {

	}

}
