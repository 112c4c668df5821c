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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.status.SubscriptionStatus;
import io.github.zmqspring.event.ZmqMessagesRefusedEvent;
import io.github.zmqspring.event.ZmqSocketDisconnectedEvent;
import io.github.zmqspring.event.ZmqSocketHandshakeFailedEvent;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.jeromq.Subscribers;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the limits of what a peer may send: what is at a limit passes, what is over it
 * costs its own connection, or nothing but itself, and is told of.
 */
@NoLeaks
@Timeout(60)
class IncomingLimitTests {

	private final List<Object> events = new CopyOnWriteArrayList<>();

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] topic(int first, int length) {
		byte[] topic = new byte[1 + length];
		topic[0] = (byte) first;
		Arrays.fill(topic, 1, topic.length, (byte) 'a');
		return topic;
	}

	@ParameterizedTest
	@CsvSource({ "PULL, PUSH", "SUB, PUB", "XSUB, XPUB", "PAIR, PAIR", "DEALER, DEALER", "ROUTER, DEALER", "REP, REQ" })
	void theSizeOfAMessageIsThatOfAllItsFrames(SocketType type, String peerType) throws IOException {
		try (TestSockets sockets = new TestSockets((ApplicationEventPublisher) this.events::add)) {
			ManagedSocket socket = sockets.bind("in", type, TestSockets.TCP, SocketOption.MAX_MESSAGE_SIZE,
					DataSize.ofBytes(1000));
			if (type == SocketType.SUB) {
				sockets.registry.subscribe("in", "");
			}
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("in")).handshake(peerType)) {
				request(peer, type).largeFrame(RawPeer.MORE, new byte[600]);
				peer.largeFrame(0, new byte[400]);
				assertThat(TestSockets.receive(socket).bytes()).isGreaterThanOrEqualTo(1000);
				request(peer, type).largeFrame(RawPeer.MORE, new byte[600]);
				peer.largeFrame(RawPeer.MORE, new byte[401]);
				peer.frame(RawPeer.MORE, bytes("more"));
				peer.largeFrame(0, new byte[300]);
				request(peer, type).frame(0, bytes("one"));
				request(peer, type).largeFrame(0, new byte[100_000]);
				request(peer, type).frame(0, bytes("two"));
				assertThat(TestSockets.text(TestSockets.receive(socket))).endsWith("one");
				assertThat(TestSockets.text(TestSockets.receive(socket))).endsWith("two");
			}
			assertThat(sockets.registry.status("in").dropped()).isEqualTo(2);
			assertThat(sockets.registry.status("in").lastError()).contains("100000 bytes", "limit of 1000",
					"options.max-message-size", sockets.endpoint("in"));
			TestSockets
				.await(() -> this.events.stream().filter(ZmqMessagesRefusedEvent.class::isInstance).count() == 2);
		}
	}

	/** What a REP finds in front of the body. */
	private static RawPeer request(RawPeer peer, SocketType type) throws IOException {
		if (type == SocketType.REP) {
			peer.frame(RawPeer.MORE, new byte[0]);
		}
		return peer;
	}

	@Test
	void aReplyThatIsTooLongCostsNoOther() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket server = sockets.bind("server", SocketType.ROUTER, TestSockets.TCP);
			ManagedSocket client = sockets.connect("client", SocketType.DEALER, sockets.endpoint("server"),
					SocketOption.MAX_MESSAGE_SIZE, DataSize.ofKilobytes(100));
			TestSockets.send(client, "question");
			byte[] id = TestSockets.receive(server).raw()[0];
			for (int i = 0; i < 20; i++) {
				TestSockets.send(server, id, (i == 4) ? new byte[3_000_000] : bytes("reply " + i));
			}
			for (int i = 0; i < 20; i++) {
				if (i != 4) {
					assertThat(TestSockets.text(TestSockets.receive(client))).isEqualTo("reply " + i);
				}
			}
			assertThat(sockets.registry.status("client").dropped()).isOne();
			assertThat(sockets.registry.status("client").lastError()).contains("3000000 bytes", "limit of 102400");
		}
	}

	@ParameterizedTest
	@CsvSource({ "PULL, PUSH", "SUB, PUB", "XSUB, XPUB", "DEALER, DEALER", "ROUTER, DEALER", "REP, REQ", "XPUB, XSUB" })
	void theFramesOfAMessageAreLimited(SocketType type, String peerType) throws IOException {
		try (TestSockets sockets = new TestSockets((ApplicationEventPublisher) this.events::add)) {
			ManagedSocket socket = sockets.bind("in", type, TestSockets.TCP, SocketOption.MAX_FRAMES, 10);
			if (type == SocketType.SUB) {
				sockets.registry.subscribe("in", "");
			}
			try (RawPeer good = RawPeer.connect(sockets.endpoint("in")).handshake(peerType);
					RawPeer peer = RawPeer.connect(sockets.endpoint("in")).handshake(peerType)) {
				frames(good, 10);
				assertThat(TestSockets.text(TestSockets.receive(socket))).endsWith("|last");
				frames(peer, 11);
				assertThat(peer.isEnded()).isTrue();
				frames(good, 10);
				assertThat(TestSockets.text(TestSockets.receive(socket))).endsWith("|last");
			}
			assertThat(sockets.registry.status("in").lastError()).contains("more than 10 frames", "options.max-frames");
			assertThat(sockets.registry.status("in").dropped()).isOne();
			TestSockets.await(() -> this.events.stream()
				.anyMatch((event) -> event instanceof ZmqSocketDisconnectedEvent ended
						&& ended.getReason().contains("more than 10 frames")));
		}
	}

	private static void frames(RawPeer peer, int count) throws IOException {
		for (int i = 1; i < count; i++) {
			peer.frame(RawPeer.MORE, (i == 1) ? new byte[0] : bytes("x"));
		}
		peer.frame(0, bytes("last"));
	}

	@ParameterizedTest
	@CsvSource({ "4, 8192, false", "4, 8193, true", "0, 8193, true", "0, 66060288, true", "1, 66060288, true" })
	void aFrameOfAHandshakeIsAShortOne(int flags, int size, boolean ended) throws IOException {
		try (TestSockets sockets = new TestSockets((ApplicationEventPublisher) this.events::add)) {
			sockets.bind("in", SocketType.PULL, TestSockets.TCP);
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("in")).greet()) {
				peer.header(flags, size);
				if (ended) {
					assertThat(peer.isEnded()).isTrue();
					assertThat(sockets.registry.status("in").lastError()).contains(size + " bytes", "limit of 8192",
							"options.max-command-size");
					TestSockets.await(() -> this.events.stream()
						.anyMatch((event) -> event instanceof ZmqSocketHandshakeFailedEvent));
				}
				else {
					// it is read, and is none that the handshake knows
					peer.bytes(new byte[size]);
					assertThat(peer.isEnded()).isTrue();
					assertThat(sockets.registry.status("in").lastError()).doesNotContain("limit");
				}
			}
		}
	}

	@Test
	void aCommandBetweenMessagesIsAShortOne() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("in", SocketType.PULL, TestSockets.TCP, SocketOption.MAX_COMMAND_SIZE,
					DataSize.ofKilobytes(1));
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("in")).handshake("PUSH")) {
				peer.frame(RawPeer.MORE, bytes("one"));
				peer.largeFrame(RawPeer.COMMAND, command(1024));
				peer.frame(0, bytes("two"));
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("one|two");
				peer.largeFrame(RawPeer.COMMAND, command(1025));
				assertThat(peer.isEnded()).isTrue();
			}
			assertThat(sockets.registry.status("in").lastError()).contains("1025 bytes");
		}
	}

	private static byte[] command(int size) {
		byte[] command = new byte[size];
		command[0] = 4;
		System.arraycopy(bytes("WHAT"), 0, command, 1, 4);
		return command;
	}

	@ParameterizedTest
	@CsvSource({ "PUB, SUB", "XPUB, XSUB" })
	void theLengthOfATopicIsLimited(SocketType type, String peerType) throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pub = sockets.bind("out", type, TestSockets.TCP, SocketOption.MAX_TOPIC_SIZE,
					DataSize.ofBytes(100));
			try (RawPeer good = RawPeer.connect(sockets.endpoint("out")).handshake(peerType);
					RawPeer peer = RawPeer.connect(sockets.endpoint("out")).handshake(peerType)) {
				good.largeFrame(0, topic(1, 100));
				peer.largeFrame(0, topic(1, 101));
				assertThat(peer.isEnded()).isTrue();
				TestSockets.await(() -> sockets.registry.subscribers("out", "a".repeat(100)) == 1);
				TestSockets.send(pub, "a".repeat(100));
				assertThat(good.readFrame()).hasSize(100);
			}
			assertThat(sockets.registry.status("out").lastError()).contains("101 bytes", "limit of 100",
					"options.max-topic-size");
		}
	}

	/** JeroMQ's own table of topics is recursive. */
	@ParameterizedTest
	@CsvSource({ "PUB, SUB", "XPUB, XSUB" })
	void theLongestTopicThatCanBeAllowedOverflowsNoStack(SocketType type, String peerType) throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pub = sockets.bind("out", type, TestSockets.TCP, SocketOption.MAX_TOPIC_SIZE,
					DataSize.ofKilobytes(2));
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("out")).handshake(peerType)) {
				peer.largeFrame(0, topic(1, 2048));
				TestSockets.await(() -> sockets.registry.subscribers("out", "a".repeat(2048)) == 1);
				List<SubscriptionStatus> subscriptions = pub.call((zmq) -> Subscribers.list(zmq.base(), 10));
				assertThat(subscriptions).singleElement()
					.satisfies((subscription) -> assertThat(subscription.topic()).hasSize(2048));
				Thread thread = new Thread(null, () -> TestSockets.send(pub, "a".repeat(3000)), "small", 512 * 1024);
				thread.start();
				thread.join();
				assertThat(peer.readFrame()).hasSize(3000);
				peer.largeFrame(0, topic(0, 2048));
				TestSockets.await(() -> sockets.registry.subscribers("out", "a".repeat(2048)) == 0);
				peer.largeFrame(0, topic(1, 2048));
				TestSockets.await(() -> sockets.registry.subscribers("out", "a".repeat(2048)) == 1);
			}
			TestSockets.await(() -> sockets.registry.subscribers("out", "a".repeat(2048)) == 0);
		}
	}

	@ParameterizedTest
	@CsvSource({ "PUB, SUB", "XPUB, XSUB" })
	void theSubscriptionsOfAPeerAreLimited(SocketType type, String peerType) throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("out", type, TestSockets.TCP, SocketOption.MAX_SUBSCRIPTIONS, 100);
			try (RawPeer good = RawPeer.connect(sockets.endpoint("out")).handshake(peerType);
					RawPeer peer = RawPeer.connect(sockets.endpoint("out")).handshake(peerType)) {
				for (RawPeer each : List.of(good, peer)) {
					for (int i = 0; i < 100; i++) {
						each.frame(0, bytes("\1topic " + i));
						each.frame(0, bytes("\1topic " + i));
					}
					// one that was not there frees no place
					each.frame(0, bytes("\0no topic"));
					each.frame(0, bytes("\0topic 0"));
					each.frame(0, bytes("\1topic 100"));
				}
				TestSockets.await(() -> sockets.registry.subscribers("out", "topic 100") == 2);
				peer.frame(0, bytes("\1topic 101"));
				assertThat(peer.isEnded()).isTrue();
				TestSockets.await(() -> sockets.registry.subscribers("out", "topic 100") == 1);
				assertThat(sockets.registry.subscribers("out", "topic 101")).isOne();
				assertThat(sockets.registry.status("out").lastError()).contains("more than 100 subscriptions",
						"options.max-subscriptions");
			}
		}
	}

	@Test
	void theGroupsOfAPeerAreLimited() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("out", SocketType.RADIO, TestSockets.TCP, SocketOption.MAX_SUBSCRIPTIONS, 10);
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("out")).handshake("DISH")) {
				for (int i = 0; i < 10; i++) {
					peer.frame(RawPeer.COMMAND, bytes("\4JOIN" + i));
					peer.frame(RawPeer.COMMAND, bytes("\4JOIN" + i));
				}
				TestSockets.await(() -> sockets.registry.subscribers("out", "9") == 1);
				peer.frame(RawPeer.COMMAND, bytes("\5LEAVE0"));
				TestSockets.await(() -> sockets.registry.subscribers("out", "0") == 0);
				peer.frame(RawPeer.COMMAND, bytes("\4JOINa"));
				peer.frame(RawPeer.COMMAND, bytes("\4JOINb"));
				assertThat(peer.isEnded()).isTrue();
			}
			assertThat(sockets.registry.status("out").lastError()).contains("more than 10 subscriptions");
		}
	}

	@ParameterizedTest
	@CsvSource({ "PUB, SUB", "PUSH, PULL", "RADIO, DISH", "SCATTER, GATHER" })
	void messagesToASocketThatOnlySendsAreDroppedAndCounted(SocketType type, String peerType) throws IOException {
		try (TestSockets sockets = new TestSockets((ApplicationEventPublisher) this.events::add)) {
			sockets.bind("out", type, TestSockets.TCP);
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("out")).handshake(peerType)) {
				sockets.awaitPeers("out", 1);
				int count = 2000;
				// single frames are messages each
				int messages = (type == SocketType.SCATTER) ? 2 * count : count;
				for (int i = 0; i < count; i++) {
					peer.frame(RawPeer.MORE, bytes("\1what"));
					peer.frame(0, bytes("nobody reads"));
				}
				TestSockets.await(() -> sockets.registry.status("out").dropped() == messages);
				assertThat(sockets.registry.status("out").peers()).isOne();
				assertThat(sockets.registry.status("out").lastError()).contains(sockets.endpoint("out"));
				if (type == SocketType.PUB) {
					assertThat(sockets.registry.subscribers("out", "what")).isZero();
				}
				assertThat(this.events.stream().filter(ZmqMessagesRefusedEvent.class::isInstance)).hasSizeBetween(1,
						25);
			}
		}
	}

	/**
	 * JeroMQ takes a frame that begins with 0 or 1 for a subscription, wherever it is.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void aMessageToAnXpubIsTakenApartByNoFrameOfIts(int first) throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket xpub = sockets.bind("xpub", SocketType.XPUB, TestSockets.TCP);
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("xpub")).handshake("XSUB")) {
				peer.frame(RawPeer.MORE, bytes("upstream"));
				peer.frame(RawPeer.MORE, topic(first, 3));
				peer.frame(0, bytes("rest"));
				peer.frame(RawPeer.MORE, topic(first, 3));
				peer.frame(0, bytes("rest"));
				peer.frame(RawPeer.MORE, bytes("up"));
				peer.frame(0, bytes("stream"));
				assertThat(TestSockets.text(TestSockets.receive(xpub))).isEqualTo("up|stream");
				assertThat(sockets.registry.subscribers("xpub", "aaa")).isZero();
				TestSockets.await(() -> sockets.registry.status("xpub").dropped() == 2);
			}
		}
	}

}
