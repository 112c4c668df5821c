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

package io.github.zmqspring.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.zmqspring.core.Compression;
import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketDefinitionBuilder;
import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZMsg;

import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link MessageCodec}: frames that payloads become, and what is read of them.
 */
class MessageCodecTests {

	private final MessageCodec codec = new MessageCodec(
			new CompositeMessageConverter(List.of(new JacksonJsonMessageConverter(), new StringMessageConverter())));

	private static SocketDefinitionBuilder socket(SocketType type) {
		return SocketDefinition.builder("socket", type);
	}

	private String encode(SocketDefinition target, Object payload) {
		return text(this.codec.encode(target, payload, null));
	}

	private static String text(byte[][] frames) {
		return String.join("|",
				java.util.Arrays.stream(frames).map((frame) -> new String(frame, StandardCharsets.UTF_8)).toList());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void plainPayloadsAreFramesAsTheyAre() {
		SocketDefinition push = socket(SocketType.PUSH).build();
		byte[] own = bytes("bytes");
		byte[][] frames = this.codec.encode(push, own, null);
		assertThat(frames[0]).isEqualTo(own).isNotSameAs(own);
		ByteBuffer buffer = ByteBuffer.wrap(bytes("xbuffer")).position(1);
		assertThat(encode(push, buffer)).isEqualTo("buffer");
		assertThat(buffer.position()).isEqualTo(1);
		assertThat(encode(push, "text")).isEqualTo("text");
		assertThat(encode(push, Map.of("a", 1))).isEqualTo("{\"a\":1}");
		assertThat(encode(push, List.of(bytes("a"), bytes("b")))).isEqualTo("a|b");
		assertThat(encode(push, List.of(1, 2))).isEqualTo("[1,2]");
		assertThat(encode(push, List.of())).isEqualTo("[]");
		assertThat(encode(push, Optional.of("there"))).isEqualTo("there");
		assertThat(encode(push, Optional.empty())).isEmpty();
		assertThat(encode(push, ZmqMessage.of("a", "b"))).isEqualTo("a|b");
		ZMsg message = new ZMsg();
		message.add("a");
		message.add("b");
		assertThat(encode(push, message)).isEqualTo("a|b");
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(push, null, null));
	}

	@Test
	void topicsAndRoutingIdsOfAMessageGoInFrontWhereTheSocketHasThem() {
		Object message = MessageBuilder.withPayload("body")
			.setHeader(ZmqHeaders.TOPIC, "news")
			.setHeader(ZmqHeaders.ROUTING_ID, "peer")
			.build();
		assertThat(encode(socket(SocketType.PUB).build(), message)).isEqualTo("news|body");
		assertThat(encode(socket(SocketType.ROUTER).build(), message)).isEqualTo("peer|body");
		assertThat(encode(socket(SocketType.PUSH).build(), message)).isEqualTo("body");
		Object several = MessageBuilder.withPayload(ZmqMessage.of("a", "b")).setHeader(ZmqHeaders.TOPIC, "t").build();
		assertThat(encode(socket(SocketType.PUB).build(), several)).isEqualTo("t|a|b");
		assertThat(text(this.codec.encode(socket(SocketType.PUB).build(), bytes("t"), "body", null)))
			.isEqualTo("t|body");
	}

	@Test
	void headersTravelWhereTheEnvelopeHasThemAndTheirNamesAreAllowed() {
		SocketDefinition push = socket(SocketType.PUSH).envelope(Envelope.HEADERS).build();
		Object message = MessageBuilder.withPayload("body")
			.setHeader("x-tenant", "one")
			.setHeader("X-Number", 5)
			.setHeader("secret", "two")
			.build();
		byte[][] frames = this.codec.encode(push, message, Map.of("traceparent", "trace"));
		assertThat(HeaderFrame.decode(frames[0]))
			.isEqualTo(Map.of("x-tenant", "one", "X-Number", "5", "traceparent", "trace"));
		assertThat(frames[1]).isEqualTo(bytes("body"));
		assertThat(encode(push, "no headers")).isEqualTo("no headers");
		byte[] looksLikeIt = HeaderFrame.encode(Map.of("x-a", "b"));
		byte[][] guarded = this.codec.encode(push, looksLikeIt, null);
		assertThat(guarded).hasNumberOfRows(2);
		assertThat(HeaderFrame.decode(guarded[0])).isEmpty();
		assertThat(guarded[1]).isEqualTo(looksLikeIt);
		Object unwritable = MessageBuilder.withPayload("body").setHeader("x-object", new Object()).build();
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> this.codec.encode(push, unwritable, null))
			.withMessageContaining("Header 'x-object' is a java.lang.Object");
		SocketDefinition pub = socket(SocketType.PUB).envelope(Envelope.HEADERS).build();
		byte[][] published = this.codec.encode(pub, bytes("topic"), message, null);
		assertThat(published[0]).isEqualTo(bytes("topic"));
		assertThat(HeaderFrame.is(published[1])).isTrue();
		SocketDefinition none = socket(SocketType.PUSH).build();
		assertThat(encode(none, message)).isEqualTo("body");
	}

	@Test
	void receivedHeadersAreThoseThatAreAllowedAndOurOwn() {
		SocketDefinition pull = socket(SocketType.PULL).envelope(Envelope.HEADERS).build();
		byte[] header = HeaderFrame.encode(Map.of("x-a", "1", "b", "2", "b3", "3"));
		ZmqMessage message = ZmqMessage.of(header, "body").withHeaderFrame(0, HeaderFrame::decode);
		Map<String, Object> headers = MessageCodec.headers(pull, message);
		assertThat(headers).containsEntry("x-a", "1").containsEntry("b3", "3").doesNotContainKey("b");
		assertThat(headers).containsEntry(ZmqHeaders.SOCKET, "socket").containsEntry(ZmqHeaders.MESSAGE, message);
		assertThat(headers).doesNotContainKeys(ZmqHeaders.TOPIC, ZmqHeaders.ROUTING_ID, ZmqHeaders.SEQUENCE);
	}

	@Test
	void aTopicAndAPayloadAreFramesOrPartsOfOne() {
		SocketDefinition sub = socket(SocketType.SUB).build();
		assertThat(part(sub, "t", "body")).isEqualTo("t/body");
		assertThat(part(sub, "t", "", "body")).isEqualTo("t/body");
		assertThat(part(sub, "t", "", "")).isEqualTo("t/");
		assertThat(part(sub, "only")).isEqualTo("only/only");
		assertThat(part(sub, "t", "a", "b")).isEqualTo("t/a");
		SocketDefinition separated = socket(SocketType.SUB).topicSeparator(": ").build();
		assertThat(part(separated, "t: body: more")).isEqualTo("t/body: more");
		assertThat(part(separated, "t: ")).isEqualTo("t/");
		assertThat(part(separated, ": body")).isEqualTo("/body");
		assertThat(part(separated, "none")).isEqualTo("none/none");
		assertThat(part(separated, "a: b", "body")).isEqualTo("a: b/body");
		SocketDefinition dish = socket(SocketType.DISH).topicSeparator(":").build();
		assertThat(part(dish, "group", "t:body")).isEqualTo("t/body");
		SocketDefinition pull = socket(SocketType.PULL).build();
		assertThat(new String(MessageCodec.payload(pull, ZmqMessage.of("first", "second")))).isEqualTo("first");
	}

	private static String part(SocketDefinition definition, Object... frames) {
		ZmqMessage message = ZmqMessage.of(frames);
		return new String(MessageCodec.topic(definition, message), StandardCharsets.UTF_8) + "/"
				+ new String(MessageCodec.payload(definition, message), StandardCharsets.UTF_8);
	}

	@Test
	void framesAreReadAsTheirTypes() {
		byte[] frame = bytes("{\"a\":1}");
		assertThat(this.codec.decodeFrame(frame, byte[].class, null, null)).isSameAs(frame);
		assertThat(this.codec.decodeFrame(frame, String.class, null, null)).isEqualTo("{\"a\":1}");
		assertThat(this.codec.decodeFrame(frame, ByteBuffer.class, null, null)).isEqualTo(ByteBuffer.wrap(frame));
		assertThat(this.codec.decodeFrame(frame, Map.class, null, null)).isEqualTo(Map.of("a", 1));
		assertThat(this.codec.decodeFrame(bytes(" null "), Map.class, null, null)).isNull();
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> this.codec.decodeFrame(bytes("{secret"), Map.class, null, null))
			.withMessageNotContaining("secret");
		MessageCodec texts = new MessageCodec(new CompositeMessageConverter(List.of(new StringMessageConverter())));
		assertThat(texts.convertsObjects()).isFalse();
		assertThat(this.codec.convertsObjects()).isTrue();
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> texts.decodeFrame(bytes("null"), Map.class, null, null))
			.withMessageContaining("No message converter turns bytes into java.util.Map");
		assertThatExceptionOfType(ZmqConversionException.class).isThrownBy(() -> texts.encodeFrame(Map.of(), null))
			.withMessageContaining("No message converter turns a ");
	}

	@Test
	void aSocketsContentTypeIsThatOfMessagesWithoutOne() {
		SocketDefinition pull = socket(SocketType.PULL).contentType(MimeTypeUtils.APPLICATION_JSON).build();
		assertThat(MessageCodec.headers(pull, ZmqMessage.of("x"))).containsEntry(MessageHeaders.CONTENT_TYPE,
				MimeTypeUtils.APPLICATION_JSON);
		SocketDefinition text = socket(SocketType.PUSH).contentType(MimeTypeUtils.TEXT_PLAIN).build();
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> this.codec.encode(text, Map.of(), null));
		Object json = MessageBuilder.withPayload(Map.of())
			.setHeader(MessageHeaders.CONTENT_TYPE, MimeTypeUtils.APPLICATION_JSON)
			.build();
		assertThat(encode(text, json)).isEqualTo("{}");
	}

	@ParameterizedTest
	@EnumSource(value = Compression.Format.class, names = { "ZLIB", "GZIP" })
	void compressedFramesComeBackWithinTheirLimit(Compression.Format format) {
		String payload = "payload ".repeat(100);
		SocketDefinition push = socket(SocketType.PUSH).compression(new Compression(format, payload.length())).build();
		byte[][] frames = this.codec.encode(push, payload, null);
		assertThat(frames[0]).hasSizeLessThan(payload.length() / 4);
		assertThat(PayloadCompression.decompress(push, ZmqMessage.of((Object[]) frames)).text(0)).isEqualTo(payload);
		ZmqMessage twice = ZmqMessage.of(frames[0], frames[0]);
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> PayloadCompression.decompress(push, twice))
			.withMessageContaining("max-decompressed-size");
		SocketDefinition less = socket(SocketType.PUSH).compression(new Compression(format, payload.length() - 1))
			.build();
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> PayloadCompression.decompress(less, ZmqMessage.of((Object[]) frames)));
		byte[] cut = java.util.Arrays.copyOf(frames[0], frames[0].length / 2);
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> PayloadCompression.decompress(push, ZmqMessage.of(cut)))
			.withMessageContaining("ends too early");
		byte[] damaged = frames[0].clone();
		damaged[damaged.length - 1] ^= 1;
		damaged[damaged.length - 9] ^= 0x55;
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> PayloadCompression.decompress(push, ZmqMessage.of(damaged)));
		assertThat(PayloadCompression.decompress(push, ZmqMessage.of("plain")).text(0)).isEqualTo("plain");
		assertThat(encode(push, "")).isEmpty();
	}

	@Test
	void topicsAndRoutingIdsAreNotCompressed() {
		Compression gzip = new Compression(Compression.Format.GZIP, 1000);
		byte[][] frames = { bytes("name"), bytes("body") };
		for (SocketType type : List.of(SocketType.PUB, SocketType.ROUTER)) {
			SocketDefinition target = socket(type).compression(gzip).build();
			assertThat(MessageCodec.compress(target, frames)[0]).isEqualTo(bytes("name"));
			assertThat(MessageCodec.compress(target, frames)[1]).isNotEqualTo(bytes("body"));
		}
		SocketDefinition push = socket(SocketType.PUSH).compression(gzip).build();
		assertThat(MessageCodec.compress(push, frames)[0]).isNotEqualTo(bytes("name"));
		SocketDefinition sub = socket(SocketType.SUB).compression(gzip).build();
		byte[] topic = PayloadCompression.compress(gzip, bytes("looks compressed"));
		ZmqMessage received = PayloadCompression.decompress(sub, ZmqMessage.of(topic, topic));
		assertThat(received.frame(0)).isEqualTo(topic);
		assertThat(received.text(1)).isEqualTo("looks compressed");
		SocketDefinition none = socket(SocketType.PUSH).build();
		assertThat(MessageCodec.compress(none, frames)).isSameAs(frames);
		ZmqMessage raw = ZmqMessage.of((Object) topic);
		assertThat(PayloadCompression.decompress(none, raw)).isSameAs(raw);
	}

	@Test
	void subscriptionsAreOneFrame() {
		byte[] frame = SubscriptionFrame.of(true, bytes("t"));
		assertThat(frame).isEqualTo(new byte[] { 1, 't' });
		assertThat(SubscriptionFrame.is(new byte[][] { frame })).isTrue();
		assertThat(SubscriptionFrame.begins(frame)).isTrue();
		assertThat(SubscriptionFrame.topic(frame)).isEqualTo(bytes("t"));
		assertThat(SubscriptionFrame.begins(SubscriptionFrame.of(false, bytes("t")))).isFalse();
		assertThat(SubscriptionFrame.is(new byte[][] { SubscriptionFrame.of(false, new byte[0]) })).isTrue();
		assertThat(SubscriptionFrame.is(new byte[][] { { 2 } })).isFalse();
		assertThat(SubscriptionFrame.is(new byte[][] { {} })).isFalse();
		assertThat(SubscriptionFrame.is(new byte[][] { frame, {} })).isFalse();
	}

}
