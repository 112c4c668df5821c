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

package io.github.zmqspring.test.slice;

import io.github.zmqspring.autoconfigure.ZmqConnectionDetails;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqContainer;
import io.github.zmqspring.test.ZmqTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ZmqContainer} with {@link ServiceConnection}, without Docker: what the
 * container says of its ports is made up.
 */
@ZmqTest(useDefaultFilters = false,
		properties = { "zmq.sockets.ask.type=req", "zmq.sockets.ask.connect=tcp://elsewhere.invalid:5560",
				"zmq.sockets.other.type=push", "zmq.sockets.other.connect=tcp://localhost:5561" })
@NoLeaks
class ContainerTests {

	@ServiceConnection
	static final ZmqContainer container = new MadeUp().withSocket("ask", 5560);

	@Autowired
	private ZmqSockets sockets;

	@Autowired
	private ZmqConnectionDetails details;

	@Test
	void aSocketConnectsToThePortThatTheContainerIsMappedTo() {
		assertThat(this.sockets.definition("ask").connect()).containsExactly("tcp://127.0.0.1:45560");
		assertThat(this.sockets.definition("other").connect()).containsExactly("tcp://localhost:5561");
		assertThat(this.details.getConnect("other")).isEmpty();
		assertThat(container.getExposedPorts()).containsExactly(5560);
	}

	private static final class MadeUp extends ZmqContainer {

		private MadeUp() {
			super("example/quotes:1");
		}

		@Override
		public void start() {
		}

		@Override
		public boolean isCreated() {
			return true;
		}

		@Override
		public boolean isRunning() {
			return true;
		}

		@Override
		public String getDockerImageName() {
			return "example/quotes:1";
		}

		@Override
		public String getHost() {
			return "127.0.0.1";
		}

		@Override
		public Integer getMappedPort(int port) {
			return 40_000 + port;
		}

	}

}
