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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqRoutingId;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.test.NoLeaks;
import jakarta.validation.constraints.Min;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZMsg;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the parameters of a listener method may be, one method for each form.
 */
@NoLeaks
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListenerParametersTests {

	private static final Order ORDER = new Order("a", 1);

	private ConfigurableApplicationContext context;

	private ZmqTemplate template;

	private Contexts.Recorder recorder;

	@BeforeAll
	void start() {
		List<String> properties = Contexts
			.pipes(Stream
				.concat(plain(),
						Stream.of("batchOrders", "batchMessages", "batchWhole", "batchZmsg", "batchFrames",
								"batchBytes", "batchText", "batchBuffers", "batchMaps", "batchWholeMessages",
								"batchValid", "batchRaw", "nothing", "generic", "onInterface", "async", "meta", "spel"))
				.toArray(String[]::new));
		properties.addAll(List.of("zmq.sockets.server.type=router", "zmq.sockets.server.bind=inproc://server",
				"zmq.sockets.client.type=dealer", "zmq.sockets.client.connect=inproc://server",
				"zmq.sockets.client.options.routing-id=me", "zmq.sockets.ticks.type=xpub",
				"zmq.sockets.ticks.bind=inproc://ticks", "zmq.sockets.ticker.type=sub",
				"zmq.sockets.ticker.connect=inproc://ticks", "my.endpoints=inproc://spel-1, inproc://spel-2",
				"my.topics=a,b", "zmq.listener.batch-timeout=50ms"));
		this.context = Contexts.start(Beans.class, properties);
		this.template = this.context.getBean(ZmqTemplate.class);
		this.recorder = this.context.getBean(Contexts.Recorder.class);
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	static Stream<String> plain() {
		return Stream.of("bytes", "text", "buffer", "object", "pojo", "record", "list", "map", "array", "boxed",
				"optional", "optionalText", "messageOfAny", "messageOfBytes", "messageOfText", "messageOfOrders",
				"messageOfZmq", "messageOfZmsg", "messageOfFrames", "zmq", "zmsg", "frameList", "headers", "accessor");
	}

	@ParameterizedTest
	@MethodSource("plain")
	void eachFormGetsAnOrder(String form) throws InterruptedException {
		this.template.convertAndSend("to-" + form, payload(form));
		assertThat(this.recorder.next(form)).isEqualTo(expected(form));
	}

	private static Object payload(String form) {
		return switch (form) {
			case "list", "array", "messageOfOrders" -> List.of(ORDER, ORDER);
			case "map" -> Map.of("key", ORDER);
			case "boxed" -> "17";
			case "pojo", "record", "optional" -> ORDER;
			default -> "tëxt";
		};
	}

	private static Object expected(String form) {
		return switch (form) {
			case "list", "array", "messageOfOrders" -> "[" + ORDER + ", " + ORDER + "]";
			case "map" -> "{key=" + ORDER + "}";
			case "boxed" -> "17";
			case "pojo" -> "Pojo a 1";
			case "record" -> ORDER.toString();
			case "optional" -> "Optional[" + ORDER + "]";
			case "optionalText" -> "Optional[tëxt]";
			case "headers", "accessor" -> form + " tëxt";
			default -> "tëxt";
		};
	}

	@Test
	void allHeadersAtOnceOnARouter() throws InterruptedException {
		this.template.sendFrames("client", "", ORDER, "second");
		assertThat(this.recorder.next("server"))
			.isEqualTo("me me " + ORDER + " second 2 server " + ORDER + " missing null");
		assertThat(this.template.receiveFrames("client", Duration.ofSeconds(20)).text(0)).isEqualTo("done");
	}

	@Test
	void topicsAreConvertedToo() throws InterruptedException {
		assertThat(this.context.getBean(ZmqSockets.class).awaitSubscribers("ticks", "7", 1, Duration.ofSeconds(20)))
			.isTrue();
		this.template.publish("ticks", "7", ORDER);
		assertThat(this.recorder.next("ticker")).isEqualTo("7 Optional[7] 7 " + ORDER);
	}

	@ParameterizedTest
	@ValueSource(strings = { "batchOrders", "batchMessages", "batchMaps", "batchBytes", "batchText", "batchBuffers",
			"batchRaw", "batchWhole", "batchZmsg", "batchFrames", "batchWholeMessages" })
	void eachFormOfABatch(String form) throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			if (form.equals("batchOrders") || form.equals("batchMessages")) {
				this.template.convertAndSend("to-" + form, new Order("o" + i, i + 1));
			}
			else if (form.equals("batchMaps")) {
				this.template.convertAndSend("to-" + form, (Object) Map.of("k", i));
			}
			else {
				this.template.sendFrames("to-" + form, "o" + i, "second");
			}
		}
		for (int i = 0; i < 3; i++) {
			assertThat(this.recorder.next(form)).isEqualTo(element(form, i));
		}
	}

	private static String element(String form, int i) {
		return switch (form) {
			case "batchOrders", "batchMessages" -> new Order("o" + i, i + 1).toString();
			case "batchMaps" -> "{k=" + i + "}";
			case "batchWhole", "batchZmsg", "batchFrames", "batchWholeMessages" -> "o" + i + " second";
			default -> "o" + i;
		};
	}

	@Test
	void eachElementOfABatchIsValidated() throws InterruptedException {
		this.template.convertAndSend("to-batchValid", new Order("bad", 0));
		this.template.convertAndSend("to-batchValid", new Order("good", 1));
		assertThat(this.recorder.next("batchValid")).isEqualTo(new Order("good", 1).toString());
		assertThat(this.context.getBean(ZmqListenerRegistry.class).status("batchValid").unreadable()).isOne();
	}

	@Test
	void aMethodMayTakeNothing() throws InterruptedException {
		this.template.convertAndSend("to-nothing", "x");
		assertThat(this.recorder.next("nothing")).isEqualTo("called");
	}

	@Test
	void theTypeOfAGenericSuperclassIsKnown() throws InterruptedException {
		this.template.convertAndSend("to-generic", ORDER);
		assertThat(this.recorder.next("generic")).isEqualTo(ORDER);
	}

	@Test
	void annotationsOnTheMethodOfAnInterfaceCountBehindAProxy() throws InterruptedException {
		this.template.convertAndSend("to-onInterface", "x");
		assertThat(this.recorder.next("advised")).isEqualTo("heard");
		assertThat(this.recorder.next("onInterface")).isEqualTo("x");
	}

	@Test
	void anAsyncMethodRunsWhereSpringWantsIt() throws InterruptedException {
		this.template.convertAndSend("to-async", "x");
		assertThat(this.recorder.next("async")).asString().startsWith("x on ").doesNotContain("zmq-");
	}

	@Test
	void aMetaAnnotationFillsAttributesWithPlaceholders() throws InterruptedException {
		this.template.convertAndSend("to-meta", "x");
		assertThat(this.recorder.next("meta")).isEqualTo("x");
		assertThat(this.context.getBean(ZmqListenerRegistry.class).status("meta-handler").socket()).isEqualTo("meta");
	}

	@Test
	void onePlaceholderMayStandForSeveralEndpoints() {
		assertThat(this.context.getBean(ZmqSockets.class).status("lists").bound())
			.containsExactlyInAnyOrder("inproc://spel-1", "inproc://spel-2");
		assertThat(this.context.getBean(ZmqSockets.class).definition("topics").topics()).containsExactly("a", "b");
	}

	record Order(String id, @Min(1) int quantity) {
	}

	static class Pojo {

		public String id = "";

		public int quantity;

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@ZmqListener(id = "#{'meta' + '-handler'}")
	@interface From {

		@AliasFor(annotation = ZmqListener.class, attribute = "value")
		String value();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync(proxyTargetClass = true)
	static class Beans {

		@Bean
		Forms forms(Contexts.Recorder recorder) {
			return new Forms(recorder);
		}

		@Bean
		Batches batches(Contexts.Recorder recorder) {
			return new Batches(recorder);
		}

		@Bean
		Generic generic(Contexts.Recorder recorder) {
			return new Generic(recorder);
		}

		@Bean
		Slow slow(Contexts.Recorder recorder) {
			return new Slow(recorder);
		}

		@Bean
		Hearing hearing(Contexts.Recorder recorder) {
			ProxyFactory factory = new ProxyFactory((Hearing) (payload) -> recorder.add("onInterface", payload));
			factory.addAdvice((MethodInterceptor) (invocation) -> {
				if (invocation.getMethod().getName().equals("heard")) {
					recorder.add("advised", "heard");
				}
				return invocation.proceed();
			});
			return (Hearing) factory.getProxy();
		}

	}

	interface Hearing {

		@ZmqListener("onInterface")
		void heard(String payload);

	}

	static class Slow {

		private final Contexts.Recorder recorder;

		Slow(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		@Async
		@ZmqListener("async")
		void async(String payload) {
			this.recorder.add("async", payload + " on " + Thread.currentThread().getName());
		}

	}

	abstract static class Base<T> {

		@ZmqListener("generic")
		void handle(T payload) {
			heard(payload);
		}

		abstract void heard(T payload);

	}

	static class Generic extends Base<Order> {

		private final Contexts.Recorder recorder;

		Generic(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		@Override
		void heard(Order payload) {
			this.recorder.add("generic", payload);
		}

	}

	static class Forms {

		private final Contexts.Recorder recorder;

		Forms(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		private void add(String form, Object value) {
			this.recorder.add(form, value.toString());
		}

		private static String text(byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}

		@ZmqListener("bytes")
		void bytes(byte[] payload) {
			add("bytes", text(payload));
		}

		@ZmqListener("text")
		void text(String payload) {
			add("text", payload);
		}

		@ZmqListener("buffer")
		void buffer(ByteBuffer payload) {
			add("buffer", StandardCharsets.UTF_8.decode(payload));
		}

		@ZmqListener("object")
		void object(Object payload) {
			add("object", text((byte[]) payload));
		}

		@ZmqListener("pojo")
		void pojo(Pojo payload) {
			add("pojo", "Pojo " + payload.id + " " + payload.quantity);
		}

		@ZmqListener("record")
		void record(Order payload) {
			add("record", payload);
		}

		@ZmqListener("list")
		void list(List<Order> payload) {
			Order first = payload.get(0);
			add("list", List.of(first, payload.get(1)));
		}

		@ZmqListener("map")
		void map(@Payload Map<String, Order> payload) {
			Order one = payload.get("key");
			add("map", Map.of("key", one));
		}

		@ZmqListener("array")
		void array(Order[] payload) {
			add("array", List.of(payload));
		}

		@ZmqListener("boxed")
		void boxed(Integer payload) {
			add("boxed", payload);
		}

		@ZmqListener("optional")
		void optional(Optional<Order> payload) {
			Order order = payload.orElseThrow();
			add("optional", Optional.of(order));
		}

		@ZmqListener("optionalText")
		void optionalText(@Payload Optional<String> payload) {
			add("optionalText", payload);
		}

		@ZmqListener("messageOfAny")
		void messageOfAny(Message<?> message) {
			add("messageOfAny", text((byte[]) message.getPayload()));
		}

		@ZmqListener("messageOfBytes")
		void messageOfBytes(Message<byte[]> message) {
			add("messageOfBytes", text(message.getPayload()));
		}

		@ZmqListener("messageOfText")
		void messageOfText(Message<String> message) {
			add("messageOfText", message.getPayload());
		}

		@ZmqListener("messageOfOrders")
		void messageOfOrders(Message<List<Order>> message) {
			Order first = message.getPayload().get(0);
			add("messageOfOrders", List.of(first, message.getPayload().get(1)));
		}

		@ZmqListener("messageOfZmq")
		void messageOfZmq(Message<ZmqMessage> message) {
			add("messageOfZmq", message.getPayload().text(0));
		}

		@ZmqListener("messageOfZmsg")
		void messageOfZmsg(Message<ZMsg> message) {
			add("messageOfZmsg", text(message.getPayload().peekFirst().getData()));
		}

		@ZmqListener("messageOfFrames")
		void messageOfFrames(Message<List<byte[]>> message) {
			byte[] first = message.getPayload().get(0);
			add("messageOfFrames", text(first));
		}

		@ZmqListener("zmq")
		void zmq(ZmqMessage message) {
			add("zmq", message.text(0));
		}

		@ZmqListener("zmsg")
		void zmsg(@Payload ZMsg message) {
			add("zmsg", text(message.peekFirst().getData()));
		}

		@ZmqListener("frameList")
		void frameList(@Payload List<byte[]> frames) {
			byte[] first = frames.get(0);
			add("frameList", text(first));
		}

		@ZmqListener("headers")
		void headers(MessageHeaders headers, String payload) {
			add("headers", headers.get(ZmqHeaders.SOCKET) + " " + payload);
		}

		@ZmqListener("accessor")
		void accessor(MessageHeaderAccessor headers, String payload) {
			add("accessor", headers.getHeader(ZmqHeaders.SOCKET) + " " + payload);
		}

		@ZmqListener("server")
		void server(@ZmqRoutingId String id, @ZmqRoutingId byte[] bytes, @ZmqFrame(0) Order order,
				@ZmqFrame(-1) String last, ZmqMessage all, @Headers Map<String, Object> headers, Order payload,
				@Header(name = "none", defaultValue = "missing") String none,
				@ZmqFrame(7) @org.jspecify.annotations.Nullable String more, ZmqReplier replier) {
			add("server", id + " " + text(bytes) + " " + order + " " + last + " " + all.size() + " "
					+ headers.get(ZmqHeaders.SOCKET) + " " + payload + " " + none + " " + more);
			replier.reply("done");
		}

		@ZmqListener("ticker")
		void ticker(@ZmqTopic int topic, @ZmqTopic Optional<String> text, @Header(ZmqHeaders.TOPIC) String header,
				Order order) {
			add("ticker", topic + " " + text + " " + header + " " + order);
		}

		@ZmqListener("nothing")
		void nothing() {
			add("nothing", "called");
		}

		@From("meta")
		void meta(String payload) {
			add("meta", payload);
		}

		@ZmqListener(id = "lists", type = SocketType.PULL, bind = "${my.endpoints}")
		void lists(String payload) {
		}

		@ZmqListener(id = "topics", type = SocketType.SUB, connect = "#{'inproc://' + 'ticks'}",
				topics = "#{'${my.topics}'.split(',')}")
		void topics(String payload) {
		}

	}

	static class Batches {

		private final Contexts.Recorder recorder;

		Batches(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		@ZmqListener(socket = "batchOrders", batch = true)
		void orders(List<Order> orders) {
			for (Order order : orders) {
				this.recorder.add("batchOrders", order.toString());
			}
		}

		@ZmqListener(socket = "batchMessages", batch = true)
		void messages(List<Message<Order>> messages) {
			for (Message<Order> message : messages) {
				Order order = message.getPayload();
				assertThat(message.getHeaders()).containsEntry(ZmqHeaders.SOCKET, "batchMessages");
				this.recorder.add("batchMessages", order.toString());
			}
		}

		@ZmqListener(socket = "batchMaps", batch = true)
		void maps(List<Map<String, Integer>> maps) {
			for (Map<String, Integer> map : maps) {
				int value = map.get("k");
				this.recorder.add("batchMaps", "{k=" + value + "}");
			}
		}

		@ZmqListener(socket = "batchBytes", batch = true)
		void bytes(List<byte[]> payloads) {
			payloads.forEach((bytes) -> this.recorder.add("batchBytes", Forms.text(bytes)));
		}

		@ZmqListener(socket = "batchText", batch = true)
		void text(@Payload List<String> payloads) {
			payloads.forEach((text) -> this.recorder.add("batchText", text));
		}

		@ZmqListener(socket = "batchBuffers", batch = true)
		void buffers(List<ByteBuffer> payloads) {
			payloads.forEach(
					(buffer) -> this.recorder.add("batchBuffers", StandardCharsets.UTF_8.decode(buffer).toString()));
		}

		@ZmqListener(socket = "batchRaw", batch = true)
		void raw(@SuppressWarnings("rawtypes") List payloads) {
			for (Object payload : payloads) {
				this.recorder.add("batchRaw", Forms.text((byte[]) payload));
			}
		}

		@ZmqListener(socket = "batchWhole", batch = true)
		void whole(List<ZmqMessage> messages) {
			messages.forEach((message) -> this.recorder.add("batchWhole", message.text(0) + " " + message.text(1)));
		}

		@ZmqListener(socket = "batchZmsg", batch = true)
		void zmsg(List<ZMsg> messages) {
			messages
				.forEach((message) -> this.recorder.add("batchZmsg", message.popString() + " " + message.popString()));
		}

		@ZmqListener(socket = "batchFrames", batch = true)
		void frames(List<List<byte[]>> messages) {
			messages.forEach((frames) -> this.recorder.add("batchFrames",
					Forms.text(frames.get(0)) + " " + Forms.text(frames.get(1))));
		}

		@ZmqListener(socket = "batchWholeMessages", batch = true)
		void wholeMessages(List<Message<ZmqMessage>> messages) {
			messages.forEach((message) -> this.recorder.add("batchWholeMessages",
					message.getPayload().text(0) + " " + message.getPayload().text(1)));
		}

		@ZmqListener(id = "batchValid", socket = "batchValid", batch = true)
		void valid(@Validated List<Order> orders) {
			orders.forEach((order) -> this.recorder.add("batchValid", order.toString()));
		}

	}

}
