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
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LastMessages}: what was accepted is sent within linger, whatever the
 * peer does meanwhile.
 */
@NoLeaks
@Timeout(120)
class LastMessagesTests {

	private static final int COUNT = 6000;

	private static final byte[] PING = "\4\7\4PING\0\0".getBytes(StandardCharsets.ISO_8859_1);

	private static final Object[] LINGERING = { SocketOption.LINGER, Duration.ofSeconds(60), SocketOption.SEND_HWM, 0 };

	@Test
	void theLastMessagesReachASlowReader() throws Exception {
		lastMessages(false);
	}

	/** What comes for a closed channel would reset the connection. */
	@Test
	void theLastMessagesReachAReaderThatPings() throws Exception {
		lastMessages(true);
	}

	private static void lastMessages(boolean pings) throws IOException, InterruptedException {
		try (TestSockets sockets = new TestSockets(64 * 1024)) {
			ManagedSocket dealer = sockets.bind("dealer", SocketType.DEALER, TestSockets.TCP, LINGERING);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "dealer", 4096).handshake(1, "DEALER", "")) {
				sockets.awaitPeers("dealer", 1);
				for (int i = 0; i < COUNT; i++) {
					TestSockets.send(dealer, Integer.toString(i) + " ".repeat(1000));
				}
				Thread remover = new Thread(() -> sockets.registry.remove("dealer"));
				remover.start();
				for (int i = 0; i < COUNT; i++) {
					if (pings && i % 100 == 0 && i > 0) {
						// it is not answered any more, and does no harm
						peer.send(PING);
					}
					if (i % 50 == 0) {
						// a reader that is slower than its sender
						Thread.sleep(5);
					}
					String message = new String(peer.readFrame(), StandardCharsets.ISO_8859_1);
					while (message.startsWith("\4\4PONG")) {
						message = new String(peer.readFrame(), StandardCharsets.ISO_8859_1);
					}
					assertThat(message.substring(1).trim()).isEqualTo(Integer.toString(i));
				}
				assertThat(peer.isEnded()).isTrue();
				remover.join();
			}
		}
	}

	@Test
	void aPeerThatReadsNothingHoldsTheCloseUpForAsLongAsTheSocketLingers() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket dealer = sockets.bind("dealer", SocketType.DEALER, TestSockets.TCP, SocketOption.LINGER,
					Duration.ofSeconds(1), SocketOption.SEND_HWM, 0);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "dealer", 4096).handshake(1, "DEALER", "")) {
				sockets.awaitPeers("dealer", 1);
				for (int i = 0; i < 20_000; i++) {
					TestSockets.send(dealer, " ".repeat(1000));
				}
				sockets.registry.remove("dealer");
				// closing the context would wait for ever
			}
		}
	}

}
