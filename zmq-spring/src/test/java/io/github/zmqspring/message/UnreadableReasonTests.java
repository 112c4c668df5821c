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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.support.QuotedPayloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UnreadableReason}, and for what has no value.
 */
class UnreadableReasonTests {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private static final MessageCodec CODEC = new MessageCodec(new CompositeMessageConverter(
			List.of(new JacksonJsonMessageConverter(MAPPER), new StringMessageConverter())));

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"price":1}\\0                | trailing bytes after the JSON: 1 from byte 11 on
			{"price":1}SECRET             | trailing bytes after the JSON: 6 from byte 11 on
			{"price":1} {"price":2}       | trailing bytes after the JSON
			`{"side":"SECRET"}`           | no value of the enum UnreadableReasonTests.Side, at byte 8
			{"price":99999999999}         | does not fit into int
			{"price":"SECRET"}            | expected int, found a text
			{"price":null}                | expected int, found
			{"price":1,"SECRET":1}        | a property that UnreadableReasonTests.Order does not know
			{"name":"SECRET"}             | expected int, found nothing
			["SECRET"]                    | expected UnreadableReasonTests.Order, found an array, at byte 0
			"SECRET"                      | expected UnreadableReasonTests.Order, found a text
			42                            | expected UnreadableReasonTests.Order, found a number
			true                          | expected UnreadableReasonTests.Order, found a boolean
			{"price":1                    | the JSON ends too early
			{"name":"SECRET               | the JSON ends too early
			{SECRET:1}                    | it is no JSON, at byte 1
			SECRET                        | it is no JSON
			\\0\\0                        | it is no JSON
			""")
	void theReasonSaysWhatIsWrongAndWhereAndQuotesNothing(String json, String reason) {
		assertReason(json.replace("\\0", "\0").getBytes(StandardCharsets.UTF_8), reason);
	}

	@Test
	void jsonThatATypeRefusesIsNotCalledNoJson() {
		assertReason("{\"name\":\"SECRET\"}", Named.class,
				"Named refuses the values with IllegalArgumentException, at byte");
		assertReason("{\"name\":\"SECRET\"}", Renamed.class, "the type refuses the values with IllegalStateException");
		assertReason("{\"name\":\"SECRET\"}", CharSequence[].class, "expected CharSequence[], found an object");
		assertReason("{\"name\":\"SECRET\"}", Nameless.class, "cannot make UnreadableReasonTests.Nameless");
		assertReason("[{\"name\":\"SECRET\"}]", Named[].class, "Named refuses the values with");
	}

	@Test
	void bytesThatAreNoTextAreToldByTheirPlace() {
		byte[] latin = "{\"name\":\"SECRET\u00e9 \"}".getBytes(StandardCharsets.ISO_8859_1);
		assertReason(latin, "it is not UTF-8 from byte 15 on");
		assertReason(new byte[] { (byte) 0xff, (byte) 0xd8, 1, 2 }, "it is not UTF-8 from byte 0 on");
		assertReason(new byte[0], "an empty frame is no UnreadableReasonTests.Order");
	}

	private static void assertReason(String json, Class<?> type, String reason) {
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> CODEC.decodeFrame(json.getBytes(StandardCharsets.UTF_8), type, null, null))
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(QuotedPayloads.describe(ex)).contains(reason).doesNotContain("SECRET"));
	}

	private static void assertReason(byte[] frame, String reason) {
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> CODEC.decodeFrame(frame, Order.class, null, null))
			.withMessageContaining(reason)
			.withMessageContaining("UnreadableReasonTests.Order")
			.satisfies((ex) -> assertThat(QuotedPayloads.describe(ex)).contains(reason).doesNotContain("SECRET"));
	}

	@Test
	void aByteOrderMarkIsRead() {
		byte[] frame = "\ufeff{\"price\":7}".getBytes(StandardCharsets.UTF_8);
		assertThat(CODEC.decodeFrame(frame, Order.class, null, null)).isEqualTo(new Order(7, null, null));
	}

	@Test
	void nullIsNoMissingConverter() {
		for (String json : List.of("null", " null\n")) {
			for (Class<?> type : List.of(Order.class, Map.class, List.class, Integer.class, Side.class)) {
				assertThat(CODEC.decodeFrame(json.getBytes(StandardCharsets.UTF_8), type, null, null)).isNull();
			}
		}
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> CODEC.decodeFrame("null".getBytes(StandardCharsets.UTF_8), int.class, null, null))
			.withMessageContaining("expected int, found null");
	}

	@Test
	void withoutAConverterForObjectsTheAdviceIsToAddOne() {
		MessageCodec plain = new MessageCodec(new CompositeMessageConverter(List.of(new StringMessageConverter())));
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> plain.decodeFrame("null".getBytes(StandardCharsets.UTF_8), Order.class, null, null))
			.withMessageContaining("spring-boot-starter-jackson");
	}

	record Order(int price, Side side, String name) {
	}

	record Named(String name) {

		Named {
			throw new IllegalArgumentException("not " + name);
		}

	}

	static class Renamed {

		public void setName(String name) {
			throw new IllegalStateException("not " + name);
		}

	}

	interface Nameless {

	}

	enum Side {

		BUY, SELL

	}

}
