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

package io.github.zmqspring.transport.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.transport.SocketRegistry;

/**
 * Hostile servers: each visit is an endpoint of its own, at an address that none had
 * before, to which the socket connects, and from which it is disconnected afterwards. So
 * none waits for what the one before did to the time until the next attempt.
 */
final class Trap implements AutoCloseable {

	private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

	private final Site site;

	private final SocketRegistry registry;

	private final ServerSocketChannel server;

	private int count;

	Trap(Site site, SocketRegistry registry) {
		this.site = site;
		this.registry = registry;
		try {
			this.server = ServerSocketChannel.open().bind(new InetSocketAddress("0.0.0.0", 0), 500);
			this.server.configureBlocking(false);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Have a socket connect to us. */
	Visitor lure(String socket) throws IOException {
		this.count++;
		String host = "127.1.%d.%d".formatted(1 + this.count / 250, 1 + this.count % 250);
		String endpoint = "tcp://%s:%d".formatted(host, this.server.socket().getLocalPort());
		this.registry.connect(socket, endpoint);
		return Visitor.accepted(accept(InetAddress.getByName(host)), this.site,
				() -> this.registry.disconnect(socket, endpoint));
	}

	/** Those of visits before may come again just before they are disconnected. */
	private SocketChannel accept(InetAddress address) throws IOException {
		long until = System.nanoTime() + Siege.PATIENCE.toNanos();
		while (System.nanoTime() - until < 0) {
			SocketChannel channel = this.server.accept();
			if (channel == null) {
				LockSupport.parkNanos(POLL_NANOS);
			}
			else if (channel.socket().getLocalAddress().equals(address)) {
				return channel;
			}
			else {
				channel.close();
			}
		}
		throw new AssertionError("no connection to " + address);
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
