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

package io.github.zmqspring.feed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.app.UserApp;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSendInterceptor;
import io.github.zmqspring.core.ZmqSendTimeoutException;
import io.github.zmqspring.core.ZmqUnknownSocketException;
import io.github.zmqspring.listener.ZmqDeadLetter;
import io.github.zmqspring.listener.ZmqDeadLetters;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Interceptors of sends, sends after a commit, and retries that free their lane.
 */
@NoLeaks
@Timeout(120)
class SendingOnceTests {

	@Test
	@RequiresPyzmq
	void interceptorsSeeEverySendAndMayChangeOrRefuseIt() throws InterruptedException {
		try (UserApp app = UserApp.start(Intercepted.class, "out.type=push", "out.bind=ANY", "out.options.send-hwm=5",
				"out.options.send-timeout=100ms", "in.type=pull", "in.bind=inproc://in", "own.type=push",
				"own.connect=inproc://in", "next.type=push", "next.bind=ANY", "rpc.type=rep", "rpc.bind=inproc://rpc",
				"ask.type=req", "ask.connect=inproc://rpc")) {
			Intercepted intercepted = app.bean(Intercepted.class);
			assertThatIllegalStateException().isThrownBy(() -> app.template.convertAndSend("out", "refuse this"))
				.withMessage("refused");
			assertThatExceptionOfType(ZmqSendTimeoutException.class)
				.isThrownBy(() -> app.template.convertAndSend("out", "no peer"));
			assertThat(intercepted.seen).containsExactly("out no peer", "out failed ZmqSendTimeoutException");
			intercepted.seen.clear();
			try (PythonPeer peer = PythonPeer.start("""
					import sys
					one, two = ctx.socket(zmq.PULL), ctx.socket(zmq.PULL)
					one.connect(sys.argv[1])
					two.connect(sys.argv[2])
					say("got", one.recv_multipart(), one.recv_multipart(), one.recv_multipart())
					say("next", two.recv_multipart())
					""", app.endpoint("out"), app.endpoint("next"))) {
				assertThat(app.sockets.awaitPeers("out", 1, Duration.ofSeconds(20))).isTrue();
				app.template.convertAndSend("out", "change this");
				app.template.sendFrames("out", "a", "b");
				app.template.sendAsync("out", "later").join();
				assertThat(peer.awaitLine("got")).isEqualTo("got [b'changed'] [b'a', b'b'] [b'later']");
				app.template.convertAndSend("own", "x");
				assertThat(peer.awaitLine("next")).isEqualTo("next [b'on x']");
				assertThat(app.template.convertSendAndReceive("ask", "q", String.class)).isEqualTo("reply q");
				Awaitility.await()
					.untilAsserted(() -> assertThat(intercepted.seen).contains("out change this", "out sent", "out a",
							"out later", "own x", "next on x", "ask q", "rpc reply q", "rpc sent", "ask sent"));
				UserApp.awaitEnd(peer);
			}
		}
	}

	@Test
	void aMessageIsSentAfterTheCommitAndNotAfterARollback() throws InterruptedException {
		try (UserApp app = UserApp.start(Collecting.class, "out.type=push", "out.bind=inproc://commits", "in.type=pull",
				"in.connect=inproc://commits")) {
			Collecting collecting = app.bean(Collecting.class);
			TransactionTemplate transaction = new TransactionTemplate(new Transactions());
			transaction.executeWithoutResult((status) -> {
				app.template.newMessage("committed").to("out").sendAfterCommit();
				app.template.convertAndSend("out", "at once");
			});
			assertThat(UserApp.next(collecting.texts)).isEqualTo("at once");
			assertThat(UserApp.next(collecting.texts)).isEqualTo("committed");
			transaction.executeWithoutResult((status) -> {
				app.template.newMessage("rolled back").to("out").sendAfterCommit();
				status.setRollbackOnly();
			});
			app.template.newMessage("without").to("out").sendAfterCommit();
			// a synchronization alone has no commit
			TransactionSynchronizationManager.initSynchronization();
			try {
				app.template.newMessage("synchronized").to("out").sendAfterCommit();
			}
			finally {
				TransactionSynchronizationManager.clearSynchronization();
			}
			assertThat(UserApp.next(collecting.texts)).isEqualTo("without");
			assertThat(UserApp.next(collecting.texts)).isEqualTo("synchronized");
			assertThatExceptionOfType(ZmqUnknownSocketException.class)
				.isThrownBy(() -> transaction.executeWithoutResult((status) -> {
					app.template.newMessage("nowhere").to("missing").sendAfterCommit();
					app.template.newMessage("behind a failure").to("out").sendAfterCommit();
				}));
			assertThat(UserApp.next(collecting.texts)).isEqualTo("behind a failure");
			transaction.executeWithoutResult((status) -> TransactionSynchronizationManager
				.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						app.template.newMessage("from a callback").to("out").sendAfterCommit();
					}

				}));
			assertThat(UserApp.next(collecting.texts)).isEqualTo("from a callback");
			app.sockets.stop("out");
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> transaction
					.executeWithoutResult((status) -> app.template.newMessage("too late").to("out").sendAfterCommit()))
				.withMessageContaining("out");
		}
	}

	@Test
	void aRetryThatDoesNotBlockFreesItsLaneAndEndsWithADeadLetterThatCanBeSentAgain() throws InterruptedException {
		try (UserApp app = UserApp.start(Failing.class, "out.type=push", "out.bind=inproc://work", "in.type=pull",
				"in.connect=inproc://work", "dead.type=push", "dead.bind=inproc://dead", "letters.type=pull",
				"letters.connect=inproc://dead", "zmq.listener.retry.max-attempts=3",
				"zmq.listener.retry.initial-interval=1s", "zmq.listener.retry.multiplier=1",
				"zmq.listener.retry.blocking=false", "zmq.listener.dead-letter=dead")) {
			Failing failing = app.bean(Failing.class);
			app.template.convertAndSend("out", "twice");
			app.template.convertAndSend("out", "never");
			app.template.convertAndSend("out", "good");
			// the others wait a second
			assertThat(UserApp.next(failing.handled)).isEqualTo("good");
			assertThat(app.bean(ZmqListenerRegistry.class).status("work").active()).isPositive();
			assertThat(UserApp.next(failing.handled)).isEqualTo("twice");
			ZmqDeadLetters letters = app.bean(ZmqDeadLetters.class);
			ZmqDeadLetter letter = letters.receive("letters", Duration.ofSeconds(20));
			assertThat(letter).isNotNull();
			assertThat(letter.message().text(0)).isEqualTo("never");
			assertThat(letter.attempts()).isEqualTo(3);
			assertThat(app.bean(ZmqListenerRegistry.class).status("work").failed()).isOne();
			failing.cured = true;
			letters.sendAgain(letter, "out");
			assertThat(UserApp.next(failing.handled)).isEqualTo("never");
			Awaitility.await().until(() -> app.bean(ZmqListenerRegistry.class).status("work").active() == 0);
			assertThat(app.bean(ZmqListenerRegistry.class).status("work").handled()).isEqualTo(3);
		}
	}

	@Test
	void aMessageThatWaitsForItsRetryIsReportedWhenTheListenerStops() throws InterruptedException {
		Failing failing;
		try (UserApp app = UserApp.start(Failing.class, "out.type=push", "out.bind=inproc://work", "in.type=pull",
				"in.connect=inproc://work", "dead.type=push", "dead.bind=inproc://dead", "letters.type=pull",
				"letters.connect=inproc://dead", "zmq.listener.retry.max-attempts=3",
				"zmq.listener.retry.initial-interval=10m", "zmq.listener.retry.max-interval=10m",
				"zmq.listener.retry.blocking=false", "zmq.listener.dead-letter=dead",
				"spring.lifecycle.timeout-per-shutdown-phase=500ms")) {
			failing = app.bean(Failing.class);
			app.template.convertAndSend("out", "never");
			assertThat(failing.calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
			ZmqListenerRegistry listeners = app.bean(ZmqListenerRegistry.class);
			listeners.stop("work");
			assertThat(listeners.status("work").unhandled()).isOne();
			ZmqDeadLetter letter = app.bean(ZmqDeadLetters.class).receive("letters", Duration.ofSeconds(20));
			assertThat(letter).isNotNull();
			assertThat(letter.message().text(0)).isEqualTo("never");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Collecting {

		final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

		@ZmqListener("in")
		void received(String text) {
			this.texts.add(text);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Failing {

		final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

		final Semaphore calls = new Semaphore(0);

		private final AtomicInteger twice = new AtomicInteger();

		private volatile boolean cured;

		@ZmqListener(id = "work", socket = "in")
		void work(String text) {
			this.calls.release();
			boolean fails = ("twice".equals(text) && this.twice.incrementAndGet() < 3)
					|| ("never".equals(text) && !this.cured);
			if (fails) {
				throw new IllegalStateException("on purpose");
			}
			this.handled.add(text);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Intercepted {

		final List<String> seen = new CopyOnWriteArrayList<>();

		@Bean
		ZmqSendInterceptor interceptor() {
			return new ZmqSendInterceptor() {

				@Override
				public ZmqMessage beforeSend(SocketDefinition socket, ZmqMessage message) {
					String text = message.text(message.size() - 1);
					if (text.startsWith("refuse")) {
						throw new IllegalStateException("refused");
					}
					Intercepted.this.seen.add(socket.name() + " "
							+ ((message.size() == 2 && "out".equals(socket.name())) ? message.text(0) : text));
					return (text.startsWith("change")) ? ZmqMessage.of("changed") : message;
				}

				@Override
				public void afterSend(SocketDefinition socket, ZmqMessage message, @Nullable Throwable failure) {
					Intercepted.this.seen.add(socket.name()
							+ ((failure != null) ? " failed " + failure.getClass().getSimpleName() : " sent"));
				}

			};
		}

		@ZmqListener("in")
		@SendTo("next")
		String on(String text) {
			return "on " + text;
		}

		@ZmqListener("rpc")
		String answer(String text) {
			return "reply " + text;
		}

	}

	/** A transaction manager without anything to manage. */
	private static final class Transactions extends AbstractPlatformTransactionManager {

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
