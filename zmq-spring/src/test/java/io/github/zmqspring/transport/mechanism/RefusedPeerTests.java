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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.security.AddressRanges;
import io.github.zmqspring.security.SocketAuthentication;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.security.ZmqAuthenticator;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.transport.RawPeer;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.jeromq.Descriptors;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import zmq.Msg;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers without the right credentials, or that break the rules of a handshake: nothing of
 * theirs is received, their connections end, and good peers do not notice.
 */
@NoLeaks
class RefusedPeerTests {

	private static final String ZERO = "0".repeat(40);

	private final ZmqKeyPair server = ZmqKeys.generate();

	private final ZmqKeyPair client = ZmqKeys.generate();

	/** How often the list of clients was asked about keys. */
	private final AtomicInteger asked = new AtomicInteger();

	/** How many connections a test with many makes. */
	private static int many(int fewer) {
		return Integer.getInteger("zmqtest.refused", fewer);
	}

	/** The decision never comes, so that the handshake goes on no further. */
	@Test
	void aSecondReadyIsRefused() throws IOException {
		AddressRanges all = AddressRanges.of(List.of());
		ZmqAuthenticator any = (request) -> new CompletableFuture<>();
		SocketSecurity undecided = SocketSecurity
			.ofNull(new SocketAuthentication(all, all, null, null, List.of(any), Runnable::run, Duration.ofMinutes(1)));
		try (TestSockets sockets = new TestSockets()) {
			sockets.registry.create(SocketDefinition.builder("in", SocketType.PULL)
				.bind(TestSockets.TCP)
				.option(SocketOption.HANDSHAKE_INTERVAL, Duration.ofMinutes(1))
				.security(undecided)
				.build());
			try (RawPeer peer = RawPeer.connect(sockets.endpoint("in")).greet()) {
				byte[] ready = "\5READY\13Socket-Type\0\0\0\4PUSH".getBytes(StandardCharsets.ISO_8859_1);
				peer.frame(RawPeer.COMMAND, ready);
				peer.frame(RawPeer.COMMAND, ready);
				assertThat(peer.isEnded()).isTrue();
				TestSockets.await(() -> sockets.registry.details("in").refusals() == 1);
			}
		}
	}

	@Test
	@RequiresPyzmq
	void clientsOfLibzmqWithoutTheRightKeysGetNothingThrough() {
		ZmqKeyPair stranger = ZmqKeys.generate();
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in = curveServer(sockets, SocketType.PULL);
			try (PythonPeer peer = PythonPeer.start("""
					endpoint, server, public, secret, spublic, ssecret, zero = sys.argv[1:8]
					def curve(server, public, secret):
					    def set(s):
					        s.curve_serverkey, s.curve_publickey = server.encode(), public.encode()
					        s.curve_secretkey = secret.encode()
					    return set
					def plain(s):
					    s.plain_username, s.plain_password = b"alice", b"secret"
					def client(secure, text):
					    s = ctx.socket(zmq.PUSH)
					    s.linger = 0
					    secure(s)
					    s.connect(endpoint)
					    s.send(text)
					    return s
					bad = [client(x, b"bad") for x in (curve(zero, public, secret), curve(server, zero, secret),
					    curve(server, public, zero), curve(spublic, public, secret), curve(server, public, ssecret),
					    lambda s: None, plain)]
					hear()
					unknown = client(curve(server, spublic, ssecret), b"bad")
					hear()
					good = client(curve(server, public, secret), b"good")
					hear()
					""", sockets.endpoint("in"), this.server.publicKey(), this.client.publicKey(),
					this.client.secretKey(), stranger.publicKey(), stranger.secretKey(), ZERO)) {
				// seven clients, some of which try again
				TestSockets.await(() -> sockets.registry.details("in").refusals() >= 7);
				assertThat(this.asked).as("questions about keys that were not proved").hasValue(0);
				peer.tell("unknown");
				TestSockets.await(() -> this.asked.get() > 0);
				peer.tell("good");
				assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("good");
				assertThat(sockets.registry.status("in").peers()).isOne();
				assertThat(sockets.registry.status("in").received()).isOne();
				peer.tell("end");
			}
		}
	}

	@Test
	@RequiresPyzmq
	void ourClientsWithoutTheRightCredentialsGetNothingThrough() {
		ZmqKeyPair stranger = ZmqKeys.generate();
		try (PythonPeer peer = PythonPeer.start("""
				import zmq.auth.thread
				public, secret, client = sys.argv[1:4]
				auth = zmq.auth.thread.ThreadAuthenticator(ctx)
				auth.start()
				auth.configure_plain(domain="*", passwords={"alice": "secret"})
				auth.configure_curve_callback(domain="*", credentials_provider=type("P", (), {
				    "callback": lambda self, domain, key: key == client.encode()})())
				auth.allow("127.0.0.1")
				curve, plain, other = [ctx.socket(zmq.PULL) for i in range(3)]
				curve.curve_server = True
				curve.curve_publickey, curve.curve_secretkey = public.encode(), secret.encode()
				plain.plain_server = True
				# a client, to which no peer can connect
				other.plain_username, other.plain_password = b"alice", b"secret"
				say("ports", *[s.bind_to_random_port("tcp://127.0.0.1") for s in (curve, plain, other)])
				hear()
				poller = zmq.Poller()
				for s in (curve, plain, other):
				    poller.register(s, zmq.POLLIN)
				got = set()
				while len(got) < 2:
				    for s, _ in poller.poll():
				        got.add(s.recv().decode())
				say("got", *sorted(got))
				auth.stop()
				""", this.server.publicKey(), this.server.secretKey(), this.client.publicKey());
				TestSockets sockets = new TestSockets()) {
			String[] ports = peer.awaitLine("ports ").split(" ");
			String curve = "tcp://127.0.0.1:" + ports[1];
			String plain = "tcp://127.0.0.1:" + ports[2];
			send(sockets, "unknown", curve, SocketSecurity.ofCurveClient(() -> stranger, () -> this.server));
			send(sockets, "otherServer", curve, SocketSecurity.ofCurveClient(() -> this.client, () -> stranger));
			send(sockets, "plainToCurve", curve, SocketSecurity.ofPlainClient("alice", "secret"));
			send(sockets, "curveToPlain", plain, SocketSecurity.ofCurveClient(() -> this.client, () -> this.server));
			send(sockets, "wrongPassword", plain, SocketSecurity.ofPlainClient("alice", "wrong"));
			send(sockets, "wrongName", plain, SocketSecurity.ofPlainClient("bob", "secret"));
			send(sockets, "twoClients", "tcp://127.0.0.1:" + ports[3], SocketSecurity.ofPlainClient("alice", "secret"));
			sockets.connect("nothing", SocketType.PUSH, curve);
			for (String name : List.of("unknown", "otherServer", "plainToCurve", "curveToPlain", "wrongPassword",
					"wrongName", "twoClients", "nothing")) {
				TestSockets.await(() -> sockets.registry.details(name).connects().get(0).failures() > 0);
				assertThat(sockets.registry.status(name).peers()).as(name).isZero();
			}
			assertThat(sockets.registry.details("wrongPassword").connects().get(0).lastError())
				.contains("refused us (400)");
			send(sockets, "good", curve, SocketSecurity.ofCurveClient(() -> this.client, () -> this.server));
			send(sockets, "fine", plain, SocketSecurity.ofPlainClient("alice", "secret"));
			peer.tell("go");
			assertThat(peer.awaitLine("got ")).isEqualTo("got fine good");
		}
	}

	private static void send(TestSockets sockets, String name, String endpoint, SocketSecurity security) {
		sockets.registry.create(SocketDefinition.builder(name, SocketType.PUSH)
			.connect(endpoint)
			.option(SocketOption.LINGER, Duration.ZERO)
			.security(security)
			.build());
		TestSockets.send(sockets.registry.socket(name), name);
	}

	@Test
	@RequiresPyzmq
	void routingIdsOf255BytesFitOurClientToo() {
		try (PythonPeer peer = PythonPeer.start("""
				public, secret = sys.argv[1:3]
				s = ctx.socket(zmq.ROUTER)
				s.curve_server = True
				s.curve_publickey, s.curve_secretkey = public.encode(), secret.encode()
				say("port", s.bind_to_random_port("tcp://127.0.0.1"))
				say("got", *[len(x) for x in s.recv_multipart()])
				""", this.server.publicKey(), this.server.secretKey()); TestSockets sockets = new TestSockets()) {
			sockets.registry.create(SocketDefinition.builder("out", SocketType.DEALER)
				.connect("tcp://127.0.0.1:" + peer.awaitLine("port ").substring(5))
				.option(SocketOption.LINGER, Duration.ZERO)
				.option(SocketOption.ROUTING_ID, "r".repeat(255))
				.security(SocketSecurity.ofCurveClient(() -> this.client, () -> this.server))
				.build());
			TestSockets.send(sockets.registry.socket("out"), "hello");
			assertThat(peer.awaitLine("got ")).isEqualTo("got 255 5");
		}
	}

	@Test
	void peersOfOldVersionsOfZmtpAreRefused() throws Exception {
		SocketAuthentication addresses = new SocketAuthentication(AddressRanges.of(List.of("10.0.0.0/8")),
				AddressRanges.of(List.of()), null, null, List.of(), Runnable::run, Duration.ofSeconds(5));
		try (TestSockets sockets = new TestSockets()) {
			curveServer(sockets, SocketType.PULL);
			sockets.registry.create(SocketDefinition.builder("addresses", SocketType.PULL)
				.bind(TestSockets.TCP)
				.security(SocketSecurity.ofNull(addresses))
				.build());
			for (String name : List.of("in", "addresses")) {
				for (String hex : List.of("0100085a", "ff00000000000000017f0108", "ff00000000000000017f0001000408")) {
					try (RawPeer raw = RawPeer.connect(sockets.endpoint(name))) {
						raw.bytes(HexFormat.of().parseHex(hex));
						raw.bytes("\0\4evil\0\4evil".getBytes());
						assertThat(raw.isEnded()).as(name).isTrue();
					}
				}
				assertThat(sockets.registry.status(name).received()).isZero();
				assertThat(sockets.registry.socket(name).receive(0)).isNull();
				TestSockets.await(() -> sockets.registry.details(name).refusals() == 3);
			}
		}
	}

	@Test
	void wrongHellosAndInitiatesEndTheirOwnConnectionsOnly() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in = curveServer(sockets, SocketType.PULL);
			try (RawCurvePeer good = peer(sockets).connect()) {
				sockets.awaitPeers("in", 1);
				int proved = this.asked.get();
				for (String change : List.of("shorter", "longer", "empty", "name", "version", "key", "box")) {
					try (RawCurvePeer bad = peer(sockets)) {
						assertThat(bad.hello((hello) -> changed(hello, change)).isEnded()).as(change).isTrue();
					}
				}
				for (String change : List.of("shorter", "longer", "empty", "name", "cookie", "nonce", "box")) {
					try (RawCurvePeer bad = peer(sockets)) {
						assertThat(bad.initiate((initiate) -> changed(initiate, change)).isEnded()).as(change).isTrue();
					}
				}
				TestSockets.await(() -> sockets.registry.details("in").refusals() == 14);
				good.send("good", 0);
				assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("good");
				assertThat(this.asked).as("questions about keys that were not proved").hasValue(proved);
			}
		}
	}

	private static byte[] changed(byte[] command, String change) {
		byte[] other = switch (change) {
			case "shorter" -> Arrays.copyOf(command, command.length - 1);
			case "longer" -> Arrays.copyOf(command, command.length + 1);
			case "empty" -> new byte[0];
			default -> command.clone();
		};
		switch (change) {
			case "name" -> other[1] ^= 1;
			case "version" -> other[6] = 2;
			case "cookie" -> other[30] ^= 1;
			case "nonce" -> other[110] ^= 1;
			case "key" -> other[81] ^= 1;
			case "box" -> other[other.length - 1] ^= 1;
			default -> {
			}
		}
		return other;
	}

	@Test
	void messageThatWasChangedOnItsWayEndsTheConnection() throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in = curveServer(sockets, SocketType.PULL);
			try (RawCurvePeer peer = peer(sockets).connect()) {
				peer.send("good", 0);
				peer.raw().frame(0, "\7MESSAGE-and-no-box-of-ours-behind-it".getBytes());
				assertThat(peer.raw().isEnded()).isTrue();
			}
			assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("good");
			assertThat(in.receive(0)).isNull();
		}
	}

	@Test
	void peerCannotForgeItsUserIdOrAddress() throws Exception {
		byte[] metadata = RawCurvePeer.metadata("Socket-Type", "DEALER", "User-Id", "admin", "user-id", "admin",
				"Peer-Address", "10.0.0.1", "PEER-ADDRESS", "10.0.0.1", "X-Other", "kept");
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in = curveServer(sockets, SocketType.ROUTER);
			try (RawCurvePeer peer = new RawCurvePeer(sockets.endpoint("in"), this.server, this.client, metadata)) {
				peer.connect().send("hello", 0);
				ZmqMessage message = TestSockets.receive(in);
				assertThat(message.userId()).isEqualTo("alice");
				assertThat(message.peerAddress()).startsWith("127.0.0.1");
				assertThat(message.metadata()).containsEntry("User-Id", "alice")
					.containsEntry("X-Other", "kept")
					.doesNotContainKeys("user-id", "PEER-ADDRESS")
					.doesNotContainValue("admin")
					.doesNotContainValue("10.0.0.1");
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "SERVER, CLIENT", "GATHER, SCATTER", "CHANNEL, CHANNEL", "DISH, RADIO" })
	void severalFramesForATypeOfOneAreRefusedInsideTheBoxToo(SocketType ours, String theirs) throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in = curveServer(sockets, ours);
			try (RawCurvePeer peer = new RawCurvePeer(sockets.endpoint("in"), this.server, this.client,
					RawCurvePeer.metadata("Socket-Type", theirs))) {
				peer.connect();
				peer.send("one", Msg.MORE);
				peer.send("two", 0);
				peer.send("three", 0);
				TestSockets.await(() -> sockets.registry.status("in").dropped() > 0
						|| sockets.registry.status("in").peers() == 0 || in.receive(0) != null);
				ZmqMessage next = in.receive(Duration.ofMillis(100).toNanos());
				assertThat((next != null) ? TestSockets.text(next) : "three").endsWith("three");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "NULL", "PLAIN", "CURVE", "nothing" })
	void peerThatSaysNoMoreIsClosedWithinTheHandshakeInterval(String mechanism) throws Exception {
		Duration interval = Duration.ofMillis(200);
		try (TestSockets sockets = new TestSockets()) {
			curveServer(sockets, SocketType.PULL, interval);
			sockets.bind("plain", SocketType.PULL, TestSockets.TCP, SocketOption.HANDSHAKE_INTERVAL, interval);
			sockets.registry.create(SocketDefinition.builder("staff", SocketType.PULL)
				.bind(TestSockets.TCP)
				.option(SocketOption.HANDSHAKE_INTERVAL, interval)
				.security(SocketSecurity.ofPlainServer(lists(null)))
				.build());
			String name = switch (mechanism) {
				case "CURVE" -> "in";
				case "PLAIN" -> "staff";
				default -> "plain";
			};
			try (RawPeer silent = RawPeer.connect(sockets.endpoint(name))) {
				if (!mechanism.equals("nothing")) {
					silent.greet(mechanism);
				}
				assertThat(silent.isEnded()).isTrue();
			}
		}
	}

	@Test
	void refusedPeerThatKeepsItsConnectionIsClosed() throws Exception {
		ZmqKeyPair stranger = ZmqKeys.generate();
		try (TestSockets sockets = new TestSockets()) {
			curveServer(sockets, SocketType.PULL);
			try (RawCurvePeer peer = new RawCurvePeer(sockets.endpoint("in"), this.server, stranger,
					RawCurvePeer.metadata("Socket-Type", "PUSH"))) {
				RawPeer raw = peer.initiate(UnaryOperator.identity());
				assertThat(new String(raw.readFrame())).endsWith("400");
				assertThat(raw.isEnded()).isTrue();
			}
			assertThat(sockets.registry.status("in").lastError()).contains("its key is not known");
			assertThat(sockets.registry.details("in").unauthenticated()).isOne();
		}
	}

	@Test
	void hundredsOfRefusedConnectionsLeaveNothingBehind() throws Exception {
		ZmqKeyPair stranger = ZmqKeys.generate();
		byte[] metadata = RawCurvePeer.metadata("Socket-Type", "PUSH");
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in = curveServer(sockets, SocketType.PULL);
			try (RawCurvePeer good = peer(sockets).connect()) {
				good.send("before", 0);
				assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("before");
				long descriptors = Descriptors.count().open();
				int threads = Thread.activeCount();
				int count = many(300);
				for (int i = 0; i < count; i++) {
					try (RawCurvePeer bad = new RawCurvePeer(sockets.endpoint("in"), this.server, stranger, metadata)) {
						switch (i % 3) {
							case 0 -> bad.initiate(UnaryOperator.identity());
							case 1 -> bad.hello((hello) -> changed(hello, "box"));
							default -> bad.raw().greet("CURVE");
						}
					}
				}
				TestSockets.await(() -> sockets.registry.details("in").refusals() == count);
				TestSockets.await(() -> Descriptors.count().open() <= descriptors + 2);
				assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 4);
				assertThat(sockets.registry.status("in").peers()).isOne();
				good.send("after", 0);
				assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("after");
			}
		}
	}

	@Test
	@RequiresPyzmq
	void idleConnectionsWithHeartbeatsStay() {
		try (TestSockets sockets = new TestSockets()) {
			sockets.registry.create(SocketDefinition.builder("in", SocketType.PULL)
				.bind(TestSockets.TCP)
				.option(SocketOption.HEARTBEAT_INTERVAL, Duration.ofMillis(50))
				.option(SocketOption.HEARTBEAT_TIMEOUT, Duration.ofSeconds(5))
				.security(security())
				.build());
			ManagedSocket in = sockets.registry.socket("in");
			try (PythonPeer peer = PythonPeer.start("""
					endpoint, server, public, secret = sys.argv[1:5]
					s = ctx.socket(zmq.PUSH)
					s.curve_serverkey, s.curve_publickey = server.encode(), public.encode()
					s.curve_secretkey = secret.encode()
					s.heartbeat_ivl, s.heartbeat_timeout, s.heartbeat_ttl = 50, 5000, 5000
					s.connect(endpoint)
					s.send(b"before")
					time.sleep(0.7)
					s.send(b"after")
					hear()
					""", sockets.endpoint("in"), this.server.publicKey(), this.client.publicKey(),
					this.client.secretKey())) {
				assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("before");
				assertThat(TestSockets.text(TestSockets.receive(in))).isEqualTo("after");
				assertThat(sockets.registry.details("in").refusals()).isZero();
				assertThat(sockets.registry.details("in").authenticated()).isOne();
				peer.tell("end");
			}
		}
	}

	private RawCurvePeer peer(TestSockets sockets) throws IOException {
		return new RawCurvePeer(sockets.endpoint("in"), this.server, this.client,
				RawCurvePeer.metadata("Socket-Type", "PUSH"));
	}

	private SocketSecurity security() {
		return SocketSecurity.ofCurveServer(() -> List.of(this.server), lists(() -> {
			this.asked.incrementAndGet();
			return Map.of(this.client.publicKey(), "alice");
		}));
	}

	private static SocketAuthentication lists(@Nullable Supplier<Map<String, String>> clients) {
		return new SocketAuthentication(AddressRanges.of(List.of()), AddressRanges.of(List.of()), clients,
				(clients != null) ? null : (name, password) -> false, List.of(), ForkJoinPool.commonPool(),
				Duration.ofSeconds(20));
	}

	private ManagedSocket curveServer(TestSockets sockets, SocketType type) {
		return curveServer(sockets, type, Duration.ofSeconds(30));
	}

	private ManagedSocket curveServer(TestSockets sockets, SocketType type, Duration handshake) {
		sockets.registry.create(SocketDefinition.builder("in", type)
			.bind(TestSockets.TCP)
			.topics((type == SocketType.DISH) ? List.of("group") : List.of())
			.option(SocketOption.LINGER, Duration.ZERO)
			.option(SocketOption.HANDSHAKE_INTERVAL, handshake)
			.security(security())
			.build());
		return sockets.registry.socket("in");
	}

}
