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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.logging.MdcInterceptor;
import io.github.zmqspring.test.NoLeaks;
import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what Spring Boot's conventions give to threads: task decorators, the context
 * of the caller, entries of the log, executors made by its builders.
 */
@NoLeaks
class TaskDecoratorTests {

	private static final String IN = "sockets.in.type=pull";

	private static final String BIND = "sockets.in.bind=tcp://127.0.0.1:*";

	@Test
	void decoratorsSurroundEachCallInTheirOrderAndFailuresPassThrough() throws Exception {
		try (ListenerApp app = ListenerApp.run(Decorated.class, IN, BIND)) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			peer.send("first");
			peer.send("fail");
			peer.send("last");
			Decorated bean = app.bean(Decorated.class);
			assertThat(bean.seen.poll(20, TimeUnit.SECONDS)).isEqualTo("first tenant");
			assertThat(bean.seen.poll(20, TimeUnit.SECONDS)).isEqualTo("fail tenant");
			assertThat(bean.seen.poll(20, TimeUnit.SECONDS)).isEqualTo("last tenant");
			await().untilAsserted(() -> assertThat(app.listeners().status("decorated").handled()).isEqualTo(2));
			assertThat(app.listeners().status("decorated").failed()).isOne();
			assertThat(bean.steps).startsWith("outer begins", "inner begins", "inner ends", "outer ends",
					"outer begins");
		}
	}

	@Test
	void aDecoratorThatDoesNotRunTheCallFailsIt() {
		try (ListenerApp app = ListenerApp.run(Swallowing.class, IN, BIND)) {
			app.peer(SocketType.PUSH, "in").send("x");
			await().untilAsserted(() -> assertThat(app.listeners().status("swallowed").failed()).isOne());
			assertThat(app.listeners().status("swallowed").handled()).isZero();
		}
	}

	@Test
	void logLinesOfACallCarryListenerAndSocketAndNothingOfTheCallBefore() throws Exception {
		try (ListenerApp app = ListenerApp.run(Logging.class, IN, BIND, "listener.mdc-enabled=true")) {
			ZMQ.Socket peer = app.peer(SocketType.PUSH, "in");
			peer.send("1");
			peer.send("2");
			Logging bean = app.bean(Logging.class);
			assertThat(bean.seen.poll(20, TimeUnit.SECONDS)).isEqualTo("logging in null");
			assertThat(bean.seen.poll(20, TimeUnit.SECONDS)).isEqualTo("logging in null");
		}
	}

	@Test
	void aSendThatWaitsHasTheContextOfItsCaller() throws Exception {
		ThreadLocal<String> tenant = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("zmq.test.tenant", tenant);
		try (ListenerApp app = ListenerApp.run(Propagating.class, "sockets.out.type=push",
				"sockets.out.bind=tcp://127.0.0.1:*")) {
			tenant.set("acme");
			BlockingQueue<String> seen = new LinkedBlockingQueue<>();
			app.bean(Propagating.class).watched = () -> seen.add(Thread.currentThread().getName() + " " + tenant.get());
			var sent = app.bean(ZmqTemplate.class).sendAsync("out", "waits for a peer");
			assertThat(seen.poll(20, TimeUnit.SECONDS)).startsWith("zmq-send-").endsWith(" acme");
			assertThat(app.peer(SocketType.PULL, "out").recvStr()).isEqualTo("waits for a peer");
			sent.get(20, TimeUnit.SECONDS);
		}
		finally {
			tenant.remove();
			ContextRegistry.getInstance().removeThreadLocalAccessor("zmq.test.tenant");
		}
	}

	@Test
	void lanesTakeTheirThreadsFromAnExecutorThatBootHasBuilt() throws Exception {
		try (ListenerApp app = ListenerApp.run(Built.class, IN, BIND, "listener.executor=lanes")) {
			app.peer(SocketType.PUSH, "in").send("x");
			assertThat(app.bean(Built.class).seen.poll(20, TimeUnit.SECONDS)).isEqualTo("x");
			assertThat(app.bean(ThreadPoolTaskExecutor.class).getActiveCount()).isOne();
		}
	}

	static class Decorated {

		private static final ThreadLocal<String> CONTEXT = new ThreadLocal<>();

		final List<String> steps = new CopyOnWriteArrayList<>();

		final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

		@Bean
		@Order(1)
		TaskDecorator inner() {
			return (task) -> around("inner", () -> {
				CONTEXT.set("tenant");
				try {
					task.run();
				}
				finally {
					CONTEXT.remove();
				}
			});
		}

		@Bean
		@Order(2)
		TaskDecorator outer() {
			return (task) -> around("outer", task);
		}

		private Runnable around(String name, Runnable task) {
			return () -> {
				this.steps.add(name + " begins");
				task.run();
				this.steps.add(name + " ends");
			};
		}

		@ZmqListener(id = "decorated", socket = "in")
		void handle(String text) {
			this.seen.add(text + " " + CONTEXT.get());
			if (text.equals("fail")) {
				throw new IllegalStateException("failed");
			}
		}

	}

	static class Swallowing {

		@Bean
		TaskDecorator decorator() {
			return (task) -> () -> {
			};
		}

		@ZmqListener(id = "swallowed", socket = "in")
		void handle(String text) {
		}

	}

	static class Logging {

		final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

		@ZmqListener(id = "logging", socket = "in")
		void handle(String text) {
			this.seen
				.add(MDC.get(MdcInterceptor.LISTENER) + " " + MDC.get(MdcInterceptor.SOCKET) + " " + MDC.get("mine"));
			MDC.put("mine", "left behind");
		}

	}

	@ImportAutoConfiguration(TaskExecutionAutoConfiguration.class)
	static class Propagating {

		volatile Runnable watched = () -> {
		};

		@Bean
		TaskDecorator decorator() {
			ContextPropagatingTaskDecorator propagating = new ContextPropagatingTaskDecorator();
			return (task) -> propagating.decorate(() -> {
				this.watched.run();
				task.run();
			});
		}

	}

	@ImportAutoConfiguration(TaskExecutionAutoConfiguration.class)
	static class Built {

		final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

		@Bean
		ThreadPoolTaskExecutor lanes(ThreadPoolTaskExecutorBuilder builder) {
			return builder.corePoolSize(2).threadNamePrefix("built-").build();
		}

		@ZmqListener("in")
		void handle(String text) {
			this.seen.add(text);
		}

	}

}
