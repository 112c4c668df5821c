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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that messages of one key keep their order on several threads.
 */
@NoLeaks
@Timeout(120)
class OrderedListenerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ZmqAutoConfiguration.class,
				ZmqListenerAutoConfiguration.class))
		.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://in", "zmq.sockets.out.type=push",
				"zmq.sockets.out.connect=inproc://in");

	@Test
	void messagesOfOneKeyKeepTheirOrder() {
		this.runner.withUserConfiguration(Accounts.class).run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			for (int i = 0; i < 2000; i++) {
				template.convertAndSend("out", new Booking("account-" + i % 7, i));
			}
			Accounts bean = context.getBean(Accounts.class);
			Awaitility.await().until(() -> bean.bookings.size() == 2000);
			Map<String, Integer> last = new HashMap<>();
			for (Booking booking : bean.bookings) {
				assertThat(booking.number()).isGreaterThan(last.getOrDefault(booking.account(), -1));
				last.put(booking.account(), booking.number());
			}
			assertThat(bean.threads).hasSizeGreaterThan(1).allMatch((name) -> name.startsWith("zmq-accounts-key-"));
			assertThat(context.getBean(ZmqListenerRegistry.class).status("accounts").handled()).isEqualTo(2000);
		});
	}

	@Test
	void framesOfTheSameBytesAreTheSameKey() {
		this.runner.withUserConfiguration(Frames.class).run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			for (int i = 0; i < 500; i++) {
				template.sendFrames("out", "key-" + i % 2, Integer.toString(i));
			}
			Frames bean = context.getBean(Frames.class);
			Awaitility.await().until(() -> bean.numbers.size() == 500);
			for (int key = 0; key < 2; key++) {
				int of = key;
				assertThat(bean.numbers).filteredOn((number) -> number % 2 == of).isSorted();
			}
			assertThat(bean.together).hasValue(0);
		});
	}

	@Test
	void messagesOfDifferentKeysAreHandledAtTheSameTime() {
		this.runner.withUserConfiguration(Meeting.class).run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			for (String key : List.of("a", "b", "c")) {
				template.sendFrames("out", key, "x");
			}
			Meeting bean = context.getBean(Meeting.class);
			assertThat(bean.met.await(20, TimeUnit.SECONDS)).isTrue();
		});
	}

	@Test
	void aResultThatComesLaterIsWaitedFor() {
		this.runner.withUserConfiguration(LaterResults.class).run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			template.sendFrames("out", "a", "1");
			template.sendFrames("out", "a", "2");
			template.sendFrames("out", "b", "3");
			LaterResults bean = context.getBean(LaterResults.class);
			Awaitility.await().until(() -> bean.begun.size() == 2);
			assertThat(bean.begun).containsExactlyInAnyOrder("1", "3");
			bean.results.forEach((result) -> result.complete(null));
			Awaitility.await().until(() -> bean.begun.size() == 3);
			bean.results.forEach((result) -> result.complete(null));
		});
	}

	@Test
	void onlyAFewMessagesAreTakenWhileHandlersAreBusyAndNoneIsLostAtTheStop() {
		this.runner
			.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=500ms",
					"zmq.sockets.in.options.receive-hwm=5", "zmq.sockets.out.options.send-hwm=5",
					"zmq.sockets.dead.type=push", "zmq.sockets.dead.bind=inproc://dead", "zmq.sockets.grave.type=pull",
					"zmq.sockets.grave.connect=inproc://dead", "zmq.listener.dead-letter=dead",
					"zmq.sockets.dead.options.send-hwm=0")
			.withUserConfiguration(Busy.class)
			.run((context) -> {
				ZmqTemplate template = context.getBean(ZmqTemplate.class);
				int sent = 0;
				while (template.trySend("out", "message " + sent) || sent < 10) {
					sent++;
					assertThat(sent).isLessThan(200);
					// time in which a listener that takes more than its bound would take
					// it
					Thread.sleep(1);
				}
				Busy bean = context.getBean(Busy.class);
				ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
				// two of them are with the handler
				Awaitility.await().until(() -> registry.status("busy").active() > 2);
				registry.stop("busy");
				ListenerStatus status = registry.status("busy");
				long received = context.getBean(ZmqSockets.class).status("in").received();
				// the two that were interrupted have failed
				assertThat(status.failed()).isEqualTo(2);
				assertThat(status.failed() + status.unhandled()).isEqualTo(received);
				assertThat(status.deadLettered()).isEqualTo(received);
				assertThat(status.active()).isZero();
				bean.release.countDown();
			});
	}

	@Test
	void aKeyThatCannotBeReadLosesNoMessage() {
		this.runner.withUserConfiguration(Accounts.class).run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			template.convertAndSend("out", "no json");
			template.convertAndSend("out", new Booking("a", 1));
			ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
			Awaitility.await()
				.until(() -> registry.status("accounts").unreadable() == 1
						&& registry.status("accounts").handled() == 1);
		});
	}

	@Test
	void whatCannotBeOrderedIsRefused() {
		for (Map.Entry<Class<?>, String> wrong : Map
			.<Class<?>, String>of(NoExpression.class, "is no expression", OrderedBatch.class, "is a batch listener",
					OrderedInline.class, "runs inline")
			.entrySet()) {
			this.runner.withUserConfiguration(wrong.getKey())
				.run((context) -> assertThat(context).getFailure()
					.isInstanceOf(ZmqConfigurationException.class)
					.hasMessageContaining(wrong.getValue()));
		}
	}

	record Booking(String account, int number) {
	}

	static class Accounts {

		private final List<Booking> bookings = new CopyOnWriteArrayList<>();

		private final java.util.Set<String> threads = java.util.concurrent.ConcurrentHashMap.newKeySet();

		@ZmqListener(id = "accounts", socket = "in", concurrency = "4", orderedBy = "payload.account")
		void book(Booking booking) {
			this.threads.add(Thread.currentThread().getName());
			if (booking.number() % 50 == 0) {
				Thread.yield();
			}
			this.bookings.add(booking);
		}

	}

	static class Meeting {

		private final CyclicBarrier barrier = new CyclicBarrier(3);

		private final CountDownLatch met = new CountDownLatch(3);

		@ZmqListener(socket = "in", concurrency = "3", orderedBy = "frames[0]")
		void meet(@ZmqFrame(0) String key, @ZmqFrame(1) String text) throws Exception {
			this.barrier.await(20, TimeUnit.SECONDS);
			this.met.countDown();
		}

	}

	static class LaterResults {

		private final List<String> begun = new CopyOnWriteArrayList<>();

		private final List<CompletableFuture<Void>> results = new CopyOnWriteArrayList<>();

		@ZmqListener(socket = "in", concurrency = "2", orderedBy = "new String(frames[0])")
		CompletableFuture<Void> later(@ZmqFrame(0) String key, @ZmqFrame(1) String text) {
			CompletableFuture<Void> result = new CompletableFuture<>();
			this.results.add(result);
			this.begun.add(text);
			return result;
		}

	}

	static class Busy {

		private final CountDownLatch release = new CountDownLatch(1);

		@ZmqListener(id = "busy", socket = "in", concurrency = "2", orderedBy = "payload")
		void busy(String payload) throws InterruptedException {
			this.release.await();
		}

	}

	static class Frames {

		final List<Integer> numbers = new CopyOnWriteArrayList<>();

		final AtomicInteger together = new AtomicInteger();

		private final AtomicInteger[] running = { new AtomicInteger(), new AtomicInteger() };

		@ZmqListener(id = "frames", socket = "in", concurrency = "4", orderedBy = "frames[0]")
		void take(ZmqMessage message) {
			int number = Integer.parseInt(message.text(1));
			AtomicInteger own = this.running[number % 2];
			this.together.addAndGet((own.incrementAndGet() > 1) ? 1 : 0);
			Thread.yield();
			this.numbers.add(number);
			own.decrementAndGet();
		}

	}

	static class NoExpression {

		@ZmqListener(socket = "in", orderedBy = "payload.(")
		void take(String payload) {
		}

	}

	static class OrderedBatch {

		@ZmqListener(socket = "in", orderedBy = "payload", batch = true)
		void take(List<String> payload) {
		}

	}

	static class OrderedInline {

		@ZmqListener(socket = "in", orderedBy = "payload", executor = "inline")
		void take(String payload) {
		}

	}

}
