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

package io.github.zmqspring.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.engine.ContextFactory;
import io.github.zmqspring.transport.jeromq.ContextFailures;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.lane.MessageFlow;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.awaitility.Awaitility;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several threads open, close, bind, connect, pause and use sockets at random, and a
 * simple model says what must hold all the same: each call succeeds or fails as
 * documented, no message comes twice, each that was accepted is handled or counted as
 * lost, and nothing hangs. {@code -Dzmq.model.tries=1000} tries more often; a failure
 * prints its seed.
 */
class LifecycleModelTests {

	private static final String TCP = "tcp://127.0.0.1:*";

	private static final int THREADS = 3;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** What waits for an endpoint that was given up holds a try up for so long. */
	private static final Duration LINGER = Duration.ofMillis(200);

	/** What ends no receiving socket, so that all messages can be accounted for. */
	private static final List<Action> HARMLESS = List.of(Action.SEND, Action.SEND, Action.SEND, Action.BURST,
			Action.PAUSE, Action.RESUME, Action.HOLD, Action.RELEASE, Action.STOP_OUT, Action.START_OUT, Action.CONNECT,
			Action.DISCONNECT, Action.BIND, Action.SUBSCRIBE, Action.UNSUBSCRIBE, Action.PUBLISH, Action.LOOK,
			Action.COME_AND_GO);

	@Provide
	Arbitrary<List<List<Action>>> harmless() {
		return Arbitraries.of(HARMLESS).list().ofMinSize(5).ofMaxSize(60).list().ofSize(THREADS);
	}

	@Provide
	Arbitrary<List<List<Action>>> any() {
		return Arbitraries.of(Action.class).list().ofMinSize(5).ofMaxSize(60).list().ofSize(THREADS);
	}

	@Property(shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
	void whatWasAcceptedIsHandledOrCounted(@ForAll("harmless") List<List<Action>> scripts) throws Exception {
		try (World world = new World()) {
			world.run(scripts);
			Awaitility.await().atMost(LIMIT).until(() -> world.accounted() == world.accepted.get());
			assertThat(world.twice).hasValue(0);
		}
	}

	@Property(shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
	void nothingComesTwiceAndNothingHangs(@ForAll("any") List<List<Action>> scripts) throws Exception {
		try (World world = new World()) {
			world.run(scripts);
			assertThat(world.twice).hasValue(0);
			assertThat(world.accounted()).isLessThanOrEqualTo(world.accepted.get());
			// all goes on as if nothing had been
			int before = world.handled.size();
			Awaitility.await().atMost(LIMIT).until(() -> {
				world.perform(Action.SEND);
				return world.handled.size() > before;
			});
		}
	}

	/** What a thread may do at any time. */
	enum Action {

		SEND, BURST, PAUSE, RESUME, HOLD, RELEASE, STOP_OUT, START_OUT, STOP_IN, START_IN, CONNECT, DISCONNECT, BIND,
		UNBIND, SUBSCRIBE, UNSUBSCRIBE, PUBLISH, LOOK, COME_AND_GO

	}

	/** Sockets, and the model of them. */
	private static final class World implements AutoCloseable {

		private final ZContext context = ContextFactory.create(1, 1024, 0, new ContextFailures());

		private final SocketRegistry registry = new SocketRegistry(this.context, 1, (event) -> {
		}, SocketOptions.NONE, List.of());

		private final AtomicInteger next = new AtomicInteger();

		private final AtomicInteger accepted = new AtomicInteger();

		private final Set<String> handled = ConcurrentHashMap.newKeySet();

		private final AtomicInteger twice = new AtomicInteger();

		private final String endpoint;

		private final String news;

		private volatile MessageFlow flow;

		World() {
			this.registry.start();
			this.endpoint = create("in", SocketType.PULL, List.of(TCP), List.of());
			create("out", SocketType.PUSH, List.of(), List.of(this.endpoint));
			this.news = create("news", SocketType.PUB, List.of(TCP), List.of());
			create("reader", SocketType.SUB, List.of(), List.of(this.news));
			this.flow = consume();
		}

		/** Return the endpoint really bound, if there is one. */
		private String create(String name, SocketType type, List<String> bind, List<String> connect) {
			this.registry.create(SocketDefinition.of(name, type, bind, connect)
				.withOptions(SocketOptions.NONE.with(SocketOption.LINGER, LINGER)));
			return String.join("", this.registry.status(name).bound());
		}

		private MessageFlow consume() {
			return this.registry.socket("in").consume(LaneSettings.of("model", 2), (message) -> {
				if (!this.handled.add(message.text(0))) {
					this.twice.incrementAndGet();
				}
			});
		}

		void run(List<List<Action>> scripts) throws Exception {
			ExecutorService threads = Executors.newFixedThreadPool(scripts.size());
			try {
				CyclicBarrier start = new CyclicBarrier(scripts.size());
				List<Future<?>> running = new ArrayList<>();
				for (List<Action> script : scripts) {
					running.add(threads.submit(() -> {
						start.await();
						script.forEach(this::perform);
						return null;
					}));
				}
				for (Future<?> thread : running) {
					thread.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
				}
			}
			catch (ExecutionException ex) {
				throw new AssertionError("an action failed in a way that is not documented", ex.getCause());
			}
			finally {
				threads.shutdownNow();
			}
			settle();
		}

		/** Have all sockets open and connected, and all messages on their way. */
		private void settle() {
			perform(Action.START_IN);
			perform(Action.START_OUT);
			this.flow.release();
			this.flow.resume();
			if (this.registry.status("in").bound().isEmpty()) {
				perform(Action.BIND);
			}
			// the port may be another one after a restart
			perform(Action.CONNECT);
		}

		private String bound() {
			List<String> bound = this.registry.status("in").bound();
			return (bound.isEmpty()) ? this.endpoint : bound.get(0);
		}

		long accounted() {
			return this.handled.size() + this.registry.status("out").lost();
		}

		void perform(Action action) {
			try {
				act(action);
			}
			catch (ZmqException ex) {
				// closed, bound already, not connected: as documented
			}
		}

		private void act(Action action) {
			switch (action) {
				case SEND -> send(TimeUnit.MILLISECONDS.toNanos(5));
				case BURST -> {
					for (int i = 0; i < 100; i++) {
						send(0);
					}
				}
				case PAUSE -> this.flow.pause();
				case RESUME -> this.flow.resume();
				case HOLD -> this.flow.hold();
				case RELEASE -> this.flow.release();
				case STOP_OUT -> this.registry.stop("out");
				case START_OUT -> this.registry.start("out");
				case STOP_IN -> this.registry.stop("in");
				case START_IN -> startIn();
				case CONNECT -> this.registry.connect("out", bound());
				case DISCONNECT -> this.registry.disconnect("out", bound());
				case BIND -> this.registry.bind("in", TCP);
				case UNBIND -> this.registry.unbind("in", bound());
				case SUBSCRIBE -> this.registry.subscribe("reader", "topic");
				case UNSUBSCRIBE -> this.registry.unsubscribe("reader", "topic");
				case PUBLISH -> this.registry.socket("news").send(ZmqMessage.of("topic", "x").raw(), 0);
				case LOOK -> {
					this.registry.details("news");
					this.registry.status("in");
				}
				case COME_AND_GO -> {
					String name = "guest-" + this.next.incrementAndGet();
					create(name, SocketType.SUB, List.of(), List.of(this.news));
					this.registry.socket(name).receive(0);
					this.registry.remove(name);
				}
			}
		}

		private void send(long timeoutNanos) {
			byte[][] message = ZmqMessage.of("m" + this.next.incrementAndGet()).raw();
			// counted first: it may be handled before the send returns
			this.accepted.incrementAndGet();
			SendResult result = null;
			try {
				result = this.registry.socket("out").send(message, timeoutNanos);
			}
			finally {
				if (result != SendResult.ACCEPTED) {
					this.accepted.decrementAndGet();
				}
			}
		}

		private synchronized void startIn() {
			this.registry.start("in");
			if (!this.flow.isOpen()) {
				this.flow.stop(TimeUnit.SECONDS.toNanos(10));
				this.flow = consume();
			}
		}

		@Override
		public void close() {
			this.registry.stop();
			assertThat(ContextTerminator.terminate(this.context, LIMIT)).isTrue();
		}

	}

}
