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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.security.ZmqMechanism;
import io.github.zmqspring.transport.mechanism.CurveVisit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that end in the middle of something, are slow, or never go on.
 */
class HostileConnectionTests extends SiegeTests {

	private static final Duration HANDSHAKE = Duration.ofSeconds(1);

	static List<Site> binding() {
		return Site.few();
	}

	static Stream<Site> few() {
		return Stream.concat(Site.few().stream(), Site.connecting().stream());
	}

	static Stream<Site> all() {
		return Stream.concat(Site.all().stream(), Site.connecting().stream());
	}

	/** All that a good peer sends before the first answer that it needs, at least. */
	private static byte[] opening(Site site) {
		byte[] greeting = Zmtp.greeting(3, 1, site.mechanism().name());
		if (site.connects() && site.mechanism() != ZmqMechanism.NULL) {
			return Zmtp.join(greeting, Zmtp.frame(Zmtp.COMMAND, Zmtp.command("WELCOME")),
					Zmtp.frame(Zmtp.COMMAND, Zmtp.command("READY", Zmtp.properties(site.peerType()))));
		}
		return Zmtp.join(greeting, Zmtp.frame(Zmtp.COMMAND, switch (site.mechanism()) {
			case NULL -> Zmtp.command("READY", Zmtp.properties(site.peerType()));
			case PLAIN -> Site.plainHello();
			case CURVE -> new CurveVisit(Site.CLIENT_KEY, Site.SERVER_KEY, Zmtp.properties(site.peerType())).send();
		}));
	}

	@ParameterizedTest
	@MethodSource("few")
	void resetsAfterAnyByteHarmNoOther(Site site) throws IOException {
		byte[] opening = opening(site);
		try (Besieged besieged = new Besieged(sockets, site)) {
			int step = (Site.isFull()) ? 1 : 7;
			for (int length = 0; length < opening.length; length += step) {
				for (boolean reset : new boolean[] { true, false }) {
					try (Visitor visitor = besieged.visit()) {
						visitor.send(Arrays.copyOf(opening, length));
						if (reset) {
							visitor.reset();
						}
					}
				}
			}
			besieged.assertUnharmed("resets in the handshake");
		}
	}

	@ParameterizedTest
	@MethodSource("all")
	void resetsAmongMessagesHarmNoOther(Site site) throws IOException {
		try (Besieged besieged = new Besieged(sockets, site)) {
			for (int i = 0; i < 10; i++) {
				try (Visitor visitor = besieged.visit().enter()) {
					byte[] message = Zmtp.join(visitor.frame(0, "\u0001one"), visitor.frame(Zmtp.MORE, "\u0001two"),
							visitor.frame(0, "three"), visitor.command("PING", new byte[2]));
					visitor.send(Arrays.copyOf(message, message.length - i * message.length / 10));
					visitor.reset();
				}
			}
			besieged.assertUnharmed("resets among messages");
		}
	}

	@ParameterizedTest
	@MethodSource("few")
	void peersThatSayNoMoreAreServedToTheEnd(Site site) throws IOException {
		try (Besieged besieged = new Besieged(sockets, site)) {
			try (Visitor visitor = besieged.visit()) {
				visitor.shut();
				assertThat(visitor.isEnded()).isTrue();
			}
			try (Visitor visitor = besieged.visit().enter()) {
				visitor.shut();
				assertThat(visitor.isEnded()).isTrue();
			}
			besieged.assertUnharmed("half closed connections");
		}
	}

	/** All at once, since each takes as long as the handshake may. */
	@ParameterizedTest
	@MethodSource("binding")
	void handshakesThatDoNotGoOnEndInTime(Site site) throws IOException {
		byte[] opening = opening(site);
		try (Besieged besieged = new Besieged(sockets, site, SocketOption.HANDSHAKE_INTERVAL, HANDSHAKE)) {
			long before = besieged.refusals();
			List<Visitor> visitors = new ArrayList<>();
			for (int length : new int[] { 0, 1, 9, 10, 11, 12, 63, 64, 65, 66, 70, opening.length - 1 }) {
				visitors.add(besieged.visit().send(Arrays.copyOf(opening, length)));
			}
			if (site.mechanism() != ZmqMechanism.NULL) {
				visitors.add(besieged.visit().send(opening));
			}
			int halves = visitors.size();
			// a byte now and then does not give them more time
			for (int i = 0; i < 3; i++) {
				visitors.add(besieged.visit());
			}
			long start = System.nanoTime();
			int sent = 0;
			while (sent < opening.length - 1 && besieged.refusals() - before < visitors.size()) {
				for (Visitor slow : visitors.subList(halves, visitors.size())) {
					slow.offer(new byte[] { opening[sent] });
				}
				sent++;
				LockSupport.parkNanos(2 * HANDSHAKE.toNanos() / opening.length);
				assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(60));
			}
			assertThat(besieged.status().peers()).isEqualTo(1);
			Siege.await("all of them ended", () -> besieged.refusals() - before == visitors.size());
			for (Visitor visitor : visitors) {
				assertThat(visitor.isEnded()).isTrue();
				visitor.close();
			}
			besieged.assertUnharmed("handshakes that do not go on");
		}
	}

	@ParameterizedTest
	@MethodSource("few")
	void slowPeerIsServedLikeAnyOther(Site site) throws IOException {
		byte[] opening = opening(site);
		try (Besieged besieged = new Besieged(sockets, site); Visitor visitor = besieged.visit()) {
			if (site.mechanism() == ZmqMechanism.NULL && !site.hasOnePeer()) {
				for (byte next : opening) {
					visitor.send(new byte[] { next });
					Thread.yield();
				}
				visitor.read(64);
				visitor.readFrame();
				assertThat(visitor.isServed()).isTrue();
			}
			besieged.exchange();
		}
	}

	/** A peer that asks and does not read fills only its own memory. */
	@ParameterizedTest
	@MethodSource("few")
	void peerThatPingsAndNeverReadsIsHeldBack(Site site) throws IOException {
		try (Besieged besieged = new Besieged(sockets, site); Visitor visitor = besieged.visit().enter()) {
			for (int i = 0; i < 200; i++) {
				int taken = 0;
				for (int k = 0; k < 100; k++) {
					byte[] ping = visitor.command("PING", new byte[2], new byte[16]);
					taken = visitor.offer(ping);
					if (taken < ping.length) {
						break;
					}
				}
				if (taken == 0) {
					break;
				}
			}
			besieged.exchange();
			visitor.close();
			besieged.assertUnharmed("pings without end");
		}
	}

	@ParameterizedTest
	@MethodSource("few")
	void manyStrangersAtOnceHarmNoOther(Site site) throws IOException {
		try (Besieged besieged = new Besieged(sockets, site)) {
			List<Visitor> visitors = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				visitors.add(besieged.visit());
			}
			besieged.exchange();
			for (Visitor visitor : visitors) {
				visitor.send(Zmtp.bytes("GET / HTTP/1.1\r\n" + "x".repeat(100)));
			}
			for (Visitor visitor : visitors) {
				assertThat(visitor.isEnded()).isTrue();
				visitor.close();
			}
			besieged.assertUnharmed("200 strangers");
		}
	}

}
