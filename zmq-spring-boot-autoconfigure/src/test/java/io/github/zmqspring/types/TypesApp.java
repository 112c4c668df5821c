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

package io.github.zmqspring.types;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A running application whose sockets and listeners are made by the tests.
 */
final class TypesApp implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final List<String> WARM = List.of("warm-push", "warm-pull", "warm-req", "warm-router");

	private static final AtomicInteger NUMBER = new AtomicInteger();

	final ConfigurableApplicationContext context;

	final ZmqSockets sockets;

	final ZmqTemplate template;

	final ZmqListenerRegistry listeners;

	TypesApp(String... properties) {
		this.context = new SpringApplicationBuilder(Config.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=WARN")
			.properties(properties)
			.run();
		this.sockets = this.context.getBean(ZmqSockets.class);
		this.template = this.context.getBean(ZmqTemplate.class);
		this.listeners = this.context.getBean(ZmqListenerRegistry.class);
		// what starts with the first socket is there before the first test
		connect(WARM.get(0), SocketType.PUSH, bind(WARM.get(1), SocketType.PULL, any("tcp")));
		this.template.convertAndSend(WARM.get(0), "warm");
		this.template.receiveFrames(WARM.get(1), PATIENCE);
		connect(WARM.get(2), SocketType.REQ, bind(WARM.get(3), SocketType.ROUTER, any("inproc")));
		CompletableFuture<String> reply = this.template.requestAsync(WARM.get(2), "warm", String.class);
		this.template.receiveFrames(WARM.get(3), PATIENCE);
		reply.cancel(false);
	}

	static String unique(String name) {
		return name + NUMBER.incrementAndGet();
	}

	/** An endpoint to bind to. */
	static String any(String scheme) {
		return "inproc".equals(scheme) ? "inproc://" + unique("types") : "tcp://127.0.0.1:*";
	}

	/** Makes a socket that binds, and returns the endpoint. */
	String bind(String name, SocketType type, String endpoint, UnaryOperator<SocketDefinition> customizer) {
		this.sockets.create(customizer.apply(SocketDefinition.of(name, type, List.of(endpoint), List.of())));
		return this.sockets.status(name).bound().get(0);
	}

	String bind(String name, SocketType type, String endpoint) {
		return bind(name, type, endpoint, (definition) -> definition);
	}

	void connect(String name, SocketType type, String endpoint, UnaryOperator<SocketDefinition> customizer) {
		this.sockets.create(customizer.apply(SocketDefinition.of(name, type, List.of(), List.of(endpoint))));
	}

	void connect(String name, SocketType type, String endpoint) {
		connect(name, type, endpoint, (definition) -> definition);
	}

	static UnaryOperator<SocketDefinition> with(SocketOption option, Object value) {
		return (definition) -> definition.withOptions(definition.options().with(option, value));
	}

	/** Collects what a socket receives. */
	BlockingQueue<ZmqMessage> listen(String socket) {
		Collector collector = new Collector();
		register(socket, collector, 1);
		return collector.messages;
	}

	/** Answers what a socket receives. */
	void answer(String socket, Function<ZmqMessage, Object> answer) {
		answer(socket, 1, answer);
	}

	/** Answers so many at the same time. */
	void answer(String socket, int concurrency, Function<ZmqMessage, Object> answer) {
		register(socket, new Answerer(answer), concurrency);
	}

	private void register(String socket, Object bean, int concurrency) {
		this.listeners.register(ZmqListenerEndpoint.of(unique("listener"), bean, method(bean, "handle"))
			.socket(socket)
			.concurrency(concurrency)
			.build());
	}

	static Method method(Object bean, String name) {
		try {
			return bean.getClass().getDeclaredMethod(name, ZmqMessage.class);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static @Nullable ZmqMessage next(BlockingQueue<ZmqMessage> messages) throws InterruptedException {
		return messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	/** After each test: nothing of it stays. */
	void reset() {
		this.listeners.ids().forEach(this.listeners::unregister);
		this.sockets.names()
			.stream()
			.filter((name) -> !WARM.contains(name))
			.sorted(Comparator.comparing((name) -> this.sockets.definition(name).connect().isEmpty()))
			.forEach(this.sockets::remove);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Config {

	}

	static final class Collector {

		private final BlockingQueue<ZmqMessage> messages = new LinkedBlockingQueue<>();

		void handle(ZmqMessage message) {
			this.messages.add(message);
		}

	}

	static final class Answerer {

		private final Function<ZmqMessage, Object> answer;

		Answerer(Function<ZmqMessage, Object> answer) {
			this.answer = answer;
		}

		Object handle(ZmqMessage message) {
			return this.answer.apply(message);
		}

	}

}
