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

import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no endpoint and no line of the log shows a key or a password, even where
 * values are shown.
 */
@NoLeaks
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

	@Test
	void secretsAreHiddenWhereValuesAreShown(CapturedOutput output) {
		ZmqKeyPair server = ZmqKeys.generate();
		try (ActuatorApp app = ActuatorApp.start(Object.class, "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always",
				"zmq.security.keys.server.secret-key=" + server.secretKey(),
				"zmq.security.users.staff.alice=open-sesame", "zmq.sockets.in.type=pull",
				"zmq.sockets.in.bind=inproc://in", "zmq.sockets.in.security.mechanism=curve",
				"zmq.sockets.in.security.key=server", "zmq.sockets.in.security.allow-any-client=true",
				"zmq.sockets.out.type=push", "zmq.sockets.out.connect=tcp://127.0.0.1:1",
				"zmq.sockets.out.security.mechanism=plain", "zmq.sockets.out.security.username=alice",
				"zmq.sockets.out.security.password=open-sesame")) {
			for (String path : new String[] { "/env", "/configprops", "/zmq", "/zmq/in", "/zmq/out", "/health",
					"/env/zmq.security.keys.server.secret-key", "/env/zmq.sockets.out.security.password" }) {
				assertThat(app.text(path)).as(path).doesNotContain(server.secretKey()).doesNotContain("open-sesame");
			}
			assertThat(app.text("/env")).contains("\"zmq.sockets.out.security.password\":{\"value\":\"******\"");
		}
		assertThat(output).doesNotContain(server.secretKey()).doesNotContain("open-sesame");
	}

}
