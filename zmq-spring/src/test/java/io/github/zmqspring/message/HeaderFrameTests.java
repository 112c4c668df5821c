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

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HeaderFrame}.
 */
class HeaderFrameTests {

	private static final String EMPTY = "ff5a5348 01 0000";

	@Test
	void theFormatIsTheOneThatIsDocumented() {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("a", "ä");
		headers.put("x-b", "");
		byte[] frame = bytes("ff5a5348 01 0002 0001 61 0002 c3a4 0003 782d62 0000");
		assertThat(HeaderFrame.encode(headers)).isEqualTo(frame);
		assertThat(HeaderFrame.decode(frame)).containsExactlyEntriesOf(headers);
		assertThat(HeaderFrame.encode(Map.of())).isEqualTo(bytes(EMPTY));
		assertThat(HeaderFrame.decode(bytes(EMPTY))).isEmpty();
	}

	@Test
	void anyHeadersComeBackAsTheyWere() {
		Random random = new Random(1);
		for (int i = 0; i < 500; i++) {
			Map<String, String> headers = new HashMap<>();
			for (int j = random.nextInt(20); j > 0; j--) {
				headers.put("n" + text(random, 40), text(random, 300));
			}
			assertThat(HeaderFrame.decode(HeaderFrame.encode(headers))).isEqualTo(headers);
		}
	}

	private static String text(Random random, int longest) {
		return random.ints(random.nextInt(longest), 0, Character.MAX_CODE_POINT + 1)
			.filter((codePoint) -> codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE)
			.filter((codePoint) -> !Character.isISOControl(codePoint) && codePoint != 0x2028 && codePoint != 0x2029)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	@Test
	void onlyTheMagicMakesAHeaderFrame() {
		assertThat(HeaderFrame.is(bytes(EMPTY))).isTrue();
		assertThat(HeaderFrame.is(bytes("ff5a5348"))).isTrue();
		assertThat(HeaderFrame.is(bytes("ff5a53"))).isFalse();
		assertThat(HeaderFrame.is(bytes("ff5a5349 01 0000"))).isFalse();
		assertThat(HeaderFrame.is(new byte[0])).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "ff5a5348, cut off", "ff5a5348 01 00, cut off", "ff5a5348 02 0000, its version is 2",
			"ff5a5348 01 0001, cut off", "ff5a5348 01 0001 0001 61, cut off", "ff5a5348 01 0001 0002 61 0000, cut off",
			"ff5a5348 01 0001 0001 61 0002 62, cut off", "ff5a5348 01 0001 0000 0000, no name",
			"ff5a5348 01 0002 0001 61 0000 0001 61 0000, twice", "ff5a5348 01 0001 0001 ff 0000, not UTF-8",
			"ff5a5348 01 0001 0001 61 0001 c3, not UTF-8", "ff5a5348 01 0000 00, 1 bytes follow",
			"ff5a5348 01 0001 0001 61 0003 620d0a, control character",
			"ff5a5348 01 0001 0001 0a 0001 62, control character",
			"ff5a5348 01 0001 0001 61 0001 00, control character", "ff5a5348 01 0081, 129 headers",
			"ff5a5348 01 ffff, 65535 headers", "ff5a5348 01 0001 0100 61, the name of a header has 256 bytes" })
	void whatIsWrongIsSaid(String frame, String reason) {
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> HeaderFrame.decode(bytes(frame)))
			.withMessageContaining(reason);
	}

	@Test
	void noHeaderForgesALine() {
		for (String text : List.of("a\nb", "a\r\nb", "a\0b", "a\u007fb", "a\u0085b", "a\u2028b", "a\u2029b")) {
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> HeaderFrame.encode(Map.of("x-name", text)))
				.withMessageContaining("control character");
			assertThatExceptionOfType(MessageConversionException.class)
				.isThrownBy(() -> HeaderFrame.encode(Map.of(text, "value")))
				.withMessageContaining("control character");
		}
		assertThat(HeaderFrame.decode(HeaderFrame.encode(Map.of("x-name", "a\tb")))).containsEntry("x-name", "a\tb");
	}

	@Test
	void whatAPeerMakesUpIsReadOrRefusedAndNothingElse() {
		Random random = new Random(2);
		byte[] good = HeaderFrame
			.encode(Map.of("traceparent", "00-" + "a".repeat(32), "x-tenant", "one", "contentType", "text/plain"));
		int read = 0;
		for (int i = 0; i < 20_000; i++) {
			byte[] frame = Arrays.copyOf(good, (random.nextBoolean()) ? good.length : random.nextInt(good.length + 9));
			for (int j = random.nextInt(4); j > 0 && frame.length > 4; j--) {
				frame[4 + random.nextInt(frame.length - 4)] = (byte) random.nextInt();
			}
			try {
				HeaderFrame.decode(frame);
				read++;
			}
			catch (MessageConversionException ex) {
				assertThat(ex).hasMessageStartingWith("No valid header frame: ");
			}
		}
		assertThat(read).isBetween(1000, 19_000);
	}

	@Test
	void aFrameIsBoundedOnBothSides() {
		Map<String, String> many = new HashMap<>();
		for (int i = 0; i < 128; i++) {
			many.put("n" + i, "v");
		}
		assertThat(HeaderFrame.decode(HeaderFrame.encode(many))).hasSize(128);
		many.put("one more", "v");
		assertThatExceptionOfType(MessageConversionException.class).isThrownBy(() -> HeaderFrame.encode(many))
			.withMessageContaining("129 headers");
		String longest = "v".repeat(65_536 - 7 - 4 - 1);
		byte[] largest = HeaderFrame.encode(Map.of("n", longest));
		assertThat(largest).hasSize(65_536);
		assertThat(HeaderFrame.decode(largest)).containsEntry("n", longest);
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> HeaderFrame.encode(Map.of("nn", longest)))
			.withMessageContaining("65536 bytes")
			.withMessageNotContaining("vvv");
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> HeaderFrame.decode(Arrays.copyOf(largest, largest.length + 1)))
			.withMessageContaining("65537 bytes");
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> HeaderFrame.encode(Map.of("n".repeat(256), "v")))
			.withMessageContaining("256 bytes");
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

}
