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

import java.util.List;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

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

	@Test
	void refusalsAreReportedWithoutSecrets(CapturedOutput output) {
		ZmqKeyPair server = ZmqKeys.generate();
		ZmqKeyPair client = ZmqKeys.generate();
		ZmqKeyPair stranger = ZmqKeys.generate();
		List<String> secrets = List.of(server.secretKey(), client.secretKey(), stranger.secretKey(), "open-sesame",
				"wrong-sesame");
		try (ActuatorApp app = ActuatorApp.start(Object.class, "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always", "logging.level.io.github.zmqspring=debug",
				"zmq.security.keys.server.secret-key=" + server.secretKey(),
				"zmq.security.keys.client.secret-key=" + client.secretKey(),
				"zmq.security.keys.stranger.secret-key=" + stranger.secretKey(),
				"zmq.security.clients.partners.keys.alice=" + client.publicKey(),
				"zmq.security.users.staff.alice=open-sesame", "zmq.sockets.in.type=pull",
				"zmq.sockets.in.bind=tcp://127.0.0.1:*", "zmq.sockets.in.security.mechanism=curve",
				"zmq.sockets.in.security.key=server", "zmq.sockets.in.security.clients=partners",
				"zmq.sockets.good.type=push", "zmq.sockets.good.connect=socket:in",
				"zmq.sockets.good.security.mechanism=curve", "zmq.sockets.good.security.key=client",
				"zmq.sockets.good.security.server-key=server", "zmq.sockets.stranger.type=push",
				"zmq.sockets.stranger.connect=socket:in", "zmq.sockets.stranger.security.mechanism=curve",
				"zmq.sockets.stranger.security.key=stranger", "zmq.sockets.stranger.security.server-key=server",
				"zmq.sockets.staff.type=pull", "zmq.sockets.staff.bind=tcp://127.0.0.1:*",
				"zmq.sockets.staff.security.mechanism=plain", "zmq.sockets.staff.security.users=staff",
				"zmq.sockets.guest.type=push", "zmq.sockets.guest.connect=socket:staff",
				"zmq.sockets.guest.security.mechanism=plain", "zmq.sockets.guest.security.username=alice",
				"zmq.sockets.guest.security.password=wrong-sesame", "zmq.sockets.open.type=pull",
				"zmq.sockets.open.bind=tcp://127.0.0.1:*")) {
			ActuatorApp.await(() -> {
				assertThat(refusals(app, "stranger", "curve")).isPositive();
				assertThat(refusals(app, "in", "curve")).isPositive();
				assertThat(refusals(app, "staff", "plain")).isPositive();
				assertThat(refusals(app, "guest", "plain")).isPositive();
				assertThat(app.metric("zmq.authentications", "COUNT", "socket:in", "mechanism:curve", "result:allowed"))
					.isOne();
				assertThat(
						app.metric("zmq.authentications", "COUNT", "socket:good", "mechanism:curve", "result:allowed"))
					.isOne();
			});
			assertThat(app.text("/metrics/zmq.authentications?tag=socket:open")).doesNotContain("COUNT");
			JsonNode refused = app.get("/health/zmq/stranger").path("details");
			assertThat(refused.path("connecting").toString()).contains("the server refused us (400)");
			assertThat(app.get("/health/zmq/in").path("details").path("lastError").asString())
				.contains("its key is not known");
			assertThat(app.get("/health/zmq/staff").path("details").path("lastError").asString())
				.contains("its user name or password is wrong");
			assertThat(app.get("/health/zmq").path("status").asString()).isEqualTo("UP");
			for (String path : new String[] { "/env", "/configprops", "/beans", "/zmq", "/zmq/in", "/zmq/guest",
					"/health", "/info" }) {
				assertThat(app.text(path)).as(path).doesNotContain(secrets);
			}
			ZmqSockets sockets = app.bean(ZmqSockets.class);
			for (String name : List.of("in", "good", "stranger", "staff", "guest")) {
				assertThat(sockets.definition(name) + " " + sockets.definition(name).security()
						+ sockets.definition(name).security().keys() + sockets.status(name) + sockets.details(name))
					.doesNotContain(secrets);
			}
		}
		assertThat(output.toString()).contains("its key is not known").doesNotContain(secrets);
	}

	private static double refusals(ActuatorApp app, String socket, String mechanism) {
		return app.metric("zmq.authentications", "COUNT", "socket:" + socket, "mechanism:" + mechanism,
				"result:refused");
	}

}
