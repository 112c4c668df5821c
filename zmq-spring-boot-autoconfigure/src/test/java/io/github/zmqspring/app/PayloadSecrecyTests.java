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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqListenerErrorHandler;
import io.github.zmqspring.listener.ZmqListenerFailedEvent;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.test.NoLeaks;
import jakarta.validation.constraints.Size;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Exceptions of parsers, converters and validators quote what they could not read. None
 * of that gets into a log, at whatever level, nor into what is told elsewhere.
 */
@NoLeaks
@ExtendWith(OutputCaptureExtension.class)
class PayloadSecrecyTests {

	private static final String SECRET = "SECRET";

	private static final List<String> LISTENERS = List.of("json", "valid", "frame", "list", "parser", "number",
			"wrapped", "repeated", "handled", "later", "inline");

	private static final List<String> LOGGERS = List.of("io.github.zmqspring", "org.springframework", "tools.jackson",
			"org.hibernate.validator");

	@AfterEach
	void quiet() {
		level(null);
	}

	private static void level(LogLevel level) {
		LoggingSystem logging = LoggingSystem.get(PayloadSecrecyTests.class.getClassLoader());
		LOGGERS.forEach((logger) -> logging.setLogLevel(logger, level));
	}

	@Test
	void noPayloadGetsIntoLogsStatesEventsOrErrorReplies(CapturedOutput output) {
		List<String> properties = Contexts.with(Contexts.pipes(LISTENERS.toArray(String[]::new)),
				"zmq.sockets.rpc.type=rep", "zmq.sockets.rpc.bind=inproc://rpc", "zmq.sockets.ask.type=req",
				"zmq.sockets.ask.connect=inproc://rpc");
		try (ConfigurableApplicationContext context = Contexts.start(Listeners.class, properties)) {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
			level(LogLevel.TRACE);
			for (String id : LISTENERS) {
				template.convertAndSend("to-" + id, "{\"id\":\"" + SECRET + "\", \"quantity\":\"" + SECRET + "\"}");
				Awaitility.await()
					.atMost(Duration.ofSeconds(20))
					.untilAsserted(
							() -> assertThat(registry.status(id).failed() + registry.status(id).unreadable()).as(id)
								.isOne());
				assertThat(registry.status(id).lastError()).as(id).contains(id).doesNotContain(SECRET);
			}
			assertThatExceptionOfType(ZmqRemoteException.class)
				.isThrownBy(() -> template.convertSendAndReceive("ask", SECRET, String.class))
				.withMessageContaining("NumberFormatException")
				.withMessageNotContaining(SECRET);
			level(null);
			Listeners bean = context.getBean(Listeners.class);
			Awaitility.await().untilAsserted(() -> assertThat(bean.events).hasSize(LISTENERS.size() + 1));
			assertThat(bean.events).noneMatch((event) -> event.toString().contains(SECRET))
				.noneMatch((event) -> String.valueOf(event.getFailure().getMessage()).contains(SECRET));
		}
		assertThat(output).contains("message withheld").contains("The error handler of listener 'handled'");
		assertThat(output.toString().lines().filter((line) -> line.contains(SECRET))).isEmpty();
	}

	record Order(@Size(max = 3) String id, int quantity) {
	}

	record Named(@Size(max = 3) String id, String quantity) {
	}

	static class Listeners {

		private final JsonMapper mapper = new JsonMapper();

		private final List<ZmqListenerFailedEvent> events = new CopyOnWriteArrayList<>();

		@Bean
		RetryPolicy twice() {
			return RetryPolicy.builder().maxRetries(1).delay(Duration.ofMillis(1)).build();
		}

		@Bean
		ZmqListenerErrorHandler failing() {
			return (message, failure) -> this.mapper.readValue(message.text(0), Order.class);
		}

		@Bean(defaultCandidate = false)
		ZmqListenerErrorHandler rethrowing() {
			return (message, failure) -> {
				throw failure;
			};
		}

		@EventListener
		void failed(ZmqListenerFailedEvent event) {
			this.events.add(event);
		}

		@ZmqListener(id = "json", socket = "json", errorHandler = "rethrowing")
		void json(Order order) {
		}

		@ZmqListener(id = "valid", socket = "valid", errorHandler = "rethrowing")
		void valid(@Payload @Validated Named named) {
		}

		@ZmqListener(id = "frame", socket = "frame", errorHandler = "rethrowing")
		void frame(@ZmqFrame(0) int number) {
		}

		@ZmqListener(id = "list", socket = "list", batch = true, errorHandler = "rethrowing")
		void list(List<Order> orders) {
		}

		@ZmqListener(id = "parser", socket = "parser", errorHandler = "rethrowing")
		void parser(String text) {
			this.mapper.readValue(text, Order.class);
		}

		@ZmqListener(id = "number", socket = "number", errorHandler = "rethrowing")
		void number(byte[] payload) {
			Integer.parseInt(new String(payload));
		}

		@ZmqListener(id = "wrapped", socket = "wrapped", errorHandler = "rethrowing")
		void wrapped(String text) {
			try {
				parser(text);
			}
			catch (RuntimeException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@ZmqListener(id = "repeated", socket = "repeated", retryPolicy = "twice", errorHandler = "rethrowing")
		void repeated(String text) {
			parser(text);
		}

		@ZmqListener(id = "handled", socket = "handled", errorHandler = "failing")
		void handled(String text) {
			throw new IllegalStateException("on purpose");
		}

		@ZmqListener(id = "later", socket = "later", errorHandler = "rethrowing")
		CompletableFuture<Void> later(String text) {
			return CompletableFuture.runAsync(() -> parser(text));
		}

		@ZmqListener(id = "inline", socket = "inline", executor = "inline", errorHandler = "rethrowing")
		void inline(Order order) {
		}

		@ZmqListener(id = "rpc", socket = "rpc", errorHandler = "rethrowing")
		int rpc(String text) {
			return Integer.parseInt(text);
		}

	}

}
