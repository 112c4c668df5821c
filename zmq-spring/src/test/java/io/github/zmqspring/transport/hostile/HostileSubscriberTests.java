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
import java.util.Random;
import java.util.stream.Stream;

import io.github.zmqspring.security.ZmqMechanism;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;

/**
 * Subscribers that subscribe to what they should not, or never did.
 */
class HostileSubscriberTests extends SiegeTests {

	static final List<Attack> ATTACKS = List.of(subscribes("to everything", ""),
			subscribes("to a topic of 200 bytes", "x".repeat(200)),
			subscribes("to a topic of zeros", "\u0000".repeat(50)),
			subscribes("to a topic of the highest bytes", "\u00ff".repeat(50)),
			subscribes("to a topic of 1,024 bytes", "x".repeat(1024)),
			Attack.refused("a subscription to a topic of 1,025 bytes",
					(visitor) -> visitor.enter().send(visitor.frame(0, "\u0001" + "x".repeat(1025)))),
			Attack.refused("a subscription to a topic of 20,000 bytes",
					(visitor) -> visitor.enter().send(visitor.frame(0, "\u0001" + "x".repeat(20_000)))),
			Attack.served("cancels of what was never subscribed to", (visitor) -> {
				visitor.enter();
				for (String topic : List.of("", "a", "never", "\u0000", "\u00ff\u0080\u007f", "token", "topic")) {
					visitor.send(visitor.frame(0, "\u0000" + topic), visitor.frame(0, "\u0000" + topic));
				}
			}), Attack.served("cancels twice of what was subscribed to once", (visitor) -> {
				visitor.enter();
				for (int i = 0; i < 50; i++) {
					visitor.send(visitor.frame(0, "\u0001twice"), visitor.frame(0, "\u0000twice"),
							visitor.frame(0, "\u0000twice"));
				}
			}), Attack.served("the same topic 2,000 times", (visitor) -> {
				visitor.enter();
				for (int i = 0; i < 2000; i++) {
					visitor.send(visitor.frame(0, "\u0001same"));
				}
			}), Attack.served("1,000 topics that come and go", (visitor) -> {
				visitor.enter();
				for (int i = 0; i < 1000; i++) {
					visitor.send(visitor.frame(0, "\u0001topic-" + i), visitor.frame(0, "\u0000topic-" + i));
				}
			}), Attack.served("1,000 random topics", (visitor) -> {
				Random random = new Random(42);
				visitor.enter();
				for (int i = 0; i < 1000; i++) {
					byte[] topic = new byte[random.nextInt(6)];
					random.nextBytes(topic);
					visitor.send(visitor.frame(0, Zmtp.join(new byte[] { (byte) random.nextInt(2) }, topic)));
				}
			}), Attack.idle("messages that are no subscriptions", (visitor) -> {
				visitor.enter();
				for (int i = 0; i < 100; i++) {
					visitor.send(visitor.frame(0, ""), visitor.frame(0, "\u0002"), visitor.frame(0, "hello"));
				}
			}), Attack.dropped("subscriptions of several frames", (visitor) -> {
				visitor.enter();
				for (int i = 0; i < 100; i++) {
					visitor.send(visitor.frame(Zmtp.MORE, "\u0001a"), visitor.frame(Zmtp.MORE, "\u0001b"),
							visitor.frame(0, "\u0000c"));
				}
			}), Attack.idle("half a subscription of several frames", (visitor) -> {
				visitor.enter();
				visitor.send(visitor.frame(Zmtp.MORE, "\u0001a"));
			}), Attack.idle("100 topics of one that goes", (visitor) -> {
				visitor.enter();
				for (int i = 0; i < 100; i++) {
					visitor.send(visitor.frame(0, "\u0001topic-" + i));
				}
			}));

	private static Attack subscribes(String name, String topic) {
		return Attack.served(name, (visitor) -> {
			visitor.enter();
			visitor.send(visitor.frame(0, "\u0001" + topic));
		});
	}

	static List<Site> publishers() {
		return Stream
			.concat(Stream.concat(Site.all().stream(), Site.connecting().stream()),
					Stream.of(new Site(SocketType.PUB, true, ZmqMechanism.NULL),
							new Site(SocketType.PUB, false, ZmqMechanism.CURVE)))
			.filter((site) -> site.type() == SocketType.PUB || site.type() == SocketType.XPUB)
			.distinct()
			.toList();
	}

	@ParameterizedTest
	@MethodSource("publishers")
	void oddSubscriptionsHarmNoOtherSubscriber(Site site) throws IOException {
		try (Besieged besieged = new Besieged(sockets, site)) {
			besieged.endure(ATTACKS);
		}
	}

}
