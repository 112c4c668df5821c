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

package io.github.zmqspring.app;

import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqRoutingId;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqHostUnreachableException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.support.BytesText;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for topics, routing ids and messages of options that are any bytes.
 */
@NoLeaks
@Timeout(120)
class BytesNamesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final HexFormat HEX = HexFormat.of();

	@Test
	@RequiresPyzmq
	void topicsRoutingIdsAndHelloMessagesAreTheSameBytesAtPeers() throws InterruptedException {
		try (PythonPeer peer = PythonPeer.start("""
				router = ctx.socket(zmq.ROUTER)
				pub = ctx.socket(zmq.XPUB)
				say("ports", router.bind_to_random_port("tcp://127.0.0.1"),
				    pub.bind_to_random_port("tcp://127.0.0.1"))
				say("subscriptions", *sorted(pub.recv().hex() for _ in range(3)))
				for topic in (b"\\x01\\xaa\\x9f\\x00", b"\\xff\\x00z", b"plain"):
				    pub.send_multipart([topic, b"x"])
				say("hello", *(frame.hex() for frame in router.recv_multipart()))
				for identity in (b"\\x01\\xaa\\xff", b"hex:01", b"\\xc3\\xbc", b"me", b"\\x80" * 255):
				    dealer = ctx.socket(zmq.DEALER)
				    dealer.identity = identity
				    dealer.connect(hear())
				    dealer.send(b"hi")
				    say("answered", identity.hex(), dealer.recv().hex())
				sub = ctx.socket(zmq.SUB)
				sub.subscribe(b"\\x00\\xfe")
				sub.connect(hear())
				say("published", *(sub.recv_multipart()[0].hex() for _ in range(3)))
				hear()
				""")) {
			String[] ports = peer.awaitLine("ports ").split(" ");
			try (ConfigurableApplicationContext context = Contexts.start(Beans.class,
					List.of("zmq.sockets.named.type=dealer", "zmq.sockets.named.connect=tcp://127.0.0.1:" + ports[1],
							"zmq.sockets.named.options.routing-id=hex:01aa9f",
							"zmq.sockets.named.options.hello-message=base64:AP8", "zmq.sockets.ticks.type=sub",
							"zmq.sockets.ticks.connect=tcp://127.0.0.1:" + ports[2],
							"zmq.sockets.ticks.topics=hex:01aa9f,base64:/wA=,plain", "zmq.sockets.server.type=router",
							"zmq.sockets.server.bind=tcp://127.0.0.1:*", "zmq.sockets.news.type=pub",
							"zmq.sockets.news.bind=tcp://127.0.0.1:*"))) {
				Contexts.Recorder recorder = context.getBean(Contexts.Recorder.class);
				ZmqTemplate template = context.getBean(ZmqTemplate.class);
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				assertThat(peer.awaitLine("subscriptions ")).isEqualTo("subscriptions 0101aa9f 01706c61696e 01ff00");
				assertThat(peer.awaitLine("hello ")).isEqualTo("hello 01aa9f 00ff");
				assertThat(recorder.next("topic")).isEqualTo("hex:01aa9f00");
				assertThat(recorder.next("topic")).isEqualTo("hex:ff007a");
				assertThat(recorder.next("topic")).isEqualTo("plain");
				for (String identity : List.of("hex:01aaff", "hex:6865783a3031", "ü", "me",
						"hex:" + "80".repeat(255))) {
					peer.tell(sockets.status("server").bound().get(0));
					String routingId = (String) recorder.next("peer");
					assertThat(routingId).isEqualTo(identity);
					template.sendTo("server", routingId, new byte[] { 7 });
					assertThat(peer.awaitLine("answered ")).endsWith(" 07");
				}
				peer.tell(sockets.status("news").bound().get(0));
				assertThat(sockets.awaitSubscribers("news", "hex:00fe", 1, PATIENCE)).isTrue();
				assertThat(sockets.awaitSubscribers("news", new byte[] { 0, (byte) 0xfe, 1 }, 1, PATIENCE)).isTrue();
				assertThat(sockets.details("news").subscriptions()).singleElement()
					.satisfies((subscription) -> assertThat(subscription.topic()).isEqualTo("hex:00fe"));
				template.publish("news", "hex:00fe", "x");
				template.publish("news", new byte[] { 0, (byte) 0xfe, 1 }, "x");
				template.newMessage("x").to("news").topic("base64:AP4C").send();
				assertThat(peer.awaitLine("published ")).isEqualTo("published 00fe 00fe01 00fe02");
				peer.tell("end");
				assertThat(peer.awaitExit()).isZero();
			}
		}
	}

	/** The ROUTER of libzmq has an id of its own, which is not what we call it. */
	@ParameterizedTest
	@RequiresPyzmq
	@ValueSource(strings = { "hex:01aaff", "base64:gIGC", "hex:c3", "ü", "server-1", "hex:ff00" })
	void aPeerThatWeConnectToIsCalledByAnyBytes(String id) {
		try (PythonPeer peer = PythonPeer.start("""
				dealer = ctx.socket(zmq.DEALER)
				dealer.identity = b"its own"
				say("port", dealer.bind_to_random_port("tcp://127.0.0.1"))
				for i in range(3):
				    body = dealer.recv_multipart()
				    dealer.send_multipart([b"re"] + body)
				hear()
				""")) {
			String port = peer.awaitLine("port ").substring(5);
			try (ConfigurableApplicationContext context = Contexts.start(Plain.class,
					List.of("zmq.sockets.calls.type=router", "zmq.sockets.calls.connect=tcp://127.0.0.1:" + port,
							"zmq.sockets.calls.options.connect-routing-id=" + id))) {
				ZmqTemplate template = context.getBean(ZmqTemplate.class);
				ZmqSockets sockets = context.getBean(ZmqSockets.class);
				assertThat(sockets.routingIds("calls")).containsExactly(BytesText.parse(id));
				// also before it is connected, and by any form of the id
				template.sendTo("calls", id, "one");
				template.sendTo("calls", BytesText.parse(id), "two");
				template.sendTo("calls", "hex:" + HEX.formatHex(BytesText.parse(id)), "three");
				for (String text : List.of("one", "two", "three")) {
					ZmqMessage reply = template.receiveFrames("calls", PATIENCE);
					assertThat(reply).isNotNull();
					assertThat(List.of(reply.returnPath())).containsExactly(BytesText.parse(id));
					assertThat(reply.frames()).extracting(String::new).containsExactly("re", text);
				}
				// a socket that starts again calls it the same
				sockets.stop("calls");
				sockets.start("calls");
				assertThat(sockets.routingIds("calls")).containsExactly(BytesText.parse(id));
			}
		}
	}

	@Test
	void aStreamCallsItsServerByAnyBytes() throws Exception {
		try (ServerSocket server = new ServerSocket(0);
				ConfigurableApplicationContext context = Contexts.start(Plain.class,
						List.of("zmq.sockets.raw.type=stream",
								"zmq.sockets.raw.connect=tcp://127.0.0.1:" + server.getLocalPort(),
								"zmq.sockets.raw.options.connect-routing-id=hex:fffe"));
				Socket peer = server.accept()) {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			ZmqMessage arrived = template.receiveFrames("raw", PATIENCE);
			assertThat(arrived).isNotNull();
			assertThat(List.of(arrived.returnPath())).containsExactly(new byte[] { -1, -2 });
			template.sendTo("raw", "hex:fffe", "GET");
			assertThat(peer.getInputStream().readNBytes(3)).asString().isEqualTo("GET");
		}
	}

	@Test
	void subscriptionsOfOneTopicAreOneInAnyForm() throws InterruptedException {
		try (ConfigurableApplicationContext context = Contexts.start(Plain.class,
				List.of("zmq.sockets.news.type=pub", "zmq.sockets.news.bind=inproc://bytes-news",
						"zmq.sockets.ticks.type=sub", "zmq.sockets.ticks.connect=inproc://bytes-news",
						"zmq.sockets.ticks.topics=none"))) {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			sockets.subscribe("ticks", "hex:61");
			sockets.subscribe("ticks", new byte[] { (byte) 0xfe });
			assertThat(sockets.details("ticks").topics()).containsExactly("none", "a", "hex:fe");
			assertThat(sockets.awaitSubscribers("news", "a", 1, PATIENCE)).isTrue();
			assertThat(sockets.subscribers("news", new byte[] { (byte) 0xfe, 0 })).isOne();
			sockets.unsubscribe("ticks", "a".getBytes());
			sockets.unsubscribe("ticks", "base64:/g");
			assertThat(sockets.details("ticks").topics()).containsExactly("none");
			assertThat(sockets.subscribers("news", "a")).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "ticks.topics, hex:abc, zmq.sockets.ticks.topics", "ticks.topics, base64:*, zmq.sockets.ticks.topics",
			"dealer.options.routing-id, hex:, at least 1 bytes", "dealer.options.routing-id, hex:0001, zero byte",
			"router.options.connect-routing-id, hex:00ff, zero byte",
			"router.options.connect-routing-id, hex:f, zmq.sockets.router.options.connect-routing-id",
			"dealer.options.routing-id, hex:zz, zmq.sockets.dealer.options.routing-id",
			"dealer.options.hello-message, base64:===, zmq.sockets.dealer.options.hello-message",
			"dealer.options.heartbeat-context, hex:0102030405060708090a0b0c0d0e0f1011, at most 16 bytes" })
	void bytesThatCannotBeAreRefusedAtStartUp(String property, String value, String report) {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> Contexts.start(Plain.class,
					List.of("zmq.sockets.ticks.type=sub", "zmq.sockets.ticks.connect=inproc://nowhere",
							"zmq.sockets.dealer.type=dealer", "zmq.sockets.dealer.connect=inproc://nowhere2",
							"zmq.sockets.router.type=router", "zmq.sockets.router.connect=inproc://nowhere3",
							"zmq.sockets." + property + "=" + value))
				.close())
			.havingRootCause()
			.isInstanceOf(ZmqConfigurationException.class)
			.withMessageContaining(report);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 256 })
	void aRoutingIdOfAnImpossibleLengthIsRefused(int length) {
		try (ConfigurableApplicationContext context = Contexts.start(Plain.class,
				List.of("zmq.sockets.server.type=router", "zmq.sockets.server.bind=tcp://127.0.0.1:*"))) {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
				.isThrownBy(() -> template.sendTo("server", "hex:" + "01".repeat(length), "x"))
				.withMessageContaining("1 to 255 bytes");
			assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
				.isThrownBy(() -> template.sendTo("server", new byte[length], "x"))
				.withMessageContaining("1 to 255 bytes");
			assertThatExceptionOfType(ZmqHostUnreachableException.class)
				.isThrownBy(() -> template.sendTo("server", "hex:0102", "x"));
			assertThatIllegalArgumentException().isThrownBy(() -> template.sendTo("server", "hex:1", "x"))
				.withMessageContaining("hex:6865783a31");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		private final Contexts.Recorder recorder;

		Beans(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		@ZmqListener("ticks")
		void tick(@ZmqTopic String topic) {
			this.recorder.add("topic", topic);
		}

		@ZmqListener("server")
		void request(@ZmqRoutingId String peer, byte[] body) {
			this.recorder.add("peer", peer);
		}

	}

}
