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

package io.github.zmqspring.transport.peer;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.support.SocketTraits;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.transport.TestSockets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said where libzmq's socket at the other end is of a type that does not fit: its
 * type, or that it hung up for ours, whichever of both handshakes was first.
 */
@NoLeaks
@RequiresPyzmq
class MisfitTests {

	private static final List<SocketType> TYPES = Stream.of(SocketType.values())
		.filter((type) -> type != SocketType.STREAM && type != SocketType.RAW)
		.toList();

	private static final String SCRIPT = """
			held = []
			say("ready")
			while True:
			    verb, *words = hear().split()
			    if verb == "end":
			        break
			    if verb == "close":
			        for s in held:
			            s.close(0)
			        held.clear()
			    else:
			        s = ctx.socket(getattr(zmq, words[0]))
			        held.append(s)
			        if verb == "connect":
			            s.connect(words[1])
			        else:
			            say(s.bind_to_random_port("tcp://127.0.0.1"))
			""";

	private static PythonPeer peer;

	private static TestSockets sockets;

	@BeforeAll
	static void open() {
		peer = PythonPeer.start(SCRIPT);
		peer.awaitLine("ready");
		sockets = new TestSockets();
		sockets.bind("first", SocketType.PULL, TestSockets.TCP);
	}

	@AfterAll
	static void close() {
		peer.tell("end");
		peer.close();
		sockets.close();
	}

	/** Those of libzmq that do not fit what a socket is on the wire. */
	private static List<SocketType> misfits(SocketType type) {
		SocketTraits wire = SocketTraits.of(SocketTraits.of(type).wireType());
		return Stream
			.of(SocketType.PUB, SocketType.SUB, SocketType.XPUB, SocketType.XSUB, SocketType.PUSH, SocketType.PULL,
					SocketType.REQ, SocketType.REP, SocketType.DEALER, SocketType.ROUTER, SocketType.PAIR)
			.filter((other) -> !wire.talksTo(other))
			.toList();
	}

	@Test
	void socketThatBindsSaysThatTheTypesDoNotFit() {
		for (SocketType type : TYPES) {
			for (SocketType other : misfits(type)) {
				String name = type + "-" + other;
				sockets.bind(name, type, TestSockets.TCP);
				peer.tell("connect " + other + " " + sockets.endpoint(name));
				TestSockets.await(() -> sockets.registry.status(name).lastError() != null);
				assertMisfit(type, other, sockets.registry.status(name).lastError());
				assertThat(sockets.registry.status(name).peers()).isZero();
				peer.tell("close");
				sockets.registry.remove(name);
			}
		}
	}

	@Test
	void socketThatConnectsSaysThatTheTypesDoNotFit() {
		for (SocketType type : TYPES) {
			String name = "to-" + type;
			List<SocketType> others = misfits(type);
			List<String> endpoints = others.stream().map((other) -> {
				peer.tell("bind " + other);
				return "tcp://127.0.0.1:" + peer.readLine(Duration.ofSeconds(20));
			}).toList();
			sockets.create(name, type, List.of(), endpoints);
			TestSockets.await(() -> connects(name).stream().allMatch((connect) -> connect.lastError() != null));
			for (int i = 0; i < others.size(); i++) {
				assertMisfit(type, others.get(i), connects(name).get(i).lastError());
			}
			assertThat(sockets.registry.status(name).peers()).isZero();
			sockets.registry.remove(name);
			peer.tell("close");
		}
	}

	private static List<ConnectStatus> connects(String name) {
		return sockets.registry.connections(name).connects();
	}

	private static void assertMisfit(SocketType type, SocketType other, String error) {
		assertThat(error).as("%s, with a %s", type, other)
			.containsAnyOf("the peer is a " + other + ", which does not fit a " + type,
					"hung up before it said what socket it is: most likely its type does not fit a " + type);
	}

}
