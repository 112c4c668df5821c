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

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqRoutingId;
import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide's Freelance pattern, model three: ROUTER to ROUTER, where a server's routing
 * id is its endpoint, and a request is {@code [sequence][][body]}.
 */
@NoLeaks
@RequiresPyzmq
class FreelanceTests {

	@Test
	void ourClientAsksServersByTheirNames() throws InterruptedException {
		String server = """
				server = ctx.socket(zmq.ROUTER)
				server.identity = sys.argv[1].encode()
				say("port", server.bind_to_random_port("tcp://127.0.0.1"))
				while True:
				    client, control, *rest = server.recv_multipart()
				    if control == b"END":
				        break
				    assert control == b"PING" or rest == [b"", b"random name"], rest
				    server.send_multipart([client, b"PONG"] if control == b"PING" else [client, control, b"OK"])
				""";
		try (PythonPeer one = PythonPeer.start(server, "tcp://one:5555");
				PythonPeer two = PythonPeer.start(server, "tcp://two:5555");
				UserApp app = UserApp.start(Client.class, "servers.type=router", "servers.return-path=identity",
						"servers.connect=" + UserApp.endpoint(one) + "," + UserApp.endpoint(two))) {
			Client client = app.bean(Client.class);
			Awaitility.await()
				.atMost(UserApp.PATIENCE)
				.untilAsserted(() -> assertThat(app.sockets.routingIds("servers")).hasSize(2));
			for (String name : List.of("tcp://one:5555", "tcp://two:5555")) {
				app.template.sendTo("servers", name, "PING");
				assertThat(UserApp.next(client.replies)).isEqualTo(name + " PONG");
				app.template.sendTo("servers", name, ZmqMessage.of("17", "", "random name"));
				assertThat(UserApp.next(client.replies)).isEqualTo(name + " 17 OK");
				app.template.sendTo("servers", name, "END");
			}
			UserApp.awaitEnd(one);
			UserApp.awaitEnd(two);
		}
	}

	@Test
	void ourServerAnswersClients() {
		try (UserApp app = UserApp.start(Server.class, "server.type=router", "server.bind=ANY",
				"server.return-path=identity", "server.options.routing-id=tcp://localhost:5555");
				PythonPeer client = PythonPeer.start("""
						router = ctx.socket(zmq.ROUTER)
						router.router_mandatory = True
						router.connect(sys.argv[1])
						server = b"tcp://localhost:5555"
						deadline = time.time() + 20
						while True:
						    try:
						        router.send_multipart([server, b"PING"])
						        break
						    except zmq.ZMQError as error:
						        assert error.errno == zmq.EHOSTUNREACH and time.time() < deadline
						        time.sleep(0.01)
						assert router.recv_multipart() == [server, b"PONG"]
						for sequence in b"0", b"1":
						    router.send_multipart([server, sequence, b"", b"random name"])
						    assert router.recv_multipart() == [server, sequence, b"OK"]
						""", app.endpoint("server"))) {
			UserApp.awaitEnd(client);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Client {

		final BlockingQueue<String> replies = new LinkedBlockingQueue<>();

		@ZmqListener("servers")
		void reply(@ZmqRoutingId String server, ZmqMessage message) {
			this.replies.add(server + " " + String.join(" ", message.frames().stream().map(String::new).toList()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Server {

		@ZmqListener("server")
		ZmqMessage answer(@ZmqFrame(0) String control) {
			return ("PING".equals(control)) ? ZmqMessage.of("PONG") : ZmqMessage.of(control, "OK");
		}

	}

}
