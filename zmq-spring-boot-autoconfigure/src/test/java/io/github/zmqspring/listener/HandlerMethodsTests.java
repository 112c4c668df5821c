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

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqHandler;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqClientAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for listeners that are classes with several methods.
 */
@NoLeaks
@Timeout(120)
class HandlerMethodsTests {

	private static final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ZmqAutoConfiguration.class,
				ZmqListenerAutoConfiguration.class, ZmqClientAutoConfiguration.class))
		.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://in", "zmq.sockets.out.type=push",
				"zmq.sockets.out.connect=inproc://in");

	@BeforeEach
	void clear() {
		received.clear();
	}

	@Test
	void theTypeOfThePayloadDecides() {
		this.runner.withBean("events", ByType.class).run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			template.convertAndSend("out", new Placed("o1", "ada", 3));
			assertThat(next()).isEqualTo(new Placed("o1", "ada", 3));
			template.convertAndSend("out", new Cancelled("o1", "no reason"));
			assertThat(next()).isEqualTo(new Cancelled("o1", "no reason"));
			// both types have it, and the second has less besides
			template.convertAndSend("out", "{\"order\":\"o2\"}");
			assertThat(next()).isEqualTo(new Cancelled("o2", null));
			template.convertAndSend("out", "42");
			assertThat(next()).isEqualTo(42);
			template.convertAndSend("out", "some text");
			assertThat(next()).isEqualTo("text some text");
			template.convertAndSend("out", "{\"unknown\":1}");
			assertThat(next()).isEqualTo("text {\"unknown\":1}");
			ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
			assertThat(registry.ids()).containsExactly("events");
			Awaitility.await().until(() -> registry.status("events").handled() == 6);
		});
	}

	@Test
	void theTopicDecides() {
		this.runner
			.withPropertyValues("zmq.sockets.feed.type=sub", "zmq.sockets.feed.bind=inproc://feed",
					"zmq.sockets.news.type=pub", "zmq.sockets.news.connect=inproc://feed", "app.weather=weather.")
			.withBean("topics", ByTopic.class)
			.run((context) -> {
				context.getBean(ZmqSockets.class).awaitSubscribers("news", "", 1, java.time.Duration.ofSeconds(20));
				ZmqTemplate template = context.getBean(ZmqTemplate.class);
				template.publish("news", "weather.oslo", "cold");
				assertThat(next()).isEqualTo("weather cold");
				template.publish("news", "weather.alert.oslo", "storm");
				assertThat(next()).isEqualTo("alert storm");
				template.publish("news", "sport", "won");
				assertThat(next()).isEqualTo("other won");
			});
	}

	@Test
	void theTypeDecidesBetweenMethodsOfOneTopic() {
		this.runner
			.withPropertyValues("zmq.sockets.feed.type=sub", "zmq.sockets.feed.bind=inproc://feed",
					"zmq.sockets.news.type=pub", "zmq.sockets.news.connect=inproc://feed")
			.withBean("orders", OfOneTopic.class)
			.run((context) -> {
				context.getBean(ZmqSockets.class).awaitSubscribers("news", "", 1, java.time.Duration.ofSeconds(20));
				ZmqTemplate template = context.getBean(ZmqTemplate.class);
				template.publish("news", "orders.placed", Map.of("order", "5", "items", 3));
				assertThat(next()).isEqualTo("first 5");
				template.publish("news", "orders.placed", Map.of("reason", "late"));
				assertThat(next()).isEqualTo("second late");
			});
	}

	@Test
	void whatNoMethodTakesIsUnreadableAndAnswered() {
		this.runner
			.withPropertyValues("zmq.sockets.rpc.type=rep", "zmq.sockets.rpc.bind=inproc://rpc",
					"zmq.sockets.ask.type=req", "zmq.sockets.ask.connect=inproc://rpc")
			.withBean("service", Service.class)
			.run((context) -> {
				ZmqTemplate template = context.getBean(ZmqTemplate.class);
				assertThat(template.convertSendAndReceive("ask", new Placed("o1", "ada", 3), String.class))
					.isEqualTo("placed o1");
				assertThat(template.convertSendAndReceive("ask", new Cancelled("o1", "x"), String.class)).isEmpty();
				org.assertj.core.api.Assertions
					.assertThatThrownBy(() -> template.convertSendAndReceive("ask", "{\"no\":1}", String.class))
					.hasMessageContaining("no @ZmqHandler method takes a message of this form");
				assertThat(context.getBean(ZmqListenerRegistry.class).status("service").unreadable()).isOne();
			});
	}

	@Test
	void aHeaderNamesTheType() {
		this.runner.withPropertyValues("zmq.sockets.in.envelope=headers", "zmq.sockets.out.envelope=headers")
			.withBean("events", ByType.class)
			.run((context) -> {
				context.getBean(ZmqTemplate.class)
					.send("out",
							MessageBuilder.withPayload(Map.of("order", "o2", "items", 7))
								.setHeader("x-type", "Placed")
								.build());
				assertThat(next()).isEqualTo(new Placed("o2", null, 7));
			});
	}

	@Test
	void wrongClassesAreRefused() {
		for (Map.Entry<Class<?>, String> wrong : Map
			.<Class<?>, String>of(Empty.class, "no method with @ZmqHandler", TwoDefaults.class, "is the default",
					TopicsOfPull.class, "have none")
			.entrySet()) {
			this.runner.withBean("wrong", wrong.getKey())
				.run((context) -> assertThat(context).getFailure()
					.satisfies((failure) -> assertThat(
							org.springframework.core.NestedExceptionUtils.getMostSpecificCause(failure))
						.isInstanceOf(ZmqConfigurationException.class)
						.hasMessageContaining(wrong.getValue())));
		}
	}

	private static Object next() throws InterruptedException {
		Object next = received.poll(20, TimeUnit.SECONDS);
		assertThat(next).as("a message").isNotNull();
		return next;
	}

	record Placed(String order, @org.jspecify.annotations.Nullable String customer, int items) {
	}

	record Cancelled(String order, @org.jspecify.annotations.Nullable String reason) {
	}

	@ZmqListener("in")
	static class ByType {

		@ZmqHandler
		void placed(Placed placed) {
			received.add(placed);
		}

		@ZmqHandler
		void cancelled(Cancelled cancelled) {
			received.add(cancelled);
		}

		@ZmqHandler
		void number(Integer number) {
			received.add(number);
		}

		@ZmqHandler
		void text(String text) {
			received.add("text " + text);
		}

		@ZmqHandler(isDefault = true)
		void other(String payload) {
			received.add("default " + payload);
		}

	}

	@ZmqListener(socket = "feed")
	static class ByTopic {

		@ZmqHandler("${app.weather}")
		void weather(String payload) {
			received.add("weather " + payload);
		}

		@ZmqHandler("weather.alert")
		void alert(String payload) {
			received.add("alert " + payload);
		}

		@ZmqHandler(isDefault = true)
		void other(String payload) {
			received.add("other " + payload);
		}

	}

	@ZmqListener(socket = "feed")
	static class OfOneTopic {

		@ZmqHandler("orders.")
		void first(First payload) {
			received.add("first " + payload.order());
		}

		@ZmqHandler("orders.")
		void second(Second payload) {
			received.add("second " + payload.reason());
		}

		record First(String order, int items) {

		}

		record Second(String reason) {

		}

	}

	@ZmqListener("rpc")
	static class Service {

		@ZmqHandler
		String placed(Placed placed) {
			return "placed " + placed.order();
		}

		@ZmqHandler
		void cancelled(Cancelled cancelled) {
		}

	}

	@ZmqListener("in")
	static class Empty {

	}

	@ZmqListener("in")
	static class TwoDefaults {

		@ZmqHandler(isDefault = true)
		void one(String payload) {
		}

		@ZmqHandler(isDefault = true)
		void two(List<byte[]> frames) {
		}

	}

	@ZmqListener("in")
	static class TopicsOfPull {

		@ZmqHandler("a")
		void one(String payload) {
		}

	}

}
