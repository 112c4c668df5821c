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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.poll.PollerStatus;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Closing is prompt, whatever goes on, and leaves nothing behind.
 */
@NoLeaks
@Timeout(60)
class CloseTests {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	@AfterEach
	void endThreads() {
		this.executor.shutdownNow();
	}

	@ParameterizedTest
	@EnumSource(value = SocketType.class, names = { "PUSH", "DEALER", "PAIR", "CLIENT", "SCATTER", "REQ" })
	void blockedSendersLearnAtOnceThatTheSocketIsClosed(SocketType type) throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket socket = sockets.bind("nobody", type, TestSockets.TCP);
			List<Future<SendResult>> senders = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				senders.add(this.executor
					.submit(() -> socket.send(ZmqMessage.of("x").raw(), Duration.ofMinutes(10).toNanos())));
			}
			TestSockets.await(() -> socket.waitingSenders() == 4);
			sockets.registry.stop("nobody");
			for (Future<SendResult> sender : senders) {
				assertThat(sender.get(5, TimeUnit.SECONDS)).isEqualTo(SendResult.CLOSED);
			}
			assertThat(TestSockets.trySend(socket, "x")).isEqualTo(SendResult.CLOSED);
		}
	}

	@Test
	void blockedSendersOfARouterLearnItToo() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, "inproc://full", SocketOption.SEND_HWM, 1);
			sockets.connect("dealer", SocketType.DEALER, "inproc://full", SocketOption.RECEIVE_HWM, 1,
					SocketOption.ROUTING_ID, "d");
			TestSockets.fill(router, "d", "x");
			Future<SendResult> sender = this.executor
				.submit(() -> router.send(ZmqMessage.of("d", "x").raw(), Duration.ofMinutes(10).toNanos()));
			TestSockets.await(() -> router.waitingSenders() == 1);
			sockets.registry.stop("router");
			assertThat(sender.get(5, TimeUnit.SECONDS)).isEqualTo(SendResult.CLOSED);
		}
	}

	@ParameterizedTest
	@EnumSource(value = SocketType.class, names = { "PULL", "DEALER", "SUB", "GATHER", "SERVER" })
	void aWaitingReceiverLearnsAtOnceThatTheSocketIsClosed(SocketType type) throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket socket = sockets.bind("quiet", type, TestSockets.TCP);
			Future<?> receiver = this.executor.submit(() -> assertThatExceptionOfType(ZmqSocketClosedException.class)
				.isThrownBy(() -> socket.receive(Duration.ofMinutes(10).toNanos())));
			assertThat(socket.receive(TimeUnit.MILLISECONDS.toNanos(20))).isNull();
			sockets.registry.stop("quiet");
			receiver.get(5, TimeUnit.SECONDS);
		}
	}

	@Test
	void closingDuringTrafficAndFromManyThreadsAtOnceHarmsNothing() throws Exception {
		for (int round = 0; round < 10; round++) {
			try (TestSockets sockets = new TestSockets()) {
				ManagedSocket router = sockets.bind("router", SocketType.ROUTER, TestSockets.TCP);
				ManagedSocket dealer = sockets.connect("dealer", SocketType.DEALER, sockets.endpoint("router"));
				AtomicInteger replies = new AtomicInteger();
				router.consume(LaneSettings.of("echo", 2), (message) -> router.send(message.raw(), 0));
				dealer.consume(LaneSettings.of("back", 1), (message) -> replies.incrementAndGet());
				List<Future<?>> threads = new ArrayList<>();
				for (int i = 0; i < 3; i++) {
					threads.add(this.executor.submit(() -> {
						while (TestSockets.send(dealer, "a", "b", "c") != SendResult.CLOSED) {
							// until then
						}
					}));
				}
				TestSockets.await(() -> replies.get() > 100);
				for (int i = 0; i < 4; i++) {
					String name = (i % 2 == 0) ? "router" : "dealer";
					threads.add(this.executor.submit(() -> sockets.registry.stop(name)));
				}
				for (Future<?> thread : threads) {
					thread.get(15, TimeUnit.SECONDS);
				}
			}
		}
	}

	@Test
	void anInlineHandlerMayCloseItsOwnSocket() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			TestSockets.inline(pull, (message) -> sockets.registry.stop("pull"));
			TestSockets.send(push, "close yourself");
			TestSockets.await(() -> TestSockets.trySend(push, "more") == SendResult.TIMED_OUT
					|| sockets.registry.status("pull").bound().isEmpty());
			assertThat(sockets.registry.pollers()).allMatch(PollerStatus::alive);
		}
	}

	@Test
	void twoHundredSocketsOpenAndCloseQuickly() {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("server", SocketType.ROUTER, TestSockets.TCP);
			String endpoint = sockets.endpoint("server");
			for (int i = 0; i < 200; i++) {
				ManagedSocket client = sockets.connect("client", SocketType.DEALER, endpoint);
				TestSockets.trySend(client, "x");
				sockets.registry.remove("client");
			}
		}
	}

	@Test
	void stopAndStartBindTheSamePortAgainAtOnce() {
		try (ZContext context = new ZContext()) {
			String endpoint = endpointThatWasFree(context);
			SocketRegistry registry = new SocketRegistry(context, 1, (event) -> {
			}, SocketOptions.NONE, List.of(SocketDefinition.of("pull", SocketType.PULL, List.of(endpoint), List.of()),
					SocketDefinition.of("push", SocketType.PUSH, List.of(), List.of(endpoint))));
			for (int i = 0; i < 8; i++) {
				registry.start();
				assertThat(registry.isRunning()).isTrue();
				assertThat(registry.status("pull").bound()).containsExactly(endpoint);
				TestSockets.send(registry.socket("push"), i);
				assertThat(TestSockets.text(TestSockets.receive(registry.socket("pull")))).isEqualTo(String.valueOf(i));
				registry.stop();
				assertThatExceptionOfType(ZmqSocketClosedException.class).isThrownBy(() -> registry.socket("pull"));
				assertThatExceptionOfType(ZmqSocketClosedException.class).isThrownBy(() -> registry.start("pull"));
			}
			assertThat(registry.status("pull").received()).isEqualTo(8);
			assertThat(registry.pollers()).isEmpty();
			assertThat(ContextTerminator.terminate(context, TestSockets.PATIENCE)).isTrue();
		}
	}

	@Test
	void aStoppedSocketBindsItsPortAgainAtOnce() {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("first", SocketType.PULL, TestSockets.TCP);
			String endpoint = sockets.endpoint("first");
			sockets.registry.remove("first");
			sockets.bind("pull", SocketType.PULL, endpoint);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, endpoint);
			for (int i = 0; i < 20; i++) {
				sockets.registry.stop("pull");
				sockets.registry.start("pull");
			}
			TestSockets.send(push, "still connected");
			TestSockets.receive(sockets.registry.socket("pull"));
		}
	}

	private static String endpointThatWasFree(ZContext context) {
		SocketRegistry registry = new SocketRegistry(context, 1, (event) -> {
		}, SocketOptions.NONE,
				List.of(SocketDefinition.of("probe", SocketType.PULL, List.of(TestSockets.TCP), List.of())));
		registry.start();
		String endpoint = registry.status("probe").bound().get(0);
		registry.stop();
		return endpoint;
	}

}
