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
import java.util.List;
import java.util.stream.Stream;

import io.github.zmqspring.security.ZmqMechanism;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Strangers whose first bytes are no greeting of a peer that fits.
 */
class HostileGreetingTests extends SiegeTests {

	static final List<Attack> ATTACKS = List.of(
			refused("a request of HTTP", Zmtp.bytes("GET / HTTP/1.1\r\nHost: localhost\r\n" + "x".repeat(100))),
			refused("a hello of TLS",
					Zmtp.join(new byte[] { 0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3 }, new byte[200])),
			refused("a banner of SSH", Zmtp.bytes("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n" + "x".repeat(100))),
			refused("zeros", new byte[100]), refused("spaces", Zmtp.bytes(" ".repeat(100))),
			refused("ones", Zmtp.times(100, new byte[] { (byte) 0xff })),
			refused("a mechanism that there is not", Zmtp.greeting(3, 0, "KERBEROS")),
			refused("no mechanism", Zmtp.greeting(3, 0, "")),
			refused("a mechanism in small letters", Zmtp.greeting(3, 0, "null")),
			refused("a mechanism with something behind it", Zmtp.greeting(3, 0, "NULLNULL")),
			refused("a mechanism without an end", Zmtp.greeting(3, 0, "N".repeat(52))),
			refused("a mechanism of control characters", Zmtp.greeting(3, 0, "\n\u0007\u001b[31m")),
			refused("another mechanism", (visitor) -> visitor.send(Zmtp.greeting(3, 0, "GSSAPI"))),
			refused("ZMTP 1, a frame without flags", new byte[] { 0, 0, 0 }),
			refused("ZMTP 1, an identity of a negative size",
					Zmtp.join(new byte[] { (byte) 0xff, (byte) 0x80, 0, 0, 0, 0, 0, 0, 1, 0 }, new byte[20])),
			refused("ZMTP 1, an identity of an exabyte",
					Zmtp.join(new byte[] { (byte) 0xff, 0x0f, 0, 0, 0, 0, 0, 0, 1, 0 }, new byte[20])),
			refused("ZMTP 1, reserved flags", new byte[] { 1, (byte) 0x80, 1, 0 }),
			refused("ZMTP 1 with a greeting, a frame without flags", Zmtp.join(Zmtp.oldGreeting(0, 8), new byte[3])),
			refused("ZMTP 2, an identity of 256 bytes",
					Zmtp.join(Zmtp.oldGreeting(1, 8), Zmtp.frame(0, new byte[256]))),
			refused("ZMTP 2, an identity that is a command",
					Zmtp.join(Zmtp.oldGreeting(1, 8), Zmtp.frame(Zmtp.COMMAND, "me"))),
			refused("ZMTP 2, an identity with more to come",
					Zmtp.join(Zmtp.oldGreeting(1, 8), Zmtp.frame(Zmtp.MORE, "me"))),
			refused("ZMTP 2, reserved flags", Zmtp.join(Zmtp.oldGreeting(1, 8), Zmtp.frame(0x40, "me"))));

	private static Attack refused(String name, byte[] bytes) {
		return Attack.refused(name, (visitor) -> visitor.send(bytes));
	}

	private static Attack refused(String name, Attack.Move move) {
		return Attack.refused(name, move);
	}

	/** What is not refused of a peer that has no security to pass. */
	static final List<Attack> ODDITIES = Stream
		.of(served("a version that there is not yet", Zmtp.greeting(4, 7, "NULL")),
				served("the highest version", Zmtp.greeting(255, 255, "NULL")),
				served("a minor version that there is not yet", Zmtp.greeting(3, 99, "NULL")),
				served("a signature with something in its padding",
						Zmtp.join(new byte[] { (byte) 0xff, 1, 2, 3, 4, 5, 6, 7, 8, 1, 3, 1 },
								java.util.Arrays.copyOfRange(Zmtp.greeting(3, 1, "NULL"), 12, 64))))
		.map((attack) -> attack.only((site) -> site.mechanism() == ZmqMechanism.NULL))
		.toList();

	private static Attack served(String name, byte[] greeting) {
		return Attack.served(name, (visitor) -> {
			visitor.send(greeting);
			visitor.read(64);
			visitor.send(Zmtp.frame(Zmtp.COMMAND, Zmtp.command("READY", Zmtp.properties(visitor.site().peerType()))));
			visitor.readFrame();
		});
	}

	static Stream<Site> sites() {
		return Stream.concat(Site.all().stream(), Site.connecting().stream());
	}

	@ParameterizedTest
	@MethodSource("sites")
	void strangersThatDoNotGreetAreTurnedAway(Site site) throws IOException {
		try (Besieged besieged = new Besieged(sockets, site)) {
			besieged.endure(ATTACKS);
			besieged.endure(ODDITIES);
		}
	}

}
