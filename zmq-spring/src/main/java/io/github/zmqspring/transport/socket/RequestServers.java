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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.transport.jeromq.DealerPipes;
import io.github.zmqspring.transport.peer.PeerTracker;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.pipe.Pipe;

/**
 * The servers of a socket that makes requests, by number. A DEALER deals requests out to
 * all servers that it was told to connect to, also to one that is away or does not
 * answer; these are passed over here. The caller holds the socket's lock.
 */
final class RequestServers {

	/** For a connection that is no longer known. */
	static final int UNKNOWN = 0;

	private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

	private final SocketBase socket;

	private final @Nullable PeerTracker peers;

	/** Whether a connection takes one request at a time. */
	private final boolean exclusive;

	/** Addresses of servers that get no more requests. */
	private final Set<String> resting;

	private final Map<Integer, Server> servers = new HashMap<>();

	/** The last of each server that is connected to, by address. */
	private final Map<String, Server> connected = new HashMap<>();

	/** Whether this version of JeroMQ tells pipes apart. */
	private final boolean known = DealerPipes.areKnown();

	private int lastNumber;

	/** The server that was asked for last: often there is only one. */
	private @Nullable Server last;

	private int seen = -1;

	/** Whether a server is away, busy or silent. */
	private boolean passesOver;

	/**
	 * Create it.
	 * @param socket a DEALER
	 * @param peers knows which servers are connected; {@code null} to pass over none
	 * @param exclusive whether a connection takes one request at a time
	 * @param resting addresses of servers that get no more requests; it may change
	 */
	RequestServers(SocketBase socket, @Nullable PeerTracker peers, boolean exclusive, Set<String> resting) {
		this.socket = socket;
		this.peers = peers;
		this.exclusive = exclusive;
		this.resting = resting;
	}

	/**
	 * Return whether a connection takes one request at a time: then no pipe may change
	 * between {@link #choose} and the send.
	 */
	boolean isExclusive() {
		return this.exclusive;
	}

	/** The socket was connected or disconnected, of which no event tells at once. */
	void endpointsChanged() {
		this.seen = -1;
	}

	/**
	 * Choose who may get the next request. For any server it only looks at a number while
	 * all servers are there and answer.
	 * @param number the only server, or {@link #UNKNOWN} for any
	 */
	void choose(int number) {
		if (!this.known) {
			return;
		}
		if (number != UNKNOWN) {
			this.passesOver = true;
			DealerPipes.sendOnlyTo(this.socket, (pipe) -> pipe.getRoutingId() == number && isReady(pipe));
		}
		else if (this.peers != null) {
			chooseAny(this.peers);
		}
		else if (this.passesOver || !this.resting.isEmpty()) {
			this.passesOver = DealerPipes.sendOnlyTo(this.socket, this::isReady);
		}
	}

	private void chooseAny(PeerTracker peers) {
		int version = peers.version();
		if (version == this.seen && !this.passesOver) {
			return;
		}
		this.seen = version;
		long now = System.nanoTime();
		this.passesOver = DealerPipes.sendOnlyTo(this.socket, (pipe) -> isReady(pipe) && !isSilent(pipe, now));
		if (this.passesOver && !DealerPipes.canWrite(this.socket)) {
			// better one that was silent than none
			DealerPipes.sendOnlyTo(this.socket, this::isReady);
		}
	}

	private boolean isReady(Pipe pipe) {
		if (this.exclusive && (server(pipe).busy || server(pipe).dropped)) {
			return false;
		}
		PeerTracker tracker = this.peers;
		String address = (tracker != null || !this.resting.isEmpty()) ? DealerPipes.address(pipe) : null;
		return address == null
				|| (!this.resting.contains(address) && (tracker == null || tracker.isConnected(address)));
	}

	private boolean isSilent(Pipe pipe, long now) {
		Silence silence = server(pipe).silence;
		return silence.failures > 0 && now - silence.passedOverUntil < 0;
	}

	/** Return the number of the server that the last request went to. */
	int sent() {
		if (!this.known) {
			return UNKNOWN;
		}
		Server server = server(DealerPipes.lastWritten(this.socket));
		if (this.exclusive) {
			server.busy = true;
			this.passesOver = true;
		}
		if (server.silence.failures > 0) {
			// one try in each pause, until it answers
			server.silence.begin();
			this.passesOver = true;
		}
		return server.number;
	}

	/** Return the number of the server that the last reply came from. */
	int received() {
		Pipe pipe = (this.known) ? DealerPipes.lastRead(this.socket) : null;
		if (pipe == null) {
			return UNKNOWN;
		}
		Server server = server(pipe);
		server.silence.end();
		return server.number;
	}

	private Server server(Pipe pipe) {
		Server last = this.last;
		if (last != null && last.pipe == pipe) {
			return last;
		}
		Server server = this.servers.get(pipe.getRoutingId());
		if (server == null || server.pipe != pipe) {
			server = newServer(pipe);
			pipe.setRoutingId(server.number);
			this.servers.put(server.number, server);
		}
		this.last = server;
		return server;
	}

	/**
	 * A server keeps its number when it is connected again, since it may still answer old
	 * requests. Without ids in requests nothing but the pipe tells which one a reply
	 * belongs to.
	 */
	private Server newServer(Pipe pipe) {
		List<Pipe> pipes = DealerPipes.of(this.socket);
		if (this.servers.size() > 2 * pipes.size() + 64) {
			this.servers.values().removeIf((server) -> !pipes.contains(server.pipe));
			this.connected.keySet().retainAll(this.servers.values().stream().map((server) -> server.address).toList());
		}
		String address = DealerPipes.address(pipe);
		Server before = (address != null) ? this.connected.get(address) : null;
		Server server = new Server((before != null && !this.exclusive) ? before.number : ++this.lastNumber, address,
				pipe, (before != null) ? before.silence : new Silence());
		if (address != null) {
			this.connected.put(address, server);
		}
		return server;
	}

	/** The server may take the next request. */
	void release(int number) {
		Server server = this.servers.get(number);
		if (server != null) {
			server.busy = false;
		}
	}

	/**
	 * Pass over a server that did not answer a request, unless it answered another one
	 * since.
	 */
	void unanswered(int number, long sentAt) {
		Server server = this.servers.get(number);
		if (server != null && server.silence.lastReply - sentAt < 0) {
			server.silence.failures++;
			server.silence.begin();
			this.passesOver = true;
		}
	}

	/**
	 * Drop the connection to a server, so that no late reply of it can come.
	 * @return the endpoint that has to be connected again, {@code null} if there is none
	 */
	@Nullable String drop(int number) {
		Server server = this.servers.get(number);
		if (server == null || !DealerPipes.of(this.socket).contains(server.pipe)) {
			return null;
		}
		Pipe pipe = server.pipe;
		server.dropped = true;
		endpointsChanged();
		String endpoint = DealerPipes.endpoint(this.socket, pipe);
		if (endpoint != null) {
			this.socket.termEndpoint(endpoint);
		}
		return endpoint;
	}

	/** Return how many connections there have been to where a server is. */
	int connection(int number) {
		Server server = this.servers.get(number);
		String address = (server != null) ? server.address : null;
		return (address != null && this.peers != null) ? this.peers.connections(address) : 0;
	}

	/** Return the number of the server at an address. */
	int number(String address) {
		Server server = this.connected.get(address);
		return (server != null) ? server.number : UNKNOWN;
	}

	/** Return the numbers of all servers that can be asked. */
	int[] ready() {
		return DealerPipes.of(this.socket).stream().filter((pipe) -> {
			String address = DealerPipes.address(pipe);
			return address == null
					|| (!this.resting.contains(address) && (this.peers == null || this.peers.isConnected(address)));
		}).mapToInt((pipe) -> server(pipe).number).toArray();
	}

	/** A server behind one pipe. */
	private static final class Server {

		private final int number;

		private final @Nullable String address;

		private final Pipe pipe;

		private final Silence silence;

		private boolean busy;

		private boolean dropped;

		Server(int number, @Nullable String address, Pipe pipe, Silence silence) {
			this.number = number;
			this.address = address;
			this.pipe = pipe;
			this.silence = silence;
		}

	}

	/** Requests that a server did not answer; lasts over its connections. */
	private static final class Silence {

		/** How many requests in a row. */
		private int failures;

		private long passedOverUntil;

		private long lastReply = System.nanoTime();

		private void begin() {
			long pause = FIRST_PAUSE_NANOS << Math.min(this.failures - 1, 10);
			this.passedOverUntil = System.nanoTime() + Math.min(pause, LONGEST_PAUSE_NANOS);
		}

		private void end() {
			this.failures = 0;
			this.lastReply = System.nanoTime();
		}

	}

}
