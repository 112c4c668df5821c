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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketDefinitionBuilder;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.security.AddressRanges;
import io.github.zmqspring.security.SocketAuthentication;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every classic type with each mechanism, against libzmq on the other end: either side is
 * the server of the mechanism, and either side binds.
 */
@NoLeaks
@RequiresPyzmq
class SecurityInteropTests {

	/**
	 * Theirs and ours; REQ of ours is a matter of requests. A REQ of libzmq that is the
	 * server of a mechanism drops all replies, also those of libzmq's own REP.
	 */
	private static final String[][] PAIRS = { { "PUSH", "PULL" }, { "PULL", "PUSH" }, { "PUB", "SUB" },
			{ "SUB", "PUB" }, { "XPUB", "XSUB" }, { "XSUB", "XPUB" }, { "PUB", "XSUB" }, { "SUB", "XPUB" },
			{ "DEALER", "ROUTER" }, { "ROUTER", "DEALER" }, { "DEALER", "DEALER" }, { "REQ", "REP" },
			{ "REQ", "ROUTER" }, { "REP", "DEALER" }, { "PAIR", "PAIR" } };

	private static final String THEIRS = """
			import queue
			mechanism, serves, keys, rest = sys.argv[1], sys.argv[2] == "true", sys.argv[3].split(" "), sys.argv[4:]
			if serves:
			    import zmq.auth.thread
			    auth = zmq.auth.thread.ThreadAuthenticator(ctx)
			    auth.start()
			    auth.configure_plain(domain="*", passwords={"alice": "secret"})
			    auth.configure_curve_callback(domain="*", credentials_provider=type("P", (), {
			        "callback": lambda self, domain, key: key == keys[2].encode()})())
			all, poller = [], zmq.Poller()
			for i, one in enumerate(rest):
			    kind, endpoint = one.split("@")
			    s = ctx.socket(getattr(zmq, kind))
			    s.linger = 0
			    if mechanism == "NULL" and serves:
			        s.zap_domain = b"test"
			    if mechanism == "PLAIN" and serves:
			        s.plain_server = True
			    if mechanism == "PLAIN" and not serves:
			        s.plain_username, s.plain_password = b"alice", b"secret"
			    if mechanism == "CURVE":
			        mine = keys[0:2] if serves else keys[2:4]
			        s.curve_publickey, s.curve_secretkey = mine[0].encode(), mine[1].encode()
			        if serves:
			            s.curve_server = True
			        else:
			            s.curve_serverkey = keys[0].encode()
			    if kind == "SUB":
			        s.subscribe(b"")
			    if endpoint:
			        s.connect(endpoint)
			    else:
			        port = s.bind_to_random_port("tcp://127.0.0.1")
			        say("port %d %d" % (i, port))
			    if kind == "XSUB":
			        s.send(bytes([1]))
			    poller.register(s, zmq.POLLIN)
			    all.append((kind, s))
			said = set()
			for i, (kind, s) in enumerate(all):
			    if kind in ("PUSH", "DEALER", "REQ", "PAIR"):
			        s.send_multipart([b"theirs %d" % i, b"x" * 300])
			while True:
			    for i, (kind, s) in enumerate(all):
			        if kind in ("PUB", "XPUB"):
			            s.send_multipart([b"theirs %d" % i, b"x" * 300])
			    for s, _ in poller.poll(20):
			        i = [x for _, x in all].index(s)
			        kind = all[i][0]
			        frames = s.recv_multipart()
			        if kind == "ROUTER":
			            s.send_multipart([frames[0], b"theirs %d" % i, b"x" * 300])
			        if kind == "REP":
			            s.send_multipart([b"theirs %d" % i, b"x" * 300])
			        # an XPUB hears of subscriptions as well
			        if b"ours %d" % i in frames and i not in said:
			            said.add(i)
			            assert frames[-1] == b"y" * 300
			            say("got %d." % i)
			    try:
			        hear(timeout=0.0)
			        break
			    except queue.Empty:
			        pass
			if serves:
			    auth.stop()
			""";

	private final ZmqKeyPair server = ZmqKeys.generate();

	private final ZmqKeyPair client = ZmqKeys.generate();

	@ParameterizedTest
	@CsvSource({ "NULL, true", "NULL, false", "PLAIN, true", "PLAIN, false", "CURVE, true", "CURVE, false" })
	void allTypesTalkBothWays(String mechanism, boolean theyServe) {
		try (TestSockets sockets = new TestSockets()) {
			List<String> arguments = new ArrayList<>(
					List.of(mechanism, String.valueOf(theyServe), String.join(" ", this.server.publicKey(),
							this.server.secretKey(), this.client.publicKey(), this.client.secretKey())));
			for (int i = 0; i < 2 * PAIRS.length; i++) {
				String[] pair = PAIRS[i / 2];
				if (i % 2 == 0) {
					create(sockets, i, SocketType.valueOf(pair[1]), null, mechanism, theyServe);
				}
				arguments.add(pair[0] + "@" + ((i % 2 == 0) ? sockets.endpoint("s" + i) : ""));
			}
			try (PythonPeer peer = PythonPeer.start(THEIRS, arguments.toArray())) {
				for (int i = 1; i < 2 * PAIRS.length; i += 2) {
					String start = "port " + i + " ";
					String endpoint = "tcp://127.0.0.1:" + peer.awaitLine(start).substring(start.length());
					create(sockets, i, SocketType.valueOf(PAIRS[i / 2][1]), endpoint, mechanism, theyServe);
				}
				exchange(sockets, theyServe, peer);
				peer.tell("end");
				assertThat(peer.awaitExit()).isZero();
			}
		}
	}

	private void exchange(TestSockets sockets, boolean theyServe, PythonPeer peer) {
		AtomicBoolean done = new AtomicBoolean();
		Thread publisher = new Thread(() -> {
			while (!done.get()) {
				for (int i = 0; i < 2 * PAIRS.length; i++) {
					if (PAIRS[i / 2][1].endsWith("PUB")) {
						TestSockets.send(sockets.registry.socket("s" + i), "ours " + i, "y".repeat(300));
					}
				}
				java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
			}
		}, "publisher");
		publisher.start();
		try {
			for (int i = 0; i < 2 * PAIRS.length; i++) {
				exchange(sockets.registry.socket("s" + i), i, PAIRS[i / 2], theyServe, peer);
			}
		}
		finally {
			done.set(true);
			awaitEnd(publisher);
		}
	}

	private static void awaitEnd(Thread thread) {
		try {
			thread.join(TestSockets.PATIENCE.toMillis());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		assertThat(thread.isAlive()).isFalse();
	}

	private static void exchange(ManagedSocket socket, int index, String[] pair, boolean theyServe, PythonPeer peer) {
		String ours = pair[1];
		String text = "ours " + index;
		String padding = "y".repeat(300);
		switch (ours) {
			case "PUSH", "PAIR" -> TestSockets.send(socket, text, padding);
			case "DEALER" -> {
				if (pair[0].equals("REP")) {
					TestSockets.send(socket, "", text, padding);
				}
				else {
					TestSockets.send(socket, text, padding);
				}
			}
			default -> {
			}
		}
		if (!ours.equals("PUSH") && !ours.endsWith("PUB")) {
			ZmqMessage received = TestSockets.receive(socket);
			List<byte[]> frames = received.frames();
			assertThat(new String(frames.get(frames.size() - 2))).as("%s to %s", pair[0], ours)
				.isEqualTo("theirs " + index);
			assertThat(new String(frames.get(frames.size() - 1))).isEqualTo("x".repeat(300));
			if (ours.equals("REP") || ours.equals("ROUTER")) {
				socket.send(received.withFrames(text, padding).raw(), TestSockets.PATIENCE.toNanos());
			}
		}
		if (!ours.endsWith("SUB") && !ours.equals("PULL") && !(theyServe && pair[0].equals("REQ"))) {
			peer.awaitLine("got " + index + ".");
		}
	}

	private void create(TestSockets sockets, int index, SocketType type, @Nullable String endpoint, String mechanism,
			boolean theyServe) {
		SocketDefinitionBuilder builder = SocketDefinition.builder("s" + index, type)
			.topics((type == SocketType.SUB || type == SocketType.XSUB) ? List.of("") : List.of())
			.option(SocketOption.LINGER, Duration.ZERO)
			.security(security(mechanism, theyServe));
		if (type == SocketType.ROUTER) {
			builder.option(SocketOption.ROUTER_MANDATORY, true);
		}
		sockets.registry
			.create(((endpoint != null) ? builder.connect(endpoint) : builder.bind(TestSockets.TCP)).build());
	}

	private SocketSecurity security(String mechanism, boolean theyServe) {
		SocketAuthentication lists = new SocketAuthentication(AddressRanges.of(List.of("127.0.0.1")),
				AddressRanges.of(List.of()),
				(mechanism.equals("CURVE")) ? () -> Map.of(this.client.publicKey(), "alice") : null,
				(name, password) -> name.equals("alice") && password.equals("secret"), List.of(),
				ForkJoinPool.commonPool(), Duration.ofSeconds(20));
		return switch (mechanism) {
			case "PLAIN" ->
				(theyServe) ? SocketSecurity.ofPlainClient("alice", "secret") : SocketSecurity.ofPlainServer(lists);
			case "CURVE" -> (theyServe) ? SocketSecurity.ofCurveClient(() -> this.client, () -> this.server)
					: SocketSecurity.ofCurveServer(() -> List.of(this.server), lists);
			default -> SocketSecurity.ofNull(lists);
		};
	}

}
