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

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqHandler;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parameters of listener methods that resolvers of the application give.
 */
@NoLeaks
@Timeout(120)
class ArgumentResolverTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ZmqAutoConfiguration.class,
				ZmqListenerAutoConfiguration.class))
		.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://in", "zmq.sockets.out.type=push",
				"zmq.sockets.out.connect=inproc://in", "zmq.listener.retry.max-attempts=3")
		.withUserConfiguration(Resolvers.class);

	private static final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

	private void run(Class<?> listener, Object payload, String expected) {
		heard.clear();
		this.runner.withUserConfiguration(listener).run((context) -> {
			context.getBean(ZmqTemplate.class).convertAndSend("out", payload);
			assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(expected);
		});
	}

	@Test
	void aResolverGivesAParameterBesideThePayload() {
		run(BesidePayload.class, new Item("tea"), "Item[name=tea] for acme");
	}

	@Test
	void aResolverGivesTheOnlyParameterAlsoOfATypeThatPayloadsHave() {
		run(OnlyParameter.class, "tea", "for acme");
		run(OnlyBytes.class, "tea", "for acme");
	}

	@Test
	void aResolverGivesATypeWithoutAnAnnotation() {
		run(ByType.class, "tea", "tea for Tenant[name=acme]");
	}

	@Test
	void aResolverGivesParametersOfOneOfSeveralMethods() {
		run(Handlers.class, new Item("tea"), "Item[name=tea] for acme");
	}

	@Test
	void aResolverGivesAPlainParameterWithoutAnAnnotation() {
		heard.clear();
		this.runner.withBean("greedy", HandlerMethodArgumentResolver.class, Greedy::new)
			.withUserConfiguration(Plain.class)
			.run((context) -> {
				context.getBean(ZmqTemplate.class).convertAndSend("out", "tea");
				assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("greedy");
			});
	}

	@Test
	void framesHeadersAndWholeMessagesAreNotTheResolvers() {
		heard.clear();
		this.runner.withBean("greedy", HandlerMethodArgumentResolver.class, Greedy::new)
			.withUserConfiguration(Ours.class)
			.run((context) -> {
				context.getBean(ZmqTemplate.class).convertAndSend("out", "tea");
				assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("tea tea tea in greedy");
			});
	}

	@Test
	void aMessageWhoseParameterCannotBeResolvedIsUnreadableAndNotRepeated() {
		this.runner.withUserConfiguration(Unresolvable.class).run((context) -> {
			context.getBean(ZmqTemplate.class).convertAndSend("out", "tea");
			ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
			Awaitility.await().until(() -> registry.status("unresolvable").unreadable() == 1);
			assertThat(registry.status("unresolvable").failed()).isZero();
		});
	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface CurrentTenant {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Impossible {

	}

	record Tenant(String name) {
	}

	record Item(String name) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Resolvers {

		/** May use what it is a hook of. */
		@Bean
		@Order(1)
		HandlerMethodArgumentResolver tenants(ZmqListenerRegistry registry, ZmqTemplate template) {
			return new HandlerMethodArgumentResolver() {

				@Override
				public boolean supportsParameter(MethodParameter parameter) {
					return parameter.hasParameterAnnotation(CurrentTenant.class)
							|| parameter.getParameterType() == Tenant.class;
				}

				@Override
				public Object resolveArgument(MethodParameter parameter, Message<?> message) {
					assertThat(registry.ids()).isNotEmpty();
					assertThat(message.getPayload()).isInstanceOf(byte[].class);
					Class<?> type = parameter.getParameterType();
					return (type == Tenant.class) ? new Tenant("acme")
							: (type == byte[].class) ? "acme".getBytes() : "acme";
				}

			};
		}

		@Bean
		HandlerMethodArgumentResolver impossible() {
			return new HandlerMethodArgumentResolver() {

				@Override
				public boolean supportsParameter(MethodParameter parameter) {
					return parameter.hasParameterAnnotation(Impossible.class);
				}

				@Override
				public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
					throw new IllegalStateException("no session");
				}

			};
		}

	}

	/** Would take everything. */
	static class Greedy implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return true;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, Message<?> message) {
			return "greedy";
		}

	}

	static class BesidePayload {

		@ZmqListener("in")
		void take(@CurrentTenant String tenant, Item item) {
			heard.add(item + " for " + tenant);
		}

	}

	static class OnlyParameter {

		@ZmqListener("in")
		void take(@CurrentTenant String tenant) {
			heard.add("for " + tenant);
		}

	}

	static class OnlyBytes {

		@ZmqListener("in")
		void take(@CurrentTenant byte[] tenant) {
			heard.add("for " + new String(tenant));
		}

	}

	static class ByType {

		@ZmqListener("in")
		void take(Tenant tenant, @Payload String text) {
			heard.add(text + " for " + tenant);
		}

	}

	static class Plain {

		@ZmqListener("in")
		void take(String text) {
			heard.add(text);
		}

	}

	static class Ours {

		@ZmqListener("in")
		void take(@ZmqFrame(0) String frame, ZmqMessage whole, Message<String> message, MessageHeaders all,
				@Header("zmq_socket") String socket, String other) {
			heard.add(frame + " " + whole.text(0) + " " + message.getPayload() + " "
					+ (all.isEmpty() ? "without headers" : socket) + " " + other);
		}

	}

	@ZmqListener("in")
	static class Handlers {

		@ZmqHandler
		void item(Item item, @CurrentTenant String tenant) {
			heard.add(item + " for " + tenant);
		}

		@ZmqHandler
		void other(@CurrentTenant String tenant, Integer number) {
			heard.add(number + " for " + tenant);
		}

	}

	static class Unresolvable {

		@ZmqListener(socket = "in", id = "unresolvable")
		void take(@Impossible String session, @Payload String text) {
			heard.add(text);
		}

	}

}
