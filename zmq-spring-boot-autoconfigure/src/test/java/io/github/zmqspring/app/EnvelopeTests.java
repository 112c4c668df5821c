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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.message.HeaderFrame;
import io.github.zmqspring.support.PlainMessage;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.AbstractMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@code envelope: headers}: message headers in a frame of their own.
 */
@NoLeaks
class EnvelopeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final byte[] HEADERS = HeaderFrame.encode(Map.of("x-tenant", "one"));

	private static ConfigurableApplicationContext context;

	private static ZmqTemplate template;

	private static Contexts.Recorder recorder;

	@BeforeAll
	static void start() {
		List<String> properties = Contexts.pipes("orders", "stage", "next", "batch", "typed", "picky", "dead", "texts",
				"failing");
		for (String name : List.of("orders", "stage", "next", "batch", "typed", "picky", "texts", "failing")) {
			properties.add("zmq.sockets." + name + ".envelope=headers");
			properties.add("zmq.sockets.to-" + name + ".envelope=headers");
			socket(properties, "plain-" + name, "push", "connect", "inproc://" + name, false);
		}
		socket(properties, "news-out", "pub", "bind", "inproc://news", true);
		socket(properties, "news", "sub", "connect", "inproc://news", true);
		socket(properties, "news-raw", "sub", "connect", "inproc://news", false);
		socket(properties, "rpc", "rep", "bind", "inproc://rpc", true);
		socket(properties, "ask", "req", "connect", "inproc://rpc", true);
		socket(properties, "ask-raw", "dealer", "connect", "inproc://rpc", false);
		socket(properties, "desk", "router", "bind", "inproc://desk", true);
		socket(properties, "client", "dealer", "connect", "inproc://desk", true);
		socket(properties, "client-raw", "dealer", "connect", "inproc://desk", false);
		properties.add("zmq.sockets.client.options.routing-id=client-1");
		socket(properties, "far", "rep", "connect", "inproc://broker-back", true);
		socket(properties, "ask-far", "req", "connect", "inproc://broker-front", true);
		properties
			.addAll(List.of("zmq.proxies.broker.type=queue", "zmq.proxies.broker.frontend.bind=inproc://broker-front",
					"zmq.proxies.broker.backend.bind=inproc://broker-back", "zmq.listener.dead-letter=to-dead",
					"zmq.template.request-timeout=20s", "zmq.sockets.picky.envelope-headers=tenant,x-a*"));
		context = Contexts.start(Listeners.class, properties);
		template = context.getBean(ZmqTemplate.class);
		recorder = context.getBean(Contexts.Recorder.class);
		// threads that come with the first request are there before the first test
		template.convertSendAndReceive("ask", "warm", String.class);
		template.convertSendAndReceive("ask-far", "warm", String.class);
	}

	private static void socket(List<String> properties, String name, String type, String side, String endpoint,
			boolean headers) {
		String prefix = "zmq.sockets." + name + ".";
		properties.addAll(List.of(prefix + "type=" + type, prefix + side + "=" + endpoint));
		if (headers) {
			properties.add(prefix + "envelope=headers");
		}
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	private static Message<String> message(String payload) {
		return MessageBuilder.withPayload(payload).setHeader("x-tenant", "one").setHeader("other", "stays").build();
	}

	private static ZmqMessage receive(String socket) {
		ZmqMessage message = template.receiveFrames(socket, PATIENCE);
		assertThat(message).as("a message on " + socket).isNotNull();
		return message;
	}

	@Test
	void everyVerbOfTheTemplateCarriesHeaders() throws Exception {
		template.send("to-orders", message("send"));
		template.convertAndSend("to-orders", (Object) "converted", Map.of("x-tenant", "one"));
		template.convertAndSend("to-orders", message("as payload"));
		template.newMessage("built").to("to-orders").header("x-tenant", "one").send();
		assertThat(template.newMessage("tried").to("to-orders").header("x-tenant", "one").trySend()).isTrue();
		template.newMessage("async").to("to-orders").header("x-tenant", "one").sendAsync().get(20, TimeUnit.SECONDS);
		template.send("to-orders", new PlainMessage<>(ZmqMessage.of("first", "second"), Map.of("x-tenant", "one")));
		for (String payload : List.of("send", "converted", "as payload", "built", "tried", "async")) {
			assertThat(recorder.next("orders")).isEqualTo("one [%s] {x-tenant=one}".formatted(payload));
		}
		assertThat(recorder.next("orders")).isEqualTo("one [first, second] {x-tenant=one}");
	}

	@Test
	void messagesWithoutHeadersAreAsTheyAlwaysWere() throws Exception {
		template.sendFrames("to-orders", "a", "b");
		assertThat(recorder.next("orders")).isEqualTo("null [a, b] {}");
		template.convertAndSend("plain-orders", "from a peer that knows nothing of headers");
		assertThat(recorder.next("orders")).isEqualTo("null [from a peer that knows nothing of headers] {}");
		template.sendFrames("plain-orders", HEADERS, "from a peer that writes the frame itself");
		assertThat(recorder.next("orders")).isEqualTo("one [from a peer that writes the frame itself] {x-tenant=one}");
	}

	@Test
	void aPayloadThatLooksLikeAHeaderFrameArrivesAsItIs() throws Exception {
		template.sendFrames("to-typed", HEADERS, "rest");
		template.sendGivenAway("to-typed", HEADERS.clone());
		template.convertAndSend("to-typed", new byte[] { (byte) 0xFF, 'Z', 'S', 'H' });
		ZmqMessage first = receive("typed");
		assertThat(first.headers()).isEmpty();
		assertThat(first.frames()).containsExactly(HEADERS, "rest".getBytes(StandardCharsets.UTF_8));
		assertThat(receive("typed").frames()).containsExactly(HEADERS);
		assertThat(receive("typed").frames()).containsExactly(new byte[] { (byte) 0xFF, 'Z', 'S', 'H' });
	}

	@Test
	void onlyNamesThatAreAllowedTravelAndAreTakenIn() throws Exception {
		Map<String, Object> headers = new HashMap<>(
				Map.of("x-tenant", "one", "other", "no", "traceparent", "00-1", ZmqHeaders.TOPIC, "no topic here",
						ZmqHeaders.ROUTING_ID, "no peer here", MessageHeaders.REPLY_CHANNEL, "no", "X-Number", 5));
		template.send("to-typed", new PlainMessage<>("out", headers));
		ZmqMessage sent = receive("typed");
		assertThat(sent.frames()).hasSize(1);
		assertThat(sent.headers()).containsOnly(Map.entry("x-tenant", "one"), Map.entry("traceparent", "00-1"),
				Map.entry("X-Number", "5"));
		byte[] hostile = HeaderFrame.encode(Map.of("tenant", "yes", "x-abc", "yes", "x-tenant", "no", "id", "no",
				ZmqHeaders.TOPIC, "no", ZmqHeaders.MESSAGE, "no", "traceparent", "00-1"));
		template.sendFrames("plain-picky", hostile, "in");
		assertThat(recorder.next("picky")).isEqualTo("{tenant=yes, traceparent=00-1, x-abc=yes}");
	}

	@Test
	void aHeaderThatIsNoTextIsRefusedByName() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> template.newMessage("p").to("to-typed").header("x-object", new Object()).send())
			.withMessageContaining("Header 'x-object' is a java.lang.Object");
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> template.newMessage("p").to("to-typed").header("x-large", "SECRET".repeat(20_000)).send())
			.withMessageContaining("'x-large'")
			.withMessageNotContaining("SECRET");
	}

	@Test
	void topicsStayFirst() throws Exception {
		assertThat(context.getBean(ZmqSockets.class).awaitSubscribers("news-out", "a", 2, PATIENCE)).isTrue();
		template.publish("news-out", "a.b", message("published"));
		assertThat(recorder.next("news")).isEqualTo("a.b one published");
		template.newMessage("built").to("news-out").topic("a.c").header("x-tenant", "two").send();
		assertThat(recorder.next("news")).isEqualTo("a.c two built");
		template.publish("news-out", "a.d", "plain");
		assertThat(recorder.next("news")).isEqualTo("a.d null plain");
		template.send("news-out", message("a, without a topic"));
		assertThat(recorder.next("news")).isEqualTo("a, without a topic one a, without a topic");
		ZmqMessage raw = receive("news-raw");
		assertThat(raw.size()).isEqualTo(3);
		assertThat(raw.text(0)).isEqualTo("a.b");
		assertThat(HeaderFrame.decode(raw.frame(1))).containsExactly(Map.entry("x-tenant", "one"));
		assertThat(raw.text(2)).isEqualTo("published");
		assertThat(receive("news-raw").text(0)).isEqualTo("a.c");
		assertThat(receive("news-raw").frames()).hasSize(2);
	}

	@Test
	void requestsAndRepliesCarryHeaders() {
		Message<?> reply = template.sendAndReceive("ask", message("hello"));
		assertThat(reply).isNotNull();
		assertThat(new String((byte[]) reply.getPayload(), StandardCharsets.UTF_8)).isEqualTo("hello one");
		assertThat(reply.getHeaders()).containsEntry("x-reply", "of hello").doesNotContainKey("other");
		assertThat(template.newMessage("built").to("ask").header("x-tenant", "two").request(String.class))
			.isEqualTo("built two");
		assertThat(template.convertSendAndReceive("ask", "plain", String.class)).isEqualTo("plain null");
		assertThatExceptionOfType(ZmqRemoteException.class)
			.isThrownBy(() -> template.convertSendAndReceive("ask", message("fail"), String.class))
			.withMessageContaining("on purpose");
	}

	@Test
	void delimitersStayInFront() {
		template.sendFrames("ask-raw", "id", "", HEADERS, "hello");
		ZmqMessage reply = receive("ask-raw");
		assertThat(reply.returnPath()).isDeepEqualTo(new byte[][] { { 'i', 'd' }, {} });
		assertThat(HeaderFrame.decode(reply.frame(0))).containsEntry("x-reply", "of hello");
		assertThat(reply.text(1)).isEqualTo("hello one");
		template.sendFrames("ask-raw", "id", "", "hello");
		assertThat(receive("ask-raw").text(1)).isEqualTo("hello null");
	}

	@Test
	void routersAndDealersCarryHeadersBothWays() throws Exception {
		template.send("client", message("up"));
		assertThat(recorder.next("desk")).isEqualTo("one up");
		Message<?> down = template.receive("client");
		assertThat(down).isNotNull();
		assertThat(down.getHeaders()).containsEntry("x-reply", "of up");
		template.sendFrames("client", HEADERS, "an", "", "empty frame");
		assertThat(recorder.next("desk")).asString().startsWith("null ").endsWith("|an||empty frame");
		assertThat(receive("client").headers()).hasSize(1);
		template.sendFrames("client-raw", HEADERS, "an", "", "empty frame");
		assertThat(recorder.next("desk")).isEqualTo("one an||empty frame");
		assertThat(receive("client-raw").text(1)).isEqualTo("down");
		template.sendTo("desk", "client-1".getBytes(StandardCharsets.UTF_8), message("called"));
		ZmqMessage called = receive("client");
		assertThat(called.headers()).containsEntry("x-tenant", "one");
		assertThat(called.text(0)).isEqualTo("called");
	}

	@Test
	void pipelinesPassHeadersOn() throws Exception {
		template.send("to-stage", message("raw"));
		assertThat(recorder.next("next")).isEqualTo("done raw one step");
	}

	@Test
	void batchesHaveTheHeadersOfEach() throws Exception {
		template.send("to-batch", message("1"));
		template.convertAndSend("to-batch", "2");
		template.sendFrames("plain-batch", new byte[] { (byte) 0xFF, 'Z', 'S', 'H', 9 }, "corrupt");
		template.newMessage("3").to("to-batch").header("x-tenant", "three").send();
		List<Object> got = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			got.add(recorder.next("batch"));
		}
		assertThat(got).containsExactly("1 one", "2 null", "3 three");
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(status("batch").unreadable()).isOne());
		assertThat(deadLetter("batch").text(0)).isEqualTo("reason=UNREADABLE;listener=batch;attempts=0");
	}

	@Test
	void aCorruptHeaderFrameMakesAMessageUnreadable() throws Exception {
		byte[] corrupt = HEADERS.clone();
		corrupt[6] = 7;
		template.sendFrames("plain-texts", corrupt, "payload");
		template.convertAndSend("to-texts", "the next one");
		assertThat(recorder.next("texts")).isEqualTo("the next one");
		assertThat(status("texts").unreadable()).isOne();
		assertThat(status("texts").failed()).isZero();
		assertThat(status("texts").deadLettered()).isOne();
		ZmqMessage letter = deadLetter("texts");
		assertThat(letter.text(0)).isEqualTo("reason=UNREADABLE;listener=texts;attempts=0");
		assertThat(letter.frame(1)).isEqualTo(corrupt);
		assertThat(letter.text(2)).isEqualTo("payload");
	}

	@Test
	void aCallerThatReceivesGetsAnErrorForACorruptHeaderFrame() {
		template.sendFrames("plain-typed", new byte[] { (byte) 0xFF, 'Z', 'S', 'H' }, "payload");
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> template.receive("typed"))
			.withMessageContaining("No valid header frame");
	}

	@Test
	void deadLettersKeepTheHeaders() {
		template.send("to-failing", message("fail"));
		ZmqMessage letter = deadLetter("failing");
		assertThat(letter.text(0)).isEqualTo("reason=FAILED;listener=failing;attempts=1");
		assertThat(letter.frames()).hasSize(3);
		assertThat(letter.frame(1)).isEqualTo(HEADERS);
		assertThat(letter.text(2)).isEqualTo("fail");
	}

	@Test
	void aBrokerPassesHeadersOnBothWays() {
		Message<?> reply = template.sendAndReceive("ask-far", message("hello"));
		assertThat(reply).isNotNull();
		assertThat(new String((byte[]) reply.getPayload(), StandardCharsets.UTF_8)).isEqualTo("hello one");
		assertThat(reply.getHeaders()).containsEntry("x-reply", "of hello");
	}

	@Test
	void theContentTypeReachesTheConverters() {
		template.newMessage("a;b").to("to-typed").header(MessageHeaders.CONTENT_TYPE, Csv.TYPE).send();
		assertThat(template.receiveAndConvert("typed", Row.class)).isEqualTo(new Row("a", "b"));
		Message<?> reply = template.sendAndReceive("ask", new PlainMessage<>(new Row("c", "d"),
				Map.of(MessageHeaders.CONTENT_TYPE, Csv.TYPE, "x-tenant", "one")));
		assertThat(reply).isNotNull();
		assertThat(template.newMessage("row").to("ask").request(Row.class)).isEqualTo(new Row("row", "null"));
	}

	private static ZmqMessage deadLetter(String listener) {
		ZmqMessage letter = receive("dead");
		while (!letter.text(0).contains(";listener=" + listener + ";")) {
			letter = receive("dead");
		}
		return letter;
	}

	private static ListenerStatus status(String id) {
		return context.getBean(ZmqListenerRegistry.class).status(id);
	}

	record Row(String left, String right) {

	}

	/** Reads and writes nothing but what says that it is CSV. */
	static class Csv extends AbstractMessageConverter {

		static final MimeType TYPE = MimeTypeUtils.parseMimeType("text/csv");

		Csv() {
			super(TYPE);
			setStrictContentTypeMatch(true);
		}

		@Override
		protected boolean supports(Class<?> type) {
			return type == Row.class;
		}

		@Override
		protected Object convertFromInternal(Message<?> message, Class<?> type, @Nullable Object hint) {
			String[] cells = new String((byte[]) message.getPayload(), StandardCharsets.UTF_8).split(";");
			return new Row(cells[0], cells[1]);
		}

		@Override
		protected Object convertToInternal(Object payload, @Nullable MessageHeaders headers, @Nullable Object hint) {
			return (((Row) payload).left() + ";" + ((Row) payload).right()).getBytes(StandardCharsets.UTF_8);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		@Bean
		Csv csv() {
			return new Csv();
		}

		@Bean
		Methods methods(Contexts.Recorder recorder) {
			return new Methods(recorder);
		}

	}

	static class Methods {

		private final Contexts.Recorder recorder;

		Methods(Contexts.Recorder recorder) {
			this.recorder = recorder;
		}

		@ZmqListener(socket = "orders", id = "orders")
		void orders(@Header(name = "x-tenant", required = false) @Nullable String tenant,
				@Headers Map<String, Object> headers, ZmqMessage whole, @ZmqFrame(0) String first,
				@Payload String payload, List<byte[]> frames) {
			assertThat(first).isEqualTo(payload).isEqualTo(whole.text(0));
			assertThat(frames).containsExactlyElementsOf(whole.frames());
			assertThat(whole.toZMsg()).hasSameSizeAs(frames);
			Map<String, Object> carried = new TreeMap<>(headers);
			carried.keySet().removeIf((name) -> name.startsWith(ZmqHeaders.PREFIX));
			List<String> texts = frames.stream().map((frame) -> new String(frame, StandardCharsets.UTF_8)).toList();
			this.recorder.add("orders", tenant + " " + texts + " " + carried);
		}

		@ZmqListener("picky")
		void picky(Message<String> message) {
			Map<String, Object> carried = new TreeMap<>(message.getHeaders());
			carried.keySet().removeIf((name) -> name.startsWith(ZmqHeaders.PREFIX));
			this.recorder.add("picky", carried.toString());
		}

		@ZmqListener("news")
		void news(@ZmqTopic String topic, @Header(name = "x-tenant", required = false) @Nullable String tenant,
				@Payload String report) {
			this.recorder.add("news", topic + " " + tenant + " " + report);
		}

		@ZmqListener("rpc")
		@ZmqListener("far")
		Message<String> answer(@Payload String request,
				@Header(name = "x-tenant", required = false) @Nullable String tenant) {
			if ("fail".equals(request)) {
				throw new IllegalStateException("on purpose");
			}
			MessageBuilder<String> reply = MessageBuilder.withPayload(request + " " + tenant)
				.setHeader("x-reply", "of " + request)
				.setHeader("other", "stays")
				.setHeader(ZmqHeaders.ROUTING_ID, "of no use here");
			if ("row".equals(request)) {
				return MessageBuilder.withPayload("row;null").setHeader(MessageHeaders.CONTENT_TYPE, Csv.TYPE).build();
			}
			return reply.build();
		}

		@ZmqListener("desk")
		void desk(ZmqMessage message, Message<byte[]> same, ZmqReplier replier) {
			String text = String.join("|",
					message.frames().stream().map((frame) -> new String(frame, StandardCharsets.UTF_8)).toList());
			this.recorder.add("desk", same.getHeaders().get("x-tenant") + " " + text);
			replier.reply(MessageBuilder.withPayload("down")
				.setHeader("x-reply", "of " + text.replaceAll("\\p{Cntrl}", ""))
				.build());
		}

		@ZmqListener("stage")
		@SendTo("to-next")
		Message<String> stage(Message<String> message) {
			return MessageBuilder.withPayload("done " + message.getPayload())
				.copyHeaders(message.getHeaders())
				.setHeader("x-step", "step")
				.build();
		}

		@ZmqListener("next")
		void next(@Payload String payload, @Header("x-tenant") String tenant, @Header("x-step") String step) {
			this.recorder.add("next", payload + " " + tenant + " " + step);
		}

		@ZmqListener(socket = "batch", id = "batch", batch = true)
		void batch(List<Message<byte[]>> messages) {
			for (Message<byte[]> message : messages) {
				this.recorder.add("batch", new String(message.getPayload(), StandardCharsets.UTF_8) + " "
						+ message.getHeaders().get("x-tenant"));
			}
		}

		@ZmqListener(socket = "texts", id = "texts")
		void texts(String payload) {
			this.recorder.add("texts", payload);
		}

		@ZmqListener(socket = "failing", id = "failing")
		void failing(String payload) {
			throw new IllegalStateException("on purpose");
		}

	}

}
