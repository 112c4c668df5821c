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

import java.math.BigInteger;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessagePackException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link MessagePackTree}.
 */
class MessagePackTreeTests {

	private final MessagePackTree tree = new MessagePackTree(JsonMapper.shared());

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "c0|null", "c3|true", "c2|false", "01|1", "ff|-1", "ce80000000|2147483648",
					"cfffffffffffffffff|18446744073709551615", "cb3ff8000000000000|1.5", "a2c3a9|\"\u00e9\"",
					"9101|[1]", "81a16101|{\"a\":1}", "8101a162|{\"1\":\"b\"}", "80|{}", "90|[]" })
	void eachValueIsReadAndWrittenAsItsKind(String hex, String json) throws Exception {
		byte[] bytes = HexFormat.of().parseHex(hex);
		JsonNode node = this.tree.read(bytes);
		assertThat(node).hasToString(json);
		if (!hex.startsWith("8101")) {
			assertThat(this.tree.write(node)).isEqualTo(bytes);
		}
	}

	@Test
	void bytesStayBytes() throws Exception {
		JsonNode node = this.tree.read(HexFormat.of().parseHex("c4020102"));
		assertThat(node.binaryValue()).containsExactly(1, 2);
		assertThat(this.tree.write(node)).isEqualTo(HexFormat.of().parseHex("c4020102"));
		assertThat(this.tree.write(JsonMapper.shared().getNodeFactory().pojoNode(new byte[] { 3 })))
			.isEqualTo(HexFormat.of().parseHex("c40103"));
	}

	@Test
	void extensionsAreBytesAndTimestampsText() throws Exception {
		assertThat(this.tree.read(HexFormat.of().parseHex("d40507")).binaryValue()).containsExactly(7);
		assertThat(this.tree.read(HexFormat.of().parseHex("d6ff00000001")).stringValue())
			.isEqualTo("1970-01-01T00:00:01Z");
	}

	@Test
	void numbersKeepTheirKind() throws Exception {
		assertThat(this.tree.read(HexFormat.of().parseHex("ce7fffffff")).isInt()).isTrue();
		assertThat(this.tree.read(HexFormat.of().parseHex("ce80000000")).isLong()).isTrue();
		assertThat(this.tree.read(HexFormat.of().parseHex("cf8000000000000000")).bigIntegerValue())
			.isEqualTo(BigInteger.ONE.shiftLeft(63));
		assertThat(this.tree.write(JsonMapper.shared().getNodeFactory().numberNode(1.5f)))
			.isEqualTo(HexFormat.of().parseHex("ca3fc00000"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0101", "c6000100000102", "db00010000", "c9000100000507", "d6ff0001" })
	void whatSaysMoreThanThereIsOrIsFollowedByMoreIsRefused(String hex) {
		assertThatExceptionOfType(MessagePackException.class)
			.isThrownBy(() -> this.tree.read(HexFormat.of().parseHex(hex)));
	}

	@Test
	void nestingIsBounded() throws Exception {
		assertThat(this.tree.read(nested(500)).isArray()).isTrue();
		assertThatExceptionOfType(MessagePackException.class).isThrownBy(() -> this.tree.read(nested(501)))
			.withMessageContaining("nested deeper than 500");
	}

	private static byte[] nested(int depth) {
		return HexFormat.of().parseHex("91".repeat(depth) + "c0");
	}

	@Test
	void whatHasNoFormIsRefused() {
		assertThatExceptionOfType(MessagePackException.class)
			.isThrownBy(() -> this.tree.write(JsonMapper.shared().getNodeFactory().pojoNode(new Object())))
			.withMessageContaining("POJO");
	}

}
