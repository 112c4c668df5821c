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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.zmqspring.test.ZmqAppProcess;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of sockets with the defaults in a JVM of 256 MB, against peers that want all of
 * it. After each a good peer is served, and the heap is as it was. Those that take longer
 * run with {@code -Dzmqtest.limits=true}.
 */
@Timeout(300)
class SmallHeapTests {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private static final int MOST_LEFT = 60;

	private static ZmqAppProcess server;

	private static String[] endpoints;

	@BeforeAll
	static void start() {
		server = ZmqAppProcess.of(SmallHeapServer.class).jvmOptions("-Xmx256m").start();
		endpoints = server.awaitLine("^bound", PATIENCE).split(" ");
	}

	@AfterAll
	static void stop() {
		try (ZmqAppProcess process = server) {
			process.tell("close");
			process.awaitLine("closed", PATIENCE);
			assertThat(process.lines()).noneMatch((line) -> line.contains("OutOfMemoryError"))
				.noneMatch((line) -> line.contains("StackOverflowError"));
		}
	}

	private static String endpoint(String name) {
		return endpoints[1 + List.of("echo", "pull", "paused", "pub", "xpub").indexOf(name)];
	}

	private static String ask(String question) {
		server.tell(question);
		return server.awaitLine("^(read|published|status|heap) ?", PATIENCE);
	}

	@AfterEach
	void goodPeersAreServedAndTheHeapComesBack() {
		assertThatEchoes();
		TestSockets.await(() -> Integer.parseInt(ask("heap").substring(5)) < MOST_LEFT);
	}

	private static void assertThatEchoes() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket client = sockets.connect("client", SocketType.DEALER, endpoint("echo"));
			for (int size : new int[] { 10, 100_000, 10 }) {
				TestSockets.send(client, new byte[size]);
				assertThat(TestSockets.receive(client).frame(0)).hasSize(size);
			}
		}
	}

	private static RawPeer peer(String name, String type) throws IOException {
		return RawPeer.connect(endpoint(name)).handshake(type);
	}

	private static void close(List<RawPeer> peers) throws IOException {
		for (RawPeer peer : peers) {
			peer.close();
		}
	}

	/** E1. */
	@Test
	void announcedFrames() throws IOException {
		List<RawPeer> peers = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			RawPeer peer = peer("pull", "PUSH");
			peer.header(0, 63 << 20);
			peer.bytes(new byte[3]);
			peers.add(peer);
		}
		for (int i = 0; i < 240; i++) {
			RawPeer peer = peer("pull", "PUSH");
			peer.header(0, 1 << 20);
			peers.add(peer);
		}
		assertThatEchoes();
		close(peers);
		for (int i = 0; i < 300; i++) {
			try (RawPeer peer = RawPeer.connect(endpoint("pull")).greet()) {
				peer.header(RawPeer.COMMAND, 63 << 20);
				assertThat(peer.isEnded()).isTrue();
			}
		}
	}

	/** E2. */
	@Test
	void aListenerThatIsPaused() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, endpoint("paused"));
			for (int i = 0; i < 400; i++) {
				TestSockets.send(push, new byte[500_000]);
			}
			for (int i = 0; i < 5; i++) {
				assertThatEchoes();
			}
			assertThat(ask("read paused 400")).isEqualTo("read 200000000");
		}
	}

	/** E2. */
	@Test
	@EnabledIfSystemProperty(named = "zmqtest.limits", matches = "true")
	void sendersOfLargeMessages() {
		try (TestSockets sockets = new TestSockets()) {
			for (int i = 0; i < 8; i++) {
				ManagedSocket push = sockets.connect("push-" + i, SocketType.PUSH, endpoint("pull"));
				for (int k = 0; k < 3; k++) {
					TestSockets.send(push, new byte[63 << 20]);
				}
			}
			assertThatEchoes();
			assertThat(ask("read pull 24")).isEqualTo("read " + 24L * (63 << 20));
		}
	}

	/** E3. */
	@Test
	@EnabledIfSystemProperty(named = "zmqtest.limits", matches = "true")
	void idleConnections() throws IOException {
		List<RawPeer> peers = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			peers.add(peer("pull", "PUSH"));
		}
		System.out.println("10,000 connections: " + ask("heap") + " MB");
		assertThatEchoes();
		close(peers);
	}

	/** E4. */
	@Test
	void messagesThatDoNotEnd() throws IOException {
		try (RawPeer peer = peer("pull", "PUSH")) {
			sendUntilEnded(peer, RawPeer.MORE, new byte[200], 2_000_000);
			assertThat(peer.isEnded()).isTrue();
		}
		try (RawPeer peer = peer("pull", "PUSH")) {
			sendUntilEnded(peer, RawPeer.MORE, new byte[0], 1_000_000);
			assertThat(peer.isEnded()).isTrue();
		}
		assertThat(ask("status pull")).contains("options.max-frames");
	}

	private static void sendUntilEnded(RawPeer peer, int flags, byte[] body, int most) {
		ByteBuffer frames = ByteBuffer.allocate(1000 * (2 + body.length));
		while (frames.hasRemaining()) {
			frames.put((byte) flags).put((byte) body.length).put(body);
		}
		try {
			for (int i = 0; i < most; i += 1000) {
				peer.bytes(frames.array());
			}
		}
		catch (IOException ex) {
			// as it should be
		}
	}

	/** E5. */
	@Test
	void messagesToAPublisher() throws IOException {
		try (RawPeer peer = peer("pub", "SUB"); RawPeer upstream = peer("xpub", "XSUB")) {
			sendUntilEnded(peer, 0, "no subscription".getBytes(StandardCharsets.US_ASCII), 500_000);
			TestSockets.await(() -> Integer.parseInt(ask("status pub").split(" ")[1]) >= 500_000);
			byte[] large = new byte[1_000_000];
			large[0] = 'x';
			for (int i = 0; i < 300; i++) {
				upstream.largeFrame(0, large);
			}
			assertThat(ask("publish")).isEqualTo("published");
		}
	}

	/** E6. */
	@Test
	void longTopics() throws IOException {
		byte[] subscription = new byte[20_000];
		Arrays.fill(subscription, (byte) 1);
		for (String name : List.of("pub", "xpub")) {
			try (RawPeer peer = peer(name, "SUB"); RawPeer good = peer(name, "SUB")) {
				good.frame(0, "\1topic".getBytes(StandardCharsets.US_ASCII));
				peer.largeFrame(0, subscription);
				assertThat(peer.isEnded()).isTrue();
				TestSockets.await(() -> ask("publish").equals("published") && good.available() > 0);
				assertThat(good.readFrame()).isEqualTo("topic".getBytes(StandardCharsets.US_ASCII));
			}
		}
	}

	/** E7. */
	@Test
	void manySubscriptions() throws IOException {
		for (String name : List.of("pub", "xpub")) {
			try (RawPeer peer = peer(name, "SUB")) {
				ByteBuffer frames = ByteBuffer.allocate(22 * 1000);
				for (int i = 0; i < 1_000_000; i += 1000) {
					frames.clear();
					for (int k = i; k < i + 1000; k++) {
						frames.put((byte) 0).put((byte) 20).put((byte) 1);
						frames.put("%019d".formatted(k * 7919L).getBytes(StandardCharsets.US_ASCII));
					}
					peer.bytes(frames.array());
				}
				assertThat(peer.isEnded()).isTrue();
			}
			catch (IOException ex) {
				// ended while it still sent
			}
			assertThat(ask("status " + name)).contains("subscription");
		}
	}

}
