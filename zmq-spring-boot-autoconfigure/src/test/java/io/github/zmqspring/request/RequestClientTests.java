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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRequestTimeoutException;
import io.github.zmqspring.core.ZmqSendTimeoutException;
import io.github.zmqspring.core.ZmqTooManyRequestsException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.core.status.RequestStatus;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Requests of ours against servers that run on libzmq.
 */
@NoLeaks
@RequiresPyzmq
class RequestClientTests {

	/** Without a mark of its own: at one, libzmq's REP drops replies without a word. */
	private static final String ECHO_SERVER = """
			rep = ctx.socket(zmq.REP)
			rep.sndhwm = 0
			port = sys.argv[1] if len(sys.argv) > 1 else '*'
			rep.bind('tcp://127.0.0.1:' + port)
			say('port', rep.getsockopt(zmq.LAST_ENDPOINT).decode().rsplit(':', 1)[1].strip(chr(0)))
			name = sys.argv[2].encode() if len(sys.argv) > 2 else b''
			while True:
			    rep.send(name + rep.recv())
			""";

	/** Answers only when told: each line says how often and with what to answer. */
	private static final String ROUTER_SERVER = """
			router = ctx.socket(zmq.ROUTER)
			router.bind('tcp://127.0.0.1:*')
			say('port', router.getsockopt(zmq.LAST_ENDPOINT).decode().rsplit(':', 1)[1].strip(chr(0)))
			while True:
			    frames = router.recv_multipart()
			    say('got', frames[-1].decode())
			    order = hear()
			    for answer in order.split():
			        router.send_multipart(frames[:-1] + [answer.encode()])
			""";

	@Test
	void tenThousandRequestsAtOnceOnOneSocketAllReturnRight() throws Exception {
		try (PythonPeer server = PythonPeer.start(ECHO_SERVER);
				RequestApp app = RequestApp.client(port(server), "zmq.template.request-timeout=60s")) {
			List<CompletableFuture<String>> replies = new ArrayList<>();
			for (int i = 0; i < 10_000; i++) {
				replies.add(app.template().requestAsync("ask", "request " + i, String.class));
			}
			for (int i = 0; i < 10_000; i++) {
				assertThat(replies.get(i).get(60, TimeUnit.SECONDS)).isEqualTo("request " + i);
			}
			RequestStatus status = app.requests().status("ask");
			assertThat(status.replies()).isEqualTo(10_000);
			assertThat(status.pending()).isZero();
			assertThat(status.late()).isZero();
		}
	}

	@Test
	void aServerThatIsKilledAndStartedAgainLosesNoRequest() throws Exception {
		PythonPeer first = PythonPeer.start(ECHO_SERVER);
		String port = port(first);
		try (RequestApp app = RequestApp.client(port, "zmq.template.request-timeout=500ms",
				"zmq.template.request-retries=60", "zmq.defaults.reconnect-interval=20ms")) {
			List<CompletableFuture<String>> replies = new ArrayList<>();
			for (int i = 0; i < 300; i++) {
				replies.add(app.template().requestAsync("ask", "a" + i, String.class));
			}
			replies.get(100).get(20, TimeUnit.SECONDS);
			first.kill();
			for (int i = 300; i < 600; i++) {
				replies.add(app.template().requestAsync("ask", "a" + i, String.class));
			}
			first.awaitExit();
			try (PythonPeer second = PythonPeer.start(ECHO_SERVER, port)) {
				assertThat(port(second)).isEqualTo(port);
				for (int i = 0; i < 600; i++) {
					assertThat(replies.get(i).get(40, TimeUnit.SECONDS)).isEqualTo("a" + i);
				}
			}
		}
		finally {
			first.close();
		}
	}

	@Test
	void aRetryGoesToTheNextServer() throws Exception {
		try (PythonPeer one = PythonPeer.start(ECHO_SERVER, "*", "one:");
				PythonPeer two = PythonPeer.start(ECHO_SERVER, "*", "two:")) {
			String ports = "tcp://127.0.0.1:%s,tcp://127.0.0.1:%s".formatted(port(one), port(two));
			try (RequestApp app = RequestApp.start(RequestApp.Nothing.class, "zmq.sockets.ask.type=req",
					"zmq.sockets.ask.connect=" + ports, "zmq.template.request-timeout=1s",
					"zmq.template.request-retries=5",
					// on a slow machine it would end the connection of the one that is
					// held
					"zmq.sockets.ask.options.heartbeat-interval=0")) {
				assertThat(app.sockets().awaitPeers("ask", 2, Duration.ofSeconds(20))).isTrue();
				one.signal("STOP");
				for (int i = 0; i < 6; i++) {
					assertThat(app.template().convertSendAndReceive("ask", "x" + i, String.class))
						.isEqualTo("two:x" + i);
				}
				assertThat(app.requests().status("ask").retries()).isPositive();
				one.signal("CONT");
				// the answers of the one that was held come now, twice or too late
				Awaitility.await().until(() -> app.requests().status("ask").late() > 0);
			}
		}
	}

	@Test
	void aRequestThatGetsNoReplySaysWhenItWasTried() {
		try (PythonPeer server = PythonPeer.start(ROUTER_SERVER);
				RequestApp app = RequestApp.client(port(server), "zmq.template.request-timeout=100ms",
						"zmq.template.request-retries=2", "zmq.template.request-back-off=20ms")) {
			assertThatExceptionOfType(ZmqRequestTimeoutException.class)
				.isThrownBy(() -> app.template().convertSendAndReceive("ask", "secret", String.class))
				.satisfies((ex) -> {
					assertThat(ex.getSocket()).isEqualTo("ask");
					assertThat(ex.getAttempts()).isEqualTo(3);
					assertThat(ex.getAttemptLog()).hasSize(3).allMatch(ZmqRequestTimeoutException.Attempt::sent);
					assertThat(ex).hasMessageContaining("'ask'").message().doesNotContain("secret");
				});
			assertThat(app.requests().status("ask").timeouts()).isOne();
		}
	}

	@Test
	void withoutAServerTheExceptionIsThatOfASend() {
		try (RequestApp app = RequestApp.start(RequestApp.Nothing.class, "zmq.sockets.ask.type=req",
				"zmq.sockets.ask.bind=tcp://127.0.0.1:*", "zmq.template.request-timeout=100ms")) {
			assertThatExceptionOfType(ZmqSendTimeoutException.class)
				.isThrownBy(() -> app.template().convertSendAndReceive("ask", "x", String.class))
				.withMessageContaining("'ask'");
		}
	}

	@Test
	void lateAndSecondRepliesAreCountedAndDropped() {
		try (PythonPeer server = PythonPeer.start(ROUTER_SERVER); RequestApp app = RequestApp.client(port(server))) {
			CompletableFuture<String> twice = app.template().requestAsync("ask", "1", String.class);
			server.awaitLine("got 1");
			server.tell("first second");
			assertThat(twice).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("first");
			Awaitility.await().until(() -> app.requests().status("ask").late() == 1);
			CompletableFuture<String> cancelled = app.template().requestAsync("ask", "2", String.class);
			server.awaitLine("got 2");
			assertThat(app.requests().status("ask").pending()).isOne();
			cancelled.cancel(false);
			assertThat(app.requests().status("ask").pending()).isZero();
			server.tell("late");
			Awaitility.await().until(() -> app.requests().status("ask").late() == 2);
			CompletableFuture<String> after = app.template().requestAsync("ask", "3", String.class);
			server.awaitLine("got 3");
			server.tell("right");
			assertThat(after).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("right");
		}
	}

	@Test
	void moreRequestsThanMayBePendingAreRefused() throws Exception {
		try (PythonPeer server = PythonPeer.start(ROUTER_SERVER);
				RequestApp app = RequestApp.client(port(server), "zmq.template.max-pending-requests=2")) {
			// what is cancelled before there is a server is never sent
			assertThat(app.sockets().awaitPeers("ask", 1, Duration.ofSeconds(20))).isTrue();
			CompletableFuture<String> one = app.template().requestAsync("ask", "1", String.class);
			CompletableFuture<String> two = app.template().requestAsync("ask", "2", String.class);
			for (int i = 0; i < 3; i++) {
				// one that is refused takes no place
				assertThatExceptionOfType(ZmqTooManyRequestsException.class)
					.isThrownBy(() -> app.template().convertSendAndReceive("ask", "3", String.class))
					.withMessageContaining("'ask'")
					.withMessageContaining("max-pending-requests");
			}
			one.cancel(false);
			two.cancel(false);
			server.awaitLine("got 1");
			server.tell("-");
			server.awaitLine("got 2");
			server.tell("-");
			CompletableFuture<String> three = app.template().requestAsync("ask", "3", String.class);
			server.awaitLine("got 3");
			server.tell("ok");
			assertThat(three).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("ok");
		}
	}

	@Test
	void aTimeoutAndRetriesMayBeGivenForOneRequest() {
		try (PythonPeer server = PythonPeer.start(ROUTER_SERVER);
				RequestApp app = RequestApp.client(port(server), "zmq.template.request-timeout=60s")) {
			assertThatExceptionOfType(ZmqRequestTimeoutException.class)
				.isThrownBy(() -> app.template()
					.newMessage("x")
					.to("ask")
					.timeout(Duration.ofMillis(50))
					.retries(1)
					.request(String.class))
				.satisfies((ex) -> assertThat(ex.getAttempts()).isEqualTo(2));
		}
	}

	@Test
	void aMultipartRequestKeepsItsFrames() {
		String server = """
				rep = ctx.socket(zmq.REP)
				say('port', rep.bind_to_random_port('tcp://127.0.0.1'))
				while True:
				    rep.send_multipart(list(reversed(rep.recv_multipart())))
				""";
		try (PythonPeer peer = PythonPeer.start(server); RequestApp app = RequestApp.client(port(peer))) {
			ZmqMessage reply = app.template()
				.convertSendAndReceive("ask", ZmqMessage.of("a", "", "c"), ZmqMessage.class);
			assertThat(reply.size()).isEqualTo(3);
			assertThat(List.of(reply.text(0), reply.text(1), reply.text(2))).containsExactly("c", "", "a");
		}
	}

	@Test
	void aReqSocketNeitherSendsNorReceivesWithoutARequest() {
		try (RequestApp app = RequestApp.client("1")) {
			assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
				.isThrownBy(() -> app.template().convertAndSend("ask", "x"))
				.withMessageContaining("'ask'")
				.withMessageContaining("convertSendAndReceive");
			assertThatExceptionOfType(ZmqUnsupportedOperationException.class)
				.isThrownBy(() -> app.template().receive("ask"));
		}
	}

	@Test
	void aRequestWhoseThreadIsInterruptedIsGivenUp() throws InterruptedException {
		try (RequestApp app = RequestApp.client("1", "zmq.template.request-timeout=60s")) {
			CompletableFuture<String> failure = new CompletableFuture<>();
			Thread asking = new Thread(() -> {
				try {
					app.template().convertSendAndReceive("ask", "x", String.class);
				}
				catch (ZmqException ex) {
					failure.complete(ex.getMessage() + Thread.currentThread().isInterrupted());
				}
			});
			asking.start();
			Awaitility.await().until(() -> app.requests().status("ask").pending() == 1);
			asking.interrupt();
			assertThat(failure.orTimeout(20, TimeUnit.SECONDS).join())
				.isEqualTo("Interrupted while waiting for a reply on socket 'ask'true");
			assertThat(app.requests().status("ask").pending()).isZero();
			asking.join();
		}
	}

	@Test
	void requestsThatWaitEndWithTheApplication() {
		CompletableFuture<String> waiting;
		try (PythonPeer server = PythonPeer.start(ROUTER_SERVER);
				RequestApp app = RequestApp.client(port(server), "zmq.template.request-timeout=60s")) {
			waiting = app.template().requestAsync("ask", "x", String.class);
			server.awaitLine("got x");
			assertThat(waiting).isNotDone();
			app.close();
			assertThat(waiting).isCompletedExceptionally();
			assertThatNoException().isThrownBy(server::kill);
		}
	}

	private static String port(PythonPeer server) {
		return server.awaitLine("port ").substring("port ".length()).trim();
	}

}
