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

package io.github.zmqspring.autoconfigure.actuate;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqHostUnreachableException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRequestTimeoutException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqMessageFilter;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import tools.jackson.databind.JsonNode;

import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The second table of docs/troubleshooting.md: ways in which a message or a peer is
 * turned away. What became of each is read from {@code /actuator}, and from nothing else.
 */
@NoLeaks
class TurnedAwayTests {

	private static ActuatorApp app;

	@BeforeAll
	static void start() {
		app = ActuatorApp.start(Listeners.class, "zmq.sockets.orders.type=pull",
				"zmq.sockets.orders.bind=inproc://orders", "zmq.sockets.to-orders.type=push",
				"zmq.sockets.to-orders.connect=inproc://orders", "zmq.sockets.picky.type=pull",
				"zmq.sockets.picky.bind=inproc://picky", "zmq.sockets.to-picky.type=push",
				"zmq.sockets.to-picky.connect=inproc://picky", "zmq.sockets.service.type=rep",
				"zmq.sockets.service.bind=tcp://127.0.0.1:*", "zmq.sockets.silent.type=router",
				"zmq.sockets.silent.bind=inproc://silent", "zmq.sockets.ask.type=req",
				"zmq.sockets.ask.connect=inproc://silent", "zmq.sockets.lonely.type=router",
				"zmq.sockets.lonely.bind=tcp://127.0.0.1:*", "zmq.sockets.lonely.options.handshake-interval=1s",
				"zmq.sockets.named.type=router", "zmq.sockets.named.bind=tcp://127.0.0.1:*",
				"zmq.sockets.small.type=pull", "zmq.sockets.small.bind=tcp://127.0.0.1:*",
				"zmq.sockets.small.options.max-message-size=1KB", "zmq.sockets.fragile.type=pull",
				"zmq.sockets.fragile.bind=inproc://fragile", "zmq.sockets.to-fragile.type=push",
				"zmq.sockets.to-fragile.connect=inproc://fragile", "zmq.sockets.graves.type=push",
				"zmq.sockets.graves.bind=inproc://graves", "zmq.sockets.graveyard.type=pull",
				"zmq.sockets.graveyard.connect=inproc://graves", "zmq.sockets.tasks.type=push",
				"zmq.sockets.tasks.bind=tcp://127.0.0.1:*", "zmq.sockets.noisy.type=pull",
				"zmq.sockets.noisy.bind=inproc://noisy", "zmq.sockets.to-noisy.type=push",
				"zmq.sockets.to-noisy.connect=inproc://noisy", "zmq.sockets.careless.type=pull",
				"zmq.sockets.careless.bind=inproc://careless", "zmq.sockets.to-careless.type=push",
				"zmq.sockets.to-careless.connect=inproc://careless", "zmq.sockets.feed.type=sub",
				"zmq.sockets.feed.connect=inproc://feed", "zmq.sockets.feed.topics=wanted,other",
				"zmq.sockets.to-feed.type=pub", "zmq.sockets.to-feed.bind=inproc://feed",
				"zmq.sockets.guarded.type=pull", "zmq.sockets.guarded.bind=tcp://127.0.0.1:*",
				"zmq.sockets.guarded.security.mechanism=plain", "zmq.sockets.guarded.security.users=staff",
				"zmq.security.users.staff.alice=open sesame", "zmq.sockets.beating.type=pull",
				"zmq.sockets.beating.bind=tcp://127.0.0.1:*", "zmq.sockets.beating.options.heartbeat-interval=200ms");
		// the thread for replies starts with the first request
		template().requestAsync("ask", "warm", String.class).cancel(false);
		template().receiveFrames("silent", Duration.ofSeconds(20));
	}

	@AfterAll
	static void stop() {
		Listeners.release.countDown();
		app.close();
	}

	private static ZmqTemplate template() {
		return app.bean(ZmqTemplate.class);
	}

	@Test
	void unreadableMessage() {
		template().convertAndSend("to-orders", "my secret, not JSON");
		ActuatorApp.await(() -> {
			JsonNode listener = app.listener("orders");
			assertThat(listener.path("unreadable").asInt()).isOne();
			assertThat(listener.path("handled").asInt()).isZero();
			assertThat(listener.path("lastError").asString()).isNotEmpty().doesNotContain("secret");
			assertThat(app.metric("zmq.listener.unreadable", "COUNT", "listener:orders")).isOne();
		});
	}

	@Test
	void messageThatFailsAndIsDeadLettered() {
		template().convertAndSend("to-fragile", "my secret");
		ZmqMessage letter = template().receiveFrames("graveyard", Duration.ofSeconds(20));
		assertThat(letter.text(0)).contains("reason=FAILED", "listener=fragile");
		ActuatorApp.await(() -> {
			JsonNode listener = app.listener("fragile");
			assertThat(listener.path("failed").asInt()).isOne();
			assertThat(listener.path("deadLettered").asInt()).isOne();
			assertThat(listener.path("lastError").asString()).doesNotContain("secret");
			assertThat(app.metric("zmq.listener.dead.lettered", "COUNT", "listener:fragile")).isOne();
		});
	}

	@Test
	void failuresThatAreLeftOutOfTheLog() {
		for (int i = 0; i < 12; i++) {
			template().convertAndSend("to-noisy", "{\"item\": \"my secret\", \"amount\": 1}");
		}
		// has lines of its own
		template().convertAndSend("to-noisy", "my secret, not JSON");
		ActuatorApp.await(() -> {
			JsonNode listener = app.listener("noisy");
			assertThat(listener.path("failed").asInt()).isEqualTo(12);
			assertThat(listener.path("unreadable").asInt()).isOne();
			assertThat(listener.path("notLogged").asInt()).isEqualTo(2);
			assertThat(listener.path("lastError").asString()).contains("cannot read a message")
				.doesNotContain("secret");
			assertThat(app.metric("zmq.listener.not.logged", "COUNT", "listener:noisy")).isEqualTo(2);
		});
	}

	@Test
	void listenerThatMisusesThisLibrary() {
		template().convertAndSend("to-careless", "misuse");
		ActuatorApp.await(() -> {
			JsonNode listener = app.listener("careless");
			assertThat(listener.path("failed").asInt()).isOne();
			assertThat(listener.path("lastError").asString()).contains("ZmqUnknownSocketException", "no-such-socket")
				.doesNotContain("secret", "withheld");
		});
	}

	@Test
	void resultThatGoesNowhere() {
		template().convertAndSend("to-careless", "result");
		ActuatorApp.await(() -> {
			assertThat(app.listener("careless").path("discarded").asInt()).isOne();
			assertThat(app.metric("zmq.listener.discarded", "COUNT", "listener:careless")).isOne();
		});
	}

	@Test
	void messageThatAFilterRejects() {
		template().convertAndSend("to-picky", "no");
		ActuatorApp.await(() -> {
			assertThat(app.listener("picky").path("filtered").asInt()).isOne();
			assertThat(app.metric("zmq.listener.filtered", "COUNT", "listener:picky")).isOne();
		});
	}

	@Test
	void messageOfATopicThatNoListenerWants() throws InterruptedException {
		assertThat(app.bean(ZmqSockets.class).awaitSubscribers("to-feed", "other", 1, Duration.ofSeconds(20))).isTrue();
		template().publish("to-feed", "other", "x");
		template().publish("to-feed", "wanted", "x");
		ActuatorApp.await(() -> {
			assertThat(app.listener("feed").path("handled").asInt()).isOne();
			assertThat(app.socket("feed").path("status").path("dropped").asInt()).isOne();
			assertThat(app.metric("zmq.messages.dropped", "COUNT", "socket:feed")).isOne();
		});
	}

	@Test
	void messageToARepThatIsNoRequest() {
		try (ZContext context = new ZContext(); ZMQ.Socket peer = context.createSocket(SocketType.DEALER)) {
			peer.setHandshakeIvl(1000);
			peer.connect(app.property("local.zmq.service.endpoint"));
			// a request has an empty frame in front of its body
			peer.send("no request");
			ActuatorApp.await(() -> {
				assertThat(app.socket("service").path("status").path("dropped").asInt()).isOne();
				assertThat(app.metric("zmq.messages.dropped", "COUNT", "socket:service")).isOne();
			});
		}
	}

	@Test
	void requestWithoutAReplyAndAReplyThatComesTooLate() {
		assertThatExceptionOfType(ZmqRequestTimeoutException.class).isThrownBy(() -> template().newMessage("question")
			.to("ask")
			.timeout(Duration.ofMillis(100))
			.request(String.class));
		ZmqMessage request = template().receiveFrames("silent", Duration.ofSeconds(20));
		template().reply("silent", request, "late");
		ActuatorApp.await(() -> {
			JsonNode requests = app.socket("ask").path("requests");
			assertThat(requests.path("timeouts").asInt()).isOne();
			assertThat(requests.path("late").asInt()).isOne();
			assertThat(requests.path("pending").asInt()).isZero();
			assertThat(app.metric("zmq.requests.timeouts", "COUNT", "socket:ask")).isOne();
			assertThat(app.metric("zmq.requests.late", "COUNT", "socket:ask")).isOne();
		});
	}

	@Test
	void replyToAClientThatIsGone() {
		try (ZContext context = new ZContext(); ZMQ.Socket client = context.createSocket(SocketType.REQ)) {
			client.setHandshakeIvl(1000);
			client.setLinger(1000);
			client.connect(app.property("local.zmq.service.endpoint"));
			client.send("wait");
			ActuatorApp.await(() -> assertThat(app.listener("service").path("active").asInt()).isOne());
		}
		ActuatorApp.await(() -> assertThat(app.socket("service").path("status").path("peers").asInt()).isZero());
		Listeners.release.countDown();
		ActuatorApp.await(() -> {
			assertThat(app.listener("service").path("undeliverable").asInt()).isOne();
			assertThat(app.metric("zmq.listener.undeliverable", "COUNT", "listener:service")).isOne();
		});
	}

	@Test
	void messageToAPeerThatIsNotThere() {
		assertThatExceptionOfType(ZmqHostUnreachableException.class)
			.isThrownBy(() -> template().sendTo("lonely", "nobody", "x"));
		JsonNode status = app.socket("lonely").path("status");
		assertThat(status.path("rejected").asInt()).isOne();
		assertThat(status.path("peers").asInt()).isZero();
		assertThat(app.metric("zmq.messages.rejected", "COUNT", "socket:lonely")).isOne();
	}

	@Test
	void peerOfATypeThatDoesNotFit() throws IOException {
		int port = Integer.parseInt(app.property("local.zmq.tasks.port"));
		ByteBuffer handshake = handshake("SUB");
		try (Socket peer = new Socket("127.0.0.1", port)) {
			peer.getOutputStream().write(handshake.array(), 0, handshake.position());
			awaitError("tasks", "the peer is a SUB, which does not fit a PUSH");
			assertThat(app.socket("tasks").path("status").path("peers").asInt()).isZero();
		}
	}

	/** Byte by byte: libzmq and JeroMQ may close before they have said their type. */
	private static ByteBuffer handshake(String type) {
		ByteBuffer handshake = ByteBuffer.allocate(64 + 26 + type.length());
		handshake.put(0, (byte) 0xff).put(9, (byte) 0x7f).put(10, (byte) 3);
		handshake.put(12, "NULL".getBytes(StandardCharsets.US_ASCII));
		handshake.position(64).put((byte) 4).put((byte) (22 + type.length())).put((byte) 5);
		handshake.put("READY".getBytes(StandardCharsets.US_ASCII)).put((byte) 11);
		handshake.put("Socket-Type".getBytes(StandardCharsets.US_ASCII)).putInt(type.length());
		return handshake.put(type.getBytes(StandardCharsets.US_ASCII));
	}

	@Test
	void peerWithWrongCredentials() {
		try (ZContext context = new ZContext(); ZMQ.Socket peer = context.createSocket(SocketType.PUSH)) {
			peer.setHandshakeIvl(1000);
			peer.setPlainUsername("alice");
			peer.setPlainPassword("my secret");
			peer.connect(app.property("local.zmq.guarded.endpoint"));
			awaitError("guarded", "its user name or password is wrong");
			JsonNode status = app.socket("guarded").path("status");
			assertThat(status.path("peers").asInt()).isZero();
			assertThat(status.path("lastError").asString()).doesNotContain("secret");
		}
	}

	@Test
	void peerThatDoesNotAnswerHeartbeats() throws IOException {
		int port = Integer.parseInt(app.property("local.zmq.beating.port"));
		ByteBuffer handshake = handshake("PUSH");
		// heartbeats are for peers of 3.1 and later
		handshake.put(11, (byte) 1);
		try (Socket peer = new Socket("127.0.0.1", port)) {
			peer.getOutputStream().write(handshake.array(), 0, handshake.position());
			awaitError("beating", "the peer was silent for");
		}
	}

	@Test
	void peerWithARoutingIdThatIsTaken() {
		try (ZContext context = new ZContext();
				ZMQ.Socket one = context.createSocket(SocketType.DEALER);
				ZMQ.Socket two = context.createSocket(SocketType.DEALER)) {
			for (ZMQ.Socket peer : List.of(one, two)) {
				peer.setHandshakeIvl(1000);
				peer.setIdentity("robot-1".getBytes(StandardCharsets.US_ASCII));
				peer.connect(app.property("local.zmq.named.endpoint"));
			}
			awaitError("named", "router-handover");
			assertThat(app.socket("named").path("status").path("peers").asInt()).isOne();
		}
	}

	@Test
	void messageThatIsTooLarge() {
		try (ZContext context = new ZContext(); ZMQ.Socket peer = context.createSocket(SocketType.PUSH)) {
			// a connecting socket of JeroMQ's own stalls now and then
			peer.setHandshakeIvl(1000);
			peer.setLinger(0);
			peer.connect(app.property("local.zmq.small.endpoint"));
			peer.send(new byte[2000]);
			awaitError("small", "2000");
			ActuatorApp.await(() -> {
				JsonNode status = app.socket("small").path("status");
				assertThat(status.path("lastError").asString()).contains("1024");
				assertThat(status.path("received").asInt()).isZero();
				assertThat(status.path("dropped").asInt()).isPositive();
				assertThat(app.metric("zmq.messages.dropped", "COUNT", "socket:small")).isPositive();
			});
		}
	}

	@Test
	void peerThatSaysNothingOrDoesNotSpeakZeroMq() throws IOException {
		int port = Integer.parseInt(app.property("local.zmq.lonely.port"));
		try (Socket stranger = new Socket("127.0.0.1", port)) {
			stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			awaitError("lonely", "ZMTP does not know");
			assertThat(app.socket("lonely").path("status").path("peers").asInt()).isZero();
		}
		try (Socket stranger = new Socket("127.0.0.1", port)) {
			awaitError("lonely", "the handshake was not over");
			assertThat(app.socket("lonely").path("status").path("peers").asInt()).isZero();
		}
	}

	private static void awaitError(String socket, String text) {
		ActuatorApp.await(() -> {
			JsonNode report = app.socket(socket);
			assertThat(report.path("status").path("lastError").asString()).contains(text);
			assertThat(report.path("refusals").asInt()).isPositive();
		});
	}

	record Order(String item, int amount) {
	}

	static class Listeners {

		static CountDownLatch release = new CountDownLatch(1);

		@Bean
		ZmqMessageFilter onlyYes() {
			return (message, listener) -> !"no".equals(message.text(message.size() - 1));
		}

		@ZmqListener(id = "orders", socket = "orders")
		void order(Order order) {
		}

		@ZmqListener(id = "fragile", socket = "fragile", deadLetter = "graves")
		void fail(String message) {
			throw new IllegalStateException("No such customer");
		}

		@ZmqListener(id = "noisy", socket = "noisy")
		void fail(Order order) {
			throw new IllegalStateException("No such item");
		}

		@ZmqListener(id = "careless", socket = "careless")
		String misuse(String message) {
			if ("misuse".equals(message)) {
				template().convertAndSend("no-such-socket", "my secret");
			}
			return "for no peer";
		}

		@ZmqListener(id = "feed", socket = "feed", topics = "wanted")
		@ZmqListener(id = "second", socket = "feed", topics = "second")
		void read(String message) {
		}

		@ZmqListener(id = "picky", socket = "picky")
		void pick(String answer) {
		}

		@ZmqListener(id = "service", socket = "service")
		CompletableFuture<String> serve(String request) throws InterruptedException {
			release.await(60, TimeUnit.SECONDS);
			return CompletableFuture.completedFuture(request);
		}

	}

}
