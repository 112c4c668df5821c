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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sender that waits for a full peer is woken when there is room, whichever thread took
 * the signal.
 */
@NoLeaks
@Timeout(120)
class SenderWakeUpTests {

	private static final int MESSAGES = 30_000;

	private static final int PAUSE_NANOS = 40_000;

	private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(40);

	@Test
	void noSenderSleepsWhileThePeerHasRoom() throws InterruptedException {
		SocketOptions narrow = SocketOptions.of(Map.of(SocketOption.SEND_HWM, 1));
		ZContext context = new ZContext();
		SocketRegistry sockets = new SocketRegistry(context, 1, (event) -> {
		}, narrow, List.of());
		sockets.start();
		try {
			sockets.create(SocketDefinition.of("in", SocketType.PULL, List.of("tcp://127.0.0.1:*"), List.of()));
			String endpoint = sockets.status("in").bound().get(0);
			sockets.create(SocketDefinition.of("out", SocketType.PUSH, List.of(), List.of(endpoint)));
			sockets.socket("in").consume(LaneSettings.of("narrow", 1), (message) -> {
			});
			ThreadLocalRandom random = ThreadLocalRandom.current();
			long longest = 0;
			for (int i = 0; i < MESSAGES; i++) {
				// the room must come at each moment of a refused attempt
				for (long end = System.nanoTime() + random.nextInt(PAUSE_NANOS); System.nanoTime() - end < 0;) {
					Thread.onSpinWait();
				}
				long start = System.nanoTime();
				assertThat(sockets.socket("out").send(new byte[][] { new byte[1] }, TIMEOUT_NANOS))
					.isEqualTo(SendResult.ACCEPTED);
				longest = Math.max(longest, System.nanoTime() - start);
			}
			// a sender that misses its signal sleeps until its time is over
			assertThat(longest).isLessThan(TimeUnit.SECONDS.toNanos(10));
		}
		finally {
			sockets.stop();
			ContextTerminator.terminate(context, Duration.ofSeconds(10));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PUSH", "DEALER" })
	void eachSenderWakesTheNextWhereThePollerCannot(SocketType type) throws Exception {
		try (TestSockets sockets = new TestSockets(); Blocked poller = new Blocked(sockets)) {
			SocketType peer = (type == SocketType.PUSH) ? SocketType.PULL : SocketType.DEALER;
			ManagedSocket reader = sockets.bind("reader", peer, "inproc://next", SocketOption.RECEIVE_HWM, 5);
			ManagedSocket writer = sockets.connect("writer", type, "inproc://next", SocketOption.SEND_HWM, 5);
			int taken = TestSockets.fill(writer, "full");
			poller.block();
			List<CompletableFuture<SendResult>> senders = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				senders.add(CompletableFuture.supplyAsync(() -> writer.send(new byte[][] { { 1 } }, TIMEOUT_NANOS),
						(task) -> {
							Thread thread = new Thread(task);
							thread.setDaemon(true);
							thread.start();
						}));
			}
			TestSockets.await(() -> writer.waitingSenders() == 4);
			for (int i = 0; i < taken; i++) {
				TestSockets.receive(reader);
			}
			if (type == SocketType.DEALER) {
				// this takes the signal that there is room, and has to pass it on
				TestSockets.await(() -> writer.receive(0) == null && writer.waitingSenders() == 0);
			}
			for (CompletableFuture<SendResult> sender : senders) {
				assertThat(sender.get(10, TimeUnit.SECONDS)).isEqualTo(SendResult.ACCEPTED);
			}
		}
	}

	/** A poller that does nothing for a while. */
	private static final class Blocked implements AutoCloseable {

		private final CountDownLatch blocked = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		private final ManagedSocket push;

		Blocked(TestSockets sockets) {
			ManagedSocket pull = sockets.bind("blocking", SocketType.PULL, "inproc://blocking");
			this.push = sockets.connect("blocked", SocketType.PUSH, "inproc://blocking");
			TestSockets.inline(pull, (message) -> {
				this.blocked.countDown();
				TestSockets.awaitQuietly(this.released);
			});
		}

		void block() {
			TestSockets.send(this.push, "block");
			assertThat(TestSockets.awaitQuietly(this.blocked)).isTrue();
		}

		@Override
		public void close() {
			this.released.countDown();
		}

	}

}
