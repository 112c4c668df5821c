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
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.security.ZmqMechanism;
import io.github.zmqspring.support.SocketTraits;
import io.github.zmqspring.transport.mechanism.CurveVisit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;

/**
 * Strangers that greet, and whose security handshake is none.
 */
class HostileHandshakeTests extends SiegeTests {

	/** Whatever the mechanism. */
	static final List<Attack> COMMON = List.of(opens("a message instead of a command", Zmtp.frame(0, "hello")),
			opens("an empty message", Zmtp.frame(0, "")),
			opens("READY that is no command", Zmtp.frame(0, Zmtp.command("READY", Zmtp.properties("DEALER")))),
			opens("a command with more to come", Zmtp.frame(Zmtp.COMMAND | Zmtp.MORE, Zmtp.command("READY"))),
			opens("a command with reserved flags", Zmtp.frame(Zmtp.COMMAND | 0x80, Zmtp.command("READY"))),
			opens("an empty command", Zmtp.frame(Zmtp.COMMAND, "")),
			opens("a command of a name without an end", Zmtp.frame(Zmtp.COMMAND, "\u00ffREADY")),
			opens("a command of half a name", Zmtp.frame(Zmtp.COMMAND, "\u0005REA")),
			opens("a command of no name", Zmtp.frame(Zmtp.COMMAND, "\u0000READY")),
			opens("a command that there is not", Zmtp.frame(Zmtp.COMMAND, Zmtp.command("OPEN"))),
			opens("a ping", Zmtp.frame(Zmtp.COMMAND, Zmtp.command("PING", new byte[2]))),
			opens("a subscription", Zmtp.frame(Zmtp.COMMAND, Zmtp.command("SUBSCRIBE"))),
			opens("a WELCOME, which servers say", Zmtp.frame(Zmtp.COMMAND, Zmtp.command("WELCOME")))
				.only((site) -> !site.connects() || site.mechanism() != ZmqMechanism.PLAIN),
			opens("a command of a negative size", Zmtp.header(Zmtp.COMMAND, -1)),
			opens("a command of the least size", Zmtp.header(Zmtp.COMMAND, Long.MIN_VALUE)),
			opens("a command of the greatest size", Zmtp.header(Zmtp.COMMAND, Long.MAX_VALUE)),
			opens("a command of 4 GB and a little", Zmtp.header(Zmtp.COMMAND, (1L << 32) + 5)),
			opens("a command of 63 MB", Zmtp.header(Zmtp.COMMAND, 63_000_000)));

	static final List<Attack> NULL = List.of(ready("of a socket type that there is not", Zmtp.properties("FOO")),
			ready("of a socket type in small letters", Zmtp.properties("dealer")),
			ready("of an empty socket type", Zmtp.properties("")),
			ready("of a socket type of 2,000 letters", Zmtp.properties("P".repeat(2000))),
			ready("of a socket type with control characters", Zmtp.properties("\n\u0000\u001b[2J")),
			ready("of a raw socket", Zmtp.properties("STREAM")),
			ready("with a name and no value", Zmtp.shortString("Socket-Type")),
			ready("with a value that is cut off", Zmtp.property("Socket-Type", 7, Zmtp.bytes("PU"))),
			ready("with a value of a negative size", Zmtp.property("Socket-Type", -1, Zmtp.bytes("PULL"))),
			ready("with a value of 2 GB", Zmtp.property("Socket-Type", Integer.MAX_VALUE, Zmtp.bytes("PULL"))),
			ready("with a property without a name", Zmtp.property("", Zmtp.bytes("PULL"))),
			ready("with a name that is cut off", new byte[] { 20, 'S', 'o' }), ready("with a byte", new byte[] { 1 }),
			rightly("and a byte more", new byte[] { 0 }),
			rightly("and a type that does not fit", Zmtp.properties("FOO")),
			rightly("and a property that is cut off", Zmtp.property("X-Y", 3, new byte[2])),
			opens("ERROR", Zmtp.frame(Zmtp.COMMAND, Zmtp.command("ERROR", Zmtp.shortString("400")))),
			opens("ERROR without a reason", Zmtp.frame(Zmtp.COMMAND, Zmtp.command("ERROR"))),
			opens("ERROR with a reason that is cut off",
					Zmtp.frame(Zmtp.COMMAND, Zmtp.command("ERROR", new byte[] { (byte) 200, 'x' }))),
			opens("ERROR with a reason of control characters",
					Zmtp.frame(Zmtp.COMMAND, Zmtp.command("ERROR", Zmtp.shortString("\n\u001b[")))));

	static final List<Attack> PLAIN = List.of(
			command("a wrong password", "HELLO", Zmtp.shortString("alice"), Zmtp.shortString("guessed")),
			command("a user that there is not", "HELLO", Zmtp.shortString("mallory"), Zmtp.shortString("secret")),
			command("no user", "HELLO", Zmtp.shortString(""), Zmtp.shortString("")),
			command("HELLO without anything", "HELLO"),
			command("HELLO without a password", "HELLO", Zmtp.shortString("alice")),
			command("HELLO with a name that is cut off", "HELLO", new byte[] { (byte) 200, 'a' }),
			command("HELLO with a password that is cut off", "HELLO", Zmtp.shortString("alice"), new byte[] { 9, 's' }),
			command("HELLO with something behind it", "HELLO", Zmtp.shortString("alice"), Zmtp.shortString("secret"),
					new byte[1]),
			command("the longest name and password", "HELLO", Zmtp.shortString("a".repeat(255)),
					Zmtp.shortString("b".repeat(255))),
			command("INITIATE at once", "INITIATE", Zmtp.properties("DEALER")),
			command("READY, as with NULL", "READY", Zmtp.properties("DEALER")),
			Attack.refused("HELLO twice", (visitor) -> {
				visitor.greet(1).send(Zmtp.frame(Zmtp.COMMAND, Site.plainHello()));
				visitor.readFrame();
				visitor.send(Zmtp.frame(Zmtp.COMMAND, Site.plainHello()));
			}), initiates("INITIATE of a type that there is not", Zmtp.properties("FOO")),
			initiates("INITIATE that is cut off", Zmtp.property("Socket-Type", 7, Zmtp.bytes("PU"))),
			Attack.refused("a message instead of INITIATE", (visitor) -> {
				visitor.greet(1).send(Zmtp.frame(Zmtp.COMMAND, Site.plainHello()));
				visitor.readFrame();
				visitor.send(Zmtp.frame(0, "hello"));
			}));

	static final List<Attack> CURVE = List.of(command("HELLO of zeros", "HELLO", new byte[194]),
			command("HELLO of another version", "HELLO", new byte[] { 2, 0 }, new byte[192]),
			command("HELLO of a random box", "HELLO", new byte[] { 1, 0 }, new byte[72],
					Zmtp.times(120, new byte[] { 7 })),
			command("HELLO that is too short", "HELLO", new byte[] { 1, 0 }, new byte[191]),
			command("HELLO that is too long", "HELLO", new byte[] { 1, 0 }, new byte[193]),
			command("HELLO of PLAIN", "HELLO", Zmtp.shortString("alice"), Zmtp.shortString("secret")),
			command("INITIATE at once", "INITIATE", new byte[500]),
			command("READY, as with NULL", "READY", Zmtp.properties("DEALER")),
			Attack.refused("HELLO to another server", (visitor) -> {
				CurveVisit other = new CurveVisit(Site.CLIENT_KEY, ZmqKeys.generate(), new byte[0]);
				visitor.greet(1).send(Zmtp.frame(Zmtp.COMMAND, other.send()));
			}), afterWelcome("HELLO twice", (visit) -> hello()),
			afterWelcome("INITIATE of zeros", (visit) -> Zmtp.command("INITIATE", new byte[500])),
			afterWelcome("INITIATE that is too short", (visit) -> Zmtp.command("INITIATE", new byte[10])),
			afterWelcome("INITIATE with another cookie", (visit) -> {
				byte[] initiate = visit.send();
				initiate[40] ^= 1;
				return initiate;
			}), afterWelcome("INITIATE with a nonce that was used", (visit) -> {
				byte[] initiate = visit.send();
				Arrays.fill(initiate, 105, 112, (byte) 0);
				initiate[112] = 1;
				return initiate;
			}), afterWelcome("INITIATE with a box that was changed", (visit) -> {
				byte[] initiate = visit.send();
				initiate[initiate.length - 1] ^= 1;
				return initiate;
			}), stranger("a key that is not known", ZmqKeys.generate(), Zmtp.properties("DEALER")),
			stranger("a socket type that there is not", Site.CLIENT_KEY, Zmtp.properties("FOO")),
			stranger("properties that are cut off", Site.CLIENT_KEY, Zmtp.property("Socket-Type", 9, new byte[3])),
			stranger("a property of a negative size", Site.CLIENT_KEY, Zmtp.property("Socket-Type", -9, new byte[3])),
			Attack.refused("INITIATE of another connection", (visitor) -> {
				CurveVisit visit = new CurveVisit(Site.CLIENT_KEY, Site.SERVER_KEY, Zmtp.properties("DEALER"));
				visitor.greet(1).send(Zmtp.frame(Zmtp.COMMAND, hello()));
				visitor.readFrame();
				visit.send();
				visitor.send(Zmtp.frame(Zmtp.COMMAND, Zmtp.join(Zmtp.command("INITIATE"), new byte[300])));
			}));

	/** What a server of PLAIN may say. */
	static final List<Attack> PLAIN_SERVER = List.of(
			command("WELCOME with something behind it", "WELCOME", new byte[1]),
			command("READY at once", "READY", Zmtp.properties("ROUTER")),
			command("HELLO, which clients say", "HELLO", Zmtp.shortString("alice"), Zmtp.shortString("secret")),
			command("ERROR", "ERROR", Zmtp.shortString("400")), command("ERROR of no text", "ERROR"),
			command("ERROR that is cut off", "ERROR", new byte[] { (byte) 200, 'x' }),
			command("ERROR of control characters", "ERROR", Zmtp.shortString("\n\u001b[2J")),
			welcomes("WELCOME twice", Zmtp.command("WELCOME")),
			welcomes("READY of a type that there is not", Zmtp.command("READY", Zmtp.properties("FOO"))),
			welcomes("READY that is cut off", Zmtp.command("READY", Zmtp.property("Socket-Type", 7, Zmtp.bytes("PU")))),
			welcomes("READY with a value of a negative size",
					Zmtp.command("READY", Zmtp.property("Socket-Type", -1, Zmtp.bytes("PULL")))),
			welcomes("ERROR after WELCOME", Zmtp.command("ERROR", Zmtp.shortString("300"))),
			welcomes("INITIATE, which clients say", Zmtp.command("INITIATE", Zmtp.properties("ROUTER"))));

	/** What a server of CURVE may say. */
	static final List<Attack> CURVE_SERVER = List.of(command("WELCOME of zeros", "WELCOME", new byte[160]),
			command("WELCOME that is too short", "WELCOME", new byte[159]),
			command("WELCOME that is too long", "WELCOME", new byte[161]),
			command("READY at once", "READY", new byte[100]),
			command("HELLO, which clients say", "HELLO", new byte[194]),
			command("ERROR", "ERROR", Zmtp.shortString("400")), command("ERROR of no text", "ERROR"),
			command("ERROR that is cut off", "ERROR", new byte[] { (byte) 200, 'x' }),
			Attack.refused("WELCOME of another server", (visitor) -> {
				visitor.greet(1).readFrame();
				CurveVisit other = CurveVisit.ofServer(Site.CLIENT_KEY, new byte[0]);
				other.receive(new CurveVisit(Site.CLIENT_KEY, Site.CLIENT_KEY, new byte[0]).send());
				visitor.send(Zmtp.frame(Zmtp.COMMAND, other.send()));
			}), Attack.refused("WELCOME that was changed", (visitor) -> {
				visitor.greet(1);
				CurveVisit visit = CurveVisit.ofServer(Site.SERVER_KEY, new byte[0]);
				visit.receive(Visitor.body(visitor.readFrame()));
				byte[] welcome = visit.send();
				welcome[60] ^= 1;
				visitor.send(Zmtp.frame(Zmtp.COMMAND, welcome));
			}), afterInitiate("READY of zeros", "FOO", (ready) -> Zmtp.command("READY", new byte[100])),
			afterInitiate("READY that is too short", "FOO", (ready) -> Zmtp.command("READY", new byte[10])),
			afterInitiate("READY of a type that there is not", "FOO", (ready) -> ready),
			afterInitiate("READY that was changed", "ROUTER", (ready) -> {
				ready[ready.length - 1] ^= 1;
				return ready;
			}), afterInitiate("READY with a nonce that was used", "ROUTER", (ready) -> {
				Arrays.fill(ready, 6, 14, (byte) 0);
				return ready;
			}),
			afterInitiate("ERROR after WELCOME", "ROUTER", (ready) -> Zmtp.command("ERROR", Zmtp.shortString("400"))),
			Attack.refused("READY with properties that are cut off", (visitor) -> {
				CurveVisit visit = visitor.greet(1).welcome(Zmtp.property("Socket-Type", 9, new byte[3]));
				visit.receive(Visitor.body(visitor.readFrame()));
				visitor.send(Zmtp.frame(Zmtp.COMMAND, visit.send()));
			}), Attack.refused("WELCOME twice", (visitor) -> {
				visitor.greet(1);
				CurveVisit visit = CurveVisit.ofServer(Site.SERVER_KEY, new byte[0]);
				visit.receive(Visitor.body(visitor.readFrame()));
				byte[] welcome = Zmtp.frame(Zmtp.COMMAND, visit.send());
				visitor.send(welcome, welcome);
			}));

	private static Attack welcomes(String name, byte[] next) {
		return Attack.refused(name, (visitor) -> {
			visitor.greet(1).readFrame();
			visitor.send(Zmtp.frame(Zmtp.COMMAND, Zmtp.command("WELCOME")));
			visitor.readFrame();
			visitor.send(Zmtp.frame(Zmtp.COMMAND, next));
		});
	}

	private static Attack afterInitiate(String name, String type, UnaryOperator<byte[]> ready) {
		return Attack.refused(name, (visitor) -> {
			CurveVisit visit = visitor.greet(1).welcome(Zmtp.properties(type));
			visit.receive(Visitor.body(visitor.readFrame()));
			visitor.send(Zmtp.frame(Zmtp.COMMAND, ready.apply(visit.send())));
		});
	}

	private static byte[] hello() {
		return new CurveVisit(Site.CLIENT_KEY, Site.SERVER_KEY, new byte[0]).send();
	}

	private static Attack opens(String name, byte[] bytes) {
		return Attack.refused(name, (visitor) -> visitor.greet(1).send(bytes));
	}

	private static Attack command(String name, String command, byte[]... parts) {
		return opens(name, Zmtp.frame(Zmtp.COMMAND, Zmtp.command(command, parts)));
	}

	private static Attack ready(String name, byte[]... parts) {
		return command("READY " + name, "READY", parts);
	}

	/** READY of the right type, and something more. */
	private static Attack rightly(String name, byte[] more) {
		return Attack.refused("READY " + name, (visitor) -> visitor.greet(1)
			.send(Zmtp.frame(Zmtp.COMMAND, Zmtp.command("READY", Zmtp.properties(visitor.site().peerType()), more))));
	}

	private static Attack initiates(String name, byte[]... parts) {
		return Attack.refused(name, (visitor) -> {
			visitor.greet(1).send(Zmtp.frame(Zmtp.COMMAND, Site.plainHello()));
			visitor.readFrame();
			visitor.send(Zmtp.frame(Zmtp.COMMAND, Zmtp.command("INITIATE", parts)));
		});
	}

	private static Attack afterWelcome(String name, Function<CurveVisit, byte[]> next) {
		return Attack.refused(name, (visitor) -> {
			CurveVisit visit = new CurveVisit(Site.CLIENT_KEY, Site.SERVER_KEY, Zmtp.properties("DEALER"));
			visitor.greet(1).send(Zmtp.frame(Zmtp.COMMAND, visit.send()));
			visit.receive(Visitor.body(visitor.readFrame()));
			visitor.send(Zmtp.frame(Zmtp.COMMAND, next.apply(visit)));
		});
	}

	private static Attack stranger(String name, ZmqKeyPair key, byte[] properties) {
		return Attack.refused(name, (visitor) -> {
			CurveVisit visit = new CurveVisit(key, Site.SERVER_KEY, properties);
			visitor.greet(1).send(Zmtp.frame(Zmtp.COMMAND, visit.send()));
			visit.receive(Visitor.body(visitor.readFrame()));
			visitor.send(Zmtp.frame(Zmtp.COMMAND, visit.send()));
		});
	}

	/** What a peer of its own kind may do, strange as it is. */
	static final List<Attack> ODDITIES = List.of(Attack.served("a thousand properties", (visitor) -> {
		byte[] many = Zmtp.times(300, Zmtp.property("X-Name", Zmtp.bytes("value")));
		visitor.enter(1, Zmtp.join(Zmtp.properties(visitor.site().peerType()), many));
	}).only((site) -> site.mechanism() != ZmqMechanism.CURVE), Attack.served("properties of odd names",
			(visitor) -> visitor.enter(1, Zmtp.join(Zmtp.properties(visitor.site().peerType()),
					Zmtp.property("\u0000\n", new byte[3]), Zmtp.property("User-Id", Zmtp.bytes("root")),
					Zmtp.property("Peer-Address", Zmtp.bytes("me")), Zmtp.property("x".repeat(255), new byte[0])))),
			Attack.served("no socket type, as libzmq allows", (visitor) -> visitor.enter(1, new byte[0])),
			Attack.served("the socket type twice",
					(visitor) -> visitor.enter(1, Zmtp.times(2, Zmtp.properties(visitor.site().peerType())))),
			Attack.served("READY twice", (visitor) -> {
				visitor.enter();
				visitor.send(visitor.command("READY", Zmtp.properties(visitor.site().peerType())));
			}), Attack.served("ERROR when all is over", (visitor) -> {
				visitor.enter();
				visitor.send(visitor.command("ERROR", Zmtp.shortString("400")));
			}), Attack.served("HELLO when all is over", (visitor) -> {
				visitor.enter();
				visitor.send(visitor.command("HELLO", new byte[194]));
			}));

	static Stream<Site> sites() {
		return Stream.concat(Site.all().stream(), Site.connecting().stream());
	}

	@ParameterizedTest
	@MethodSource("sites")
	void strangersWithoutAHandshakeAreTurnedAway(Site site) throws IOException {
		try (Besieged besieged = new Besieged(sockets, site)) {
			besieged.endure(COMMON);
			List<Attack> ofMechanism = switch (site.mechanism()) {
				case NULL -> Stream.concat(NULL.stream(), ofWrongTypes(site).stream()).toList();
				case PLAIN -> (site.connects()) ? PLAIN_SERVER : PLAIN;
				case CURVE -> (site.connects()) ? CURVE_SERVER : CURVE;
			};
			besieged.endure(ofMechanism);
			besieged.endure(ODDITIES);
		}
	}

	private static List<Attack> ofWrongTypes(Site site) {
		List<Attack> attacks = new ArrayList<>();
		for (SocketType type : SocketType.values()) {
			if (type != SocketType.RAW && !SocketTraits.of(SocketTraits.of(site.type()).wireType()).talksTo(type)) {
				attacks.add(ready("of a " + type, Zmtp.properties(type.name())));
			}
		}
		return attacks;
	}

}
