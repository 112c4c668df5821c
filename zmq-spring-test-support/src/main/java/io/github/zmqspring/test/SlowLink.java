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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A TCP link on this machine that is slow: it takes a port, and passes what it gets there
 * on to another, at a limited rate and with a delay in each direction. May be used by any
 * thread.
 *
 * @since 0.1.0
 */
public final class SlowLink implements AutoCloseable {

	/** Small, so that what is under way is in the link and not in the kernel. */
	private static final int BUFFER = 16 * 1024;

	private static final byte[] END = {};

	private final ServerSocket server;

	private final int target;

	private final long bytesPerSecond;

	private final long delayNanos;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private volatile int connections;

	/**
	 * Make a link.
	 * @param target the port that it leads to
	 * @param bytesPerSecond how many bytes pass a second, in each direction; 0 for all
	 * @param delay how long each byte takes
	 */
	public SlowLink(int target, long bytesPerSecond, Duration delay) {
		this.target = target;
		this.bytesPerSecond = bytesPerSecond;
		this.delayNanos = delay.toNanos();
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("accept", this::accept);
	}

	/**
	 * Return where the link begins.
	 * @return an endpoint to connect to
	 */
	public String endpoint() {
		return "tcp://127.0.0.1:" + this.server.getLocalPort();
	}

	/**
	 * Return how many connections were made over it.
	 * @return all of them, those that ended included
	 */
	public int connections() {
		return this.connections;
	}

	private static void start(String name, Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException | InterruptedException ex) {
				// one of the sides is gone
			}
		}, "slow-link-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() throws IOException {
		while (true) {
			Socket from = this.server.accept();
			this.sockets.add(from);
			Socket to = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.add(to);
			this.connections++;
			pass(from, to);
			pass(to, from);
		}
	}

	private void pass(Socket from, Socket to) throws IOException {
		from.setReceiveBufferSize(BUFFER);
		to.setSendBufferSize(BUFFER);
		to.setTcpNoDelay(true);
		// as much as the link holds
		long held = this.bytesPerSecond * this.delayNanos / TimeUnit.SECONDS.toNanos(1) / BUFFER;
		BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(4 + (int) held);
		start("in", () -> {
			try (InputStream in = from.getInputStream()) {
				byte[] buffer = new byte[BUFFER];
				for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
					queue.put(new Chunk(Arrays.copyOf(buffer, read), System.nanoTime() + this.delayNanos));
				}
			}
			finally {
				queue.put(new Chunk(END, System.nanoTime() + this.delayNanos));
			}
		});
		start("out", () -> {
			try (OutputStream out = to.getOutputStream()) {
				for (Chunk chunk = queue.take(); chunk.bytes != END; chunk = queue.take()) {
					TimeUnit.NANOSECONDS.sleep(chunk.due - System.nanoTime());
					out.write(chunk.bytes);
					if (this.bytesPerSecond > 0) {
						TimeUnit.NANOSECONDS
							.sleep(chunk.bytes.length * TimeUnit.SECONDS.toNanos(1) / this.bytesPerSecond);
					}
				}
			}
			finally {
				from.close();
			}
		});
	}

	/** Cut all connections, and take no more. */
	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Chunk(byte[] bytes, long due) {
	}

	/** What a thread of the link does. */
	private interface Task {

		void run() throws IOException, InterruptedException;

	}

}
