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
import java.util.Random;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A context ends within bounds, and what is left of it is treated with care.
 */
@NoLeaks
@Timeout(60)
class ContextEndTests {

	@Test
	void messagesThatLingerGoOutBeforeTheContextEnds() {
		try (TestSockets receiving = new TestSockets()) {
			ManagedSocket pull = receiving.bind("pull", SocketType.PULL, TestSockets.TCP);
			try (TestSockets sending = new TestSockets()) {
				ManagedSocket push = sending.connect("push", SocketType.PUSH, receiving.endpoint("pull"),
						SocketOption.LINGER, Duration.ofSeconds(15));
				for (int i = 0; i < 500; i++) {
					assertThat(TestSockets.send(push, i)).isEqualTo(SendResult.ACCEPTED);
				}
			}
			for (int i = 0; i < 500; i++) {
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo(String.valueOf(i));
			}
		}
	}

	@Test
	void messagesThatNoPeerTakesHoldTheContextNoLongerThanTheirLinger() {
		TestSockets sockets = new TestSockets();
		ManagedSocket push = sockets.connect("push", SocketType.PUSH, "tcp://127.0.0.1:1", SocketOption.LINGER,
				Duration.ofMillis(300));
		assertThat(TestSockets.send(push, "for nobody")).isEqualTo(SendResult.ACCEPTED);
		long start = System.nanoTime();
		sockets.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200),
				Duration.ofSeconds(10));
	}

	@Test
	void aForgottenSocketDoesNotHangTheCaller() {
		ZContext context = new ZContext();
		ZMQ.Socket forgotten = context.getContext().socket(SocketType.PUSH);
		long start = System.nanoTime();
		assertThat(ContextTerminator.terminate(context, Duration.ofMillis(300))).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(250),
				Duration.ofSeconds(10));
		forgotten.close();
	}

	@Test
	void anInterruptedCallerEndsTheContextAndKeepsItsFlag() {
		ZContext context = new ZContext();
		context.getContext().socket(SocketType.PUSH).close();
		Thread.currentThread().interrupt();
		boolean ended = ContextTerminator.terminate(context, TestSockets.PATIENCE);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(ended).isTrue();
	}

	@Test
	void aContextThatEndsUnderItsSocketsNeitherHangsNorSpins() throws Exception {
		TestSockets sockets = new TestSockets();
		ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
		ManagedSocket dealer = sockets.bind("dealer", SocketType.DEALER, TestSockets.TCP);
		pull.consume(LaneSettings.of("lane", 1), (message) -> {
		});
		assertThat(ContextTerminator.terminate(sockets.context, Duration.ofMillis(300))).isFalse();
		assertThat(TestSockets.send(dealer, "x")).isEqualTo(SendResult.CLOSED);
		assertThat(dealer.receive(0)).isNull();
		// getEvents() says -1 from now on, which is not POLLIN
		assertThat(TestSockets.cpuTimePerSecond("zmq-")).isLessThan(Duration.ofMillis(400));
		sockets.registry.stop();
	}

	@Test
	void aClosedContextOpensNothing() {
		ZContext context = new ZContext();
		context.close();
		SocketRegistry registry = registry(context);
		assertThatExceptionOfType(ZmqException.class).isThrownBy(registry::start)
			.withMessageContaining("'one'")
			.withMessageContaining("ZContext is closed");
		assertThat(registry.isRunning()).isFalse();
	}

	@Test
	void tooManySocketsAreExplained() {
		ZContext context = new ZContext();
		context.getContext().setMaxSockets(1);
		SocketRegistry registry = registry(context);
		assertThatExceptionOfType(ZmqException.class).isThrownBy(registry::start)
			.withMessageContaining("'two'")
			.withMessageContaining("zmq.context.max-sockets");
		assertThat(registry.isRunning()).isFalse();
		assertThat(ContextTerminator.terminate(context, TestSockets.PATIENCE)).isTrue();
	}

	private static SocketRegistry registry(ZContext context) {
		return new SocketRegistry(context, 1, (event) -> {
		}, SocketOptions.NONE, List.of(SocketDefinition.of("one", SocketType.PULL, List.of("inproc://one"), List.of()),
				SocketDefinition.of("two", SocketType.PULL, List.of("inproc://two"), List.of())));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 64 * 1024, 1024 * 1024 })
	void messagesOfAllSizesComeThroughWithEveryBatchSize(int batchSize) {
		try (TestSockets sockets = new TestSockets(batchSize)) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			for (int size : new int[] { 0, 1, 255, 256, 8191, 8192, 65_000, 65_536, 1_000_000, 3_000_000 }) {
				byte[] body = new byte[size];
				new Random(size).nextBytes(body);
				TestSockets.send(push, body);
				assertThat(TestSockets.receive(pull).frame(0)).isEqualTo(body);
			}
		}
	}

}
