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

package io.github.zmqspring.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What holds under load: control from several threads, and back-pressure.
 */
@NoLeaks
@ExtendWith(OutputCaptureExtension.class)
class ListenerAcceptanceTests {

	private static final int MOST = 2_000_000;

	@Test
	void aThousandCyclesOfControlBySeveralThreadsUnderTrafficLoseNothing() throws Exception {
		try (ListenerApp app = ListenerApp.run(Controlled.class, "sockets.lanes.type=pull",
				"sockets.lanes.bind=tcp://127.0.0.1:*", "sockets.inline.type=pull",
				"sockets.inline.bind=tcp://127.0.0.1:*")) {
			Controlled bean = app.bean(Controlled.class);
			ZMQ.Socket lanes = app.peer(SocketType.PUSH, "lanes");
			ZMQ.Socket inline = app.peer(SocketType.PUSH, "inline");
			AtomicBoolean ending = new AtomicBoolean();
			int[] sent = new int[1];
			Thread sender = new Thread(() -> {
				while (!ending.get() && sent[0] < MOST) {
					String number = Integer.toString(sent[0]);
					if (!sendUntil(lanes, number, ending)) {
						return;
					}
					while (!sendUntil(inline, number, new AtomicBoolean())) {
						// what one has got the other gets too
					}
					sent[0]++;
				}
			});
			sender.start();
			List<Thread> controllers = new ArrayList<>();
			AtomicInteger failures = new AtomicInteger();
			for (int i = 0; i < 4; i++) {
				Random random = new Random(i);
				Thread controller = new Thread(() -> control(app.listeners(), random, failures));
				controllers.add(controller);
				controller.start();
			}
			for (Thread controller : controllers) {
				controller.join();
			}
			assertThat(failures).hasValue(0);
			for (String id : List.of("lanes", "inline")) {
				app.listeners().resume(id);
				app.listeners().start(id);
			}
			ending.set(true);
			sender.join();
			int count = sent[0];
			assertThat(count).as("messages sent meanwhile").isGreaterThan(1000);
			await().atMost(Duration.ofSeconds(60)).until(() -> bean.lanes.get() >= count && bean.inline.get() >= count);
			assertThat(app.listeners().awaitIdle(Duration.ofSeconds(10))).isTrue();
			assertThat(bean.inline.get()).isEqualTo(bean.lanes.get());
			for (int i = 0; i < count; i++) {
				assertThat(bean.seen.get(i)).as("how often message %d was handled", i).isEqualTo(2);
			}
			ListenerStatus status = app.listeners().status("lanes");
			assertThat(status.unhandled()).isZero();
			assertThat(status.alive()).isTrue();
			assertThat(Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().startsWith("zmq-lanes-"))).hasSize(2);
		}
	}

	private static boolean sendUntil(ZMQ.Socket socket, String message, AtomicBoolean ending) {
		socket.setSendTimeOut(50);
		while (!socket.send(message)) {
			if (ending.get()) {
				return false;
			}
		}
		return true;
	}

	private static void control(ZmqListenerRegistry listeners, Random random, AtomicInteger failures) {
		for (int i = 0; i < 250; i++) {
			String id = (random.nextBoolean()) ? "lanes" : "inline";
			try {
				listeners.pause(id);
				listeners.resume(id);
				listeners.stop(id);
				listeners.start(id);
			}
			catch (RuntimeException ex) {
				failures.incrementAndGet();
			}
		}
	}

	@Test
	void aSlowHandlerHoldsItsSenderBackInLittleMemoryAndDelaysNoOtherListener() throws Exception {
		try (ListenerApp app = ListenerApp.run(SlowAndFast.class, "poller.threads=1", "sockets.slow.type=pull",
				"sockets.slow.bind=tcp://127.0.0.1:*", "sockets.slow.options.receive-hwm=10",
				"sockets.fast.type=dealer", "sockets.fast.bind=tcp://127.0.0.1:*")) {
			SlowAndFast bean = app.bean(SlowAndFast.class);
			ZMQ.Socket slow = app.peer(SocketType.PUSH, "slow", 10);
			ZMQ.Socket fast = app.peer(SocketType.DEALER, "fast");
			slow.setSendTimeOut(500);
			byte[] large = new byte[200_000];
			long before = usedMemory();
			int sent = 0;
			while (slow.send(large)) {
				sent++;
				assertThat(sent).as("the sender is held back").isLessThan(1000);
			}
			assertThat(bean.handled).hasValue(0);
			// two high-water marks of 10, one message in the handler, and what I/O
			// threads hold
			assertThat(usedMemory() - before).isLessThan(60L * large.length);
			long longest = 0;
			for (int i = 0; i < 300; i++) {
				long start = System.nanoTime();
				fast.send("m" + i);
				assertThat(fast.recvStr()).isEqualTo("m" + i);
				longest = Math.max(longest, System.nanoTime() - start);
			}
			assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(2));
			assertThat(slow.send(large)).as("still held back").isFalse();
			bean.permits.release(sent);
			int all = sent;
			await().until(() -> bean.handled.get() == all);
		}
	}

	@Test
	void anInlineHandlerNeverWaitsForAPeerThatDoesNotReadItsReplies(CapturedOutput output) throws Exception {
		try (ListenerApp app = ListenerApp.run(InlineEcho.class, "poller.threads=1", "sockets.inline.type=router",
				"sockets.inline.bind=tcp://127.0.0.1:*", "sockets.inline.options.send-hwm=1",
				"sockets.other.type=dealer", "sockets.other.bind=tcp://127.0.0.1:*")) {
			ZMQ.Socket deaf = app.peer(SocketType.DEALER, "inline", 1);
			ZMQ.Socket other = app.peer(SocketType.DEALER, "other");
			byte[] large = new byte[200_000];
			for (int i = 0; i < 200; i++) {
				// its own poller would be busy waiting
				assertThat(deaf.send(large)).as("request %d is read", i).isTrue();
			}
			other.send("meanwhile");
			assertThat(other.recvStr()).isEqualTo("meanwhile");
			await().until(() -> app.listeners().status("inline").failed() > 10);
			assertThat(output.toString().split("The error reply of")).as("a few lines of many").hasSizeBetween(2, 11);
		}
	}

	private static long usedMemory() throws InterruptedException {
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			System.gc();
			// nothing tells when a collection has freed what it found
			Thread.sleep(50);
			used = Math.min(used, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		}
		return used;
	}

	@Test
	void whatIsBeingHandledWhenTheApplicationEndsIsFinished() throws Exception {
		ListenerApp app = ListenerApp.run(Finishing.class, "sockets.in.type=pull", "sockets.in.bind=tcp://127.0.0.1:*");
		try (app) {
			Finishing bean = app.bean(Finishing.class);
			app.peer(SocketType.PUSH, "in").send("m");
			assertThat(bean.begun.await(20, TimeUnit.SECONDS)).isTrue();
			Thread closing = new Thread(app::closeApplication);
			closing.start();
			await().until(() -> !app.listeners().isRunning());
			assertThat(closing.isAlive()).isTrue();
			bean.end.countDown();
			closing.join(20_000);
			assertThat(closing.isAlive()).isFalse();
			assertThat(bean.interrupted).isFalse();
			assertThat(bean.finished).isTrue();
		}
	}

	static class Controlled {

		final AtomicInteger lanes = new AtomicInteger();

		final AtomicInteger inline = new AtomicInteger();

		final AtomicIntegerArray seen = new AtomicIntegerArray(MOST);

		@ZmqListener(id = "lanes", socket = "lanes", concurrency = "2")
		void lanes(String number) {
			this.seen.incrementAndGet(Integer.parseInt(number));
			this.lanes.incrementAndGet();
		}

		@ZmqListener(id = "inline", socket = "inline", executor = "inline")
		void inline(String number) {
			this.seen.incrementAndGet(Integer.parseInt(number));
			this.inline.incrementAndGet();
		}

	}

	static class SlowAndFast {

		final Semaphore permits = new Semaphore(0);

		final AtomicInteger handled = new AtomicInteger();

		@ZmqListener(socket = "slow")
		void slow(byte[] message) throws InterruptedException {
			this.permits.acquire();
			this.handled.incrementAndGet();
		}

		@ZmqListener(socket = "fast")
		String fast(String message) {
			return message;
		}

	}

	static class InlineEcho {

		@ZmqListener(id = "inline", socket = "inline", executor = "inline")
		byte[] inline(byte[] request) {
			return request;
		}

		@ZmqListener(socket = "other")
		String other(String message) {
			return message;
		}

	}

	static class Finishing {

		final CountDownLatch begun = new CountDownLatch(1);

		final CountDownLatch end = new CountDownLatch(1);

		volatile boolean finished;

		volatile boolean interrupted;

		@ZmqListener(socket = "in")
		void handle(String message) {
			this.begun.countDown();
			try {
				this.end.await(1, TimeUnit.MINUTES);
				this.finished = true;
			}
			catch (InterruptedException ex) {
				this.interrupted = true;
			}
		}

	}

}
