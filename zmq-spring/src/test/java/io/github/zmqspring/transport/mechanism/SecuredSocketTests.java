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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.security.AddressRanges;
import io.github.zmqspring.security.PasswordCheck;
import io.github.zmqspring.security.SocketAuthentication;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.security.ZmqAuthenticationDecision;
import io.github.zmqspring.security.ZmqAuthenticator;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for secured sockets, against libzmq on the other end and against ourselves.
 */
@NoLeaks
class SecuredSocketTests {

	private static final String CLIENT = """
			kind, endpoint, server_key, public, secret, count = sys.argv[1:7]
			socket = ctx.socket(getattr(zmq, kind))
			socket.linger = 0
			socket.curve_serverkey = server_key.encode()
			socket.curve_publickey = public.encode()
			socket.curve_secretkey = secret.encode()
			if len(sys.argv) > 7:
			    socket.routing_id = b"r" * int(sys.argv[7])
			if kind == "SUB":
			    socket.subscribe(b"")
			socket.connect(endpoint)
			""";

	private final ZmqKeyPair server = ZmqKeys.generate();

	private final ZmqKeyPair client = ZmqKeys.generate();

	@ParameterizedTest
	@CsvSource({ "PUSH, PULL", "PUB, SUB", "DEALER, ROUTER", "PAIR, PAIR" })
	@RequiresPyzmq
	void libzmqSendsToACurveServer(String theirs, SocketType ours) {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket socket = bind(sockets, "in", ours, curveServer(known(), null));
			try (PythonPeer peer = PythonPeer.start(CLIENT + """
					if kind == "PUB":
					    time.sleep(1)
					for i in range(int(count)):
					    socket.send_multipart([b"%d" % i, b"x" * 300])
					say("sent")
					sys.stdin.readline()
					""", theirs, sockets.endpoint("in"), this.server.publicKey(), this.client.publicKey(),
					this.client.secretKey(), "1000", "255")) {
				for (int i = 0; i < 1000; i++) {
					ZmqMessage message = TestSockets.receive(socket);
					List<byte[]> frames = message.frames();
					assertThat(new String(frames.get(frames.size() - 2))).isEqualTo(String.valueOf(i));
					assertThat(frames.get(frames.size() - 1)).hasSize(300);
				}
				peer.awaitLine("sent");
			}
		}
	}

	@Test
	@RequiresPyzmq
	void strangerOfLibzmqGetsNothingThrough() {
		ZmqKeyPair stranger = ZmqKeys.generate();
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket socket = bind(sockets, "in", SocketType.PULL, curveServer(known(), null));
			try (PythonPeer peer = PythonPeer.start(CLIENT + """
					socket.send(b"let me in")
					say("tried")
					sys.stdin.readline()
					""", "PUSH", sockets.endpoint("in"), this.server.publicKey(), stranger.publicKey(),
					stranger.secretKey(), "1")) {
				peer.awaitLine("tried");
				assertThat(socket.receive(Duration.ofMillis(500).toNanos())).isNull();
				assertThat(sockets.registry.status("in").peers()).isZero();
			}
			try (PythonPeer good = PythonPeer.start(CLIENT + """
					socket.send(b"hello")
					sys.stdin.readline()
					""", "PUSH", sockets.endpoint("in"), this.server.publicKey(), this.client.publicKey(),
					this.client.secretKey(), "1")) {
				assertThat(TestSockets.text(TestSockets.receive(socket))).isEqualTo("hello");
			}
		}
	}

	@Test
	@RequiresPyzmq
	void ourClientIsServedByLibzmq() {
		try (PythonPeer peer = PythonPeer.start("""
				public, secret, client = sys.argv[1:4]
				import zmq.auth.thread
				auth = zmq.auth.thread.ThreadAuthenticator(ctx)
				auth.start()
				auth.configure_curve_callback(domain="*", credentials_provider=type("P", (), {
				    "callback": lambda self, domain, key: key == client.encode()})())
				socket = ctx.socket(zmq.REP)
				socket.linger = 0
				socket.curve_server = True
				socket.curve_publickey = public.encode()
				socket.curve_secretkey = secret.encode()
				port = socket.bind_to_random_port("tcp://127.0.0.1")
				say("port", port)
				for i in range(100):
				    socket.send(socket.recv())
				say("done")
				sys.stdin.readline()
				auth.stop()
				""", this.server.publicKey(), this.server.secretKey(), this.client.publicKey())) {
			String endpoint = "tcp://127.0.0.1:" + peer.awaitLine("port ").substring(5);
			try (TestSockets sockets = new TestSockets()) {
				sockets.registry.create(SocketDefinition.builder("out", SocketType.DEALER)
					.connect(endpoint)
					.option(SocketOption.LINGER, Duration.ZERO)
					.security(SocketSecurity.ofCurveClient(() -> this.client, () -> this.server))
					.build());
				ManagedSocket socket = sockets.registry.socket("out");
				for (int i = 0; i < 100; i++) {
					TestSockets.send(socket, "", "question " + i);
					assertThat(TestSockets.text(TestSockets.receive(socket))).endsWith("question " + i);
				}
				peer.awaitLine("done");
			}
		}
	}

	@Test
	void slowReaderGetsAllEncryptedMessagesIntactAndInOrder() {
		try (TestSockets sockets = new TestSockets()) {
			sockets.registry.create(SocketDefinition.builder("in", SocketType.PULL)
				.bind(TestSockets.TCP)
				.option(SocketOption.RECEIVE_HWM, 10)
				.security(curveServer(known(), null))
				.build());
			ManagedSocket in = sockets.registry.socket("in");
			ManagedSocket out = curveClient(sockets, "out", SocketType.PUSH);
			CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 20_000; i++) {
					TestSockets.send(out, "message " + i);
				}
			});
			for (int i = 0; i < 20_000; i++) {
				assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("message " + i);
			}
			sender.join();
		}
	}

	@ParameterizedTest
	@CsvSource({ "1", "128", "255" })
	void plainTakesPasswordsOfAnyLengthThatFits(int size) {
		String password = "p".repeat(size);
		PasswordCheck users = (username, given) -> username.equals("alice") && given.equals(password);
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in = bind(sockets, "in", SocketType.PULL,
					SocketSecurity.ofPlainServer(authentication(null, users)));
			ManagedSocket out = connect(sockets, "out", SocketType.PUSH,
					SocketSecurity.ofPlainClient("alice", password));
			connect(sockets, "wrong", SocketType.PUSH,
					SocketSecurity.ofPlainClient("alice", password.substring(1) + "!"));
			TestSockets.send(out, "hello");
			assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("hello");
			assertThat(sockets.registry.status("in").peers()).isOne();
		}
	}

	@Test
	void passwordThatDoesNotFitIsRefusedWithoutBeingQuoted() {
		assertThatIllegalArgumentException().isThrownBy(() -> SocketSecurity.ofPlainClient("alice", "€".repeat(86)))
			.withMessageContaining("258 bytes")
			.withMessageNotContaining("€");
	}

	@Test
	@RequiresPyzmq
	void plainIsThatOfLibzmqBothWays() {
		PasswordCheck users = (username, given) -> username.equals("alice") && given.equals("secret");
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in = bind(sockets, "in", SocketType.PULL,
					SocketSecurity.ofPlainServer(authentication(null, users)));
			try (PythonPeer peer = PythonPeer.start("""
					import zmq.auth.thread
					auth = zmq.auth.thread.ThreadAuthenticator(ctx)
					auth.start()
					auth.configure_plain(domain="*", passwords={"bob": "hidden"})
					out = ctx.socket(zmq.PUSH)
					out.plain_username, out.plain_password = b"alice", b"secret"
					out.connect(sys.argv[1])
					out.send(b"from alice")
					pull = ctx.socket(zmq.PULL)
					pull.plain_server = True
					port = pull.bind_to_random_port("tcp://127.0.0.1")
					say("port", port)
					say("got", pull.recv().decode())
					sys.stdin.readline()
					auth.stop()
					""", sockets.endpoint("in"))) {
				assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("from alice");
				String endpoint = "tcp://127.0.0.1:" + peer.awaitLine("port ").substring(5);
				sockets.registry.create(SocketDefinition.builder("out", SocketType.PUSH)
					.connect(endpoint)
					.option(SocketOption.LINGER, Duration.ZERO)
					.security(SocketSecurity.ofPlainClient("bob", "hidden"))
					.build());
				TestSockets.send(sockets.registry.socket("out"), "from bob");
				assertThat(peer.awaitLine("got ")).isEqualTo("got from bob");
			}
		}
	}

	@Test
	void clientThatComesTooEarlyIsLetInOnceItsKeyIsKnown() {
		Map<String, String> clients = new java.util.concurrent.ConcurrentHashMap<>();
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in = bind(sockets, "in", SocketType.PULL, curveServer(clients, null));
			ManagedSocket out = curveClient(sockets, "out", SocketType.PUSH);
			TestSockets.await(() -> sockets.registry.status("in").lastError() != null);
			clients.put(this.client.publicKey(), "alice");
			TestSockets.send(out, "hello");
			assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("hello");
		}
	}

	@Test
	void addressThatIsDeniedIsRefusedWithoutCredentialsToo() {
		SocketAuthentication authentication = new SocketAuthentication(AddressRanges.of(List.of()),
				AddressRanges.of(List.of("127.0.0.0/8")), null, null, List.of(), Runnable::run, Duration.ofSeconds(5));
		try (TestSockets sockets = new TestSockets()) {
			bind(sockets, "in", SocketType.PULL, SocketSecurity.ofNull(authentication));
			sockets.connect("out", SocketType.PUSH, sockets.endpoint("in"));
			TestSockets.await(() -> String.valueOf(sockets.registry.status("in").lastError()).contains("denied"));
			assertThat(sockets.registry.status("in").peers()).isZero();
		}
	}

	@Test
	void authenticatorMayTakeItsTimeAndSeesTheUserOfTheList() {
		CompletableFuture<String> asked = new CompletableFuture<>();
		CompletableFuture<ZmqAuthenticationDecision> decision = new CompletableFuture<>();
		ZmqAuthenticator authenticator = (request) -> {
			asked.complete(request.userId() + " " + request.publicKey());
			return decision;
		};
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in = bind(sockets, "in", SocketType.PULL, curveServer(known(), authenticator));
			ManagedSocket out = curveClient(sockets, "out", SocketType.PUSH);
			assertThat(asked.join()).isEqualTo("alice " + this.client.publicKey());
			assertThat(sockets.registry.status("in").peers()).isZero();
			decision.complete(ZmqAuthenticationDecision.allow("alice"));
			TestSockets.send(out, "hello");
			assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("hello");
		}
	}

	private Map<String, String> known() {
		return Map.of(this.client.publicKey(), "alice");
	}

	private SocketSecurity curveServer(Map<String, String> clients, @Nullable ZmqAuthenticator authenticator) {
		SocketAuthentication authentication = new SocketAuthentication(AddressRanges.of(List.of()),
				AddressRanges.of(List.of()), () -> clients, null,
				(authenticator != null) ? List.of(authenticator) : List.of(), ForkJoinPool.commonPool(),
				Duration.ofSeconds(20));
		return SocketSecurity.ofCurveServer(() -> List.of(this.server), authentication);
	}

	private static SocketAuthentication authentication(@Nullable Map<String, String> clients,
			@Nullable PasswordCheck users) {
		return new SocketAuthentication(AddressRanges.of(List.of()), AddressRanges.of(List.of()),
				(clients != null) ? () -> clients : null, users, List.of(), ForkJoinPool.commonPool(),
				Duration.ofSeconds(20));
	}

	private ManagedSocket curveClient(TestSockets sockets, String name, SocketType type) {
		return connect(sockets, name, type, SocketSecurity.ofCurveClient(() -> this.client, () -> this.server));
	}

	private static ManagedSocket bind(TestSockets sockets, String name, SocketType type, SocketSecurity security) {
		sockets.registry.create(SocketDefinition.builder(name, type)
			.bind(TestSockets.TCP)
			.topics((type == SocketType.SUB) ? List.of("") : List.of())
			.option(SocketOption.LINGER, Duration.ZERO)
			.security(security)
			.build());
		return sockets.registry.socket(name);
	}

	private static ManagedSocket connect(TestSockets sockets, String name, SocketType type, SocketSecurity security) {
		sockets.registry.create(SocketDefinition.builder(name, type)
			.connect(sockets.endpoint("in"))
			.option(SocketOption.LINGER, Duration.ZERO)
			.security(security)
			.build());
		return sockets.registry.socket(name);
	}

}
