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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqErrorReplyConverter;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.request.suspending.SuspendingUser;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Listeners of ours that answer, against clients that run on libzmq.
 */
@NoLeaks
@RequiresPyzmq
class ReplyListenerTests {

	private static final String[] REP = { "zmq.sockets.rpc.type=rep", "zmq.sockets.rpc.bind=tcp://127.0.0.1:*" };

	private static final String[] ROUTER = { "zmq.sockets.rpc.type=router", "zmq.sockets.rpc.bind=tcp://127.0.0.1:*" };

	/** Asks each argument after the port, in lock-step, and says the answers. */
	private static final String STRICT_CLIENT = """
			req = ctx.socket(zmq.REQ)
			req.rcvtimeo = 20000
			req.connect('tcp://127.0.0.1:' + sys.argv[1])
			for question in sys.argv[2:]:
			    req.send_string(question)
			    say('answer', '|'.join(f.decode() for f in req.recv_multipart()))
			say('done')
			""";

	private static final String STREAM_CLIENT = """
			dealer = ctx.socket(zmq.DEALER); dealer.rcvtimeo = 20000
			dealer.connect('tcp://127.0.0.1:' + sys.argv[1])
			dealer.send_multipart([b'', b'3'])
			for i in range(4): say('answer', b'|'.join(dealer.recv_multipart()).decode())
			""";

	@Test
	void strictClientsThatAreKilledNeverStopTheOthers() {
		String clients = """
				socks = []
				for i in range(25):
				    s = ctx.socket(zmq.REQ); s.rcvtimeo = 30000
				    s.connect('tcp://127.0.0.1:' + sys.argv[1]); socks.append(s)
				for r in range(int(sys.argv[2])):
				    for i, s in enumerate(socks): s.send_string('%d-%d' % (r, i))
				    if r == 0: say('asked')
				    for i, s in enumerate(socks):
				        a = s.recv_multipart()
				        good = a == [b're:%d-%d' % (r, i)] if i % 5 else len(a) == 2 and a[0] == b'' and b'refused' in a[1]
				        if not good: say('wrong', a)
				say('done')
				""";
		try (RequestApp app = RequestApp.start(Mixed.class, REP)) {
			PythonPeer doomed = PythonPeer.start(clients, app.port("rpc"), 100_000);
			try (PythonPeer well = PythonPeer.start(clients, app.port("rpc"), 40)) {
				doomed.awaitLine("asked");
				well.awaitLine("asked");
				doomed.kill();
				doomed.awaitExit();
				well.awaitLine("done");
				assertThat(well.lines()).noneMatch((line) -> line.startsWith("wrong"));
			}
			finally {
				doomed.close();
			}
		}
	}

	@Test
	void aFailureIsAnsweredAndTheClientStaysUsable() {
		try (RequestApp app = RequestApp.start(Failing.class, REP);
				PythonPeer client = PythonPeer.start(STRICT_CLIENT, app.port("rpc"), "good", "bad", "good")) {
			assertThat(client.awaitLine("answer")).isEqualTo("answer ok");
			assertThat(client.awaitLine("answer")).isEqualTo("answer |{\"type\":\"urn:zmq:handler-error\","
					+ "\"title\":\"IllegalStateException\",\"detail\":\"said \\\"bad\\\"\"}");
			assertThat(client.awaitLine("answer")).isEqualTo("answer ok");
			client.awaitLine("done");
		}
	}

	@Test
	void ourClientGetsTheFailureAsAnException() {
		try (RequestApp server = RequestApp.start(Failing.class, REP);
				RequestApp client = RequestApp.client(server.port("rpc"))) {
			assertThatExceptionOfType(ZmqRemoteException.class)
				.isThrownBy(() -> client.template().convertSendAndReceive("ask", "bad", String.class))
				.satisfies((ex) -> assertThat(ex.getErrorType()).isEqualTo("IllegalStateException"))
				.withMessageContaining("said \"bad\"");
			assertThat(client.template().convertSendAndReceive("ask", "good", String.class)).isEqualTo("ok");
		}
	}

	@Test
	void aFailureMayBeAnsweredWithNothing() {
		String[] properties = { REP[0], REP[1], "zmq.listener.error-reply=none" };
		try (RequestApp app = RequestApp.start(Failing.class, properties);
				PythonPeer client = PythonPeer.start(STRICT_CLIENT, app.port("rpc"), "bad", "good")) {
			assertThat(client.awaitLine("answer")).isEqualTo("answer ");
			assertThat(client.awaitLine("answer")).isEqualTo("answer ok");
		}
	}

	@Test
	void aBeanMayMakeTheErrorReply() {
		try (RequestApp app = RequestApp.start(OwnErrorReply.class, REP);
				PythonPeer client = PythonPeer.start(STRICT_CLIENT, app.port("rpc"), "x", "unreadable")) {
			assertThat(client.awaitLine("answer")).isEqualTo("answer sorry: IllegalArgumentException");
			assertThat(client.awaitLine("answer")).isEqualTo("answer sorry: IllegalArgumentException");
			client.awaitLine("done");
		}
	}

	@Test
	void aReplyMayComeLaterAndInAnyForm() {
		try (RequestApp app = RequestApp.start(Later.class, REP);
				PythonPeer client = PythonPeer.start(STRICT_CLIENT, app.port("rpc"), "future", "mono", "failed", "null",
						"empty")) {
			assertThat(client.awaitLine("answer")).isEqualTo("answer from a future");
			assertThat(client.awaitLine("answer")).isEqualTo("answer from a mono");
			assertThat(client.awaitLine("answer")).contains("IllegalStateException").contains("later");
			assertThat(client.awaitLine("answer")).isEqualTo("answer ");
			assertThat(client.awaitLine("answer")).isEqualTo("answer ");
			client.awaitLine("done");
		}
	}

	@Test
	void aKotlinFunctionMaySuspend() {
		try (RequestApp app = RequestApp.start(SuspendingListener.class, REP);
				PythonPeer client = PythonPeer.start(STRICT_CLIENT, app.port("rpc"), "good", "bad")) {
			assertThat(client.awaitLine("answer")).isEqualTo("answer after a while: good");
			assertThat(client.awaitLine("answer")).contains("suspended and failed");
		}
	}

	@Test
	void aKotlinFlowIsAStream() {
		try (RequestApp app = RequestApp.start(FlowListener.class, ROUTER);
				PythonPeer client = PythonPeer.start(STREAM_CLIENT, app.port("rpc"))) {
			for (String answer : List.of("|1", "|2", "|3", "|")) {
				assertThat(client.awaitLine("answer")).isEqualTo("answer " + answer);
			}
		}
	}

	@Test
	void aKotlinClientMaySuspend() {
		try (RequestApp server = RequestApp.start(SuspendingListener.class, REP);
				RequestApp client = RequestApp.start(SuspendingUser.class, "zmq.sockets.ask.type=req",
						"zmq.sockets.ask.connect=tcp://127.0.0.1:" + server.port("rpc"))) {
			SuspendingUser user = client.bean(SuspendingUser.class);
			assertThat(user.ask("good")).isEqualTo("after a while: good");
			assertThatExceptionOfType(ZmqRemoteException.class).isThrownBy(() -> user.ask("bad"))
				.withMessageContaining("suspended and failed");
		}
	}

	@Test
	void eachElementOfAStreamIsAReplyAndAnEmptyOneEndsIt() {
		try (RequestApp app = RequestApp.start(Streaming.class, ROUTER);
				PythonPeer client = PythonPeer.start(STREAM_CLIENT, app.port("rpc"))) {
			for (String answer : List.of("|1", "|2", "|3", "|")) {
				assertThat(client.awaitLine("answer")).isEqualTo("answer " + answer);
			}
		}
	}

	@Test
	void aReplierRepliesAsOftenAsItLikesFromAnyThread() {
		String dealer = """
				dealer = ctx.socket(zmq.DEALER); dealer.rcvtimeo = 20000
				dealer.connect('tcp://127.0.0.1:' + sys.argv[1])
				dealer.send_multipart([b'id', b'', b'go'])
				for i in range(3): say('answer', b'|'.join(dealer.recv_multipart()).decode())
				""";
		try (RequestApp app = RequestApp.start(Replying.class, ROUTER[0], ROUTER[1],
				"zmq.sockets.rpc.return-path=delimiter");
				PythonPeer client = PythonPeer.start(dealer, app.port("rpc"))) {
			for (String answer : List.of("id||go 1", "id||go 2", "id||go 3")) {
				assertThat(client.awaitLine("answer")).isEqualTo("answer " + answer);
			}
		}
	}

	@Test
	void aReplierThatFailsBeforeItHasRepliedIsAnsweredWithTheError() {
		try (RequestApp app = RequestApp.start(FailingReplier.class, ROUTER);
				PythonPeer client = PythonPeer.start(STRICT_CLIENT, app.port("rpc"), "x")) {
			assertThat(client.awaitLine("answer")).startsWith("answer |{")
				.contains("\"title\":\"IllegalStateException\"");
			client.awaitLine("done");
		}
	}

	@Test
	void aPeerThatVanishedIsCountedAndHoldsNothingUp() throws Exception {
		String doomed = """
				dealer = ctx.socket(zmq.DEALER)
				dealer.connect('tcp://127.0.0.1:' + sys.argv[1])
				for i in range(50): dealer.send_multipart([b'', b'x'])
				say('sent')
				hear()
				""";
		try (RequestApp app = RequestApp.start(Held.class, ROUTER)) {
			Held held = app.bean(Held.class);
			PythonPeer dying = PythonPeer.start(doomed, app.port("rpc"));
			try {
				held.first.await();
				dying.awaitLine("sent");
				Awaitility.await().until(() -> app.sockets().status("rpc").peers() == 1);
				dying.kill();
				dying.awaitExit();
				Awaitility.await().until(() -> app.sockets().status("rpc").peers() == 0);
				held.go.countDown();
				Awaitility.await().until(() -> status(app).handled() == app.sockets().status("rpc").received());
				assertThat(status(app).undeliverable()).isPositive().isEqualTo(status(app).handled());
				try (PythonPeer next = PythonPeer.start(STRICT_CLIENT, app.port("rpc"), "y")) {
					assertThat(next.awaitLine("answer")).isEqualTo("answer held");
				}
				assertThat(status(app).failed()).isZero();
			}
			finally {
				dying.close();
			}
		}
	}

	@Test
	void throughTwoBrokersRepliesFindTheirWay() {
		String broker = """
				front = ctx.socket(zmq.ROUTER); back = ctx.socket(zmq.DEALER)
				# above its mark a ROUTER of libzmq drops replies, and it gets there when its I/O thread has no turn
				front.sndhwm = 0
				say('front', front.bind_to_random_port('tcp://127.0.0.1'))
				if sys.argv[1] == 'bind': say('back', back.bind_to_random_port('tcp://127.0.0.1'))
				else: back.connect('tcp://127.0.0.1:' + sys.argv[1])
				zmq.proxy(front, back)
				""";
		try (PythonPeer inner = PythonPeer.start(broker, "bind");
				PythonPeer outer = PythonPeer.start(broker, inner.awaitLine("front ").substring(6));
				RequestApp server = RequestApp.start(Concurrent.class, "zmq.sockets.rpc.type=rep",
						"zmq.sockets.rpc.connect=tcp://127.0.0.1:" + inner.awaitLine("back ").substring(5))) {
			String front = outer.awaitLine("front ").substring(6);
			try (PythonPeer strict = PythonPeer.start(STRICT_CLIENT, front, "a", "b", "c");
					RequestApp client = RequestApp.client(front)) {
				assertThat(strict.awaitLine("answer")).isEqualTo("answer re:a");
				ZmqTemplate template = client.template();
				List<CompletableFuture<String>> replies = java.util.stream.IntStream.range(0, 2000)
					.mapToObj((i) -> template.requestAsync("ask", "r" + i, String.class))
					.toList();
				for (int i = 0; i < replies.size(); i++) {
					assertThat(replies.get(i).join()).isEqualTo("re:r" + i);
				}
				strict.awaitLine("done");
			}
		}
	}

	@Test
	void throughTwoBrokersOfOursRepliesFindTheirWay() {
		try (RequestApp inner = RequestApp.start(RequestApp.Nothing.class, "zmq.proxies.inner.type=queue",
				"zmq.proxies.inner.frontend.bind=tcp://127.0.0.1:*",
				"zmq.proxies.inner.backend.bind=tcp://127.0.0.1:*");
				RequestApp outer = RequestApp.start(RequestApp.Nothing.class, "zmq.proxies.outer.type=queue",
						"zmq.proxies.outer.frontend.bind=tcp://127.0.0.1:*",
						"zmq.proxies.outer.backend.connect=tcp://127.0.0.1:" + inner.port("inner.frontend"));
				RequestApp server = RequestApp.start(Concurrent.class, "zmq.sockets.rpc.type=rep",
						"zmq.sockets.rpc.connect=tcp://127.0.0.1:" + inner.port("inner.backend"));
				RequestApp client = RequestApp.client(outer.port("outer.frontend"));
				PythonPeer strict = PythonPeer.start(STRICT_CLIENT, outer.port("outer.frontend"), "a", "b", "c")) {
			List<CompletableFuture<String>> replies = java.util.stream.IntStream.range(0, 2000)
				.mapToObj((i) -> client.template().requestAsync("ask", "r" + i, String.class))
				.toList();
			for (int i = 0; i < replies.size(); i++) {
				assertThat(replies.get(i).join()).isEqualTo("re:r" + i);
			}
			strict.awaitLine("done");
		}
	}

	private static ListenerStatus status(RequestApp app) {
		return app.listeners().status(app.listeners().ids().iterator().next());
	}

	@Configuration(proxyBeanMethods = false)
	static class Concurrent {

		@ZmqListener(socket = "rpc", concurrency = "4")
		String answer(String question) {
			return "re:" + question;
		}

	}

	/** Answers at once, later, or with an error. */
	@Configuration(proxyBeanMethods = false)
	static class Mixed {

		@ZmqListener(socket = "rpc", concurrency = "4")
		Object answer(String question) {
			int client = Integer.parseInt(question.substring(question.indexOf('-') + 1));
			if (client % 5 == 0) {
				throw new IllegalArgumentException("refused");
			}
			String answer = "re:" + question;
			return (client % 2 == 0) ? answer : CompletableFuture.supplyAsync(() -> answer);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@ZmqListener("rpc")
		String answer(String question) {
			if ("bad".equals(question)) {
				throw new IllegalStateException("said \"bad\"");
			}
			return "ok";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnErrorReply {

		@ZmqListener("rpc")
		String answer(String question) {
			throw new IllegalArgumentException(question);
		}

		@Bean
		ZmqErrorReplyConverter errorReplies() {
			return (request, failure) -> "sorry: " + failure.getClass().getSimpleName();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Later {

		@ZmqListener("rpc")
		@Nullable Object answer(String question) {
			return switch (question) {
				case "future" -> CompletableFuture.supplyAsync(() -> "from a future");
				case "mono" -> Mono.just("from a mono");
				case "failed" -> Mono.error(new IllegalStateException("later"));
				case "empty" -> Mono.empty();
				default -> null;
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Streaming {

		@ZmqListener("rpc")
		Flux<String> answer(String count) {
			return Flux.range(1, Integer.parseInt(count)).map(String::valueOf);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Replying {

		private final ExecutorService other = Executors.newSingleThreadExecutor();

		@ZmqListener("rpc")
		void answer(String question, ZmqReplier replier) {
			replier.reply(question + " 1");
			this.other.execute(() -> {
				replier.reply(question + " 2");
				replier.reply(question + " 3");
			});
			this.other.shutdown();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingReplier {

		@ZmqListener("rpc")
		void answer(String question, ZmqReplier replier) {
			throw new IllegalStateException("on purpose");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Held {

		private final CountDownLatch first = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

		@ZmqListener("rpc")
		String answer(String question) throws InterruptedException {
			this.first.countDown();
			this.go.await();
			return "held";
		}

	}

}
