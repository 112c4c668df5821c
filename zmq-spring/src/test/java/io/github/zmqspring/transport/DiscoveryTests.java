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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.core.status.DiscoveryStatus;
import io.github.zmqspring.event.ZmqInstanceLostEvent;
import io.github.zmqspring.event.ZmqInstancesChangedEvent;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.Ports;
import io.github.zmqspring.transport.discovery.Discovery;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of sockets that connect to names, whose instances come and go.
 */
@NoLeaks
class DiscoveryTests {

	private final FakeInstances instances = new FakeInstances();

	private final ConcurrentLinkedQueue<Object> events = new ConcurrentLinkedQueue<>();

	private TestSockets sockets() {
		return sockets(this.instances.discovery());
	}

	private TestSockets sockets(Discovery discovery) {
		return new TestSockets(discovery, this.events::add);
	}

	@Test
	void connectsToInstancesThatComeAndLeavesThoseThatGo() {
		try (TestSockets sockets = sockets()) {
			ManagedSocket one = sockets.bind("one", SocketType.PULL, TestSockets.TCP);
			ManagedSocket two = sockets.bind("two", SocketType.PULL, TestSockets.TCP);
			String first = sockets.endpoint("one");
			String second = sockets.endpoint("two");
			this.instances.set(first);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, FakeInstances.NAME);
			sockets.awaitPeers("push", 1);
			TestSockets.send(push, "a");
			assertThat(TestSockets.text(TestSockets.receive(one))).isEqualTo("a");
			this.instances.set(first, second);
			sockets.awaitPeers("push", 2);
			this.instances.set(second);
			sockets.awaitPeers("push", 1);
			TestSockets.send(push, "b");
			TestSockets.send(push, "c");
			assertThat(TestSockets.text(TestSockets.receive(two))).isEqualTo("b");
			assertThat(TestSockets.text(TestSockets.receive(two))).isEqualTo("c");
			TestSockets.await(() -> changes().size() == 3);
			assertThat(changes()).last().satisfies((event) -> {
				assertThat(event.getSocket()).isEqualTo("push");
				assertThat(event.getEndpoint()).isEqualTo(FakeInstances.NAME);
				assertThat(event.getAdded()).isEmpty();
				assertThat(event.getRemoved()).containsExactly(first);
				assertThat(event.getInstances()).containsExactly(second);
			});
		}
	}

	private List<ZmqInstancesChangedEvent> changes() {
		return this.events.stream()
			.filter(ZmqInstancesChangedEvent.class::isInstance)
			.map(ZmqInstancesChangedEvent.class::cast)
			.toList();
	}

	@Test
	void keepsWhatIsKnownWhileTheNameCannotBeLookedUp() {
		try (TestSockets sockets = sockets()) {
			sockets.bind("one", SocketType.PULL, TestSockets.TCP);
			this.instances.fail("the registry is away");
			sockets.connect("push", SocketType.PUSH, FakeInstances.NAME);
			TestSockets.await(() -> sockets.registry.status("push").lastError() != null);
			assertThat(sockets.registry.status("push").lastError()).isEqualTo("test:///workers: the registry is away");
			assertThat(sockets.registry.status("push").pending()).containsExactly(FakeInstances.NAME);
			assertThat(sockets.registry.details("push").connects()).singleElement().satisfies((connect) -> {
				assertThat(connect.state()).isEqualTo(ConnectStatus.State.UNRESOLVED);
				assertThat(connect.lastError()).isEqualTo("the registry is away");
			});
			this.instances.set(sockets.endpoint("one"));
			sockets.awaitPeers("push", 1);
			this.instances.fail("the registry is away again");
			TestSockets.await(() -> "the registry is away again"
				.equals(sockets.registry.details("push").names().get(0).lastError()));
			assertThat(sockets.registry.details("push").names().get(0)).satisfies((name) -> {
				assertThat(name.lookedUpAt()).isNotNull();
				assertThat(name.instances()).singleElement().satisfies((instance) -> {
					assertThat(instance.endpoint()).isEqualTo(sockets.endpoint("one"));
					assertThat(instance.state()).isEqualTo(DiscoveryStatus.State.CONNECTED);
				});
			});
			assertThat(sockets.registry.status("push").pending()).isEmpty();
			this.instances.set(sockets.endpoint("one"));
			TestSockets.await(() -> sockets.registry.details("push").names().get(0).lastError() == null);
			assertThat(sockets.registry.status("push").peers()).isOne();
		}
	}

	@Test
	void looksTheNameUpSoonWhenAConnectionIsLost() {
		try (TestSockets sockets = sockets(this.instances.discovery(Duration.ofHours(1), Duration.ZERO))) {
			ManagedSocket one = sockets.bind("one", SocketType.PUB, TestSockets.TCP);
			sockets.bind("two", SocketType.PUB, TestSockets.TCP);
			this.instances.set(sockets.endpoint("one"));
			sockets.connect("sub", SocketType.SUB, FakeInstances.NAME);
			sockets.awaitPeers("sub", 1);
			this.instances.set(sockets.endpoint("two"));
			one.close();
			sockets.awaitPeers("two", 1);
		}
	}

	@Test
	void keepsInstancesThatAreConnectedWhenNoneAreFound() {
		try (TestSockets sockets = sockets()) {
			ManagedSocket one = sockets.bind("one", SocketType.PULL, TestSockets.TCP);
			sockets.bind("away", SocketType.PULL, TestSockets.TCP);
			String away = sockets.endpoint("away");
			sockets.registry.stop("away");
			this.instances.set(sockets.endpoint("one"), away);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, FakeInstances.NAME);
			sockets.awaitPeers("push", 1);
			this.instances.set();
			TestSockets.await(
					() -> "there are no instances".equals(sockets.registry.details("push").names().get(0).lastError()));
			assertThat(sockets.registry.details("push").names().get(0).instances()).singleElement()
				.extracting(DiscoveryStatus.Instance::endpoint)
				.isEqualTo(sockets.endpoint("one"));
			TestSockets.send(push, "a");
			assertThat(TestSockets.text(TestSockets.receive(one))).isEqualTo("a");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PUSH", "DEALER", "SCATTER", "CLIENT" })
	void sendsToOthersWhatWaitedForAnInstanceThatWent(SocketType type) {
		SocketType peer = switch (type) {
			case PUSH -> SocketType.PULL;
			case DEALER -> SocketType.DEALER;
			case SCATTER -> SocketType.GATHER;
			default -> SocketType.SERVER;
		};
		try (TestSockets sockets = sockets()) {
			// not read: its queue and the kernel's buffers are filled
			sockets.create("stuck", peer, List.of(TestSockets.TCP), List.of(), SocketOption.RECEIVE_HWM, 5);
			this.instances.set(sockets.endpoint("stuck"));
			ManagedSocket sender = sockets.connect("sender", type, FakeInstances.NAME, SocketOption.SEND_HWM, 300,
					SocketOption.LINGER, Duration.ofSeconds(5));
			sockets.awaitPeers("sender", 1);
			byte[] padding = new byte[50_000];
			int sent = 0;
			while (sender.send(ZmqMessage.of((sent + "|" + new String(padding)).getBytes()).raw(),
					TimeUnit.MILLISECONDS.toNanos(100)) == SendResult.ACCEPTED) {
				sent++;
			}
			ManagedSocket other = sockets.bind("other", peer, TestSockets.TCP);
			this.instances.set(sockets.endpoint("other"));
			Set<Integer> received = new HashSet<>();
			TestSockets.await(() -> {
				read(other, received);
				return received.size() > 100;
			});
			ManagedSocket stuck = sockets.registry.socket("stuck");
			int total = sent;
			TestSockets.await(() -> {
				read(stuck, received);
				read(other, received);
				return received.size() == total;
			});
			assertThat(sockets.registry.status("sender").sent()).isEqualTo(sent);
			assertThat(sockets.registry.status("sender").lost()).isZero();
		}
	}

	@Test
	void nothingWaitsForAnInstanceThatNeverAnswers() {
		try (TestSockets sockets = sockets()) {
			ManagedSocket one = sockets.bind("one", SocketType.PULL, TestSockets.TCP);
			this.instances.set("tcp://127.0.0.1:1", sockets.endpoint("one"));
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, FakeInstances.NAME);
			sockets.awaitPeers("push", 1);
			for (int i = 0; i < 20; i++) {
				TestSockets.send(push, "message " + i);
				assertThat(TestSockets.text(TestSockets.receive(one))).isEqualTo("message " + i);
			}
		}
	}

	@Test
	void sendsToOthersWhatWaitedForAnInstanceWhoseConnectionIsLost() {
		try (TestSockets sockets = sockets()) {
			sockets.create("stuck", SocketType.PULL, List.of(TestSockets.TCP), List.of(), SocketOption.RECEIVE_HWM, 5);
			String stuck = sockets.endpoint("stuck");
			this.instances.set(stuck);
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, FakeInstances.NAME, SocketOption.SEND_HWM,
					100, SocketOption.LINGER, Duration.ofSeconds(5));
			sockets.awaitPeers("push", 1);
			int sent = TestSockets.fill(push, "x".repeat(50_000));
			ManagedSocket other = sockets.bind("other", SocketType.PULL, TestSockets.TCP);
			// still found
			this.instances.set(stuck, sockets.endpoint("other"));
			sockets.awaitPeers("push", 2);
			sockets.registry.stop("stuck");
			TestSockets.await(() -> this.events.stream().anyMatch(ZmqInstanceLostEvent.class::isInstance));
			ZmqInstanceLostEvent lost = (ZmqInstanceLostEvent) this.events.stream()
				.filter(ZmqInstanceLostEvent.class::isInstance)
				.findFirst()
				.orElseThrow();
			assertThat(lost.getEndpoint()).isEqualTo(stuck);
			assertThat(lost.getTakenBack()).isPositive();
			for (int i = 0; i < lost.getTakenBack(); i++) {
				TestSockets.receive(other);
			}
			assertThat(other.receive(0)).isNull();
			assertThat(lost.getTakenBack() + lost.getHandedOver()).isBetween(sent - 1L, (long) sent);
			// and it is connected again when it comes back
			sockets.create("again", SocketType.PULL, List.of(stuck), List.of());
			sockets.awaitPeers("push", 2);
		}
	}

	private static void read(ManagedSocket socket, Set<Integer> into) {
		for (ZmqMessage message = socket.receive(0); message != null; message = socket.receive(0)) {
			assertThat(into.add(number(message))).isTrue();
		}
	}

	private static int number(ZmqMessage message) {
		String text = new String(message.frame(message.size() - 1));
		return Integer.parseInt(text.substring(0, text.indexOf('|')));
	}

	@Test
	void repliesOfAnInstanceThatGoesStillCome() {
		try (TestSockets sockets = sockets()) {
			ManagedSocket server = sockets.bind("server", SocketType.ROUTER, TestSockets.TCP);
			this.instances.set(sockets.endpoint("server"));
			ManagedSocket dealer = sockets.connect("dealer", SocketType.DEALER, FakeInstances.NAME);
			sockets.awaitPeers("dealer", 1);
			TestSockets.send(dealer, "question");
			ZmqMessage question = TestSockets.receive(server);
			ManagedSocket second = sockets.bind("second", SocketType.ROUTER, TestSockets.TCP);
			this.instances.set(sockets.endpoint("second"));
			sockets.awaitPeers("dealer", 2);
			TestSockets.await(() -> states(sockets, "dealer").contains(DiscoveryStatus.State.LEAVING));
			for (int i = 0; i < 10; i++) {
				TestSockets.send(dealer, "later");
				assertThat(TestSockets.text(TestSockets.receive(second))).endsWith("later");
			}
			TestSockets.send(server, question.raw()[0], "answer");
			assertThat(TestSockets.text(TestSockets.receive(dealer))).isEqualTo("answer");
			assertThat(TestSockets.text(server.receive(0))).isEqualTo("nothing");
			sockets.registry.stop("server");
			TestSockets.await(() -> states(sockets, "dealer").equals(List.of(DiscoveryStatus.State.CONNECTED)));
		}
	}

	private static List<DiscoveryStatus.State> states(TestSockets sockets, String name) {
		return sockets.registry.details(name)
			.names()
			.get(0)
			.instances()
			.stream()
			.map(DiscoveryStatus.Instance::state)
			.toList();
	}

	@Test
	void anInstanceThatGoesIsDisconnectedWhenItsTimeIsOver() {
		try (TestSockets sockets = sockets(this.instances.discovery(Duration.ofMillis(50), Duration.ofMillis(200)))) {
			sockets.bind("one", SocketType.PUB, TestSockets.TCP);
			sockets.bind("two", SocketType.PUB, TestSockets.TCP);
			this.instances.set(sockets.endpoint("one"));
			sockets.connect("sub", SocketType.SUB, FakeInstances.NAME);
			sockets.awaitPeers("one", 1);
			this.instances.set(sockets.endpoint("two"));
			sockets.awaitPeers("two", 1);
			sockets.awaitPeers("one", 0);
		}
	}

	@Test
	void anInstanceThatComesBackWhileItGoesIsUsedAgain() {
		try (TestSockets sockets = sockets()) {
			ManagedSocket one = sockets.bind("one", SocketType.ROUTER, TestSockets.TCP);
			sockets.bind("two", SocketType.ROUTER, TestSockets.TCP);
			this.instances.set(sockets.endpoint("one"));
			ManagedSocket dealer = sockets.connect("dealer", SocketType.DEALER, FakeInstances.NAME);
			sockets.awaitPeers("dealer", 1);
			this.instances.set(sockets.endpoint("two"));
			TestSockets.await(() -> states(sockets, "dealer").contains(DiscoveryStatus.State.LEAVING));
			this.instances.set(sockets.endpoint("one"));
			TestSockets.await(() -> states(sockets, "dealer").contains(DiscoveryStatus.State.CONNECTED)
					&& one.definition() != null && changes().size() == 3);
			TestSockets.await(() -> {
				TestSockets.send(dealer, "again");
				return one.receive(TimeUnit.MILLISECONDS.toNanos(20)) != null;
			});
		}
	}

	@Test
	void anInstanceThatComesBackAfterItWentIsUsedAgain() {
		try (TestSockets sockets = sockets(this.instances.discovery(Duration.ofMillis(50), Duration.ofMillis(200)))) {
			ManagedSocket one = sockets.bind("one", SocketType.PULL, TestSockets.TCP);
			sockets.bind("two", SocketType.PULL, TestSockets.TCP);
			this.instances.set(sockets.endpoint("one"), sockets.endpoint("two"));
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, FakeInstances.NAME);
			sockets.awaitPeers("push", 2);
			this.instances.set(sockets.endpoint("two"));
			sockets.awaitPeers("one", 0);
			this.instances.set(sockets.endpoint("one"), sockets.endpoint("two"));
			sockets.awaitPeers("one", 1);
			sockets.awaitPeers("push", 2);
			TestSockets.await(() -> {
				TestSockets.send(push, "a");
				return one.receive(0) != null;
			});
		}
	}

	@Test
	void newInstancesGetTheSubscriptions() {
		try (TestSockets sockets = sockets()) {
			sockets.bind("one", SocketType.PUB, TestSockets.TCP);
			this.instances.set(sockets.endpoint("one"));
			ManagedSocket sub = sockets.connect("sub", SocketType.SUB, FakeInstances.NAME);
			sockets.registry.unsubscribe("sub", "");
			sockets.registry.subscribe("sub", "rain");
			ManagedSocket two = sockets.bind("two", SocketType.PUB, TestSockets.TCP);
			this.instances.set(sockets.endpoint("one"), sockets.endpoint("two"));
			TestSockets.await(() -> sockets.registry.subscribers("two", "rain") == 1);
			TestSockets.send(two, "sun", "1");
			TestSockets.send(two, "rain", "2");
			assertThat(TestSockets.text(TestSockets.receive(sub))).isEqualTo("rain|2");
		}
	}

	@Test
	void instancesAreConnectedAndDisconnectedAtRunTime() {
		try (TestSockets sockets = sockets()) {
			sockets.bind("one", SocketType.PULL, TestSockets.TCP);
			this.instances.set(sockets.endpoint("one"));
			sockets.create("push", SocketType.PUSH, List.of(), List.of());
			sockets.registry.connect("push", FakeInstances.NAME);
			sockets.awaitPeers("push", 1);
			assertThat(sockets.registry.status("push").connected()).containsExactly(FakeInstances.NAME);
			sockets.registry.disconnect("push", FakeInstances.NAME);
			sockets.awaitPeers("one", 0);
			int lookUps = this.instances.lookUps.get();
			assertThat(sockets.registry.details("push").names()).isEmpty();
			sockets.registry.connect("push", FakeInstances.NAME);
			sockets.awaitPeers("push", 1);
			sockets.registry.stop("push");
			sockets.registry.start("push");
			sockets.registry.connect("push", FakeInstances.NAME);
			sockets.awaitPeers("push", 1);
			assertThat(this.instances.lookUps.get()).isGreaterThan(lookUps);
		}
	}

	@Test
	void findsAllAddressesOfAHostAndFollowsThem() {
		AtomicReference<List<String>> addresses = new AtomicReference<>(List.of("127.0.0.1", "127.0.0.2"));
		Discovery discovery = new Discovery(List.of(), Duration.ofMillis(50), Duration.ofSeconds(1),
				Discovery.DEFAULT_LOOKUP_TIMEOUT, lookup(addresses));
		try (TestSockets sockets = sockets(discovery)) {
			sockets.bind("pull1", SocketType.PULL, TestSockets.TCP);
			int port = Ports.portOf(sockets.endpoint("pull1"));
			for (int i = 2; i < 4; i++) {
				sockets.bind("pull" + i, SocketType.PULL, "tcp://127.0.0." + i + ":" + port);
			}
			sockets.connect("push", SocketType.PUSH, "dns:///workers.test:" + port);
			sockets.awaitPeers("push", 2);
			addresses.set(List.of("127.0.0.2", "127.0.0.3"));
			sockets.awaitPeers("pull1", 0);
			sockets.awaitPeers("push", 2);
			addresses.set(List.of());
			TestSockets.await(() -> "the host 'workers.test' does not resolve"
				.equals(sockets.registry.details("push").names().get(0).lastError()));
			assertThat(sockets.registry.status("push").peers()).isEqualTo(2);
			addresses.set(List.of("127.0.0.2"));
			sockets.awaitPeers("push", 1);
			addresses.set(List.of("::1"));
			TestSockets.await(() -> "all instances have IPv6 addresses: set zmq.sockets.push.options.ipv6: true"
				.equals(sockets.registry.details("push").names().get(0).lastError()));
		}
	}

	private static EndpointAddress.HostLookup lookup(AtomicReference<List<String>> addresses) {
		return new EndpointAddress.HostLookup() {

			@Override
			public InetAddress find(String host) throws UnknownHostException {
				return findAll(host).get(0);
			}

			@Override
			public List<InetAddress> findAll(String host) throws UnknownHostException {
				List<InetAddress> found = new ArrayList<>();
				for (String address : addresses.get()) {
					found.add(InetAddress.getByAddress(host, InetAddress.getByName(address).getAddress()));
				}
				if (found.isEmpty()) {
					throw new UnknownHostException(host);
				}
				return found;
			}

		};
	}

	@Test
	void refusesNamesThatCannotWork() {
		String cases = """
				consul:///orders        | nothing resolves | dns:///, srv:///, test:///
				discovery:///orders     | needs a DiscoveryClient of Spring Cloud | ZmqEndpointResolver
				dns://orders:5555       | has a slash too few | dns:///orders:5555
				dns:///                 | names nothing behind its scheme | dns:///
				dns:///orders           | has no port: write dns:///orders:5555 | Correct
				dns:///orders:          | has no port: write dns:///orders:5555 | Correct
				dns:///orders:0         | has the port '0' | from 1 to 65535
				dns:///orders:x         | has the port 'x' | from 1 to 65535
				dns:///10.0.0.1:5555    | has an address, and no name | Correct
				dns:///*:5555           | connects to every interface | host
				srv:///                 | names nothing behind its scheme | srv:///
				srv:///_zmq._tcp.o:5555 | has a port, which comes from the SRV record | Correct
				test://server/orders    | where only dns and srv name a server | test:///orders
				""";
		try (TestSockets sockets = sockets()) {
			sockets.create("other", SocketType.PUSH, List.of(), List.of());
			cases.lines().map((line) -> line.split("\\|")).forEach((parts) -> {
				String endpoint = parts[0].strip();
				assertThatExceptionOfType(ZmqConfigurationException.class)
					.isThrownBy(() -> sockets.connect("push", SocketType.PUSH, endpoint))
					.satisfies((ex) -> {
						assertThat(ex.getSubject()).isEqualTo("zmq.sockets.push.connect");
						assertThat(ex.getReason()).contains("'" + endpoint + "'").contains(parts[1].strip());
						assertThat(ex.getAction()).contains(parts[2].strip());
					});
				assertThatExceptionOfType(ZmqConfigurationException.class)
					.isThrownBy(() -> sockets.registry.connect("other", endpoint));
			});
		}
	}

	@Test
	void refusesTypesWithOnePeer() {
		try (TestSockets sockets = sockets()) {
			for (SocketType type : List.of(SocketType.PAIR, SocketType.CHANNEL)) {
				assertThatExceptionOfType(ZmqConfigurationException.class)
					.isThrownBy(() -> sockets.connect("one", type, FakeInstances.NAME))
					.withMessageContaining("has one peer");
			}
		}
	}

	@Test
	void refusesToBindAName() {
		try (TestSockets sockets = sockets()) {
			for (String endpoint : List.of(FakeInstances.NAME, "dns:///orders:5555", "discovery:///orders")) {
				assertThatExceptionOfType(ZmqConfigurationException.class)
					.isThrownBy(() -> sockets.bind("pull", SocketType.PULL, endpoint))
					.withMessageContaining("zmq.sockets.pull.bind")
					.withMessageContaining("only connect does");
			}
		}
	}

	@Test
	void aResolverThatReturnsNoEndpointsIsReported() {
		try (TestSockets sockets = sockets()) {
			this.instances.set("tcp://localhost");
			sockets.connect("push", SocketType.PUSH, FakeInstances.NAME);
			TestSockets.await(() -> sockets.registry.status("push").lastError() != null);
			assertThat(sockets.registry.status("push").lastError())
				.isEqualTo("test:///workers: what was found, 'tcp://localhost' has no port");
		}
	}

}
