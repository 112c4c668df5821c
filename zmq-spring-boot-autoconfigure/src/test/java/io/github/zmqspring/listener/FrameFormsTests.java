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

package io.github.zmqspring.listener;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.autoconfigure.ZmqProxyAutoConfiguration;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the frames of protocols arrive as these mean them, and that replies go out
 * as they want them.
 */
@NoLeaks
@Timeout(60)
class FrameFormsTests {

	private static final BlockingQueue<List<String>> received = new LinkedBlockingQueue<>();

	@BeforeEach
	void clear() {
		received.clear();
	}

	@Test
	void aRouterTakesNoMoreThanThePeersIdentityOffAKeyValueMessage() throws Exception {
		try (ListenerApp app = ListenerApp.run(Service.class, "sockets.service.type=router",
				"sockets.service.bind=tcp://127.0.0.1:*")) {
			ZMQ.Socket dealer = app.peer(SocketType.DEALER, "service");
			send(dealer, "SET", "", "value");
			assertThat(next()).containsExactly("SET", "", "value");
			assertThat(receive(dealer)).containsExactly("done SET");
			send(dealer, "", "SET", "", "value");
			assertThat(next()).containsExactly("SET", "", "value");
			assertThat(receive(dealer)).containsExactly("", "done SET");
		}
	}

	@Test
	void aDealerGetsAKeyValueMessageWhole() throws Exception {
		try (ListenerApp app = ListenerApp.run(Client.class, "sockets.client.type=dealer",
				"sockets.client.bind=tcp://127.0.0.1:*", "sockets.client.options.routing-id=us")) {
			ZMQ.Socket router = app.peer(SocketType.ROUTER, "client");
			router.setRouterMandatory(true);
			Awaitility.await().until(() -> frames("us", "key", "seq", "uuid", "", "body").send(router));
			assertThat(next()).containsExactly("key", "seq", "uuid", "", "body");
			send(router, "us", "", "MDPC01", "echo", "reply");
			assertThat(next()).containsExactly("MDPC01", "echo", "reply");
		}
	}

	@Test
	void repliesFindTheirWayThroughSeveralBrokers() throws Exception {
		try (ListenerApp app = ListenerApp.run(Service.class, "sockets.service.type=router",
				"sockets.service.bind=inproc://service", "proxies.inner.type=queue",
				"proxies.inner.frontend.bind=inproc://inner", "proxies.inner.backend.connect=inproc://service",
				"proxies.outer.type=queue", "proxies.outer.frontend.bind=tcp://127.0.0.1:*",
				"proxies.outer.backend.connect=inproc://inner")) {
			ZMQ.Socket req = app.peer(SocketType.REQ, "outer.frontend");
			send(req, "question", "", "more");
			assertThat(next()).containsExactly("question", "", "more");
			assertThat(receive(req)).containsExactly("done question");
			ZMQ.Socket dealer = app.peer(SocketType.DEALER, "outer.frontend");
			send(dealer, "bare", "frames");
			assertThat(next()).containsExactly("bare", "frames");
			assertThat(receive(dealer)).containsExactly("done bare");
		}
	}

	@Test
	void theReturnPathCanBeTheIdentityAlone() throws Exception {
		try (ListenerApp app = ListenerApp.run(Service.class, "sockets.service.type=router",
				"sockets.service.bind=tcp://127.0.0.1:*", "sockets.service.return-path=identity")) {
			ZMQ.Socket dealer = app.peer(SocketType.DEALER, "service");
			send(dealer, "", "first frame", "value");
			assertThat(next()).containsExactly("", "first frame", "value");
			assertThat(receive(dealer)).containsExactly("done ");
		}
	}

	@Test
	void publishersMayPutAnEmptyFrameBehindTheTopic() throws Exception {
		try (ListenerApp app = ListenerApp.run(Feed.class, "sockets.feed.type=sub",
				"sockets.feed.bind=tcp://127.0.0.1:*")) {
			ZMQ.Socket pub = publisher(app);
			send(pub, "topic", "", "payload");
			assertThat(next()).containsExactly("topic", "payload");
			send(pub, "topic", "payload");
			assertThat(next()).containsExactly("topic", "payload");
			send(pub, "topic", "");
			assertThat(next()).containsExactly("topic", "");
			send(pub, "alone");
			assertThat(next()).containsExactly("alone", "alone");
		}
	}

	@Test
	void aSeparatorEndsTheTopicOfMessagesOfOneFrame() throws Exception {
		try (ListenerApp app = ListenerApp.run(Feed.class, "sockets.feed.type=sub",
				"sockets.feed.bind=tcp://127.0.0.1:*", "sockets.feed.topic-separator=::")) {
			ZMQ.Socket pub = publisher(app);
			send(pub, "json-minimal::[1]::2");
			assertThat(next()).containsExactly("json-minimal", "[1]::2");
			send(pub, "none:here");
			assertThat(next()).containsExactly("none:here", "none:here");
			send(pub, "::");
			assertThat(next()).containsExactly("", "");
			send(pub, "a::b", "payload");
			assertThat(next()).containsExactly("a::b", "payload");
		}
	}

	@Test
	void subscribersBySeparatorStillGetTheirOwnTopicsOnly() throws Exception {
		try (ListenerApp app = ListenerApp.run(TwoTopics.class, "sockets.feed.type=sub",
				"sockets.feed.bind=tcp://127.0.0.1:*", "sockets.feed.topic-separator= ")) {
			ZMQ.Socket pub = publisher(app);
			assertThat(pub.recv()).as("the other subscription").isNotNull();
			send(pub, "EURUSD 1.1");
			assertThat(next()).containsExactly("eur", "EURUSD", "1.1");
			send(pub, "EURUSDX 9");
			send(pub, "GBPUSD 1.3");
			assertThat(next()).containsExactly("gbp", "1.3");
		}
	}

	@Test
	void binaryNumbersAreReadInTheirByteOrder() throws Exception {
		try (ListenerApp app = ListenerApp.run(Numbers.class, "sockets.feed.type=sub",
				"sockets.feed.bind=tcp://127.0.0.1:*")) {
			ZMQ.Socket pub = publisher(app);
			byte[] little = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(258).array();
			byte[] big = ByteBuffer.allocate(8).putLong(-5).array();
			byte[] floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(-2).array();
			byte[] doubles = ByteBuffer.allocate(16).putDouble(0.25).putDouble(4).array();
			byte[] shorts = ByteBuffer.allocate(4)
				.order(ByteOrder.LITTLE_ENDIAN)
				.putShort((short) 7)
				.putShort((short) -1)
				.array();
			new ZMsg().append("hashblock")
				.append(little)
				.append(big)
				.append(floats)
				.append(doubles)
				.append(shorts)
				.send(pub);
			assertThat(next()).containsExactly("258", "-5", "[1.5, -2.0]", "[0.25, 4.0]", "[7, -1]", "258");
			new ZMsg().append("hashblock")
				.append("abc")
				.append(big)
				.append(floats)
				.append(doubles)
				.append(shorts)
				.send(pub);
			Awaitility.await().untilAsserted(() -> assertThat(app.listeners().status("numbers").unreadable()).isOne());
			assertThat(app.listeners().status("numbers").lastError()).contains("frame 1 has 3 bytes");
		}
	}

	private static List<String> next() throws InterruptedException {
		List<String> next = received.poll(20, TimeUnit.SECONDS);
		assertThat(next).as("a message").isNotNull();
		return next;
	}

	/** Knows its subscriber, so that nothing is published too early. */
	private static ZMQ.Socket publisher(ListenerApp app) {
		ZMQ.Socket publisher = app.peer(SocketType.XPUB, "feed");
		assertThat(publisher.recv()).as("a subscription").isNotNull();
		return publisher;
	}

	private static ZMsg frames(String... frames) {
		ZMsg message = new ZMsg();
		for (String frame : frames) {
			message.add(frame);
		}
		return message;
	}

	private static void send(ZMQ.Socket socket, String... frames) {
		assertThat(frames(frames).send(socket)).isTrue();
	}

	private static List<String> receive(ZMQ.Socket socket) {
		ZMsg message = ZMsg.recvMsg(socket);
		assertThat(message).as("a reply").isNotNull();
		return texts(message.stream().map((frame) -> frame.getData()).toList());
	}

	private static List<String> texts(List<byte[]> frames) {
		return frames.stream().map((frame) -> new String(frame, StandardCharsets.UTF_8)).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ZmqProxyAutoConfiguration.class)
	static class Service {

		@ZmqListener("service")
		String serve(ZmqMessage message) {
			received.add(texts(message.frames()));
			return "done " + message.text(0);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Client {

		@ZmqListener("client")
		void take(ZmqMessage message) {
			received.add(texts(message.frames()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Feed {

		@ZmqListener("feed")
		void take(@ZmqTopic String topic, @Header("zmq_topic") String header, @Payload String payload) {
			assertThat(header).isEqualTo(topic);
			received.add(List.of(topic, payload));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoTopics {

		@ZmqListener(socket = "feed", topics = "EURUSD ")
		void eur(@ZmqTopic String topic, @Payload String payload) {
			received.add(List.of("eur", topic, payload));
		}

		@ZmqListener(socket = "feed", topics = "GBPUSD")
		void gbp(String payload) {
			received.add(List.of("gbp", payload));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Numbers {

		@ZmqListener(id = "numbers", socket = "feed")
		void take(@ZmqFrame(value = 1, order = ZmqFrame.Order.LITTLE_ENDIAN) int number,
				@ZmqFrame(value = 2, order = ZmqFrame.Order.BIG_ENDIAN) long big,
				@ZmqFrame(value = 3, order = ZmqFrame.Order.LITTLE_ENDIAN) float[] floats,
				@ZmqFrame(value = 4, order = ZmqFrame.Order.BIG_ENDIAN) double[] doubles,
				@ZmqFrame(value = -1, order = ZmqFrame.Order.LITTLE_ENDIAN) short[] shorts,
				@ZmqFrame(value = 1, order = ZmqFrame.Order.LITTLE_ENDIAN) java.util.Optional<Long> wide) {
			List<String> texts = new ArrayList<>(List.of(String.valueOf(number), String.valueOf(big),
					Arrays.toString(floats), Arrays.toString(doubles), Arrays.toString(shorts)));
			texts.add(String.valueOf(wide.orElseThrow()));
			received.add(texts);
		}

	}

}
