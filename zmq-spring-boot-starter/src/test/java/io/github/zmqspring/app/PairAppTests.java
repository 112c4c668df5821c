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

import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.test.ZmqAppProcess;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pairs against libzmq, with the actuator but no web server.
 */
@RequiresPyzmq
class PairAppTests {

	@Test
	void talksBothWaysAndIsHealthy() {
		try (RemotePeer peer = new RemotePeer();
				ZmqAppProcess app = Apps.withJacksonAndActuator(PairApp.class)
					.args("--zmq.sockets.any.type=pair", "--zmq.sockets.any.bind=tcp://127.0.0.1:*")
					.args("--zmq.sockets.json.type=pair", "--zmq.sockets.json.connect=" + peer.bind("json", "PAIR"))
					.start()) {
			peer.connect("any", "PAIR", Apps.bound(app, "any"));
			peer.send("any", "bytes");
			assertThat(peer.receive("any")).containsExactly("\u0000\u00ff");
			peer.send("any", "text");
			assertThat(peer.receive("any")).containsExactly("hello");
			peer.send("any", "frames", "", "c");
			assertThat(peer.receive("any")).containsExactly("size", "3");
			peer.send("json", Order.JSON);
			assertThat(peer.receive("json")).containsExactly(Order.JSON.replace("3", "-3"));
			app.awaitLine("^health ends");
			assertThat(app.lines()).filteredOn((line) -> line.startsWith("health "))
				.containsExactly("health context UP", "health pollers UP", "health listeners UP", "health any UP",
						"health json UP", "health ends");
		}
	}

}
