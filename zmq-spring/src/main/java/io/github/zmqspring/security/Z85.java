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

package io.github.zmqspring.security;

import java.util.Arrays;

/**
 * The text form of binary keys (RFC 32): five characters for four bytes.
 */
final class Z85 {

	private static final String CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

	private static final byte[] VALUES = values();

	private Z85() {
	}

	private static byte[] values() {
		byte[] values = new byte[128];
		Arrays.fill(values, (byte) -1);
		for (int i = 0; i < CHARACTERS.length(); i++) {
			values[CHARACTERS.charAt(i)] = (byte) i;
		}
		return values;
	}

	/**
	 * Encode bytes.
	 * @param bytes a multiple of four bytes
	 * @return the text
	 */
	static String encode(byte[] bytes) {
		if (bytes.length % 4 != 0) {
			throw new IllegalArgumentException("Z85 encodes multiples of four bytes, not " + bytes.length);
		}
		StringBuilder text = new StringBuilder(bytes.length / 4 * 5);
		for (int i = 0; i < bytes.length; i += 4) {
			long value = (bytes[i] & 0xffL) << 24 | (bytes[i + 1] & 0xffL) << 16 | (bytes[i + 2] & 0xffL) << 8
					| (bytes[i + 3] & 0xffL);
			for (long divisor = 85L * 85 * 85 * 85; divisor > 0; divisor /= 85) {
				text.append(CHARACTERS.charAt((int) (value / divisor % 85)));
			}
		}
		return text.toString();
	}

	/**
	 * Decode a text. The exception says what is wrong and where, and never quotes the
	 * text, which may be a secret.
	 * @throws IllegalArgumentException if the text is not Z85
	 */
	static byte[] decode(String text) {
		if (text.length() % 5 != 0) {
			throw new IllegalArgumentException(
					"it has %d characters, and Z85 text comes in groups of five".formatted(text.length()));
		}
		byte[] bytes = new byte[text.length() / 5 * 4];
		for (int i = 0, at = 0; i < text.length(); i += 5, at += 4) {
			long value = 0;
			for (int j = i; j < i + 5; j++) {
				value = value * 85 + value(text, j);
			}
			if (value > 0xffffffffL) {
				throw new IllegalArgumentException("characters %d to %d are no Z85 group".formatted(i + 1, i + 5));
			}
			bytes[at] = (byte) (value >>> 24);
			bytes[at + 1] = (byte) (value >>> 16);
			bytes[at + 2] = (byte) (value >>> 8);
			bytes[at + 3] = (byte) value;
		}
		return bytes;
	}

	private static int value(String text, int index) {
		char character = text.charAt(index);
		int value = (character < 128) ? VALUES[character] : -1;
		if (value < 0) {
			throw new IllegalArgumentException("character %d is not one of Z85".formatted(index + 1));
		}
		return value;
	}

}
