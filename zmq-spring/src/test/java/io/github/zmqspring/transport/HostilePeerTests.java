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

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a peer may send, or not send, harms only itself.
 */
@NoLeaks
@Timeout(60)
class HostilePeerTests {

	@ParameterizedTest
	@CsvSource({ "-1, false", "-1, true", "-9223372034707292161, false", "-9223372034707292161, true" })
	void aNegativeFrameSizeHarmsNoOther(long size, boolean afterHandshake) throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			TestSockets.send(push, "before");
			TestSockets.receive(pull);
			for (int i = 0; i < 3; i++) {
				try (RawPeer peer = RawPeer.connect(sockets.endpoint("pull"))) {
					if (afterHandshake) {
						peer.handshake("PUSH").header(0, size);
						peer.frame(0, bytes("still there"));
						assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("still there");
					}
					else {
						peer.greet().header(RawPeer.COMMAND, size);
						assertThat(peer.isEnded()).isTrue();
					}
				}
			}
			sockets.awaitPeers("pull", 1);
			TestSockets.send(push, "after");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("after");
			assertThat(TestSockets.cpuTimePerSecond("iothread")).isLessThan(Duration.ofMillis(400));
			assertThat(sockets.registry.status("pull").dropped()).isEqualTo((afterHandshake) ? 3 : 0);
		}
	}

	@Test
	void aSpoiltFrameSpoilsTheWholeMessage() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("pull")).handshake("PUSH")) {
				peer.frame(RawPeer.MORE, bytes("first"));
				peer.header(RawPeer.MORE, -5);
				peer.frame(0, bytes("last"));
				peer.frame(0, bytes("next"));
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("next");
			}
			assertThat(sockets.registry.status("pull").dropped()).isEqualTo(1);
		}
	}

	@Test
	void aFrameOverTheMaximumEndsOnlyThatConnection() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP, SocketOption.MAX_MESSAGE_SIZE,
					DataSize.ofBytes(1000));
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			TestSockets.send(push, "before");
			TestSockets.receive(pull);
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("pull")).handshake("PUSH")) {
				peer.header(0, 1001);
				assertThat(peer.isEnded()).isTrue();
			}
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("pull")).handshake("PUSH")) {
				// nothing is allocated for what is only announced
				peer.header(0, Long.MAX_VALUE);
				assertThat(peer.isEnded()).isTrue();
			}
			TestSockets.send(push, new byte[1000]);
			assertThat(TestSockets.receive(pull).frame(0)).hasSize(1000);
		}
	}

	@Test
	void withoutAMaximumSetTwoGigabytesAreRefused() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("pull")).handshake("PUSH")) {
				peer.header(0, Integer.MAX_VALUE);
				assertThat(peer.isEnded()).isTrue();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "GATHER, SCATTER", "CLIENT, SERVER", "CHANNEL, CHANNEL" })
	void framesWithMoreAreDroppedBySingleFrameTypes(SocketType type, String peerType) throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket socket = sockets.bind("single", type, TestSockets.TCP);
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("single")).handshake(peerType)) {
				for (int i = 0; i < 3; i++) {
					peer.frame(RawPeer.MORE, bytes("first"));
					peer.frame(RawPeer.MORE, bytes("second"));
					peer.frame(0, bytes("third"));
				}
				peer.frame(0, bytes("whole"));
				assertThat(TestSockets.text(TestSockets.receive(socket))).isEqualTo("whole");
				peer.frame(0, bytes("another"));
				assertThat(TestSockets.text(TestSockets.receive(socket))).isEqualTo("another");
			}
			assertThat(sockets.registry.status("single").dropped()).isEqualTo(9);
		}
	}

	@Test
	void onePeersUnfinishedMessageDoesNotSpoilAnothers() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket gather = sockets.bind("gather", SocketType.GATHER, TestSockets.TCP);
			try (RawPeer bad = RawPeer.connect(sockets.endpoint("gather")).handshake("SCATTER");
					RawPeer good = RawPeer.connect(sockets.endpoint("gather")).handshake("SCATTER")) {
				bad.frame(RawPeer.MORE, bytes("first"));
				TestSockets.await(() -> gather.receive(0) == null && sockets.registry.status("gather").dropped() == 1);
				good.frame(0, bytes("whole"));
				assertThat(TestSockets.text(TestSockets.receive(gather))).isEqualTo("whole");
			}
		}
	}

	@Test
	void aMalformedPingHarmsNoOther() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("pull")).handshake("PUSH")) {
				peer.frame(RawPeer.COMMAND, bytes("\4PING"));
				TestSockets.send(push, "meanwhile");
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("meanwhile");
			}
			TestSockets.send(push, "after");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("after");
			assertThat(TestSockets.cpuTimePerSecond("iothread")).isLessThan(Duration.ofMillis(400));
		}
	}

	@Test
	void aClientThatSaysNothingIsDroppedAfterTheHandshakeInterval() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("pull", SocketType.PULL, TestSockets.TCP, SocketOption.HANDSHAKE_INTERVAL,
					Duration.ofMillis(200));
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("pull"))) {
				assertThat(peer.isEnded()).isTrue();
			}
			assertThat(sockets.registry.status("pull").peers()).isZero();
		}
	}

	@Test
	void aServerThatSaysNothingIsTriedAgainAfterTheHandshakeInterval() throws Exception {
		try (TestSockets sockets = new TestSockets();
				ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			server.setSoTimeout((int) TestSockets.PATIENCE.toMillis());
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, "tcp://127.0.0.1:" + server.getLocalPort(),
					SocketOption.HANDSHAKE_INTERVAL, Duration.ofSeconds(2));
			try (RawPeer silent = new RawPeer(server.accept())) {
				long start = System.nanoTime();
				assertThat(silent.isEnded()).isTrue();
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(1500),
						Duration.ofSeconds(10));
				assertThat(sockets.registry.status("push").peers()).isZero();
			}
			try (RawPeer polite = new RawPeer(server.accept()).handshake("PULL")) {
				assertThat(TestSockets.send(push, "at last")).isEqualTo(SendResult.ACCEPTED);
				assertThat(polite.readFrame()).isEqualTo(bytes("at last"));
			}
		}
	}

	@Test
	void allOfManyConnectionsComeUp() {
		try (TestSockets sockets = new TestSockets()) {
			List<ManagedSocket> pushes = new ArrayList<>();
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			for (int i = 0; i < 200; i++) {
				pushes.add(sockets.connect("push-" + i, SocketType.PUSH, sockets.endpoint("pull")));
			}
			pushes.forEach((push) -> TestSockets.send(push, push.definition().name()));
			List<String> names = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				names.add(TestSockets.text(TestSockets.receive(pull)));
			}
			assertThat(names).doesNotHaveDuplicates().hasSize(200);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
