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

package io.github.zmqspring.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqEndpointException;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.Ports;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Binding and connecting: what goes wrong is said as it is.
 */
@NoLeaks
@Timeout(60)
class EndpointAddressTests {

	@Test
	void aPortInUseStopsTheStartAndSaysSo() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				ZContext context = new ZContext()) {
			String endpoint = "tcp://127.0.0.1:" + taken.getLocalPort();
			SocketRegistry registry = new SocketRegistry(context, 1, (event) -> {
			}, SocketOptions.NONE, List.of(SocketDefinition.of("pull", SocketType.PULL, List.of(endpoint), List.of())));
			long start = System.nanoTime();
			assertThatExceptionOfType(ZmqEndpointException.class).isThrownBy(registry::start)
				.withMessageContaining("'pull'")
				.withMessageContaining(endpoint)
				.withMessageContaining("in use")
				.satisfies((ex) -> assertThat(ex.getEndpoint()).isEqualTo(endpoint));
			// a port that was closed a moment ago gets a second to become free
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(900),
					Duration.ofSeconds(10));
			assertThat(registry.isRunning()).isFalse();
			assertThat(ContextTerminator.terminate(context, TestSockets.PATIENCE)).isTrue();
		}
	}

	@Test
	void aPortThatBecomesFreeInTimeIsBound() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
			Thread closing = new Thread(() -> {
				try {
					TimeUnit.MILLISECONDS.sleep(200);
					taken.close();
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}, "closing");
			closing.start();
			String endpoint = "tcp://127.0.0.1:" + taken.getLocalPort();
			sockets.bind("pull", SocketType.PULL, endpoint);
			assertThat(sockets.endpoint("pull")).isEqualTo(endpoint);
			closing.join();
		}
	}

	@Test
	void anAddressOfAnotherMachineIsNotReportedAsInUse() {
		try (TestSockets sockets = new TestSockets()) {
			assertThatExceptionOfType(ZmqEndpointException.class)
				.isThrownBy(() -> sockets.bind("pull", SocketType.PULL, "tcp://192.0.2.1:5555"))
				.withMessageContaining("192.0.2.1")
				.withMessageContaining("assign requested address")
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("in use"));
			assertThat(sockets.registry.names()).isEmpty();
		}
	}

	@Test
	void anInprocNameThatIsTakenIsReportedAtOnce() {
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("one", SocketType.PULL, "inproc://taken");
			assertThatExceptionOfType(ZmqEndpointException.class)
				.isThrownBy(() -> sockets.bind("two", SocketType.PULL, "inproc://taken"))
				.withMessageContaining("another socket of this context has that name");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://127.0.0.1", "tcp://127.0.0.1:0", "tcp://127.0.0.1:*", "tcp://127.0.0.1:65536",
			"tcp://127.0.0.1:-1", "tcp://127.0.0.1:http", "tcp://*:5555", "tcp://", "udp://127.0.0.1:5555", "5555",
			"" })
	void nonsenseToConnectToIsRefused(String endpoint) {
		try (TestSockets sockets = new TestSockets()) {
			assertThatExceptionOfType(ZmqConfigurationException.class)
				.isThrownBy(() -> sockets.connect("push", SocketType.PUSH, endpoint))
				.withMessageContaining("push");
		}
	}

	@Test
	void aSocketHasSeveralEndpointsOfBothKinds() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket far = sockets.bind("far", SocketType.DEALER, TestSockets.TCP);
			ManagedSocket middle = sockets.create("middle", SocketType.ROUTER,
					List.of(TestSockets.TCP, TestSockets.TCP, "inproc://middle"), List.of(sockets.endpoint("far")));
			List<String> bound = sockets.registry.status("middle").bound();
			assertThat(bound).hasSize(3).doesNotHaveDuplicates();
			for (String endpoint : bound) {
				ManagedSocket near = sockets.connect("near " + endpoint, SocketType.DEALER, endpoint);
				TestSockets.send(near, endpoint);
				assertThat(TestSockets.text(TestSockets.receive(middle))).isEqualTo(endpoint);
			}
			TestSockets.send(far, "far");
			assertThat(TestSockets.text(TestSockets.receive(middle))).isEqualTo("far");
			assertThat(sockets.registry.status("middle").peers()).isEqualTo(4);
			String more = sockets.registry.bind("middle", TestSockets.TCP);
			assertThat(sockets.registry.status("middle").bound()).hasSize(4).contains(more);
			sockets.registry.unbind("middle", more);
			assertThat(sockets.registry.status("middle").bound()).hasSize(3);
			Ports.awaitFree(Ports.portOf(more));
		}
	}

	@Test
	void ipv6LoopbackWorks() throws Exception {
		Assumptions.assumeTrue(isIpv6There(), "no IPv6 loopback");
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, "tcp://[::1]:*", SocketOption.IPV6, true);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"), SocketOption.IPV6,
					true);
			TestSockets.send(push, "six");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("six");
			assertThat(sockets.registry.status("pull").peers()).isEqualTo(1);
		}
	}

	static boolean isIpv6There() {
		try (ServerSocket probe = new ServerSocket(0, 1, Inet6Address.getByName("::1"))) {
			return probe.isBound();
		}
		catch (Exception ex) {
			return false;
		}
	}

	@Test
	void aNameThatDoesNotResolveYetIsConnectedAsSoonAsItDoes() {
		AtomicBoolean resolves = new AtomicBoolean();
		try (TestSockets sockets = new TestSockets(lookup(resolves))) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			String endpoint = sockets.endpoint("pull").replace("127.0.0.1", "localhost");
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, endpoint);
			assertThat(sockets.registry.status("push").pending()).containsExactly(endpoint);
			assertThat(TestSockets.trySend(push, "too early")).isEqualTo(SendResult.TIMED_OUT);
			resolves.set(true);
			assertThat(TestSockets.send(push, "now")).isEqualTo(SendResult.ACCEPTED);
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("now");
			TestSockets.await(() -> sockets.registry.status("push").pending().isEmpty());
			assertThat(sockets.registry.status("push").connected()).containsExactly(endpoint);
		}
	}

	@Test
	void aPendingConnectEndsWithADisconnectOrAClose() {
		AtomicBoolean resolves = new AtomicBoolean();
		try (TestSockets sockets = new TestSockets(lookup(resolves))) {
			sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			String endpoint = sockets.endpoint("pull").replace("127.0.0.1", "localhost");
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, endpoint);
			sockets.registry.disconnect("push", endpoint);
			assertThat(sockets.registry.status("push").pending()).isEmpty();
			assertThat(sockets.registry.status("push").connected()).isEmpty();
			sockets.connect("closed", SocketType.PUSH, endpoint);
			sockets.registry.stop("closed");
			assertThat(sockets.registry.status("closed").pending()).isEmpty();
			resolves.set(true);
			assertThat(push.send(new byte[][] { {} }, TimeUnit.MILLISECONDS.toNanos(500)))
				.isEqualTo(SendResult.TIMED_OUT);
			assertThat(sockets.registry.status("pull").peers()).isZero();
		}
	}

	@Test
	void aConnectThatIsCancelledDuringItsLookUpIsNotMade() throws Exception {
		CountDownLatch looking = new CountDownLatch(1);
		CountDownLatch found = new CountDownLatch(1);
		AtomicInteger lookUps = new AtomicInteger();
		EndpointAddress.HostLookup lookup = (host) -> {
			if (lookUps.incrementAndGet() == 1) {
				throw new UnknownHostException(host);
			}
			looking.countDown();
			try {
				found.await(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return InetAddress.getLoopbackAddress();
		};
		try (TestSockets sockets = new TestSockets(lookup)) {
			String endpoint = "tcp://localhost:1";
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, endpoint);
			assertThat(looking.await(10, TimeUnit.SECONDS)).isTrue();
			sockets.registry.disconnect("push", endpoint);
			found.countDown();
			// connected, it would have a pipe to write to
			assertThat(push.send(new byte[][] { {} }, TimeUnit.MILLISECONDS.toNanos(300)))
				.isEqualTo(SendResult.TIMED_OUT);
		}
	}

	private static EndpointAddress.HostLookup lookup(AtomicBoolean resolves) {
		return (host) -> {
			if (!resolves.get()) {
				throw new UnknownHostException(host);
			}
			return InetAddress.getByName(host);
		};
	}

	@Test
	void subscribersOverInprocGetArraysOfTheirOwnAlsoWhenConnectedAtRunTime() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pub = sockets.bind("pub", SocketType.XPUB, "inproc://pub", SocketOption.XPUB_VERBOSE, true);
			ManagedSocket one = sockets.connect("one", SocketType.SUB, "inproc://pub");
			ManagedSocket two = sockets.create("two", SocketType.SUB, List.of(), List.of());
			sockets.registry.connect("two", "inproc://pub");
			TestSockets.receive(pub);
			TestSockets.receive(pub);
			TestSockets.send(pub, "shared");
			byte[] first = TestSockets.receive(one).frame(0);
			byte[] second = TestSockets.receive(two).frame(0);
			assertThat(first).isEqualTo(second).isNotSameAs(second);
		}
	}

}
