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

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.listener.ListenerStatus.State;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.SimpleThreadScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Starting, stopping, pausing and registering listeners, from any thread and whatever
 * happens to their sockets.
 */
@NoLeaks
class ListenerControlTests {

	private static final String IN = "sockets.in.type=pull";

	private static final String BIND = "sockets.in.bind=tcp://127.0.0.1:*";

	@Test
	void eventsTellWhatAListenerDoesAndWhatItCouldNotDo() {
		try (ListenerApp app = ListenerApp.run(Told.class, IN, BIND)) {
			Told bean = app.bean(Told.class);
			ZmqListenerRegistry listeners = app.listeners();
			listeners.pause("told");
			listeners.pause("told");
			listeners.resume("told");
			listeners.stop("told");
			listeners.stop("told");
			listeners.start("told");
			assertThat(bean.states).containsExactly(State.RUNNING, State.PAUSED, State.RUNNING, State.STOPPED,
					State.RUNNING);
			app.peer(SocketType.PUSH, "in").send("secret");
			await().until(() -> bean.failures.size() == 1);
			ZmqListenerFailedEvent event = bean.failures.get(0);
			assertThat(event.getListenerId()).isEqualTo("told");
			assertThat(event.getSocket()).isEqualTo("in");
			assertThat(event.getFailure().getReason()).isEqualTo(ZmqListenerException.Reason.FAILED);
			assertThat(event.getFailure().getAttempts()).isOne();
			assertThat(event.getFailure()).hasMessageNotContaining("secret")
				.hasCauseInstanceOf(IllegalStateException.class);
			// a receiver that fails disturbs no other
			await().until(() -> listeners.awaitIdle(Duration.ofSeconds(10)));
			assertThat(listeners.status("told").alive()).isTrue();
			app.closeApplication();
			assertThat(bean.states).endsWith(State.RUNNING, State.STOPPED);
		}
	}

	@Test
	void aListenerGoesOnWhenItsSocketIsStoppedAndStarted() {
		try (ListenerApp app = ListenerApp.run(Two.class, IN, BIND, "sockets.inline.type=pull",
				"sockets.inline.bind=tcp://127.0.0.1:*")) {
			ZmqSockets sockets = app.bean(ZmqSockets.class);
			Two bean = app.bean(Two.class);
			app.listeners().pause("inline");
			for (String name : List.of("in", "inline")) {
				sockets.stop(name);
				assertThat(app.listeners().status(name).state()).isEqualTo(State.STOPPED);
				sockets.start(name);
			}
			assertThat(app.listeners().status("in").state()).isEqualTo(State.RUNNING);
			assertThat(app.listeners().status("inline").state()).isEqualTo(State.PAUSED);
			app.peer(SocketType.PUSH, "in").send("m");
			app.peer(SocketType.PUSH, "inline").send("i");
			await().until(() -> bean.handled.contains("m"));
			app.listeners().resume("inline");
			await().until(() -> bean.handled.contains("i"));
			app.listeners().stop("in");
			sockets.stop("in");
			assertThatExceptionOfType(ZmqSocketClosedException.class).isThrownBy(() -> app.listeners().start("in"));
			sockets.start("in");
			assertThat(app.listeners().status("in").state()).as("stopped by hand").isEqualTo(State.STOPPED);
		}
	}

	@Test
	void aListenerWhoseSocketDoesNotStartByItselfWaitsForIt() throws Exception {
		try (ListenerApp app = ListenerApp.run(Told.class, IN, BIND, "sockets.in.auto-startup=false")) {
			assertThat(app.listeners().status("told").state()).isEqualTo(State.STOPPED);
			app.bean(ZmqSockets.class).start("in");
			assertThat(app.listeners().status("told").state()).isEqualTo(State.RUNNING);
			app.peer(SocketType.PUSH, "in").send("m");
			await().until(() -> app.listeners().status("told").failed() == 1);
			app.listeners().unregister("told");
			app.bean(ZmqSockets.class).stop("in");
			app.listeners()
				.register(ZmqListenerEndpoint
					.of("late", app.bean(Told.class), Told.class.getDeclaredMethod("handle", String.class))
					.socket("in")
					.build());
			assertThat(app.listeners().status("late").state()).isEqualTo(State.STOPPED);
			app.bean(ZmqSockets.class).start("in");
			assertThat(app.listeners().status("late").state()).isEqualTo(State.RUNNING);
		}
	}

	@Test
	void aHandlerThatStopsItsOwnListenerWhileTheApplicationDoesHoldsNothingUp() throws Exception {
		ListenerApp app = ListenerApp.run(StopsItself.class, IN, BIND, "listener.concurrency=2");
		StopsItself bean = app.bean(StopsItself.class);
		ZmqListenerRegistry listeners = app.listeners();
		ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
		for (int i = 0; i < 2; i++) {
			peer.send("m");
		}
		assertThat(bean.begun.await(20, TimeUnit.SECONDS)).isTrue();
		Thread closing = new Thread(app::closeApplication);
		closing.start();
		await().until(() -> !listeners.isRunning());
		bean.go.countDown();
		// the phase's timeout is 30 seconds
		closing.join(15_000);
		assertThat(closing.isAlive()).isFalse();
		assertThat(listeners.status("itself").handled()).isEqualTo(2);
		assertThat(listeners.status("itself").unhandled()).isZero();
		app.close();
	}

	@Test
	void nothingIsLeftOfAListenerThatCannotBeRegistered() throws Exception {
		try (ListenerApp app = ListenerApp.run(Two.class, IN, BIND, "sockets.inline.type=pull",
				"sockets.inline.bind=tcp://127.0.0.1:*")) {
			ZmqListenerRegistry listeners = app.listeners();
			Two bean = app.bean(Two.class);
			Method method = Two.class.getDeclaredMethod("in", String.class);
			SocketDefinition own = SocketDefinition.builder("late", SocketType.PULL).bind("tcp://127.0.0.1:*").build();
			assertThatExceptionOfType(ZmqConfigurationException.class).isThrownBy(() -> listeners
				.register(ZmqListenerEndpoint.of("late", bean, method).ownSocket(own).executor("full", (task) -> {
					throw new RejectedExecutionException("full");
				}).build()));
			assertThat(listeners.ids()).doesNotContain("late");
			assertThat(app.bean(ZmqSockets.class).names()).doesNotContain("late");
			listeners.register(ZmqListenerEndpoint.of("late", bean, method).ownSocket(own).build());
			assertThat(listeners.status("late").state()).isEqualTo(State.RUNNING);
			listeners.unregister("late");
			assertThat(app.bean(ZmqSockets.class).names()).doesNotContain("late");
			// it lets go of the socket a moment before it ends
			await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.noneMatch((thread) -> thread.getName().contains("zmq-late")));
			app.context().stop();
			assertThatThrownBy(() -> listeners.start("in")).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("has stopped");
		}
	}

	@Test
	void aStoppedListenerLeavesMessagesToTheHighWaterMarkAndGetsThemWhenItStarts() {
		try (ListenerApp app = ListenerApp.run(Two.class, IN, BIND, "sockets.in.options.receive-hwm=20",
				"sockets.inline.type=pull", "sockets.inline.bind=tcp://127.0.0.1:*")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in", 20);
			app.listeners().stop("in");
			peer.setSendTimeOut(300);
			// large enough that buffers of the kernel do not matter
			byte[] large = new byte[300_000];
			int sent = 0;
			while (peer.send(large)) {
				sent++;
				assertThat(sent).as("the sender is held back").isLessThan(500);
			}
			assertThat(app.bean(ZmqSockets.class).status("in").received()).isZero();
			app.listeners().start("in");
			int all = sent;
			await().until(() -> app.listeners().status("in").handled() == all);
		}
	}

	@Test
	void threadsThatRegisterPauseAndInterruptUnderTrafficLeaveNothingBehindAndLoseNothing() throws Exception {
		try (ListenerApp app = ListenerApp.run(Two.class, IN, BIND, "sockets.inline.type=pull",
				"sockets.inline.bind=tcp://127.0.0.1:*")) {
			Two bean = app.bean(Two.class);
			Method method = Two.class.getDeclaredMethod("counted", String.class);
			int before = Thread.activeCount();
			ExecutorService threads = Executors.newFixedThreadPool(3);
			AtomicInteger sent = new AtomicInteger();
			for (int t = 0; t < 3; t++) {
				String id = "late" + t;
				threads.submit(() -> {
					for (int i = 0; i < 40; i++) {
						register(app, bean, method, id + "-" + i, sent);
					}
					return null;
				});
			}
			threads.shutdown();
			assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
			assertThat(bean.wrong).isEmpty();
			assertThat(sent.get()).isEqualTo(3 * 40 * 5);
			assertThat(bean.count).hasValue(sent.get());
			assertThat(app.listeners().ids()).containsExactly("in", "inline");
			await().untilAsserted(() -> assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 1));
		}
	}

	private static void register(ListenerApp app, Two bean, Method method, String id, AtomicInteger sent) {
		try {
			ZmqListenerRegistry listeners = app.listeners();
			ZmqSockets sockets = app.bean(ZmqSockets.class);
			sockets.create(SocketDefinition.builder("to-" + id, SocketType.PUSH).bind("inproc://" + id).build());
			// a thread that stops and pauses may be interrupted
			Thread.currentThread().interrupt();
			listeners.register(ZmqListenerEndpoint.of(id, bean, method)
				.ownSocket(SocketDefinition.builder(id, SocketType.PULL).connect("inproc://" + id).build())
				.concurrency(2)
				.build());
			for (int i = 0; i < 5; i++) {
				assertThat(sockets.socket("to-" + id).send(new byte[][] { "m".getBytes() }, 10_000_000_000L).name())
					.isEqualTo("ACCEPTED");
				sent.incrementAndGet();
				listeners.pause(id);
				listeners.stop(id);
				listeners.start(id);
			}
			assertThat(Thread.interrupted()).isTrue();
			await().atMost(Duration.ofSeconds(20)).until(() -> listeners.status(id).handled() == 5);
			listeners.unregister(id);
			sockets.remove("to-" + id);
		}
		catch (Throwable ex) {
			bean.wrong.add(ex);
		}
	}

	@Test
	void listenersOnBeansOfOtherScopesAreRefusedUnlessThereIsAProxy() {
		assertThatThrownBy(() -> ListenerApp.run(Prototypes.class, IN, BIND))
			.hasStackTraceContaining("@ZmqListener of bean 'prototype'")
			.hasStackTraceContaining("no singleton");
		try (ListenerApp app = ListenerApp.run(Scoped.class, IN, BIND)) {
			assertThat(app.listeners().ids()).containsExactly("scoped.handle");
			app.peer(SocketType.PUSH, "in").send("m");
			await().until(() -> Scoped.Bean.HANDLED.contains("m"));
		}
	}

	@Test
	void whatIsLeftWhenAListenerStopsDoesNotWaitForADeadLetterPeerEachTime() throws Exception {
		try (ListenerApp app = ListenerApp.run(Slow.class, IN, BIND, "sockets.dead.type=push",
				"sockets.dead.bind=tcp://127.0.0.1:*", "listener.dead-letter=dead",
				"spring.lifecycle.timeout-per-shutdown-phase=200ms")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			for (int i = 0; i < 300; i++) {
				peer.send("fast");
			}
			peer.send("slow");
			for (int i = 0; i < 100; i++) {
				peer.send("behind");
			}
			Slow bean = app.bean(Slow.class);
			assertThat(bean.slow.await(20, TimeUnit.SECONDS)).isTrue();
			long start = System.nanoTime();
			app.listeners().stop("slow");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
			assertThat(app.listeners().status("slow").unhandled()).isPositive();
		}
	}

	@Test
	void aDeadLetterOfAnInlineListenerIsOnlyTried() {
		try (ListenerApp app = ListenerApp.run(Told.class, IN, BIND, "sockets.dead.type=push",
				"sockets.dead.bind=tcp://127.0.0.1:*", "listener.dead-letter=dead", "listener.executor=inline",
				"listener.inline-limit=100ms", "template.send-timeout=1m")) {
			app.peer(SocketType.PUSH, "in").send("m");
			await().atMost(Duration.ofSeconds(20)).until(() -> app.listeners().status("told").failed() == 1);
			await().until(() -> app.listeners().awaitIdle(Duration.ofSeconds(20)));
			assertThat(app.listeners().status("told").deadLettered()).isZero();
		}
	}

	static class Told {

		final List<State> states = new CopyOnWriteArrayList<>();

		final List<ZmqListenerFailedEvent> failures = new CopyOnWriteArrayList<>();

		@EventListener
		void state(ZmqListenerStateEvent event) {
			this.states.add(event.getState());
			throw new IllegalStateException("a receiver that fails");
		}

		@EventListener
		void failed(ZmqListenerFailedEvent event) {
			this.failures.add(event);
			throw new IllegalStateException("a receiver that fails");
		}

		@ZmqListener(id = "told", socket = "in")
		void handle(String message) {
			throw new IllegalStateException("on purpose");
		}

	}

	static class Two {

		final List<String> handled = new CopyOnWriteArrayList<>();

		final AtomicInteger count = new AtomicInteger();

		final List<Throwable> wrong = new CopyOnWriteArrayList<>();

		@ZmqListener(id = "in", socket = "in")
		void in(String message) {
			this.handled.add(message);
		}

		@ZmqListener(id = "inline", socket = "inline", executor = "inline")
		void inline(String message) {
			this.handled.add(message);
		}

		void counted(String message) {
			this.count.incrementAndGet();
		}

	}

	static class StopsItself {

		final CountDownLatch begun = new CountDownLatch(2);

		final CountDownLatch go = new CountDownLatch(1);

		@Autowired
		ZmqListenerRegistry listeners;

		@ZmqListener(id = "itself", socket = "in")
		void handle(String message) throws InterruptedException {
			this.begun.countDown();
			this.go.await(1, TimeUnit.MINUTES);
			this.listeners.pause("itself");
			this.listeners.stop("itself");
		}

	}

	static class Prototypes {

		@Bean
		@Scope("prototype")
		Scoped.Bean prototype() {
			return new Scoped.Bean();
		}

	}

	static class Scoped {

		@org.springframework.context.annotation.Bean
		static CustomScopeConfigurer scopes() {
			CustomScopeConfigurer scopes = new CustomScopeConfigurer();
			scopes.addScope("thread", new SimpleThreadScope());
			return scopes;
		}

		@org.springframework.context.annotation.Bean
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Bean scoped() {
			return new Bean();
		}

		static class Bean {

			static final List<String> HANDLED = new CopyOnWriteArrayList<>();

			@ZmqListener(socket = "in")
			void handle(String message) {
				HANDLED.add(message);
			}

		}

	}

	static class Slow {

		final CountDownLatch slow = new CountDownLatch(1);

		final Semaphore permits = new Semaphore(0);

		@ZmqListener(id = "slow", socket = "in")
		void handle(String message) throws InterruptedException {
			if ("slow".equals(message)) {
				this.slow.countDown();
				this.permits.acquire();
			}
		}

	}

}
