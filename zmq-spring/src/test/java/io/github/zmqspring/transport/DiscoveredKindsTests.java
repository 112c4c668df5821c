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

import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import io.github.zmqspring.core.status.DiscoveryStatus;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.discovery.Discovery;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Resolvers that answer wrongly, late or never, and endpoints of all kinds that they
 * answer with.
 */
@NoLeaks
@Timeout(60)
class DiscoveredKindsTests {

	private static final String NAME = "test:///workers";

	private static Discovery discovery(Resolver resolver) {
		return discovery(resolver, EndpointAddress.HostLookup.SYSTEM);
	}

	private static Discovery discovery(Resolver resolver, EndpointAddress.HostLookup hosts) {
		return new Discovery(List.of(resolver), Duration.ofMillis(50), Duration.ofMillis(300), Duration.ofMillis(200),
				hosts);
	}

	private static TestSockets sockets(Resolver resolver) {
		return new TestSockets(discovery(resolver), (event) -> {
		});
	}

	private static DiscoveryStatus name(TestSockets sockets, String socket) {
		return sockets.registry.details(socket).names().get(0);
	}

	@Test
	void aWrongAnswerIsToldAndTheNameIsLookedUpAgain() {
		Map<String, Resolver> wrong = new LinkedHashMap<>();
		wrong.put("returned null instead of endpoints", (name) -> null);
		wrong.put("null is not an endpoint", (name) -> Arrays.asList((String) null));
		wrong.put("has the port '0'", (name) -> List.of("tcp://127.0.0.1:0"));
		wrong.put("'garbage' is not an endpoint", (name) -> List.of("garbage"));
		wrong.put("has the transport 'test'", (name) -> List.of(NAME));
		wrong.put("names a socket of this application", (name) -> List.of("socket:push"));
		wrong.put("java.lang.IllegalStateException", (name) -> {
			throw new IllegalStateException();
		});
		wrong.put("java.lang.AssertionError: out of order", (name) -> {
			throw new AssertionError("out of order");
		});
		wrong.put("there are no instances", (name) -> List.of());
		AtomicReference<Resolver> answer = new AtomicReference<>((name) -> null);
		try (TestSockets sockets = sockets((name) -> answer.get().endpoints(name))) {
			sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			sockets.connect("push", SocketType.PUSH, NAME);
			wrong.forEach((told, resolver) -> {
				answer.set(resolver);
				TestSockets.await(() -> String.valueOf(name(sockets, "push").lastError()).contains(told));
			});
			answer.set((name) -> List.of(sockets.endpoint("pull")));
			sockets.awaitPeers("push", 1);
			TestSockets.await(() -> name(sockets, "push").lastError() == null);
			// those that are connected stay
			wrong.forEach((told, resolver) -> {
				answer.set(resolver);
				TestSockets.await(() -> String.valueOf(name(sockets, "push").lastError()).contains(told));
				assertThat(sockets.registry.status("push").peers()).isOne();
			});
		}
	}

	@Test
	void goodInstancesAreUsedBesideBadOnes() {
		List<String> found = new CopyOnWriteArrayList<>();
		try (TestSockets sockets = sockets((name) -> found)) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			found.addAll(List.of("tcp://127.0.0.1:0", sockets.endpoint("pull"), "tcp://10.0.0.7:none"));
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, NAME);
			TestSockets.send(push, "a");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("a");
			TestSockets.await(() -> name(sockets, "push").lastError() != null);
			assertThat(name(sockets, "push").lastError())
				.isEqualTo("left out of what was found, 'tcp://127.0.0.1:0' has the port '0', "
						+ "'tcp://10.0.0.7:none' has the port 'none'");
			assertThat(sockets.registry.status("push").lastError()).contains("'tcp://127.0.0.1:0'");
		}
	}

	@Test
	void resolversThatHangAreToldAndHoldUpNothing() throws InterruptedException {
		CountDownLatch end = new CountDownLatch(1);
		List<String> found = new CopyOnWriteArrayList<>();
		try (TestSockets sockets = sockets((name) -> {
			if (name.startsWith("deaf")) {
				awaitUninterruptibly(end);
			}
			else if (name.startsWith("slow")) {
				end.await();
			}
			return found;
		})) {
			sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			found.add(sockets.endpoint("pull"));
			for (int i = 0; i < 6; i++) {
				sockets.connect("deaf" + i, SocketType.PUSH, "test:///deaf" + i);
				sockets.connect("slow" + i, SocketType.PUSH, "test:///slow" + i);
			}
			sockets.connect("push", SocketType.PUSH, NAME);
			sockets.awaitPeers("push", 1);
			for (String hung : List.of("deaf5", "slow5")) {
				TestSockets.await(() -> name(sockets, hung).lastError() != null);
				assertThat(name(sockets, hung).lastError()).contains(DiscoveredKindsTests.class.getName())
					.endsWith("has not answered within 200 ms");
			}
			// closed in the middle of a look-up
			sockets.registry.stop("deaf4");
			sockets.registry.stop("slow4");
			end.countDown();
			sockets.awaitPeers("deaf5", 1);
			sockets.awaitPeers("slow5", 1);
			TestSockets.await(() -> name(sockets, "slow5").lastError() == null);
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		boolean over = false;
		while (!over) {
			try {
				over = latch.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				// as a look-up in native code
			}
		}
	}

	@Test
	void hostsThatAreSlowToLookUpHoldNothingUp() {
		CountDownLatch end = new CountDownLatch(1);
		List<String> found = new CopyOnWriteArrayList<>(
				IntStream.range(0, 60).mapToObj((i) -> "tcp://host" + i + ".test:5555").toList());
		EndpointAddress.HostLookup hosts = (host) -> {
			awaitUninterruptibly(end);
			throw new UnknownHostException(host);
		};
		try (TestSockets sockets = new TestSockets(discovery((name) -> found, hosts), (event) -> {
		})) {
			sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			found.add(sockets.endpoint("pull"));
			sockets.connect("push", SocketType.PUSH, NAME);
			long begin = System.nanoTime();
			sockets.awaitPeers("push", 1);
			sockets.registry.stop("push");
			// not half a second for each of them
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
			end.countDown();
		}
	}

	@Test
	void anAddressThatIsFoundTwiceIsOneInstance() {
		List<String> found = new CopyOnWriteArrayList<>();
		try (TestSockets sockets = sockets((name) -> found)) {
			sockets.bind("pub", SocketType.PULL, "tcp://[::1]:*", SocketOption.IPV6, true);
			String endpoint = sockets.endpoint("pub");
			found.addAll(List.of(endpoint, endpoint, endpoint.replace("0:0:0:0:0:0:0:1", "::1")));
			sockets.create("push", SocketType.PUSH, List.of(), List.of(NAME, "test:///others"), SocketOption.IPV6,
					true);
			sockets.awaitPeers("push", 1);
			TestSockets.await(() -> sockets.registry.details("push")
				.names()
				.stream()
				.allMatch((name) -> name.lookedUpAt() != null && name.instances().size() == 1));
			assertThat(sockets.registry.status("push").peers()).isOne();
			sockets.registry.disconnect("push", NAME);
			assertThat(sockets.registry.status("push").peers()).isOne();
			sockets.registry.disconnect("push", "test:///others");
			sockets.awaitPeers("push", 0);
		}
	}

	@Test
	void whatTheApplicationConnectsStaysWhetherItIsFoundOrNot() {
		List<String> found = new CopyOnWriteArrayList<>();
		try (TestSockets sockets = sockets((name) -> found)) {
			sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			String endpoint = sockets.endpoint("pull");
			found.add(endpoint);
			sockets.connect("push", SocketType.PUSH, NAME);
			sockets.awaitPeers("push", 1);
			sockets.registry.connect("push", endpoint);
			found.clear();
			sockets.bind("other", SocketType.PULL, TestSockets.TCP);
			found.add(sockets.endpoint("other"));
			sockets.awaitPeers("push", 2);
			found.add(endpoint);
			TestSockets.await(() -> name(sockets, "push").instances().size() == 2);
			sockets.registry.disconnect("push", endpoint);
			// found still
			assertThat(sockets.registry.status("push").peers()).isEqualTo(2);
			assertThat(sockets.registry.status("push").connected()).containsExactly(NAME);
			found.remove(endpoint);
			sockets.awaitPeers("pull", 0);
			// not found, but connected again
			sockets.registry.connect("push", endpoint);
			sockets.awaitPeers("pull", 1);
			sockets.registry.disconnect("push", endpoint);
			sockets.awaitPeers("pull", 0);
		}
	}

	static Stream<Arguments> kinds() {
		return Stream.of(Arguments.of("ipc://%s", SocketType.PUSH), Arguments.of("ipc://%s", SocketType.SUB),
				Arguments.of("inproc://%s", SocketType.PUSH), Arguments.of("inproc://%s", SocketType.DEALER),
				Arguments.of("tcp://[::1]:*", SocketType.PUSH), Arguments.of("tcp://[::1]:*", SocketType.PUB));
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void instancesOfAllTransportsComeAndGo(String endpoint, SocketType type, @TempDir Path directory) {
		SocketType peer = switch (type) {
			case PUSH -> SocketType.PULL;
			case SUB -> SocketType.PUB;
			case PUB -> SocketType.SUB;
			default -> SocketType.DEALER;
		};
		List<String> found = new CopyOnWriteArrayList<>();
		try (TestSockets sockets = sockets((name) -> found)) {
			String first = (endpoint.startsWith("ipc")) ? endpoint.formatted(directory.resolve("one"))
					: endpoint.formatted("one");
			ManagedSocket one = sockets.bind("one", peer, first, SocketOption.IPV6, true);
			found.add(sockets.endpoint("one"));
			ManagedSocket socket = sockets.connect("socket", type, NAME, SocketOption.IPV6, true);
			exchange(sockets, type, socket, one);
			ManagedSocket two = sockets.bind("two", peer,
					first.endsWith("one") ? first.replaceFirst("one$", "two") : first, SocketOption.IPV6, true);
			found.set(0, sockets.endpoint("two"));
			TestSockets.await(() -> {
				List<DiscoveryStatus.Instance> instances = name(sockets, "socket").instances();
				return instances.size() == 1 && instances.get(0).endpoint().equals(sockets.endpoint("two"))
						&& instances.get(0).state() == DiscoveryStatus.State.CONNECTED;
			});
			exchange(sockets, type, socket, two);
			assertThat(sockets.registry.status("socket").lost()).isZero();
		}
	}

	private static void exchange(TestSockets sockets, SocketType type, ManagedSocket socket, ManagedSocket peer) {
		ManagedSocket from = (type == SocketType.SUB) ? peer : socket;
		ManagedSocket to = (from == peer) ? socket : peer;
		TestSockets.await(() -> {
			// a publisher drops what comes before the subscription
			TestSockets.send(from, "hello");
			return to.receive(TimeUnit.MILLISECONDS.toNanos(50)) != null;
		});
		while (to.receive(TimeUnit.MILLISECONDS.toNanos(50)) != null) {
			continue;
		}
	}

	@Test
	void whatChangesWhileASocketIsClosedIsFoundWhenItOpens() {
		List<String> found = new CopyOnWriteArrayList<>();
		try (TestSockets sockets = sockets((name) -> found)) {
			sockets.bind("one", SocketType.PULL, TestSockets.TCP);
			sockets.bind("two", SocketType.PULL, TestSockets.TCP);
			found.add(sockets.endpoint("one"));
			sockets.connect("push", SocketType.PUSH, NAME);
			sockets.awaitPeers("one", 1);
			sockets.registry.stop("push");
			sockets.awaitPeers("one", 0);
			found.set(0, sockets.endpoint("two"));
			sockets.registry.start("push");
			sockets.awaitPeers("two", 1);
			// the application is paused
			sockets.registry.stop();
			sockets.registry.start();
			found.set(0, sockets.endpoint("two"));
			sockets.awaitPeers("two", 1);
			sockets.registry.remove("push");
			sockets.awaitPeers("two", 0);
		}
	}

	@FunctionalInterface
	interface Resolver extends ZmqEndpointResolver {

		Collection<String> endpoints(String name) throws Exception;

		@Override
		default String scheme() {
			return "test";
		}

		@Override
		default Collection<String> resolve(String name) throws Exception {
			return endpoints(name);
		}

	}

}
