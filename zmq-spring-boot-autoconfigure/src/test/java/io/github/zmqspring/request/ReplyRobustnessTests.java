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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqErrorReplyConverter;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.message.ErrorReply;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import reactor.core.publisher.Flux;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What clients that vanish, or do not read, and handlers that fail in the worst way do to
 * the others: nothing.
 */
@NoLeaks
class ReplyRobustnessTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String[] REP = { "zmq.sockets.rpc.type=rep", "zmq.sockets.rpc.bind=tcp://127.0.0.1:*" };

	@Test
	void aClientThatDoesNotReadHoldsTheOthersUpOnce() {
		String[] properties = { REP[0], REP[1], "zmq.sockets.rpc.options.send-hwm=1",
				"zmq.template.send-timeout=500ms" };
		try (RequestApp app = RequestApp.start(Large.class, properties); ZContext peers = new ZContext()) {
			ZMQ.Socket deaf = peers.createSocket(SocketType.DEALER);
			deaf.setRcvHWM(1);
			deaf.setLinger(0);
			deaf.setHandshakeIvl(1000);
			deaf.connect("tcp://127.0.0.1:" + app.port("rpc"));
			for (int i = 0; i < 300; i++) {
				deaf.sendMore("");
				deaf.send("large");
			}
			Awaitility.await().atMost(LONG).until(() -> status(app).undeliverable() > 0);
			assertThat(ask(peers, app, "small")).isEqualTo("small");
			Awaitility.await().atMost(LONG).until(() -> status(app).handled() == 301);
			assertThat(status(app).undeliverable()).isGreaterThan(200);
			assertThat(status(app).failed()).isZero();
		}
	}

	@Test
	void aStreamEndsWhenItsPeerHasVanished() throws Exception {
		try (RequestApp app = RequestApp.start(Endless.class, "zmq.sockets.rpc.type=router", REP[1]);
				ZContext peers = new ZContext()) {
			ZMQ.Socket dealer = connect(peers, SocketType.DEALER, app);
			dealer.sendMore("");
			dealer.send("go");
			assertThat(dealer.recv()).isEmpty();
			assertThat(dealer.recvStr()).isNotNull();
			dealer.close();
			assertThat(app.bean(Endless.class).cancelled.await(60, TimeUnit.SECONDS)).isTrue();
			Awaitility.await().atMost(LONG).until(() -> status(app).active() == 0);
			assertThat(status(app).undeliverable()).isPositive();
		}
	}

	@Test
	void whateverGoesWrongAStrictClientGetsAnAnswer() {
		try (RequestApp app = RequestApp.start(Worst.class, REP); ZContext peers = new ZContext()) {
			ZMQ.Socket req = connect(peers, SocketType.REQ, app);
			for (String question : new String[] { "exception", "error", "later", "unwritable", "good" }) {
				req.send(question);
				assertThat(req.recvStr()).as(question).isEqualTo("good".equals(question) ? "good" : "");
				while (req.hasReceiveMore()) {
					req.recv();
				}
			}
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void aReplyThatCannotBeSentAtAllIsLogged(CapturedOutput output) throws Exception {
		try (RequestApp app = RequestApp.start(Late.class, REP); ZContext peers = new ZContext()) {
			ZMQ.Socket req = connect(peers, SocketType.REQ, app);
			req.send("question");
			Late late = app.bean(Late.class);
			assertThat(late.asked.await(60, TimeUnit.SECONDS)).isTrue();
			app.sockets().remove("rpc");
			late.answered.countDown();
			Awaitility.await().atMost(LONG).until(() -> output.getOut().contains("Nor could an empty reply of "));
			assertThat(output).contains("The error reply of listener ");
		}
	}

	@Test
	void aReplierWorksUntilItsSocketIsClosed() {
		ZmqReplier replier;
		try (RequestApp app = RequestApp.start(Keeping.class, REP); ZContext peers = new ZContext()) {
			ZMQ.Socket req = connect(peers, SocketType.REQ, app);
			req.send("question");
			replier = app.bean(Keeping.class).replier.orTimeout(60, TimeUnit.SECONDS).join();
			app.listeners().stop(app.listeners().ids().iterator().next());
			replier.reply("after the listener");
			assertThat(req.recvStr()).isEqualTo("after the listener");
		}
		assertThatExceptionOfType(ZmqSocketClosedException.class).isThrownBy(() -> replier.reply("too late"))
			.withMessageContaining("rpc");
		assertThatExceptionOfType(ZmqSocketClosedException.class)
			.isThrownBy(() -> replier.error(new IllegalStateException("too late")));
	}

	@Test
	void aBatchCannotAnswerRequests() {
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> RequestApp.start(Batch.class, REP).close())
			.withMessageContaining("batch");
	}

	@Test
	void anErrorReplyNamesWhatFailedAndNotWhatWrapsIt() {
		ZmqErrorReplyConverter converter = ZmqErrorReplyConverter.message();
		assertThat(converter.toReply(null, new CompletionException(new IllegalStateException("inside"))))
			.isEqualTo(new ErrorReply("IllegalStateException", "inside"));
		assertThat(converter.toReply(null, new IllegalStateException("outside", new Exception("inside"))))
			.isEqualTo(new ErrorReply("IllegalStateException", "outside"));
		assertThat(converter.toReply(null, new NullPointerException()))
			.isEqualTo(new ErrorReply("NullPointerException", ""));
		assertThat(converter.toReply(null, new RuntimeException("nameless") {
		})).isInstanceOfSatisfying(ErrorReply.class, (reply) -> assertThat(reply.title()).isNotEmpty());
	}

	private static String ask(ZContext peers, RequestApp app, String question) {
		ZMQ.Socket req = connect(peers, SocketType.REQ, app);
		req.send(question);
		return req.recvStr();
	}

	private static ZMQ.Socket connect(ZContext peers, SocketType type, RequestApp app) {
		ZMQ.Socket socket = peers.createSocket(type);
		socket.setHandshakeIvl(1000);
		socket.setReceiveTimeOut(60_000);
		socket.setLinger(0);
		socket.connect("tcp://127.0.0.1:" + app.port("rpc"));
		return socket;
	}

	private static ListenerStatus status(RequestApp app) {
		return app.listeners().status(app.listeners().ids().iterator().next());
	}

	@Configuration(proxyBeanMethods = false)
	static class Large {

		private final byte[] large = new byte[1 << 20];

		@ZmqListener("rpc")
		byte[] answer(String question) {
			return "large".equals(question) ? this.large : question.getBytes();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Endless {

		private final CountDownLatch cancelled = new CountDownLatch(1);

		@ZmqListener("rpc")
		Flux<String> answer(String question) {
			return Flux.interval(Duration.ofMillis(5)).map(String::valueOf).doOnCancel(this.cancelled::countDown);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Worst {

		private final AtomicInteger calls = new AtomicInteger();

		@ZmqListener("rpc")
		@Nullable Object answer(String question) {
			this.calls.incrementAndGet();
			return switch (question) {
				case "exception" -> throw new IllegalStateException("no");
				case "error" -> throw new AssertionError("no");
				case "later" -> CompletableFuture.completedFuture(new Unwritable());
				case "unwritable" -> new Unwritable();
				default -> question;
			};
		}

		@Bean
		ZmqErrorReplyConverter errorReplies() {
			return (request, failure) -> {
				throw new IllegalStateException("nor can this be told");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Late {

		private final CountDownLatch asked = new CountDownLatch(1);

		private final CountDownLatch answered = new CountDownLatch(1);

		@ZmqListener("rpc")
		String answer(String question) throws InterruptedException {
			this.asked.countDown();
			this.answered.await(60, TimeUnit.SECONDS);
			throw new IllegalStateException("too late");
		}

	}

	static class Unwritable {

		public String getText() {
			throw new AssertionError("cannot be written");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Keeping {

		private final CompletableFuture<ZmqReplier> replier = new CompletableFuture<>();

		@ZmqListener("rpc")
		void answer(String question, ZmqReplier replier) {
			this.replier.complete(replier);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Batch {

		@ZmqListener(socket = "rpc", batch = true)
		void answer(java.util.List<String> questions) {
		}

	}

}
