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

import java.util.List;

import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.test.ZmqAppProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for request and reply against libzmq's strict REQ and REP.
 */
@RequiresPyzmq
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestReplyAppTests {

	private RemotePeer peer;

	private ZmqAppProcess app;

	@BeforeAll
	void start() {
		this.peer = new RemotePeer();
		ZmqAppProcess.Builder builder = Apps.withJackson(RequestReplyApp.class)
			.args("--zmq.sockets.ask.type=req", "--zmq.sockets.ask.connect=" + this.peer.bind("ask", "REP"))
			.args("--zmq.template.request-timeout=15s")
			.args("--zmq.sockets.control.type=pull", "--zmq.sockets.control.bind=tcp://127.0.0.1:*");
		for (String socket : List.of("bytes", "text", "json", "frames")) {
			builder.args("--zmq.sockets." + socket + ".type=rep",
					"--zmq.sockets." + socket + ".bind=tcp://127.0.0.1:*");
		}
		this.app = builder.start();
		this.peer.connect("control", "PUSH", Apps.bound(this.app, "control"));
		for (String socket : List.of("bytes", "text", "json", "frames")) {
			this.peer.connect(socket, "REQ", Apps.bound(this.app, socket));
		}
	}

	@AfterAll
	void stop() {
		this.app.close();
		this.peer.close();
	}

	@Test
	void answersStrictClients() {
		for (int i = 0; i < 3; i++) {
			assertThat(answer("bytes", "abc")).containsExactly("\u0003\u0000");
			assertThat(answer("text", "hello")).containsExactly("HELLO");
			assertThat(answer("json", Order.JSON)).containsExactly(Order.JSON.replace('3', '4'));
			assertThat(answer("frames", "x", "", "y")).containsExactly("3", "x", "");
		}
	}

	@Test
	void clientWhoseRequestFailedIsAnsweredAndCanGoOn() {
		assertThat(answer("text", "fail")).containsExactly("",
				"{\"type\":\"urn:zmq:handler-error\",\"title\":\"IllegalStateException\",\"detail\":\"no \\\"such\\\" thing\"}");
		assertThat(answer("json", "no json")).hasSize(2).element(1).asString().contains("UnreadableMessage");
		assertThat(answer("text", "again")).containsExactly("AGAIN");
		assertThat(answer("json", Order.JSON)).containsExactly(Order.JSON.replace('3', '4'));
	}

	@Test
	void asksStrictServers() {
		ask("bytes", "\u0001", new byte[] { 2, 3 });
		this.app.awaitLine("^reply 0203$");
		ask("text", "hello", "olleh");
		this.app.awaitLine("^reply olleh$");
		ask("json", Order.JSON, "{\"id\":\"bolt\",\"quantity\":9}");
		this.app.awaitLine("^reply Order.id=bolt, quantity=9.$");
		this.peer.send("control", "frames");
		assertThat(this.peer.receive("ask")).containsExactly("a", "", "b");
		this.peer.send("ask", "", "2");
		this.app.awaitLine("^reply 2  2$");
	}

	private List<String> answer(String socket, Object... request) {
		this.peer.send(socket, request);
		return this.peer.receive(socket);
	}

	private void ask(String what, String request, Object reply) {
		this.peer.send("control", what);
		assertThat(this.peer.receive("ask")).containsExactly(request);
		this.peer.send("ask", reply);
	}

}
