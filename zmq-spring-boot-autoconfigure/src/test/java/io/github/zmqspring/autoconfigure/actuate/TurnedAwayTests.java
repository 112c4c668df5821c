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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqHostUnreachableException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRequestTimeoutException;
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
				"zmq.sockets.lonely.bind=tcp://127.0.0.1:*");
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
	void messageThatAFilterRejects() {
		template().convertAndSend("to-picky", "no");
		ActuatorApp.await(() -> {
			assertThat(app.listener("picky").path("filtered").asInt()).isOne();
			assertThat(app.metric("zmq.listener.filtered", "COUNT", "listener:picky")).isOne();
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
