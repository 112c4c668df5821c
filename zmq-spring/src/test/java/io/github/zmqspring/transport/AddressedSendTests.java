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

import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A ROUTER's or REP's send says whether its one peer is gone or only slow.
 */
@NoLeaks
@Timeout(60)
class AddressedSendTests {

	@Test
	void aMessageThatOneSubscriberHasNoRoomForGoesToNoneAndTheNextOnlyToItsOwn() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket xpub = sockets.bind("xpub", SocketType.XPUB, "inproc://full", SocketOption.SEND_HWM, 1,
					SocketOption.XPUB_NO_DROP, true);
			ManagedSocket full = sockets.connect("full", SocketType.XSUB, "inproc://full", SocketOption.RECEIVE_HWM, 1);
			ManagedSocket free = sockets.connect("free", SocketType.XSUB, "inproc://full", SocketOption.RECEIVE_HWM,
					1000);
			sockets.registry.subscribe("full", "a");
			TestSockets.receive(xpub);
			sockets.registry.subscribe("free", "b");
			TestSockets.receive(xpub);
			int taken = TestSockets.fill(xpub, "a");
			sockets.registry.subscribe("free", "a");
			TestSockets.await(() -> sockets.registry.subscribers("xpub", "a") == 2);
			for (int i = 0; i < 5; i++) {
				assertThat(TestSockets.trySend(xpub, "a", "refused")).isEqualTo(SendResult.TIMED_OUT);
			}
			assertThat(TestSockets.trySend(xpub, "b", "for one")).isEqualTo(SendResult.ACCEPTED);
			assertThat(TestSockets.text(TestSockets.receive(free))).isEqualTo("b|for one");
			assertThat(free.receive(0)).isNull();
			for (int i = 0; i < taken; i++) {
				assertThat(TestSockets.text(TestSockets.receive(full))).isEqualTo("a");
			}
			assertThat(full.receive(0)).isNull();
			assertThat(TestSockets.send(xpub, "a", "again")).isEqualTo(SendResult.ACCEPTED);
			assertThat(TestSockets.text(TestSockets.receive(free))).isEqualTo("a|again");
			assertThat(TestSockets.text(TestSockets.receive(full))).isEqualTo("a|again");
		}
	}

	@Test
	void anUnknownPeerIsUnreachableAtOnce() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, TestSockets.TCP);
			assertThat(TestSockets.send(router, "nobody", "hello")).isEqualTo(SendResult.UNREACHABLE);
			assertThat(sockets.registry.status("router").rejected()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "inproc://gone", "tcp://127.0.0.1:*" })
	void aPeerThatIsGoneIsUnreachableAlsoWhileItsMessagesAreUnread(String endpoint) {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, endpoint);
			ManagedSocket dealer = sockets.connect("dealer", SocketType.DEALER, sockets.endpoint("router"),
					SocketOption.ROUTING_ID, "d");
			for (int i = 0; i < 4; i++) {
				TestSockets.send(dealer, "unread", i);
			}
			assertThat(TestSockets.receive(router).text(1)).isEqualTo("0");
			assertThat(TestSockets.send(router, "d", "hello")).isEqualTo(SendResult.ACCEPTED);
			assertThat(TestSockets.text(TestSockets.receive(dealer))).isEqualTo("hello");
			sockets.registry.remove("dealer");
			TestSockets.await(() -> TestSockets.trySend(router, "d", "too late") == SendResult.UNREACHABLE);
			// not after the timeout
			long start = System.nanoTime();
			assertThat(TestSockets.send(router, "d", "too late")).isEqualTo(SendResult.UNREACHABLE);
			assertThat(System.nanoTime() - start).isLessThan(TestSockets.PATIENCE.toNanos() / 2);
			for (int i = 1; i < 4; i++) {
				assertThat(TestSockets.receive(router).text(1)).isEqualTo(String.valueOf(i));
			}
		}
	}

	@Test
	void aLivePeerAtItsHighWaterMarkIsATimeoutUntilItGoes() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, "inproc://slow", SocketOption.SEND_HWM, 5);
			ManagedSocket dealer = sockets.connect("dealer", SocketType.DEALER, "inproc://slow",
					SocketOption.RECEIVE_HWM, 5, SocketOption.ROUTING_ID, "d");
			assertThat(TestSockets.fill(router, "d", "x")).isEqualTo(10);
			assertThat(router.send(ZmqMessage.of("d", "x").raw(), TimeUnit.MILLISECONDS.toNanos(100)))
				.isEqualTo(SendResult.TIMED_OUT);
			SendResult[] result = new SendResult[1];
			Thread blocked = new Thread(() -> result[0] = TestSockets.send(router, "d", "x"), "blocked-sender");
			blocked.start();
			TestSockets.await(() -> router.waitingSenders() == 1);
			TestSockets.send(dealer, "unread");
			sockets.registry.remove("dealer");
			blocked.join(TestSockets.PATIENCE.toMillis() / 2);
			assertThat(result).containsExactly(SendResult.UNREACHABLE);
		}
	}

	@Test
	void aFullPeerDoesNotHoldUpTheOthers() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, "inproc://two", SocketOption.SEND_HWM, 5);
			sockets.connect("full", SocketType.DEALER, "inproc://two", SocketOption.RECEIVE_HWM, 5,
					SocketOption.ROUTING_ID, "full");
			ManagedSocket free = sockets.connect("free", SocketType.DEALER, "inproc://two", SocketOption.ROUTING_ID,
					"free");
			TestSockets.fill(router, "full", "x");
			for (int i = 0; i < 100; i++) {
				assertThat(TestSockets.send(router, "free", i)).isEqualTo(SendResult.ACCEPTED);
				assertThat(TestSockets.text(TestSockets.receive(free))).isEqualTo(String.valueOf(i));
			}
		}
	}

	@Test
	void aRequestWithoutDelimiterIsDroppedByRepAndCounted() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket rep = sockets.bind("rep", SocketType.REP, TestSockets.TCP);
			ManagedSocket dealer = sockets.connect("dealer", SocketType.DEALER, sockets.endpoint("rep"));
			TestSockets.send(dealer, "no", "delimiter");
			TestSockets.send(dealer, "alone");
			TestSockets.send(dealer, "", "request");
			ZmqMessage request = TestSockets.receive(rep);
			assertThat(TestSockets.text(request)).isEqualTo("request");
			assertThat(request.returnPath().length).isEqualTo(2);
			assertThat(sockets.registry.status("rep").dropped()).isEqualTo(2);
			byte[][] path = request.returnPath();
			assertThat(TestSockets.send(rep, path[0], path[1], "reply")).isEqualTo(SendResult.ACCEPTED);
			assertThat(TestSockets.text(TestSockets.receive(dealer))).isEqualTo("reply");
		}
	}

}
