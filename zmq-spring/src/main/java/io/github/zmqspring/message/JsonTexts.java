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

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the string members of a JSON object in any order and with any white space;
 * members of other kinds are skipped. Hand-written because error replies must be
 * understood without a JSON library on the class path.
 */
final class JsonTexts {

	private final String json;

	private int at;

	private JsonTexts(String json) {
		this.json = json;
	}

	/**
	 * Read an object.
	 * @param json the text of the object
	 * @return its members that are texts, or {@code null} if it is not an object
	 */
	static @Nullable Map<String, String> read(String json) {
		try {
			return new JsonTexts(json).object();
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			return null;
		}
	}

	private Map<String, String> object() {
		Map<String, String> texts = new HashMap<>();
		expect('{');
		if (peek() == '}') {
			return texts;
		}
		while (true) {
			peek();
			String name = text();
			expect(':');
			if (peek() == '"') {
				texts.put(name, text());
			}
			else {
				skip();
			}
			if (peek() == '}') {
				return texts;
			}
			expect(',');
		}
	}

	/** The next character that is no space. */
	private char peek() {
		while (Character.isWhitespace(this.json.charAt(this.at))) {
			this.at++;
		}
		return this.json.charAt(this.at);
	}

	private void expect(char wanted) {
		if (peek() != wanted) {
			throw new IllegalArgumentException();
		}
		this.at++;
	}

	/** Pass over a number, a literal, an array or an object. */
	private void skip() {
		int depth = 0;
		while (true) {
			char c = peek();
			switch (c) {
				case '"' -> {
					text();
					continue;
				}
				case '{', '[' -> depth++;
				case '}', ']' -> {
					if (depth-- == 0) {
						return;
					}
				}
				case ',' -> {
					if (depth == 0) {
						return;
					}
				}
				default -> {
				}
			}
			this.at++;
		}
	}

	private String text() {
		expect('"');
		StringBuilder text = new StringBuilder();
		char c;
		while ((c = this.json.charAt(this.at++)) != '"') {
			text.append((c != '\\') ? c : escaped());
		}
		return text.toString();
	}

	private char escaped() {
		char c = this.json.charAt(this.at++);
		return switch (c) {
			case 'n' -> '\n';
			case 't' -> '\t';
			case 'r' -> '\r';
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'u' -> {
				this.at += 4;
				yield (char) Integer.parseInt(this.json, this.at - 4, this.at, 16);
			}
			default -> c;
		};
	}

}
