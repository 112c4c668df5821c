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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import io.github.zmqspring.transport.jeromq.SocketPipe;
import io.github.zmqspring.transport.lane.LaneHandler;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.lane.LaneSettings.IdleAction;
import io.github.zmqspring.transport.lane.MessageFlow;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The ways messages take from a socket to its handlers: lanes, the poller, batches,
 * shared sockets, idle actions, and what is left over at the end.
 */
@NoLeaks
class MessageFlowTests {

	private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

	private ZContext context;

	private SocketRegistry sockets;

	@BeforeEach
	void open() {
		this.context = new ZContext();
		this.sockets = new SocketRegistry(this.context, 1, (event) -> {
		}, SocketOptions.NONE, List.of());
		this.sockets.start();
	}

	@AfterEach
	void close() {
		this.sockets.stop();
		ContextTerminator.terminate(this.context, Duration.ofSeconds(10));
	}

	private void pair(SocketType sending, SocketType receiving) throws InterruptedException {
		this.sockets.create(SocketDefinition.of("in", receiving, List.of("tcp://127.0.0.1:*"), List.of()));
		String endpoint = this.sockets.status("in").bound().get(0);
		this.sockets.create(SocketDefinition.of("out", sending, List.of(), List.of(endpoint)));
		assertThat(this.sockets.awaitPeers("in", 1, Duration.ofSeconds(10))).isTrue();
		assertThat(this.sockets.awaitPeers("out", 1, Duration.ofSeconds(10))).isTrue();
	}

	private void send(String text) {
		assertThat(this.sockets.socket("out").send(ZmqMessage.of(text).raw(), STOP_NANOS))
			.isEqualTo(SendResult.ACCEPTED);
	}

	private static LaneSettings batches(int size, Duration timeout) {
		return new LaneSettings("test", 1, null, size, 0, null, timeout, List.of(), List.of());
	}

	private static LaneSettings topics(String name, int concurrency, String... topics) {
		return new LaneSettings(name, concurrency, null, 1, 0, null, Duration.ZERO, List.of(topics), List.of());
	}

	private static LaneSettings idle(Duration interval, Runnable action) {
		return new LaneSettings("idle", 2, null, 1, 0, null, Duration.ZERO, List.of(),
				List.of(new IdleAction(interval, action)));
	}

	@Test
	void aBatchWaitsForMoreUntilItIsFull() throws InterruptedException {
		pair(SocketType.PUSH, SocketType.PULL);
		Batches batches = new Batches();
		MessageFlow flow = this.sockets.socket("in").consume(batches(3, Duration.ofSeconds(20)), batches);
		for (int i = 0; i < 7; i++) {
			send("m" + i);
		}
		await().untilAsserted(
				() -> assertThat(batches.all()).containsExactly(List.of("m0", "m1", "m2"), List.of("m3", "m4", "m5")));
		// what it waits with is handled when the flow ends, well before the time is over
		assertThat(flow.stop(STOP_NANOS)).isZero();
		assertThat(batches.all()).hasSize(3).last().isEqualTo(List.of("m6"));
	}

	@Test
	void aBatchThatDoesNotFillIsHandedOverWhenItsTimeIsOver() throws InterruptedException {
		pair(SocketType.PUSH, SocketType.PULL);
		Batches batches = new Batches();
		MessageFlow flow = this.sockets.socket("in").consume(batches(1000, Duration.ofMillis(400)), batches);
		long start = System.nanoTime();
		send("a");
		send("b");
		await().until(() -> !batches.all().isEmpty());
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(390));
		assertThat(batches.all()).containsExactly(List.of("a", "b"));
		send("c");
		await().untilAsserted(() -> assertThat(batches.all()).hasSize(2));
		flow.stop(STOP_NANOS);
	}

	@Test
	void aSecondReaderJoinsAndLeavesWhileMessagesComeAndTheFirstLosesNone() throws Exception {
		this.sockets.create(SocketDefinition.of("out", SocketType.XPUB, List.of("tcp://127.0.0.1:*"), List.of()));
		this.sockets.create(
				SocketDefinition.of("in", SocketType.SUB, List.of(), List.of(this.sockets.status("out").bound().get(0)))
					.withTopics(List.of("a", "b")));
		assertThat(this.sockets.awaitPeers("in", 1, Duration.ofSeconds(10))).isTrue();
		awaitSubscriptions(2);
		ManagedSocket in = this.sockets.socket("in");
		List<String> first = Collections.synchronizedList(new ArrayList<>());
		MessageFlow flow = in.consume(topics("first", 1, "a"), (message) -> first.add(message.text(0)));
		int count = 10_000;
		Thread sender = new Thread(() -> {
			for (int i = 0; i < count; i++) {
				send("a" + i);
				send("b" + i);
				// an XPUB drops what does not fit
				while (2 * i - this.sockets.status("in").received() > 400) {
					LockSupport.parkNanos(100_000);
				}
			}
		});
		sender.start();
		AtomicInteger others = new AtomicInteger();
		int cycles = 0;
		while (sender.isAlive() && cycles < 200) {
			MessageFlow second = (cycles % 2 == 0)
					? in.consume(topics("second", 2, "b"), (message) -> count(message, others))
					: in.consumeInline(topics("second", 1, "b"), (message) -> count(message, others), false);
			Thread.yield();
			second.pause();
			second.resume();
			assertThat(second.stop(STOP_NANOS)).isZero();
			cycles++;
		}
		sender.join();
		await().atMost(Duration.ofSeconds(30)).until(() -> first.size() == count);
		assertThat(first).startsWith("a0", "a1").endsWith("a" + (count - 1)).doesNotHaveDuplicates();
		assertThat(others).hasPositiveValue();
		flow.stop(STOP_NANOS);
	}

	private static void count(ZmqMessage message, AtomicInteger counter) {
		counter.addAndGet((message.text(0).startsWith("b")) ? 1 : -1_000_000);
	}

	/** An XPUB gets to know each subscription. */
	private void awaitSubscriptions(int number) {
		for (int i = 0; i < number; i++) {
			assertThat(this.sockets.socket("out").receive(STOP_NANOS)).isNotNull();
		}
	}

	@Test
	void aReaderThatIsPausedHoldsTheOthersOfItsSocketBackAndNoMessageIsLost() throws Exception {
		this.sockets.create(SocketDefinition.of("out", SocketType.XPUB, List.of("tcp://127.0.0.1:*"), List.of()));
		this.sockets.create(SocketDefinition.of("in", SocketType.SUB, List.of(),
				List.of(this.sockets.status("out").bound().get(0))));
		awaitSubscriptions(1);
		ManagedSocket in = this.sockets.socket("in");
		AtomicInteger lanes = new AtomicInteger();
		AtomicInteger inline = new AtomicInteger();
		AtomicInteger paused = new AtomicInteger();
		MessageFlow first = in.consume(topics("lanes", 3, "a"), (message) -> lanes.incrementAndGet());
		MessageFlow second = in.consumeInline(topics("inline", 1, "a"), (message) -> inline.incrementAndGet(), false);
		MessageFlow third = in.consume(topics("paused", 1), (message) -> paused.incrementAndGet(), true);
		for (int i = 0; i < 1900; i++) {
			send("a");
			// an XPUB drops what does not fit
			int sent = i + 1;
			if (sent % 500 == 0 && sent <= 1000) {
				await().until(() -> lanes.get() == sent && inline.get() == sent);
			}
		}
		await().during(Duration.ofMillis(200)).until(() -> lanes.get() == 1000 && inline.get() == 1000);
		assertThat(paused).hasValue(0);
		third.resume();
		await().until(() -> lanes.get() == 1900 && inline.get() == 1900 && paused.get() == 1900);
		first.stop(STOP_NANOS);
		second.stop(STOP_NANOS);
		third.stop(STOP_NANOS);
	}

	@Test
	void whatWaitsForOneOfSeveralReadersWhenItsTimeIsOverIsGivenBack() throws Exception {
		this.sockets.create(SocketDefinition.of("out", SocketType.XPUB, List.of("tcp://127.0.0.1:*"), List.of()));
		this.sockets.create(SocketDefinition.of("in", SocketType.SUB, List.of(),
				List.of(this.sockets.status("out").bound().get(0))));
		awaitSubscriptions(1);
		ManagedSocket in = this.sockets.socket("in");
		AtomicInteger other = new AtomicInteger();
		Stubborn stubborn = new Stubborn();
		MessageFlow slow = in.consume(topics("slow", 1), stubborn);
		MessageFlow fast = in.consume(topics("fast", 1), (message) -> other.incrementAndGet());
		for (int i = 0; i < 100; i++) {
			send("m" + i);
		}
		await().until(() -> other.get() == 100);
		stubborn.awaitCall();
		assertThat(slow.stop(1)).isEqualTo(100);
		assertThat(stubborn.unhandled).hasSize(100).contains("m99", "m0");
		stubborn.release();
		fast.stop(STOP_NANOS);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatWasReadAndNotHandledWhenTheTimeIsOverIsGivenBack(boolean inline) throws Exception {
		pair(SocketType.PUSH, SocketType.PULL);
		Stubborn stubborn = new Stubborn();
		ManagedSocket in = this.sockets.socket("in");
		MessageFlow flow = (inline) ? in.consumeInline(LaneSettings.of("test", 1), stubborn, true)
				: in.consume(LaneSettings.of("test", 1), stubborn, true);
		for (int i = 0; i < 20; i++) {
			send("m" + i);
		}
		flow.resume();
		stubborn.awaitCall();
		int unhandled = flow.stop(TimeUnit.MILLISECONDS.toNanos(50));
		// the one in the handler, and what was read with it
		assertThat(unhandled).isPositive().isEqualTo(stubborn.unhandled.size());
		assertThat(stubborn.unhandled).contains("m0");
		assertThat(stubborn.handled).isEmpty();
		stubborn.release();
		AtomicInteger rest = new AtomicInteger();
		MessageFlow next = in.consume(LaneSettings.of("next", 1), (message) -> rest.incrementAndGet());
		await().until(() -> rest.get() == 20 - unhandled);
		next.stop(STOP_NANOS);
	}

	@Test
	void idleActionsRunOnALaneWhileNothingComesAndNotWhileMessagesDo() throws Exception {
		pair(SocketType.PUSH, SocketType.PULL);
		List<String> threads = new CopyOnWriteArrayList<>();
		AtomicInteger handled = new AtomicInteger();
		MessageFlow flow = this.sockets.socket("in")
			.consume(idle(Duration.ofMillis(300), () -> threads.add(Thread.currentThread().getName())),
					(message) -> handled.incrementAndGet());
		long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(900);
		int sent = 0;
		long longestGap = 0;
		long last = System.nanoTime();
		while (System.nanoTime() < until) {
			send("m");
			sent++;
			longestGap = Math.max(longestGap, System.nanoTime() - last);
			last = System.nanoTime();
			LockSupport.parkNanos(1_000_000);
		}
		int expected = sent;
		await().until(() -> handled.get() == expected);
		if (longestGap < TimeUnit.MILLISECONDS.toNanos(150)) {
			assertThat(threads).isEmpty();
		}
		await().until(() -> threads.size() >= 3);
		assertThat(threads).allMatch((name) -> name.startsWith("zmq-idle-"));
		flow.pause();
		int before = threads.size();
		await().during(Duration.ofMillis(700)).until(() -> threads.size() <= before + 1);
		flow.stop(STOP_NANOS);
	}

	@Test
	void idleActionsOfAnInlineHandlerRunOnThePoller() throws Exception {
		pair(SocketType.PUSH, SocketType.PULL);
		List<String> threads = new CopyOnWriteArrayList<>();
		MessageFlow flow = this.sockets.socket("in")
			.consumeInline(idle(Duration.ofMillis(50), () -> threads.add(Thread.currentThread().getName())),
					(message) -> {
					}, false);
		await().until(() -> threads.size() >= 3);
		assertThat(threads).allMatch((name) -> name.startsWith("zmq-poller-"));
		flow.stop(STOP_NANOS);
		int before = threads.size();
		await().during(Duration.ofMillis(200)).until(() -> threads.size() == before);
	}

	@Test
	void aFlowThatHoldsItselfBackGoesOnWhenItLetsGoAndNoOtherHoldsIt() throws Exception {
		pair(SocketType.PUSH, SocketType.PULL);
		AtomicInteger handled = new AtomicInteger();
		MessageFlow flow = this.sockets.socket("in")
			.consumeInline(LaneSettings.of("held", 1), (message) -> handled.incrementAndGet(), false);
		flow.hold();
		flow.pause();
		send("m");
		flow.release();
		await().during(Duration.ofMillis(100)).until(() -> handled.get() == 0);
		flow.resume();
		await().until(() -> handled.get() == 1);
		flow.stop(STOP_NANOS);
	}

	@Test
	void anExecutorWithoutThreadsIsAnErrorAndLeavesTheSocketFree() throws Exception {
		pair(SocketType.PUSH, SocketType.PULL);
		ManagedSocket in = this.sockets.socket("in");
		AtomicInteger given = new AtomicInteger();
		Executor stingy = (task) -> {
			if (given.getAndIncrement() > 0) {
				throw new RejectedExecutionException("no more");
			}
			new Thread(task, "stingy").start();
		};
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> in
			.consume(new LaneSettings("x", 2, stingy, 1, 0, null, Duration.ZERO, List.of(), List.of()), (message) -> {
			}));
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> in.consume(
				new LaneSettings("x", 1, Runnable::run, 1, 0, null, Duration.ZERO, List.of(), List.of()), (message) -> {
				}))
			.withMessageContaining("on the thread of the caller");
		AtomicInteger handled = new AtomicInteger();
		MessageFlow flow = in.consume(LaneSettings.of("x", 1), (message) -> handled.incrementAndGet());
		send("m");
		await().until(() -> handled.get() == 1);
		flow.stop(STOP_NANOS);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anExceptionThatCannotEvenBeLoggedCostsItsMessageOnly(boolean inline) throws Exception {
		pair(SocketType.PUSH, SocketType.PULL);
		AtomicInteger handled = new AtomicInteger();
		LaneHandler handler = new LaneHandler() {

			@Override
			public void handle(ZmqMessage message) {
				handled.incrementAndGet();
				if ("deadly".equals(message.text(0))) {
					throw new Unspeakable();
				}
			}

			@Override
			public void took(long nanos) {
				throw new StackOverflowError("wanted");
			}

		};
		LaneSettings settings = LaneSettings.of("mortal", 1);
		ManagedSocket in = this.sockets.socket("in");
		MessageFlow flow = (inline) ? in.consumeInline(settings, handler, true) : in.consume(settings, handler, true);
		for (int i = 0; i < 100; i++) {
			send("m");
		}
		send("deadly");
		send("behind");
		flow.resume();
		await().until(() -> handled.get() == 102);
		assertThat(flow.isAlive()).isTrue();
		assertThat(flow.stop(STOP_NANOS)).isZero();
	}

	@Test
	void aReaderThatLeavesLetsTheOthersGoOnThatItHeldBack() throws Exception {
		this.sockets.create(SocketDefinition.of("out", SocketType.XPUB, List.of("tcp://127.0.0.1:*"), List.of()));
		this.sockets.create(SocketDefinition.of("in", SocketType.SUB, List.of(),
				List.of(this.sockets.status("out").bound().get(0))));
		awaitSubscriptions(1);
		ManagedSocket in = this.sockets.socket("in");
		AtomicInteger handled = new AtomicInteger();
		Stubborn stubborn = new Stubborn();
		MessageFlow stuck = in.consume(topics("stuck", 1), stubborn);
		MessageFlow other = in.consume(topics("other", 1), (message) -> handled.incrementAndGet());
		for (int i = 0; i < 1600; i++) {
			send("a");
			int sent = i + 1;
			if (sent == 500 || sent == 1000) {
				await().until(() -> handled.get() == sent);
			}
		}
		// the rest has arrived, and no signal comes any more
		await().until(() -> handled.get() > 1000
				&& handled.get() + in.call((zmq) -> SocketPipe.remote(zmq.base()).get(0).unread()) >= 1599);
		assertThat(handled.get()).isLessThan(1600);
		assertThat(stuck.stop(1)).isGreaterThan(1000);
		await().atMost(Duration.ofSeconds(20)).until(() -> handled.get() == 1600);
		stubborn.release();
		other.stop(STOP_NANOS);
	}

	@Test
	void aLaneThatItsExecutorNeverBeginsIsNotAlive() throws Exception {
		pair(SocketType.PUSH, SocketType.PULL);
		MessageFlow flow = this.sockets.socket("in").consume(new LaneSettings("never", 1, (task) -> {
		}, 1), (message) -> {
		});
		assertThat(flow.isAlive()).isTrue();
		await().atMost(Duration.ofSeconds(20)).until(() -> !flow.isAlive());
		assertThat(flow.stop(STOP_NANOS)).isZero();
	}

	/** Keeps what it is given. */
	private static final class Batches implements LaneHandler {

		private final List<List<String>> batches = new ArrayList<>();

		@Override
		public void handle(ZmqMessage message) {
			throw new IllegalStateException("Not a batch");
		}

		@Override
		public synchronized void handle(List<ZmqMessage> messages) {
			this.batches.add(messages.stream().map((message) -> message.text(0)).toList());
		}

		synchronized List<List<String>> all() {
			return List.copyOf(this.batches);
		}

	}

	/** Makes a log line fail. */
	private static final class Unspeakable extends RuntimeException {

		@Override
		public String getMessage() {
			throw new IllegalStateException("unspeakable");
		}

	}

	/** Does not end when it is told to. */
	private static final class Stubborn implements LaneHandler {

		private final List<String> handled = new CopyOnWriteArrayList<>();

		private final List<String> unhandled = new CopyOnWriteArrayList<>();

		private final CountDownLatch called = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		@Override
		public void handle(ZmqMessage message) {
			this.called.countDown();
			boolean done = false;
			while (!done) {
				try {
					done = this.released.await(1, TimeUnit.MINUTES);
				}
				catch (InterruptedException ex) {
					// that is what it is like
				}
			}
			this.handled.add(message.text(0));
		}

		@Override
		public void unhandled(List<ZmqMessage> messages) {
			messages.forEach((message) -> this.unhandled.add(message.text(0)));
		}

		void awaitCall() throws InterruptedException {
			assertThat(this.called.await(10, TimeUnit.SECONDS)).isTrue();
		}

		void release() {
			this.released.countDown();
		}

	}

}
