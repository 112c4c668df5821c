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

package io.github.zmqspring.guide;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqRoutingId;
import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Majordomo protocol (RFC 7): clients and workers of named services, and the broker
 * between them. Each part is ours in one test.
 */
@NoLeaks
@RequiresPyzmq
class MajordomoTests {

	private static final String BROKER = """
			broker = ctx.socket(zmq.ROUTER)
			say("port", broker.bind_to_random_port("tcp://127.0.0.1"))
			workers, requests, served = [], [], 0
			while served < int(sys.argv[1]):
			    sender, empty, header, *rest = broker.recv_multipart()
			    assert empty == b"", empty
			    if header == b"MDPC01":
			        requests.append((sender, rest[0], rest[1:]))
			    elif rest[0] == b"\\x03":
			        worker, command, client, empty, *body = sender, *rest
			        assert empty == b"", empty
			        broker.send_multipart([client, b"", b"MDPC01", b"echo"] + body)
			        workers.append(sender)
			        served += 1
			    elif rest[0] == b"\\x01":
			        assert rest[1] == b"echo", rest
			        workers.append(sender)
			    else:
			        assert rest == [b"\\x04"], rest
			    while workers and requests:
			        client, service, body = requests.pop(0)
			        broker.send_multipart([workers.pop(0), b"", b"MDPW01", b"\\x02", client, b""] + body)
			""";

	private static final String WORKER = """
			worker = ctx.socket(zmq.DEALER)
			worker.connect(sys.argv[1])
			worker.send_multipart([b"", b"MDPW01", b"\\x01", b"echo"])
			while True:
			    empty, header, command, *rest = worker.recv_multipart()
			    assert (empty, header) == (b"", b"MDPW01")
			    if command == b"\\x05":
			        break
			    client, empty, *body = rest
			    worker.send_multipart([b"", b"MDPW01", b"\\x03", client, b""] + body)
			""";

	@Test
	void ourWorkerServes() {
		try (PythonPeer broker = PythonPeer.start(BROKER, 3); PythonPeer client = PythonPeer.start("""
				client = ctx.socket(zmq.REQ)
				client.connect(hear())
				for i in range(3):
				    client.send_multipart([b"MDPC01", b"echo", b"hello", b"", b"%d" % i])
				    assert client.recv_multipart() == [b"MDPC01", b"echo", b"hello", b"", b"%d" % i]
				""")) {
			String endpoint = UserApp.endpoint(broker);
			try (UserApp app = UserApp.start(Worker.class, "worker.type=dealer", "worker.connect=" + endpoint,
					"worker.return-path=none")) {
				client.tell(endpoint);
				UserApp.awaitEnd(client);
				UserApp.awaitEnd(broker);
			}
		}
	}

	@Test
	void ourClientAsks() {
		try (PythonPeer broker = PythonPeer.start(BROKER, 3)) {
			String endpoint = UserApp.endpoint(broker);
			try (PythonPeer worker = PythonPeer.start(WORKER, endpoint);
					UserApp app = UserApp.start(Nothing.class, "ask.type=req", "ask.connect=" + endpoint,
							"ask.options.req-correlate=false", "zmq.template.request-timeout=20s")) {
				for (int i = 0; i < 3; i++) {
					ZmqMessage reply = app.template.convertSendAndReceive("ask",
							ZmqMessage.of("MDPC01", "echo", "hello " + i), ZmqMessage.class);
					assertThat(reply).isNotNull();
					assertThat(reply.text(2)).isEqualTo("hello " + i);
				}
				UserApp.awaitEnd(broker);
			}
		}
	}

	@Test
	void ourAsynchronousClientAsks() throws InterruptedException {
		try (PythonPeer broker = PythonPeer.start(BROKER, 3)) {
			String endpoint = UserApp.endpoint(broker);
			try (PythonPeer worker = PythonPeer.start(WORKER, endpoint);
					UserApp app = UserApp.start(Nothing.class, "ask.type=dealer", "ask.connect=" + endpoint)) {
				for (int i = 0; i < 3; i++) {
					app.template.sendFrames("ask", "", "MDPC01", "echo", "hello " + i);
				}
				for (int i = 0; i < 3; i++) {
					ZmqMessage reply = app.template.receiveFrames("ask", UserApp.PATIENCE);
					assertThat(reply).isNotNull();
					assertThat(reply.frames()).extracting(String::new).containsExactly("MDPC01", "echo", "hello " + i);
				}
				UserApp.awaitEnd(broker);
			}
		}
	}

	@Test
	void ourBrokerConnectsThem() {
		try (UserApp app = UserApp.start(Broker.class, "broker.type=router", "broker.bind=ANY");
				PythonPeer worker = PythonPeer.start(WORKER, app.endpoint("broker"));
				PythonPeer client = PythonPeer.start("""
						client = ctx.socket(zmq.REQ)
						client.connect(sys.argv[1])
						for i in range(3):
						    client.send_multipart([b"MDPC01", b"echo", b"hello", b"", b"%d" % i])
						    assert client.recv_multipart() == [b"MDPC01", b"echo", b"hello", b"", b"%d" % i]
						client.send_multipart([b"MDPC01", b"mmi.service", b"echo"])
						assert client.recv_multipart() == [b"MDPC01", b"mmi.service", b"200"]
						""", app.endpoint("broker"))) {
			UserApp.awaitEnd(client);
			app.bean(Broker.class).disconnect();
			UserApp.awaitEnd(worker);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Worker {

		private final ZmqTemplate template;

		Worker(ZmqTemplate template) {
			this.template = template;
		}

		@EventListener(ApplicationReadyEvent.class)
		void ready() {
			this.template.sendFrames("worker", "", "MDPW01", "\1", "echo");
		}

		@ZmqListener(socket = "worker", timeout = "2500ms")
		@Nullable ZmqMessage work(@Nullable ZmqMessage request) {
			if (request == null) {
				return ZmqMessage.of("", "MDPW01", "\4");
			}
			if (!"\2".equals(request.text(2))) {
				return null;
			}
			Object[] reply = request.frames().toArray();
			reply[2] = "\3";
			return ZmqMessage.of(reply);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Broker {

		private final Map<String, Deque<byte[]>> workers = new HashMap<>();

		private final Map<String, Deque<Request>> requests = new HashMap<>();

		private final ZmqTemplate template;

		Broker(ZmqTemplate template) {
			this.template = template;
		}

		@ZmqListener("broker")
		void handle(@ZmqRoutingId byte[] peer, @ZmqFrame(0) String header, @ZmqFrame(1) String word,
				ZmqMessage message) {
			if ("MDPC01".equals(header)) {
				fromClient(peer, word, message);
			}
			else {
				fromWorker(peer, word, message);
			}
		}

		private void fromClient(byte[] client, String service, ZmqMessage message) {
			if ("mmi.service".equals(service)) {
				String code = (this.workers.containsKey(message.text(2))) ? "200" : "404";
				this.template.sendTo("broker", client, ZmqMessage.of("", "MDPC01", service, code));
				return;
			}
			queue(this.requests, service).add(new Request(client, message));
			dispatch(service);
		}

		private void fromWorker(byte[] worker, String command, ZmqMessage message) {
			switch (command) {
				case "\1" -> queue(this.workers, message.text(2)).add(worker);
				case "\3" -> {
					Object[] reply = message.frames().subList(1, message.size()).toArray();
					byte[] client = message.frame(2);
					reply[0] = "";
					reply[1] = "MDPC01";
					reply[2] = "echo";
					this.template.sendTo("broker", client, ZmqMessage.of(reply));
					queue(this.workers, "echo").add(worker);
				}
				default -> assertThat(command).isEqualTo("\4");
			}
			dispatch("echo");
		}

		private void dispatch(String service) {
			Deque<byte[]> idle = queue(this.workers, service);
			Deque<Request> waiting = queue(this.requests, service);
			while (!idle.isEmpty() && !waiting.isEmpty()) {
				Request request = waiting.remove();
				ZmqMessage message = request.message();
				Object[] frames = new Object[message.size() + 3];
				frames[0] = "";
				frames[1] = "MDPW01";
				frames[2] = "\2";
				frames[3] = request.client();
				frames[4] = "";
				for (int i = 2; i < message.size(); i++) {
					frames[i + 3] = message.frame(i);
				}
				this.template.sendTo("broker", idle.remove(), ZmqMessage.of(frames));
			}
		}

		void disconnect() {
			queue(this.workers, "echo")
				.forEach((worker) -> this.template.sendTo("broker", worker, ZmqMessage.of("", "MDPW01", "\5")));
		}

		private static <T> Deque<T> queue(Map<String, Deque<T>> queues, String service) {
			return queues.computeIfAbsent(service, (name) -> new ArrayDeque<>());
		}

		record Request(byte[] client, ZmqMessage message) {
		}

	}

}
