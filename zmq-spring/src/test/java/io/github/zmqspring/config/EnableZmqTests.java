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

package io.github.zmqspring.config;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSendInterceptor;
import io.github.zmqspring.core.ZmqSocketCustomizer;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ListenerSettings;
import io.github.zmqspring.listener.ZmqListenerInterceptor;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link EnableZmq}: an application without Spring Boot.
 */
@NoLeaks
class EnableZmqTests {

	@Test
	void listenersTemplateAndRequestsWorkWithoutBootAndAgainAfterAStop() throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Messaging.class)) {
			Messaging messaging = context.getBean(Messaging.class);
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			for (int round = 0; round < 2; round++) {
				template.convertAndSend("out", new Order("tea", round));
				assertThat(messaging.orders.poll(20, TimeUnit.SECONDS)).isEqualTo(new Order("tea", round));
				assertThat(template.requestAsync("ask", "who", String.class, Duration.ofSeconds(20)).get())
					.isEqualTo("who, decorated");
				assertThat(messaging.intercepted).containsExactlyInAnyOrder("enableZmqTests.Messaging.handle",
						"enableZmqTests.Messaging.answer");
				assertThat(messaging.sent).containsExactly("out", "ask", "rpc");
				messaging.sent.clear();
				context.stop();
				context.start();
			}
			assertThat(context.getBean(ZmqProxies.class).names()).isEmpty();
			assertThat(context.getBean(ZmqSockets.class).names())
				.allSatisfy((name) -> assertThat(context.getBean(ZmqSockets.class).definition(name).options().values())
					.containsEntry(SocketOption.LINGER, Duration.ofSeconds(7)));
		}
	}

	@Test
	void aBeanOfTheApplicationReplacesTheOneOfItsName() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Replacing.class)) {
			assertThat(context.getBean(ZmqTemplate.class)).isSameAs(Replacing.template);
			assertThat(context.getBeanNamesForType(ZmqTemplate.class)).hasSize(1);
		}
	}

	@Test
	void aDefaultDeadLetterSocketThatIsNotThereStopsTheStart() {
		assertThatThrownBy(() -> new AnnotationConfigApplicationContext(NoGrave.class).close())
			.hasStackTraceContaining("zmq.listener.dead-letter: there is no socket 'grave'");
	}

	record Order(String item, int amount) {

	}

	@Configuration
	@EnableZmq
	static class Messaging {

		static final ThreadLocal<String> CONTEXT = new ThreadLocal<>();

		final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();

		final Set<String> intercepted = ConcurrentHashMap.newKeySet();

		final Queue<String> sent = new ConcurrentLinkedQueue<>();

		@Bean
		SocketDefinition in() {
			return SocketDefinition.builder("in", SocketType.PULL).bind("tcp://127.0.0.1:*").build();
		}

		@Bean
		SocketDefinition out() {
			return SocketDefinition.builder("out", SocketType.PUSH).connect("socket:in").build();
		}

		@Bean
		ZmqSocketCustomizer customizer() {
			return (socket) -> socket.withOptions(SocketOptions.of(Map.of(SocketOption.LINGER, Duration.ofSeconds(7))));
		}

		@Bean
		SocketDefinition rpc() {
			return SocketDefinition.builder("rpc", SocketType.REP).bind("tcp://127.0.0.1:*").build();
		}

		@Bean
		SocketDefinition ask() {
			return SocketDefinition.builder("ask", SocketType.REQ).connect("socket:rpc").build();
		}

		@Bean
		ZmqListenerInterceptor interceptor() {
			return (invocation) -> {
				this.intercepted.add(invocation.listenerId());
				return invocation.proceed();
			};
		}

		@Bean
		ZmqSendInterceptor sendInterceptor() {
			return new ZmqSendInterceptor() {

				@Override
				public ZmqMessage beforeSend(SocketDefinition socket, ZmqMessage message) {
					Messaging.this.sent.add(socket.name());
					return message;
				}

			};
		}

		@Bean
		TaskDecorator decorator() {
			return (task) -> () -> {
				CONTEXT.set("decorated");
				try {
					task.run();
				}
				finally {
					CONTEXT.remove();
				}
			};
		}

		@ZmqListener("in")
		void handle(Order order) {
			this.orders.add(order);
		}

		@ZmqListener("rpc")
		String answer(String question) {
			return question + ", " + CONTEXT.get();
		}

	}

	@Configuration
	@EnableZmq
	static class NoGrave {

		@Bean
		SocketDefinition in() {
			return SocketDefinition.builder("in", SocketType.PULL).bind("tcp://127.0.0.1:*").build();
		}

		@Bean
		ListenerSettings settings() {
			ListenerSettings defaults = ListenerSettings.defaults();
			return new ListenerSettings(1, true, null, null, 1, Duration.ZERO, 1, defaults.inlineLimit(), null,
					defaults.retry(), "grave", defaults.replyTimeout(), defaults.shutdownTimeout());
		}

		@ZmqListener("in")
		void handle(String text) {
		}

	}

	@Configuration
	@EnableZmq
	static class Replacing {

		static ZmqTemplate template;

		@Bean
		ListenerSettings settings() {
			return ListenerSettings.defaults();
		}

		@Bean
		ZmqTemplate zmqTemplate(io.github.zmqspring.core.ZmqSockets sockets,
				io.github.zmqspring.core.RequestOperations requests,
				io.github.zmqspring.core.MessageOperations messages) {
			template = new ZmqTemplate(sockets, requests, messages);
			return template;
		}

	}

}
