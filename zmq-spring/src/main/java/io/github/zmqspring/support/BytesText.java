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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * Bytes as text, wherever a text names bytes: topics, groups, routing ids and the
 * messages that are set as options. A text is sent as UTF-8, unless it begins with
 * {@code hex:} or {@code base64:}; any other bytes are written in one of these forms.
 * Bytes that happen to be the text {@code hex:} or {@code base64:} and more can only be
 * written as {@code hex:}, which {@link #of} does.
 *
 * @since 0.1.0
 */
public final class BytesText {

	private static final String HEX = "hex:";

	private static final String BASE64 = "base64:";

	private BytesText() {
	}

	/**
	 * Return the bytes that a text stands for.
	 * @param text a text, {@code hex:} with two digits a byte, or {@code base64:}, where
	 * padding is optional and the alphabet for URLs is understood too
	 * @return a new array
	 * @throws IllegalArgumentException if what follows {@code hex:} or {@code base64:}
	 * cannot be read; the message says what to write instead
	 */
	public static byte[] parse(String text) {
		try {
			if (text.startsWith(HEX)) {
				return HexFormat.of().parseHex(text, HEX.length(), text.length());
			}
			if (text.startsWith(BASE64)) {
				String digits = text.substring(BASE64.length()).replace('-', '+').replace('_', '/');
				return Base64.getDecoder().decode(digits);
			}
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'%s' is neither bytes as two hexadecimal digits each, such as hex:01aa9f, nor as base64:AaqfAA==. If this very text is meant, write hex:%s"
						.formatted(text, HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))),
					ex);
		}
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Return the text that stands for some bytes: the text itself where they are
	 * printable UTF-8, else {@code hex:} and digits. {@link #parse} makes the same bytes
	 * of it again.
	 * @param bytes the bytes
	 * @return the text
	 */
	public static String of(byte[] bytes) {
		String text = (isAscii(bytes)) ? new String(bytes, StandardCharsets.US_ASCII) : decode(bytes);
		return (text != null && !text.startsWith(HEX) && !text.startsWith(BASE64)) ? text
				: HEX + HexFormat.of().formatHex(bytes);
	}

	/**
	 * Return the one text for the bytes that a text stands for, by which two texts can be
	 * compared.
	 * @param text a text in any form
	 * @return the form that {@link #of} gives
	 * @throws IllegalArgumentException as {@link #parse} does
	 */
	public static String normalize(String text) {
		return of(parse(text));
	}

	private static boolean isAscii(byte[] bytes) {
		for (byte character : bytes) {
			if (character < ' ' || character == 0x7F) {
				return false;
			}
		}
		return true;
	}

	private static @Nullable String decode(byte[] bytes) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return (text.codePoints().allMatch(BytesText::isPrintable)) ? text : null;
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private static boolean isPrintable(int point) {
		return !Character.isISOControl(point) || point == '\n' || point == '\r' || point == '\t';
	}

}
