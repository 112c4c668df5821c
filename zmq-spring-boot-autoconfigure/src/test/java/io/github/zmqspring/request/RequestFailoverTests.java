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

package io.github.zmqspring.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRequestTimeoutException;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.message.RequestId;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Requests when servers are away, silent or slow, and when applications do in a callback
 * what they should not.
 */
@NoLeaks
class RequestFailoverTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@Test
	void aServerThatIsAwayGetsNoRequestAndTheFirstThatComesGetsThoseThatWait() throws Exception {
		try (ZContext peers = new ZContext()) {
			Server first = new Server(peers, 0);
			int other = freePort(peers);
			try (RequestApp app = RequestApp.start(RequestApp.Nothing.class, "zmq.sockets.ask.type=req",
					"zmq.sockets.ask.connect=tcp://localhost:%d,tcp://127.0.0.1:%d".formatted(other, first.port),
					"zmq.defaults.reconnect-interval=20ms", "zmq.template.request-timeout=60s")) {
				ZmqTemplate template = app.template();
				List<CompletableFuture<String>> replies = ask(template, 50);
				for (CompletableFuture<String> reply : replies) {
					assertThat(reply).succeedsWithin(LONG);
				}
				first.stop();
				Awaitility.await().atMost(LONG).until(() -> app.sockets().status("ask").peers() == 0);
				List<CompletableFuture<String>> waiting = ask(template, 20);
				Awaitility.await().atMost(LONG).until(() -> app.requests().queued("ask") == 20);
				Server second = new Server(peers, other);
				for (CompletableFuture<String> reply : waiting) {
					assertThat(reply).succeedsWithin(LONG);
				}
				assertThat(second.served.get()).isEqualTo(20);
				assertThat(app.requests().status("ask").retries()).isZero();
				second.stop();
			}
		}
	}

	@Test
	void withoutAServerTheAttemptsSaySo() {
		try (RequestApp app = RequestApp.client("1", "zmq.template.request-timeout=20ms",
				"zmq.template.request-retries=2", "zmq.template.request-back-off=1ms")) {
			assertThatExceptionOfType(ZmqRequestTimeoutException.class)
				.isThrownBy(() -> app.template().convertSendAndReceive("ask", "SECRET", String.class))
				.satisfies((ex) -> assertThat(ex.getAttemptLog()).hasSize(3).noneMatch((attempt) -> attempt.sent()))
				.withMessageContaining("not sent, for want of a server")
				.withMessageNotContaining("SECRET");
			assertThat(app.sockets().status("ask").sent()).isZero();
		}
	}

	@Test
	void aCallbackThatWaitsForAnotherRequestHoldsUpNoTimeout() {
		try (ZContext peers = new ZContext()) {
			ZMQ.Socket silent = peers.createSocket(SocketType.ROUTER);
			try (RequestApp app = RequestApp.client(bind(silent, 0), "zmq.template.request-timeout=50ms")) {
				List<CompletableFuture<String>> fallbacks = new ArrayList<>();
				for (int i = 0; i < 5; i++) {
					fallbacks.add(app.template()
						.requestAsync("ask", "x", String.class)
						.exceptionally((ex) -> app.template().convertSendAndReceive("ask", "fallback", String.class)));
				}
				for (CompletableFuture<String> fallback : fallbacks) {
					assertThat(fallback).failsWithin(LONG)
						.withThrowableThat()
						.havingRootCause()
						.isInstanceOf(ZmqRequestTimeoutException.class);
				}
				assertThat(app.requests().status("ask").timeouts()).isEqualTo(10);
			}
		}
	}

	@Test
	void aCallbackOnTheThreadOfTheRepliesMustNotWaitForOne() throws Exception {
		try (ZContext peers = new ZContext()) {
			Server server = new Server(peers, 0);
			try (RequestApp app = RequestApp.client(String.valueOf(server.port), "zmq.template.request-timeout=60s")) {
				CompletableFuture<ZmqMessage> held = new CompletableFuture<>();
				CompletableFuture<String> chained = app.template()
					.requestAsync("ask", "first", String.class)
					// not yet there when the callback is added
					.thenCombine(held, (reply, ignored) -> reply)
					.thenApply((reply) -> app.template().convertSendAndReceive("ask", "second", String.class));
				app.template().requestAsync("ask", "releases", ZmqMessage.class).whenComplete((reply, ex) -> {
					if (Thread.currentThread().getName().contains("replies")) {
						held.complete(reply);
					}
					else {
						held.completeExceptionally(new ZmqUnsupportedOperationException("ask", "came too early"));
					}
				});
				assertThat(chained).failsWithin(LONG)
					.withThrowableThat()
					.havingRootCause()
					.isInstanceOf(ZmqUnsupportedOperationException.class);
				assertThat(app.template().convertSendAndReceive("ask", "third", String.class)).isEqualTo("re:third");
				server.stop();
			}
		}
	}

	@Test
	void requestsThatAreOverDoNotPileUpBehindOneThatWaits() {
		try (RequestApp app = RequestApp.client("1", "zmq.template.request-timeout=60s")) {
			CompletableFuture<ZmqMessage> first = app.template().requestAsync("ask", "x", ZmqMessage.class);
			for (int i = 0; i < 20_000; i++) {
				CompletableFuture<ZmqMessage> request = app.template().requestAsync("ask", "x", ZmqMessage.class);
				request.cancel(false);
				if (i % 1000 == 0) {
					Awaitility.await().atMost(LONG).until(() -> app.requests().queued("ask") < 2500);
				}
			}
			Awaitility.await().atMost(LONG).until(() -> app.requests().queued("ask") < 2500);
			assertThat(app.requests().status("ask").pending()).isOne();
			assertThat(first).isNotDone();
			first.cancel(false);
		}
	}

	@Test
	void requestsThatTimedOutWhileTheyWaitedAreClearedAway() {
		try (RequestApp app = RequestApp.client("1", "zmq.template.request-timeout=50ms")) {
			// what waits in front keeps the others from being taken out in their turn
			CompletableFuture<ZmqMessage> first = app.template()
				.newMessage("first")
				.to("ask")
				.timeout(LONG)
				.requestAsync(ZmqMessage.class);
			for (int i = 0; i < 3000; i++) {
				app.template().requestAsync("ask", "x", ZmqMessage.class);
			}
			Awaitility.await().atMost(LONG).until(() -> app.requests().queued("ask") < 1100);
			first.cancel(false);
		}
	}

	@Test
	void aThousandAttemptsOfARequestWaitInOnePlace() {
		try (RequestApp app = RequestApp.client("1", "zmq.template.request-timeout=1ms",
				"zmq.template.request-retries=1000", "zmq.template.request-back-off=1ms")) {
			// what waits in front keeps the attempts from being cleared away
			CompletableFuture<ZmqMessage> first = app.template()
				.newMessage("first")
				.to("ask")
				.timeout(LONG)
				.requestAsync(ZmqMessage.class);
			CompletableFuture<ZmqMessage> request = app.template().requestAsync("ask", "x", ZmqMessage.class);
			Awaitility.await().atMost(LONG).until(() -> app.requests().status("ask").retries() > 3);
			assertThat(app.requests().queued("ask")).isEqualTo(2);
			request.cancel(false);
			first.cancel(false);
		}
	}

	@Test
	void retriesBackOffAsConfigured() {
		try (RequestApp app = RequestApp.client("1", "zmq.template.request-timeout=50ms",
				"zmq.template.request-retries=3", "zmq.template.request-back-off=100ms")) {
			assertThatExceptionOfType(ZmqRequestTimeoutException.class)
				.isThrownBy(() -> app.template().convertSendAndReceive("ask", "x", String.class))
				.satisfies((ex) -> {
					List<Instant> times = ex.getAttemptLog().stream().map((attempt) -> attempt.startedAt()).toList();
					assertThat(times).hasSize(4);
					int[] pauses = { 100, 200, 400 };
					for (int i = 0; i < pauses.length; i++) {
						// the clock has milliseconds
						assertThat(Duration.between(times.get(i), times.get(i + 1)))
							.isGreaterThanOrEqualTo(Duration.ofMillis(50 + pauses[i] - 2));
					}
					assertThat(Duration.between(times.get(0), times.get(3))).isLessThan(Duration.ofSeconds(6));
				});
		}
	}

	@Test
	void aServerThatDoesNotAnswerIsPassedOverForAWhileAndComesBack() throws Exception {
		try (ZContext peers = new ZContext()) {
			Server good = new Server(peers, 0);
			Server silent = new Server(peers, SocketType.ROUTER, 0);
			silent.silent = true;
			try (RequestApp app = RequestApp.start(RequestApp.Nothing.class, "zmq.sockets.ask.type=req",
					"zmq.sockets.ask.connect=tcp://127.0.0.1:%d,tcp://127.0.0.1:%d".formatted(good.port, silent.port),
					"zmq.template.request-timeout=100ms", "zmq.template.request-retries=100",
					"zmq.template.request-back-off=1ms")) {
				assertThat(app.sockets().awaitPeers("ask", 2, LONG)).isTrue();
				for (int i = 0; i < 200; i++) {
					assertThat(app.template().convertSendAndReceive("ask", "x", String.class)).isEqualTo("re:x");
				}
				// it would be half of them
				assertThat(silent.served.get()).isBetween(1, 20);
				silent.silent = false;
				int before = silent.served.get();
				Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> {
					app.template().convertSendAndReceive("ask", "x", String.class);
					return silent.served.get() >= before + 20;
				});
				good.stop();
				silent.stop();
			}
		}
	}

	@Test
	void allServersAreAskedAndThoseThatAnswerInTimeAreHeard() throws Exception {
		try (ZContext peers = new ZContext()) {
			Server[] servers = { new Server(peers, 0), new Server(peers, 0), new Server(peers, SocketType.ROUTER, 0) };
			for (String correlate : List.of("true", "false")) {
				servers[2].silent = false;
				try (RequestApp app = RequestApp.start(RequestApp.Nothing.class, "zmq.sockets.ask.type=req",
						"zmq.sockets.ask.connect=tcp://127.0.0.1:%d,tcp://127.0.0.1:%d,tcp://127.0.0.1:%d,tcp://127.0.0.1:1"
							.formatted(servers[0].port, servers[1].port, servers[2].port),
						"zmq.sockets.ask.options.req-correlate=" + correlate)) {
					assertThat(app.sockets().awaitPeers("ask", 3, LONG)).isTrue();
					for (int i = 0; i < 3; i++) {
						int[] before = { servers[0].served.get(), servers[1].served.get(), servers[2].served.get() };
						assertThat(app.template().requestAll("ask", "all", String.class, LONG)).succeedsWithin(LONG)
							.isEqualTo(List.of("re:all", "re:all", "re:all"));
						for (int j = 0; j < 3; j++) {
							assertThat(servers[j].served.get()).isEqualTo(before[j] + 1);
						}
					}
					servers[2].silent = true;
					assertThat(app.template().requestAll("ask", "all", String.class, Duration.ofSeconds(1)))
						.succeedsWithin(LONG)
						.isEqualTo(List.of("re:all", "re:all"));
					long timeouts = app.requests().status("ask").timeouts();
					CompletableFuture<List<String>> cancelled = app.template()
						.requestAll("ask", "all", String.class, LONG);
					cancelled.cancel(false);
					Awaitility.await().atMost(LONG).until(() -> app.requests().status("ask").pending() == 0);
					assertThat(app.requests().status("ask").timeouts()).isEqualTo(timeouts);
				}
			}
			try (RequestApp app = RequestApp.client("1")) {
				assertThat(app.template().requestAll("ask", "all", String.class, LONG)).succeedsWithin(LONG)
					.isEqualTo(List.of());
			}
			for (Server server : servers) {
				server.stop();
			}
		}
	}

	@Test
	void theOnlyServerIsAskedHoweverSilentItIs() throws Exception {
		try (ZContext peers = new ZContext()) {
			Server silent = new Server(peers, SocketType.ROUTER, 0);
			silent.silent = true;
			try (RequestApp app = RequestApp.client(String.valueOf(silent.port), "zmq.template.request-timeout=50ms",
					"zmq.template.request-back-off=1ms")) {
				assertThat(app.sockets().awaitPeers("ask", 1, LONG)).isTrue();
				for (int i = 0; i < 5; i++) {
					assertThatExceptionOfType(ZmqRequestTimeoutException.class)
						.isThrownBy(() -> app.template().convertSendAndReceive("ask", "x", String.class))
						.satisfies((ex) -> assertThat(ex.getAttemptLog()).allMatch((attempt) -> attempt.sent()));
				}
				Awaitility.await().atMost(LONG).until(() -> silent.served.get() == 5);
				silent.silent = false;
				assertThat(app.template().newMessage("x").to("ask").timeout(LONG).<String>request(String.class))
					.isEqualTo("re:x");
				silent.stop();
			}
		}
	}

	@Test
	void aServerCannotAnswerForAnother() throws Exception {
		try (ZContext peers = new ZContext()) {
			ZMQ.Socket honest = peers.createSocket(SocketType.ROUTER);
			ZMQ.Socket forger = peers.createSocket(SocketType.ROUTER);
			honest.setReceiveTimeOut(60_000);
			forger.setReceiveTimeOut(60_000);
			try (RequestApp app = RequestApp.start(RequestApp.Nothing.class, "zmq.sockets.ask.type=req",
					"zmq.sockets.ask.connect=tcp://127.0.0.1:%s,tcp://127.0.0.1:%s".formatted(bind(honest, 0),
							bind(forger, 0)),
					"zmq.template.request-timeout=60s")) {
				assertThat(app.sockets().awaitPeers("ask", 2, LONG)).isTrue();
				List<CompletableFuture<String>> replies = ask(app.template(), 2);
				byte[] client = honest.recv();
				byte[] id = honest.recv();
				byte[] other = forger.recv();
				byte[] otherId = forger.recv();
				// not to be guessed from its own
				assertThat(Math.abs(RequestId.of(id) - RequestId.of(otherId))).isGreaterThan(1_000_000);
				reply(forger, other, id, "forged");
				Awaitility.await().atMost(LONG).until(() -> app.requests().status("ask").late() == 1);
				assertThat(replies).noneMatch(CompletableFuture::isDone);
				reply(honest, client, id, "honest");
				reply(forger, other, otherId, "forger");
				assertThat(replies).extracting((reply) -> reply.get(60, TimeUnit.SECONDS))
					.containsExactlyInAnyOrder("honest", "forger");
			}
		}
	}

	@Test
	void anOldReplyToASocketThatWasOpenedAgainIsLate() {
		try (ZContext peers = new ZContext()) {
			ZMQ.Socket server = peers.createSocket(SocketType.ROUTER);
			server.setReceiveTimeOut(60_000);
			server.setRouterMandatory(true);
			server.setRouterHandover(true);
			try (RequestApp app = RequestApp.client(bind(server, 0), "zmq.sockets.ask.options.routing-id=client",
					"zmq.template.request-timeout=60s")) {
				Set<Long> ids = new HashSet<>();
				for (int round = 0; round < 3; round++) {
					CompletableFuture<String> old = app.template().requestAsync("ask", "x", String.class);
					byte[] oldId = idOf(server);
					assertThat(ids.add(RequestId.of(oldId))).isTrue();
					app.sockets().stop("ask");
					app.sockets().start("ask");
					CompletableFuture<String> next = app.template().requestAsync("ask", "x", String.class);
					assertThat(old).failsWithin(LONG);
					byte[] id = idOf(server);
					assertThat(ids.add(RequestId.of(id))).isTrue();
					long late = app.requests().status("ask").late();
					reply(server, "client".getBytes(), oldId, "old");
					Awaitility.await().atMost(LONG).until(() -> app.requests().status("ask").late() == late + 1);
					assertThat(next).isNotDone();
					reply(server, "client".getBytes(), id, "new");
					assertThat(next).succeedsWithin(LONG).isEqualTo("new");
				}
			}
		}
	}

	private static byte[] idOf(ZMQ.Socket server) {
		server.recv();
		byte[] id = server.recv();
		server.recv();
		server.recv();
		return id;
	}

	private static void reply(ZMQ.Socket server, byte[] client, byte[] id, String text) {
		server.sendMore(client);
		server.sendMore(id);
		server.sendMore(new byte[0]);
		server.send(text);
	}

	@Test
	void timeOutsLeaveNothingBehind() throws Exception {
		try (ZContext peers = new ZContext()) {
			ZMQ.Socket silent = peers.createSocket(SocketType.ROUTER);
			silent.setRcvHWM(0);
			try (RequestApp app = RequestApp.client(bind(silent, 0), "zmq.template.request-timeout=1ms")) {
				for (int round = 0; round < 4; round++) {
					List<CompletableFuture<ZmqMessage>> requests = new ArrayList<>();
					for (int i = 0; i < 5000; i++) {
						requests.add(app.template().requestAsync("ask", "x", ZmqMessage.class));
					}
					for (CompletableFuture<ZmqMessage> request : requests) {
						assertThat(request.handle((reply, ex) -> ex).get(60, TimeUnit.SECONDS))
							.isInstanceOf(ZmqRequestTimeoutException.class);
					}
				}
				assertThat(app.requests().status("ask").timeouts()).isEqualTo(20_000);
				assertThat(app.requests().status("ask").pending()).isZero();
				Awaitility.await().atMost(LONG).until(() -> app.requests().queued("ask") < 2500);
			}
		}
	}

	@Test
	void whatMakesNoSenseIsRefusedAndTakesNoPlace() {
		try (RequestApp app = RequestApp.client("1", "zmq.template.max-pending-requests=1")) {
			for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
				assertThatIllegalArgumentException()
					.isThrownBy(() -> app.template().newMessage("x").to("ask").timeout(timeout).request(String.class))
					.withMessageContaining("timeout");
			}
			assertThatIllegalArgumentException()
				.isThrownBy(() -> app.template().newMessage("x").to("ask").retries(-1).request(String.class))
				.withMessageContaining("retries");
			CompletableFuture<ZmqMessage> longest = app.template()
				.newMessage("x")
				.to("ask")
				.timeout(Duration.ofSeconds(Long.MAX_VALUE))
				.retries(Integer.MAX_VALUE)
				.requestAsync(ZmqMessage.class);
			assertThat(longest).isNotDone();
			assertThat(app.requests().status("ask").pending()).isOne();
			longest.cancel(false);
		}
	}

	@Test
	void afterTheStopThereAreNoRequests() {
		RequestApp app = RequestApp.client("1");
		RequestClients requests = app.requests();
		CompletableFuture<ZmqMessage> before = app.template().requestAsync("ask", "x", ZmqMessage.class);
		app.close();
		for (CompletableFuture<?> request : List.of(before,
				requests.request("ask", new byte[][] { {} }, Duration.ofSeconds(1), 0))) {
			assertThat(request).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withCauseInstanceOf(ZmqSocketClosedException.class);
		}
	}

	private static List<CompletableFuture<String>> ask(ZmqTemplate template, int count) {
		List<CompletableFuture<String>> replies = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			replies.add(template.requestAsync("ask", "x" + i, String.class));
		}
		return replies;
	}

	private static String bind(ZMQ.Socket socket, int port) {
		socket.bind("tcp://127.0.0.1:" + ((port != 0) ? port : "*"));
		String endpoint = socket.getLastEndpoint();
		return endpoint.substring(endpoint.lastIndexOf(':') + 1);
	}

	private static int freePort(ZContext peers) {
		ZMQ.Socket socket = peers.createSocket(SocketType.REP);
		int port = Integer.parseInt(bind(socket, 0));
		socket.close();
		return port;
	}

	/**
	 * A server in a thread of its own: a strict REP, or a ROUTER, which may be silent.
	 */
	private static final class Server {

		private final AtomicInteger served = new AtomicInteger();

		private final Thread thread;

		private final int port;

		private volatile boolean stopping;

		private volatile boolean silent;

		Server(ZContext context, int port) {
			this(context, SocketType.REP, port);
		}

		Server(ZContext context, SocketType type, int port) {
			ZMQ.Socket rep = context.createSocket(type);
			rep.setReceiveTimeOut(20);
			rep.setLinger(0);
			int[] bound = new int[1];
			Awaitility.await().ignoreExceptions().atMost(LONG).until(() -> {
				bound[0] = Integer.parseInt(bind(rep, port));
				return true;
			});
			this.port = bound[0];
			this.thread = new Thread(() -> {
				while (!this.stopping) {
					ZMsg message = ZMsg.recvMsg(rep);
					if (message != null) {
						this.served.incrementAndGet();
						if (!this.silent) {
							message.add("re:" + message.removeLast());
							message.send(rep);
						}
					}
				}
				rep.close();
			}, "test-server");
			this.thread.start();
		}

		void stop() throws InterruptedException {
			this.stopping = true;
			this.thread.join();
		}

	}

}
