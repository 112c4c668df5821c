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

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.listener.invoke.ListenerHooks;
import io.github.zmqspring.listener.invoke.MethodHandlerFactory;
import io.github.zmqspring.listener.invoke.ZmqHandlerMethodFactory;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.transport.lane.LaneHandler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.zeromq.SocketType;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.util.ReflectionUtils;

/**
 * What the library adds to each message on its way between socket and method, without any
 * socket. In the package of the dispatch, since none of it is public.
 *
 * @since 0.1.0
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DispatchBenchmark {

	private static final SocketDefinition PULL = SocketDefinition.of("in", SocketType.PULL,
			List.of("tcp://127.0.0.1:*"), List.of());

	private final byte[] bytes = new byte[256];

	private final ZmqMessage message = ZmqMessage.of(this.bytes);

	private final ZmqMessage json = ZmqMessage.of("{\"id\":4711,\"name\":\"quote\",\"price\":12.5}");

	private final Quote quote = new Quote(4711, "quote", 12.5);

	private final Listeners listeners = new Listeners();

	private ConfigurableApplicationContext context;

	private MethodHandlerFactory factory;

	private MessageCodec codec;

	private LaneHandler plain;

	private LaneHandler header;

	private LaneHandler converted;

	private LaneHandler wrapped;

	/**
	 * Start an application for its factory and its codec.
	 */
	@Setup
	public void start() {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties("logging.level.root=warn")
			.run();
		this.codec = this.context.getBean(MessageCodec.class);
		ListenerHooks hooks = new ListenerHooks(null, ZmqErrorReplyConverter.message(), null, List.of(), this.context);
		this.factory = new MethodHandlerFactory(this.context.getBean(ZmqSockets.class), this.codec,
				this.context.getBean(ZmqHandlerMethodFactory.class), ListenerSettings.defaults(), hooks);
		this.plain = handler("plain", byte[].class);
		this.header = handler("header", byte[].class, String.class);
		this.converted = handler("converted", Quote.class);
		this.wrapped = handler("wrapped", Message.class);
	}

	private LaneHandler handler(String name, Class<?>... parameters) {
		Method method = ReflectionUtils.findMethod(Listeners.class, name, parameters);
		ZmqListenerEndpoint endpoint = ZmqListenerEndpoint.of(name, this.listeners, method).socket(PULL.name()).build();
		return this.factory.create(endpoint, PULL);
	}

	/**
	 * End the application.
	 */
	@TearDown
	public void stop() {
		this.context.close();
	}

	/**
	 * The measure of the others: the method itself.
	 * @return what keeps the call alive
	 */
	@Benchmark
	public long direct() {
		this.listeners.plain(this.message.frame(0));
		return this.listeners.seen;
	}

	/**
	 * A listener of {@code byte[]}.
	 * @return what keeps the call alive
	 */
	@Benchmark
	public long bytesListener() {
		this.plain.handle(this.message);
		return this.listeners.seen;
	}

	/**
	 * A listener of {@code byte[]} and a header, through spring-messaging.
	 * @return what keeps the call alive
	 */
	@Benchmark
	public long headerListener() {
		this.header.handle(this.message);
		return this.listeners.seen;
	}

	/**
	 * A listener of a {@code Message}.
	 * @return what keeps the call alive
	 */
	@Benchmark
	public long messageListener() {
		this.wrapped.handle(this.message);
		return this.listeners.seen;
	}

	/**
	 * A listener of an object, read by Jackson.
	 * @return what keeps the call alive
	 */
	@Benchmark
	public long jsonListener() {
		this.converted.handle(this.json);
		return this.listeners.seen;
	}

	/**
	 * What the template makes of {@code byte[]}: a copy.
	 * @return the frame
	 */
	@Benchmark
	public byte[] encodeBytes() {
		return this.codec.encodeFrame(this.bytes, null);
	}

	/**
	 * What the template makes of text.
	 * @return the frame
	 */
	@Benchmark
	public byte[] encodeText() {
		return this.codec.encodeFrame("a text of some length, as text goes", null);
	}

	/**
	 * What the template makes of an object, written by Jackson.
	 * @return the frame
	 */
	@Benchmark
	public byte[] encodeJson() {
		return this.codec.encodeFrame(this.quote, null);
	}

	/**
	 * Jackson alone.
	 * @return what it read
	 */
	@Benchmark
	public Object decodeJson() {
		return this.codec.decodeFrame(this.json.frame(0), Quote.class, null, null);
	}

	/**
	 * Text as bytes, for {@link #encodeText}.
	 * @return the bytes
	 */
	@Benchmark
	public byte[] textAlone() {
		return "a text of some length, as text goes".getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * The methods that are called.
	 */
	static class Listeners {

		private long seen;

		void plain(byte[] payload) {
			this.seen += payload.length;
		}

		void header(byte[] payload, @Header("zmq_socket") String socket) {
			this.seen += payload.length + socket.length();
		}

		void converted(Quote quote) {
			this.seen += quote.id();
		}

		void wrapped(Message<byte[]> message) {
			this.seen += message.getPayload().length;
		}

	}

	/**
	 * A small object.
	 *
	 * @param id a number
	 * @param name a text
	 * @param price another number
	 */
	record Quote(long id, String name, double price) {

	}

}
