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

package io.github.zmqspring.benchmarks;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqSockets;
import org.zeromq.SocketType;

/**
 * The memory of connections and of sockets that have nothing to do: up to 10,000 bare
 * connections to one PULL, as many as this process may have descriptors for, and 1,000
 * sockets. Here "raw" is the memory before.
 */
final class MemoryBenchmark implements Benchmark {

	private static final int MOST_CONNECTIONS = 10_000;

	private static final int SOCKETS = 1000;

	private static final int RESERVE = 500;

	private static final int GREETING = 64;

	@Override
	public void run(Settings settings, Report report) throws Exception {
		connections(report);
		sockets(report);
	}

	private static void connections(Report report) throws Exception {
		UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		// both ends are in this process
		int count = (int) Math.min(MOST_CONNECTIONS,
				(system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - RESERVE) / 2);
		List<SocketChannel> peers = new ArrayList<>();
		try (Library app = Library.with()
			.bind("in", SocketType.PULL)
			.listeners(new ReceiveBenchmark.CountingListener())
			.start()) {
			String endpoint = app.endpoint("in");
			InetSocketAddress address = new InetSocketAddress("127.0.0.1",
					Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1)));
			peers.add(connect(address));
			double before = used();
			for (int i = 1; i < count; i++) {
				peers.add(connect(address));
			}
			double after = used();
			row(report, "memory of an idle connection, of " + count, (after - before) / (count - 1), 16);
		}
		finally {
			for (SocketChannel peer : peers) {
				peer.close();
			}
		}
	}

	private static SocketChannel connect(InetSocketAddress address) throws IOException {
		SocketChannel peer = SocketChannel.open(address);
		byte[] greeting = new byte[GREETING];
		greeting[0] = (byte) 0xff;
		greeting[9] = 0x7f;
		greeting[10] = 3;
		System.arraycopy("NULL".getBytes(StandardCharsets.US_ASCII), 0, greeting, 12, 4);
		peer.write(ByteBuffer.wrap(greeting));
		byte[] ready = "\4\31\5READY\13Socket-Type\0\0\0\4PUSH".getBytes(StandardCharsets.ISO_8859_1);
		ready[1] = (byte) (ready.length - 2);
		peer.write(ByteBuffer.wrap(ready));
		ByteBuffer answer = ByteBuffer.allocate(GREETING + 2);
		while (answer.hasRemaining() && peer.read(answer) >= 0) {
			// until the other side is ready, too
		}
		return peer;
	}

	private static void sockets(Report report) throws InterruptedException {
		try (Library app = Library.with()
			.bind("in", SocketType.PULL)
			.property("zmq.context.max-sockets", "2000")
			.start()) {
			ZmqSockets sockets = app.bean(ZmqSockets.class);
			open(sockets, 0);
			double before = used();
			for (int i = 1; i <= SOCKETS; i++) {
				open(sockets, i);
			}
			row(report, "memory of an idle socket, of " + SOCKETS, (used() - before) / SOCKETS, 64);
		}
	}

	private static void open(ZmqSockets sockets, int number) {
		sockets.create(SocketDefinition.builder("socket-" + number, SocketType.PULL)
			.bind("inproc://memory-" + number)
			.build());
	}

	private static void row(Report report, String name, double kib, double most) {
		report.memory(name, kib, Bound.atMost(most));
	}

	/** Return the heap and direct memory in use, in KiB. */
	private static double used() throws InterruptedException {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			System.gc();
			Thread.sleep(100);
			long bytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
			for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
				bytes += pool.getMemoryUsed();
			}
			least = Math.min(least, bytes);
		}
		return least / 1024.0;
	}

}
