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

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.test.ZmqAppProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for push and pull against libzmq.
 */
@RequiresPyzmq
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineAppTests {

	private RemotePeer peer;

	private ZmqAppProcess app;

	@BeforeAll
	void start() {
		this.peer = new RemotePeer();
		ZmqAppProcess.Builder builder = Apps.withJackson(PipelineApp.class)
			.args("--zmq.sockets.out.type=push", "--zmq.sockets.out.connect=" + this.peer.bind("out", "PULL"));
		for (String socket : List.of("bytes", "text", "json", "frames", "whole", "control")) {
			builder.args("--zmq.sockets." + socket + ".type=pull",
					"--zmq.sockets." + socket + ".bind=tcp://127.0.0.1:*");
		}
		this.app = builder.start();
		this.app.awaitLine("^ready");
		for (String socket : List.of("bytes", "text", "json", "frames", "whole", "control")) {
			this.peer.connect(socket, "PUSH", Apps.bound(this.app, socket));
		}
	}

	@AfterAll
	void stop() {
		this.app.close();
		this.peer.close();
	}

	@Test
	void pullsBytesTextAndJson() {
		this.peer.send("bytes", new byte[] { 0, 1, (byte) 0xFF });
		this.peer.send("text", "h\u00e4llo");
		this.peer.send("json", Order.JSON);
		this.app.awaitLine("^bytes 0001ff$");
		this.app.awaitLine("^text h.+llo$");
		this.app.awaitLine("^json 3 nut$");
	}

	@Test
	void pullsFramesIntoParametersAndWhole() {
		this.peer.send("frames", "first", Order.JSON, "", new byte[] { 7 });
		this.peer.send("whole", "one", "", "three");
		this.app.awaitLine("^frames first 3 nut 07$");
		this.app.awaitLine("^whole 3 8$");
	}

	@Test
	void pushesBytesTextAndJson() {
		assertThat(pushed("bytes")).containsExactly("\u0000\u0001\u00ff");
		assertThat(pushed("text").get(0).getBytes(StandardCharsets.ISO_8859_1))
			.isEqualTo("h\u00e4llo".getBytes(StandardCharsets.UTF_8));
		assertThat(pushed("json")).containsExactly(Order.JSON);
	}

	@Test
	void pushesMultipartMessages() {
		assertThat(pushed("frames")).containsExactly("a", "", "b", Order.JSON);
		assertThat(pushed("message")).containsExactly("x", "y", "z");
	}

	@Test
	void staysUpOnListenersAloneWithoutWebServer() {
		assertThat(this.app.lines()).contains("main ends");
		assertThat(this.app.lines()).noneMatch((line) -> line.contains("Tomcat") || line.contains("Netty"));
		this.peer.send("text", "still here");
		this.app.awaitLine("^text still here$");
		assertThat(this.app.isAlive()).isTrue();
	}

	private List<String> pushed(String what) {
		this.peer.send("control", what);
		return this.peer.receive("out");
	}

}
