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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.zmqspring.security.ZmqMechanism;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.mechanism.CurveVisit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What good peers send, changed at random: a thousand times by default, or
 * {@code -Dzmqtest.hostile.mutations} times. A failure names its seed, to be tried again
 * by {@code -Dzmqtest.hostile.seed} with one mutation.
 */
@NoLeaks
class HostileMutationTests {

	private static final int MUTATIONS = Integer.getInteger("zmqtest.hostile.mutations",
			(Site.isFull()) ? 50_000 : 1000);

	@Test
	@Timeout(3600)
	void noMutationOfWhatGoodPeersSendHarmsOne() throws IOException {
		mutate(Site.all(), MUTATIONS);
	}

	@Test
	@Timeout(3600)
	void noMutationOfWhatGoodServersSendHarmsASocketThatConnects() throws IOException {
		mutate(Site.connecting(), MUTATIONS / 4);
	}

	private static void mutate(List<Site> sites, int mutations) throws IOException {
		long seed = Long.getLong("zmqtest.hostile.seed", System.nanoTime());
		System.out.println("-Dzmqtest.hostile.seed=" + seed);
		try (TestSockets sockets = Siege.sockets()) {
			List<Besieged> all = new ArrayList<>();
			for (Site site : sites) {
				all.add(new Besieged(sockets, site));
			}
			for (int i = 0; i < mutations; i++) {
				Random random = new Random(seed + i);
				Besieged besieged = all.get(random.nextInt(all.size()));
				mutate(besieged, random);
				besieged.assertUnharmed("%s, -Dzmqtest.hostile.seed=%d".formatted(besieged.site(), seed + i));
			}
			all.forEach(Besieged::close);
		}
	}

	private static void mutate(Besieged besieged, Random random) throws IOException {
		Site site = besieged.site();
		try (Visitor visitor = besieged.visit()) {
			if (random.nextInt(4) == 0) {
				// peers that were let in
				visitor.enter();
				send(visitor, mutated(messages(visitor), random), random);
			}
			else if (site.connects() && site.mechanism() == ZmqMechanism.CURVE) {
				visitor.greet(random.nextInt(3));
				CurveVisit visit = CurveVisit.ofServer(Site.SERVER_KEY, Zmtp.properties(site.peerType()));
				visit.receive(Visitor.body(visitor.readFrame()));
				byte[] next = Zmtp.frame(Zmtp.COMMAND, visit.send());
				if (random.nextBoolean()) {
					visitor.send(next);
					visit.receive(Visitor.body(visitor.readFrame()));
					next = Zmtp.frame(Zmtp.COMMAND, visit.send());
				}
				send(visitor, mutated(next, random), random);
			}
			else {
				byte[] opening = Zmtp.join(Zmtp.greeting(3, random.nextInt(3), site.mechanism().name()),
						switch (site.mechanism()) {
							case NULL -> Zmtp.frame(Zmtp.COMMAND, Zmtp.command("READY",
									Zmtp.properties(site.peerType()), Zmtp.property("Identity", Zmtp.bytes("me"))));
							case PLAIN -> (site.connects())
									? Zmtp.join(Zmtp.frame(Zmtp.COMMAND, Zmtp.command("WELCOME")),
											Zmtp.frame(Zmtp.COMMAND,
													Zmtp.command("READY", Zmtp.properties(site.peerType()))))
									: Zmtp.join(Zmtp.frame(Zmtp.COMMAND, Site.plainHello()), Zmtp.frame(Zmtp.COMMAND,
											Zmtp.command("INITIATE", Zmtp.properties(site.peerType()))));
							case CURVE -> Zmtp.frame(Zmtp.COMMAND,
									new CurveVisit(Site.CLIENT_KEY, Site.SERVER_KEY, Zmtp.properties(site.peerType()))
										.send());
						}, (site.mechanism() != ZmqMechanism.CURVE) ? messages(visitor) : new byte[0]);
				send(visitor, mutated(opening, random), random);
			}
			if (random.nextInt(4) == 0) {
				visitor.reset();
			}
			else {
				visitor.skim();
			}
		}
		catch (IOException ex) {
			// the other side ended it
		}
	}

	private static byte[] messages(Visitor visitor) {
		return Zmtp.join(visitor.frame(0, "\u0001topic"), visitor.frame(Zmtp.MORE, ""), visitor.frame(Zmtp.MORE, "one"),
				visitor.frame(0, "two"), visitor.command("PING", new byte[2], Zmtp.bytes("context")),
				visitor.command("JOIN", Zmtp.bytes("group")), visitor.frame(0, new byte[300]),
				visitor.command("LEAVE", Zmtp.bytes("group")), visitor.frame(0, "\u0000topic"));
	}

	/** Send in up to three parts. */
	private static void send(Visitor visitor, byte[] bytes, Random random) throws IOException {
		int first = random.nextInt(bytes.length + 1);
		int second = first + random.nextInt(bytes.length - first + 1);
		visitor.send(Arrays.copyOf(bytes, first));
		visitor.send(Arrays.copyOfRange(bytes, first, second));
		visitor.send(Arrays.copyOfRange(bytes, second, bytes.length));
	}

	private static byte[] mutated(byte[] bytes, Random random) {
		byte[] mutated = bytes.clone();
		for (int i = random.nextInt(4); i >= 0 && mutated.length > 0; i--) {
			int at = random.nextInt(mutated.length);
			int length = random.nextInt(Math.min(12, mutated.length - at) + 1);
			switch (random.nextInt(6)) {
				case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
				case 1 -> mutated[at] = (byte) random.nextInt();
				case 2 -> mutated = Arrays.copyOf(mutated, at);
				case 3 -> mutated = replaced(mutated, at, length, new byte[0]);
				case 4 -> mutated = replaced(mutated, at, 0, Arrays.copyOfRange(mutated, at, at + length));
				default -> {
					byte[] more = new byte[length];
					random.nextBytes(more);
					mutated = replaced(mutated, at, 0, more);
				}
			}
		}
		return mutated;
	}

	private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		all.write(bytes, 0, at);
		all.writeBytes(by);
		all.write(bytes, at + length, bytes.length - at - length);
		return all.toByteArray();
	}

}
