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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thread that waits for a socket waits for its signal itself: everything goes on while
 * the poller is blocked, and a thread that waits behind another is woken by that one, or
 * by the poller if it is free.
 */
@NoLeaks
@Timeout(60)
class MailboxSignalTests {

	private static final Object[] NARROW = { SocketOption.SEND_HWM, 1, SocketOption.RECEIVE_HWM, 1 };

	/** Where nothing is on its way between the two pipes: full stays full. */
	private static final String FULL = "inproc://full";

	private static final byte[] MESSAGE = new byte[10];

	/**
	 * So long that a sender which misses its signal cannot be taken for one that waited.
	 */
	private static final long FOR_EVER = TimeUnit.HOURS.toNanos(1);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final CountDownLatch blocked = new CountDownLatch(1);

	private final CountDownLatch freed = new CountDownLatch(1);

	private TestSockets sockets;

	@BeforeEach
	void open() {
		this.sockets = new TestSockets();
	}

	@AfterEach
	void close() {
		this.freed.countDown();
		this.sockets.close();
		this.executor.shutdownNow();
	}

	private void blockPoller() {
		TestSockets.inline(this.sockets.bind("blocker", SocketType.PULL, "inproc://blocker"), (message) -> {
			this.blocked.countDown();
			TestSockets.awaitQuietly(this.freed);
		});
		TestSockets.send(this.sockets.connect("trigger", SocketType.PUSH, "inproc://blocker"), "now");
		TestSockets.awaitQuietly(this.blocked);
	}

	@ParameterizedTest
	@CsvSource({ "inproc://lone", "tcp://127.0.0.1:*" })
	void aLaneThatIsAloneNeedsNoPoller(String endpoint) throws Exception {
		ManagedSocket pull = this.sockets.bind("pull", SocketType.PULL, endpoint);
		ManagedSocket push = this.sockets.connect("push", SocketType.PUSH, this.sockets.endpoint("pull"));
		Semaphore handled = new Semaphore(0);
		pull.consume(LaneSettings.of("lone", 1), (message) -> handled.release());
		TestSockets.send(push, "first");
		assertThat(handled.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
		blockPoller();
		for (int i = 0; i < 500; i++) {
			TestSockets.send(push, i);
			assertThat(handled.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void receiversNeedNoPoller() throws Exception {
		int each = 200;
		ManagedSocket pull = this.sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
		ManagedSocket push = this.sockets.connect("push", SocketType.PUSH, this.sockets.endpoint("pull"));
		TestSockets.send(push, "first");
		TestSockets.receive(pull);
		blockPoller();
		Semaphore received = new Semaphore(0);
		List<Future<?>> receivers = new ArrayList<>();
		for (int t = 0; t < 3; t++) {
			receivers.add(this.executor.submit(() -> {
				for (int i = 0; i < each; i++) {
					TestSockets.receive(pull);
					received.release();
				}
			}));
		}
		for (int i = 0; i < 3 * each; i++) {
			TestSockets.send(push, i);
			assertThat(received.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
		}
		for (Future<?> receiver : receivers) {
			receiver.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void sendersNeedNoPollerAndOneThatGivesUpLetsTheNextWait() throws Exception {
		ManagedSocket pull = this.sockets.bind("pull", SocketType.PULL, FULL, SocketOption.RECEIVE_HWM, 1);
		ManagedSocket push = this.sockets.connect("push", SocketType.PUSH, this.sockets.endpoint("pull"),
				SocketOption.SEND_HWM, 1);
		int sent = TestSockets.fill(push, MESSAGE);
		blockPoller();
		Future<SendResult> impatient = this.executor
			.submit(() -> push.send(new byte[][] { MESSAGE }, TimeUnit.MILLISECONDS.toNanos(300)));
		TestSockets.await(() -> push.waitingSenders() == 1);
		List<Future<SendResult>> patient = Stream
			.generate(() -> this.executor.submit(() -> push.send(new byte[][] { MESSAGE }, FOR_EVER)))
			.limit(3)
			.toList();
		TestSockets.await(() -> push.waitingSenders() == 4);
		assertThat(impatient.get(10, TimeUnit.SECONDS)).isEqualTo(SendResult.TIMED_OUT);
		for (int i = 0; i < sent + 3; i++) {
			TestSockets.receive(pull);
		}
		for (Future<SendResult> sender : patient) {
			assertThat(sender.get(10, TimeUnit.SECONDS)).isEqualTo(SendResult.ACCEPTED);
		}
	}

	@Test
	void aSenderIsWokenWhileTheOnlyLaneIsBusy() throws Exception {
		CountDownLatch busy = new CountDownLatch(1);
		ManagedSocket peer = this.sockets.bind("peer", SocketType.DEALER, FULL, NARROW);
		ManagedSocket dealer = this.sockets.connect("dealer", SocketType.DEALER, this.sockets.endpoint("peer"), NARROW);
		dealer.consume(LaneSettings.of("busy", 1), (message) -> {
			busy.countDown();
			TestSockets.awaitQuietly(this.freed);
		});
		TestSockets.send(peer, "work");
		TestSockets.awaitQuietly(busy);
		assertNextSenderIsWoken(dealer, peer);
	}

	@Test
	void aSenderIsWokenWhileTheOnlyLaneWaits() throws Exception {
		ManagedSocket peer = this.sockets.bind("peer", SocketType.DEALER, FULL, NARROW);
		ManagedSocket dealer = this.sockets.connect("dealer", SocketType.DEALER, this.sockets.endpoint("peer"), NARROW);
		dealer.consume(LaneSettings.of("waits", 1), (message) -> {
		});
		assertNextSenderIsWoken(dealer, peer);
	}

	@Test
	void aSenderIsWokenByAReceiverAndAfterItHasGone() throws Exception {
		ManagedSocket peer = this.sockets.bind("peer", SocketType.DEALER, FULL, NARROW);
		ManagedSocket dealer = this.sockets.connect("dealer", SocketType.DEALER, this.sockets.endpoint("peer"), NARROW);
		for (int i = 0; i < 2; i++) {
			Future<?> receiver = this.executor.submit(() -> dealer.receive(FOR_EVER));
			int sent = TestSockets.fill(dealer, MESSAGE);
			Future<SendResult> sender = this.executor.submit(() -> dealer.send(new byte[][] { MESSAGE }, FOR_EVER));
			TestSockets.await(() -> dealer.waitingSenders() == 1);
			if (i == 1) {
				TestSockets.send(peer, "go");
				receiver.get(10, TimeUnit.SECONDS);
			}
			assertThat(sender.isDone()).isFalse();
			for (int n = 0; n < sent + 1; n++) {
				TestSockets.receive(peer);
			}
			assertThat(sender.get(10, TimeUnit.SECONDS)).isEqualTo(SendResult.ACCEPTED);
			if (i == 0) {
				TestSockets.send(peer, "go");
				receiver.get(10, TimeUnit.SECONDS);
			}
		}
	}

	private void assertNextSenderIsWoken(ManagedSocket dealer, ManagedSocket peer) throws Exception {
		int sent = TestSockets.fill(dealer, MESSAGE);
		Future<SendResult> sender = this.executor.submit(() -> dealer.send(new byte[][] { MESSAGE }, FOR_EVER));
		TestSockets.await(() -> dealer.waitingSenders() == 1);
		for (int i = 0; i < sent + 1; i++) {
			TestSockets.receive(peer);
		}
		assertThat(sender.get(10, TimeUnit.SECONDS)).isEqualTo(SendResult.ACCEPTED);
	}

	@Test
	void aLaneLooksOnAfterAnInterruptThatItsHandlerLeft() throws Exception {
		ManagedSocket pull = this.sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
		ManagedSocket push = this.sockets.connect("push", SocketType.PUSH, this.sockets.endpoint("pull"));
		Semaphore handled = new Semaphore(0);
		pull.consume(LaneSettings.of("interrupted", 1), (message) -> {
			Thread.currentThread().interrupt();
			handled.release();
		});
		for (int i = 0; i < 50; i++) {
			TestSockets.send(push, i);
			assertThat(handled.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(TestSockets.cpuTimePerSecond("zmq-interrupted").toMillis()).isLessThan(300);
	}

}
