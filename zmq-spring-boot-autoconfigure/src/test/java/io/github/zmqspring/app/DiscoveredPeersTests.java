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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import io.github.zmqspring.core.status.DiscoveryStatus;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names of instances in proxies, with security, and with Python peers behind them.
 */
@NoLeaks
@RequiresPyzmq
@Timeout(120)
class DiscoveredPeersTests {

	private static final String SERVER = """
			rep = ctx.socket(zmq.REP)
			say("port", rep.bind_to_random_port("tcp://127.0.0.1"))
			while True:
			    rep.send(sys.argv[1].encode() + b" " + rep.recv())
			""";

	private static final String PUBLISHER = """
			pub = ctx.socket(zmq.XPUB)
			say("port", pub.bind_to_random_port("tcp://127.0.0.1"))
			say("subscribed", pub.recv()[1:].decode())
			while True:
			    pub.send_multipart([b"news", sys.argv[1].encode()])
			    time.sleep(0.02)
			""";

	/** One that answers, one that does so when it is told to, and one that dies of it. */
	private static final String ONE_OF_MANY = """
			rep = ctx.socket(zmq.REP)
			say("port", rep.bind_to_random_port("tcp://127.0.0.1"))
			while True:
			    question = rep.recv().decode()
			    say("asked", question)
			    if sys.argv[1] == "dying":
			        os._exit(1)
			    if sys.argv[1] == "late":
			        hear()
			    rep.send_string(sys.argv[1] + " " + question)
			    say("replied", question)
			""";

	private static final String CURVE_WORKER = """
			pull = ctx.socket(zmq.PULL)
			pull.curve_server = True
			pull.curve_publickey, pull.curve_secretkey = sys.argv[1].encode(), sys.argv[2].encode()
			say("port", pull.bind_to_random_port("tcp://127.0.0.1"))
			while True:
			    say("got", pull.recv().decode())
			""";

	private final Map<PythonPeer, String> endpoints = new ConcurrentHashMap<>();

	private String endpoint(PythonPeer peer) {
		return this.endpoints.computeIfAbsent(peer, UserApp::endpoint);
	}

	private void find(String name, PythonPeer... peers) {
		List<String> endpoints = new ArrayList<>();
		for (PythonPeer peer : peers) {
			endpoints.add(endpoint(peer));
		}
		Peers.found.put(name, endpoints);
	}

	@Test
	void aBrokerFollowsTheServersBehindItsBackend() throws InterruptedException {
		try (PythonPeer one = PythonPeer.start(SERVER, "one"); PythonPeer two = PythonPeer.start(SERVER, "two")) {
			find("servers", one);
			try (UserApp app = UserApp.start(Peers.class, "zmq.discovery.refresh=50ms",
					"zmq.discovery.drain-timeout=1s", "zmq.proxies.broker.type=queue",
					"zmq.proxies.broker.frontend.bind=ANY", "zmq.proxies.broker.backend.connect=peers:///servers",
					"ask.type=req", "ask.connect=socket:broker.frontend", "zmq.template.request-timeout=5s",
					"zmq.template.request-retries=3")) {
				assertThat(app.template.convertSendAndReceive("ask", "1", String.class)).isEqualTo("one 1");
				find("servers", one, two);
				assertThat(app.sockets.awaitPeers("broker.backend", 2, Duration.ofSeconds(20))).isTrue();
				assertThat(answers(app, 10)).containsExactlyInAnyOrder("one", "two");
				find("servers", two);
				Awaitility.await()
					.until(() -> app.sockets.details("broker.backend").names().get(0).instances(),
							(instances) -> instances.size() == 1 && instances.get(0).endpoint().equals(endpoint(two)));
				assertThat(answers(app, 10)).containsExactly("two");
				// gone without a word, and not known yet
				find("servers", one, two);
				assertThat(app.sockets.awaitPeers("broker.backend", 2, Duration.ofSeconds(20))).isTrue();
				two.kill();
				assertThat(app.sockets.awaitPeers("broker.backend", 1, Duration.ofSeconds(20))).isTrue();
				assertThat(answers(app, 10)).containsExactly("one");
			}
		}
	}

	private static Set<String> answers(UserApp app, int requests) {
		Set<String> servers = new HashSet<>();
		for (int i = 0; i < requests; i++) {
			String answer = app.template.convertSendAndReceive("ask", "x" + i, String.class);
			assertThat(answer).endsWith(" x" + i);
			servers.add(answer.substring(0, 3));
		}
		return servers;
	}

	@Test
	void allThatAreFoundAreAskedAndTheDeadAndTheLateDoNotCount() throws Exception {
		try (PythonPeer good = PythonPeer.start(ONE_OF_MANY, "good");
				PythonPeer late = PythonPeer.start(ONE_OF_MANY, "late");
				PythonPeer dying = PythonPeer.start(ONE_OF_MANY, "dying")) {
			find("servers", good, late, dying);
			Peers.found.get("servers").add("tcp://127.0.0.1:1");
			try (UserApp app = UserApp.start(Peers.class, "zmq.discovery.refresh=50ms",
					"zmq.discovery.drain-timeout=1h", "ask.type=req", "ask.connect=peers:///servers")) {
				assertThat(app.sockets.awaitPeers("ask", 3, Duration.ofSeconds(20))).isTrue();
				CompletableFuture<List<String>> first = app.template.requestAll("ask", "1", String.class,
						Duration.ofSeconds(2));
				assertThat(first.get(20, TimeUnit.SECONDS)).containsExactly("good 1");
				late.tell("go on");
				late.awaitLine("replied 1");
				assertThat(app.sockets.awaitPeers("ask", 2, Duration.ofSeconds(20))).isTrue();
				CompletableFuture<List<String>> second = app.template.requestAll("ask", "2", String.class,
						Duration.ofSeconds(20));
				late.awaitLine("asked 2");
				late.tell("go on");
				// not the late one to the first question
				assertThat(second.get(20, TimeUnit.SECONDS)).containsExactlyInAnyOrder("good 2", "late 2");
				// one that goes stays as long as it owes a reply
				CompletableFuture<List<String>> third = app.template.requestAll("ask", "3", String.class,
						Duration.ofSeconds(20));
				late.awaitLine("asked 3");
				find("servers", good);
				Awaitility.await()
					.until(() -> app.sockets.details("ask").names().get(0).instances(),
							(instances) -> instances.size() == 2 && instances.stream()
								.anyMatch((instance) -> instance.state() == DiscoveryStatus.State.LEAVING));
				late.tell("go on");
				assertThat(third.get(20, TimeUnit.SECONDS)).containsExactlyInAnyOrder("good 3", "late 3");
				Awaitility.await().until(() -> app.sockets.status("ask").peers() == 1);
			}
		}
	}

	@Test
	void aForwarderSubscribesAtPublishersThatCome() throws InterruptedException {
		try (PythonPeer one = PythonPeer.start(PUBLISHER, "one"); PythonPeer two = PythonPeer.start(PUBLISHER, "two")) {
			find("publishers", one);
			try (UserApp app = UserApp.start(Feed.class, "zmq.discovery.refresh=50ms",
					"zmq.proxies.news.type=forwarder", "zmq.proxies.news.frontend.connect=peers:///publishers",
					"zmq.proxies.news.backend.bind=ANY", "feed.type=sub", "feed.connect=socket:news.backend",
					"feed.topics=news")) {
				BlockingQueue<String> received = app.bean(Feed.class).received;
				one.awaitLine("subscribed news");
				assertThat(UserApp.next(received)).isEqualTo("one");
				find("publishers", one, two);
				two.awaitLine("subscribed news");
				Awaitility.await().until(() -> received.contains("two"));
				received.clear();
				// all of them, not one after another
				Awaitility.await().until(() -> received.contains("one") && received.contains("two"));
			}
		}
	}

	@Test
	void allInstancesAreServersOfOneCurveKey() throws InterruptedException {
		ZmqKeyPair key = ZmqKeys.generate();
		ZmqKeyPair stranger = ZmqKeys.generate();
		try (PythonPeer one = PythonPeer.start(CURVE_WORKER, key.publicKey(), key.secretKey());
				PythonPeer two = PythonPeer.start(CURVE_WORKER, key.publicKey(), key.secretKey());
				PythonPeer other = PythonPeer.start(CURVE_WORKER, stranger.publicKey(), stranger.secretKey())) {
			find("workers", one, other);
			try (UserApp app = UserApp.start(Peers.class, "zmq.discovery.refresh=50ms",
					"zmq.security.keys.me.secret-key=" + ZmqKeys.generate().secretKey(),
					"zmq.security.keys.hub.public-key=" + key.publicKey(), "work.type=push",
					"work.connect=peers:///workers", "work.security.mechanism=curve", "work.security.key=me",
					"work.security.server-key=hub")) {
				for (String text : List.of("a", "b", "c")) {
					app.template.convertAndSend("work", text);
					one.awaitLine("got " + text);
				}
				// one with another key gets nothing, and its instance tells that
				Awaitility.await()
					.until(() -> app.sockets.details("work").names().get(0).instances(),
							(instances) -> instances.stream()
								.anyMatch((instance) -> instance.endpoint().equals(endpoint(other))
										&& instance.state() == DiscoveryStatus.State.CONNECTING
										&& instance.lastError() != null));
				find("workers", two);
				Awaitility.await()
					.until(() -> app.sockets.details("work").names().get(0).instances(),
							(instances) -> instances.size() == 1
									&& instances.get(0).state() == DiscoveryStatus.State.CONNECTED);
				app.template.convertAndSend("work", "d");
				two.awaitLine("got d");
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Peers {

		private static final Map<String, List<String>> found = new ConcurrentHashMap<>();

		@Bean
		ZmqEndpointResolver peersResolver() {
			return new ZmqEndpointResolver() {

				@Override
				public String scheme() {
					return "peers";
				}

				@Override
				public Collection<String> resolve(String name) {
					return found.get(name);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Feed extends Peers {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		@ZmqListener("feed")
		void news(String payload) {
			this.received.add(payload);
		}

	}

}
