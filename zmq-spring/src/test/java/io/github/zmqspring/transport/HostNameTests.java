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

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for hosts that are given by name: which thread looks them up, and which address
 * is taken.
 */
@NoLeaks
@Timeout(60)
class HostNameTests {

	private final Lookup lookup = new Lookup();

	@Test
	void aSlowNameHoldsUpNeitherTheCallerNorOtherConnections() throws Exception {
		CountDownLatch answer = new CountDownLatch(1);
		this.lookup.answers = (host) -> {
			TestSockets.awaitQuietly(answer);
			return addresses("127.0.0.1");
		};
		try (TestSockets sockets = new TestSockets(this.lookup)) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			String named = named(sockets, "pull");
			// returns although no server answers
			ManagedSocket slow = sockets.connect("slow", SocketType.PUSH, named);
			assertThat(sockets.registry.status("slow").pending()).containsExactly(named);
			ManagedSocket fast = sockets.connect("fast", SocketType.PUSH, sockets.endpoint("pull"));
			TestSockets.send(fast, "fast");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("fast");
			answer.countDown();
			assertThat(TestSockets.send(slow, "slow")).isEqualTo(SendResult.ACCEPTED);
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("slow");
			assertThat(sockets.registry.status("slow").pending()).isEmpty();
		}
		assertThat(this.lookup.threads).isNotEmpty().allMatch((name) -> name.equals("zmq-connector"));
	}

	@Test
	void aNameOfASocketThatIsStoppedIsLookedUpNoMore() {
		this.lookup.answers = (host) -> {
			throw new UnknownHostException(host);
		};
		try (TestSockets sockets = new TestSockets(this.lookup)) {
			sockets.connect("push", SocketType.PUSH, "tcp://unknown.invalid:5555");
			assertThat(connectors()).isNotEmpty();
			sockets.registry.stop("push");
			// the threads end once no name is left
			TestSockets.await(() -> connectors().isEmpty());
		}
	}

	private static List<Thread> connectors() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("zmq-connector"))
			.toList();
	}

	@Test
	void theNextAddressIsTriedWhereTheFirstRefuses() {
		this.lookup.answers = (host) -> addresses("127.0.0.2", "127.0.0.3", "127.0.0.1");
		try (TestSockets sockets = new TestSockets(this.lookup)) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			String named = named(sockets, "pull");
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, named);
			TestSockets.send(push, "x");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("x");
			TestSockets.await(
					() -> sockets.registry.details("push").connects().get(0).state() == ConnectStatus.State.CONNECTED);
			assertThat(sockets.registry.details("push").connects().get(0).endpoint()).isEqualTo(named);
			sockets.registry.disconnect("push", named);
			sockets.awaitPeers("pull", 0);
			assertThat(sockets.registry.status("push").connected()).isEmpty();
		}
	}

	@Test
	void aNameThatMovesIsFollowedAndWhatWaitsIsKept() {
		AtomicInteger lookUps = new AtomicInteger();
		this.lookup.answers = (host) -> addresses((lookUps.incrementAndGet() < 3) ? "127.0.0.2" : "127.0.0.1");
		try (TestSockets sockets = new TestSockets(this.lookup)) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, named(sockets, "pull"));
			for (int i = 0; i < 10; i++) {
				TestSockets.send(push, i);
			}
			for (int i = 0; i < 10; i++) {
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo(String.valueOf(i));
			}
			assertThat(lookUps.get()).isGreaterThanOrEqualTo(3);
		}
		assertThat(this.lookup.threads).allMatch((name) -> name.equals("zmq-connector"));
	}

	@Test
	void aNameThatResolvesNoMoreIsTriedAtItsLastAddress() {
		AtomicInteger lookUps = new AtomicInteger();
		this.lookup.answers = (host) -> {
			if (lookUps.incrementAndGet() > 1) {
				throw new UnknownHostException(host);
			}
			return addresses("127.0.0.1");
		};
		try (TestSockets sockets = new TestSockets(this.lookup)) {
			sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			String endpoint = sockets.endpoint("pull");
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, named(sockets, "pull"));
			sockets.awaitPeers("push", 1);
			sockets.registry.remove("pull");
			TestSockets.await(() -> lookUps.get() > 1);
			ManagedSocket again = sockets.bind("again", SocketType.PULL, endpoint);
			TestSockets.send(push, "x");
			assertThat(TestSockets.text(TestSockets.receive(again))).isEqualTo("x");
		}
	}

	@Test
	void aHostWithIpv6AddressesOnlyNeedsTheOption() throws Exception {
		this.lookup.answers = (host) -> addresses("::1");
		try (TestSockets sockets = new TestSockets(this.lookup)) {
			assertThatExceptionOfType(ZmqConfigurationException.class)
				.isThrownBy(() -> sockets.connect("push", SocketType.PUSH, "tcp://only-six:5555"))
				.withMessageContaining("only-six")
				.withMessageContaining("only IPv6 addresses")
				.withMessageContaining("Set zmq.sockets.push.options.ipv6: true");
			Assumptions.assumeTrue(EndpointAddressTests.isIpv6There(), "no IPv6 loopback");
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, "tcp://[::1]:*", SocketOption.IPV6, true);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, named(sockets, "pull"), SocketOption.IPV6,
					true);
			TestSockets.send(push, "six");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("six");
		}
	}

	@Test
	void aHostOfBothFamiliesIsReachedByTheOneThatTheSocketTakes() {
		this.lookup.answers = (host) -> addresses("::1", "127.0.0.1");
		try (TestSockets sockets = new TestSockets(this.lookup)) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			for (boolean ipv6 : new boolean[] { false, true }) {
				ManagedSocket push = sockets.connect("push " + ipv6, SocketType.PUSH, named(sockets, "pull"),
						SocketOption.IPV6, ipv6);
				TestSockets.send(push, String.valueOf(ipv6));
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo(String.valueOf(ipv6));
			}
		}
	}

	@Test
	void aCloseDoesNotWaitForALookUp() throws Exception {
		CountDownLatch looking = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		this.lookup.answers = (host) -> {
			looking.countDown();
			try {
				answer.await(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new UnknownHostException(host);
			}
			return addresses("127.0.0.1");
		};
		try (TestSockets sockets = new TestSockets(this.lookup)) {
			sockets.connect("push", SocketType.PUSH, "tcp://never:5555");
			assertThat(looking.await(20, TimeUnit.SECONDS)).isTrue();
			sockets.registry.remove("push");
			assertThat(sockets.registry.names()).isEmpty();
		}
		assertThat(answer.getCount()).isOne();
	}

	private static String named(TestSockets sockets, String name) {
		String endpoint = sockets.endpoint(name);
		return "tcp://a-host" + endpoint.substring(endpoint.lastIndexOf(':'));
	}

	private static List<InetAddress> addresses(String... texts) throws UnknownHostException {
		List<InetAddress> addresses = new ArrayList<>();
		for (String text : texts) {
			addresses.add(InetAddress.getByName(text));
		}
		return addresses;
	}

	/** Answers as a test wants, and keeps who asked. */
	private static final class Lookup implements EndpointAddress.HostLookup {

		private final Set<String> threads = ConcurrentHashMap.newKeySet();

		private volatile Answers answers = (host) -> List.of();

		@Override
		public InetAddress find(String host) throws UnknownHostException {
			return findAll(host).get(0);
		}

		@Override
		public List<InetAddress> findAll(String host) throws UnknownHostException {
			this.threads.add(Thread.currentThread().getName());
			return this.answers.of(host);
		}

	}

	@FunctionalInterface
	private interface Answers {

		List<InetAddress> of(String host) throws UnknownHostException;

	}

}
