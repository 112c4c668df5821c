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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of several frames from many threads, there and back.
 */
@NoLeaks
@Timeout(60)
class RoundTripTests {

	private static final int EACH = 6000;

	@ParameterizedTest
	@CsvSource({ "tcp://127.0.0.1:*, 1", "tcp://127.0.0.1:*, 4", "inproc://round-trip, 1", "inproc://round-trip, 4" })
	void roundTripsAreNeitherLostNorTornNorReordered(String endpoint, int threads) throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, endpoint);
			ManagedSocket dealer = sockets.connect("dealer", SocketType.DEALER, sockets.endpoint("router"));
			Receipts receipts = new Receipts(threads);
			router.consume(LaneSettings.of("echo", 1),
					(message) -> router.send(message.raw(), TestSockets.PATIENCE.toNanos()));
			dealer.consume(LaneSettings.of("back", 1), receipts::add);
			for (Future<?> sender : senders(dealer, threads, EACH)) {
				sender.get(40, TimeUnit.SECONDS);
			}
			receipts.assertComplete(threads * EACH, () -> sendLast(dealer, EACH));
			for (String name : List.of("router", "dealer")) {
				SocketStatus status = sockets.registry.status(name);
				assertThat(status.sent()).as(name).isEqualTo(threads * EACH + 1L);
				assertThat(status.received()).as(name).isEqualTo(threads * EACH + 1L);
				assertThat(status.dropped()).as(name).isZero();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "tcp://127.0.0.1:*", "inproc://pair" })
	void aPairFlowsBothWaysAtOnce(String endpoint) throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket one = sockets.bind("one", SocketType.PAIR, endpoint);
			ManagedSocket two = sockets.connect("two", SocketType.PAIR, sockets.endpoint("one"));
			Receipts atOne = new Receipts(2);
			Receipts atTwo = new Receipts(2);
			one.consume(LaneSettings.of("one", 1), atOne::add);
			two.consume(LaneSettings.of("two", 1), atTwo::add);
			List<Future<?>> senders = new ArrayList<>(senders(one, 2, EACH));
			senders.addAll(senders(two, 2, EACH));
			for (Future<?> sender : senders) {
				sender.get(40, TimeUnit.SECONDS);
			}
			atTwo.assertComplete(2 * EACH, () -> sendLast(one, EACH));
			atOne.assertComplete(2 * EACH, () -> sendLast(two, EACH));
		}
	}

	@Test
	void xpubGivesXsubWhatItSubscribedToAndNothingElse() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket xpub = sockets.bind("xpub", SocketType.XPUB, TestSockets.TCP);
			ManagedSocket xsub = sockets.connect("xsub", SocketType.XSUB, sockets.endpoint("xpub"),
					SocketOption.RECEIVE_HWM, 0);
			assertThat(TestSockets.send(xsub, new byte[] { 1, 'a' })).isEqualTo(SendResult.ACCEPTED);
			assertThat(TestSockets.receive(xpub).frame(0)).containsExactly(1, 'a');
			for (int i = 0; i < 500; i++) {
				TestSockets.send(xpub, "a", i);
				TestSockets.send(xpub, "b", i);
			}
			for (int i = 0; i < 500; i++) {
				assertThat(TestSockets.text(TestSockets.receive(xsub))).isEqualTo("a|" + i);
			}
			sockets.registry.unsubscribe("xsub", "a");
			assertThat(TestSockets.receive(xpub).frame(0)).containsExactly(0, 'a');
			TestSockets.send(xpub, "a", "too late");
			assertThat(xsub.receive(TimeUnit.MILLISECONDS.toNanos(100))).isNull();
		}
	}

	@Test
	void aSenderThatIsInterruptedAllTheTimeTearsAndLosesNothingAndKeepsItsFlag() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"),
					SocketOption.SEND_HWM, 50);
			Receipts receipts = new Receipts(1);
			pull.consume(LaneSettings.of("pull", 1), receipts::add);
			interruptEachOf(3000, (i) -> assertThat(push.send(message(0, i), TestSockets.PATIENCE.toNanos()))
				.isEqualTo(SendResult.ACCEPTED));
			receipts.assertComplete(3000, () -> sendLast(push, 3000));
		}
	}

	@Test
	void aReceiverThatIsInterruptedAllTheTimeLosesNothingAndKeepsItsFlag() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			Receipts receipts = new Receipts(1);
			Future<?> sender = senders(push, 1, 3000).get(0);
			interruptEachOf(3000, (i) -> receipts.add(TestSockets.receive(pull)));
			sender.get(10, TimeUnit.SECONDS);
			assertThat(receipts.problems).isEmpty();
			assertThat(receipts.count).isEqualTo(3000);
		}
	}

	@Test
	void anInterruptDuringAWaitIsKeptAndDoesNotEndTheWait() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket push = sockets.bind("push", SocketType.PUSH, TestSockets.TCP);
			AtomicBoolean flag = new AtomicBoolean();
			Thread sender = new Thread(() -> {
				TestSockets.send(push, "late");
				flag.set(Thread.interrupted());
			}, "waiting-sender");
			sender.start();
			TestSockets.await(() -> push.waitingSenders() == 1);
			sender.interrupt();
			ManagedSocket pull = sockets.connect("pull", SocketType.PULL, sockets.endpoint("push"));
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("late");
			sender.join(TestSockets.PATIENCE.toMillis());
			assertThat(flag).isTrue();
		}
	}

	/**
	 * Does something again and again, and is interrupted once in each round, mostly in
	 * the middle of it: the flag must be there afterwards.
	 */
	private static void interruptEachOf(int rounds, IntConsumer action) throws InterruptedException {
		Thread interrupted = Thread.currentThread();
		AtomicInteger begun = new AtomicInteger(-1);
		AtomicInteger done = new AtomicInteger(-1);
		Thread interrupter = new Thread(() -> {
			for (int i = 0; i < rounds; i++) {
				for (int spins = 0; begun.get() < i; spins++) {
					pause(spins);
				}
				interrupted.interrupt();
				done.set(i);
			}
		}, "interrupter");
		interrupter.setDaemon(true);
		interrupter.start();
		for (int i = 0; i < rounds; i++) {
			begun.set(i);
			action.accept(i);
			for (int spins = 0; done.get() < i; spins++) {
				pause(spins);
			}
			assertThat(Thread.interrupted()).as("the flag after round %d", i).isTrue();
		}
		interrupter.join(TestSockets.PATIENCE.toMillis());
	}

	private static void pause(int spins) {
		if (spins < 200) {
			Thread.onSpinWait();
		}
		else {
			Thread.yield();
		}
	}

	private static List<Future<?>> senders(ManagedSocket socket, int threads, int each) {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		List<Future<?>> senders = new ArrayList<>();
		for (int t = 0; t < threads; t++) {
			int thread = t;
			senders.add(executor.submit(() -> {
				for (int i = 0; i < each; i++) {
					assertThat(socket.send(message(thread, i), TestSockets.PATIENCE.toNanos()))
						.isEqualTo(SendResult.ACCEPTED);
				}
			}));
		}
		executor.shutdown();
		return senders;
	}

	/** 2 to 6 frames that each say to which message they belong. */
	private static byte[][] message(int thread, int number) {
		int frames = 2 + number % 5;
		byte[][] message = new byte[frames][];
		String text = thread + ":" + number + ":" + frames;
		for (int i = 0; i < frames; i++) {
			message[i] = ((i % 2 == 1) ? text + " ".repeat(ThreadLocalRandom.current().nextInt(300)) : text).getBytes();
		}
		return message;
	}

	/** What came back, in order per sending thread. */
	private static void sendLast(ManagedSocket socket, int number) {
		assertThat(socket.send(message(0, number), TestSockets.PATIENCE.toNanos())).isEqualTo(SendResult.ACCEPTED);
	}

	private static final class Receipts {

		private final int[] next;

		private final List<String> problems = new ArrayList<>();

		private volatile int count;

		Receipts(int threads) {
			this.next = new int[threads];
		}

		synchronized void add(ZmqMessage message) {
			String text = message.text(0);
			String[] parts = text.split(":");
			int thread = Integer.parseInt(parts[0]);
			int number = Integer.parseInt(parts[1]);
			if (message.size() != Integer.parseInt(parts[2])
					|| message.frames().stream().anyMatch((frame) -> !new String(frame).trim().equals(text))) {
				problem("torn: " + text);
			}
			if (this.next[thread] != number) {
				problem("expected " + this.next[thread] + " of thread " + thread + " and not " + number);
			}
			this.next[thread] = number + 1;
			this.count++;
		}

		/**
		 * A last message comes behind all that a fault may have sent twice, since there
		 * is one connection and one lane.
		 */
		void assertComplete(int expected, Runnable last) {
			TestSockets.await(() -> this.count >= expected);
			last.run();
			TestSockets.await(() -> this.count > expected);
			synchronized (this) {
				assertThat(this.problems).isEmpty();
				assertThat(this.count).isEqualTo(expected + 1);
			}
		}

		private void problem(String text) {
			if (this.problems.size() < 10) {
				this.problems.add(text);
			}
		}

	}

}
