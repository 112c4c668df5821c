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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.context.annotation.Bean;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Whatever a method throws is told, answered and dead-lettered, and the next message is
 * handled.
 */
@NoLeaks
class ListenerErrorTests {

	private static final List<String> ERRORS = List.of("stack", "memory", "linkage", "death", "throwable", "checked");

	private static final String[] SOCKETS = { "sockets.in.type=pull", "sockets.in.bind=tcp://127.0.0.1:*",
			"sockets.dead.type=push", "sockets.dead.bind=tcp://127.0.0.1:*", "listener.dead-letter=dead" };

	private static String[] with(String... more) {
		List<String> all = new ArrayList<>(List.of(SOCKETS));
		all.addAll(List.of(more));
		return all.toArray(String[]::new);
	}

	@ParameterizedTest
	@ValueSource(classes = { Lanes.class, Inline.class, Batch.class, Later.class, Retried.class, RetriedBatch.class,
			Spring.class })
	void nothingThatIsThrownEndsAListenerOrGetsLost(Class<?> kind) {
		try (ListenerApp app = ListenerApp.run(kind, with())) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			ZMQ.Socket dead = app.peer(SocketType.PULL, "dead");
			for (String error : ERRORS) {
				peer.send(error);
				// errors and exceptions of the JVM are not retried
				boolean again = kind.getSimpleName().startsWith("Retried")
						&& List.of("throwable", "checked").contains(error);
				assertThat(dead.recvStr()).isEqualTo("reason=FAILED;listener=thrower;attempts=" + (again ? 2 : 1));
				assertThat(dead.recvStr()).isEqualTo(error);
			}
			peer.send("fine");
			await().untilAsserted(() -> assertThat(app.listeners().status("thrower").handled()).isOne());
			ListenerStatus status = app.listeners().status("thrower");
			assertThat(status.failed()).isEqualTo(ERRORS.size());
			assertThat(status.alive()).isTrue();
			assertThat(status.active()).isZero();
		}
	}

	@Test
	void anErrorHandlerGivesTheReplyAndOneThatFailsLeavesItToTheErrorReply() {
		try (ListenerApp app = ListenerApp.run(Handlers.class, with("sockets.rpc.type=rep",
				"sockets.rpc.bind=tcp://127.0.0.1:*", "sockets.own.type=rep", "sockets.own.bind=tcp://127.0.0.1:*"))) {
			ZMQ.Socket dead = app.peer(SocketType.PULL, "dead");
			ZMQ.Socket rpc = app.peer(SocketType.REQ, "rpc");
			rpc.send("x");
			assertThat(rpc.recvStr()).isEqualTo("default: IllegalStateException after 1");
			ZMQ.Socket own = app.peer(SocketType.REQ, "own");
			own.send("x");
			assertThat(own.recvStr()).isEqualTo("own");
			own.send("broken");
			assertThat(own.recvStr()).isEmpty();
			assertThat(own.recvStr()).contains("urn:zmq:handler-error").contains("IllegalStateException");
			assertThat(dead.recvStr()).isEqualTo("reason=FAILED;listener=own;attempts=1");
			// the original frames, return path and all
			assertThat(dead.recv()).isNotEmpty();
			assertThat(dead.recv()).isEmpty();
			assertThat(dead.recvStr()).isEqualTo("broken");
			assertThat(dead.hasReceiveMore()).isFalse();
		}
	}

	@Test
	void aResultWaitsForItsNextSocketAsLongAsThatSays() {
		try (ListenerApp app = ListenerApp.run(SendsOn.class,
				with("sockets.next.type=push", "sockets.next.bind=tcp://127.0.0.1:*",
						"sockets.next.options.send-timeout=50ms", "template.send-timeout=60s"))) {
			ZMQ.Socket dead = app.peer(SocketType.PULL, "dead");
			app.peer(SocketType.PUSH, "in").send("x");
			assertThat(dead.recvStr()).isEqualTo("reason=FAILED;listener=sends-on;attempts=1");
			assertThat(dead.recvStr()).isEqualTo("x");
			assertThat(app.listeners().status("sends-on").lastError()).contains("next");
		}
	}

	@Test
	void batchesHaveASizeAndATimeOfTheirOwnAndTheirCheckedExceptionsAreRetried() {
		try (ListenerApp app = ListenerApp.run(OwnBatch.class,
				with("listener.max-batch-size=100", "listener.batch-timeout=0"))) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			for (int i = 0; i < 5; i++) {
				peer.send("m" + i);
			}
			OwnBatch bean = app.bean(OwnBatch.class);
			await().until(() -> bean.handled.stream().mapToInt(List::size).sum() == 5);
			assertThat(bean.handled).allMatch((list) -> list.size() <= 2);
			assertThat(bean.calls.get()).isEqualTo(bean.handled.size() + 1);
		}
		assertThatThrownBy(() -> ListenerApp.run(NoBatch.class, with())).hasStackTraceContaining("is no batch");
		assertThatThrownBy(() -> ListenerApp.run(NoSize.class, with())).hasStackTraceContaining("maxBatchSize is '0'");
		assertThatThrownBy(() -> ListenerApp.run(NoSize.class, "sockets.in.type=rep",
				"sockets.in.bind=tcp://127.0.0.1:*", "size=1"))
			.hasStackTraceContaining("a REP socket must answer each request alone");
	}

	@Test
	void theLastOfThreeStagesSetsThePaceOfAllAndEachMessageGetsThrough() {
		List<String> properties = new ArrayList<>(List.of("sockets.in.type=pull", "sockets.in.bind=tcp://127.0.0.1:*",
				"sockets.in.options.receive-hwm=5", "template.send-timeout=20ms"));
		for (String stage : List.of("two", "three")) {
			properties.addAll(List.of("sockets.to-" + stage + ".type=push",
					"sockets.to-" + stage + ".bind=inproc://" + stage, "sockets.to-" + stage + ".options.send-hwm=5",
					"sockets." + stage + ".type=pull", "sockets." + stage + ".connect=inproc://" + stage,
					"sockets." + stage + ".options.receive-hwm=5"));
		}
		try (ListenerApp app = ListenerApp.run(Stages.class, properties.toArray(String[]::new))) {
			Stages bean = app.bean(Stages.class);
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in", 5);
			peer.setSendTimeOut(300);
			byte[] payload = new byte[100_000];
			int sent = 0;
			while (peer.send(payload)) {
				sent++;
				assertThat(sent).as("the sender is held back").isLessThan(2000);
			}
			// each stage holds one message, as it takes its time and reads nothing ahead;
			// two inproc pipes of 10 each, and what they say they have room for again
			assertThat(bean.one.get()).isLessThan(30);
			assertThat(bean.two.get()).isLessThan(15);
			assertThat(bean.three.get()).isZero();
			bean.permits.release(sent);
			int all = sent;
			await().until(() -> bean.three.get() == all);
			assertThat(bean.one).hasValue(all);
			assertThat(bean.two).hasValue(all);
			for (String id : List.of("one", "two", "three")) {
				assertThat(app.listeners().status(id).failed()).isZero();
			}
		}
	}

	static class Thrower {

		static void handle(String message) throws Throwable {
			switch (message) {
				case "stack" -> handle(message);
				case "memory" -> throw new OutOfMemoryError("not really");
				case "linkage" -> throw new NoClassDefFoundError("io/github/Nothing");
				case "death" -> throw new Error("death of the thread") {
				};
				case "throwable" -> throw new Throwable("neither exception nor error");
				case "checked" -> throw new java.io.IOException("checked");
				default -> {
				}
			}
		}

	}

	static class Lanes {

		@ZmqListener(id = "thrower", socket = "in")
		void handle(String message) throws Throwable {
			Thrower.handle(message);
		}

	}

	static class Spring {

		@ZmqListener(id = "thrower", socket = "in")
		void handle(String message, ZmqMessage whole) throws Throwable {
			Thrower.handle(message);
		}

	}

	static class Inline {

		@ZmqListener(id = "thrower", socket = "in", executor = "inline")
		void handle(String message) throws Throwable {
			Thrower.handle(message);
		}

	}

	static class Batch {

		@ZmqListener(id = "thrower", socket = "in", batch = true)
		void handle(List<String> messages) throws Throwable {
			Thrower.handle(messages.get(0));
		}

	}

	static class Retried {

		@Bean
		RetryPolicy once() {
			return RetryPolicy.builder().maxRetries(1).delay(Duration.ofMillis(1)).build();
		}

		@ZmqListener(id = "thrower", socket = "in", retryPolicy = "once")
		void handle(String message) throws Throwable {
			Thrower.handle(message);
		}

	}

	static class RetriedBatch {

		@Bean
		RetryPolicy once() {
			return RetryPolicy.builder().maxRetries(1).delay(Duration.ofMillis(1)).build();
		}

		@ZmqListener(id = "thrower", socket = "in", retryPolicy = "once", batch = true)
		void handle(List<String> messages) throws Throwable {
			Thrower.handle(messages.get(0));
		}

	}

	static class Later {

		@ZmqListener(id = "thrower", socket = "in")
		CompletableFuture<Void> handle(String message) {
			CompletableFuture<Void> result = new CompletableFuture<>();
			new Thread(() -> {
				try {
					Thrower.handle(message);
					result.complete(null);
				}
				catch (Throwable ex) {
					result.completeExceptionally(ex);
				}
			}).start();
			return result;
		}

	}

	static class Handlers {

		@Bean
		ZmqListenerErrorHandler everywhere() {
			return (message, failure) -> "default: " + failure.getCause().getClass().getSimpleName() + " after "
					+ failure.getAttempts();
		}

		@Bean(defaultCandidate = false)
		ZmqListenerErrorHandler mine() {
			return (message, failure) -> {
				if ("broken".equals(message.text(message.size() - 1))) {
					throw new StackOverflowError("of the error handler");
				}
				return "own";
			};
		}

		@ZmqListener(id = "rpc", socket = "rpc")
		String rpc(String message) {
			throw new IllegalStateException("on purpose");
		}

		@ZmqListener(id = "own", socket = "own", errorHandler = "mine")
		String own(String message) {
			throw new IllegalStateException("on purpose");
		}

	}

	static class SendsOn {

		@ZmqListener(id = "sends-on", socket = "in")
		@SendTo("next")
		String handle(String text) {
			return text;
		}

	}

	static class OwnBatch {

		final List<List<String>> handled = new CopyOnWriteArrayList<>();

		final AtomicInteger calls = new AtomicInteger();

		@Bean
		RetryPolicy onlyIo() {
			return RetryPolicy.builder()
				.includes(java.io.IOException.class)
				.maxRetries(1)
				.delay(Duration.ofMillis(1))
				.build();
		}

		@ZmqListener(id = "batch", socket = "in", batch = true, maxBatchSize = "${size:2}", batchTimeout = "#{50}ms",
				retryPolicy = "onlyIo")
		void handle(List<String> messages) throws java.io.IOException {
			if (this.calls.getAndIncrement() == 0) {
				throw new java.io.IOException("the first time");
			}
			this.handled.add(List.copyOf(messages));
		}

	}

	static class NoBatch {

		@ZmqListener(socket = "in", maxBatchSize = "2")
		void handle(String message) {
		}

	}

	static class NoSize {

		@ZmqListener(socket = "in", batch = true, maxBatchSize = "${zmq.size:0}")
		void handle(List<String> messages) {
		}

	}

	static class Stages {

		final AtomicInteger one = new AtomicInteger();

		final AtomicInteger two = new AtomicInteger();

		final AtomicInteger three = new AtomicInteger();

		final Semaphore permits = new Semaphore(0);

		@ZmqListener(id = "one", socket = "in")
		@SendTo("to-two")
		byte[] one(byte[] message) {
			this.one.incrementAndGet();
			takeAMillisecond();
			return message;
		}

		@ZmqListener(id = "two", socket = "two")
		@SendTo("to-three")
		byte[] two(byte[] message) {
			this.two.incrementAndGet();
			takeAMillisecond();
			return message;
		}

		@ZmqListener(id = "three", socket = "three")
		void three(byte[] message) throws InterruptedException {
			this.permits.acquire();
			this.three.incrementAndGet();
		}

		private static void takeAMillisecond() {
			long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
			while (System.nanoTime() - end < 0) {
				LockSupport.parkNanos(end - System.nanoTime());
			}
		}

	}

}
