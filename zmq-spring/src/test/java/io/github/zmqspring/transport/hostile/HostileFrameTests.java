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
import java.util.Set;
import java.util.stream.Stream;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.security.ZmqMechanism;
import io.github.zmqspring.transport.TestSockets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that have come in, and send frames and commands that they should not.
 */
class HostileFrameTests extends SiegeTests {

	private static final Set<SocketType> RECEIVE_NOTHING = Set.of(SocketType.PUSH, SocketType.SCATTER,
			SocketType.RADIO);

	private static final byte[] TOO_LONG = Zmtp.header(0, 65 * 1024 * 1024 + 64);

	static final List<Attack> FRAMES = List.of(enters("a frame with reserved flags", Zmtp.frame(0x10, "hello")),
			enters("a frame with all flags", Zmtp.join(Zmtp.header(0xff, 5), Zmtp.bytes("hello"))),
			enters("a frame of the greatest size", Zmtp.header(0, Long.MAX_VALUE)),
			enters("a frame of 4 GB and a little", Zmtp.header(0, (1L << 32) + 5)),
			enters("a frame of 2 GB", Zmtp.header(0, Integer.MAX_VALUE)),
			enters("a frame of 65 MB", TOO_LONG).only((site) -> site.mechanism() == ZmqMechanism.CURVE),
			// thrown away as it comes, if it comes
			idle("a frame of 65 MB, of which nothing comes", TOO_LONG)
				.only((site) -> site.mechanism() != ZmqMechanism.CURVE),
			idle("a second frame of 65 MB", Zmtp.join(Zmtp.frame(Zmtp.MORE, "first"), TOO_LONG))
				.only((site) -> site.mechanism() != ZmqMechanism.CURVE),
			enters("a command of a negative size", Zmtp.header(Zmtp.COMMAND, -1)),
			enters("a command of the greatest size", Zmtp.header(Zmtp.COMMAND, Long.MAX_VALUE)),
			enters("a command of 63 MB", Zmtp.header(Zmtp.COMMAND, 63_000_000)),
			enters("a message that is not encrypted", Zmtp.frame(0, "hello"))
				.only((site) -> site.mechanism() == ZmqMechanism.CURVE),
			enters("a command that is not encrypted", Zmtp.frame(Zmtp.COMMAND, Zmtp.command("PING", new byte[2])))
				.only((site) -> site.mechanism() == ZmqMechanism.CURVE),
			enters("an encrypted message of zeros", Zmtp.frame(0, Zmtp.join(Zmtp.command("MESSAGE"), new byte[100])))
				.only((site) -> site.mechanism() == ZmqMechanism.CURVE),
			Attack.refused("an encrypted message twice", (visitor) -> {
				byte[] message = visitor.enter().frame(0, "hello");
				visitor.send(message, message);
			}).only((site) -> site.mechanism() == ZmqMechanism.CURVE),
			Attack.refused("an encrypted message that was changed", (visitor) -> {
				byte[] message = visitor.enter().frame(0, "hello");
				message[message.length - 1] ^= 1;
				visitor.send(message);
			}).only((site) -> site.mechanism() == ZmqMechanism.CURVE),
			idle("half a header", new byte[] { Zmtp.LARGE, 0, 0 }), idle("a header", Zmtp.header(0, 1000)),
			idle("half a body", Zmtp.join(Zmtp.header(0, 1000), new byte[500])),
			idle("half a message", Zmtp.frame(Zmtp.MORE, "hello")), idle("a flag", new byte[] { 0 }));

	static final List<Attack> COMMANDS = List.of(sealed("an empty command", Zmtp.COMMAND, new byte[0]),
			sealed("a command of no name", Zmtp.COMMAND, new byte[] { 0, 'P', 'I', 'N', 'G' }),
			sealed("a command of a name without an end", Zmtp.COMMAND, Zmtp.bytes("\u00ffPING")),
			sealed("a command of half a name", Zmtp.COMMAND, Zmtp.bytes("\u0005PIN")),
			served("a command that there is not", Zmtp.command("DANCE", new byte[100])),
			served("a command of one letter", Zmtp.command("X")),
			served("a ping without its end", Zmtp.command("PING")),
			served("a ping with half a time to live", Zmtp.command("PING", new byte[1])),
			served("a ping with no time to live", Zmtp.command("PING", new byte[2])),
			served("a ping with the longest time to live", Zmtp.command("PING", Zmtp.bytes("\u00ff\u00ff"))),
			served("a ping with a long context", Zmtp.command("PING", new byte[2], new byte[2000])),
			served("an unsolicited pong", Zmtp.command("PONG", Zmtp.bytes("context"))),
			served("a pong with a long context", Zmtp.command("PONG", new byte[2000])),
			served("SUBSCRIBE, which we do not announce", Zmtp.command("SUBSCRIBE", Zmtp.bytes("topic"))),
			served("CANCEL of nothing", Zmtp.command("CANCEL", Zmtp.bytes("topic"))),
			served("JOIN", Zmtp.command("JOIN", Zmtp.bytes("group"))),
			served("JOIN three times", Zmtp.command("JOIN", Zmtp.bytes("group")), 3),
			served("JOIN of no group", Zmtp.command("JOIN")),
			served("LEAVE of nothing", Zmtp.command("LEAVE", Zmtp.bytes("never"))),
			sealed("JOIN of a group of 256 letters", Zmtp.COMMAND, Zmtp.command("JOIN", new byte[256]))
				.only((site) -> site.type() == SocketType.RADIO),
			served("LEAVE of a group of 256 letters", Zmtp.command("LEAVE", new byte[256])),
			served("2,000 commands that there are not", Zmtp.command("DANCE"), 2000),
			served("2,000 pongs", Zmtp.command("PONG", new byte[16]), 2000),
			served("2,000 pings", Zmtp.command("PING", new byte[2], Zmtp.bytes("me")), 2000));

	static final List<Attack> MESSAGES = List.of(
			sealed("a message without a group", 0, Zmtp.bytes("hello")).only((site) -> site.type() == SocketType.DISH),
			sealed("a message of a group of 256 letters", Zmtp.MORE, new byte[256])
				.only((site) -> site.type() == SocketType.DISH),
			Attack
				.refused("a message of a group and two frames", (visitor) -> visitor.enter()
					.send(visitor.frame(Zmtp.MORE, "group"), visitor.frame(Zmtp.MORE, "1"), visitor.frame(0, "2")))
				.only((site) -> site.type() == SocketType.DISH),
			messages("an empty message", 1, new byte[0]), messages("2,000 messages", 2000, Zmtp.bytes("hello")),
			messages("2,000 empty messages", 2000, new byte[0]),
			Attack.dropped("2,000 messages of two frames", (visitor) -> {
				visitor.enter();
				for (int i = 0; i < 1000; i++) {
					visitor.send(visitor.frame(Zmtp.MORE, "first"), visitor.frame(0, "second"));
				}
			}).only((site) -> RECEIVE_NOTHING.contains(site.type()) || site.type() == SocketType.PUB));

	/** To a requester, which knows which replies it waits for. */
	static final List<Attack> REPLIES = List.of(replies("a reply to no request", 1, "", "forged"),
			replies("a reply without its delimiter", 1, "forged"), replies("a reply of nothing", 1, ""),
			replies("a reply of empty frames", 1, "", "", "", ""),
			replies("a reply with an id that was guessed", 1, "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001", "",
					"forged"),
			replies("a reply with two ids", 1, "12345678", "12345678", "", "forged"),
			replies("a reply of 100 frames", 1, "x ".repeat(100).split(" ")),
			replies("2,000 replies to no request", 2000, "12345678", "", "forged"));

	private static Attack replies(String name, int times, String... frames) {
		return Attack.served(name, (visitor) -> {
			visitor.enter();
			for (int i = 0; i < times; i++) {
				for (int k = 0; k < frames.length; k++) {
					visitor.send(visitor.frame((k < frames.length - 1) ? Zmtp.MORE : 0, frames[k]));
				}
			}
		}).only((site) -> site.type() == SocketType.REQ);
	}

	private static Attack enters(String name, byte[] bytes) {
		return Attack.refused(name, (visitor) -> visitor.enter().send(bytes));
	}

	private static Attack idle(String name, byte[] bytes) {
		return Attack.idle(name, (visitor) -> visitor.enter().send(bytes));
	}

	private static Attack sealed(String name, int flags, byte[] body) {
		return Attack.refused(name, (visitor) -> {
			visitor.enter();
			visitor.send(visitor.frame(flags, body));
		});
	}

	private static Attack served(String name, byte[] command) {
		return served(name, command, 1);
	}

	private static Attack served(String name, byte[] command, int times) {
		return Attack.served(name, (visitor) -> {
			visitor.enter();
			for (int i = 0; i < times; i++) {
				visitor.send(visitor.frame(Zmtp.COMMAND, command));
				visitor.skim();
			}
		});
	}

	/** To those that never receive any. */
	private static Attack messages(String name, int count, byte[] body) {
		return Attack.dropped(name + " to a socket that receives none", (visitor) -> {
			visitor.enter();
			for (int i = 0; i < count; i++) {
				visitor.send(visitor.frame(0, body));
			}
		}).only((site) -> RECEIVE_NOTHING.contains(site.type()) || site.type() == SocketType.PUB);
	}

	static Stream<Site> sites() {
		return Stream.concat(Site.all().stream(), Site.connecting().stream());
	}

	@ParameterizedTest
	@MethodSource("sites")
	void peersThatSendWhatTheyShouldNotHarmNoOther(Site site) throws IOException {
		try (Besieged besieged = new Besieged(sockets, site)) {
			besieged.endure(FRAMES);
			besieged.endure(COMMANDS);
			besieged.endure(MESSAGES);
			besieged.endure(REPLIES);
		}
	}

	static List<Site> sitesThatReceiveNothing() {
		return Site.all()
			.stream()
			.filter((site) -> RECEIVE_NOTHING.contains(site.type()) || site.type() == SocketType.PUB)
			.toList();
	}

	@ParameterizedTest
	@MethodSource("sitesThatReceiveNothing")
	void messagesToASocketThatReceivesNoneAreCountedAsDropped(Site site) throws IOException {
		try (Besieged besieged = new Besieged(sockets, site); Visitor visitor = besieged.visit().enter()) {
			for (int i = 0; i < 100; i++) {
				visitor.send(visitor.frame(Zmtp.MORE, "first"), visitor.frame(0, "second"));
			}
			// where there are single frames only, each of them is one
			long dropped = (site.type() == SocketType.SCATTER) ? 200 : 100;
			Siege.await("messages counted", () -> besieged.status().dropped() == dropped);
			visitor.close();
			besieged.assertUnharmed("messages");
			assertThat(besieged.status().dropped()).isEqualTo(dropped);
			assertThat(besieged.status().lastError())
				.contains((site.type() == SocketType.PUB) ? "no subscriptions" : "receives none");
		}
	}

	static Stream<Site> sitesOfSingleFrames() {
		return Stream.of(SocketType.GATHER, SocketType.CLIENT, SocketType.SERVER, SocketType.PEER)
			.flatMap((type) -> Stream.of(new Site(type, false, ZmqMechanism.NULL),
					new Site(type, false, ZmqMechanism.CURVE), Site.connecting(type, ZmqMechanism.CURVE)));
	}

	@ParameterizedTest
	@MethodSource("sitesOfSingleFrames")
	void messagesOfSeveralFramesAreDroppedWhereThereAreSingleFramesOnly(Site site) throws IOException {
		try (Besieged besieged = new Besieged(sockets, site); Visitor visitor = besieged.visit().enter()) {
			for (int i = 0; i < 3; i++) {
				visitor.send(visitor.frame(Zmtp.MORE, "first"), visitor.frame(Zmtp.MORE, "second"),
						visitor.frame(0, "third"));
			}
			visitor.send(visitor.frame(0, "whole"));
			ZmqMessage message = TestSockets.receive(besieged.bound());
			assertThat(message.text(message.size() - 1)).isEqualTo("whole");
			assertThat(besieged.status().dropped()).isEqualTo(9);
			visitor.send(visitor.frame(Zmtp.MORE, "half"));
			besieged.exchange();
			visitor.close();
			besieged.assertUnharmed("messages of several frames");
		}
	}

}
