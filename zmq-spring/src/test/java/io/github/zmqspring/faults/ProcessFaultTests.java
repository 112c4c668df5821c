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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqAppProcess;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers in processes of their own that are killed or stopped: what was sent was
 * delivered, or is reported, or was in the hands of a process that was killed, which has
 * a bound.
 */
@NoLeaks
class ProcessFaultTests {

	private static final int SIZE = 16 * 1024;

	/** A few MB of the sender's kernel, and what the receiver had. */
	private static final int WITH_PEER = 8 * 1024 * 1024 / SIZE;

	private static final Object[] FEW = { SocketOption.RECEIVE_HWM, 10, SocketOption.RECEIVE_BUFFER_SIZE,
			DataSize.ofBytes(SIZE) };

	private static void await(ThrowingRunnable condition) {
		Awaitility.await().pollInSameThread().atMost(TestSockets.PATIENCE.multipliedBy(3)).untilAsserted(condition);
	}

	/** Send numbers from one on; returns the number after the last that was accepted. */
	private static int send(ManagedSocket socket, int first, int count, long timeoutMillis) {
		int next = first;
		while (next < first + count && socket.send(FaultPeer.message(next, SIZE),
				TimeUnit.MILLISECONDS.toNanos(timeoutMillis)) == SendResult.ACCEPTED) {
			next++;
		}
		return next;
	}

	private static List<Integer> range(int from, int to) {
		return IntStream.range(from, to).boxed().toList();
	}

	@ParameterizedTest
	@EnumSource
	void aReceiverThatIsKilledCostsWhatItHadAndNothingElse(Stage stage) {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket out = sockets.bind("out", SocketType.PUSH, TestSockets.TCP, SocketOption.SEND_HWM, 50);
			String endpoint = sockets.endpoint("out");
			int next = 1;
			List<Integer> got;
			try (ZmqAppProcess first = FaultPeer.pull(endpoint, (stage == Stage.BUSY) ? 5 : 0, FEW).start()) {
				next = stage.reach(sockets, first, out);
				first.kill();
				first.awaitExit();
				got = new ArrayList<>(FaultPeer.numbers(first, "got"));
			}
			sockets.awaitPeers("out", 0);
			int after = next;
			try (ZmqAppProcess second = FaultPeer.pull(endpoint, 0, FEW).start()) {
				sockets.awaitPeers("out", 1);
				next = send(out, next, 50, 20_000);
				int end = next;
				assertThat(end).isEqualTo(after + 50);
				await(() -> assertThat(FaultPeer.numbers(second, "got")).contains(end - 1));
				// nothing that was sent since then is missing, and nothing comes twice
				assertThat(FaultPeer.numbers(second, "got")).isEqualTo(range(after, end));
				got.addAll(FaultPeer.numbers(second, "got"));
			}
			assertThat(got).doesNotHaveDuplicates().isSorted();
			int withPeer = next - 1 - got.size();
			await(() -> assertThat(withPeer - sockets.registry.status("out").lost()).isBetween(0L,
					(long) stage.withPeer));
			if (stage == Stage.STOPPED) {
				assertThat(sockets.registry.status("out").lost()).isPositive();
				assertThat(sockets.registry.status("out").lastError()).contains("not sent before their");
			}
		}
	}

	@Test
	void aSenderThatIsKilledLeavesNeitherGapsNorRepeatedNorTornMessages() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in = sockets.bind("in", SocketType.PULL, TestSockets.TCP);
			List<Integer> got = new ArrayList<>();
			int accepted;
			try (ZmqAppProcess peer = FaultPeer.push(sockets.endpoint("in"), 0, SocketOption.SEND_HWM, 50).start()) {
				for (int i = 0; i < 300; i++) {
					got.add(number(TestSockets.receive(in)));
				}
				peer.kill();
				peer.awaitExit();
				accepted = FaultPeer.numbers(peer, "accepted").size();
			}
			// a full socket reads no more, and does not see the end of its peer before it
			// does
			drain(in, got);
			sockets.awaitPeers("in", 0);
			drain(in, got);
			assertThat(got).isEqualTo(range(1, got.size() + 1));
			// the queue of the process, a batch of 64 KB, and one that it could not tell
			// of
			assertThat(got.size()).isBetween(accepted - 50 - 64, accepted + 1);
			try (ZmqAppProcess next = FaultPeer.push(sockets.endpoint("in"), 1).start()) {
				assertThat(number(TestSockets.receive(in))).isEqualTo(1);
			}
		}
	}

	/** Take what comes until nothing comes for a moment. */
	private static void drain(ManagedSocket in, List<Integer> got) {
		long moment = TimeUnit.MILLISECONDS.toNanos(200);
		for (ZmqMessage message = in.receive(moment); message != null; message = in.receive(moment)) {
			got.add(number(message));
		}
	}

	private static int number(ZmqMessage message) {
		assertThat(message.size()).isEqualTo(2);
		return Integer.parseInt(message.text(0));
	}

	@Test
	void aReceiverThatStandsStillLosesNothingThatWasAccepted() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket out = sockets.bind("out", SocketType.PUSH, TestSockets.TCP, SocketOption.SEND_HWM, 50);
			try (ZmqAppProcess peer = FaultPeer.pull(sockets.endpoint("out"), 0, FEW).start()) {
				sockets.awaitPeers("out", 1);
				int next = send(out, 1, 20, 20_000);
				peer.signal("STOP");
				int full = send(out, next, 5000, 300);
				// it is said that the rest was not sent
				assertThat(full).isLessThan(next + 5000);
				peer.signal("CONT");
				int end = send(out, full, 20, 20_000);
				assertThat(end).isEqualTo(full + 20);
				await(() -> assertThat(FaultPeer.numbers(peer, "got")).isEqualTo(range(1, end)));
				assertThat(sockets.registry.status("out").lost()).isZero();
				assertThat(sockets.registry.status("out").sent()).isEqualTo(end - 1);
			}
		}
	}

	@Test
	void heartbeatsNoticeAProcessThatStandsStillAndItComesBack() {
		Object[] options = { SocketOption.HEARTBEAT_INTERVAL, Duration.ofMillis(200), SocketOption.HEARTBEAT_TIMEOUT,
				Duration.ofMillis(800) };
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket out = sockets.bind("out", SocketType.PUSH, TestSockets.TCP, options);
			try (ZmqAppProcess peer = FaultPeer.pull(sockets.endpoint("out"), 0).start()) {
				sockets.awaitPeers("out", 1);
				peer.signal("STOP");
				TestSockets
					.await(() -> String.valueOf(sockets.registry.status("out").lastError()).contains("was silent for"));
				sockets.awaitPeers("out", 0);
				peer.signal("CONT");
				// on a busy machine it may stand still for as long again
				await(() -> {
					send(out, 1, 1, 100);
					assertThat(FaultPeer.numbers(peer, "got")).contains(1);
				});
			}
		}
	}

	/** When the process is killed, and how many messages it may have by then. */
	enum Stage {

		CONNECTING(0) {
			@Override
			int reach(TestSockets sockets, ZmqAppProcess peer, ManagedSocket out) {
				peer.awaitLine("^opening");
				return 1;
			}
		},

		IDLE(0) {
			@Override
			int reach(TestSockets sockets, ZmqAppProcess peer, ManagedSocket out) {
				sockets.awaitPeers("out", 1);
				int next = send(out, 1, 20, 20_000);
				await(() -> assertThat(FaultPeer.numbers(peer, "got")).hasSize(20));
				return next;
			}
		},

		BUSY(WITH_PEER) {
			@Override
			int reach(TestSockets sockets, ZmqAppProcess peer, ManagedSocket out) {
				sockets.awaitPeers("out", 1);
				int next = send(out, 1, 100, 20_000);
				await(() -> assertThat(FaultPeer.numbers(peer, "got")).hasSizeGreaterThan(10));
				return next;
			}
		},

		STOPPED(WITH_PEER) {
			@Override
			int reach(TestSockets sockets, ZmqAppProcess peer, ManagedSocket out) {
				sockets.awaitPeers("out", 1);
				int next = send(out, 1, 20, 20_000);
				peer.signal("STOP");
				return send(out, next, 5000, 300);
			}
		};

		private final int withPeer;

		Stage(int withPeer) {
			this.withPeer = withPeer;
		}

		/** Returns the number after the last that was accepted. */
		abstract int reach(TestSockets sockets, ZmqAppProcess peer, ManagedSocket out);

	}

}
