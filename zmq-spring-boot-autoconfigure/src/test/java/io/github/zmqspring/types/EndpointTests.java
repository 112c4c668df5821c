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

package io.github.zmqspring.types;

import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqEndpointException;
import io.github.zmqspring.core.ZmqUnknownSocketException;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@NoLeaks
class EndpointTests {

	private static TypesApp app;

	@BeforeAll
	static void start() {
		app = new TypesApp();
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@AfterEach
	void reset() {
		app.reset();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://127.0.0.1:*", "tcp://*:*", "tcp://localhost:*", "tcp://lo:*", "inproc://endpoint",
			"ipc:///tmp/zmq-spring-endpoint" })
	void aMessagePassesOverEveryTransport(String endpoint) throws SocketException {
		Assumptions.assumeTrue(!endpoint.contains("lo:") || NetworkInterface.getByName("lo") != null);
		String bound = app.bind("pull", SocketType.PULL, endpoint);
		assertThat(bound).doesNotEndWith("*");
		app.connect("push", SocketType.PUSH, bound.replace("0.0.0.0", "localhost"));
		assertPasses();
	}

	private static void assertPasses() {
		app.template.convertAndSend("push", "x");
		assertThat(app.template.receiveFrames("pull", TypesApp.PATIENCE).text(0)).isEqualTo("x");
	}

	@Test
	void ipv6IsOneOptionAway() throws SocketException {
		Assumptions.assumeTrue(NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.anyMatch((address) -> address instanceof Inet6Address && address.isLoopbackAddress()));
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> app.bind("pull", SocketType.PULL, "tcp://[::1]:*"))
			.withMessageContaining("zmq.sockets.pull.options.ipv6: true");
		String bound = app.bind("pull", SocketType.PULL, "tcp://[::1]:*", TypesApp.with(SocketOption.IPV6, true));
		app.connect("push", SocketType.PUSH, "tcp://[::1]" + bound.substring(bound.lastIndexOf(':')),
				TypesApp.with(SocketOption.IPV6, true));
		assertPasses();
	}

	@ParameterizedTest
	@ValueSource(strings = { "pgm://eth0;239.192.1.1:5555", "udp://127.0.0.1:5555", "ws://127.0.0.1:80", "vmci://1:1",
			"TCP://127.0.0.1:5555", "127.0.0.1:5555", "tcp://", "tcp://127.0.0.1", "tcp://127.0.0.1:70000",
			"tcp://127.0.0.1:http" })
	void whatJeroMqCannotDoIsRefusedWithWhatItCan(String endpoint) {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> app.bind("pull", SocketType.PULL, endpoint))
			.withMessageContaining("zmq.sockets.pull.bind")
			.withMessageContaining(endpoint)
			.withMessageContaining((endpoint.startsWith("tcp://1")) ? "port" : "inproc://");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "tcp://127.0.0.1:0", "tcp://127.0.0.1:*", "tcp://*:5555", "tcp://127.0.0.1:0;127.0.0.1:5555" })
	void aConnectThatJeroMqWouldAcceptAndForgetIsRefused(String endpoint) {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> app.connect("push", SocketType.PUSH, endpoint))
			.withMessageContaining("zmq.sockets.push.connect")
			.withMessageContaining(endpoint);
	}

	@Test
	void pathsOfTheSameHashAreTwoEndpoints() {
		try (TypesApp own = new TypesApp()) {
			// the same hash: "Aa" and "BB"
			own.bind("one", SocketType.PULL, "ipc:///tmp/zmq-spring-Aa");
			own.bind("two", SocketType.PULL, "ipc:///tmp/zmq-spring-BB");
			own.connect("push", SocketType.PUSH, "ipc:///tmp/zmq-spring-BB");
			own.template.convertAndSend("push", "x");
			assertThat(own.template.receiveFrames("two", TypesApp.PATIENCE).text(0)).isEqualTo("x");
		}
	}

	@Test
	void endpointsComeAndGoAtRunTime() throws InterruptedException {
		app.bind("pull", SocketType.PULL, "tcp://127.0.0.1:*");
		String second = app.sockets.bind("pull", "tcp://127.0.0.1:*");
		assertThat(app.sockets.status("pull").bound()).hasSize(2).contains(second);
		app.sockets.create(SocketDefinition.of("push", SocketType.PUSH, List.of(), List.of()));
		app.sockets.connect("push", second);
		assertThat(app.sockets.awaitPeers("push", 1, TypesApp.PATIENCE)).isTrue();
		assertPasses();
		app.sockets.disconnect("push", second);
		assertThat(app.sockets.status("push").connected()).isEmpty();
		Awaitility.await().until(() -> app.sockets.status("pull").peers() == 0);
		app.sockets.unbind("pull", second);
		assertThat(app.sockets.status("pull").bound()).hasSize(1).doesNotContain(second);
		// it is really free
		app.bind("other", SocketType.PULL, second);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://127.0.0.1:*", "inproc://asked" })
	void whatWasBoundIsGivenUpByWhatWasAskedFor(String asked) {
		app.sockets.create(SocketDefinition.of("pull", SocketType.PULL, List.of(), List.of()));
		String bound = app.sockets.bind("pull", asked);
		app.sockets.unbind("pull", asked);
		assertThat(app.sockets.status("pull").bound()).isEmpty();
		app.bind("other", SocketType.PULL, bound);
	}

	@Test
	void givingUpWhatIsNotThereIsAnError() {
		app.bind("pull", SocketType.PULL, "inproc://there");
		assertThatExceptionOfType(ZmqEndpointException.class)
			.isThrownBy(() -> app.sockets.unbind("pull", "inproc://elsewhere"))
			.withMessageContaining("inproc://there");
		assertThatExceptionOfType(ZmqEndpointException.class)
			.isThrownBy(() -> app.sockets.disconnect("pull", "tcp://127.0.0.1:9"))
			.withMessageContaining("'pull'");
	}

	@Test
	void aSocketThatStartsAgainIsAsItsDefinitionWantsIt() throws InterruptedException {
		app.bind("pull", SocketType.PULL, "inproc://defined");
		app.sockets.bind("pull", "inproc://later");
		app.sockets.stop("pull");
		assertThat(app.sockets.status("pull").state()).isEqualTo(SocketStatus.State.NEW);
		app.sockets.start("pull");
		assertThat(app.sockets.status("pull").bound()).containsExactly("inproc://defined");
	}

	@Test
	void aSocketThatIsRemovedIsUnknownAndItsNameIsFree() {
		app.bind("pull", SocketType.PULL, "inproc://removed");
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> app.bind("pull", SocketType.PULL, "inproc://twice"));
		app.sockets.remove("pull");
		assertThatExceptionOfType(ZmqUnknownSocketException.class).isThrownBy(() -> app.sockets.status("pull"));
		assertThat(app.bind("pull", SocketType.PULL, "inproc://removed")).isEqualTo("inproc://removed");
	}

}
