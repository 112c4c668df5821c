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

package io.github.zmqspring.transport.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.security.ZmqMechanism;
import io.github.zmqspring.transport.TestSockets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that claim the routing id of another.
 */
class HostileRoutingIdTests extends SiegeTests {

	private static final List<Attack> ATTACKS = List.of(
			Attack.refused("an id of 256 bytes", (visitor) -> enter(visitor, "x".repeat(256))),
			Attack.refused("an id of 5,000 bytes", (visitor) -> enter(visitor, "x".repeat(5000))),
			Attack.served("an id of a zero", (visitor) -> enter(visitor, "\u0000")),
			Attack.refused("an id as the socket makes them",
					(visitor) -> enter(visitor, "\u0000\u0001\u0002\u0003\u0004")),
			Attack.served("no id", (visitor) -> enter(visitor, "")),
			Attack.served("an id of 255 bytes", (visitor) -> enter(visitor, "\u00ff".repeat(255))),
			Attack.served("an id of control characters", (visitor) -> enter(visitor, "\n\u001b[2J\u0000")),
			Attack.served("two ids", (visitor) -> visitor.enter(1,
					Zmtp.join(Zmtp.properties(visitor.site().peerType()), id("one"), id("two")))));

	private static byte[] id(String id) {
		return Zmtp.property("Identity", Zmtp.bytes(id));
	}

	private static Visitor enter(Visitor visitor, String id) throws IOException {
		return visitor.enter(1, Zmtp.join(Zmtp.properties(visitor.site().peerType()), id(id)));
	}

	static List<Site> routers() {
		return (Site.isFull())
				? Site.all()
					.stream()
					.filter((site) -> site.type() == SocketType.ROUTER || site.type() == SocketType.REP)
					.toList()
				: Stream
					.of(new Site(SocketType.ROUTER, false, ZmqMechanism.NULL),
							new Site(SocketType.REP, true, ZmqMechanism.NULL),
							new Site(SocketType.ROUTER, false, ZmqMechanism.PLAIN),
							new Site(SocketType.REP, false, ZmqMechanism.CURVE))
					.toList();
	}

	@ParameterizedTest
	@MethodSource("routers")
	void noPeerHasAnIdThatOnlySocketsMake(Site site) throws IOException {
		try (Besieged besieged = new Besieged(sockets, site)) {
			besieged.endure(ATTACKS);
		}
	}

	/** Its replies would go to the wrong peer, and it would be unreachable afterwards. */
	@Test
	void noPeerForeseesTheIdOfTheNextOne() throws IOException {
		Site site = new Site(SocketType.ROUTER, false, ZmqMechanism.NULL);
		try (Besieged besieged = new Besieged(sockets, site)) {
			byte[] next;
			try (Visitor first = besieged.visit().enter()) {
				first.send(first.frame(0, "hello"));
				ZmqMessage hello = TestSockets.receive(besieged.bound());
				assertThat(hello.raw()[0]).hasSize(5).startsWith(0);
				next = hello.raw()[0].clone();
				next[4]++;
			}
			try (Visitor thief = besieged.visit()) {
				thief.greet(0)
					.send(Zmtp.frame(Zmtp.COMMAND,
							Zmtp.command("READY", Zmtp.properties("DEALER"), Zmtp.property("Identity", next))));
				assertThat(thief.isEnded()).isTrue();
			}
			besieged.assertUnharmed("a guess of the next id");
		}
	}

	@ParameterizedTest
	@MethodSource("routers")
	void manyPeersOfOneIdWaitAndHarmNoOther(Site site) throws IOException {
		try (Besieged besieged = new Besieged(sockets, site)) {
			List<Visitor> visitors = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				Visitor visitor = enter(besieged.visit(), "same");
				for (int k = 0; k < 50; k++) {
					visitor.send(visitor.frame(0, ""));
				}
				visitors.add(visitor);
			}
			besieged.exchange();
			assertThat(besieged.status().peers()).isEqualTo(2);
			for (Visitor visitor : visitors) {
				visitor.close();
			}
			besieged.assertUnharmed("many peers of one id");
		}
	}

	@Test
	void peerThatWaitsForItsIdIsRefusedForWhatItSentMeanwhile() throws IOException {
		Site site = new Site(SocketType.ROUTER, false, ZmqMechanism.NULL);
		try (Besieged besieged = new Besieged(sockets, site); Visitor first = enter(besieged.visit(), "same")) {
			first.send(first.frame(0, "first"));
			assertThat(TestSockets.text(TestSockets.receive(besieged.bound()))).isEqualTo("first");
			try (Visitor second = enter(besieged.visit(), "same")) {
				second.send(second.frame(0, "second"), Zmtp.frame(0x40, "reserved flags"));
				first.close();
				assertThat(TestSockets.text(TestSockets.receive(besieged.bound()))).isEqualTo("second");
				assertThat(second.isEnded()).isTrue();
			}
			Siege.await("the second one refused", () -> besieged.refusals() == 1);
			besieged.assertUnharmed("a peer that waits");
		}
	}

	@Test
	void connectionDisplacedByItsOwnIdIsGone() throws IOException {
		Site site = new Site(SocketType.ROUTER, false, ZmqMechanism.NULL);
		try (Besieged besieged = new Besieged(sockets, site, SocketOption.ROUTER_HANDOVER, true);
				Visitor old = enter(besieged.visit(), "same")) {
			old.send(old.frame(0, "old"));
			assertThat(TestSockets.text(TestSockets.receive(besieged.bound()))).isEqualTo("old");
			try (Visitor young = enter(besieged.visit(), "same")) {
				young.send(young.frame(0, "young"));
				assertThat(TestSockets.text(TestSockets.receive(besieged.bound()))).isEqualTo("young");
				assertThat(old.isEnded()).isTrue();
				Siege.await("the old one counted as ended", () -> besieged.refusals() == 1);
				assertThat(besieged.status().lastError()).contains("taken its routing id over");
				assertThat(besieged.status().peers()).isEqualTo(2);
			}
			besieged.assertUnharmed("a handover");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PAIR", "CHANNEL" })
	void secondPeerOfASocketThatHasOneIsTurnedAway(SocketType type) throws IOException {
		try (Besieged besieged = new Besieged(sockets, new Site(type, false, ZmqMechanism.NULL))) {
			for (int i = 1; i <= 3; i++) {
				try (Visitor second = besieged.visit().enter()) {
					second.send(second.frame(0, "hello"));
					besieged.exchange();
					assertThat(second.isEnded()).isTrue();
				}
				long refused = i;
				Siege.await("the second one counted as refused", () -> besieged.refusals() == refused);
				assertThat(besieged.status().lastError()).contains("the socket has a peer already");
				besieged.assertUnharmed("a second peer");
			}
		}
	}

}
