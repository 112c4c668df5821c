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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRequestTimeoutException;
import io.github.zmqspring.core.ZmqSendInterceptor;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requests that are made one after the other: the caller reads the reply itself then, and
 * nothing else may suffer from that.
 */
@NoLeaks
@Timeout(60)
class WaitingCallerTests {

	private static final int MANY = 60;

	private final Server server = new Server();

	private RequestApp app;

	@BeforeEach
	void start() {
		this.app = RequestApp.start(Completions.class, "zmq.sockets.ask.type=req",
				"zmq.sockets.ask.connect=" + this.server.endpoint(), "zmq.template.request-timeout=30s");
	}

	@AfterEach
	void stop() throws Exception {
		this.app.close();
		this.server.close();
	}

	@Test
	void aCallerReadsTheRepliesOfRequestsThatItMakesOneAfterTheOther() {
		askInOrder();
		long own = threads().stream().filter((thread) -> thread == Thread.currentThread()).count();
		assertThat(own).isGreaterThan(MANY / 2);
	}

	@Test
	void aReplyThatNoThreadWaitsForComesOnTheThreadForReplies() throws Exception {
		askInOrder();
		for (int i = 0; i < 5; i++) {
			CompletableFuture<String> reply = this.app.template().requestAsync("ask", "later", String.class);
			assertThat(reply.get(20, TimeUnit.SECONDS)).isEqualTo("later");
			askInOrder();
		}
		threads().clear();
		CompletableFuture<String> reply = this.app.template().requestAsync("ask", "keep", String.class);
		AtomicReference<@Nullable String> thread = new AtomicReference<>();
		CompletableFuture<Void> handled = reply.thenAccept((text) -> thread.set(Thread.currentThread().getName()));
		assertThat(ask("release")).isEqualTo("release");
		handled.get(20, TimeUnit.SECONDS);
		assertThat(thread.get()).isEqualTo("zmq-ask-replies-1");
	}

	@Test
	void aCallerThatWaitsHoldsUpNoReplyOfAnother() throws Exception {
		askInOrder();
		CompletableFuture<String> waiting = onItsOwnThread("keep");
		for (int i = 0; i < 20; i++) {
			String body = "request " + i;
			assertThat(this.app.template().requestAsync("ask", body, String.class).get(20, TimeUnit.SECONDS))
				.isEqualTo(body);
			assertThat(ask(body)).isEqualTo(body);
		}
		assertThat(waiting).isNotDone();
		assertThat(ask("release")).isEqualTo("release");
		assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("keep");
	}

	@Test
	void manyCallersThatComeAndGoAllGetTheirOwnReplies() throws Exception {
		List<Thread> callers = new ArrayList<>();
		Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
		for (int i = 0; i < 3; i++) {
			int number = i;
			Thread caller = new Thread(() -> {
				try {
					for (int j = 0; j < 60 * (number + 1); j++) {
						String body = number + " " + j;
						assertThat((j % 30 != 29) ? ask(body)
								: this.app.template().requestAsync("ask", body, String.class).get())
							.isEqualTo(body);
					}
				}
				catch (Throwable ex) {
					failures.add(ex);
				}
			});
			callers.add(caller);
			caller.start();
		}
		for (Thread caller : callers) {
			caller.join(50_000);
			assertThat(caller.isAlive()).isFalse();
		}
		assertThat(failures).isEmpty();
		assertThat(this.app.requests().status("ask").late()).isZero();
	}

	@Test
	void aRequestTimesOutOnTheCallerThatReads() {
		askInOrder();
		assertThatExceptionOfType(ZmqRequestTimeoutException.class).isThrownBy(() -> this.app.template()
			.newMessage("keep")
			.to("ask")
			.timeout(Duration.ofMillis(100))
			.request(String.class));
		assertThat(ask("release")).isEqualTo("release");
		Awaitility.await().until(() -> this.app.requests().status("ask").late() == 1);
		askInOrder();
	}

	@Test
	void anInterruptEndsTheWaitOfTheCallerThatReads() throws Exception {
		askInOrder();
		CountDownLatch interrupted = new CountDownLatch(1);
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		Thread caller = new Thread(() -> {
			try {
				ask("keep");
			}
			catch (ZmqException ex) {
				if (Thread.currentThread().isInterrupted()) {
					failure.set(ex.getCause());
				}
			}
			interrupted.countDown();
		});
		caller.start();
		this.server.awaitKept(1);
		caller.interrupt();
		assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(failure.get()).isInstanceOf(InterruptedException.class);
		assertThat(this.app.requests().status("ask").pending()).isZero();
		askInOrder();
	}

	@Test
	void theEndOfTheApplicationEndsTheWaitOfTheCallerThatReads() throws Exception {
		askInOrder();
		CompletableFuture<String> waiting = onItsOwnThread("keep");
		this.server.awaitKept(1);
		this.app.close();
		assertThat(waiting.handle((reply, ex) -> ex).get(20, TimeUnit.SECONDS))
			.isInstanceOf(ZmqSocketClosedException.class);
	}

	@Test
	void aSocketThatIsStoppedAndStartedAgainServesTheCallerThatReads() {
		askInOrder();
		this.app.sockets().stop("ask");
		this.app.sockets().start("ask");
		askInOrder();
	}

	private CompletableFuture<String> onItsOwnThread(String body) {
		CompletableFuture<String> result = new CompletableFuture<>();
		new Thread(() -> {
			try {
				result.complete(ask(body));
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		}).start();
		return result;
	}

	private String ask(String body) {
		return this.app.template().convertSendAndReceive("ask", body, String.class);
	}

	private void askInOrder() {
		for (int i = 0; i < MANY; i++) {
			assertThat(ask("request " + i)).isEqualTo("request " + i);
		}
	}

	/** Return the threads on which requests ended. */
	private Queue<Thread> threads() {
		return this.app.bean(Completions.class).threads;
	}

	@Configuration(proxyBeanMethods = false)
	static class Completions implements ZmqSendInterceptor {

		private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

		@Override
		public void afterSend(SocketDefinition socket, ZmqMessage message, @Nullable Throwable failure) {
			this.threads.add(Thread.currentThread());
		}

	}

	/** Answers each request, but those to keep not before it is told to. */
	private static final class Server {

		private final ZContext context = new ZContext();

		private final ZMQ.Socket router = this.context.createSocket(SocketType.ROUTER);

		private final Queue<ZMsg> kept = new ConcurrentLinkedQueue<>();

		private final Thread thread = new Thread(this::serve);

		private volatile boolean ending;

		Server() {
			this.router.setHandshakeIvl(1000);
			this.router.setReceiveTimeOut(100);
			this.router.bind("tcp://127.0.0.1:*");
			this.thread.start();
		}

		String endpoint() {
			return this.router.getLastEndpoint();
		}

		void awaitKept(int count) {
			Awaitility.await().until(() -> this.kept.size() >= count);
		}

		private void serve() {
			while (!this.ending) {
				ZMsg request = ZMsg.recvMsg(this.router);
				if (request == null) {
					continue;
				}
				String body = new String(request.getLast().getData(), StandardCharsets.UTF_8);
				if (body.equals("keep")) {
					this.kept.add(request);
					continue;
				}
				while (body.equals("release") && !this.kept.isEmpty()) {
					this.kept.remove().send(this.router);
				}
				request.send(this.router);
			}
		}

		void close() throws InterruptedException {
			this.ending = true;
			this.thread.join();
			this.context.close();
		}

	}

}
