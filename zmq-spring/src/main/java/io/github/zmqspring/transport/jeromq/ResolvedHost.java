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

package io.github.zmqspring.transport.jeromq;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.zeromq.ZMQ;
import zmq.io.net.Address;
import zmq.io.net.NetProtocol;
import zmq.io.net.tcp.TcpAddress;

/**
 * The host of a tcp endpoint with the addresses that it resolved to. JeroMQ alone looks
 * the name up again before each attempt to connect, on the I/O thread, where a slow
 * answer holds up all connections, and tries the first address only. Here each attempt
 * takes the next of the known addresses, and asks for a look-up elsewhere.
 *
 * @since 0.1.0
 */
public final class ResolvedHost {

	private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final String endpoint;

	private final int port;

	private final Runnable refresh;

	private volatile List<InetAddress> addresses;

	/** Used by the I/O thread of the connection alone, as what follows. */
	private int next;

	private long refreshedAt = System.nanoTime();

	/**
	 * Create the host of one connection.
	 * @param endpoint the endpoint as it was given
	 * @param port its port
	 * @param addresses the addresses of its host, at least one
	 * @param refresh asked, on an I/O thread, to look the host up on another thread and
	 * call {@link #update}; it must neither wait nor throw
	 */
	public ResolvedHost(String endpoint, int port, List<InetAddress> addresses, Runnable refresh) {
		this.endpoint = endpoint;
		this.port = port;
		this.addresses = List.copyOf(addresses);
		this.refresh = refresh;
	}

	/**
	 * Return whether this version of JeroMQ can be connected so.
	 * @return {@code false} if JeroMQ has to look names up itself
	 */
	public static boolean isAvailable() {
		return Cure.RESOLVED_HOSTS.isAvailable();
	}

	/**
	 * Set the addresses to try from now on.
	 * @param addresses the addresses, at least one
	 */
	public void update(List<InetAddress> addresses) {
		this.addresses = List.copyOf(addresses);
	}

	/**
	 * Connect a socket.
	 * @param socket the socket, whose lock the caller holds
	 * @param late whether messages wait for the peer only once it is connected
	 * @return {@code true}; {@code false} if the context was ended
	 */
	public boolean connect(ZMQ.Socket socket, boolean late) {
		return SessionConnect.connect(socket.base(), this.endpoint, new HostAddress(), late);
	}

	private InetSocketAddress nextAddress() {
		List<InetAddress> known = this.addresses;
		this.next = this.next % known.size();
		long now = System.nanoTime();
		if (now - this.refreshedAt > FRESH_NANOS) {
			this.refreshedAt = now;
			this.refresh.run();
		}
		return new InetSocketAddress(known.get(this.next++), this.port);
	}

	/** What JeroMQ connects to. In its events it is named as it was given. */
	private final class HostAddress extends Address {

		HostAddress() {
			super(NetProtocol.tcp, ResolvedHost.this.endpoint.substring("tcp://".length()));
		}

		/** JeroMQ calls this more often than it connects. */
		@Override
		public IZAddress resolve(boolean ipv6) {
			return new Literal(new InetSocketAddress(ResolvedHost.this.addresses.get(0), ResolvedHost.this.port));
		}

		/** JeroMQ calls this once for each attempt. */
		@Override
		public IZAddress resolved() {
			return new Literal(nextAddress());
		}

		@Override
		public boolean isResolved() {
			return true;
		}

		@Override
		public String toString() {
			return ResolvedHost.this.endpoint;
		}

	}

	private static final class Literal extends TcpAddress {

		Literal(InetSocketAddress address) {
			super(address);
		}

	}

}
