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

/**
 * Finds where a JSON value ends, as far as brackets and quotation marks tell.
 */
final class JsonEnd {

	private JsonEnd() {
	}

	/**
	 * Find the end of the first value.
	 * @param json a text in UTF-8
	 * @return the index behind the value, or -1 if it does not end
	 */
	static int of(byte[] json) {
		int at = skipSpace(json, 0);
		if (at == json.length) {
			return -1;
		}
		if (json[at] == '"') {
			return string(json, at);
		}
		return (json[at] == '{' || json[at] == '[') ? brackets(json, at) : literal(json, at);
	}

	private static int brackets(byte[] json, int from) {
		int depth = 0;
		for (int at = from; at < json.length; at++) {
			switch (json[at]) {
				case '"' -> {
					at = string(json, at) - 1;
					if (at < 0) {
						return -1;
					}
				}
				case '{', '[' -> depth++;
				case '}', ']' -> {
					if (--depth == 0) {
						return at + 1;
					}
				}
				default -> {
				}
			}
		}
		return -1;
	}

	private static int string(byte[] json, int from) {
		for (int at = from + 1; at < json.length; at++) {
			if (json[at] == '\\') {
				at++;
			}
			else if (json[at] == '"') {
				return at + 1;
			}
		}
		return -1;
	}

	private static int literal(byte[] json, int from) {
		int at = from;
		while (at < json.length && (Character.isLetterOrDigit(json[at]) || "+-.".indexOf(json[at]) >= 0)) {
			at++;
		}
		return (at > from) ? at : -1;
	}

	private static int skipSpace(byte[] json, int from) {
		int at = from;
		while (at < json.length && isSpace(json[at])) {
			at++;
		}
		return at;
	}

	static boolean isSpace(byte each) {
		return each == ' ' || each == '\n' || each == '\r' || each == '\t';
	}

	/** Name the kind of the value at an index, or behind spaces that are there. */
	static String kindAt(byte[] json, int index) {
		int at = skipSpace(json, Math.min(index, json.length));
		if (at == json.length) {
			return "nothing";
		}
		return switch (json[at]) {
			case '{' -> "an object";
			case '[' -> "an array";
			case '"' -> "a text";
			case 't', 'f' -> "a boolean";
			case 'n' -> "null";
			case '}', ']' -> "nothing";
			default -> (json[at] == '-' || (json[at] >= '0' && json[at] <= '9')) ? "a number" : "something else";
		};
	}

}
