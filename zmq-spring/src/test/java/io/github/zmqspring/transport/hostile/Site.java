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

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.security.ZmqMechanism;
import org.zeromq.SocketType;

/**
 * Where attacks are tried: a bound socket of a type, over a transport, with a security
 * mechanism. By default each type is tried over TCP without security, and some of them in
 * all ways; {@code -Dzmqtest.hostile=full} has all of them tried in all ways.
 */
record Site(SocketType type, boolean isIpc, ZmqMechanism mechanism, boolean connects) {

	static final ZmqKeyPair SERVER_KEY = ZmqKeys.generate();

	static final ZmqKeyPair CLIENT_KEY = ZmqKeys.generate();

	static final String PASSWORD = "secret";

	/** All that speak ZMTP; a STREAM takes any bytes. */
	private static final List<SocketType> TYPES = Stream.of(SocketType.values())
		.filter((type) -> type != SocketType.STREAM && type != SocketType.RAW)
		.toList();

	/** One that binds. */
	Site(SocketType type, boolean isIpc, ZmqMechanism mechanism) {
		this(type, isIpc, mechanism, false);
	}

	/** One that connects, to servers that may be hostile. */
	static Site connecting(SocketType type, ZmqMechanism mechanism) {
		return new Site(type, false, mechanism, true);
	}

	static boolean isFull() {
		return "full".equals(System.getProperty("zmqtest.hostile"));
	}

	/** Each bound type, and each way once. */
	static List<Site> all() {
		if (isFull()) {
			return TYPES.stream()
				.flatMap((type) -> Stream.of(ZmqMechanism.values())
					.flatMap((mechanism) -> Stream.of(new Site(type, false, mechanism),
							new Site(type, true, mechanism))))
				.toList();
		}
		return Stream.concat(TYPES.stream().map((type) -> new Site(type, false, ZmqMechanism.NULL)), few().stream())
			.distinct()
			.toList();
	}

	/** A few types in all ways. */
	static List<Site> few() {
		if (isFull()) {
			return all();
		}
		return List.of(new Site(SocketType.PULL, false, ZmqMechanism.NULL),
				new Site(SocketType.ROUTER, true, ZmqMechanism.NULL),
				new Site(SocketType.ROUTER, false, ZmqMechanism.PLAIN),
				new Site(SocketType.PULL, true, ZmqMechanism.CURVE),
				new Site(SocketType.XPUB, false, ZmqMechanism.CURVE));
	}

	/**
	 * Those that connect to several servers, one of which is good; by default a few of
	 * each kind, and both mechanisms as a client.
	 */
	static List<Site> connecting() {
		List<SocketType> types = TYPES.stream().filter((type) -> !isPaired(type)).toList();
		if (isFull()) {
			return types.stream()
				.flatMap((type) -> Stream.of(ZmqMechanism.values()).map((mechanism) -> connecting(type, mechanism)))
				.toList();
		}
		return Stream.concat(
				Stream.of(SocketType.SUB, SocketType.PUB, SocketType.PUSH, SocketType.REQ, SocketType.CLIENT)
					.map((type) -> connecting(type, ZmqMechanism.NULL)),
				Stream.of(connecting(SocketType.DEALER, ZmqMechanism.PLAIN),
						connecting(SocketType.SUB, ZmqMechanism.CURVE)))
			.toList();
	}

	private static boolean isPaired(SocketType type) {
		return type == SocketType.PAIR || type == SocketType.CHANNEL;
	}

	/** What the other side is on the wire. */
	SocketType peer() {
		return switch (this.type) {
			case PULL -> SocketType.PUSH;
			case PUSH -> SocketType.PULL;
			case SUB -> SocketType.PUB;
			case XSUB -> SocketType.XPUB;
			case PUB -> SocketType.SUB;
			case XPUB -> SocketType.SUB;
			case ROUTER -> SocketType.DEALER;
			case REP -> SocketType.REQ;
			case REQ -> SocketType.REP;
			case SERVER -> SocketType.CLIENT;
			case CLIENT -> SocketType.SERVER;
			case RADIO -> SocketType.DISH;
			case DISH -> SocketType.RADIO;
			case SCATTER -> SocketType.GATHER;
			case GATHER -> SocketType.SCATTER;
			default -> this.type;
		};
	}

	/** Whether the socket has the good peer, and takes no other one. */
	boolean hasOnePeer() {
		return isPaired(this.type);
	}

	String peerType() {
		return peer().name();
	}

	String endpoint() {
		return (this.isIpc) ? "ipc://*" : "tcp://127.0.0.1:*";
	}

	static byte[] plainHello() {
		return Zmtp.command("HELLO", Zmtp.shortString("alice"), Zmtp.shortString(PASSWORD));
	}

	@Override
	public String toString() {
		return "%s%s over %s, %s".formatted(this.type, (this.connects) ? " that connects" : "",
				(this.isIpc) ? "ipc" : "tcp", this.mechanism.name().toLowerCase(Locale.ROOT));
	}

}
