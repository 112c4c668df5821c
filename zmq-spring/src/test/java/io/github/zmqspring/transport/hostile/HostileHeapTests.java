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
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.ObjectName;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.security.ZmqMechanism;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What connections leave behind in the heap when they are gone: nothing. Looks at a
 * histogram of live objects by class.
 */
class HostileHeapTests extends SiegeTests {

	/** Objects that belong to one connection, or to what it asked for. */
	private static final Pattern OF_CONNECTIONS = Pattern.compile("io\\.github\\.zmqspring\\.transport"
			+ "\\.(engine|limit|mechanism|zmtp|peer)\\..*|zmq\\.io\\..*|zmq\\.pipe\\.Pipe|zmq\\.util\\.Blob"
			+ "|zmq\\.poll\\.(Poller\\$Handle|PollerBase\\$TimerInfo)|sun\\.nio\\.ch\\.SocketChannelImpl"
			+ "|zmq\\.io\\.net\\..*");

	/**
	 * How many connections come and go; {@code -Dzmqtest.hostile.connections} for more.
	 */
	private static final int CONNECTIONS = Integer.getInteger("zmqtest.hostile.connections", 500);

	/** Less than 100 bytes for each of 10,000 connections. */
	private static final long MOST_LEFT = 900_000;

	/**
	 * How many connections are refused; {@code -Dzmqtest.limits=true} for all of them.
	 */
	private static final int REFUSED = Boolean.getBoolean("zmqtest.limits") ? 10_000 : 500;

	private static Stream<String[]> heap() {
		try {
			String text = (String) ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
						new Object[] { new String[0] }, new String[] { String[].class.getName() });
			return text.lines().map((line) -> line.trim().split("\\s+"));
		}
		catch (JMException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Long> histogram() {
		Map<String, Long> counts = new TreeMap<>();
		heap().forEach((columns) -> {
			if (columns.length >= 4 && OF_CONNECTIONS.matcher(columns[3]).matches()) {
				counts.put(columns[3], Long.parseLong(columns[1]));
			}
		});
		return counts;
	}

	/** Return the bytes of all objects that are reachable. */
	private static long live() {
		return heap().filter((columns) -> columns[0].equals("Total"))
			.mapToLong((columns) -> Long.parseLong(columns[2]))
			.sum();
	}

	/** Wait until there is no more of anything than there was. */
	private static void awaitNoMoreThan(Map<String, Long> before, Besieged... besieged) throws IOException {
		long until = System.nanoTime() + Siege.PATIENCE.toNanos();
		while (true) {
			for (Besieged each : besieged) {
				// settings of sockets that are gone are given up with the next connection
				each.visit().close();
				each.assertUnharmed("all of them");
			}
			Map<String, Long> more = new TreeMap<>();
			histogram().forEach((name, count) -> {
				long left = count - before.getOrDefault(name, 0L);
				// a few that the threads are just using, or keep to use again
				if (left > 3) {
					more.put(name, left);
				}
			});
			if (more.isEmpty()) {
				return;
			}
			assertThat(System.nanoTime() - until).as("time in which these objects go away: %s", more).isNegative();
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
		}
	}

	/** The classes of all that a connection uses are loaded, and buffers are there. */
	private static void warmUp(Besieged besieged) throws IOException {
		for (int i = 0; i < 3; i++) {
			besieged.visit().enter().close();
			besieged.visit().greet(1).close();
		}
		besieged.assertUnharmed("the first ones");
	}

	@Test
	void noObjectOfAConnectionThatIsGoneStays() throws IOException {
		List<Site> sites = List.of(new Site(SocketType.PULL, false, ZmqMechanism.NULL),
				new Site(SocketType.PAIR, false, ZmqMechanism.NULL), new Site(SocketType.PUB, false, ZmqMechanism.NULL),
				new Site(SocketType.RADIO, false, ZmqMechanism.NULL), new Site(SocketType.REP, true, ZmqMechanism.NULL),
				new Site(SocketType.ROUTER, false, ZmqMechanism.PLAIN),
				new Site(SocketType.XPUB, false, ZmqMechanism.CURVE),
				Site.connecting(SocketType.SUB, ZmqMechanism.NULL), Site.connecting(SocketType.PUSH, ZmqMechanism.NULL),
				Site.connecting(SocketType.DEALER, ZmqMechanism.CURVE));
		Besieged[] all = new Besieged[sites.size()];
		for (int i = 0; i < all.length; i++) {
			all[i] = new Besieged(sockets, sites.get(i));
			warmUp(all[i]);
		}
		Map<String, Long> before = histogram();
		assertThat(before).containsKey("io.github.zmqspring.transport.engine.Engine").containsKey("zmq.pipe.Pipe");
		for (Besieged besieged : all) {
			List<Visitor> visitors = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				visitors.add(besieged.visit());
				visitors.add(besieged.visit().greet(1));
				visitors.add(besieged.visit().send(Zmtp.bytes("GET / HTTP/1.1\r\n" + "x".repeat(100))));
				visitors.add(besieged.visit().greet(1).send(Zmtp.frame(Zmtp.COMMAND, "\u0004OPEN")));
				Visitor in = besieged.visit().enter();
				in.send(in.frame(0, "\u0001topic-" + i), in.frame(Zmtp.MORE, "one"), in.frame(0, "two"),
						in.command("JOIN", Zmtp.bytes("group-" + i)), in.command("PING", new byte[] { 0, 99 }),
						in.frame(Zmtp.MORE, "half"));
				visitors.add(in);
				in.reset();
				visitors.add(besieged.visit()
					.enter(1, Zmtp.join(Zmtp.properties(besieged.site().peerType()),
							Zmtp.property("Identity", Zmtp.bytes("same")))));
			}
			for (Visitor visitor : visitors) {
				visitor.close();
			}
		}
		awaitNoMoreThan(before, all);
		for (Besieged besieged : all) {
			besieged.close();
		}
	}

	@Test
	void publisherKeepsNothingThatIsNoSubscription() throws IOException {
		try (Besieged besieged = new Besieged(sockets, new Site(SocketType.PUB, false, ZmqMechanism.NULL))) {
			warmUp(besieged);
			Map<String, Long> before = histogram();
			try (Visitor visitor = besieged.visit().enter()) {
				for (int i = 0; i < 1000; i++) {
					visitor.send(visitor.frame(0, "no subscription " + i));
				}
				assertThat(visitor.isServed()).isTrue();
				besieged.exchange();
			}
			awaitNoMoreThan(before, besieged);
		}
	}

	/** JeroMQ keeps a timer that was cancelled, and its owner, until it would fire. */
	@Test
	void cancelledTimersDoNotStay() throws IOException {
		try (Besieged besieged = new Besieged(sockets, new Site(SocketType.PULL, false, ZmqMechanism.NULL))) {
			connectInVain("vain");
			Map<String, Long> before = histogram();
			for (int i = 0; i < 30; i++) {
				connectInVain("vain-" + i);
			}
			awaitNoMoreThan(before, besieged);
		}
	}

	private static void connectInVain(String name) {
		sockets.registry.create(SocketDefinition.builder(name, SocketType.PUSH)
			.connect("tcp://127.0.0.1:1")
			.option(SocketOption.LINGER, Duration.ZERO)
			.option(SocketOption.RECONNECT_INTERVAL, Duration.ofHours(1))
			.build());
		Siege.await("an attempt", () -> sockets.registry.connections(name).connects().get(0).failures() > 0);
		sockets.registry.remove(name);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void connectionsThatComeAndGoTakeNoDescriptorsAndThreads() throws IOException {
		try (Besieged besieged = new Besieged(sockets, new Site(SocketType.PULL, false, ZmqMechanism.NULL))) {
			warmUp(besieged);
			long descriptors = descriptors();
			int threads = Thread.activeCount();
			for (int i = 0; i < CONNECTIONS; i++) {
				try (Visitor visitor = besieged.visit()) {
					switch (i % 4) {
						case 0 -> visitor.enter().send(visitor.frame(0, "hello"));
						case 1 -> visitor.greet(1);
						case 2 -> visitor.reset();
						default -> visitor.send(new byte[200]);
					}
				}
			}
			besieged.assertUnharmed("connections that come and go");
			Siege.await("no descriptor more", () -> descriptors() <= descriptors);
			Siege.await("no thread more", () -> Thread.activeCount() <= threads);
		}
	}

	/** Each is refused for another reason, one after the other. */
	private static void refuse(Besieged besieged, int number) throws IOException {
		try (Visitor visitor = besieged.visit()) {
			switch (number % 5) {
				case 0 -> visitor.send(Zmtp.greeting(3, 1, "OTHER"));
				case 1 -> visitor.greet(1).send(Zmtp.frame(0, Zmtp.bytes("no command")));
				case 2 -> visitor.greet(1).send(Zmtp.frame(Zmtp.COMMAND, "\u0004WHAT"));
				case 3 -> visitor.enter(1, Zmtp.properties("PULL"));
				default -> {
					visitor.enter();
					visitor.send(visitor.frame(Zmtp.MORE, "one"), visitor.frame(Zmtp.MORE, "two"),
							visitor.frame(0, "three"));
				}
			}
			assertThat(visitor.isEnded()).as("refused, kind %d", number % 5).isTrue();
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void peersThatAreRefusedOneAfterTheOtherLeaveNothing() throws IOException {
		try (Besieged besieged = new Besieged(sockets, new Site(SocketType.PULL, false, ZmqMechanism.NULL),
				SocketOption.MAX_FRAMES, 2)) {
			warmUp(besieged);
			for (int i = 0; i < REFUSED / 5; i++) {
				// the log is limited, and lists of the last ones are full
				refuse(besieged, i);
			}
			besieged.assertUnharmed("the first that were refused");
			Map<String, Long> before = histogram();
			long descriptors = descriptors();
			int threads = Thread.activeCount();
			long live = live();
			for (int i = 0; i < REFUSED; i++) {
				refuse(besieged, i);
			}
			besieged.assertUnharmed("peers that are refused");
			awaitNoMoreThan(before, besieged);
			Siege.await("no descriptor more", () -> descriptors() <= descriptors);
			Siege.await("no thread more", () -> Thread.activeCount() <= threads);
			Siege.await("no more in the heap", () -> live() <= live + MOST_LEFT);
		}
	}

	private static long descriptors() {
		try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
			return all.count();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
