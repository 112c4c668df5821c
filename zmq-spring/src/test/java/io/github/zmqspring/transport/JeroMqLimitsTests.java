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

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqEndpointException;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Limits of JeroMQ that an application of ours does not run into, or is told of.
 */
@NoLeaks
@Timeout(60)
class JeroMqLimitsTests {

	private static final int MANY = 5000;

	@ParameterizedTest
	@CsvSource({ "SUB, tcp://127.0.0.1:*", "XSUB, tcp://127.0.0.1:*", "SUB, inproc://topics" })
	void manyMoreSubscriptionsThanAHighWaterMarkAllArrive(SocketType type, String endpoint) {
		List<String> topics = IntStream.range(0, MANY).mapToObj("topic-%04d"::formatted).toList();
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket xpub = sockets.bind("xpub", SocketType.XPUB, endpoint);
			sockets.registry.create(
					SocketDefinition.of("sub", type, List.of(), List.of(sockets.endpoint("xpub"))).withTopics(topics));
			TestSockets.await(() -> sockets.registry.status("xpub").received() == MANY);
			TestSockets
				.await(() -> topics.stream().allMatch((topic) -> sockets.registry.subscribers("xpub", topic) == 1));
			assertThat(TestSockets.send(xpub, "topic-4999", "x")).isEqualTo(SendResult.ACCEPTED);
			assertThat(TestSockets.text(TestSockets.receive(sockets.registry.socket("sub")))).isEqualTo("topic-4999|x");
		}
	}

	@Test
	void aSocketThatCannotBeMadeYetIsMadeWhenAnotherHasGone() throws Exception {
		boolean made = false;
		// on a busy machine the other may go too late
		for (int round = 0; round < 10 && !made; round++) {
			made = isMadeWhenAnotherHasGone();
		}
		assertThat(made).isTrue();
	}

	private static boolean isMadeWhenAnotherHasGone() throws InterruptedException {
		ZContext context = new ZContext();
		context.getContext().setMaxSockets(1);
		SocketRegistry registry = new SocketRegistry(context, 1, (event) -> {
		}, SocketOptions.NONE, List.of(definition("one")));
		registry.start();
		Thread making = new Thread(() -> {
			try {
				registry.create(definition("two"));
			}
			catch (ZmqException ex) {
				// the other went too late
			}
		}, "making");
		making.start();
		TestSockets.await(() -> making.getState() == Thread.State.TIMED_WAITING || !making.isAlive());
		registry.stop("one");
		making.join(TestSockets.PATIENCE.toMillis());
		boolean made = registry.names().contains("two");
		registry.stop();
		assertThat(ContextTerminator.terminate(context, TestSockets.PATIENCE)).isTrue();
		return made;
	}

	private static SocketDefinition definition(String name) {
		return SocketDefinition.of(name, SocketType.PULL, List.of("inproc://" + name), List.of());
	}

	@Test
	void aNameThatIsTakenStaysWithItsSocketAndIsFreeAfterIt() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket first = sockets.bind("first", SocketType.PULL, "inproc://name");
			assertThatExceptionOfType(ZmqEndpointException.class)
				.isThrownBy(() -> sockets.bind("second", SocketType.PULL, "inproc://name"))
				.withMessageContaining("another socket of this context has that name");
			TestSockets.send(sockets.connect("push", SocketType.PUSH, "inproc://name"), "for the first");
			assertThat(TestSockets.text(TestSockets.receive(first))).isEqualTo("for the first");
			for (int i = 0; i < 200; i++) {
				sockets.registry.remove("first");
				sockets.bind("first", SocketType.PULL, "inproc://name");
			}
		}
	}

	@Test
	void aSendBufferSizeIsSetBeforeTheConnectAndForbidsABindLater() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP,
					SocketOption.RECEIVE_BUFFER_SIZE, DataSize.ofKilobytes(256));
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"),
					SocketOption.SEND_BUFFER_SIZE, DataSize.ofKilobytes(256));
			for (int i = 0; i < 20; i++) {
				TestSockets.send(push, new byte[300_000]);
				assertThat(TestSockets.receive(pull).frame(0)).hasSize(300_000);
			}
			assertThatExceptionOfType(ZmqConfigurationException.class)
				.isThrownBy(() -> sockets.registry.bind("push", TestSockets.TCP))
				.withMessageContaining("zmq.sockets.push.options.send-buffer-size");
			assertThat(sockets.registry.status("push").bound()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "false, first", "true, second" })
	void ofTwoPeersWithOneRoutingIdTheFirstStaysUnlessHandoverIsOn(boolean handover, String winner) {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, "inproc://router",
					SocketOption.ROUTER_HANDOVER, handover);
			for (String name : List.of("first", "second")) {
				ManagedSocket dealer = sockets.connect(name, SocketType.DEALER, "inproc://router",
						SocketOption.ROUTING_ID, "same");
				TestSockets.send(dealer, "here is " + name);
				// a router gets to know an id when it reads
				router.receive(TimeUnit.MILLISECONDS.toNanos((name.equals(winner)) ? 20_000 : 100));
			}
			assertThat(TestSockets.send(router, "same", "for one")).isEqualTo(SendResult.ACCEPTED);
			assertThat(TestSockets.text(TestSockets.receive(sockets.registry.socket(winner)))).isEqualTo("for one");
		}
	}

}
