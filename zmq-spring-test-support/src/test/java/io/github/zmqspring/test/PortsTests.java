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

package io.github.zmqspring.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Ports}.
 */
@NoLeaks
class PortsTests {

	@Test
	void portIsNotFreeUntilItsContextIsClosed() {
		String endpoint;
		try (ZContext context = new ZContext()) {
			ZMQ.Socket socket = context.createSocket(SocketType.PULL);
			socket.bind("tcp://127.0.0.1:*");
			endpoint = socket.getLastEndpoint();
			assertThat(Ports.isFree(endpoint)).isFalse();
			assertThat(Ports.isFree(Ports.portOf(endpoint))).isFalse();
		}
		Ports.awaitFree(Ports.portOf(endpoint));
		assertThat(Ports.isFree(endpoint)).isTrue();
	}

	@Test
	void seesListenersOfThisProcessWithTheirAddress() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			assertThat(ProcFs.self().listeningPorts()).filteredOn((port) -> port.port() == server.getLocalPort())
				.singleElement()
				.satisfies((port) -> assertThat(port.address()).isEqualTo("127.0.0.1"));
		}
	}

	@Test
	void endpointNeedsHostAndPort() {
		assertThatIllegalArgumentException().isThrownBy(() -> Ports.portOf("inproc://a"))
			.withMessageContaining("No host and port in 'inproc://a'");
		assertThatIllegalArgumentException().isThrownBy(() -> Ports.isFree("tcp://127.0.0.1:*"));
	}

}
