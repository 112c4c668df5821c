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

package io.github.zmqspring.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqAppProcess;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.zeromq.SocketType;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer behind a link that is cut, slow or loses packets.
 */
@NoLeaks
class NetworkFaultTests {

	private static final int SIZE = 4 * 1024;

	private static void await(ThrowingRunnable condition) {
		Awaitility.await().pollInSameThread().atMost(TestSockets.PATIENCE.multipliedBy(4)).untilAsserted(condition);
	}

	/** Send at a steady rate while something happens; returns what was accepted. */
	private static int sendDuring(ManagedSocket socket, int first, Runnable faults) throws InterruptedException {
		AtomicInteger next = new AtomicInteger(first);
		Thread sender = new Thread(() -> {
			while (!Thread.currentThread().isInterrupted()) {
				if (socket.send(FaultPeer.message(next.get(), SIZE),
						TimeUnit.MILLISECONDS.toNanos(100)) == SendResult.ACCEPTED) {
					next.incrementAndGet();
				}
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
			}
		});
		sender.start();
		faults.run();
		sender.interrupt();
		sender.join();
		return next.get();
	}

	private static void pause(Duration time) {
		LockSupport.parkNanos(time.toNanos());
	}

	private static List<Integer> range(int from, int to) {
		return IntStream.range(from, to).boxed().toList();
	}

	private static ManagedSocket bind(TestSockets sockets, Network network, Object... options) {
		return sockets.bind("out", SocketType.PUSH, "tcp://" + network.near() + ":*", options);
	}

	private static ZmqAppProcess peer(TestSockets sockets, Network network, Object... options) {
		return FaultPeer.pull(sockets.endpoint("out"), 0, options).launcher(network.launcher()).start();
	}

	@Test
	void aLinkThatIsCutForAWhileLosesNothing() throws Exception {
		try (Network network = Network.create(); TestSockets sockets = new TestSockets()) {
			ManagedSocket out = bind(sockets, network);
			try (ZmqAppProcess peer = peer(sockets, network)) {
				sockets.awaitPeers("out", 1);
				int end = sendDuring(out, 1, () -> {
					pause(Duration.ofMillis(100));
					network.cut();
					pause(Duration.ofMillis(700));
					network.mend();
				});
				await(() -> assertThat(FaultPeer.numbers(peer, "got")).isEqualTo(range(1, end)));
				assertThat(sockets.registry.status("out").lost()).isZero();
			}
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "zmqtest.faults", matches = "full", disabledReason = "takes -Dzmqtest.faults=full")
	void aPartitionThatHeartbeatsNoticeCostsWhatWasOnItsWayAndIsReported() throws Exception {
		Object[] options = { SocketOption.HEARTBEAT_INTERVAL, Duration.ofMillis(500), SocketOption.HEARTBEAT_TIMEOUT,
				Duration.ofSeconds(2) };
		try (Network network = Network.create(); TestSockets sockets = new TestSockets()) {
			ManagedSocket out = bind(sockets, network, options);
			try (ZmqAppProcess peer = peer(sockets, network, options)) {
				sockets.awaitPeers("out", 1);
				int end = sendDuring(out, 1, () -> {
					network.cut();
					sockets.awaitPeers("out", 0);
					network.mend();
					sockets.awaitPeers("out", 1);
					pause(Duration.ofMillis(500));
				});
				await(() -> assertThat(FaultPeer.numbers(peer, "got")).contains(end - 1));
				List<Integer> got = FaultPeer.numbers(peer, "got");
				assertThat(got).isSorted().doesNotHaveDuplicates();
				// at most what was sent until the heartbeats noticed, and what a kernel
				// takes
				await(() -> assertThat(end - 1 - got.size() - sockets.registry.status("out").lost()).isBetween(0L,
						2048L));
			}
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "zmqtest.faults", matches = "full", disabledReason = "takes -Dzmqtest.faults=full")
	void aSlowLinkHoldsTheSenderBackAndLosesNothing() throws Exception {
		try (Network network = Network.create(); TestSockets sockets = new TestSockets()) {
			ManagedSocket out = bind(sockets, network, SocketOption.SEND_HWM, 10);
			try (ZmqAppProcess peer = peer(sockets, network, SocketOption.RECEIVE_BUFFER_SIZE,
					DataSize.ofKilobytes(16))) {
				sockets.awaitPeers("out", 1);
				network.slow("2mbit");
				int end = sendDuring(out, 1, () -> pause(Duration.ofSeconds(5)));
				await(() -> assertThat(FaultPeer.numbers(peer, "got")).isEqualTo(range(1, end)));
				SocketStatus status = sockets.registry.status("out");
				assertThat(status.lost()).isZero();
				assertThat(status.sent()).isEqualTo(end - 1);
			}
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "zmqtest.faults", matches = "full", disabledReason = "takes -Dzmqtest.faults=full")
	void aLinkThatLosesPacketsLosesNoMessage() throws Exception {
		try (Network network = Network.create(); TestSockets sockets = new TestSockets()) {
			ManagedSocket out = bind(sockets, network);
			try (ZmqAppProcess peer = peer(sockets, network)) {
				sockets.awaitPeers("out", 1);
				network.lose("5%");
				int end = sendDuring(out, 1, () -> pause(Duration.ofSeconds(5)));
				await(() -> assertThat(FaultPeer.numbers(peer, "got")).isEqualTo(range(1, end)));
				assertThat(sockets.registry.status("out").lost()).isZero();
			}
		}
	}

}
