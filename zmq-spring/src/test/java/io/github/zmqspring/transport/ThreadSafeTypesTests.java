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

import java.nio.ByteBuffer;
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
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The types that JeroMQ calls thread-safe, and does not let be polled, are sockets like
 * all others here.
 */
@NoLeaks
@Timeout(60)
class ThreadSafeTypesTests {

	private static final String INPROC = "inproc://safe";

	private static final int MANY = 2000;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	@AfterEach
	void endThreads() {
		this.executor.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(strings = { TestSockets.TCP, INPROC })
	void clientAndServerGoThereAndBackOnLanes(String endpoint) {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket server = sockets.bind("server", SocketType.SERVER, endpoint);
			ManagedSocket client = sockets.connect("client", SocketType.CLIENT, sockets.endpoint("server"));
			AtomicInteger next = new AtomicInteger();
			AtomicInteger wrong = new AtomicInteger();
			server.consume(LaneSettings.of("server", 1),
					(message) -> TestSockets.send(server, (Object[]) message.raw()));
			client.consume(LaneSettings.of("client", 1), (message) -> {
				if (!message.text(0).equals(String.valueOf(next.getAndIncrement()))) {
					wrong.incrementAndGet();
				}
			});
			for (int i = 0; i < MANY; i++) {
				TestSockets.send(client, i);
			}
			TestSockets.await(() -> next.get() == MANY);
			assertThat(wrong).hasValue(0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TestSockets.TCP, INPROC })
	void clientAndServerGoThereAndBackWithReceive(String endpoint) throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket server = sockets.bind("server", SocketType.SERVER, endpoint);
			ManagedSocket client = sockets.connect("client", SocketType.CLIENT, sockets.endpoint("server"));
			Future<?> serving = this.executor.submit(() -> {
				for (int i = 0; i < 500; i++) {
					TestSockets.send(server, (Object[]) TestSockets.receive(server).raw());
				}
			});
			for (int i = 0; i < 500; i++) {
				TestSockets.send(client, i);
				assertThat(TestSockets.receive(client).text(0)).isEqualTo(String.valueOf(i));
			}
			serving.get(10, TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@CsvSource({ "SCATTER, GATHER, tcp://127.0.0.1:*", "SCATTER, GATHER, inproc://safe",
			"CHANNEL, CHANNEL, tcp://127.0.0.1:*", "CHANNEL, CHANNEL, inproc://safe" })
	void messagesFromSeveralThreadsAllArrive(SocketType from, SocketType to, String endpoint) throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket receiver = sockets.bind("receiver", to, endpoint, SocketOption.RECEIVE_HWM, 10);
			ManagedSocket sender = sockets.connect("sender", from, sockets.endpoint("receiver"), SocketOption.SEND_HWM,
					10);
			for (int t = 0; t < 3; t++) {
				this.executor.submit(() -> {
					for (int i = 0; i < 300; i++) {
						TestSockets.send(sender, i);
					}
				});
			}
			for (int i = 0; i < 300; i++) {
				TestSockets.receive(receiver);
			}
			AtomicInteger rest = new AtomicInteger();
			receiver.consume(LaneSettings.of("rest", 2), (message) -> rest.incrementAndGet());
			TestSockets.await(() -> rest.get() == 600);
			assertThat(sockets.registry.status("sender").sent()).isEqualTo(900);
			assertThat(sockets.registry.status("receiver").received()).isEqualTo(900);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TestSockets.TCP, INPROC })
	void aDishGetsWhatARadioSendsToItsGroup(String endpoint) {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket radio = sockets.bind("radio", SocketType.RADIO, endpoint);
			sockets.registry
				.create(SocketDefinition.of("dish", SocketType.DISH, List.of(), List.of(sockets.endpoint("radio")))
					.withTopics(List.of("news")));
			ManagedSocket dish = sockets.registry.socket("dish");
			// the group is not known to the radio at once
			TestSockets.await(() -> {
				TestSockets.send(radio, "sports", "not for us");
				TestSockets.send(radio, "news", "hello");
				ZmqMessage first = dish.receive(TimeUnit.MILLISECONDS.toNanos(20));
				return first != null && TestSockets.text(first).equals("news|hello");
			});
			AtomicInteger last = new AtomicInteger();
			AtomicInteger wrong = new AtomicInteger();
			dish.consume(LaneSettings.of("dish", 1), (message) -> {
				switch (message.text(1)) {
					case "last" -> last.incrementAndGet();
					case "hello" -> {
					}
					default -> wrong.incrementAndGet();
				}
			});
			TestSockets.send(radio, "news", "last");
			TestSockets.await(() -> last.get() == 1);
			assertThat(wrong).hasValue(0);
		}
	}

	@Test
	void peersTalkOnceTheyHaveHeardOfEachOther() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket one = sockets.bind("one", SocketType.PEER, TestSockets.TCP);
			ManagedSocket two = sockets.connect("two", SocketType.PEER, sockets.endpoint("one"),
					SocketOption.HELLO_MESSAGE, "hello");
			ZmqMessage hello = TestSockets.receive(one);
			assertThat(TestSockets.text(hello)).isEqualTo("hello");
			TestSockets.send(one, hello.returnPath()[0], "welcome");
			ZmqMessage welcome = TestSockets.receive(two);
			assertThat(TestSockets.text(welcome)).isEqualTo("welcome");
			TestSockets.send(two, welcome.returnPath()[0], "thanks");
			assertThat(TestSockets.text(TestSockets.receive(one))).isEqualTo("thanks");
		}
	}

	@Test
	void aServerSaysThatItDoesNotKnowARoutingId() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket server = sockets.bind("server", SocketType.SERVER, TestSockets.TCP);
			byte[] nobody = ByteBuffer.allocate(4).putInt(42).array();
			assertThat(TestSockets.send(server, nobody, "x")).isEqualTo(SendResult.UNREACHABLE);
		}
	}

	@Test
	void sendsGoOutWhileAReceiveWaits() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket server = sockets.bind("server", SocketType.SERVER, TestSockets.TCP);
			ManagedSocket client = sockets.connect("client", SocketType.CLIENT, sockets.endpoint("server"));
			Future<ZmqMessage> waiting = this.executor.submit(() -> TestSockets.receive(client));
			for (int i = 0; i < 20; i++) {
				assertThat(client.send(ZmqMessage.of(i).raw(), TimeUnit.SECONDS.toNanos(5)))
					.isEqualTo(SendResult.ACCEPTED);
			}
			ZmqMessage request = TestSockets.receive(server);
			assertThat(waiting.isDone()).isFalse();
			TestSockets.send(server, request.returnPath()[0], "reply");
			assertThat(TestSockets.text(waiting.get(10, TimeUnit.SECONDS))).isEqualTo("reply");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "CLIENT", "SERVER", "DISH", "GATHER", "CHANNEL", "PEER" })
	void closeEndsAReceiveThatWaits(SocketType type) throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket socket = sockets.bind("socket", type, TestSockets.TCP);
			Future<?> waiting = this.executor.submit(() -> assertThatExceptionOfType(ZmqSocketClosedException.class)
				.isThrownBy(() -> socket.receive(Duration.ofMinutes(5).toNanos())));
			assertThat(socket.receive(TimeUnit.MILLISECONDS.toNanos(30))).isNull();
			sockets.registry.stop("socket");
			waiting.get(5, TimeUnit.SECONDS);
		}
	}

	/** What would hang with JeroMQ's own blocking receive, which holds the lock. */
	@ParameterizedTest(name = "{0} to {1}")
	@CsvSource({ "CLIENT, SERVER", "SCATTER, GATHER", "CHANNEL, CHANNEL", "RADIO, DISH" })
	void closeEndsSendersAndReceiversUnderLoad(SocketType from, SocketType to) throws Exception {
		for (int round = 0; round < 8; round++) {
			try (TestSockets sockets = new TestSockets()) {
				SocketDefinition receiving = SocketDefinition.of("receiver", to, List.of(TestSockets.TCP), List.of());
				sockets.registry.create((to != SocketType.DISH) ? receiving : receiving.withTopics(List.of("group")));
				ManagedSocket receiver = sockets.registry.socket("receiver");
				ManagedSocket sender = sockets.connect("sender", from, sockets.endpoint("receiver"));
				Object[] frames = (from != SocketType.RADIO) ? new Object[] { "x" } : new Object[] { "group", "x" };
				AtomicInteger got = new AtomicInteger();
				List<Future<?>> all = new ArrayList<>();
				for (int i = 0; i < 2; i++) {
					all.add(this.executor.submit(() -> untilClosed(() -> {
						if (TestSockets.trySend(sender, frames) == SendResult.CLOSED) {
							throw new ZmqSocketClosedException("sender");
						}
					})));
					all.add(this.executor.submit(() -> untilClosed(() -> {
						if (receiver.receive(TimeUnit.MINUTES.toNanos(5)) != null) {
							got.incrementAndGet();
						}
					})));
				}
				TestSockets.await(() -> got.get() > 100);
				sockets.registry.stop((round % 2 == 0) ? "receiver" : "sender");
				sockets.registry.stop((round % 2 == 0) ? "sender" : "receiver");
				for (Future<?> one : all) {
					one.get(20, TimeUnit.SECONDS);
				}
			}
		}
	}

	private static void untilClosed(Runnable action) {
		try {
			while (true) {
				action.run();
			}
		}
		catch (ZmqSocketClosedException ex) {
			// as it should end
		}
	}

}
