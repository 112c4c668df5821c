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

package io.github.zmqspring.transport.engine;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import com.sun.management.ThreadMXBean;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.RawPeer;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.limit.IncomingLedger;
import io.github.zmqspring.transport.limit.IncomingMemory;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the memory for incoming messages: what is over it is not read, and nothing is
 * lost.
 */
@NoLeaks
@Timeout(60)
class IncomingMemoryTests {

	private static final long LIMIT = 4 * 1024 * 1024;

	private static IncomingMemory memory(TestSockets sockets) {
		return Objects.requireNonNull(IoThreads.memory(sockets.context));
	}

	private static void awaitNothingTaken(TestSockets sockets) {
		// a read or a waiting connection has it looked up
		TestSockets.await(() -> {
			IncomingMemory memory = memory(sockets);
			memory.wait(1);
			memory.wait(-1);
			return memory.used() < 64 * 1024;
		});
	}

	@Test
	void aQueueThatIsNotReadHoldsItsSenderBackAndNoOther() {
		try (TestSockets sockets = new TestSockets(LIMIT)) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP, SocketOption.RECEIVE_HWM, 0);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"),
					SocketOption.SEND_HWM, 0);
			ManagedSocket server = sockets.bind("server", SocketType.ROUTER, TestSockets.TCP);
			ManagedSocket client = sockets.connect("client", SocketType.DEALER, sockets.endpoint("server"));
			int count = 200;
			for (int i = 0; i < count; i++) {
				TestSockets.send(push, ByteBuffer.allocate(100_000).putInt(i).array());
			}
			TestSockets.await(() -> memory(sockets).isWaitedFor());
			assertThat(ContextFactory.incomingMemory(sockets.context)).satisfies((status) -> {
				assertThat(status.limit()).isEqualTo(LIMIT);
				assertThat(status.used()).isBetween(LIMIT / 4, 2 * LIMIT);
				assertThat(status.connectionsNotRead()).isOne();
			});
			for (int size : new int[] { 10, 1000, 50_000, 500_000, 10, 1_000_000 }) {
				TestSockets.send(client, new byte[size]);
				ZmqMessage request = TestSockets.receive(server);
				TestSockets.send(server, request.raw()[0], request.raw()[1]);
				assertThat(TestSockets.receive(client).frame(0)).hasSize(size);
			}
			assertThat(memory(sockets).peak()).isLessThan(LIMIT + 2 * 1024 * 1024);
			for (int i = 0; i < count; i++) {
				byte[] body = TestSockets.receive(pull).frame(0);
				assertThat(ByteBuffer.wrap(body).getInt()).isEqualTo(i);
			}
			awaitNothingTaken(sockets);
		}
	}

	@Test
	void manySmallMessagesCountWithWhatTheyTakeInTheHeap() {
		try (TestSockets sockets = new TestSockets(LIMIT)) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP, SocketOption.RECEIVE_HWM, 0);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"),
					SocketOption.SEND_HWM, 0);
			int count = 50_000;
			for (int i = 0; i < count; i++) {
				TestSockets.send(push, new byte[0], new byte[1]);
			}
			TestSockets.await(() -> memory(sockets).isWaitedFor());
			for (int i = 0; i < count; i++) {
				assertThat(TestSockets.receive(pull).size()).isEqualTo(2);
			}
			assertThat(memory(sockets).peak()).isLessThan(LIMIT);
			awaitNothingTaken(sockets);
		}
	}

	@Test
	void messagesThatAreAsLargeAsTheMemoryComeOneAfterAnother() throws Exception {
		try (TestSockets sockets = new TestSockets(LIMIT)) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			List<CompletableFuture<Void>> senders = new ArrayList<>();
			int size = 5_000_000;
			for (int i = 0; i < 6; i++) {
				ManagedSocket push = sockets.connect("push-" + i, SocketType.PUSH, sockets.endpoint("pull"));
				senders.add(CompletableFuture.runAsync(() -> {
					for (int k = 0; k < 3; k++) {
						TestSockets.send(push, new byte[1000], new byte[size]);
					}
				}));
			}
			for (int i = 0; i < 18; i++) {
				assertThat(TestSockets.receive(pull).frame(1)).hasSize(size);
			}
			for (CompletableFuture<Void> sender : senders) {
				sender.get();
			}
			assertThat(memory(sockets).peak()).isLessThan(LIMIT + size + size / 2);
			awaitNothingTaken(sockets);
		}
	}

	@Test
	void whatIsOnlyAnnouncedTakesNothing() throws Exception {
		try (TestSockets sockets = new TestSockets(LIMIT)) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			List<RawPeer> peers = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				RawPeer peer = RawPeer.connect(sockets.endpoint("pull")).handshake("PUSH");
				peer.header(0, 60_000_000);
				peer.bytes(new byte[3]);
				peers.add(peer);
			}
			TestSockets.await(() -> memory(sockets).used() >= 50 * 1024);
			assertThat(memory(sockets).used()).isLessThan(50 * 9 * 1024);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			TestSockets.send(push, new byte[3_000_000]);
			assertThat(TestSockets.receive(pull).frame(0)).hasSize(3_000_000);
			for (RawPeer peer : peers) {
				peer.close();
			}
			awaitNothingTaken(sockets);
		}
	}

	/**
	 * What is allocated bounds what is kept: 10,000 connections have to fit into 256 MB.
	 */
	@Test
	void anIdleConnectionTakesLittle() throws Exception {
		try (TestSockets sockets = new TestSockets(LIMIT)) {
			sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			List<RawPeer> peers = new ArrayList<>();
			int count = 500;
			long direct = direct();
			long allocated = allocatedByIoThreads();
			for (int i = 0; i < count; i++) {
				peers.add(RawPeer.connect(sockets.endpoint("pull")).handshake("PUSH"));
			}
			sockets.awaitPeers("pull", count);
			assertThat(allocatedByIoThreads() - allocated).isLessThan(count * 24 * 1024L);
			assertThat(direct() - direct).isLessThan(2 * 1024 * 1024);
			for (RawPeer peer : peers) {
				peer.close();
			}
		}
	}

	private static long allocatedByIoThreads() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("iothread"))
			.mapToLong((thread) -> threads.getThreadAllocatedBytes(thread.getId()))
			.sum();
	}

	private static long direct() {
		return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> "direct".equals(pool.getName()))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
	}

	@Test
	void halfMessagesThatTakeAllStopNoOtherConnection() throws Exception {
		try (TestSockets sockets = new TestSockets(LIMIT)) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP, SocketOption.MAX_MESSAGE_SIZE,
					DataSize.ofMegabytes(1));
			List<RawPeer> peers = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				RawPeer peer = RawPeer.connect(sockets.endpoint("pull")).handshake("PUSH");
				peer.header(0, 400_000);
				peer.bytes(new byte[50_000]);
				peers.add(peer);
			}
			TestSockets.await(() -> memory(sockets).used() > LIMIT / 4);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			// more than a connection has for certain waits until those that stall are
			// ended
			int size = Boolean.getBoolean("zmqtest.limits") ? 20_000 : 3_000;
			for (int i = 0; i < 10; i++) {
				TestSockets.send(push, new byte[size]);
				assertThat(TestSockets.receive(pull).frame(0)).hasSize(size);
			}
			for (RawPeer peer : peers) {
				peer.close();
			}
			awaitNothingTaken(sockets);
		}
	}

	/** They wait for memory that the others hold, which wait as well, and go away. */
	@Test
	void messagesThatAllWaitForOneAnotherStopNoOtherConnectionAndEndWithTheirPeers() throws Exception {
		try (TestSockets sockets = new TestSockets(LIMIT)) {
			sockets.bind("in", SocketType.PULL, TestSockets.TCP);
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			List<RawPeer> peers = new ArrayList<>();
			for (int i = 0; i < 300; i++) {
				RawPeer peer = RawPeer.connect(sockets.endpoint("in")).handshake("PUSH");
				peers.add(peer);
				peer.header(0, 100_000);
				Thread writer = new Thread(() -> {
					try {
						peer.bytes(new byte[90_000]);
					}
					catch (IOException ex) {
						// closed meanwhile
					}
				});
				writer.setDaemon(true);
				writer.start();
			}
			TestSockets.await(() -> memory(sockets).used() > LIMIT && memory(sockets).isWaitedFor());
			for (int i = 0; i < 10; i++) {
				TestSockets.send(push, new byte[1000]);
				assertThat(TestSockets.receive(pull).frame(0)).hasSize(1000);
			}
			for (RawPeer peer : peers) {
				peer.close();
			}
			TestSockets.send(push, new byte[500_000]);
			assertThat(TestSockets.receive(pull).frame(0)).hasSize(500_000);
			awaitNothingTaken(sockets);
		}
	}

	@Test
	void aPeerThatSendsTooLittleIsTold() {
		IncomingLedger.Progress progress = new IncomingLedger.Progress();
		assertThat(progress.isStalled(1000, 1, 100)).isFalse();
		assertThatItIsNotStalledUntil(progress, 2000, 11, 101);
		assertThat(progress.isStalled(2000, 102, 100)).isTrue();
		assertThat(progress.isStalled(70_000, 103, 100)).isFalse();
		assertThatItIsNotStalledUntil(progress, 70_000, 113, 203);
		progress.reset();
		assertThat(progress.isStalled(70_000, 213, 100)).isFalse();
		assertThatItIsNotStalledUntil(progress, 70_000, 223, 313);
		assertThat(progress.isStalled(70_000, 314, 100)).isTrue();
		// nobody looked for a while
		assertThat(progress.isStalled(70_000, 325, 100)).isFalse();
	}

	private static void assertThatItIsNotStalledUntil(IncomingLedger.Progress progress, long received, long from,
			long until) {
		for (long now = from; now <= until; now += 10) {
			assertThat(progress.isStalled(received, now, 100)).isFalse();
		}
	}

}
