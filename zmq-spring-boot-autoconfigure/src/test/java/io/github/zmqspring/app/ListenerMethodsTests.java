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

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerErrorHandler;
import io.github.zmqspring.listener.ZmqListenerException;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.test.NoLeaks;
import jakarta.validation.constraints.Min;
import org.aopalliance.intercept.MethodInterceptor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.zeromq.ZMsg;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the forms that listener methods, their parameters and their beans may have,
 * in an application with lazy initialization and virtual threads asked for.
 */
@NoLeaks
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListenerMethodsTests {

	private ConfigurableApplicationContext context;

	private ZmqTemplate template;

	private Contexts.Recorder recorder;

	@BeforeAll
	void start() {
		this.context = Contexts.start(Beans.class, Contexts.with(
				Contexts.pipes("text", "buffer", "list", "message", "headers", "optional", "frames", "zmsg", "valid",
						"meta", "first", "second", "spel", "executor", "inline", "handled", "batch", "target",
						"classes", "interfaces", "empty", "primitive"),
				"spring.main.lazy-initialization=true", "spring.threads.virtual.enabled=true", "my.socket=spel",
				"my.workers=1"));
		this.template = this.context.getBean(ZmqTemplate.class);
		this.recorder = this.context.getBean(Contexts.Recorder.class);
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@Test
	void textAndBuffersAndEmptyPayloads() throws Exception {
		this.template.convertAndSend("to-text", "h\u00e4llo");
		assertThat(this.recorder.next("text")).isEqualTo("h\u00e4llo");
		this.template.convertAndSend("to-buffer", new byte[] { 1, 2 });
		assertThat(this.recorder.next("buffer")).isEqualTo(ByteBuffer.wrap(new byte[] { 1, 2 }));
		this.template.convertAndSend("to-empty", new byte[0]);
		assertThat(this.recorder.next("empty")).isEqualTo("");
		this.template.convertAndSend("to-primitive", "17");
		assertThat(this.recorder.next("primitive")).isEqualTo(17);
	}

	@Test
	void genericTypes() throws Exception {
		this.template.convertAndSend("to-list", List.of(new Order("a", 1), new Order("b", 2)));
		assertThat(this.recorder.next("list")).isEqualTo(List.of(new Order("a", 1), new Order("b", 2)));
	}

	@Test
	void messagesAndHeaders() throws Exception {
		this.template.convertAndSend("to-message", new Order("a", 1));
		Message<?> message = (Message<?>) this.recorder.next("message");
		assertThat(message.getPayload()).isEqualTo(new Order("a", 1));
		assertThat(message.getHeaders()).containsEntry(ZmqHeaders.SOCKET, "message");
		this.template.convertAndSend("to-headers", "x");
		assertThat(this.recorder.next("headers")).isEqualTo("headers headers fallback x");
	}

	@Test
	void framesThatMayBeMissing() throws Exception {
		this.template.sendFrames("to-optional", "one", new Order("a", 1));
		assertThat(this.recorder.next("optional")).isEqualTo("one " + Optional.of(new Order("a", 1)) + " a");
		this.template.sendFrames("to-optional", "one");
		assertThat(this.recorder.next("optional")).isEqualTo("one Optional.empty one");
		this.template.sendFrames("to-frames", "a", "", "c");
		assertThat(this.recorder.next("frames")).isEqualTo("3 c");
		this.template.sendFrames("to-zmsg", "a", "", "c");
		assertThat(this.recorder.next("zmsg")).isEqualTo("3 c");
	}

	@Test
	void payloadsAreValidated() throws Exception {
		this.template.convertAndSend("to-valid", new Order("bad", 0));
		this.template.convertAndSend("to-valid", new Order("good", 1));
		assertThat(this.recorder.next("valid")).isEqualTo(new Order("good", 1));
		assertThat(status("valid").unreadable()).isOne();
	}

	@Test
	void annotationsOfTheApplicationsOwnAndSeveralOnOneMethod() throws Exception {
		this.template.convertAndSend("to-meta", "m");
		assertThat(this.recorder.next("meta")).isEqualTo("m");
		this.template.convertAndSend("to-first", "1");
		assertThat(this.recorder.next("repeated")).isEqualTo("1");
		this.template.convertAndSend("to-second", "2");
		assertThat(this.recorder.next("repeated")).isEqualTo("2");
		assertThat(registry().ids()).contains("listeners.repeated", "listeners.repeated#1", "own-annotation");
	}

	@Test
	void placeholdersAndExpressions() throws Exception {
		this.template.convertAndSend("to-spel", "s");
		assertThat(this.recorder.next("spel")).isEqualTo("s");
		assertThat(status("spel-2").socket()).isEqualTo("spel");
	}

	@Test
	void executors() throws Exception {
		this.template.convertAndSend("to-executor", "e");
		assertThat(this.recorder.next("executor")).asString().startsWith("mine-");
		this.template.convertAndSend("to-inline", "i");
		assertThat(this.recorder.next("inline")).asString().startsWith("zmq-poller-");
	}

	@Test
	void errorHandlerDecidesAndItsAnswerGoesOn() throws Exception {
		this.template.convertAndSend("to-handled", "x");
		assertThat(this.recorder.next("target")).isEqualTo("handled FAILED x");
		this.template.convertAndSend("to-handled", "good");
		assertThat(this.recorder.next("target")).isEqualTo("good!");
	}

	@Test
	void batches() throws Exception {
		this.template.convertAndSend("to-batch", new Order("a", 1));
		this.template.convertAndSend("to-batch", "no json");
		this.template.convertAndSend("to-batch", new Order("b", 2));
		assertThat(this.recorder.next("batch")).isEqualTo(new Order("a", 1));
		assertThat(this.recorder.next("batch")).isEqualTo(new Order("b", 2));
		Awaitility.await().untilAsserted(() -> assertThat(status("batch").handled()).isEqualTo(2));
		assertThat(status("batch").unreadable()).isOne();
	}

	@Test
	void beansBehindProxiesOfBothKinds() throws Exception {
		this.template.convertAndSend("to-classes", "c");
		assertThat(this.recorder.next("advice")).isEqualTo("onClass");
		assertThat(this.recorder.next("classes")).isEqualTo("c");
		this.template.convertAndSend("to-interfaces", "i");
		assertThat(this.recorder.next("advice")).isEqualTo("onInterface");
		assertThat(this.recorder.next("interfaces")).isEqualTo("i");
	}

	private ZmqListenerRegistry registry() {
		return this.context.getBean(ZmqListenerRegistry.class);
	}

	private ListenerStatus status(String id) {
		return registry().status(id);
	}

	record Order(String id, @Min(1) int quantity) {
	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@ZmqListener(concurrency = "2")
	@interface OwnListener {

		@AliasFor(annotation = ZmqListener.class, attribute = "socket")
		String from();

		@AliasFor(annotation = ZmqListener.class, attribute = "id")
		String name();

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Listeners listeners(Contexts.Recorder recorder) {
			return new Listeners(recorder);
		}

		@Bean
		SimpleAsyncTaskExecutor mine() {
			return new SimpleAsyncTaskExecutor("mine-");
		}

		@Bean
		ZmqListenerErrorHandler telling() {
			return new ZmqListenerErrorHandler() {

				@Override
				public Object handleError(ZmqMessage message, ZmqListenerException failure) {
					return "handled " + failure.getReason() + " " + message.text(0);
				}

			};
		}

		@Bean
		OnClass onClass(Contexts.Recorder recorder) {
			return new OnClass(recorder);
		}

		@Bean
		OnInterface onInterface(Contexts.Recorder recorder) {
			return new OnInterface(recorder);
		}

		@Bean
		static Advising advising(ObjectProvider<Contexts.Recorder> recorder) {
			return new Advising(recorder);
		}

	}

	/**
	 * What auto-proxying does.
	 */
	static class Advising implements BeanPostProcessor, Ordered {

		private final ObjectProvider<Contexts.Recorder> recorder;

		Advising(ObjectProvider<Contexts.Recorder> recorder) {
			this.recorder = recorder;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (!(bean instanceof OnClass || bean instanceof OnInterface)) {
				return bean;
			}
			ProxyFactory factory = new ProxyFactory(bean);
			factory.setProxyTargetClass(bean instanceof OnClass);
			factory.addAdvice((MethodInterceptor) (invocation) -> {
				this.recorder.getObject().add("advice", invocation.getMethod().getName());
				return invocation.proceed();
			});
			return factory.getProxy();
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

	interface Handler {

		void onInterface(String payload);

	}

	static class OnInterface implements Handler {

		private final Contexts.Recorder recorder;

		OnInterface(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		@Override
		@ZmqListener("interfaces")
		public void onInterface(String payload) {
			this.recorder.add("interfaces", payload);
		}

	}

	static class OnClass {

		private final Contexts.Recorder recorder;

		OnClass(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		@ZmqListener("classes")
		void onClass(String payload) {
			this.recorder.add("classes", payload);
		}

	}

	static class Listeners {

		private final Contexts.Recorder recorder;

		Listeners(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		@ZmqListener("text")
		void text(@Payload String payload) {
			this.recorder.add("text", payload);
		}

		@ZmqListener("buffer")
		void buffer(ByteBuffer payload) {
			this.recorder.add("buffer", payload);
		}

		@ZmqListener("empty")
		void empty(@Payload String payload, @Header(ZmqHeaders.SOCKET) String socket) {
			this.recorder.add("empty", payload);
		}

		@ZmqListener("primitive")
		void primitive(int payload) {
			this.recorder.add("primitive", payload);
		}

		@ZmqListener("list")
		void list(List<Order> orders) {
			this.recorder.add("list", orders);
		}

		@ZmqListener("message")
		void message(Message<Order> message) {
			this.recorder.add("message", message);
		}

		@ZmqListener("headers")
		void headers(@Header(ZmqHeaders.SOCKET) String socket, @Headers Map<String, Object> headers,
				@Header(name = "none", defaultValue = "fallback") String other, String payload) {
			this.recorder.add("headers", socket + " " + headers.get(ZmqHeaders.SOCKET) + " " + other + " " + payload);
		}

		@ZmqListener("optional")
		void optional(@ZmqFrame(0) String first, @ZmqFrame(1) Optional<Order> order, @ZmqFrame(-1) byte[] last) {
			String text = new String(last, StandardCharsets.UTF_8);
			this.recorder.add("optional", first + " " + order + " " + (text.startsWith("{") ? "a" : text));
		}

		@ZmqListener("frames")
		void frames(List<byte[]> frames) {
			this.recorder.add("frames", frames.size() + " " + new String(frames.get(2), StandardCharsets.UTF_8));
		}

		@ZmqListener("zmsg")
		void zmsg(ZMsg message) {
			this.recorder.add("zmsg", message.size() + " " + message.peekLast().getString(StandardCharsets.UTF_8));
		}

		@ZmqListener(id = "valid", socket = "valid")
		void valid(@Payload @Validated Order order) {
			this.recorder.add("valid", order);
		}

		@OwnListener(from = "meta", name = "own-annotation")
		void meta(String payload) {
			this.recorder.add("meta", payload);
		}

		@ZmqListener("first")
		@ZmqListener("second")
		void repeated(String payload) {
			this.recorder.add("repeated", payload);
		}

		@ZmqListener(id = "spel-#{1 + 1}", socket = "${my.socket}", concurrency = "#{${my.workers} * 2}",
				autoStartup = "${my.start:true}")
		void spel(String payload) {
			this.recorder.add("spel", payload);
		}

		@ZmqListener(socket = "executor", executor = "mine")
		void executor(String payload) {
			this.recorder.add("executor", Thread.currentThread().getName());
		}

		@ZmqListener(socket = "inline", executor = "inline")
		void inline(String payload) {
			this.recorder.add("inline", Thread.currentThread().getName());
		}

		@ZmqListener(socket = "handled", errorHandler = "telling")
		@SendTo("to-target")
		String handled(String payload) {
			if (payload.equals("good")) {
				return "good!";
			}
			throw new IllegalStateException("on purpose");
		}

		@ZmqListener("target")
		void target(String payload) {
			this.recorder.add("target", payload);
		}

		@ZmqListener(id = "batch", socket = "batch", batch = true)
		void batch(List<Order> orders) {
			orders.forEach((order) -> this.recorder.add("batch", order));
		}

	}

}
