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

package io.github.zmqspring.autoconfigure;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqErrorReplyConverter;
import io.github.zmqspring.listener.ZmqListenerErrorHandler;
import io.github.zmqspring.listener.ZmqListenerInterceptor;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.listener.ZmqMessageFilter;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyInterceptor;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the application adds to listeners and proxies may use the registry of
 * listeners, the template, the sockets and the proxies itself.
 */
@NoLeaks
@Timeout(120)
class HookInjectionTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class,
				ZmqProxyAutoConfiguration.class))
		.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://in", "zmq.sockets.out.type=push",
				"zmq.sockets.out.connect=inproc://front", "zmq.proxies.p.type=streamer",
				"zmq.proxies.p.frontend.bind=inproc://front", "zmq.proxies.p.backend.connect=inproc://in");

	@Test
	void everyHookMayUseTheRegistries() {
		this.runner.withUserConfiguration(Hooks.class).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(ZmqTemplate.class).convertAndSend("out", "hello");
			Hooks hooks = context.getBean(Hooks.class);
			assertThat(hooks.seen.poll(20, TimeUnit.SECONDS)).isEqualTo("proxy [p]");
			assertThat(hooks.seen.poll(20, TimeUnit.SECONDS)).isEqualTo("filter [in]");
			assertThat(hooks.seen.poll(20, TimeUnit.SECONDS)).isEqualTo("interceptor [in]");
			assertThat(hooks.seen.poll(20, TimeUnit.SECONDS)).isEqualTo("handler [in]");
		});
	}

	@Test
	void lazyOnesAreProxied() {
		this.runner.withBean(LazyUser.class).run((context) -> {
			LazyUser user = context.getBean(LazyUser.class);
			assertThat(user.listeners.ids()).isEmpty();
			assertThat(user.proxies.names()).containsExactly("p");
			assertThat(user.sockets.names()).contains("in");
			user.template.convertAndSend("out", "hello");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Hooks {

		private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

		@Bean
		ZmqListenerErrorHandler errorHandler(ZmqListenerRegistry registry, ZmqTemplate template, ZmqProxies proxies) {
			return (message, failure) -> {
				this.seen.add("handler " + registry.ids());
				return null;
			};
		}

		@Bean
		ZmqListenerInterceptor interceptor(ZmqListenerRegistry registry, ZmqTemplate template, ZmqProxies proxies) {
			return (invocation) -> {
				this.seen.add("interceptor " + registry.ids());
				return invocation.proceed();
			};
		}

		@Bean
		ZmqMessageFilter filter(ZmqListenerRegistry registry, ZmqTemplate template, ZmqProxies proxies) {
			return (listener, message) -> this.seen.add("filter " + registry.ids());
		}

		@Bean
		ZmqErrorReplyConverter errorReplies(ZmqListenerRegistry registry, ZmqTemplate template) {
			return ZmqErrorReplyConverter.none();
		}

		@Bean
		ZmqProxyInterceptor proxyInterceptor(ZmqProxies proxies, ZmqListenerRegistry registry, ZmqTemplate template) {
			return (exchange) -> {
				this.seen.add("proxy " + proxies.names());
				return exchange.forward();
			};
		}

		@Bean
		MessageConverter converter(ZmqListenerRegistry registry, ZmqTemplate template, ZmqProxies proxies) {
			return new StringMessageConverter();
		}

		@ZmqListener(id = "in", socket = "in")
		void in(String payload) {
			throw new IllegalStateException("on purpose");
		}

	}

	static class LazyUser {

		private final ZmqListenerRegistry listeners;

		private final ZmqProxies proxies;

		private final ZmqSockets sockets;

		private final ZmqTemplate template;

		LazyUser(@Lazy ZmqListenerRegistry listeners, @Lazy ZmqProxies proxies, @Lazy ZmqSockets sockets,
				@Lazy ZmqTemplate template) {
			this.listeners = listeners;
			this.proxies = proxies;
			this.sockets = sockets;
			this.template = template;
		}

	}

}
