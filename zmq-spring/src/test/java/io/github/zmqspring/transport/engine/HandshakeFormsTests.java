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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.event.ZmqSocketConnectionEvent;
import io.github.zmqspring.event.ZmqSocketDisconnectedEvent;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the forms of a handshake that ZMTP allows, and of what its end is called.
 */
@NoLeaks
@Timeout(120)
class HandshakeFormsTests {

	private final Queue<ZmqSocketConnectionEvent> events = new ConcurrentLinkedQueue<>();

	@ParameterizedTest
	@ValueSource(strings = { "socket-type/identity", "SOCKET-TYPE/IDENTITY", "Socket-type/iDENTITY" })
	void theCaseOfTheNamesOfPropertiesDoesNotMatter(String names) throws IOException {
		String type = names.substring(0, names.indexOf('/'));
		String identity = names.substring(names.indexOf('/') + 1);
		try (TestSockets sockets = sockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, TestSockets.TCP);
			try (ZmtpPeer peer = greeted(sockets, "router", ready(type, "DEALER", identity, "me"))) {
				peer.send(ZmtpPeer.frame(0, "hello"));
				ZmqMessage message = TestSockets.receive(router);
				assertThat(message.raw()[0]).isEqualTo(new byte[] { 'm', 'e' });
				assertThat(message.metadata()).containsEntry("Socket-Type", "DEALER").containsEntry("Identity", "me");
			}
			try (ZmtpPeer peer = greeted(sockets, "router", ready(type, "SUB"))) {
				assertThat(peer.isEnded()).isTrue();
				TestSockets.await(() -> String.valueOf(sockets.registry.status("router").lastError())
					.contains("the peer is a SUB, which does not fit a ROUTER"));
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PAIR", "ROUTER" })
	void noPeerIsDisplacedByTheEndOfItsSocket(SocketType type) throws IOException {
		String peerType = (type == SocketType.PAIR) ? "PAIR" : "DEALER";
		try (TestSockets sockets = sockets()) {
			for (int i = 0; i < 25; i++) {
				ManagedSocket socket = sockets.bind("s" + i, type, TestSockets.TCP, SocketOption.LINGER,
						Duration.ofMillis(100));
				try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "s" + i).handshake(0, peerType, "me")) {
					peer.send(ZmtpPeer.frame(0, "hello"));
					TestSockets.receive(socket);
					sockets.registry.remove("s" + i);
					assertThat(peer.isEnded()).isTrue();
				}
			}
			assertThat(this.events).filteredOn(ZmqSocketDisconnectedEvent.class::isInstance)
				.extracting((event) -> String.valueOf(((ZmqSocketDisconnectedEvent) event).getReason()))
				.noneMatch((reason) -> reason.contains("takes no second one") || reason.contains("routing id over"));
		}
	}

	private static ZmtpPeer greeted(TestSockets sockets, String name, byte[] ready) throws IOException {
		ZmtpPeer peer = ZmtpPeer.connect(sockets, name);
		peer.send(ZmtpPeer.join(ZmtpPeer.greeting(0), ready));
		peer.read(64);
		peer.readFrame();
		return peer;
	}

	private static byte[] ready(String... properties) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		text(body, "READY");
		for (int i = 0; i < properties.length; i += 2) {
			text(body, properties[i]);
			byte[] value = properties[i + 1].getBytes(StandardCharsets.US_ASCII);
			body.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
			body.writeBytes(value);
		}
		return ZmtpPeer.join(new byte[] { 4, (byte) body.size() }, body.toByteArray());
	}

	private static void text(ByteArrayOutputStream body, String text) {
		body.write(text.length());
		body.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
	}

	private TestSockets sockets() {
		return new TestSockets((event) -> {
			if (event instanceof ZmqSocketConnectionEvent told) {
				this.events.add(told);
			}
		});
	}

}
