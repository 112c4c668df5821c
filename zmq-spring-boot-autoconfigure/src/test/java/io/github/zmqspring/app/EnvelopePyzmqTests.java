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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers to and from Python, with the very code that docs/envelope.md shows.
 */
@NoLeaks
@RequiresPyzmq
class EnvelopePyzmqTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** It has one socket of each kind, and tells what came. */
	private static final String PEER = """
			def opened(kind, name):
			    socket = ctx.socket(kind)
			    socket.rcvtimeo = 20000
			    say(name, socket.bind_to_random_port("tcp://127.0.0.1"))
			    return socket
			push, sub, pub = opened(zmq.PUSH, "push"), opened(zmq.SUB, "sub"), opened(zmq.PUB, "pub")
			rep, dealer = opened(zmq.REP, "rep"), opened(zmq.DEALER, "dealer")
			sub.subscribe(b"")
			def told(headers):
			    return json.dumps(headers, sort_keys=True, ensure_ascii=False)
			while True:
			    order = hear()
			    if order == "push":
			        push.send_multipart([pack({"x-from": "Python", "x-text": "\u00e4\u20ac", "x-none": ""}), b"pushed"])
			        push.send(b"plain")
			        push.send_multipart([pack({"x-from": "Python"})[:-1], b"corrupt"])
			        push.send_multipart([pack({}), b"no headers"])
			    elif order == "sub":
			        topic, headers, payload = sub.recv_multipart()
			        say("published", topic.decode(), told(unpack(headers)), payload.decode())
			    elif order == "pub":
			        pub.send_multipart([b"topic.a", pack({"x-from": "Python"}), b"published"])
			    elif order == "rep":
			        headers, payload = rep.recv_multipart()
			        rep.send_multipart([pack({"x-echo": unpack(headers)["x-ask"]}), payload.upper()])
			    elif order == "dealer":
			        dealer.send_multipart([b"", pack({"x-ask": "Python"}), b"question"])
			        empty, headers, payload = dealer.recv_multipart()
			        say("answered", len(empty), told(unpack(headers)), payload.decode())
			""";

	private static String documented() throws IOException {
		String page = Files.readString(Path.of("..", "docs", "envelope.md"));
		int from = page.indexOf("```python\n") + "```python\n".length();
		return page.substring(from, page.indexOf("```", from));
	}

	@Test
	void headersAreUnderstoodBothWays() throws Exception {
		try (PythonPeer peer = PythonPeer.start(documented() + PEER)) {
			List<String> properties = new ArrayList<>();
			connect(properties, peer, "pull", "push");
			connect(properties, peer, "pub", "sub");
			connect(properties, peer, "sub", "pub");
			connect(properties, peer, "req", "rep");
			connect(properties, peer, "rep", "dealer");
			properties.add("zmq.template.request-timeout=20s");
			try (ConfigurableApplicationContext context = Contexts.start(Listeners.class, properties)) {
				exchange(peer, context, context.getBean(Contexts.Recorder.class));
			}
		}
	}

	private static void connect(List<String> properties, PythonPeer peer, String type, String theirs) {
		String port = peer.awaitLine(theirs + " ").substring(theirs.length() + 1);
		String prefix = "zmq.sockets.my-" + type + ".";
		properties.addAll(List.of(prefix + "type=" + type, prefix + "connect=tcp://127.0.0.1:" + port,
				prefix + "envelope=headers"));
	}

	private static void exchange(PythonPeer peer, ConfigurableApplicationContext context, Contexts.Recorder recorder)
			throws InterruptedException {
		ZmqTemplate template = context.getBean(ZmqTemplate.class);
		peer.tell("push");
		assertThat(recorder.next("pull")).isEqualTo("{x-from=Python, x-none=, x-text=\u00e4\u20ac} pushed");
		assertThat(recorder.next("pull")).isEqualTo("{} plain");
		assertThat(recorder.next("pull")).isEqualTo("{} no headers");

		// libzmq subscribes at a peer that connects when its socket is used
		peer.tell("sub");
		assertThat(context.getBean(ZmqSockets.class).awaitSubscribers("my-pub", "topic.b", 1, PATIENCE)).isTrue();
		template.publish("my-pub", "topic.b",
				MessageBuilder.withPayload("news").setHeader("x-from", "Spring").setHeader("x-text", "\u20ac").build());
		assertThat(peer.awaitLine("published "))
			.isEqualTo("published topic.b {\"x-from\": \"Spring\", \"x-text\": \"\u20ac\"} news");

		assertThat(context.getBean(ZmqSockets.class).awaitPeers("my-sub", 1, PATIENCE)).isTrue();
		// the subscription may come after the peer: what is published before is dropped
		Object published = null;
		for (int i = 0; published == null; i++) {
			peer.tell("pub");
			published = recorder.poll("sub", (i < 20) ? 1 : 20);
		}
		assertThat(published).isEqualTo("topic.a {x-from=Python} published");

		peer.tell("rep");
		Message<?> reply = template.sendAndReceive("my-req",
				MessageBuilder.withPayload("question").setHeader("x-ask", "Spring").build());
		assertThat(reply).isNotNull();
		assertThat(new String((byte[]) reply.getPayload(), StandardCharsets.UTF_8)).isEqualTo("QUESTION");
		assertThat(reply.getHeaders()).containsEntry("x-echo", "Spring");

		peer.tell("dealer");
		assertThat(peer.awaitLine("answered ")).isEqualTo("answered 0 {\"x-echo\": \"Python\"} question!");
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		@Bean
		Methods methods(Contexts.Recorder recorder) {
			return new Methods(recorder);
		}

	}

	static class Methods {

		private final Contexts.Recorder recorder;

		Methods(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		@ZmqListener("my-pull")
		void pull(@Headers Map<String, Object> headers, @Payload String payload) {
			this.recorder.add("pull", carried(headers) + " " + payload);
		}

		@ZmqListener("my-sub")
		void sub(@ZmqTopic String topic, @Headers Map<String, Object> headers, @Payload String payload) {
			this.recorder.add("sub", topic + " " + carried(headers) + " " + payload);
		}

		@ZmqListener("my-rep")
		Message<String> answer(Message<String> question) {
			return MessageBuilder.withPayload(question.getPayload() + "!")
				.setHeader("x-echo", question.getHeaders().get("x-ask"))
				.build();
		}

		private static Map<String, Object> carried(Map<String, Object> headers) {
			Map<String, Object> carried = new TreeMap<>(headers);
			carried.keySet().removeIf((name) -> name.startsWith(ZmqHeaders.PREFIX));
			return carried;
		}

	}

}
