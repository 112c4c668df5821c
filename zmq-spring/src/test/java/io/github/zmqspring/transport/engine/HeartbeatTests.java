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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Heartbeat}: peers that are gone are noticed where that was asked for,
 * and honest ones are kept.
 */
@NoLeaks
@Timeout(120)
class HeartbeatTests {

	private static final Object[] BEATING = { SocketOption.HEARTBEAT_INTERVAL, Duration.ofMillis(200),
			SocketOption.HEARTBEAT_TIMEOUT, Duration.ofMillis(400) };

	private static final byte[] PING = frame(4, "\4PING\0\0");

	private static byte[] frame(int flags, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
		return ByteBuffer.allocate(2 + bytes.length).put((byte) flags).put((byte) bytes.length).put(bytes).array();
	}

	@ParameterizedTest
	@EnumSource(names = "RAW", mode = EnumSource.Mode.EXCLUDE)
	void noneAreSentUnlessTheyAreAskedFor(SocketType type) {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket socket = sockets.bind("socket", type, TestSockets.TCP);
			assertThat((int) socket.call((zmq) -> zmq.getHeartbeatIvl())).isZero();
			assertThat((int) socket.call((zmq) -> zmq.getTCPKeepAlive())).isEqualTo(1);
		}
	}

	@Test
	void aSilentPeerIsPingedAndItsConnectionEnds() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("dealer", SocketType.DEALER, TestSockets.TCP, BEATING);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "dealer").handshake(1, "DEALER", "")) {
				assertThat(new String(peer.readFrame(), StandardCharsets.ISO_8859_1)).startsWith("\4\4PING");
				assertThat(peer.isEnded()).isTrue();
				TestSockets.await(
						() -> String.valueOf(sockets.registry.status("dealer").lastError()).contains("was silent for"));
				sockets.awaitPeers("dealer", 0);
			}
		}
	}

	@Test
	void aPeerThatAnswersStays() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket dealer = sockets.bind("dealer", SocketType.DEALER, TestSockets.TCP, BEATING);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "dealer").handshake(1, "DEALER", "")) {
				for (int i = 0; i < 10; i++) {
					assertThat(new String(peer.readFrame(), StandardCharsets.ISO_8859_1)).startsWith("\4\4PING");
					peer.send(frame(4, "\4PONG"));
				}
				peer.send(ZmtpPeer.frame(0, "still here"));
				assertThat(TestSockets.text(TestSockets.receive(dealer))).isEqualTo("still here");
			}
		}
	}

	/** It would take as long for an answer as for the message in front of it. */
	@Test
	void anyByteIsASignOfLife() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket dealer = sockets.bind("dealer", SocketType.DEALER, TestSockets.TCP, BEATING);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "dealer").handshake(1, "DEALER", "")) {
				peer.send(ByteBuffer.allocate(9).put((byte) 2).putLong(3000).array());
				for (int i = 0; i < 30; i++) {
					// slow bytes are what is tested: 3 s in all, longer than the time-out
					Thread.sleep(100);
					peer.send(new byte[100]);
				}
				assertThat(TestSockets.receive(dealer).frame(0)).hasSize(3000);
			}
		}
	}

	/** Its answer comes only when it has read what is in front of the ping. */
	@Test
	void aPeerThatTakesALargeMessageSlowlyStays() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket dealer = sockets.bind("dealer", SocketType.DEALER, TestSockets.TCP,
					SocketOption.HEARTBEAT_INTERVAL, Duration.ofMillis(500), SocketOption.HEARTBEAT_TIMEOUT,
					Duration.ofMillis(2500));
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "dealer", 512 << 10).handshake(1, "DEALER", "")) {
				// more than the buffers of the kernel hold
				TestSockets.send(dealer, new byte[24 << 20]);
				for (int i = 0; i < 30; i++) {
					// slow reading is what is tested: 4.5 s in all, longer than the
					// time-out
					Thread.sleep(150);
					peer.read(512 << 10);
				}
				assertThat(sockets.registry.status("dealer").peers()).isOne();
			}
		}
	}

	/** Or applications of this library would never ping each other. */
	@Test
	void zmtp31IsAnnounced() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("dealer", SocketType.DEALER, TestSockets.TCP);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "dealer").handshake(1, "DEALER", "")) {
				assertThat(peer.minor()).isEqualTo(1);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PUB", "XPUB" })
	void subscriptionsOfZmtp31AreTaken(SocketType type) throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pub = sockets.bind("pub", type, TestSockets.TCP);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "pub").handshake(1, "SUB", "")) {
				peer.send(frame(4, "\11SUBSCRIBEweather."));
				TestSockets.await(() -> sockets.registry.subscribers("pub", "weather.") == 1);
				TestSockets.send(pub, "weather.today", "rain");
				assertThat(new String(peer.readFrame(), StandardCharsets.ISO_8859_1)).isEqualTo("\1weather.today");
				assertThat(new String(peer.readFrame(), StandardCharsets.ISO_8859_1)).isEqualTo("\0rain");
				peer.send(frame(4, "\6CANCELweather."));
				TestSockets.await(() -> sockets.registry.subscribers("pub", "weather.") == 0);
			}
		}
	}

	@Test
	void aPeerOfZmtp30IsNotPinged() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket dealer = sockets.bind("dealer", SocketType.DEALER, TestSockets.TCP, BEATING);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "dealer").handshake(0, "DEALER", "")) {
				// time in which pings would go out and be missed
				Thread.sleep(1500);
				assertThat(peer.available()).isZero();
				peer.send(ZmtpPeer.frame(0, "idle"));
				assertThat(TestSockets.text(TestSockets.receive(dealer))).isEqualTo("idle");
			}
		}
	}

	@Test
	void aPingIsAnsweredWithItsContext() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("dealer", SocketType.DEALER, TestSockets.TCP);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "dealer").handshake(1, "DEALER", "")) {
				peer.send(PING);
				assertThat(peer.readFrame()).isEqualTo("\4\4PONG".getBytes(StandardCharsets.ISO_8859_1));
				peer.send(frame(4, "\4PING\0\0context"));
				assertThat(peer.readFrame()).isEqualTo("\4\4PONGcontext".getBytes(StandardCharsets.ISO_8859_1));
				// at most 16 bytes of it
				peer.send(frame(4, "\4PING\0\0" + "x".repeat(50)));
				assertThat(peer.readFrame()).isEqualTo(("\4\4PONG" + "x".repeat(16)).getBytes());
			}
		}
	}

	@Test
	void aPeerIsNotWaitedForLongerThanItAskedFor() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("dealer", SocketType.DEALER, TestSockets.TCP);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "dealer").handshake(1, "DEALER", "")) {
				// half a second
				peer.send(frame(4, "\4PING\0\5"));
				assertThat(peer.isEnded()).isTrue();
			}
		}
	}

	/** While we do not read nothing can be held against it. */
	@Test
	void aPeerIsKeptWhileOurReaderStandsStill() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP, SocketOption.HEARTBEAT_INTERVAL,
					Duration.ofMillis(200), SocketOption.HEARTBEAT_TIMEOUT, Duration.ofMillis(400),
					SocketOption.RECEIVE_HWM, 5);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "pull").handshake(1, "PUSH", "")) {
				for (int i = 0; i < 50; i++) {
					peer.send(ZmtpPeer.frame(0, "m" + i));
				}
				// time in which pings would go out and be missed
				Thread.sleep(1500);
				for (int i = 0; i < 50; i++) {
					assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("m" + i);
				}
			}
		}
	}

}
