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

package io.github.zmqspring.transport.engine;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.event.ZmqSocketConnectedEvent;
import io.github.zmqspring.event.ZmqSocketConnectionEvent;
import io.github.zmqspring.event.ZmqSocketHandshakeFailedEvent;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.Ports;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what comes before messages: a connection has so much time for it, and takes no
 * part before it is over.
 */
@NoLeaks
@Timeout(120)
class HandshakeTests {

	private static final Object[] SHORT = { SocketOption.HANDSHAKE_INTERVAL, Duration.ofMillis(500) };

	private final Queue<ZmqSocketConnectionEvent> events = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 9, 10, 11, 12, 63, 64, 66, 80 })
	void aConnectionHasSoMuchTimeForAllOfItsHandshake(int bytes) throws IOException {
		try (TestSockets sockets = sockets()) {
			sockets.bind("pull", SocketType.PULL, TestSockets.TCP, SHORT);
			byte[] all = ZmtpPeer.join(ZmtpPeer.greeting(0), ZmtpPeer.ready("PUSH"));
			List<ZmtpPeer> peers = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				ZmtpPeer peer = ZmtpPeer.connect(sockets, "pull");
				peer.send(Arrays.copyOf(all, bytes));
				peers.add(peer);
			}
			for (ZmtpPeer peer : peers) {
				assertThat(peer.isEnded()).isTrue();
				peer.close();
			}
			assertThat(sockets.registry.status("pull").peers()).isZero();
			TestSockets.await(() -> sockets.registry.details("pull").refusals() == 20);
			TestSockets.await(() -> this.events.stream()
				.anyMatch((event) -> event instanceof ZmqSocketHandshakeFailedEvent failed
						&& failed.getReason().contains("500 ms")));
			assertThat(this.events).noneMatch(ZmqSocketConnectedEvent.class::isInstance);
		}
	}

	@Test
	void aSlowHandshakeConnectsOnce() throws Exception {
		try (TestSockets sockets = sockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "pull")) {
				for (byte[] part : List.of(ZmtpPeer.greeting(0), ZmtpPeer.ready("PUSH"))) {
					// longer than the first version's limit for all
					Thread.sleep(1200);
					peer.send(part);
				}
				peer.send(ZmtpPeer.frame(0, "slow"));
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("slow");
				TestSockets.await(() -> this.events.stream().anyMatch(ZmqSocketConnectedEvent.class::isInstance));
				assertThat(this.events.stream().filter(ZmqSocketConnectedEvent.class::isInstance)).hasSize(1);
				assertThat(sockets.registry.details("pull").refusals()).isZero();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PUSH", "DEALER", "REQ", "SCATTER", "CLIENT" })
	void nothingIsDealtToConnectionsThatSayNothing(SocketType type) throws IOException {
		SocketType other = switch (type) {
			case PUSH -> SocketType.PULL;
			case SCATTER -> SocketType.GATHER;
			case CLIENT -> SocketType.SERVER;
			default -> SocketType.ROUTER;
		};
		try (TestSockets sockets = sockets()) {
			ManagedSocket from = sockets.bind("from", type, TestSockets.TCP);
			List<Socket> mute = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				mute.add(new Socket("127.0.0.1", Ports.portOf(sockets.endpoint("from"))));
			}
			ManagedSocket to = sockets.connect("to", other, sockets.endpoint("from"));
			sockets.awaitPeers("from", 1);
			for (int i = 0; i < 200; i++) {
				TestSockets.send(from, "m" + i);
			}
			for (int i = 0; i < 200; i++) {
				ZmqMessage message = TestSockets.receive(to);
				assertThat(new String(message.frame(message.frames().size() - 1))).isEqualTo("m" + i);
			}
			assertThat(sockets.registry.status("from").peers()).isEqualTo(1);
			for (Socket visitor : mute) {
				visitor.close();
			}
		}
	}

	@Test
	void aPeerOfAWrongTypeIsNamedAndTheRightOneIsServedAfterIt() {
		try (TestSockets sockets = sockets()) {
			sockets.bind("wrong", SocketType.SUB, TestSockets.TCP);
			String endpoint = sockets.endpoint("wrong");
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, endpoint);
			for (String socket : List.of("push", "wrong")) {
				TestSockets.await(() -> this.events.stream()
					.anyMatch((event) -> event instanceof ZmqSocketHandshakeFailedEvent failed
							&& failed.getSocket().equals(socket) && failed.getReason().contains("PUSH")
							&& failed.getReason().contains("SUB")));
			}
			ConnectStatus status = sockets.registry.details("push").connects().get(0);
			assertThat(status.state()).isEqualTo(ConnectStatus.State.CONNECTING);
			assertThat(status.failures()).isPositive();
			assertThat(status.lastError()).contains("the peer is a SUB, which does not fit a PUSH");
			assertThat(sockets.registry.status("push").lastError()).contains("the peer is a SUB");
			assertThat(sockets.registry.status("push").peers()).isZero();
			sockets.registry.remove("wrong");
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, endpoint);
			TestSockets.send(push, "at last");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("at last");
			sockets.awaitPeers("push", 1);
		}
	}

	@Test
	void aTypeIsCalledAsItsSocketWasDeclared() throws IOException {
		try (TestSockets sockets = sockets()) {
			// ROUTER and DEALER on the wire
			sockets.bind("rep", SocketType.REP, TestSockets.TCP);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "rep")) {
				peer.send(ZmtpPeer.join(ZmtpPeer.greeting(0), ZmtpPeer.ready("PULL")));
				TestSockets.await(() -> String.valueOf(sockets.registry.status("rep").lastError())
					.contains("the peer is a PULL, which does not fit a REP"));
			}
		}
	}

	@Test
	void aRoutingIdThatIsTakenIsReportedAndItsConnectionWaitsForIt() throws IOException {
		try (TestSockets sockets = sockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, TestSockets.TCP);
			try (ZmtpPeer first = ZmtpPeer.connect(sockets, "router").handshake(0, "DEALER", "same");
					ZmtpPeer second = ZmtpPeer.connect(sockets, "router")) {
				first.send(ZmtpPeer.frame(0, "one"));
				assertThat(TestSockets.text(TestSockets.receive(router))).isEqualTo("one");
				second.handshake(0, "DEALER", "same").send(ZmtpPeer.frame(0, "two"));
				second.send(ZmtpPeer.frame(0, "three"));
				TestSockets.await(() -> this.events.stream()
					.anyMatch((event) -> event instanceof ZmqSocketHandshakeFailedEvent failed
							&& failed.getReason().contains("routing id is taken")
							&& failed.getReason().contains("router-handover")));
				assertThat(sockets.registry.status("router").lastError()).contains("router-handover");
				assertThat(sockets.registry.status("router").peers()).isEqualTo(1);
				assertThat(sockets.registry.details("router").refusals()).isEqualTo(1);
				first.close();
				assertThat(TestSockets.text(TestSockets.receive(router))).isEqualTo("two");
				assertThat(TestSockets.text(TestSockets.receive(router))).isEqualTo("three");
				sockets.awaitPeers("router", 1);
			}
			sockets.awaitPeers("router", 0);
		}
	}

	/** JeroMQ is deaf to it: it knows the id until all that came with it was read. */
	@Test
	void aPeerThatComesBackBeforeItsLastMessagesWereReadIsServed() throws IOException {
		try (TestSockets sockets = sockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, TestSockets.TCP);
			for (int i = 0; i < 10; i++) {
				for (int k = 0; k < 3; k++) {
					try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "router").handshake(0, "DEALER", "same")) {
						peer.send(ZmtpPeer.frame(0, "hello"));
					}
				}
				for (int k = 0; k < 3; k++) {
					assertThat(TestSockets.text(TestSockets.receive(router))).isEqualTo("hello");
				}
			}
		}
	}

	@Test
	void connectionsThatWaitForARoutingIdAreGoneWithTheirPeers() throws IOException {
		try (TestSockets sockets = sockets()) {
			sockets.bind("router", SocketType.ROUTER, TestSockets.TCP);
			try (ZmtpPeer first = ZmtpPeer.connect(sockets, "router").handshake(0, "DEALER", "same")) {
				for (int i = 1; i <= 5; i++) {
					ZmtpPeer.connect(sockets, "router").handshake(0, "DEALER", "same").close();
					long gone = i;
					TestSockets.await(() -> sockets.registry.details("router").refusals() == gone);
				}
				assertThat(sockets.registry.status("router").peers()).isEqualTo(1);
			}
		}
	}

	@Test
	void withHandoverTheNewConnectionGetsTheRoutingId() throws IOException {
		try (TestSockets sockets = sockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, TestSockets.TCP,
					SocketOption.ROUTER_HANDOVER, true);
			try (ZmtpPeer first = ZmtpPeer.connect(sockets, "router").handshake(0, "DEALER", "same")) {
				first.send(ZmtpPeer.frame(0, "one"));
				assertThat(TestSockets.text(TestSockets.receive(router))).isEqualTo("one");
				try (ZmtpPeer second = ZmtpPeer.connect(sockets, "router").handshake(0, "DEALER", "same")) {
					second.send(ZmtpPeer.frame(0, "two"));
					assertThat(TestSockets.text(TestSockets.receive(router))).isEqualTo("two");
					TestSockets.send(router, "same", "reply");
					assertThat(second.readFrame()).isEqualTo(new byte[] { 0, 'r', 'e', 'p', 'l', 'y' });
				}
			}
		}
	}

	private TestSockets sockets() {
		return new TestSockets((event) -> {
			if (event instanceof ZmqSocketConnectionEvent told) {
				this.events.add(told);
			}
		});
	}

}
