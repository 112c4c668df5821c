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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqEndpointException;
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
 * No wake-up is lost: a thread that could go on does. A lost one shows as a wait that
 * lasts until its timeout.
 */
@NoLeaks
@Timeout(60)
class WakeUpTests {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	@AfterEach
	void endThreads() {
		this.executor.shutdownNow();
	}

	@ParameterizedTest
	@CsvSource({ "PUSH, PULL, inproc://cycles, 4", "DEALER, DEALER, inproc://cycles, 4",
			"PUSH, PULL, tcp://127.0.0.1:*, 1", "PUSH, PULL, tcp://127.0.0.1:*, 4" })
	void sendersBlockedAtTheHighWaterMarkGoOnWhenThereIsRoom(SocketType from, SocketType to, String endpoint,
			int threads) throws Exception {
		int each = 1200 / threads;
		// over tcp the kernel's buffers must be full too
		byte[] payload = new byte[(endpoint.startsWith("tcp")) ? 200_000 : 10];
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket receiver = sockets.bind("receiver", to, endpoint, SocketOption.RECEIVE_HWM, 1);
			ManagedSocket sender = sockets.connect("sender", from, sockets.endpoint("receiver"), SocketOption.SEND_HWM,
					1);
			List<Future<?>> senders = new ArrayList<>();
			for (int t = 0; t < threads; t++) {
				senders.add(this.executor.submit(() -> {
					for (int i = 0; i < each; i++) {
						assertThat(sender.send(new byte[][] { payload }, TestSockets.PATIENCE.toNanos()))
							.isEqualTo(SendResult.ACCEPTED);
					}
				}));
			}
			int full = 0;
			for (int i = 0; i < threads * each; i++) {
				if (i % 20 == 0 && i < threads * (each - 50)) {
					TestSockets.await(() -> sender.waitingSenders() > 0);
					full++;
				}
				TestSockets.receive(receiver);
			}
			for (Future<?> each2 : senders) {
				each2.get(TestSockets.PATIENCE.toSeconds(), TimeUnit.SECONDS);
			}
			assertThat(full).isGreaterThan(20);
			assertThat(sockets.registry.status("sender").rejected()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "inproc://ping-pong", "tcp://127.0.0.1:*" })
	void waitingReceiversAreWokenByEachMessage(String endpoint) throws Exception {
		int rounds = 2000;
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket one = sockets.bind("one", SocketType.PAIR, endpoint);
			ManagedSocket two = sockets.connect("two", SocketType.PAIR, sockets.endpoint("one"));
			Future<?> echo = this.executor.submit(() -> {
				for (int i = 0; i < rounds; i++) {
					TestSockets.send(two, TestSockets.receive(two).frame(0));
				}
			});
			for (int i = 0; i < rounds; i++) {
				TestSockets.send(one, i);
				assertThat(TestSockets.receive(one).text(0)).isEqualTo(String.valueOf(i));
			}
			echo.get(10, TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "inproc://lock-step", "tcp://127.0.0.1:*" })
	void sendsOnTheSameSocketDoNotSwallowTheSignalOfAReply(String endpoint) throws Exception {
		int threads = 3;
		int rounds = 800;
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, endpoint);
			ManagedSocket dealer = sockets.connect("dealer", SocketType.DEALER, sockets.endpoint("router"));
			router.consume(LaneSettings.of("echo", 1), (message) -> TestSockets.send(router, (Object[]) message.raw()));
			Semaphore[] replies = { new Semaphore(0), new Semaphore(0), new Semaphore(0) };
			Future<?> receiver = this.executor.submit(() -> {
				for (int i = 0; i < threads * rounds; i++) {
					replies[Integer.parseInt(TestSockets.receive(dealer).text(0))].release();
				}
			});
			List<Future<?>> clients = new ArrayList<>();
			for (int t = 0; t < threads; t++) {
				int thread = t;
				clients.add(this.executor.submit(() -> {
					for (int i = 0; i < rounds; i++) {
						TestSockets.send(dealer, thread);
						assertThat(replies[thread].tryAcquire(15, TimeUnit.SECONDS)).as("a reply").isTrue();
					}
					return null;
				}));
			}
			for (Future<?> client : clients) {
				client.get(40, TimeUnit.SECONDS);
			}
			receiver.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void aCallThatFailsDoesNotSwallowTheSignalOfAMessage() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			Semaphore handled = new Semaphore(0);
			pull.consume(LaneSettings.of("pull", 1), (message) -> handled.release());
			Future<?> failing = this.executor.submit(() -> {
				while (!Thread.currentThread().isInterrupted()) {
					assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> pull.call((zmq) -> {
						// looks at commands as a bind does that fails
						zmq.getEvents();
						throw new IllegalStateException("failed");
					}));
				}
			});
			for (int i = 0; i < 300; i++) {
				TestSockets.send(push, i);
				assertThat(handled.tryAcquire(15, TimeUnit.SECONDS)).as("message %d handled", i).isTrue();
			}
			failing.cancel(true);
		}
	}

	@Test
	void aFailedBindAtRunTimeDoesNotDisturbTheSocket() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			AtomicInteger handled = new AtomicInteger();
			pull.consume(LaneSettings.of("pull", 1), (message) -> handled.incrementAndGet());
			assertThatExceptionOfType(ZmqEndpointException.class)
				.isThrownBy(() -> sockets.registry.bind("pull", sockets.endpoint("pull")));
			TestSockets.send(push, "after");
			TestSockets.await(() -> handled.get() == 1);
		}
	}

	@Test
	void senderOfASendOnlySocketIsWokenWhenItsFirstPeerComes() throws Exception {
		for (int i = 0; i < 20; i++) {
			try (TestSockets sockets = new TestSockets()) {
				ManagedSocket push = sockets.bind("push", SocketType.PUSH, TestSockets.TCP);
				// the poller has stopped looking at its signal by now, or is about to
				LockSupport.parkNanos(i * 500_000);
				Future<SendResult> sender = this.executor.submit(() -> TestSockets.send(push, "x"));
				ManagedSocket pull = sockets.connect("pull", SocketType.PULL, sockets.endpoint("push"));
				assertThat(sender.get(15, TimeUnit.SECONDS)).isEqualTo(SendResult.ACCEPTED);
				TestSockets.receive(pull);
			}
		}
	}

}
