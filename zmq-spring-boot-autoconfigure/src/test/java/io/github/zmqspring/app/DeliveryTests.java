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

package io.github.zmqspring.app;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.event.ZmqSocketConnectedEvent;
import io.github.zmqspring.event.ZmqSocketDisconnectedEvent;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.Ports;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.test.SlowLink;
import io.github.zmqspring.test.ZmqAppProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No default of this library loses a message or cuts a peer that libzmq keeps: slow
 * readers, slow links, pauses and the end of an application, with libzmq at the other
 * end. With {@code -Dzmqtest.full=true} all takes as long as in the reports that these
 * tests are made of, some minutes; otherwise a few seconds.
 */
@NoLeaks
@RequiresPyzmq
@Timeout(600)
@ExtendWith(OutputCaptureExtension.class)
class DeliveryTests {

	private static final boolean FULL = Boolean.getBoolean("zmqtest.full");

	private static final Duration LONG = Duration.ofMinutes(5);

	/**
	 * Counts messages of which each begins with its number, until all are there or no
	 * more come.
	 */
	private static final String READER = """
			kind, endpoint, pause, expected = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
			s = ctx.socket(getattr(zmq, kind))
			s.rcvhwm, s.rcvbuf = 10, 16384
			if endpoint == "bind":
			    say("port", s.bind_to_random_port("tcp://127.0.0.1"))
			else:
			    s.connect(endpoint)
			stop = hear()
			count, seen = 0, set()
			while s.poll(100 if count == expected else 60000 if expected or not count else 1000):
			    seen.add(s.recv().split(b" ")[0])
			    count += 1
			    if count % 16 == 0:
			        time.sleep(16 * pause)
			    if count == 304 and stop != "go":
			        time.sleep(float(stop))
			say("count", count, len(seen))
			""";

	/** Where heartbeats lose nothing, none do not either. */
	static List<String> heartbeats() {
		return (FULL) ? List.of("0", "10s", "100ms") : List.of("100ms");
	}

	private static ConfigurableApplicationContext start(String... properties) {
		return Contexts.start(Listeners.class, List.of(properties));
	}

	private static void register(ConfigurableApplicationContext context, String socket, String method) {
		Method handler = ReflectionUtils.findMethod(Listeners.class, method, byte[].class);
		assertThat(handler).isNotNull();
		context.getBean(ZmqListenerRegistry.class)
			.register(ZmqListenerEndpoint.of(socket, context.getBean(Listeners.class), handler).socket(socket).build());
	}

	private static void send(ZmqTemplate template, String socket, int count, int size) {
		byte[] padding = new byte[size];
		for (int i = 0; i < count; i++) {
			byte[] number = (i + " ").getBytes();
			System.arraycopy(number, 0, padding, 0, number.length);
			template.sendFrames(socket, (Object) padding);
		}
	}

	private static long[] count(PythonPeer peer) {
		String[] words = peer.awaitLine("count ", LONG).split(" ");
		return new long[] { Long.parseLong(words[1]), Long.parseLong(words[2]) };
	}

	private static String port(PythonPeer peer) {
		return peer.awaitLine("port ", LONG).substring(5);
	}

	@BeforeEach
	void reset() {
		Listeners.events.clear();
		Listeners.received.set(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "bind", "connect" })
	void anApplicationThatIsClosedSendsAllToASlowReader(String ours, CapturedOutput output) {
		int sent = (FULL) ? 12_000 : 600;
		PythonPeer peer = null;
		try {
			String endpoint = "tcp://127.0.0.1:*";
			if ("connect".equals(ours)) {
				peer = PythonPeer.start(READER, "PULL", "bind", 0.001, sent);
				endpoint = "tcp://127.0.0.1:" + port(peer);
			}
			ZmqSockets sockets;
			try (ConfigurableApplicationContext context = start("zmq.sockets.out.type=push",
					"zmq.sockets.out." + ours + "=" + endpoint, "zmq.sockets.out.options.send-hwm=0",
					"zmq.sockets.out.options.linger=60s", "spring.lifecycle.timeout-per-shutdown-phase=70s")) {
				sockets = context.getBean(ZmqSockets.class);
				if (peer == null) {
					peer = PythonPeer.start(READER, "PULL", sockets.status("out").bound().get(0), 0.001, sent);
				}
				send(context.getBean(ZmqTemplate.class), "out", sent, (FULL) ? 1024 : 16 * 1024);
				peer.tell("go");
				Awaitility.await().atMost(LONG).until(() -> sockets.status("out").peers() == 1);
			}
			assertThat(count(peer)).containsExactly(sent, sent);
			assertThat(sockets.status("out").lost()).isZero();
			assertThat(output).contains("Closed PUSH socket 'out': sent " + sent).doesNotContain("lost");
		}
		finally {
			if (peer != null) {
				peer.close();
			}
		}
	}

	@Test
	void aLingerThatIsTooShortIsToldWithTheNumberOfMessages(CapturedOutput output) {
		int sent = 3000;
		try (PythonPeer peer = PythonPeer.start(READER, "PULL", "bind", 0, 0)) {
			ZmqSockets sockets;
			try (ConfigurableApplicationContext context = start("zmq.sockets.out.type=push",
					"zmq.sockets.out.connect=tcp://127.0.0.1:" + port(peer), "zmq.sockets.out.options.send-hwm=0",
					"zmq.sockets.out.options.linger=300ms")) {
				sockets = context.getBean(ZmqSockets.class);
				send(context.getBean(ZmqTemplate.class), "out", sent, 4096);
				Awaitility.await().atMost(LONG).until(() -> sockets.status("out").peers() == 1);
			}
			peer.tell("go");
			long lost = sockets.status("out").lost();
			assertThat(lost).isPositive();
			assertThat(count(peer)[0] + lost).isEqualTo(sent);
			assertThat(output).containsPattern("WARN.*Closed PUSH socket 'out': sent " + sent + " .* " + lost
					+ " lost: no peer took them within linger");
		}
	}

	/** Heartbeats that are asked for do not take a slow link for a dead peer. */
	@ParameterizedTest
	@MethodSource("heartbeats")
	void aLargeReplyArrivesOverASlowLink(String heartbeats) {
		int size = (FULL) ? 30_000_000 : 1_500_000;
		try (PythonPeer peer = PythonPeer.start("""
				rep = ctx.socket(zmq.REP)
				say("port", rep.bind_to_random_port("tcp://127.0.0.1"))
				rep.recv()
				rep.send(b"x" * int(sys.argv[1]))
				hear()
				""", size);
				SlowLink link = link(peer);
				ConfigurableApplicationContext context = start("zmq.sockets.ask.type=req",
						"zmq.sockets.ask.connect=" + link.endpoint(),
						"zmq.sockets.ask.options.heartbeat-interval=" + heartbeats)) {
			byte[] reply = context.getBean(ZmqTemplate.class)
				.newMessage("question")
				.to("ask")
				.timeout(LONG)
				.request(byte[].class);
			assertThat(reply).hasSize(size);
			assertThat(link.connections()).isOne();
			peer.tell("end");
		}
	}

	@ParameterizedTest
	@MethodSource("heartbeats")
	void aLargePublicationArrivesOverASlowLink(String heartbeats) {
		int size = (FULL) ? 30_000_000 : 1_500_000;
		try (PythonPeer peer = PythonPeer.start("""
				pub = ctx.socket(zmq.XPUB)
				say("port", pub.bind_to_random_port("tcp://127.0.0.1"))
				pub.recv()
				pub.send(b"x" * int(sys.argv[1]))
				pub.send(b"and on")
				hear()
				""", size);
				SlowLink link = link(peer);
				ConfigurableApplicationContext context = start("zmq.sockets.news.type=sub",
						"zmq.sockets.news.connect=" + link.endpoint(),
						"zmq.sockets.news.options.heartbeat-interval=" + heartbeats)) {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			assertThat(template.receiveFrames("news", LONG).frame(0)).hasSize(size);
			assertThat(template.receiveFrames("news", LONG).text(0)).isEqualTo("and on");
			assertThat(link.connections()).isOne();
			peer.tell("end");
		}
	}

	private static SlowLink link(PythonPeer peer) {
		return new SlowLink(Integer.parseInt(port(peer)), (FULL) ? 1_000_000 : 3_000_000, Duration.ZERO);
	}

	/** READY is all that peers of ZMTP 3.0 know. */
	@ParameterizedTest
	@MethodSource("heartbeats")
	void aPeerThatKnowsNoPingIsAnsweredOverTheSameConnection(String heartbeats) throws IOException {
		try (ConfigurableApplicationContext context = start("zmq.sockets.slow.type=rep",
				"zmq.sockets.slow.bind=tcp://127.0.0.1:*",
				"zmq.sockets.slow.options.heartbeat-interval=" + heartbeats)) {
			register(context, "slow", "answer");
			int port = Ports.portOf(context.getBean(ZmqSockets.class).status("slow").bound().get(0));
			try (Socket peer = new Socket("127.0.0.1", port)) {
				peer.setSoTimeout(60_000);
				byte[] greeting = new byte[64];
				greeting[0] = -1;
				greeting[9] = 0x7f;
				greeting[10] = 3;
				System.arraycopy("NULL".getBytes(), 0, greeting, 12, 4);
				peer.getOutputStream().write(greeting);
				peer.getOutputStream().write("\4\31\5READY\13Socket-Type\0\0\0\3REQ".getBytes());
				assertThat(peer.getInputStream().readNBytes(64)).startsWith(-1);
				int ready = peer.getInputStream().readNBytes(2)[1];
				assertThat(new String(peer.getInputStream().readNBytes(ready))).contains("READY");
				peer.getOutputStream().write("\1\0\0\2hi".getBytes());
				// no command comes before the reply
				assertThat(peer.getInputStream().readNBytes(8)).isEqualTo("\1\0\0\4done".getBytes());
				assertThat(Listeners.events).noneMatch(ZmqSocketDisconnectedEvent.class::isInstance);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("heartbeats")
	void aSlowListenerMissesNothingOfABurst(String heartbeats) {
		int count = (FULL) ? 3000 : 1500;
		try (PythonPeer peer = PythonPeer.start("""
				pub = ctx.socket(zmq.XPUB)
				pub.sndhwm = 0
				say("port", pub.bind_to_random_port("tcp://127.0.0.1"))
				pub.recv()
				for i in range(int(sys.argv[1])):
				    pub.send(b"%d" % i)
				hear()
				""", count);
				ConfigurableApplicationContext context = start("zmq.sockets.slowly.type=sub",
						"zmq.sockets.slowly.connect=tcp://127.0.0.1:" + port(peer),
						"zmq.sockets.slowly.options.heartbeat-interval=" + heartbeats)) {
			register(context, "slowly", "take");
			Awaitility.await().atMost(LONG).until(() -> Listeners.received.get() == count);
			assertThat(Listeners.events).noneMatch(ZmqSocketDisconnectedEvent.class::isInstance);
			peer.tell("end");
		}
	}

	@ParameterizedTest
	@MethodSource("heartbeats")
	void aPausedSubscriberMissesNothing(String heartbeats) {
		int count = 6000;
		Duration pause = (FULL) ? Duration.ofSeconds(40) : Duration.ofMillis(500);
		try (PythonPeer peer = PythonPeer.start("""
				pub = ctx.socket(zmq.XPUB)
				pub.sndhwm = 10000
				say("port", pub.bind_to_random_port("tcp://127.0.0.1"))
				pub.recv()
				hear()
				for i in range(6000):
				    pub.send(b"%d " % i + b"x" * 100)
				    if i % 60 == 0:
				        time.sleep(float(sys.argv[1]) / 120)
				say("published")
				hear()
				""", pause.toMillis() / 1000.0);
				ConfigurableApplicationContext context = start("zmq.sockets.news.type=sub",
						"zmq.sockets.news.connect=tcp://127.0.0.1:" + port(peer),
						"zmq.sockets.news.options.heartbeat-interval=" + heartbeats)) {
			register(context, "news", "count");
			ZmqListenerRegistry listeners = context.getBean(ZmqListenerRegistry.class);
			listeners.pause("news");
			peer.tell("go");
			peer.awaitLine("published", LONG);
			Awaitility.await().atMost(LONG).pollDelay(pause.dividedBy(2)).until(() -> true);
			listeners.resume("news");
			Awaitility.await().atMost(LONG).until(() -> Listeners.received.get() == count);
			assertThat(Listeners.events).noneMatch(ZmqSocketDisconnectedEvent.class::isInstance);
			peer.tell("end");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ours", "theirs" })
	void aPeerThatIsFarAwayConnectsOnce(String connects) {
		Duration way = (FULL) ? Duration.ofMillis(1200) : Duration.ofMillis(250);
		String script = """
				s = ctx.socket(zmq.PAIR)
				s.linger = 0
				if sys.argv[1] == "ours":
				    say("port", s.bind_to_random_port("tcp://127.0.0.1"))
				else:
				    s.connect(hear())
				s.send(s.recv())
				hear()
				""";
		try (PythonPeer peer = PythonPeer.start(script, connects); ConfigurableApplicationContext context = start()) {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			boolean ours = "ours".equals(connects);
			if (!ours) {
				sockets.create(SocketDefinition.of("far", SocketType.PAIR, List.of("tcp://127.0.0.1:*"), List.of()));
			}
			int target = (ours) ? Integer.parseInt(port(peer)) : Ports.portOf(sockets.status("far").bound().get(0));
			try (SlowLink link = new SlowLink(target, 0, way)) {
				if (ours) {
					sockets.create(SocketDefinition.of("far", SocketType.PAIR, List.of(), List.of(link.endpoint())));
				}
				else {
					peer.tell(link.endpoint());
				}
				ZmqTemplate template = context.getBean(ZmqTemplate.class);
				template.newMessage("there and back").to("far").timeout(LONG).send();
				assertThat(template.receiveFrames("far", LONG).text(0)).isEqualTo("there and back");
				assertThat(link.connections()).isOne();
				assertThat(Listeners.events.stream().filter(ZmqSocketConnectedEvent.class::isInstance)).hasSize(1);
				assertThat(Listeners.events).noneMatch(ZmqSocketDisconnectedEvent.class::isInstance);
			}
			peer.tell("end");
		}
	}

	@Test
	void nothingIsDealtToConnectionsThatSayNothing() throws Exception {
		int sent = (FULL) ? 20_000 : 1500;
		try (ConfigurableApplicationContext context = start("zmq.sockets.out.type=push",
				"zmq.sockets.out.bind=tcp://127.0.0.1:*")) {
			String endpoint = context.getBean(ZmqSockets.class).status("out").bound().get(0);
			try (PythonPeer peer = PythonPeer.start(READER, "PULL", endpoint, 0.0002, sent)) {
				peer.tell("go");
				List<Socket> mute = new ArrayList<>();
				Thread visits = new Thread(() -> {
					while (!Thread.currentThread().isInterrupted()) {
						try (Socket visitor = new Socket("127.0.0.1", Ports.portOf(endpoint))) {
							TimeUnit.MILLISECONDS.sleep(300);
						}
						catch (IOException | InterruptedException ex) {
							return;
						}
					}
				});
				visits.start();
				for (int i = 0; i < 3; i++) {
					mute.add(new Socket("127.0.0.1", Ports.portOf(endpoint)));
				}
				send(context.getBean(ZmqTemplate.class), "out", sent, 100);
				assertThat(count(peer)).containsExactly(sent, sent);
				visits.interrupt();
				visits.join();
				for (Socket visitor : mute) {
					visitor.close();
				}
			}
		}
	}

	/** All at once: a slow link, a slow reader that pauses, and a signal. */
	@Test
	void whatWasAcceptedBeforeASignalArrivesOverASlowLinkAtASlowReader() {
		int sent = (FULL) ? 20_000 : 600;
		try (PythonPeer peer = PythonPeer.start(READER, "PULL", "bind", 0.001, sent);
				SlowLink link = new SlowLink(Integer.parseInt(port(peer)), 2_000_000, Duration.ofMillis(20));
				ZmqAppProcess app = ZmqAppProcess.of(SendingApp.class)
					.args(sent, "--zmq.sockets.out.type=push", "--zmq.sockets.out.connect=" + link.endpoint(),
							"--zmq.sockets.out.options.send-hwm=0", "--zmq.sockets.out.options.linger=5m",
							"--spring.lifecycle.timeout-per-shutdown-phase=6m")
					.start()) {
			peer.tell((FULL) ? "40" : "0.5");
			app.awaitLine("^accepted " + sent, LONG);
			app.terminate();
			assertThat(count(peer)).containsExactly(sent, sent);
			assertThat(app.awaitExit(LONG)).isEqualTo(143);
			assertThat(app.lines()).anyMatch((line) -> line.contains("Closed PUSH socket 'out': sent " + sent))
				.noneMatch((line) -> line.contains("lost"));
			assertThat(link.connections()).isOne();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		static final Queue<Object> events = new ConcurrentLinkedQueue<>();

		static final AtomicInteger received = new AtomicInteger();

		void count(byte[] message) {
			received.incrementAndGet();
		}

		/** In the report this took 50 ms, and each message was one of many in a batch. */
		void take(byte[] message) {
			LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos((FULL) ? 50_000 : 300));
			received.incrementAndGet();
		}

		String answer(byte[] question) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos((FULL) ? 13_000 : 600));
			return "done";
		}

		@EventListener
		void connected(ZmqSocketConnectedEvent event) {
			events.add(event);
		}

		@EventListener
		void disconnected(ZmqSocketDisconnectedEvent event) {
			events.add(event);
		}

	}

	/** Sends as many messages as its first argument says, and stays up. */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SendingApp {

		public static void main(String[] args) {
			ConfigurableApplicationContext context = new SpringApplicationBuilder(SendingApp.class)
				.web(WebApplicationType.NONE)
				.properties("spring.main.keep-alive=true")
				.run(args);
			send(context.getBean(ZmqTemplate.class), "out", Integer.parseInt(args[0]), 1024);
			System.out.println("accepted " + args[0]);
		}

	}

}
