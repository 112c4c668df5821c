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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.lane.LaneHandler;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.lane.MessageFlow;
import io.github.zmqspring.transport.poll.PollerStatus;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Lanes drain their socket themselves: nothing is queued in between, nothing is lost.
 */
@NoLeaks
@Timeout(60)
class LaneTests {

	private static final int HWM = 10;

	private final Semaphore gate = new Semaphore(0);

	private final ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();

	private TestSockets sockets;

	private ManagedSocket push;

	private ManagedSocket pull;

	@BeforeEach
	void open() {
		this.sockets = new TestSockets();
		this.pull = this.sockets.bind("pull", SocketType.PULL, "inproc://lane", SocketOption.RECEIVE_HWM, HWM);
		this.push = this.sockets.connect("push", SocketType.PUSH, "inproc://lane", SocketOption.SEND_HWM, HWM);
	}

	@AfterEach
	void close() {
		this.gate.release(10_000);
		this.sockets.close();
	}

	/** Handles anything at once but a message that says "wait". */
	private void handle(ZmqMessage message) {
		String text = message.text(0);
		if (text.startsWith("wait")) {
			this.gate.acquireUninterruptibly();
		}
		this.handled.add(text);
	}

	@Test
	void aSlowHandlerHoldsTheSenderBack() {
		MessageFlow flow = this.pull.consume(LaneSettings.of("slow", 1), this::handle);
		TestSockets.send(this.push, "wait");
		TestSockets.await(() -> this.pull.call((zmq) -> zmq.getEvents()) == 0);
		int taken = TestSockets.fill(this.push, "x");
		// the high-water marks of both sides, and the credit for the one in the handler
		assertThat(taken).isBetween(2 * HWM - 1, 2 * HWM + 1);
		assertThat(this.push.send(ZmqMessage.of("x").raw(), TimeUnit.MILLISECONDS.toNanos(50)))
			.isEqualTo(SendResult.TIMED_OUT);
		assertThat(this.handled).isEmpty();
		this.gate.release();
		TestSockets.await(() -> this.handled.size() == taken + 1);
		assertThat(flow.isAlive()).isTrue();
	}

	@Test
	void alsoLanesThatReadAheadAreBounded() {
		this.pull.consume(LaneSettings.of("ahead", 1), this::handle);
		warmUp();
		TestSockets.send(this.push, "wait");
		int taken = 0;
		while (taken < 5000
				&& this.push.send(ZmqMessage.of("x").raw(), TimeUnit.MILLISECONDS.toNanos(50)) == SendResult.ACCEPTED) {
			taken++;
		}
		assertThat(taken).isLessThanOrEqualTo(256 + 2 * HWM + 1);
	}

	@Test
	void nLanesHandleNMessagesAtOnce() throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(4);
		Set<String> threads = ConcurrentHashMap.newKeySet();
		this.pull.consume(LaneSettings.of("four", 4), (message) -> {
			try {
				barrier.await(15, TimeUnit.SECONDS);
				threads.add(Thread.currentThread().getName());
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		for (int i = 0; i < 4; i++) {
			TestSockets.send(this.push, i);
		}
		TestSockets.await(() -> threads.size() == 4);
		assertThat(threads).allMatch((name) -> name.startsWith("zmq-four-"));
	}

	@Test
	void nothingWaitsBehindASlowMessageWhileAnotherLaneIsFree() {
		this.pull.consume(LaneSettings.of("two", 2), (message) -> {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
			handle(message);
		});
		for (int i = 0; i < 10; i++) {
			TestSockets.send(this.push, i);
		}
		TestSockets.await(() -> this.handled.size() == 10);
		TestSockets.send(this.push, "wait");
		for (int i = 0; i < 30; i++) {
			TestSockets.send(this.push, "behind");
		}
		TestSockets.await(() -> this.handled.size() == 40);
		assertThat(this.handled).doesNotContain("wait");
	}

	@Test
	void aLaneThatStopsFinishesWhatItHasRead() throws Exception {
		MessageFlow flow = this.pull.consume(LaneSettings.of("stopping", 1), this::handle);
		int sent = readAheadBehindAWait();
		ExecutorService executor = Executors.newSingleThreadExecutor();
		Future<Integer> stop = executor.submit(() -> flow.stop(TestSockets.PATIENCE.toNanos()));
		executor.shutdown();
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
		assertThat(stop.isDone()).isFalse();
		this.gate.release();
		assertThat(stop.get(15, TimeUnit.SECONDS)).isZero();
		assertThat(this.handled).contains("wait 2");
		int handledByFirst = this.handled.size();
		assertThat(handledByFirst).isGreaterThan(0);
		// what it had not read is there for the next one
		this.pull.consume(LaneSettings.of("next", 1), this::handle);
		TestSockets.await(() -> this.handled.size() == sent);
		assertThat(this.handled).doesNotHaveDuplicates();
	}

	@Test
	void anAbandonedLaneSaysHowManyItLeft() {
		MessageFlow flow = this.pull.consume(LaneSettings.of("abandoned", 1), this::handle);
		int sent = readAheadBehindAWait();
		int left = flow.stop(TimeUnit.MILLISECONDS.toNanos(50));
		assertThat(left).isPositive();
		MessageFlow next = this.pull.consume(LaneSettings.of("next", 1), this::handle);
		// the message that the abandoned handler holds is handled in the end, those
		// behind
		// it are not
		this.gate.release();
		TestSockets.await(() -> this.handled.size() == sent - left + 1);
		assertThat(this.handled).contains("wait 2").doesNotHaveDuplicates();
		assertThat(next.stop(TestSockets.PATIENCE.toNanos())).isZero();
	}

	/**
	 * Leaves the lane in "wait 2" with more messages read; returns how many were sent.
	 */
	private int readAheadBehindAWait() {
		int sent = warmUp();
		TestSockets.send(this.push, "wait 1");
		TestSockets.await(() -> this.pull.call((zmq) -> zmq.getEvents()) == 0);
		TestSockets.send(this.push, "wait 2");
		for (int i = 0; i < HWM; i++) {
			TestSockets.send(this.push, "behind " + i);
		}
		this.gate.release();
		TestSockets.await(() -> this.handled.contains("wait 1"));
		TestSockets.await(() -> this.gate.hasQueuedThreads());
		return sent + 2 + HWM;
	}

	/** Makes the lane believe that its handler is fast. */
	private int warmUp() {
		for (int i = 0; i < 2000; i++) {
			TestSockets.send(this.push, "fast " + i);
		}
		TestSockets.await(() -> this.handled.size() == 2000);
		return 2000;
	}

	@Test
	void neitherExceptionsNorErrorsNorInterruptsEndALane() throws Exception {
		MessageFlow flow = this.pull.consume(LaneSettings.of("failing", 1), (message) -> {
			Thread.currentThread().interrupt();
			this.handled.add(message.text(0));
			switch (message.text(0)) {
				case "exception" -> throw new IllegalStateException("wanted");
				case "error" -> throw new StackOverflowError("wanted");
				default -> {
				}
			}
		});
		for (int i = 0; i < 5; i++) {
			TestSockets.send(this.push, "exception");
			TestSockets.send(this.push, "error");
		}
		TestSockets.send(this.push, "last");
		TestSockets.await(() -> this.handled.contains("last"));
		assertThat(this.handled).hasSize(11);
		assertThat(flow.isAlive()).isTrue();
		// an interrupt that stayed would make waiting a spin, which a busy machine hides
		TestSockets.await(flow::isIdle);
		Thread lane = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("zmq-failing"))
			.findFirst()
			.orElseThrow();
		TestSockets.await(() -> !lane.isInterrupted());
		assertThat(TestSockets.cpuTimePerSecond("zmq-failing")).isLessThan(Duration.ofMillis(300));
	}

	@Test
	void anInlineHandlerThatFailsOrIsInterruptedLosesNoMessageAndNoPoller() throws Exception {
		TestSockets.inline(this.pull, (message) -> {
			this.handled.add(message.text(0));
			Thread.currentThread().interrupt();
			throw new IllegalStateException("wanted");
		});
		for (int i = 0; i < 50; i++) {
			TestSockets.send(this.push, i);
		}
		TestSockets.await(() -> this.handled.size() == 50);
		assertThat(this.sockets.registry.pollers()).allMatch(PollerStatus::alive);
		assertThat(TestSockets.cpuTimePerSecond("zmq-poller")).isLessThan(Duration.ofMillis(300));
	}

	@Test
	void aPausedFlowLeavesMessagesWithZeroMqAndResumes() {
		MessageFlow flow = this.pull.consume(LaneSettings.of("paused", 2), this::handle);
		TestSockets.send(this.push, "before");
		TestSockets.await(() -> this.handled.size() == 1);
		for (int round = 0; round < 50; round++) {
			flow.pause();
			TestSockets.send(this.push, "held " + round);
			if (round % 10 == 0) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
				assertThat(this.handled).hasSize(round + 1);
			}
			flow.resume();
			int expected = round + 2;
			TestSockets.await(() -> this.handled.size() == expected);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aFlowIsIdleOnlyWhenAllThatItHasReadIsHandled(boolean inline) {
		AtomicReference<MessageFlow> flow = new AtomicReference<>();
		AtomicInteger idle = new AtomicInteger();
		LaneHandler handler = (message) -> {
			idle.addAndGet((flow.get().isIdle()) ? 1 : 0);
			this.handled.add(message.text(0));
		};
		LaneSettings settings = LaneSettings.of("busy", 1);
		flow.set((inline) ? this.pull.consumeInline(settings, handler, true)
				: this.pull.consume(settings, handler, true));
		for (int i = 0; i < 15; i++) {
			TestSockets.send(this.push, i);
		}
		TestSockets.await(() -> flow.get().isIdle());
		assertThat(this.handled).as("paused").isEmpty();
		flow.get().resume();
		TestSockets.await(() -> this.handled.size() == 15);
		TestSockets.await(() -> flow.get().isIdle());
		assertThat(idle).hasValue(0);
	}

	@Test
	void aBatchIsNeverLargerThanWanted() {
		List<Integer> sizes = new ArrayList<>();
		AtomicInteger count = new AtomicInteger();
		this.pull.consume(new LaneSettings("batch", 1, null, 7), new LaneHandler() {

			@Override
			public void handle(ZmqMessage message) {
				throw new IllegalStateException("one by one");
			}

			@Override
			public void handle(List<ZmqMessage> messages) {
				sizes.add(messages.size());
				count.addAndGet(messages.size());
			}

		});
		for (int i = 0; i < 500; i++) {
			TestSockets.send(this.push, i);
		}
		TestSockets.await(() -> count.get() == 500);
		assertThat(sizes).allMatch((size) -> size >= 1 && size <= 7);
	}

	@Test
	void aSocketHasOneReader() {
		MessageFlow flow = this.pull.consume(LaneSettings.of("first", 1), this::handle);
		assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
			.isThrownBy(() -> this.pull.consume(LaneSettings.of("second", 1), this::handle))
			.withMessageContaining("'pull'");
		assertThatExceptionOfType(ZmqUnsupportedOperationException.class).isThrownBy(() -> this.pull.receive(0));
		flow.stop(TestSockets.PATIENCE.toNanos());
		assertThat(this.pull.receive(0)).isNull();
	}

	@Test
	void anExecutorThatRefusesLeavesTheSocketFree() {
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.pull.consume(new LaneSettings("refused", 2, (task) -> {
				throw new RejectedExecutionException("full");
			}, 1), this::handle));
		this.pull.consume(LaneSettings.of("accepted", 1), this::handle);
		TestSockets.send(this.push, "x");
		TestSockets.await(() -> this.handled.size() == 1);
	}

	@Test
	void lanesOnAnExecutorEndWithTheFlow() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(2);
		CountDownLatch ended = new CountDownLatch(2);
		MessageFlow flow = this.pull.consume(new LaneSettings("pooled", 2, (task) -> executor.execute(() -> {
			task.run();
			ended.countDown();
		}), 1), this::handle);
		TestSockets.send(this.push, "x");
		TestSockets.await(() -> this.handled.size() == 1);
		assertThat(flow.stop(TestSockets.PATIENCE.toNanos())).isZero();
		assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
		executor.shutdown();
	}

}
