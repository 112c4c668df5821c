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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqProxyAutoConfiguration;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyInterceptor;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the beans that listeners and their hooks may be.
 */
@NoLeaks
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ListenerBeansTests {

	private static final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ZmqAutoConfiguration.class,
				ZmqListenerAutoConfiguration.class, ZmqProxyAutoConfiguration.class))
		.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://in", "zmq.sockets.out.type=push",
				"zmq.sockets.out.connect=inproc://in");

	@BeforeEach
	void clear() {
		received.clear();
	}

	@Test
	void placeholdersMayStandForLists() {
		this.runner.withUserConfiguration(Topics.class)
			.withPropertyValues("app.commas=a,b", "app.list[0]=c", "app.list[1]=d,e", "app.prefix[0]=x",
					"app.prefix[1]=y", "app.socket[0]=news", "app.lanes[0]=2")
			.withPropertyValues("zmq.sockets.news.type=sub", "zmq.sockets.news.bind=inproc://news")
			.run((context) -> assertThat(context.getBean(ZmqSockets.class).details("news").topics())
				.containsExactlyInAnyOrder("a", "b", "c", "d,e", "x.1", "y.1", "f", "g"));
	}

	@Test
	void aListIsRefusedWhereOneValueIsWanted() {
		this.runner.withUserConfiguration(Topics.class)
			.withPropertyValues("app.commas=a", "app.list[0]=c", "app.prefix[0]=x", "app.socket[0]=news",
					"app.socket[1]=other", "app.lanes=1", "zmq.sockets.news.type=sub",
					"zmq.sockets.news.bind=inproc://news")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(ZmqConfigurationException.class)
				.hasMessageContaining("Topics.take")
				.hasMessageContaining("'${app.socket}' is a list of 2 elements"));
	}

	@Test
	void hooksMayDependOnWhatTheyAreHooksOf() {
		this.runner.withUserConfiguration(Hooks.class, Failing.class)
			.withPropertyValues("zmq.proxies.p.type=streamer", "zmq.proxies.p.frontend.bind=inproc://front",
					"zmq.proxies.p.backend.bind=inproc://back")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(ZmqTemplate.class).convertAndSend("out", "x");
				assertThat(next()).isEqualTo("error handler of [failing]");
			});
	}

	@Test
	void aFinalMethodBehindAProxyIsRefused() {
		for (Class<?> type : List.of(FinalMethod.class, PrivateMethod.class)) {
			this.runner.withUserConfiguration(Proxying.class, type)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOf(ZmqConfigurationException.class)
					.hasMessageContaining(type.getSimpleName() + ".take")
					.hasMessageContaining("proxy"));
		}
	}

	@Test
	void methodsThatAProxyPassesOnListen() {
		for (Class<?> type : List.of(PackagePrivateMethod.class, StaticMethod.class)) {
			this.runner.withUserConfiguration(Proxying.class, type).run((context) -> {
				context.getBean(ZmqTemplate.class).convertAndSend("out", type.getSimpleName());
				assertThat(next()).isEqualTo(type.getSimpleName() + " with its fields");
			});
		}
	}

	@Test
	void genericBaseClassesAreTyped() {
		this.runner.withUserConfiguration(Orders.class).run((context) -> {
			context.getBean(ZmqTemplate.class).convertAndSend("out", new Order("a", 1));
			assertThat(next()).isEqualTo(List.of(new Order("a", 1)));
		});
		this.runner.withUserConfiguration(Parts.class).run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			template.sendFrames("out", "head", "{\"id\":\"b\",\"count\":2}");
			assertThat(next()).isEqualTo(new Order("b", 2));
		});
	}

	@Test
	void lazyBeansAndProductsOfFactoriesListen() {
		for (Class<?> type : List.of(LazyBean.class, LazyMethod.class, ByInterface.class, Factory.class)) {
			this.runner.withUserConfiguration(type).run((context) -> {
				assertThat(context.getBean(ZmqListenerRegistry.class).ids()).as("%s", type).hasSize(1);
				context.getBean(ZmqTemplate.class).convertAndSend("out", "x");
				assertThat(next()).isEqualTo("taken x");
			});
		}
	}

	@Test
	void theStartSaysWhichLazyBeansMayHaveListeners(CapturedOutput output) {
		this.runner.withUserConfiguration(LazyByInterface.class).run((context) -> {
			assertThat(output).contains("Lazy beans of unknown classes").contains("hidden");
			assertThat(context.getBean(ZmqListenerRegistry.class).ids()).isEmpty();
			context.getBean("hidden");
			context.getBean(ZmqTemplate.class).convertAndSend("out", "x");
			assertThat(next()).isEqualTo("taken x");
		});
	}

	@Test
	void listenersOfAChildContextGoWithIt() {
		this.runner.run((context) -> {
			ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			for (int i = 0; i < 3; i++) {
				ConfigurableApplicationContext child = child(context);
				assertThat(registry.ids()).containsExactly("listener.take");
				template.convertAndSend("out", String.valueOf(i));
				assertThat(next()).isEqualTo("taken " + i);
				child.close();
				assertThat(registry.ids()).isEmpty();
				assertThat(context.getBean(ZmqSockets.class).status("in").state()).hasToString("OPEN");
			}
		});
	}

	@Test
	void theListenersOfADestroyedBeanGoWithIt() {
		this.runner.withUserConfiguration(LazyBean.class).run((context) -> {
			ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
			org.springframework.beans.factory.support.DefaultListableBeanFactory factory = (org.springframework.beans.factory.support.DefaultListableBeanFactory) context
				.getSourceApplicationContext()
				.getBeanFactory();
			String name = context.getBeanNamesForType(LazyBean.class)[0];
			factory.destroySingleton(name);
			assertThat(registry.ids()).isEmpty();
			context.getBean(name);
			assertThat(registry.ids()).hasSize(1);
		});
	}

	private static ConfigurableApplicationContext child(ConfigurableApplicationContext parent) {
		AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext();
		child.setParent(parent);
		child.register(ZmqListenerAutoConfiguration.class);
		child.registerBean("listener", Listening.class);
		child.refresh();
		return child;
	}

	@Test
	void anOverridingMethodListensOnce() {
		this.runner.withPropertyValues("zmq.sockets.base.type=pull", "zmq.sockets.base.bind=inproc://base")
			.withUserConfiguration(Overriding.class)
			.run((context) -> {
				ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
				assertThat(registry.ids()).hasSize(1)
					.allSatisfy((id) -> assertThat(registry.status(id).socket()).isEqualTo("in"));
			});
		this.runner.withUserConfiguration(Inheriting.class)
			.run((context) -> assertThat(context.getBean(ZmqListenerRegistry.class).ids()).hasSize(1));
	}

	@Test
	void aResultThatGoesNowhereIsNoticed(CapturedOutput output) {
		this.runner
			.withPropertyValues("zmq.sockets.later.type=pull", "zmq.sockets.later.bind=inproc://later",
					"zmq.sockets.nothing.type=pull", "zmq.sockets.nothing.bind=inproc://nothing",
					"zmq.sockets.many.type=pull", "zmq.sockets.many.bind=inproc://many")
			.withUserConfiguration(Returning.class)
			.run((context) -> assertThat(output)
				.contains("The result of listener 'value' (Returning.value), a String, goes nowhere")
				.contains("listener 'later' (Returning.later), a Integer, goes nowhere")
				.contains("listener 'many' (Returning.many), a String, goes nowhere")
				.doesNotContain("Returning.nothing"));
	}

	@Test
	void theTextsOfThisLibraryAreLogged(CapturedOutput output) {
		this.runner.withUserConfiguration(Sending.class).run((context) -> {
			context.getBean(ZmqTemplate.class).convertAndSend("out", "secret");
			ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
			org.awaitility.Awaitility.await().until(() -> registry.status("sending").failed() == 1);
			assertThat(registry.status("sending").lastError()).contains("There is no socket 'no-such-socket'");
			assertThat(output).contains("There is no socket 'no-such-socket'").doesNotContain("withheld");
		});
	}

	@Test
	void whatWasLeftOutOfTheLogIsSaidAtTheStop(CapturedOutput output) {
		this.runner.withUserConfiguration(Mixed.class).run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
			for (int i = 0; i < 13; i++) {
				template.convertAndSend("out", "1");
			}
			template.convertAndSend("out", "no number");
			org.awaitility.Awaitility.await()
				.until(() -> registry.status("mixed").failed() == 13 && registry.status("mixed").unreadable() == 1);
			// it is counted before it is logged
			org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(output).contains("cannot read a message"));
			assertThat(output).doesNotContain("were not logged");
			registry.stop("mixed");
			assertThat(output).contains("Listener 'mixed', failed messages: 3 more were not logged")
				.contains("Listener 'mixed', trouble with failed messages: 3 more were not logged")
				.doesNotContain("unreadable messages:");
		});
	}

	private static Object next() throws InterruptedException {
		Object next = received.poll(20, TimeUnit.SECONDS);
		assertThat(next).as("a message").isNotNull();
		return next;
	}

	record Order(String id, int count) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Topics {

		@ZmqListener(socket = "${app.socket}", concurrency = "${app.lanes}",
				topics = { "${app.commas}", "${app.list}", "${app.prefix}.1", "${app.none:f,g}" })
		void take(String payload) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Hooks {

		@Bean
		ZmqListenerErrorHandler errorHandler(ZmqListenerRegistry registry, ZmqTemplate template, ZmqSockets sockets,
				ZmqProxies proxies) {
			return (message, failure) -> {
				received.add("error handler of " + registry.ids());
				return null;
			};
		}

		@Bean
		ZmqListenerInterceptor interceptor(@Lazy ZmqListenerRegistry registry, @Lazy ZmqProxies proxies,
				ZmqTemplate template) {
			return (invocation) -> {
				assertThat(registry.ids()).isNotEmpty();
				assertThat(proxies.names()).isNotEmpty();
				return invocation.proceed();
			};
		}

		@Bean
		ZmqMessageFilter filter(ZmqListenerRegistry registry, ZmqTemplate template) {
			return (message, listener) -> true;
		}

		@Bean
		ZmqErrorReplyConverter errorReplies(ZmqListenerRegistry registry) {
			return (request, failure) -> null;
		}

		@Bean
		ZmqProxyInterceptor proxyInterceptor(ZmqProxies proxies, ZmqListenerRegistry registry, ZmqTemplate template) {
			return (exchange) -> exchange.forward();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@ZmqListener(id = "failing", socket = "in")
		void take(String payload) {
			throw new IllegalStateException("on purpose");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Proxying {

		@Bean
		static BeanPostProcessor proxies() {
			return new BeanPostProcessor() {
				@Override
				public Object postProcessBeforeInitialization(Object bean, String name) {
					return bean;
				}

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					if (!(bean instanceof Proxied)) {
						return bean;
					}
					ProxyFactory factory = new ProxyFactory(bean);
					factory.setProxyTargetClass(true);
					return factory.getProxy();
				}
			};
		}

	}

	interface Proxied {

	}

	static class FinalMethod implements Proxied {

		@ZmqListener("in")
		final void take(String payload) {
		}

	}

	static class PrivateMethod implements Proxied {

		@ZmqListener("in")
		private void take(String payload) {
		}

	}

	static class PackagePrivateMethod implements Proxied {

		private final String field = " with its fields";

		@ZmqListener("in")
		void take(String payload) {
			received.add(payload + this.field);
		}

	}

	static class StaticMethod implements Proxied {

		@ZmqListener("in")
		static void take(String payload) {
			received.add(payload + " with its fields");
		}

	}

	abstract static class Batches<T> {

		@ZmqListener(socket = "in", batch = true)
		void take(List<T> batch) {
			received.add(List.copyOf(batch));
		}

	}

	static class Orders extends Batches<Order> {

	}

	abstract static class Frames<T> {

		@ZmqListener("in")
		void take(@ZmqFrame(0) String head, @ZmqFrame(1) java.util.Optional<T> part) {
			received.add(part.orElseThrow());
		}

	}

	static class Parts extends Frames<Order> {

	}

	static class Listening implements Supplier<String> {

		@ZmqListener("in")
		void take(String payload) {
			received.add("taken " + payload);
		}

		@Override
		public String get() {
			return "";
		}

	}

	@Lazy
	static class LazyBean extends Listening {

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyMethod {

		@Bean
		@Lazy
		Listening lazy() {
			return new Listening();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByInterface {

		@Bean
		Supplier<String> declared() {
			return new Listening();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyByInterface {

		@Bean
		@Lazy
		Supplier<String> hidden() {
			return new Listening();
		}

	}

	static class Factory implements FactoryBean<Listening> {

		@Override
		public Listening getObject() {
			return new Listening();
		}

		@Override
		public Class<?> getObjectType() {
			return Listening.class;
		}

	}

	static class Base {

		@ZmqListener("base")
		void take(String payload) {
		}

	}

	static class Overriding extends Base {

		@Override
		@ZmqListener("in")
		void take(String payload) {
		}

	}

	static class Inheriting extends Listening {

		@Override
		void take(String payload) {
			super.take(payload);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Returning {

		@ZmqListener(id = "value", socket = "in")
		String value(String payload) {
			return payload;
		}

		@ZmqListener(id = "later", socket = "later")
		CompletableFuture<Integer> later(String payload) {
			return CompletableFuture.completedFuture(1);
		}

		@ZmqListener(id = "nothing", socket = "nothing")
		Mono<Void> nothing(String payload) {
			return Mono.empty();
		}

		@ZmqListener(id = "many", socket = "many")
		reactor.core.publisher.Flux<String> many(String payload) {
			return reactor.core.publisher.Flux.empty();
		}

	}

	static class Sending {

		private final ZmqTemplate template;

		Sending(ZmqTemplate template) {
			this.template = template;
		}

		@ZmqListener(id = "sending", socket = "in")
		void take(String payload) {
			this.template.convertAndSend("no-such-socket", payload);
		}

	}

	static class Mixed {

		@ZmqListener(id = "mixed", socket = "in")
		void take(int number) {
			throw new IllegalStateException("on purpose");
		}

		@EventListener
		void failed(ZmqListenerFailedEvent event) {
			if (event.getFailure().getReason() == ZmqListenerException.Reason.FAILED) {
				throw new IllegalStateException("so does the listener of the event");
			}
		}

	}

}
