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

package io.github.zmqspring.listener;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.autoconfigure.actuate.ZmqHealthAutoConfiguration;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSendTimeoutException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What other ZeroMQ libraries for Spring get wrong, one test for each case. The figures
 * of latency and throughput are the business of the benchmarks (IdleBenchmark,
 * LatencyBenchmark, ReceiveBenchmark): here it is only shown that nothing sleeps, stalls
 * or is lost.
 */
@NoLeaks
@ExtendWith(OutputCaptureExtension.class)
class PeerFailureTests {

	private static final String IN = "sockets.in.type=pull";

	private static final String BIND = "sockets.in.bind=tcp://127.0.0.1:*";

	private static final String OUT = "sockets.out.type=push";

	private static final String OUT_BIND = "sockets.out.bind=tcp://127.0.0.1:*";

	@Test
	void aMessageAfterAWhileIsHandledWhenItArrives() {
		try (ListenerApp app = ListenerApp.run(Texts.class, IN, BIND)) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			Texts bean = app.bean(Texts.class);
			List<Long> micros = new ArrayList<>();
			for (int i = 1; i <= 15; i++) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(60));
				long start = System.nanoTime();
				peer.send("m");
				while (bean.handled.get() < i && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10)) {
					Thread.onSpinWait();
				}
				micros.add((System.nanoTime() - start) / 1000);
			}
			Collections.sort(micros);
			// a consumer that sleeps when it is idle takes half a second
			assertThat(micros.get(micros.size() / 2)).isLessThan(200_000);
		}
	}

	@Test
	void manySmallMessagesAreAllHandledInOrderAndWithoutPauses() {
		try (ListenerApp app = ListenerApp.run(Texts.class, IN, BIND)) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			for (int i = 0; i < 50_000; i++) {
				assertThat(peer.send(Integer.toString(i))).isTrue();
			}
			Texts bean = app.bean(Texts.class);
			// at one message for each sleep of a millisecond it would take 50 seconds
			await().atMost(Duration.ofSeconds(30)).until(() -> bean.handled.get() == 50_000);
			assertThat(bean.outOfOrder).hasValue(0);
		}
	}

	@Test
	void fourThreadsSendThroughOneTemplateAndAllArriveNoneTorn() throws Exception {
		try (ListenerApp app = ListenerApp.run(Nothing.class, OUT, OUT_BIND)) {
			ZMQ.Socket peer = app.peer(SocketType.PULL, "out");
			ZmqTemplate template = app.bean(ZmqTemplate.class);
			List<Thread> senders = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				String name = "sender" + i;
				Thread sender = new Thread(() -> {
					for (int number = 0; number < 5000; number++) {
						template.sendFrames("out", name, "" + number, name);
					}
				});
				senders.add(sender);
				sender.start();
			}
			Set<String> messages = ConcurrentHashMap.newKeySet();
			for (int i = 0; i < 20_000; i++) {
				String first = peer.recvStr();
				String number = peer.recvStr();
				assertThat(peer.recvStr()).isEqualTo(first).startsWith("sender");
				assertThat(peer.hasReceiveMore()).isFalse();
				messages.add(first + number);
			}
			assertThat(messages).hasSize(20_000);
			for (Thread sender : senders) {
				sender.join();
			}
		}
	}

	@Test
	void anUnreadableMessageIsToldWithoutItsPayloadAndTheNextOneIsHandled(CapturedOutput output) {
		try (ListenerApp app = ListenerApp.run(Numbers.class, IN, BIND)) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			peer.send("secret-stuff");
			peer.send("5");
			await().until(() -> app.bean(Numbers.class).numbers.contains(5));
			ListenerStatus status = app.listeners().status("numbers");
			assertThat(status.unreadable()).isOne();
			assertThat(status.alive()).isTrue();
			assertThat(output).contains("cannot read a message").doesNotContain("secret-stuff");
		}
	}

	@ParameterizedTest
	@CsvSource({ "x, unreadable messages", "-1, failed messages" })
	void whatWasLeftOutOfTheLogIsSaidAtTheEnd(String message, String what, CapturedOutput output) {
		for (Class<?> kind : List.of(Numbers.class, NumberBatches.class)) {
			String left = "Listener 'numbers', " + what + ": 5 more were not logged";
			try (ListenerApp app = ListenerApp.run(kind, IN, BIND)) {
				ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
				for (int i = 0; i < 15; i++) {
					peer.send(message);
				}
				await().until(() -> app.listeners().status("numbers").unreadable()
						+ app.listeners().status("numbers").failed() == 15);
				assertThat(app.listeners().status("numbers").notLogged()).isEqualTo(5);
				assertThat(app.listeners().status("numbers").active()).isZero();
			}
			assertThat(output.getOut().split(Pattern.quote(left), -1)).as("%s %s", kind, left)
				.hasSize((kind == Numbers.class) ? 2 : 3);
		}
	}

	@Test
	void aHandlerThatThrowsDoesNotEndItsListener() {
		try (ListenerApp app = ListenerApp.run(Numbers.class, IN, BIND)) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			peer.send("-1");
			peer.send("-2");
			peer.send("5");
			await().until(() -> app.bean(Numbers.class).numbers.contains(5));
			assertThat(app.listeners().status("numbers").failed()).isEqualTo(2);
		}
	}

	@Test
	void eachFrameOfAMultipartMessageGetsToItsArgument() {
		try (ListenerApp app = ListenerApp.run(Bitcoin.class, "sockets.in.type=sub", BIND)) {
			ZMQ.Socket peer = app.peer(SocketType.XPUB, "in");
			assertThat(peer.recv()).isNotNull();
			byte[] hash = new byte[32];
			hash[31] = 7;
			peer.sendMore("hashblock");
			peer.sendMore(hash);
			peer.send(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(42).array());
			Bitcoin bean = app.bean(Bitcoin.class);
			await().until(() -> bean.sequence.get() == 42);
			assertThat(bean.hash.get()).isEqualTo(hash);
		}
	}

	@Test
	void aPortInUseStopsTheStart(CapturedOutput output) {
		try (ListenerApp first = ListenerApp.run(Texts.class, IN, BIND)) {
			String endpoint = first.context().getEnvironment().getRequiredProperty("local.zmq.in.endpoint");
			assertThatThrownBy(() -> ListenerApp.run(Texts.class, IN, "sockets.in.bind=" + endpoint))
				.isInstanceOf(Exception.class);
			assertThat(output).contains("APPLICATION FAILED TO START").contains("'in'").contains(endpoint);
		}
	}

	@Test
	void stopThenStartWorksForAListenerASocketAndTheWholeApplication() {
		try (ListenerApp probe = ListenerApp.run(Texts.class, IN, BIND)) {
			String endpoint = probe.context().getEnvironment().getRequiredProperty("local.zmq.in.endpoint");
			probe.closeApplication();
			try (ListenerApp app = ListenerApp.run(Texts.class, IN, "sockets.in.bind=" + endpoint)) {
				Texts bean = app.bean(Texts.class);
				app.listeners().stop("texts");
				app.listeners().start("texts");
				app.peer(SocketType.PUSH, "in").send("m");
				await().until(() -> bean.handled.get() == 1);
				app.context().stop();
				app.context().start();
				app.peer(SocketType.PUSH, "in").send("m");
				await().until(() -> bean.handled.get() == 2);
			}
		}
	}

	@Test
	void closeWhileASendHasNoPeerIsBoundedAndTheSenderGetsToKnow() throws Exception {
		ListenerApp app = ListenerApp.run(Nothing.class, OUT, OUT_BIND, "template.send-timeout=5m");
		AtomicReference<Exception> failure = new AtomicReference<>();
		ZmqTemplate template = app.bean(ZmqTemplate.class);
		Thread sender = new Thread(() -> {
			try {
				template.sendFrames("out", "to nobody");
			}
			catch (Exception ex) {
				failure.set(ex);
			}
		});
		sender.start();
		await().until(() -> app.bean(ZmqSockets.class).status("out").waitingSenders() == 1);
		long start = System.nanoTime();
		app.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		sender.join(10_000);
		assertThat(failure.get()).isInstanceOf(ZmqException.class).hasMessageContaining("'out'");
	}

	@Test
	void aSendThatTimesOutIsAnException() {
		try (ListenerApp app = ListenerApp.run(Nothing.class, OUT, OUT_BIND, "template.send-timeout=50ms")) {
			assertThatExceptionOfType(ZmqSendTimeoutException.class)
				.isThrownBy(() -> app.bean(ZmqTemplate.class).convertAndSend("out", "to nobody"))
				.withMessageContaining("'out'");
		}
	}

	@Test
	void concurrencyFourIsFourAtTheSameTime() {
		try (ListenerApp app = ListenerApp.run(Four.class, IN, BIND, "listener.concurrency=4")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			for (int i = 0; i < 4; i++) {
				peer.send("m");
			}
			await().until(() -> app.bean(Four.class).met.get() == 4);
		}
	}

	@Test
	void aBatchListenerGetsAllAndStarvesNoOther() {
		try (ListenerApp app = ListenerApp.run(BatchAndSingle.class, IN, BIND, "sockets.other.type=pull",
				"sockets.other.bind=tcp://127.0.0.1:*", "listener.max-batch-size=10")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			ZMQ.Socket other = app.peer(SocketType.PUSH, "other");
			for (int i = 0; i < 100; i++) {
				peer.send("m" + i);
				other.send("o" + i);
			}
			BatchAndSingle bean = app.bean(BatchAndSingle.class);
			await().until(() -> bean.batched.get() == 100 && bean.single.get() == 100);
			assertThat(bean.largest.get()).isLessThanOrEqualTo(10);
		}
	}

	@Test
	void aContextOfTheApplicationIsUsedAndLeftOpen() {
		ListenerApp app = ListenerApp.run(OwnContext.class, IN, BIND);
		ZContext own = app.bean(ZContext.class);
		try {
			assertThat(app.context().getBeansOfType(ZContext.class)).containsOnlyKeys("ownContext");
			app.peer(SocketType.PUSH, "in").send("m");
			await().until(() -> app.listeners().status("own").handled() == 1);
			app.close();
			assertThat(own.isClosed()).isFalse();
		}
		finally {
			app.close();
			own.close();
		}
	}

	@Test
	void healthIsThereAndTrueBothWays(CapturedOutput output) throws Exception {
		try (ListenerApp app = ListenerApp.run(Healthy.class, IN, BIND, "sockets.in.health.required-peers=1",
				"listener.inline-limit=50ms")) {
			CompositeHealthContributor health = app.bean(CompositeHealthContributor.class);
			assertThat(health(health, "in").getStatus()).isEqualTo(Status.DOWN);
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			assertThat(health(health, "in").getStatus()).isEqualTo(Status.UP);
			assertThat(health(health, "listeners").getStatus()).isEqualTo(Status.UP);
			Healthy bean = app.bean(Healthy.class);
			peer.send("block");
			assertThat(bean.blocked.await(20, TimeUnit.SECONDS)).isTrue();
			await().until(() -> Status.DOWN.equals(health(health, "listeners").getStatus()));
			assertThat(health(health, "listeners").getDetails().get("healthy").toString())
				.contains("blocks the thread of the poller");
			await().until(() -> output.toString().contains("runs on the poller's thread and has blocked it"));
			bean.release.countDown();
			await().until(() -> Status.UP.equals(health(health, "listeners").getStatus()));
		}
	}

	private static Health health(CompositeHealthContributor contributor, String name) {
		return ((HealthIndicator) contributor.getContributor(name)).health(true);
	}

	static class Nothing {

	}

	static class Texts {

		final AtomicInteger handled = new AtomicInteger();

		final AtomicInteger outOfOrder = new AtomicInteger();

		@ZmqListener(id = "texts", socket = "in")
		void handle(String message) {
			int number = this.handled.getAndIncrement();
			if (!"m".equals(message) && Integer.parseInt(message) != number) {
				this.outOfOrder.incrementAndGet();
			}
		}

	}

	static class Numbers {

		final List<Integer> numbers = new CopyOnWriteArrayList<>();

		@ZmqListener(id = "numbers", socket = "in")
		void handle(Integer number) {
			if (number < 0) {
				throw new IllegalArgumentException("negative");
			}
			this.numbers.add(number);
		}

	}

	static class NumberBatches {

		@ZmqListener(id = "numbers", socket = "in", batch = true)
		void handle(List<Integer> numbers) {
			throw new IllegalArgumentException("negative");
		}

	}

	static class Bitcoin {

		final AtomicReference<byte[]> hash = new AtomicReference<>();

		final AtomicInteger sequence = new AtomicInteger();

		@ZmqListener(socket = "in", topics = "hashblock")
		void block(@ZmqTopic String topic, @ZmqFrame(1) byte[] hash, @ZmqFrame(2) ByteBuffer sequence) {
			this.hash.set(hash);
			this.sequence.set(sequence.order(ByteOrder.LITTLE_ENDIAN).getInt());
		}

	}

	static class Four {

		final CountDownLatch all = new CountDownLatch(4);

		final AtomicInteger met = new AtomicInteger();

		@ZmqListener(socket = "in")
		void handle(String message) throws InterruptedException {
			this.all.countDown();
			if (this.all.await(10, TimeUnit.SECONDS)) {
				this.met.incrementAndGet();
			}
		}

	}

	static class BatchAndSingle {

		final AtomicInteger batched = new AtomicInteger();

		final AtomicInteger single = new AtomicInteger();

		final AtomicInteger largest = new AtomicInteger();

		@ZmqListener(socket = "in", batch = true)
		void batch(List<ZmqMessage> messages) {
			this.largest.accumulateAndGet(messages.size(), Math::max);
			this.batched.addAndGet(messages.size());
		}

		@ZmqListener(socket = "other")
		void single(byte[] message) {
			this.single.incrementAndGet();
		}

	}

	static class OwnContext {

		@Bean(destroyMethod = "")
		ZContext ownContext() {
			return new ZContext();
		}

		@ZmqListener(id = "own", socket = "in")
		void handle(String message) {
		}

	}

	@ImportAutoConfiguration(ZmqHealthAutoConfiguration.class)
	static class Healthy {

		final CountDownLatch blocked = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		@ZmqListener(id = "healthy", socket = "in", executor = "inline")
		void handle(String message) throws InterruptedException {
			this.blocked.countDown();
			this.release.await(1, TimeUnit.MINUTES);
		}

	}

}
