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

package io.github.zmqspring.transport.poll;

import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Errors on the poller's thread cost what caused them, and a dead poller holds no
 * shutdown up.
 */
@NoLeaks
@Timeout(60)
class SocketPollerTests {

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

	@Test
	void anErrorInATurnEndsNoPoller() {
		SocketPoller poller = new SocketPoller("zmq-test-poller");
		CountDownLatch failed = new CountDownLatch(1);
		poller.schedule(new IdleTimer(new IdleWatched() {

			@Override
			public long lastActivity() {
				failed.countDown();
				throw new StackOverflowError("wanted");
			}

			@Override
			public boolean isAccepting() {
				return true;
			}

			@Override
			public boolean isEnded() {
				return false;
			}

			@Override
			public void idle(Runnable action) {
			}

		}, Duration.ofMillis(1), () -> {
		}));
		TestSockets.awaitQuietly(failed);
		CountDownLatch ran = new CountDownLatch(1);
		assertThat(poller.execute(ran::countDown, PATIENCE)).isTrue();
		assertThat(poller.isAlive()).isTrue();
		assertThat(poller.failure()).isNull();
		poller.stop();
	}

	@Test
	void anErrorOfATaskIsItsCallers() {
		SocketPoller poller = new SocketPoller("zmq-test-poller");
		assertThatThrownBy(() -> poller.execute(() -> {
			throw new StackOverflowError("wanted");
		}, PATIENCE)).isInstanceOf(StackOverflowError.class);
		assertThat(poller.execute(() -> {
		}, PATIENCE)).isTrue();
		poller.stop();
	}

	@Test
	void aDeadPollerHoldsNothingUp() throws Exception {
		TestSockets sockets = new TestSockets();
		for (int i = 0; i < 100; i++) {
			ManagedSocket socket = sockets.bind("pull-" + i, SocketType.PULL, "inproc://dead-" + i);
			if (i % 10 == 0) {
				TestSockets.inline(socket, (message) -> {
				});
			}
		}
		Object group = ReflectionTestUtils.getField(sockets.registry, "pollers");
		for (Object poller : (List<?>) ReflectionTestUtils.getField(group, "pollers")) {
			((Selector) ReflectionTestUtils.getField(poller, "selector")).close();
		}
		TestSockets.await(() -> sockets.registry.pollers().stream().noneMatch(PollerStatus::alive));
		assertThat(sockets.registry.pollers()).allMatch((status) -> status.failure() != null);
		long start = System.nanoTime();
		sockets.close();
		// a wait for the poller at each socket would take 5 s at least
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
	}

}
