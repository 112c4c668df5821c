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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for messages that cannot be read and handlers that fail.
 */
@NoLeaks
@ExtendWith(OutputCaptureExtension.class)
class FailingMessagesTests {

	private static final int MESSAGES = 1000;

	@Test
	void handlesAllOtherMessagesAndTellsOfTheRestWithoutTheirPayload(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = Contexts.start(Listeners.class,
				Contexts.with(Contexts.pipes("orders", "dead"), "zmq.listener.dead-letter=to-dead",
						"zmq.sockets.dead.options.receive-hwm=0", "zmq.sockets.to-dead.options.send-hwm=0"))) {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			for (int i = 0; i < MESSAGES; i++) {
				template.convertAndSend("to-orders", payload(i));
			}
			ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				ListenerStatus status = registry.status("orders");
				assertThat(status.handled()).isEqualTo(800);
				assertThat(status.unreadable()).isEqualTo(100);
				assertThat(status.failed()).isEqualTo(100);
				assertThat(status.deadLettered()).isEqualTo(200);
			});
			assertThat(registry.awaitIdle(Duration.ofSeconds(10))).isTrue();
			ListenerStatus status = registry.status("orders");
			assertThat(status.state()).isEqualTo(ListenerStatus.State.RUNNING);
			assertThat(status.alive()).isTrue();
			assertThat(status.active()).isZero();
			assertThat(status.lastError()).contains("orders").doesNotContain("SECRET");
			assertThat(context.getBean(Listeners.class).handled).hasValue(800);
			int unreadable = 0;
			for (int i = 0; i < 200; i++) {
				ZmqMessage letter = template.receiveFrames("dead", Duration.ofSeconds(10));
				assertThat(letter).isNotNull();
				assertThat(letter.text(0)).isIn("reason=UNREADABLE;listener=orders;attempts=0",
						"reason=FAILED;listener=orders;attempts=1");
				assertThat(letter.text(1)).contains("SECRET");
				unreadable += letter.text(0).contains("UNREADABLE") ? 1 : 0;
			}
			assertThat(unreadable).isEqualTo(100);
		}
		assertThat(output).contains("Listener 'orders'").contains("cannot read a message").contains("on purpose");
		assertThat(output.toString().lines().filter((line) -> line.contains("cannot read a message"))).isNotEmpty()
			.allMatch((line) -> line.contains(" WARN "));
		assertThat(output.toString().lines().filter((line) -> line.contains("Listener 'orders'")))
			.anyMatch((line) -> line.contains(" ERROR "));
		// ten lines in a minute, of two hundred failures
		assertThat(output.toString().lines().filter((line) -> line.contains("Listener 'orders'"))).hasSizeLessThan(100);
		assertThat(output).doesNotContain("SECRET");
	}

	@Test
	void everyRequestIsAnswered(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = Contexts.start(Server.class,
				Contexts.with(Contexts.pipes(), "zmq.sockets.rpc.type=rep", "zmq.sockets.rpc.bind=inproc://rpc",
						"zmq.sockets.ask.type=req", "zmq.sockets.ask.connect=inproc://rpc",
						"zmq.template.request-timeout=30s"))) {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			List<CompletableFuture<String>> replies = new ArrayList<>();
			for (int i = 0; i < MESSAGES; i++) {
				replies.add(template.requestAsync("ask", payload(i), String.class));
			}
			int good = 0;
			List<String> errors = new ArrayList<>();
			for (CompletableFuture<String> reply : replies) {
				try {
					assertThat(reply.get(30, TimeUnit.SECONDS)).isEqualTo("1");
					good++;
				}
				catch (ExecutionException ex) {
					assertThat(ex.getCause()).isInstanceOf(ZmqRemoteException.class).hasMessageNotContaining("SECRET");
					errors.add(((ZmqRemoteException) ex.getCause()).getErrorType());
				}
			}
			assertThat(good).isEqualTo(800);
			assertThat(errors).hasSize(200)
				.areExactly(100, new org.assertj.core.api.Condition<>("UnreadableMessage"::equals, "unreadable"))
				.areExactly(100, new org.assertj.core.api.Condition<>("IllegalStateException"::equals, "failed"));
			ListenerStatus status = context.getBean(ZmqListenerRegistry.class).status("rpc");
			assertThat(List.of(status.handled(), status.unreadable(), status.failed())).containsExactly(800L, 100L,
					100L);
		}
		assertThat(output).doesNotContain("SECRET");
	}

	@Test
	void tellsOfMissingHeadersAndWrongParametersWithoutThePayload(CapturedOutput output) {
		try (ConfigurableApplicationContext context = Contexts.start(OddListeners.class,
				Contexts.pipes("header", "number", "own"))) {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
			for (String listener : List.of("header", "number")) {
				template.convertAndSend("to-" + listener, "SECRET");
				Awaitility.await().untilAsserted(() -> assertThat(registry.status(listener).unreadable()).isOne());
			}
			// what the method itself cannot convert is a failure of the method
			template.convertAndSend("to-own", "SECRET");
			Awaitility.await().untilAsserted(() -> assertThat(registry.status("own").failed()).isOne());
			assertThat(registry.status("own").unreadable()).isZero();
		}
		assertThat(output).doesNotContain("SECRET");
	}

	private static String payload(int i) {
		return switch (i % 10) {
			case 0 -> "{\"id\":\"SECRET\", no json";
			case 5 -> "{\"id\":\"SECRET\",\"quantity\":-1}";
			default -> "{\"id\":\"SECRET\",\"quantity\":1}";
		};
	}

	record Order(String id, int quantity) {
	}

	static class Listeners {

		private final AtomicInteger handled = new AtomicInteger();

		@ZmqListener(id = "orders", socket = "orders")
		void orders(Order order) {
			if (order.quantity() < 0) {
				throw new IllegalStateException("on purpose");
			}
			this.handled.incrementAndGet();
		}

	}

	static class Server {

		@ZmqListener(id = "rpc", socket = "rpc")
		int rpc(Order order) {
			if (order.quantity() < 0) {
				throw new IllegalStateException("on purpose");
			}
			return order.quantity();
		}

	}

	static class OddListeners {

		@ZmqListener(id = "header", socket = "header")
		void header(@Header("absent") String header, String payload) {
		}

		@ZmqListener(id = "number", socket = "number")
		void number(@Header("zmq_socket") int number, String payload) {
		}

		@ZmqListener(id = "own", socket = "own")
		void own(byte[] payload, @Header("zmq_socket") String socket) {
			throw new MessageConversionException("of the method");
		}

	}

}
