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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link JsonEnd}.
 */
class JsonEndTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			value = { "'{}'|2", "'{} '|2", "' [1]x'|4", "'{\"a\":\"}\"}'|9", "'[[],[]]'|7", "'[\"a\\\"]\"]x'|8",
					"'\"a\"b'|3", "'\"\\\"\"'|4", "'\"a'|-1", "'{'|-1", "'[\"a]'|-1", "'true'|4", "'-1.5e+3 2'|7",
					"'0'|1", "''|-1", "'  '|-1", "','|-1", "'azAZ09;'|6" })
	void theFirstValueEndsHere(String json, int end) {
		assertThat(JsonEnd.of(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(end);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			value = { "' {'|an object", "'['|an array", "'\"'|a text", "'true'|a boolean", "'false'|a boolean",
					"'null'|null", "'}'|nothing", "']'|nothing", "''|nothing", "' \t'|nothing", "'-'|a number",
					"'0'|a number", "'9'|a number", "'/'|something else", "':'|something else" })
	void theValueIsOfThisKind(String json, String kind) {
		assertThat(JsonEnd.kindAt(json.getBytes(StandardCharsets.UTF_8), 0)).isEqualTo(kind);
	}

	@Test
	void aPlaceBehindTheEndHasNothing() {
		assertThat(JsonEnd.kindAt("1".getBytes(StandardCharsets.UTF_8), 5)).isEqualTo("nothing");
		assertThat(JsonEnd.kindAt("[1, {}]".getBytes(StandardCharsets.UTF_8), 3)).isEqualTo("an object");
	}

}
