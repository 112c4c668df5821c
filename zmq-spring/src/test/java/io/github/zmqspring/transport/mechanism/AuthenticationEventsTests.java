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

package io.github.zmqspring.transport.mechanism;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketDefinitionBuilder;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.event.ZmqPeerAuthenticatedEvent;
import io.github.zmqspring.event.ZmqSocketAuthenticationFailedEvent;
import io.github.zmqspring.security.AddressRanges;
import io.github.zmqspring.security.PasswordCheck;
import io.github.zmqspring.security.SocketAuthentication;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import org.springframework.context.ApplicationEventPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what is reported of peers that are let in, refused or revoked, and of their
 * identity.
 */
@NoLeaks
class AuthenticationEventsTests {

	private final ZmqKeyPair server = ZmqKeys.generate();

	private final ZmqKeyPair client = ZmqKeys.generate();

	private final List<Object> events = new CopyOnWriteArrayList<>();

	private final Map<String, String> clients = new ConcurrentHashMap<>();

	private final Set<String> users = ConcurrentHashMap.newKeySet();

	private final SocketAuthentication curveLists = lists(this.clients, null);

	private final SocketAuthentication plainLists = lists(null, new PasswordCheck() {

		@Override
		public boolean matches(String username, String password) {
			return knows(username) && password.equals("secret");
		}

		@Override
		public boolean knows(String username) {
			return AuthenticationEventsTests.this.users.contains(username);
		}

	});

	private static SocketAuthentication lists(@Nullable Map<String, String> clients, @Nullable PasswordCheck users) {
		return new SocketAuthentication(AddressRanges.of(List.of()), AddressRanges.of(List.of()),
				(clients != null) ? () -> clients : null, users, List.of(), ForkJoinPool.commonPool(),
				Duration.ofSeconds(20));
	}

	@Test
	void bothSidesTellOfAPeerThatIsLetIn() {
		this.clients.put(this.client.publicKey(), "alice");
		try (TestSockets sockets = new TestSockets((ApplicationEventPublisher) this.events::add)) {
			ManagedSocket in = curveServer(sockets);
			ManagedSocket out = curveClient(sockets, "out", this.client);
			TestSockets.send(out, "hello");
			ZmqMessage message = TestSockets.receive(in);
			assertThat(message.userId()).isEqualTo("alice");
			assertThat(message.peerAddress()).startsWith("127.0.0.1:");
			TestSockets.await(() -> authenticated("in").size() + authenticated("out").size() == 2);
			ZmqPeerAuthenticatedEvent event = authenticated("in").get(0);
			assertThat(event.getUserId()).isEqualTo("alice");
			assertThat(event.getAddress()).isEqualTo(message.peerAddress());
			assertThat(event.isAccepted()).isTrue();
			assertThat(event.getEndpoint()).isEqualTo(sockets.endpoint("in"));
			assertThat(authenticated("out").get(0).getUserId()).isNull();
			assertThat(authenticated("out").get(0).isAccepted()).isFalse();
			assertThat(sockets.registry.details("in").authenticated()).isOne();
			assertThat(sockets.registry.details("out").authenticated()).isOne();
		}
	}

	@Test
	void bothSidesTellOfAPeerThatIsRefusedAndItComesAgain() {
		try (TestSockets sockets = new TestSockets((ApplicationEventPublisher) this.events::add)) {
			ManagedSocket in = curveServer(sockets);
			ManagedSocket out = curveClient(sockets, "out", this.client);
			TestSockets.await(() -> !refused("in").isEmpty() && !refused("out").isEmpty());
			assertThat(refused("in").get(0)).satisfies((event) -> {
				assertThat(event.getReason()).isEqualTo("its key is not known");
				assertThat(event.getStatus()).isEqualTo(400);
				assertThat(event.isAccepted()).isTrue();
				assertThat(event.getAddress()).startsWith("127.0.0.1:");
			});
			assertThat(refused("out").get(0)).satisfies((event) -> {
				assertThat(event.getReason()).isEqualTo("the server refused us (400)");
				assertThat(event.getStatus()).isEqualTo(400);
				assertThat(event.isAccepted()).isFalse();
			});
			ConnectStatus status = sockets.registry.details("out").connects().get(0);
			assertThat(status.state()).isEqualTo(ConnectStatus.State.REFUSED);
			assertThat(status.lastError()).isEqualTo("the server refused us (400)");
			assertThat(sockets.registry.status("in").lastError()).contains("its key is not known");
			this.clients.put(this.client.publicKey(), "alice");
			TestSockets.send(out, "hello");
			assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("hello");
			assertThat(sockets.registry.details("out").connects().get(0).state())
				.isEqualTo(ConnectStatus.State.CONNECTED);
		}
	}

	@Test
	void socketsWithoutSecurityTellOfNeither() {
		try (TestSockets sockets = new TestSockets((ApplicationEventPublisher) this.events::add)) {
			ManagedSocket in = sockets.bind("in", SocketType.PULL, TestSockets.TCP);
			TestSockets.send(sockets.connect("out", SocketType.PUSH, sockets.endpoint("in")), "hello");
			assertThat(TestSockets.receive(in).userId()).isNull();
			assertThat(sockets.registry.details("in").authenticated()).isZero();
			assertThat(authenticated("in")).isEmpty();
		}
	}

	@Test
	void connectionsOfAKeyThatIsRemovedEndAndOthersStay() {
		ZmqKeyPair other = ZmqKeys.generate();
		this.clients.put(this.client.publicKey(), "alice");
		this.clients.put(other.publicKey(), "bob");
		try (TestSockets sockets = new TestSockets((ApplicationEventPublisher) this.events::add)) {
			ManagedSocket in = curveServer(sockets);
			curveClient(sockets, "out", this.client);
			ManagedSocket bob = curveClient(sockets, "bob", other);
			sockets.awaitPeers("in", 2);
			this.curveLists.recheck();
			TestSockets.send(bob, "one");
			assertThat(TestSockets.receive(in).userId()).isEqualTo("bob");
			this.clients.remove(this.client.publicKey());
			this.curveLists.recheck();
			sockets.awaitPeers("in", 1);
			TestSockets.await(
					() -> refused("in").stream().anyMatch((event) -> event.getReason().contains("let it in no more")));
			TestSockets.await(() -> !refused("out").isEmpty());
			TestSockets.send(bob, "two");
			assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("two");
			assertThat(sockets.registry.details("bob").refusals()).isZero();
			// a key that becomes another user's must not go on as the first
			this.clients.put(other.publicKey(), "carol");
			this.curveLists.recheck();
			TestSockets.await(() -> sockets.registry.details("in").authenticated() == 3);
			TestSockets.send(bob, "three");
			assertThat(TestSockets.receive(in).userId()).isEqualTo("carol");
		}
	}

	@Test
	void connectionsOfARemovedUserEnd() {
		this.users.add("alice");
		try (TestSockets sockets = new TestSockets((ApplicationEventPublisher) this.events::add)) {
			create(sockets,
					SocketDefinition.builder("in", SocketType.PULL)
						.bind(TestSockets.TCP)
						.security(SocketSecurity.ofPlainServer(this.plainLists)));
			create(sockets,
					SocketDefinition.builder("out", SocketType.PUSH)
						.connect(sockets.endpoint("in"))
						.security(SocketSecurity.ofPlainClient("alice", "secret")));
			sockets.awaitPeers("in", 1);
			this.users.clear();
			this.plainLists.recheck();
			sockets.awaitPeers("in", 0);
			TestSockets.await(() -> !refused("out").isEmpty());
		}
	}

	@Test
	void userIdsStayWithTheirConnectionsOnTypesThatMixThem() {
		ZmqKeyPair other = ZmqKeys.generate();
		this.clients.put(this.client.publicKey(), "alice");
		this.clients.put(other.publicKey(), "bob");
		try (TestSockets sockets = new TestSockets((ApplicationEventPublisher) this.events::add)) {
			create(sockets, SocketDefinition.builder("in", SocketType.ROUTER).bind(TestSockets.TCP).security(server()));
			for (ZmqKeyPair key : List.of(this.client, other)) {
				String name = this.clients.get(key.publicKey());
				create(sockets,
						SocketDefinition.builder(name, SocketType.DEALER)
							.connect(sockets.endpoint("in"))
							.security(SocketSecurity.ofCurveClient(() -> key, () -> this.server)));
				for (int i = 0; i < 100; i++) {
					TestSockets.send(sockets.registry.socket(name), "x", name);
				}
			}
			for (int i = 0; i < 200; i++) {
				ZmqMessage message = TestSockets.receive(sockets.registry.socket("in"));
				assertThat(message.userId()).isEqualTo(message.text(message.size() - 1));
			}
		}
	}

	private SocketSecurity server() {
		return SocketSecurity.ofCurveServer(() -> List.of(this.server), this.curveLists);
	}

	private ManagedSocket curveServer(TestSockets sockets) {
		return create(sockets,
				SocketDefinition.builder("in", SocketType.PULL).bind(TestSockets.TCP).security(server()));
	}

	private ManagedSocket curveClient(TestSockets sockets, String name, ZmqKeyPair key) {
		return create(sockets,
				SocketDefinition.builder(name, SocketType.PUSH)
					.connect(sockets.endpoint("in"))
					.security(SocketSecurity.ofCurveClient(() -> key, () -> this.server)));
	}

	private static ManagedSocket create(TestSockets sockets, SocketDefinitionBuilder builder) {
		SocketDefinition definition = builder.option(SocketOption.LINGER, Duration.ZERO).build();
		sockets.registry.create(definition);
		return sockets.registry.socket(definition.name());
	}

	private List<ZmqPeerAuthenticatedEvent> authenticated(String socket) {
		return of(ZmqPeerAuthenticatedEvent.class).filter((event) -> event.getSocket().equals(socket)).toList();
	}

	private List<ZmqSocketAuthenticationFailedEvent> refused(String socket) {
		return of(ZmqSocketAuthenticationFailedEvent.class).filter((event) -> event.getSocket().equals(socket))
			.toList();
	}

	private <E> Stream<E> of(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast);
	}

}
