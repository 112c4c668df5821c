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
import java.util.List;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.engine.ContextFactory;
import io.github.zmqspring.transport.jeromq.ContextFailures;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for sockets that connect to another socket of the application by its name.
 */
@NoLeaks
@Timeout(60)
class SocketReferenceTests {

	@ParameterizedTest
	@ValueSource(strings = { "tcp://127.0.0.1:*", "tcp://*:*", "tcp://localhost:0", "inproc://reference" })
	void aSocketIsConnectedWhereTheOtherIsBound(String endpoint) {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("orders", SocketType.PULL, endpoint);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, "socket:orders");
			TestSockets.send(push, "x");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("x");
			assertThat(sockets.registry.status("push").connected()).containsExactly("socket:orders");
			sockets.awaitPeers("push", 1);
			assertThat(sockets.registry.details("push").connects()).singleElement().satisfies((status) -> {
				assertThat(status.endpoint()).isEqualTo("socket:orders");
				assertThat(status.state()).isEqualTo(ConnectStatus.State.CONNECTED);
			});
			sockets.registry.disconnect("push", "socket:orders");
			sockets.awaitPeers("orders", 0);
			assertThat(sockets.registry.status("push").connected()).isEmpty();
		}
	}

	@Test
	void theOrderInWhichTheyAreDefinedAndStartDoesNotMatter() {
		ZContext context = ContextFactory.create(1, 1024, 0, new ContextFailures());
		SocketRegistry registry = new SocketRegistry(context, 1, (event) -> {
		}, SocketOptions.NONE.with(SocketOption.LINGER, Duration.ZERO),
				List.of(SocketDefinition.of("a", SocketType.DEALER, List.of(TestSockets.TCP),
						List.of("socket:b", "socket:late")),
						SocketDefinition.of("b", SocketType.ROUTER, List.of(TestSockets.TCP), List.of()),
						SocketDefinition.of("late", SocketType.ROUTER, List.of(TestSockets.TCP), List.of())
							.mutate()
							.autoStartup(false)
							.build()));
		try {
			registry.start();
			TestSockets.await(() -> registry.status("a").peers() == 1);
			assertThat(registry.status("a").pending()).containsExactly("socket:late");
			assertThat(registry.details("a").connects().get(1).lastError()).contains("not bound yet");
			registry.start("late");
			TestSockets.await(() -> registry.status("a").peers() == 2);
			assertThat(registry.status("a").pending()).isEmpty();
		}
		finally {
			registry.stop();
			assertThat(ContextTerminator.terminate(context, TestSockets.PATIENCE)).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://127.0.0.1:*", "inproc://again" })
	void aSocketThatIsStoppedAndStartedIsFollowed(String endpoint) {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("orders", SocketType.PULL, endpoint);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, "socket:orders");
			sockets.awaitPeers("push", 1);
			for (int i = 0; i < 3; i++) {
				sockets.registry.stop("orders");
				sockets.registry.start("orders");
				sockets.awaitPeers("orders", 1);
				TestSockets.await(() -> TestSockets.trySend(push, "x") == SendResult.ACCEPTED);
				assertThat(TestSockets.text(TestSockets.receive(sockets.registry.socket("orders")))).isEqualTo("x");
			}
			assertThat(sockets.registry.status("push").peers()).isEqualTo(1);
		}
	}

	@Test
	void aConnectionIsKeptWhenItsSocketIsBoundOnceMore() {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("orders", SocketType.PULL, TestSockets.TCP);
			sockets.connect("push", SocketType.PUSH, "socket:orders");
			sockets.awaitPeers("orders", 1);
			String first = sockets.registry.details("orders").peers().get(0).address();
			sockets.registry.bind("orders", "inproc://more");
			// another socket that follows shows that the bind has been noticed
			sockets.connect("other", SocketType.PUSH, "socket:orders");
			sockets.awaitPeers("orders", 2);
			assertThat(sockets.registry.details("orders").peers()).anyMatch((peer) -> first.equals(peer.address()))
				.anyMatch((peer) -> "other".equals(peer.address()));
		}
	}

	@Test
	void aBindThatIsGivenUpIsLeftForAnother() {
		try (TestSockets sockets = new TestSockets()) {
			sockets.create("orders", SocketType.PULL, List.of("inproc://first", TestSockets.TCP), List.of());
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, "socket:orders");
			sockets.registry.unbind("orders", "inproc://first");
			TestSockets.await(() -> sockets.registry.details("orders")
				.peers()
				.stream()
				.noneMatch((peer) -> "push".equals(peer.address())) && sockets.registry.status("orders").peers() == 1);
			TestSockets.send(push, "x");
			assertThat(TestSockets.text(TestSockets.receive(sockets.registry.socket("orders")))).isEqualTo("x");
		}
	}

	@Test
	void aSocketMayBeConnectedByNameAtRunTimeOnceTheOtherIsBound() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket push = sockets.create("push", SocketType.PUSH, List.of(), List.of());
			sockets.create("orders", SocketType.PULL, List.of(), List.of());
			assertRefused(() -> sockets.registry.connect("push", "socket:orders"), "binds nothing",
					"zmq.sockets.orders a bind");
			sockets.registry.bind("orders", TestSockets.TCP);
			sockets.registry.connect("push", "socket:orders");
			TestSockets.send(push, "x");
			assertThat(TestSockets.text(TestSockets.receive(sockets.registry.socket("orders")))).isEqualTo("x");
		}
	}

	@ParameterizedTest
	@CsvSource({ "PUSH, socket:nobody, no socket 'nobody', 'use one of [pull, push]'",
			"PUSH, socket:, no socket '', 'one of [pull, push]'", "PUSH, socket:test, connect to itself, only bind",
			"PUB, socket:pull, do not talk to each other, Change" })
	void aReferenceThatCannotWorkIsRefused(SocketType type, String reference, String reason, String action) {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			sockets.create("push", SocketType.PUSH, List.of(), List.of());
			assertRefused(() -> sockets.connect("test", type, reference), "zmq.sockets.test.connect", reason, action);
			assertThat(sockets.registry.names()).containsExactly("pull", "push");
		}
	}

	@Test
	void aCircleIsRefusedAtTheStart() {
		try (ZContext context = new ZContext()) {
			SocketRegistry registry = new SocketRegistry(context, 1, (event) -> {
			}, SocketOptions.NONE, List.of(
					SocketDefinition.of("a", SocketType.DEALER, List.of(TestSockets.TCP), List.of("socket:b")),
					SocketDefinition.of("b", SocketType.DEALER, List.of(TestSockets.TCP), List.of("socket:c")),
					SocketDefinition.of("c", SocketType.DEALER, List.of(TestSockets.TCP), List.of("socket:a"))));
			assertRefused(registry::start, "circle, ", "only bind");
			assertThat(registry.isRunning()).isFalse();
		}
	}

	@Test
	void aReferenceCannotBeBound() {
		try (TestSockets sockets = new TestSockets()) {
			assertRefused(() -> sockets.bind("pull", SocketType.PULL, "socket:orders"), "socket:orders",
					"zmq.sockets.pull.bind");
		}
	}

	private static void assertRefused(Runnable action, String... parts) {
		assertThatExceptionOfType(ZmqConfigurationException.class).isThrownBy(action::run)
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(parts));
	}

}
