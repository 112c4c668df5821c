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

package io.github.zmqspring.transport;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import zmq.Mailbox;
import zmq.SocketBase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One thread watches all sockets, and works only when there is work.
 */
@NoLeaks
@Timeout(60)
class PollerTests {

	private static final Duration LITTLE = Duration.ofMillis(300);

	@Test
	void eachOfManySocketsOnOnePollerIsWoken() {
		int count = 200;
		try (TestSockets sockets = new TestSockets()) {
			AtomicIntegerArray received = new AtomicIntegerArray(count);
			List<String> endpoints = IntStream.range(0, count).mapToObj((i) -> "inproc://many-" + i).toList();
			for (int i = 0; i < count; i++) {
				int index = i;
				TestSockets.inline(sockets.bind("pull-" + i, SocketType.PULL, endpoints.get(i)),
						(message) -> received.incrementAndGet(index));
			}
			ManagedSocket push = sockets.create("push", SocketType.PUSH, List.of(), endpoints);
			for (int round = 1; round <= 10; round++) {
				int expected = round;
				for (int i = 0; i < count; i++) {
					TestSockets.send(push, "x");
				}
				TestSockets.await(() -> IntStream.range(0, count).allMatch((i) -> received.get(i) == expected));
			}
			assertThat(sockets.registry.pollers()).hasSize(1);
		}
	}

	@Test
	void aSocketThatIsAlwaysBusyDoesNotStarveTheOthers() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			keepBusy(sockets);
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			Semaphore handled = new Semaphore(0);
			TestSockets.inline(pull, (message) -> handled.release());
			for (int i = 0; i < 40; i++) {
				TestSockets.send(push, i);
				assertThat(handled.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
			}
		}
	}

	/**
	 * Messages that go round and round, more than a visit takes: the poller never waits.
	 */
	private static void keepBusy(TestSockets sockets) {
		ManagedSocket busy = sockets.bind("busy", SocketType.PULL, "inproc://busy");
		ManagedSocket round = sockets.connect("round", SocketType.PUSH, "inproc://busy");
		for (int i = 0; i < 1000; i++) {
			TestSockets.send(round, i);
		}
		TestSockets.inline(busy, (message) -> TestSockets.trySend(round, message.frame(0)));
	}

	@Test
	void anIdlePollerUsesNoCpu() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			for (SocketType type : List.of(SocketType.PUB, SocketType.PUSH, SocketType.SUB, SocketType.ROUTER,
					SocketType.XPUB, SocketType.SERVER)) {
				sockets.bind(type.name(), type, TestSockets.TCP);
			}
			sockets.registry.socket("ROUTER").consume(LaneSettings.of("idle", 2), (message) -> {
			});
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
			assertThat(TestSockets.cpuTimePerSecond("zmq-")).isLessThan(Duration.ofMillis(100));
		}
	}

	@Test
	void aSignalWithNothingBehindItCostsLittleAndHidesNoMessage() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			Semaphore handled = new Semaphore(0);
			pull.consume(LaneSettings.of("pull", 1), (message) -> handled.release());
			// what an I/O thread does that is preempted before it counts its signal
			Object signaler = field(Mailbox.class, "signaler", mailbox(pull));
			((Pipe.SinkChannel) field(signaler.getClass(), "w", signaler)).write(ByteBuffer.allocate(1));
			long turns = sockets.registry.pollers().get(0).turns();
			assertThat(TestSockets.cpuTimePerSecond("zmq-poller")).isLessThan(Duration.ofMillis(500));
			// a hundred times as many without a pause, on a processor of its own
			assertThat(sockets.registry.pollers().get(0).turns() - turns).isBetween(10L, 8000L);
			for (int i = 0; i < 40; i++) {
				TestSockets.send(push, i);
				assertThat(handled.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(value = SocketType.class, names = { "PUSH", "PUB" })
	void peersThatComeAndGoDoNotFillTheMailboxOfASocketThatOnlySends(SocketType type) throws Exception {
		SocketType peer = (type == SocketType.PUSH) ? SocketType.PULL : SocketType.SUB;
		try (TestSockets sockets = new TestSockets()) {
			keepBusy(sockets);
			ManagedSocket sender = sockets.bind("sender", type, TestSockets.TCP);
			for (int i = 0; i < 60; i++) {
				sockets.connect("peer", peer, sockets.endpoint("sender"));
				sockets.awaitPeers("peer", 1);
				sockets.registry.remove("peer");
			}
			TestSockets.await(() -> ((Collection<?>) field(Mailbox.class, "cpipe", mailbox(sender))).isEmpty());
		}
	}

	@Test
	void sendersBlockedOnARouterDoNotSpin() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, "inproc://full", SocketOption.SEND_HWM, 1);
			ManagedSocket dealer = sockets.connect("dealer", SocketType.DEALER, "inproc://full",
					SocketOption.RECEIVE_HWM, 1, SocketOption.ROUTING_ID, "d");
			TestSockets.fill(router, "d", "x");
			assertBlockedSendersUseLittle(router, dealer, "d", "x");
		}
	}

	@Test
	void sendersBlockedOnAnXpubDoNotSpin() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket xpub = sockets.bind("xpub", SocketType.XPUB, "inproc://full", SocketOption.SEND_HWM, 1,
					SocketOption.XPUB_NO_DROP, true);
			ManagedSocket sub = sockets.connect("sub", SocketType.SUB, "inproc://full", SocketOption.RECEIVE_HWM, 1);
			TestSockets.receive(xpub);
			TestSockets.fill(xpub, "x");
			assertBlockedSendersUseLittle(xpub, sub, "x");
		}
	}

	@Test
	void sendersBlockedOnAServerDoNotSpin() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket server = sockets.bind("server", SocketType.SERVER, "inproc://full", SocketOption.SEND_HWM, 1);
			ManagedSocket client = sockets.connect("client", SocketType.CLIENT, "inproc://full",
					SocketOption.RECEIVE_HWM, 1);
			TestSockets.send(client, "hello");
			byte[] routingId = TestSockets.receive(server).returnPath()[0];
			TestSockets.fill(server, routingId, "x");
			assertBlockedSendersUseLittle(server, client, routingId, "x");
		}
	}

	private static void assertBlockedSendersUseLittle(ManagedSocket socket, ManagedSocket peer, Object... frames)
			throws InterruptedException {
		AtomicInteger accepted = new AtomicInteger();
		List<Thread> senders = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Thread sender = new Thread(() -> {
				if (TestSockets.send(socket, frames) == SendResult.ACCEPTED) {
					accepted.incrementAndGet();
				}
			}, "blocked-" + i);
			sender.start();
			senders.add(sender);
		}
		TestSockets.await(() -> socket.waitingSenders() == 4);
		assertThat(TestSockets.cpuTimePerSecond("zmq-", "blocked-", "iothread")).isLessThan(LITTLE);
		assertThat(accepted).hasValue(0);
		TestSockets.await(() -> {
			peer.receive(0);
			return accepted.get() == 4;
		});
		for (Thread sender : senders) {
			sender.join(TestSockets.PATIENCE.toMillis());
		}
	}

	@Test
	void saturatingSendersGetEqualSharesAndLetThePollerIn() throws Exception {
		int threads = 4;
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, TestSockets.TCP);
			ManagedSocket dealer = sockets.connect("dealer", SocketType.DEALER, sockets.endpoint("router"),
					SocketOption.ROUTING_ID, "d");
			Semaphore replies = new Semaphore(0);
			router.consume(LaneSettings.of("sink", 1), (message) -> {
			});
			TestSockets.inline(dealer, (message) -> replies.release());
			AtomicBoolean done = new AtomicBoolean();
			AtomicIntegerArray sent = new AtomicIntegerArray(threads);
			List<Thread> senders = new ArrayList<>();
			for (int t = 0; t < threads; t++) {
				int index = t;
				Thread sender = new Thread(() -> {
					byte[][] message = ZmqMessage.of(new byte[64]).raw();
					while (!done.get()) {
						if (dealer.send(message, TestSockets.PATIENCE.toNanos()) == SendResult.ACCEPTED) {
							sent.incrementAndGet(index);
						}
					}
				}, "saturating-" + t);
				sender.start();
				senders.add(sender);
			}
			double best = 0;
			// another program may take a sender's processor away for a while
			for (int window = 0; window < 6 && best < 0.5; window++) {
				int[] before = IntStream.range(0, threads).map(sent::get).toArray();
				for (int i = 0; i < 20; i++) {
					TimeUnit.MILLISECONDS.sleep(50);
					TestSockets.send(router, "d", i);
					assertThat(replies.tryAcquire(10, TimeUnit.SECONDS)).as("the poller got in").isTrue();
				}
				int[] share = IntStream.range(0, threads).map((i) -> sent.get(i) - before[i]).sorted().toArray();
				best = Math.max(best, share[0] / (double) share[threads - 1]);
			}
			done.set(true);
			for (Thread sender : senders) {
				sender.join(TestSockets.PATIENCE.toMillis());
			}
			assertThat(best).as("share of the slowest sender, of " + Arrays.asList(sent)).isGreaterThanOrEqualTo(0.5);
		}
	}

	private static Object mailbox(ManagedSocket socket) throws ReflectiveOperationException {
		return field(SocketBase.class, "mailbox", socket.call(ZMQ.Socket::base));
	}

	private static Object field(Class<?> type, String name, Object target) throws ReflectiveOperationException {
		Field field = type.getDeclaredField(name);
		field.setAccessible(true);
		return field.get(target);
	}

}
