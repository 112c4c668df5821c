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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what gets in where {@code envelope-headers} is {@code *}: from pyzmq, and from
 * a peer that writes its bytes by hand.
 */
@NoLeaks
@RequiresPyzmq
class EnvelopeNamesTests {

	private static final String PEER = """
			import socket, struct
			def frame(headers):
			    body = b"\\xffZSH\\x01" + struct.pack(">H", len(headers))
			    for name, value in headers:
			        for text in (name.encode(), value.encode()):
			            body += struct.pack(">H", len(text)) + text
			    return body
			def by_hand(port, frames):
			    out = bytearray(b"\\xff\\0\\0\\0\\0\\0\\0\\0\\1\\x7f\\3\\0NULL" + b"\\0" * 48)
			    out += b"\\x04\\x1a\\x05READY\\x0bSocket-Type\\0\\0\\0\\x04PUSH"
			    for i, part in enumerate(frames):
			        out += bytes([1 if i < len(frames) - 1 else 0, len(part)]) + part
			    peer = socket.create_connection(("127.0.0.1", port), 20)
			    peer.sendall(out)
			    return peer
			port = int(hear())
			push = ctx.socket(zmq.PUSH)
			push.connect("tcp://127.0.0.1:%d" % port)
			kept = []
			def send(headers, payload):
			    push.send_multipart([frame(headers), b"pyzmq " + payload])
			    kept.append(by_hand(port, [frame(headers), b"raw " + payload]))
			own = ["id", "ID", "Id", "iD", "timestamp", "TimeStamp", "replyChannel", "REPLYCHANNEL", "ErrorChannel",
			    "zmq_topic", "ZMQ_TOPIC", "Zmq_RoutingId"]
			send([(name, "forged") for name in own] + [("Idea", "1"), ("x-id", "2"), ("tab", "a\\tb")], b"names")
			for text in "a\\r\\nb", "a\\nb", "a\\rb", "a\\0b", "\\x1b[2J", "a\\x7f", "a\\x85b", "a\\u2028b", "a\\u2029b":
			    send([("x-v", text)], b"value")
			    send([(text, "v")], b"name")
			send([], b"last")
			say("sent")
			hear()
			""";

	@Test
	void onlyPlainHeadersGetInAndNoneThatSpringOrThisLibraryMakes() throws Exception {
		try (PythonPeer peer = PythonPeer.start(PEER);
				ConfigurableApplicationContext context = Contexts.start(Listeners.class,
						List.of("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=tcp://127.0.0.1:*",
								"zmq.sockets.in.envelope=headers", "zmq.sockets.in.envelope-headers=*"))) {
			String endpoint = context.getBean(ZmqSockets.class).status("in").bound().get(0);
			peer.tell(endpoint.substring(endpoint.lastIndexOf(':') + 1));
			peer.awaitLine("sent");
			Contexts.Recorder recorder = context.getBean(Contexts.Recorder.class);
			for (String by : List.of("pyzmq", "raw")) {
				assertThat(recorder.next(by + " names")).isEqualTo(Map.of("Idea", "1", "x-id", "2", "tab", "a\tb"));
				assertThat(recorder.next(by + " last")).isEqualTo(Map.of());
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(
						() -> assertThat(context.getBean(ZmqListenerRegistry.class).status("listener").unreadable())
							.isEqualTo(2 * 2 * 9));
			for (String by : List.of("pyzmq", "raw")) {
				assertThat(recorder.poll(by + " value", 0)).isNull();
				assertThat(recorder.poll(by + " name", 0)).isNull();
			}
			peer.tell("end");
		}
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

		@ZmqListener(id = "listener", socket = "in")
		void in(@Headers Map<String, Object> headers, @Payload String payload) {
			Map<String, Object> carried = new TreeMap<>(headers);
			carried.keySet().removeIf((name) -> name.startsWith(ZmqHeaders.PREFIX));
			this.recorder.add(payload, carried);
		}

	}

}
