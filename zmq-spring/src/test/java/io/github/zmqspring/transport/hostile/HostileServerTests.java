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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SequenceDefinition.NumberType;
import io.github.zmqspring.core.SequenceDefinition.Scope;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.security.ZmqMechanism;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What servers do to sockets that connect to them, beside what any peer may do.
 */
class HostileServerTests extends SiegeTests {

	static List<Site> sites() {
		return Site.connecting();
	}

	/** They are tried again, so more may be counted than are looked at. */
	@ParameterizedTest
	@MethodSource("sites")
	void serversThatAcceptAndSayNothingAreGivenUpInTime(Site site) throws IOException {
		byte[] greeting = Zmtp.greeting(3, 1, site.mechanism().name());
		try (Besieged besieged = new Besieged(sockets, site, SocketOption.HANDSHAKE_INTERVAL, Duration.ofMillis(300))) {
			List<Visitor> visitors = new ArrayList<>();
			for (int length : new int[] { 0, 1, 10, 11, 12, 63, 64 }) {
				visitors.add(besieged.visit().send(Arrays.copyOf(greeting, length)));
			}
			for (Visitor visitor : visitors) {
				assertThat(visitor.isEnded()).isTrue();
			}
			Siege.await("all of them counted", () -> besieged.refusals() >= visitors.size());
			besieged.exchange();
			for (Visitor visitor : visitors) {
				visitor.close();
			}
			besieged.assertUnharmed("servers that say nothing");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PULL", "SUB", "DEALER", "ROUTER" })
	void floodOfOneServerIsHeldBackAndTheOtherIsServed(SocketType type) throws IOException {
		Site site = Site.connecting(type, ZmqMechanism.NULL);
		try (Besieged besieged = new Besieged(sockets, site, SocketOption.RECEIVE_HWM, 100);
				Visitor visitor = besieged.visit().enter()) {
			byte[] flood = Zmtp.times(64, Zmtp.frame(0, new byte[1000]));
			int idle = 0;
			long offered = 0;
			while (idle < 50) {
				int taken = visitor.offer(flood);
				offered += taken;
				idle = (taken > 0) ? 0 : idle + 1;
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos((taken > 0) ? 0 : 1));
			}
			// what the kernels hold, and the marks
			assertThat(offered).isLessThan(64L * 1024 * 1024);
			besieged.exchange();
			visitor.close();
			besieged.assertUnharmed("a flood");
		}
	}

	/** Whatever it does first, it does again and again at one address. */
	@ParameterizedTest
	@EnumSource
	void serverThatEndsEachConnectionIsTriedAtTheIntervalsAndLoggedNowAndThen(Storm storm) throws Exception {
		try (Besieged besieged = new Besieged(sockets, Site.connecting(SocketType.SUB, ZmqMechanism.NULL),
				SocketOption.RECONNECT_INTERVAL, Duration.ofMillis(20), SocketOption.RECONNECT_INTERVAL_MAX,
				Duration.ofMillis(640)); StormyServer server = new StormyServer(storm)) {
			sockets.registry.connect(besieged.boundName(), server.endpoint());
			Siege.await("the first attempts", () -> server.accepted.get() > 2);
			int before = server.accepted.get();
			long start = System.nanoTime();
			int lines = besieged.lines();
			while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1)) {
				besieged.exchange();
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
			}
			System.out.println(storm + ": " + (server.accepted.get() - before) + " attempts, "
					+ (besieged.lines() - lines) + " lines");
			assertThat(server.accepted.get() - before).isLessThanOrEqualTo(storm.most);
			assertThat(besieged.lines() - lines).isLessThan(5);
			ConnectStatus connect = sockets.registry.connections(besieged.boundName()).connects().get(1);
			assertThat(connect.lastError()).contains(storm.error);
			sockets.registry.disconnect(besieged.boundName(), server.endpoint());
			besieged.assertUnharmed("a storm");
		}
	}

	/** It has no other server: those of other sockets go on. */
	@ParameterizedTest
	@EnumSource(names = { "PAIR", "CHANNEL" })
	void socketOfOnePeerOutlivesWhatItsServersDoAndTakesAGoodOne(SocketType type) throws IOException {
		Site site = Site.connecting(type, ZmqMechanism.NULL);
		ManagedSocket pair = sockets.bind("lonely", type, TestSockets.TCP);
		try (Trap trap = new Trap(site, sockets.registry);
				Besieged others = new Besieged(sockets, new Site(SocketType.PULL, false, ZmqMechanism.NULL))) {
			List<Attack> attacks = new ArrayList<>(HostileGreetingTests.ATTACKS);
			attacks.addAll(HostileHandshakeTests.COMMON);
			attacks.addAll(HostileHandshakeTests.NULL);
			attacks.addAll(HostileFrameTests.FRAMES);
			for (Attack attack : attacks) {
				if (attack.concerns().test(site)) {
					try (Visitor visitor = trap.lure("lonely")) {
						attack.move().make(visitor);
						if (attack.outcome() == Attack.Outcome.REFUSED) {
							assertThat(visitor.isEnded()).as("ended after '%s'", attack).isTrue();
						}
					}
				}
			}
			others.assertUnharmed("servers of another socket");
			try (Visitor good = trap.lure("lonely").enter()) {
				good.send(good.frame(0, "at last"));
				assertThat(Siege.receive(pair, "at last")).isNotNull();
			}
		}
		sockets.registry.remove("lonely");
	}

	@Test
	void nameThatLeadsToAHostileServerIsFollowedWhenItLeadsAway() throws Exception {
		String[] host = { "127.0.0.2" };
		EndpointAddress.HostLookup lookup = new EndpointAddress.HostLookup() {

			@Override
			public InetAddress find(String name) throws java.net.UnknownHostException {
				return InetAddress.getByName(host[0]);
			}

			@Override
			public List<InetAddress> findAll(String name) throws java.net.UnknownHostException {
				return List.of(find(name));
			}

		};
		try (TestSockets named = new TestSockets(lookup)) {
			ManagedSocket pull = named.bind("pull", SocketType.PULL, TestSockets.TCP);
			String endpoint = named.endpoint("pull");
			int port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
			try (ServerSocket hostile = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.2"))) {
				ManagedSocket push = named.connect("push", SocketType.PUSH, "tcp://a-host:" + port,
						SocketOption.HANDSHAKE_INTERVAL, Duration.ofMillis(300));
				try (Socket first = hostile.accept(); Socket second = hostile.accept()) {
					assertThat(first.isConnected()).isTrue();
					second.getOutputStream().write(new byte[100]);
					host[0] = "127.0.0.1";
					TestSockets.send(push, "found");
					assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("found");
				}
			}
		}
	}

	/** All publishers of a subscriber wait while it fetches what one left out. */
	@Test
	void replayThatSendsNothingOfUseForEverHoldsNoMessageBack() throws Exception {
		Site site = Site.connecting(SocketType.DEALER, ZmqMechanism.NULL);
		try (ServerSocketChannel replay = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
			sockets.bind("feed", SocketType.PUB, TestSockets.TCP);
			sockets.registry.create(SocketDefinition.builder("reader", SocketType.SUB)
				.connect(sockets.endpoint("feed"))
				.topics(List.of(""))
				.sequence(new SequenceDefinition(1, NumberType.UINT64_BE, Scope.PUBLISHER, 0, false,
						List.of("tcp://127.0.0.1:" + replay.socket().getLocalPort()), false, Duration.ofMillis(200), 0,
						0))
				.build());
			ManagedSocket feed = sockets.registry.socket("feed");
			ManagedSocket reader = sockets.registry.socket("reader");
			AtomicBoolean over = new AtomicBoolean();
			Thread server = new Thread(() -> {
				try (Visitor visitor = Visitor.accepted(replay.accept(), site, () -> {
				}).enter()) {
					while (!over.get()) {
						visitor.send(visitor.frame(Zmtp.MORE, ""), visitor.frame(Zmtp.MORE, new byte[8]),
								visitor.frame(0, "old"));
						LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
					}
				}
				catch (IOException ex) {
					// the socket was opened anew
				}
			});
			server.start();
			Siege.await("a subscription", () -> sockets.registry.subscribers("feed", "") == 1);
			TestSockets.send(feed, "topic", NumberType.UINT64_BE.write(1), "first");
			TestSockets.send(feed, "topic", NumberType.UINT64_BE.write(9), "after a gap");
			assertThat(Siege.receive(reader, "first")).isNotNull();
			assertThat(Siege.receive(reader, "after a gap")).isNotNull();
			assertThat(sockets.registry.status("reader").lastError()).contains("7 messages were missed");
			over.set(true);
			server.join();
			sockets.registry.remove("reader");
			sockets.registry.remove("feed");
		}
	}

	/** How a server ends each connection. */
	enum Storm {

		AT_ONCE(new byte[0], 12, "greeting"), GARBAGE(new byte[200], 3, ""),
		GREETED(Zmtp.greeting(3, 1, "NULL"), 3, "hung up"),
		MISFIT(Zmtp.join(Zmtp.greeting(3, 1, "NULL"),
				Zmtp.frame(Zmtp.COMMAND, Zmtp.command("READY", Zmtp.properties("PULL")))), 3, "the peer is a PULL"),
		OTHER_MECHANISM(Zmtp.greeting(3, 1, "CURVE"), 3, "CURVE");

		private final byte[] first;

		private final int most;

		private final String error;

		Storm(byte[] first, int most, String error) {
			this.first = first;
			this.most = most;
			this.error = error;
		}

	}

	private static final class StormyServer implements AutoCloseable {

		private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));

		private final AtomicInteger accepted = new AtomicInteger();

		private final Thread thread;

		StormyServer(Storm storm) throws IOException {
			this.thread = new Thread(() -> {
				while (true) {
					try (Socket socket = this.server.accept()) {
						this.accepted.incrementAndGet();
						socket.getOutputStream().write(storm.first);
					}
					catch (IOException ex) {
						if (this.server.isClosed()) {
							return;
						}
					}
				}
			});
			this.thread.start();
		}

		String endpoint() {
			return "tcp://127.0.0.1:" + this.server.getLocalPort();
		}

		@Override
		public void close() throws IOException, InterruptedException {
			this.server.close();
			this.thread.join();
		}

	}

}
