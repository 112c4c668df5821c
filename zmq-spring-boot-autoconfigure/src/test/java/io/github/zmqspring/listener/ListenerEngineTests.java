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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What listeners do with their messages, with real sockets: batches, retries, dead
 * letters, filters, interceptors, timeouts, results that come later.
 */
@NoLeaks
class ListenerEngineTests {

	private static final String IN = "sockets.in.type=pull";

	private static final String BIND = "sockets.in.bind=tcp://127.0.0.1:*";

	private static final String DEAD = "sockets.dead.type=push";

	private static final String DEAD_BIND = "sockets.dead.bind=tcp://127.0.0.1:*";

	private static List<String> frames(ZMQ.Socket socket) {
		List<String> frames = new ArrayList<>();
		do {
			String frame = socket.recvStr();
			assertThat(frame).as("a frame within the timeout").isNotNull();
			frames.add(frame);
		}
		while (socket.hasReceiveMore());
		return frames;
	}

	@Test
	void aBatchListenerGetsListsThatWaitToBeFilledAndAreNeverLarger() {
		try (ListenerApp app = ListenerApp.run(Batches.class, IN, BIND, "listener.max-batch-size=4",
				"listener.batch-timeout=300ms")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			for (int i = 0; i < 10; i++) {
				peer.send("m" + i);
			}
			Batches bean = app.bean(Batches.class);
			await().untilAsserted(() -> assertThat(bean.lists.stream().mapToInt(List::size).sum()).isEqualTo(10));
			assertThat(bean.lists).allMatch((list) -> list.size() <= 4).hasSize(3);
			assertThat(bean.lists.stream().flatMap(List::stream)).containsExactly("m0", "m1", "m2", "m3", "m4", "m5",
					"m6", "m7", "m8", "m9");
		}
	}

	@Test
	void aFailedCallIsRepeatedWithBackOffAndWhatNeverSucceedsIsDeadLetteredWithItsFrames() {
		try (ListenerApp app = ListenerApp.run(Failing.class, IN, BIND, DEAD, DEAD_BIND, "listener.dead-letter=dead",
				"listener.retry.max-attempts=3", "listener.retry.initial-interval=20ms")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			ZMQ.Socket dead = app.peer(SocketType.PULL, "dead");
			peer.sendMore("second");
			peer.send("never");
			assertThat(frames(dead)).containsExactly("reason=FAILED;listener=failing;attempts=3", "second", "never");
			peer.send("twice");
			await().untilAsserted(() -> assertThat(app.listeners().status("failing").handled()).isOne());
			Failing bean = app.bean(Failing.class);
			assertThat(bean.calls).containsExactly("second", "second", "second", "twice", "twice");
			ListenerStatus status = app.listeners().status("failing");
			assertThat(status.failed()).isOne();
			assertThat(status.deadLettered()).isOne();
			assertThat(status.lastError()).contains("failing").doesNotContain("never");
		}
	}

	@Test
	void unreadableInvalidAndFatalAreNotRepeatedAndTheLaneLivesOn() {
		try (ListenerApp app = ListenerApp.run(Fatal.class, IN, BIND, DEAD, DEAD_BIND, "listener.dead-letter=dead",
				"listener.retry.max-attempts=5", "listener.retry.initial-interval=1ms")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			ZMQ.Socket dead = app.peer(SocketType.PULL, "dead");
			peer.send("no number");
			assertThat(frames(dead)).containsExactly("reason=UNREADABLE;listener=fatal;attempts=0", "no number");
			peer.send("1");
			assertThat(frames(dead)).containsExactly("reason=FAILED;listener=fatal;attempts=1", "1");
			peer.send("2");
			assertThat(frames(dead)).containsExactly("reason=FAILED;listener=fatal;attempts=1", "2");
			peer.send("3");
			await().untilAsserted(() -> assertThat(app.listeners().status("fatal").handled()).isOne());
			ListenerStatus status = app.listeners().status("fatal");
			assertThat(status.alive()).isTrue();
			assertThat(status.unreadable()).isOne();
			assertThat(status.failed()).isEqualTo(2);
			assertThat(app.bean(Fatal.class).calls).hasValue(3);
		}
	}

	@Test
	void aListenerHasItsOwnRetryPolicyAndDeadLetterSocket() {
		try (ListenerApp app = ListenerApp.run(OwnPolicy.class, IN, BIND, DEAD, DEAD_BIND)) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			ZMQ.Socket dead = app.peer(SocketType.PULL, "dead");
			peer.send("m");
			assertThat(frames(dead)).containsExactly("reason=FAILED;listener=own;attempts=4", "m");
			assertThat(app.bean(OwnPolicy.class).calls).hasValue(4);
		}
	}

	@Test
	void whileOneMessageWaitsForItsRetryTheOtherLanesHandleAllOthers() {
		try (ListenerApp app = ListenerApp.run(SlowRetry.class, IN, BIND, "listener.retry.max-attempts=2",
				"listener.retry.initial-interval=30s", "spring.lifecycle.timeout-per-shutdown-phase=200ms")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			for (int i = 0; i < 100; i++) {
				peer.send("warm");
			}
			peer.send("fail");
			for (int i = 0; i < 400; i++) {
				peer.send("m");
			}
			await().untilAsserted(() -> assertThat(app.listeners().status("slow").handled()).isEqualTo(500));
			assertThat(app.listeners().status("slow").active()).isOne();
		}
	}

	@Test
	void aDeadLetterSocketThatCannotTakeAnyMessageIsRefusedAtStart() {
		assertThatThrownBy(() -> ListenerApp.run(Failing.class, IN, BIND, "sockets.dead.type=router", DEAD_BIND,
				"listener.dead-letter=dead"))
			.hasStackTraceContaining("ZmqConfigurationException")
			.hasStackTraceContaining("ROUTER");
		assertThatThrownBy(() -> ListenerApp.run(OwnPolicy.class, IN, BIND)).hasStackTraceContaining("deadLetter")
			.hasStackTraceContaining("there is no socket 'dead'");
	}

	@Test
	void aFilterIsAskedBeforeAnythingIsConverted() {
		try (ListenerApp app = ListenerApp.run(Filtered.class, IN, BIND)) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			peer.send("not json at all");
			peer.send("7");
			await().untilAsserted(() -> assertThat(app.bean(Filtered.class).numbers).containsExactly(7));
			ListenerStatus status = app.listeners().status("filtered");
			assertThat(status.filtered()).isOne();
			assertThat(status.unreadable()).isZero();
			await().untilAsserted(() -> assertThat(app.listeners().status("filtered").active()).isZero());
		}
	}

	@Test
	void aStrictClientWhoseRequestIsFilteredOutGetsAnEmptyReply() {
		try (ListenerApp app = ListenerApp.run(Filtered.class, "sockets.in.type=rep", BIND)) {
			ZMQ.Socket peer = app.peer(SocketType.REQ, "in");
			peer.send("not json at all");
			assertThat(peer.recv()).isEmpty();
			assertThat(app.listeners().status("filtered").filtered()).isOne();
		}
	}

	@Test
	void interceptorsStandAroundEachCallInTheirOrderAndSeeWhatCameOfIt() {
		try (ListenerApp app = ListenerApp.run(Intercepted.class, IN, BIND, "listener.retry.max-attempts=2",
				"listener.retry.initial-interval=1ms")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			peer.send("m");
			await().untilAsserted(() -> assertThat(app.bean(Intercepted.class).order).containsExactly("outer 1",
					"inner 1", "outer 2", "inner 2", "inner end", "outer end"));
			assertThat(app.bean(Intercepted.class).results).containsExactly("m 1 first", "m 2 done");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "inline" })
	void aMethodWithATimeoutIsCalledWithNothingWhenNothingComesAndMaySendHeartbeats(String executor) {
		try (ListenerApp app = ListenerApp.run(Heartbeat.class, "sockets.in.type=dealer", BIND,
				"listener.executor=" + executor)) {
			ZMQ.Socket peer = app.peer(SocketType.DEALER, "in");
			assertThat(peer.recvStr()).isEqualTo("HEARTBEAT");
			assertThat(peer.recvStr()).isEqualTo("HEARTBEAT");
			peer.send("task");
			String reply = peer.recvStr();
			while ("HEARTBEAT".equals(reply)) {
				reply = peer.recvStr();
			}
			assertThat(reply).isEqualTo("did task");
		}
	}

	@Test
	void optionalAndListParametersAreEmptyAfterATimeoutAndPrimitiveOnesAreRefused() {
		try (ListenerApp app = ListenerApp.run(Timeouts.class, IN, BIND, "sockets.other.type=pull",
				"sockets.other.bind=tcp://127.0.0.1:*")) {
			await().untilAsserted(() -> assertThat(app.bean(Timeouts.class).optionals).contains(Optional.empty()));
			await().untilAsserted(() -> assertThat(app.bean(Timeouts.class).lists).contains(List.of()));
			// it fails each time, and is called again all the same
			await()
				.untilAsserted(() -> assertThat(app.listeners().status("timeouts.optional").failed()).isGreaterThan(1));
		}
		assertThatThrownBy(() -> ListenerApp.run(PrimitiveTimeout.class, IN, BIND))
			.hasStackTraceContaining("ZmqConfigurationException")
			.hasStackTraceContaining("int");
	}

	@Test
	void idleListenersAreToldAsEvents() {
		try (ListenerApp app = ListenerApp.run(Idle.class, IN, BIND, "listener.idle-event-interval=100ms")) {
			await().untilAsserted(() -> assertThat(app.bean(Idle.class).idle).hasSizeGreaterThan(1)
				.allMatch((id) -> id.equals("idle")));
			app.listeners().pause("idle");
			app.listeners().stop("idle");
			int before = app.bean(Idle.class).idle.size();
			await().during(Duration.ofMillis(300)).until(() -> app.bean(Idle.class).idle.size() == before);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "inline" })
	void resultsThatComeLaterAreBoundedAndThenTheListenerReadsNoMore(String executor) throws Exception {
		try (ListenerApp app = ListenerApp.run(Later.class, IN, BIND, "listener.max-pending-results=5",
				"listener.executor=" + executor)) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			for (int i = 0; i < 400; i++) {
				peer.send("m" + i);
			}
			Later bean = app.bean(Later.class);
			// inline: what the poller has read at once is handled before it reads no more
			int bound = (executor.isEmpty()) ? 5 : 5 + 256;
			await().until(() -> bean.results.size() >= 5);
			await().during(Duration.ofMillis(200)).until(() -> bean.results.size() <= bound);
			assertThat(app.listeners().status("later").active()).isEqualTo(bean.results.size());
			AtomicInteger done = new AtomicInteger();
			await().pollInterval(Duration.ofMillis(1)).until(() -> {
				while (done.get() < bean.results.size()) {
					bean.results.get(done.getAndIncrement()).complete("done");
				}
				return done.get() == 400;
			});
			assertThat(app.listeners().awaitIdle(Duration.ofSeconds(10))).isTrue();
			assertThat(app.listeners().status("later").handled()).isEqualTo(400);
		}
	}

	@Test
	void onePendingResultMakesALaneStrictlySerial() {
		try (ListenerApp app = ListenerApp.run(Later.class, IN, BIND, "listener.max-pending-results=1")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			peer.send("a");
			peer.send("b");
			Later bean = app.bean(Later.class);
			await().until(() -> bean.results.size() == 1);
			await().during(Duration.ofMillis(150)).until(() -> bean.results.size() == 1);
			bean.results.get(0).complete("");
			await().until(() -> bean.results.size() == 2);
			bean.results.get(1).complete("");
		}
	}

	@Test
	void aResultThatFailsLaterIsRetriedToo() {
		try (ListenerApp app = ListenerApp.run(FailsLater.class, IN, BIND, DEAD, DEAD_BIND, "listener.dead-letter=dead",
				"listener.retry.max-attempts=3", "listener.retry.initial-interval=1ms")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			ZMQ.Socket dead = app.peer(SocketType.PULL, "dead");
			peer.send("m");
			assertThat(frames(dead)).containsExactly("reason=FAILED;listener=failsLater;attempts=3", "m");
		}
	}

	@Test
	void whatWasNotHandledWhenThePhaseEndsIsCountedReportedAndDeadLettered() throws Exception {
		try (ListenerApp app = ListenerApp.run(Stuck.class, IN, BIND, DEAD, DEAD_BIND, "listener.dead-letter=dead",
				"spring.lifecycle.timeout-per-shutdown-phase=300ms")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			ZMQ.Socket dead = app.peer(SocketType.PULL, "dead");
			for (int i = 0; i < 200; i++) {
				peer.send("fast");
			}
			peer.send("stuck");
			for (int i = 0; i < 50; i++) {
				peer.send("behind");
			}
			Stuck bean = app.bean(Stuck.class);
			assertThat(bean.stuck.await(20, TimeUnit.SECONDS)).isTrue();
			app.listeners().stop("stuck");
			ListenerStatus status = app.listeners().status("stuck");
			assertThat(status.state()).isEqualTo(ListenerStatus.State.STOPPED);
			assertThat(status.unhandled()).isPositive();
			assertThat(status.deadLettered()).isEqualTo(status.unhandled());
			int stuck = 0;
			for (int i = 0; i < status.unhandled(); i++) {
				List<String> frames = frames(dead);
				assertThat(frames.get(0)).isEqualTo("reason=UNHANDLED;listener=stuck;attempts=0");
				stuck += ("stuck".equals(frames.get(1))) ? 1 : 0;
			}
			assertThat(stuck).isOne();
			bean.release.countDown();
		}
	}

	@Test
	void aResultThatDoesNotComeBeforeThePhaseEndsIsDeadLettered() {
		try (ListenerApp app = ListenerApp.run(Later.class, IN, BIND, DEAD, DEAD_BIND, "listener.dead-letter=dead",
				"spring.lifecycle.timeout-per-shutdown-phase=300ms")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			ZMQ.Socket dead = app.peer(SocketType.PULL, "dead");
			peer.send("m");
			await().until(() -> app.bean(Later.class).results.size() == 1);
			app.listeners().stop("later");
			assertThat(frames(dead)).containsExactly("reason=UNHANDLED;listener=later;attempts=0", "m");
			assertThat(app.listeners().status("later").active()).isOne();
			app.bean(Later.class).results.get(0).complete("too late");
			ListenerStatus status = app.listeners().status("later");
			assertThat(status.active()).isZero();
			assertThat(status.handled()).isZero();
			assertThat(status.failed()).isZero();
			assertThat(status.unhandled()).isOne();
			assertThat(status.deadLettered()).isOne();
		}
	}

	@Test
	void aHandlerThatBlocksThePollerIsReportedWhileItDoes() throws Exception {
		try (ListenerApp app = ListenerApp.run(Blocking.class, IN, BIND, "listener.inline-limit=100ms")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			peer.send("m");
			Blocking bean = app.bean(Blocking.class);
			await().untilAsserted(() -> assertThat(bean.events).hasSize(1));
			assertThat(bean.events.get(0).getListenerId()).isEqualTo("blocking");
			assertThat(app.listeners().status("blocking").blocksPollerFor()).isGreaterThan(Duration.ofMillis(100));
			bean.release.countDown();
			await().untilAsserted(() -> assertThat(app.listeners().status("blocking").handled()).isOne());
			assertThat(app.listeners().status("blocking").blocksPollerFor()).isNull();
		}
	}

	@Test
	void aStageThatIsSlowHoldsTheStageBeforeItBackAndNothingIsLost() {
		try (ListenerApp app = ListenerApp.run(Pipeline.class, IN, BIND, "sockets.in.options.receive-hwm=10",
				"sockets.next.type=push", "sockets.next.bind=tcp://127.0.0.1:*", "sockets.next.options.send-hwm=10",
				"template.send-timeout=50ms")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in", 10);
			ZMQ.Socket next = app.peer(SocketType.PULL, "next", 10);
			peer.setSendTimeOut(300);
			byte[] large = new byte[100_000];
			int sent = 0;
			while (peer.send(large)) {
				sent++;
				assertThat(sent).as("the sender is held back").isLessThan(5000);
			}
			for (int i = 0; i < sent; i++) {
				assertThat(next.recv()).hasSize(large.length);
			}
			assertThat(app.listeners().status("stage").failed()).isZero();
		}
	}

	@Test
	void lanesTakeTheirThreadsFromAnExecutorAndDoNotHoldTheShutdownUp() {
		long start;
		try (ListenerApp app = ListenerApp.run(Pool.class, IN, BIND)) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			peer.send("m");
			await().untilAsserted(() -> assertThat(app.bean(Pool.class).threads).containsExactly("pool-of-ours-1"));
			start = System.nanoTime();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(18));
	}

	@Test
	void anExecutorWithTooFewThreadsStopsTheStartWithAReport() {
		assertThatThrownBy(() -> ListenerApp.run(TooSmall.class, IN, BIND))
			.hasStackTraceContaining("ZmqConfigurationException")
			.hasStackTraceContaining("'pool' has no thread for each of its 3 lanes");
	}

	@Test
	void aSecondListenerOfASubSocketComesAndGoesAtRunTime() throws Exception {
		try (ListenerApp app = ListenerApp.run(Topics.class, "sockets.in.type=sub", BIND)) {
			ZMQ.Socket peer = app.peer(SocketType.XPUB, "in");
			assertThat(peer.recvStr()).isEqualTo("\u0001a");
			Topics bean = app.bean(Topics.class);
			peer.send("a1");
			await().until(() -> bean.first.contains("a1"));
			app.listeners()
				.register(ZmqListenerEndpoint.of("second", bean, Topics.class.getDeclaredMethod("second", String.class))
					.socket("in")
					.topics(List.of("b"))
					.build());
			assertThat(peer.recvStr()).isEqualTo("\u0001b");
			peer.send("b1");
			peer.send("a2");
			await().until(() -> bean.first.contains("a2") && bean.second.contains("b1"));
			app.listeners().unregister("second");
			assertThat(peer.recvStr()).isEqualTo("\u0000b");
			peer.send("a3");
			await().until(() -> bean.first.contains("a3"));
			assertThat(bean.first).containsExactly("a1", "a2", "a3");
			assertThat(bean.second).containsExactly("b1");
		}
	}

	static class Batches {

		final List<List<String>> lists = new CopyOnWriteArrayList<>();

		@ZmqListener(socket = "in", batch = true)
		void handle(List<String> messages) {
			this.lists.add(List.copyOf(messages));
		}

	}

	static class Failing {

		final List<String> calls = new CopyOnWriteArrayList<>();

		@ZmqListener(id = "failing", socket = "in")
		void handle(String message) {
			this.calls.add(message);
			if (!"twice".equals(message) || this.calls.indexOf("twice") == this.calls.size() - 1) {
				throw new IllegalStateException("again");
			}
		}

	}

	static class Fatal {

		final AtomicInteger calls = new AtomicInteger();

		@ZmqListener(id = "fatal", socket = "in")
		void handle(int number) {
			this.calls.incrementAndGet();
			if (number == 1) {
				throw new StackOverflowError("deep");
			}
			if (number == 2) {
				throw new jakarta.validation.ConstraintViolationException("invalid", null);
			}
		}

	}

	static class OwnPolicy {

		final AtomicInteger calls = new AtomicInteger();

		@Bean
		RetryPolicy eager() {
			return RetryPolicy.builder().maxRetries(3).delay(Duration.ofMillis(1)).build();
		}

		@ZmqListener(id = "own", socket = "in", retryPolicy = "eager", deadLetter = "dead")
		void handle(String message) {
			this.calls.incrementAndGet();
			throw new IllegalStateException();
		}

	}

	static class SlowRetry {

		@ZmqListener(id = "slow", socket = "in", concurrency = "2")
		void handle(String message) {
			if ("fail".equals(message)) {
				throw new IllegalStateException();
			}
		}

	}

	static class Filtered {

		final List<Integer> numbers = new CopyOnWriteArrayList<>();

		@Bean
		ZmqMessageFilter numeric() {
			return (message, listener) -> message.text(0).chars().allMatch(Character::isDigit);
		}

		@ZmqListener(id = "filtered", socket = "in")
		void handle(Integer number) {
			this.numbers.add(number);
		}

	}

	static class Intercepted {

		final List<String> order = new CopyOnWriteArrayList<>();

		final List<String> results = new CopyOnWriteArrayList<>();

		@Bean
		@Order(2)
		ZmqListenerInterceptor inner() {
			return (invocation) -> around("inner", (inner) -> {
				String message = inner.messages().get(0).text(0) + " " + inner.attempt() + " ";
				try {
					Object result = inner.proceed();
					this.results.add(message + result);
					return result;
				}
				catch (IllegalStateException ex) {
					this.results.add(message + ex.getMessage());
					throw ex;
				}
			}, invocation);
		}

		@Bean
		@Order(1)
		ZmqListenerInterceptor outer() {
			return (invocation) -> around("outer", ZmqListenerInvocation::proceed, invocation);
		}

		private @Nullable Object around(String name, ZmqListenerInterceptor inside, ZmqListenerInvocation invocation)
				throws Throwable {
			this.order.add(name + " " + invocation.attempt());
			Object result = inside.intercept(invocation);
			this.order.add(name + " end");
			return result;
		}

		@ZmqListener(id = "intercepted", socket = "in")
		String handle(String message) {
			if (this.order.size() <= 2) {
				throw new IllegalStateException("first");
			}
			return "done";
		}

	}

	static class Heartbeat {

		@ZmqListener(socket = "in", timeout = "${beat:100ms}")
		String handle(@Nullable String task) {
			return (task != null) ? "did " + task : "HEARTBEAT";
		}

	}

	static class Timeouts {

		final List<Optional<ZmqMessage>> optionals = new CopyOnWriteArrayList<>();

		final List<List<String>> lists = new CopyOnWriteArrayList<>();

		@ZmqListener(id = "timeouts.optional", socket = "in", timeout = "50ms")
		void optional(Optional<ZmqMessage> message) {
			this.optionals.add(message);
			throw new IllegalStateException("never mind");
		}

		@ZmqListener(socket = "other", batch = true, timeout = "50ms")
		void list(List<String> messages) {
			this.lists.add(messages);
		}

	}

	static class PrimitiveTimeout {

		@ZmqListener(socket = "in", timeout = "1s")
		void handle(int number) {
		}

	}

	static class Idle {

		final List<String> idle = new CopyOnWriteArrayList<>();

		@ZmqListener(id = "idle", socket = "in")
		void handle(String message) {
		}

		@EventListener
		void idle(ZmqListenerIdleEvent event) {
			this.idle.add(event.getListenerId());
		}

	}

	static class Later {

		final List<CompletableFuture<String>> results = new CopyOnWriteArrayList<>();

		@ZmqListener(id = "later", socket = "in")
		CompletableFuture<String> handle(String message) {
			CompletableFuture<String> result = new CompletableFuture<>();
			this.results.add(result);
			return result;
		}

	}

	static class FailsLater {

		@ZmqListener(id = "failsLater", socket = "in")
		CompletableFuture<String> handle(String message) {
			return CompletableFuture.supplyAsync(() -> {
				throw new IllegalStateException();
			});
		}

	}

	static class Stuck {

		final CountDownLatch stuck = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		@ZmqListener(id = "stuck", socket = "in")
		void handle(String message) {
			boolean done = !"stuck".equals(message);
			while (!done) {
				this.stuck.countDown();
				try {
					done = this.release.await(1, TimeUnit.MINUTES);
				}
				catch (InterruptedException ex) {
					// that is what it is like
				}
			}
		}

	}

	static class Blocking {

		final CountDownLatch release = new CountDownLatch(1);

		final List<ZmqInlineBlockedEvent> events = new CopyOnWriteArrayList<>();

		@ZmqListener(id = "blocking", socket = "in", executor = "inline")
		void handle(String message) throws InterruptedException {
			this.release.await(1, TimeUnit.MINUTES);
		}

		@EventListener
		void blocked(ZmqInlineBlockedEvent event) {
			this.events.add(event);
		}

	}

	static class Pipeline {

		@ZmqListener(id = "stage", socket = "in")
		@SendTo("next")
		byte[] handle(byte[] message) {
			return message;
		}

	}

	static class Pool {

		final List<String> threads = new CopyOnWriteArrayList<>();

		@Bean
		ThreadPoolTaskExecutor pool() {
			ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
			pool.setThreadNamePrefix("pool-of-ours-");
			pool.setWaitForTasksToCompleteOnShutdown(true);
			pool.setAwaitTerminationSeconds(20);
			return pool;
		}

		@ZmqListener(socket = "in", executor = "pool")
		void handle(String message) {
			this.threads.add(Thread.currentThread().getName());
		}

	}

	static class TooSmall {

		@Bean
		Executor pool() {
			ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
			pool.setMaxPoolSize(1);
			pool.setQueueCapacity(0);
			return pool;
		}

		@ZmqListener(socket = "in", executor = "pool", concurrency = "3")
		void handle(String message) {
		}

	}

	static class Topics {

		final List<String> first = new CopyOnWriteArrayList<>();

		final List<String> second = new CopyOnWriteArrayList<>();

		@ZmqListener(id = "first", socket = "in", topics = "a")
		void first(String message) {
			this.first.add(message);
		}

		void second(String message) {
			this.second.add(message);
		}

	}

}
