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
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqAppProcess;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.jeromq.Descriptors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The ten broken set-ups of docs/troubleshooting.md: each is broken here, and what is
 * wrong is read from {@code /actuator}, and from nothing else.
 */
@NoLeaks
@Timeout(300)
class TroubleshootingTests {

	private static ActuatorApp app;

	@BeforeAll
	static void start() throws IOException {
		String closed;
		try (ServerSocket probe = new ServerSocket()) {
			probe.bind(new InetSocketAddress("127.0.0.1", 0));
			closed = "tcp://127.0.0.1:" + probe.getLocalPort();
		}
		app = ActuatorApp.start(Listeners.class, "zmq.sockets.lonely.type=push",
				"zmq.sockets.lonely.bind=tcp://127.0.0.1:*", "zmq.sockets.lonely.health.required-peers=1",
				"zmq.sockets.wrong-port.type=push", "zmq.sockets.wrong-port.connect=" + closed,
				"zmq.sockets.wrong-host.type=push", "zmq.sockets.wrong-host.connect=tcp://nowhere.invalid:5555",
				"zmq.sockets.news.type=pub", "zmq.sockets.news.bind=tcp://127.0.0.1:*", "zmq.sockets.reader.type=sub",
				"zmq.sockets.reader.topics=wether", "zmq.sockets.reader.auto-startup=true",
				"zmq.sockets.reader.bind=inproc://unused", "zmq.sockets.slow.type=pull",
				"zmq.sockets.slow.bind=inproc://slow", "zmq.sockets.to-slow.type=push",
				"zmq.sockets.to-slow.connect=inproc://slow", "zmq.sockets.failing.type=pull",
				"zmq.sockets.failing.bind=inproc://failing", "zmq.sockets.to-failing.type=push",
				"zmq.sockets.to-failing.connect=inproc://failing", "zmq.sockets.unread.type=pull",
				"zmq.sockets.unread.bind=inproc://unread", "zmq.sockets.unread.options.receive-hwm=5",
				"zmq.sockets.to-unread.type=push", "zmq.sockets.to-unread.connect=inproc://unread",
				"zmq.sockets.to-unread.options.send-hwm=5", "zmq.sockets.held.type=pull",
				"zmq.sockets.held.bind=inproc://held", "zmq.sockets.to-held.type=push",
				"zmq.sockets.to-held.connect=inproc://held", "zmq.sockets.leaving.type=push",
				"zmq.sockets.leaving.connect=" + closed, "zmq.sockets.leaving.options.linger=10ms");
		app.bean(SocketRegistry.class).connect("reader", app.property("local.zmq.news.endpoint"));
		ActuatorApp.await(() -> assertThat(app.socket("reader").path("connects").path(0).path("state").asString())
			.isEqualTo("CONNECTED"));
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
	void noPeer() {
		assertThat(template().trySend("lonely", "x")).isFalse();
		JsonNode health = app.get("/health/zmq/lonely");
		assertThat(health.path("status").asString()).isEqualTo("DOWN");
		assertThat(health.path("details").path("reason").asString()).isEqualTo("It has 0 of 1 required peers");
		JsonNode socket = app.socket("lonely");
		assertThat(socket.path("status").path("peers").asInt()).isZero();
		assertThat(socket.path("peers")).isEmpty();
		assertThat(socket.path("status").path("rejected").asInt()).isPositive();
		assertThat(app.metric("zmq.peers", "VALUE", "socket:lonely")).isZero();
		assertThat(app.metric("zmq.messages.rejected", "COUNT", "socket:lonely")).isPositive();
	}

	@Test
	void wrongPort() {
		ActuatorApp.await(() -> {
			JsonNode connect = app.socket("wrong-port").path("connects").path(0);
			assertThat(connect.path("state").asString()).isEqualTo("CONNECTING");
			assertThat(connect.path("failures").asLong()).isPositive();
			assertThat(connect.path("lastError").asString()).startsWith("no process accepts connections there");
			// not required: no alarm, but a detail
			JsonNode health = app.get("/health/zmq/wrong-port");
			assertThat(health.path("status").asString()).isEqualTo("UP");
			assertThat(health.path("details").path("connecting").toString()).contains("no process accepts connections");
			assertThat(health.path("details").path("lastError").asString()).contains("no process accepts connections");
		});
	}

	@Test
	void hostThatDoesNotResolve() {
		JsonNode connect = app.socket("wrong-host").path("connects").path(0);
		assertThat(connect.path("state").asString()).isEqualTo("UNRESOLVED");
		assertThat(connect.path("endpoint").asString()).isEqualTo("tcp://nowhere.invalid:5555");
		assertThat(connect.path("lastError").asString()).startsWith("the host does not resolve");
		assertThat(app.get("/health/zmq/wrong-host").path("details").path("unresolved").path(0).asString())
			.isEqualTo("tcp://nowhere.invalid:5555");
	}

	@Test
	void wrongTopic() {
		ActuatorApp.await(() -> assertThat(app.socket("news").path("subscriptions").toString())
			.isEqualTo("[{\"topic\":\"wether\",\"subscribers\":1}]"));
		for (int i = 0; i < 10; i++) {
			template().publish("news", "weather", "sunny");
		}
		JsonNode reader = app.socket("reader");
		// connected, and nothing comes: both sides tell which topic is wanted
		assertThat(reader.path("connects").path(0).path("state").asString()).isEqualTo("CONNECTED");
		assertThat(reader.path("topics").path(0).asString()).isEqualTo("wether");
		assertThat(reader.path("status").path("received").asInt()).isZero();
		assertThat(reader.path("peers").path(0).path("address").asString()).startsWith("127.0.0.1:");
		assertThat(app.socket("news").path("status").path("sent").asInt()).isEqualTo(10);
	}

	@Test
	void slowHandler() {
		template().convertAndSend("to-slow", "x");
		template().convertAndSend("to-slow", "y");
		ActuatorApp.await(() -> assertThat(app.listener("slow").path("active").asInt()).isOne());
		long start = System.nanoTime();
		JsonNode listener = app.listener("slow");
		assertThat(listener.path("state").asString()).isEqualTo("RUNNING");
		assertThat(listener.path("handled").asInt()).isZero();
		assertThat(app.metric("zmq.listener.active", "VALUE", "listener:slow")).isOne();
		double seconds = (System.nanoTime() - start) / 1e9;
		Listeners.release.countDown();
		ActuatorApp.await(() -> {
			assertThat(app.metric("zmq.listener", "COUNT", "listener:slow")).isEqualTo(2);
			assertThat(app.metric("zmq.listener", "TOTAL_TIME", "listener:slow")).isGreaterThan(seconds);
		});
		assertThat(Duration.parse(app.listener("slow").path("handlingTime").asString()).toNanos() / 1e9)
			.isGreaterThan(seconds);
	}

	@Test
	void failingHandler() {
		for (int i = 0; i < 3; i++) {
			template().convertAndSend("to-failing", "x");
		}
		ActuatorApp.await(() -> {
			JsonNode listener = app.listener("failing");
			assertThat(listener.path("failed").asInt()).isEqualTo(3);
			assertThat(listener.path("handled").asInt()).isZero();
			assertThat(listener.path("lastError").asString()).contains("IllegalStateException")
				.doesNotContain("customer");
			assertThat(app.metric("zmq.messages.failed", "COUNT", "listener:failing")).isEqualTo(3);
		});
	}

	@Test
	void fullHighWaterMark() throws InterruptedException {
		while (template().trySend("to-unread", "x")) {
			// until it is full
		}
		Thread sender = new Thread(() -> template().convertAndSend("to-unread", "y"), "sender");
		sender.setDaemon(true);
		sender.start();
		ActuatorApp.await(() -> {
			JsonNode status = app.socket("to-unread").path("status");
			assertThat(status.path("waitingSenders").asInt()).isOne();
			assertThat(status.path("rejected").asInt()).isPositive();
			assertThat(status.path("peers").asInt()).isOne();
			assertThat(app.metric("zmq.send.waiting", "VALUE", "socket:to-unread")).isOne();
		});
		JsonNode unread = app.socket("unread");
		assertThat(unread.path("status").path("received").asInt()).isZero();
		assertThat(unread.path("options").path("receive-hwm").asInt()).isEqualTo(5);
		while (sender.isAlive()) {
			template().receive("unread");
			sender.join(10);
		}
		assertThat(app.metric("zmq.send", "TOTAL_TIME", "socket:to-unread")).isPositive();
	}

	@Test
	void pausedListener() {
		app.act("held", "pause");
		template().convertAndSend("to-held", "x");
		assertThat(app.listener("held").path("state").asString()).isEqualTo("PAUSED");
		assertThat(app.listener("held").path("handled").asInt()).isZero();
		assertThat(app.get("/health/zmq/listeners").path("details").path("held").asString()).isEqualTo("PAUSED");
		assertThat(app.act("held", "resume").path("listener").path("state").asString()).isEqualTo("RUNNING");
		ActuatorApp.await(() -> assertThat(app.listener("held").path("handled").asInt()).isOne());
	}

	@Test
	void messagesLostAtTheEnd() {
		for (int i = 0; i < 3; i++) {
			assertThat(template().trySend("leaving", "x")).isTrue();
		}
		app.bean(SocketRegistry.class).stop("leaving");
		ActuatorApp.await(() -> {
			JsonNode status = app.socket("leaving").path("status");
			assertThat(status.path("lost").asInt()).isEqualTo(3);
			assertThat(status.path("lastError").asString())
				.isEqualTo("3 messages were not sent within linger when the socket was closed");
			assertThat(app.metric("zmq.messages.lost", "COUNT", "socket:leaving")).isEqualTo(3);
		});
	}

	@Test
	void deadPoller() throws IOException {
		try (ActuatorApp doomed = ActuatorApp.start(Object.class, "zmq.sockets.in.type=pull",
				"zmq.sockets.in.bind=tcp://127.0.0.1:*")) {
			assertThat(doomed.get("/health/zmq/pollers").path("status").asString()).isEqualTo("UP");
			Broken.poller(doomed.bean(SocketRegistry.class));
			ActuatorApp.await(() -> {
				JsonNode health = doomed.get("/health/zmq");
				assertThat(health.path("status").asString()).isEqualTo("DOWN");
				assertThat(health.path("components").path("pollers").path("details").toString())
					.contains("the thread died");
				JsonNode poller = doomed.get("/zmq").path("pollers").path(0);
				assertThat(poller.path("alive").asBoolean()).isFalse();
				assertThat(poller.path("failure").asString()).contains("ClosedSelectorException");
			});
		}
	}

	@Test
	void noDescriptorLeft() throws Exception {
		try (ZmqAppProcess process = ZmqAppProcess.of(LimitedApp.class).start()) {
			String[] ready = process.awaitLine("READY", HealthTruthTests.STARTED).split(" ");
			assumeThat(ready[1]).as("the limit could be set").isEqualTo("0");
			URI actuator = URI.create("http://127.0.0.1:" + ready[2] + "/actuator/zmq");
			int port = Integer.parseInt(ready[3]);
			// at the limit the web server accepts no connection: this connection is there
			// before
			int max = json(actuator, true).path("context").path("descriptors").path("max").asInt();
			assertThat(max).isEqualTo(Integer.parseInt(ready[4]));
			List<Socket> flood = new ArrayList<>();
			try {
				while (flood.size() < LimitedApp.LEFT + 100) {
					Socket socket = new Socket();
					flood.add(socket);
					socket.connect(new InetSocketAddress("127.0.0.1", port), 2000);
				}
			}
			catch (IOException ex) {
				// no thread takes it from the backlog: it accepts no more
			}
			try {
				assertThatNoneWasLeft(actuator, max, process);
			}
			finally {
				for (Socket socket : flood) {
					socket.close();
				}
				Awaitility.await()
					.atMost(Duration.ofSeconds(30))
					.ignoreExceptions()
					.until(() -> !json(actuator, false).isEmpty());
				process.kill();
			}
		}
	}

	private static void assertThatNoneWasLeft(URI actuator, int max, ZmqAppProcess process) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(200))
			.ignoreExceptions()
			.untilAsserted(() -> {
				JsonNode socket = json(actuator, true).path("sockets").path(0);
				assertThat(socket.path("acceptFailures").asLong()).as("%s", process.lines()).isPositive();
				assertThat(socket.path("status").path("lastError").asString()).as("%s", process.lines())
					.contains("too many open files, the limit is " + max);
				assertThat(socket.path("lastErrorAt").asString()).isNotEmpty();
			});
	}

	private static JsonNode json(URI uri, boolean keep) throws IOException {
		URLConnection connection = uri.toURL().openConnection();
		connection.setRequestProperty("Connection", (keep) ? "keep-alive" : "close");
		connection.setConnectTimeout(5000);
		connection.setReadTimeout(10_000);
		try (InputStream stream = connection.getInputStream()) {
			return JsonMapper.builder().build().readTree(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
		}
	}

	static class Listeners {

		static CountDownLatch release = new CountDownLatch(1);

		@ZmqListener(id = "slow", socket = "slow")
		void slow(byte[] message) throws InterruptedException {
			release.await(60, TimeUnit.SECONDS);
		}

		@ZmqListener(id = "failing", socket = "failing")
		void fail(byte[] message) {
			throw new IllegalStateException("No such customer");
		}

		@ZmqListener(id = "reader", socket = "reader")
		void read(String topic) {
		}

		@ZmqListener(id = "held", socket = "held")
		void hold(byte[] message) {
		}

	}

	/** In a JVM of its own, with few descriptors. */
	static class LimitedApp extends ActuatorApp.Application {

		static final int LEFT = 30;

		public static void main(String[] args) throws Exception {
			var context = new SpringApplication(LimitedApp.class).run("--server.port=0", "--server.address=127.0.0.1",
					"--management.endpoints.web.exposure.include=*", "--zmq.sockets.in.type=pull",
					"--zmq.sockets.in.bind=tcp://127.0.0.1:*");
			String port = context.getEnvironment().getRequiredProperty("local.server.port");
			// classes and files that are needed later are there before the limit
			json(URI.create("http://127.0.0.1:" + port + "/actuator/zmq"), false);
			long limit = Descriptors.count().open() + LEFT;
			String rc;
			try {
				rc = String.valueOf(new ProcessBuilder("prlimit", "--pid=" + ProcessHandle.current().pid(),
						"--nofile=" + limit + ":" + limit)
					.inheritIO()
					.start()
					.waitFor());
			}
			catch (IOException ex) {
				rc = "-1";
			}
			System.out.println("READY " + rc + " " + port + " "
					+ context.getEnvironment().getRequiredProperty("local.zmq.in.port") + " " + limit);
		}

	}

	/** Breaks things that do not break by themselves. */
	static final class Broken {

		private Broken() {
		}

		static void poller(SocketRegistry sockets) throws IOException {
			Object group = ReflectionTestUtils.getField(sockets, "pollers");
			for (Object poller : (List<?>) ReflectionTestUtils.getField(group, "pollers")) {
				((Selector) ReflectionTestUtils.getField(poller, "selector")).close();
			}
		}

	}

}
