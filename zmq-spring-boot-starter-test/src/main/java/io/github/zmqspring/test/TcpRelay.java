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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Stands between two ends of a TCP connection on this machine, to disturb it.
 */
final class TcpRelay implements AutoCloseable {

	private static final int JOIN_MILLIS = 10_000;

	private final int target;

	private final ServerSocket server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

	/** Those by which the target knows the connections of this relay. */
	private final Set<String> ports = ConcurrentHashMap.newKeySet();

	/** Guarded by this. */
	private boolean frozen;

	private volatile boolean cut;

	private volatile boolean closed;

	private volatile long delayMillis;

	private TcpRelay(int target) {
		this.target = target;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("zmq-test-relay-accept", this::accept);
	}

	static TcpRelay to(int port) {
		return new TcpRelay(port);
	}

	String endpoint() {
		return "tcp://127.0.0.1:" + this.server.getLocalPort();
	}

	/**
	 * Return whether an address or endpoint is one of a connection through this relay, or
	 * where it is connected to.
	 */
	boolean has(@Nullable String address) {
		String port = (address != null) ? address.substring(address.lastIndexOf(':') + 1) : "";
		return port.equals(String.valueOf(this.server.getLocalPort())) || this.ports.contains(port);
	}

	private void start(String name, Runnable task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			finally {
				this.threads.remove(Thread.currentThread());
			}
		}, name);
		thread.setDaemon(true);
		this.threads.add(thread);
		thread.start();
	}

	private void accept() {
		while (!this.closed) {
			try {
				Socket near = this.server.accept();
				this.sockets.add(near);
				if (this.cut || this.closed) {
					close(near);
				}
				else {
					connect(near);
				}
			}
			catch (IOException ex) {
				// closed
			}
		}
	}

	private void connect(Socket near) {
		try {
			Socket far = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.add(far);
			this.ports.add(String.valueOf(far.getLocalPort()));
			near.setTcpNoDelay(true);
			far.setTcpNoDelay(true);
			start("zmq-test-relay-in", () -> pump(near, far));
			start("zmq-test-relay-out", () -> pump(far, near));
			if (this.cut || this.closed) {
				close(near);
				close(far);
			}
		}
		catch (IOException ex) {
			close(near);
		}
	}

	private void pump(Socket from, Socket to) {
		byte[] buffer = new byte[64 * 1024];
		try {
			InputStream input = from.getInputStream();
			OutputStream output = to.getOutputStream();
			int count = input.read(buffer);
			while (count >= 0) {
				hold();
				output.write(buffer, 0, count);
				count = input.read(buffer);
			}
		}
		catch (IOException ex) {
			// one of the ends is gone
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			close(from);
			close(to);
		}
	}

	private void hold() throws InterruptedException {
		long delay = this.delayMillis;
		if (delay > 0) {
			Thread.sleep(delay);
		}
		synchronized (this) {
			while (this.frozen && !this.closed) {
				wait();
			}
		}
	}

	void cut() {
		this.cut = true;
		this.sockets.forEach(this::close);
	}

	synchronized void freeze() {
		this.frozen = true;
	}

	void delay(Duration time) {
		this.delayMillis = time.toMillis();
	}

	synchronized void mend() {
		this.cut = false;
		this.frozen = false;
		notifyAll();
	}

	private void close(Socket socket) {
		this.sockets.remove(socket);
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is gone
		}
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.server.close();
		}
		catch (IOException ex) {
			// it is gone
		}
		this.sockets.forEach(this::close);
		mend();
		for (Thread thread : this.threads) {
			thread.interrupt();
			try {
				thread.join(JOIN_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
		}
	}

}
