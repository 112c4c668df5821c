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

package io.github.zmqspring.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample with its request-reply pair secured.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.digest.run-at-startup=false", "zmq.sockets.rpc.bind=tcp://127.0.0.1:*",
				"zmq.sockets.rpc-client.connect=socket:rpc" })
@ActiveProfiles({ "test", "secure" })
@DirtiesContext
class SecureProfileTests {

	@TempDir
	static Path keys;

	@Autowired
	private ZmqTemplate template;

	@Autowired
	private ZmqSockets sockets;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("sample.keys", () -> keys.toString());
	}

	@BeforeAll
	static void createKeys() throws IOException {
		ZmqKeys.writeSecret(keys.resolve("server.key_secret"), ZmqKeys.generate());
		ZmqKeyPair client = ZmqKeys.generate();
		ZmqKeys.writeSecret(keys.resolve("client.key_secret"), client);
		ZmqKeys.writePublic(Files.createDirectory(keys.resolve("clients")).resolve("client.key"), client);
	}

	@Test
	void requestsAreAnsweredOverCurve() {
		RpcReply reply = this.template.convertSendAndReceive("rpc-client", new RpcRequest("reverse", "stressed"),
				RpcReply.class);
		assertThat(reply).isNotNull();
		assertThat(reply.result()).isEqualTo("desserts");
		assertThat(this.sockets.details("rpc").authenticated()).isOne();
	}

}
