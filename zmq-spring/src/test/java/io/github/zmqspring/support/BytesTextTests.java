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

package io.github.zmqspring.support;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BytesText}.
 */
class BytesTextTests {

	@Test
	void aTextIsItsUtf8() {
		assertThat(BytesText.parse("Größe")).isEqualTo("Größe".getBytes(StandardCharsets.UTF_8));
		assertThat(BytesText.parse("")).isEmpty();
		assertThat(BytesText.parse("0x01aa")).isEqualTo("0x01aa".getBytes(StandardCharsets.US_ASCII));
	}

	@ParameterizedTest
	@ValueSource(strings = { "hex:01aa9f", "hex:01AA9F", "base64:Aaqf" })
	void otherBytesAreDigits(String text) {
		assertThat(BytesText.parse(text)).containsExactly(0x01, 0xaa, 0x9f);
		assertThat(BytesText.normalize(text)).isEqualTo("hex:01aa9f");
	}

	@ParameterizedTest
	@CsvSource({ "base64:-_8=, fbff", "base64:+/8=, fbff", "base64:+/8, fbff", "base64:, ''", "hex:, ''" })
	void base64HasTwoAlphabetsAndNeedsNoPadding(String text, String hex) {
		assertThat(BytesText.parse(text)).isEqualTo(BytesText.parse("hex:" + hex));
	}

	@ParameterizedTest
	@ValueSource(strings = { "hex:1", "hex:zz", "hex: 01", "hex:01 02", "base64:ä", "base64:AAA=A", "base64:A" })
	void whatCannotBeReadIsRefusedWithTheFormForTheTextItself(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> BytesText.parse(text))
			.withMessageContaining("'" + text + "'")
			.satisfies((ex) -> {
				String form = ex.getMessage().substring(ex.getMessage().lastIndexOf("hex:"));
				assertThat(BytesText.parse(form)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "10001 ", "Größe", "{\n\t\"a\": 1\r\n}", "0x01", "Hex:01", "𝄞" })
	void printableTextStaysText(String text) {
		assertThat(BytesText.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "hex:", "hex:01", "base64:", "base64:AAAA", "a\0", "\u0085", "\u007f" })
	void otherTextIsDigits(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		assertThat(BytesText.of(bytes)).startsWith("hex:").isNotEqualTo(text);
		assertThat(BytesText.parse(BytesText.of(bytes))).isEqualTo(bytes);
	}

	@Test
	void theSameBytesAlwaysComeBack() {
		Random random = new Random(7);
		for (int i = 0; i < 20_000; i++) {
			byte[] bytes = new byte[random.nextInt(12)];
			random.nextBytes(bytes);
			assertThat(BytesText.parse(BytesText.of(bytes))).isEqualTo(bytes);
		}
		for (int point = 0; point < 0x110000; point += 7) {
			byte[] bytes = new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8);
			assertThat(BytesText.parse(BytesText.of(bytes))).isEqualTo(bytes);
		}
	}

}
