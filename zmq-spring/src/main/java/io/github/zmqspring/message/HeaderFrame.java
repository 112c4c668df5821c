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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.zmqspring.core.ZmqConversionException;

import org.springframework.messaging.converter.MessageConversionException;

/**
 * The frame that message headers travel in where {@code envelope: headers} is set. It
 * stands behind return path, delimiter and topic, in front of the payload. Numbers are
 * unsigned and big-endian, text is UTF-8: <pre>
 * FF 5A 53 48      magic: no text begins so, since FF is no byte of UTF-8
 * 01               version
 * count            2 bytes, at most 128
 * count times      length of the name (2 bytes, 1 to 255), name, length of the value (2 bytes), value
 * </pre> The whole frame has at most 64 KiB.
 *
 * @since 0.1.0
 */
public final class HeaderFrame {

	private static final int MAGIC = 0xFF5A5348;

	private static final byte VERSION = 1;

	private static final int PREFIX = Integer.BYTES + 1 + Short.BYTES;

	private static final int MOST_BYTES = 65_536;

	private static final int MOST_HEADERS = 128;

	private static final int LONGEST_NAME = 255;

	private HeaderFrame() {
	}

	/**
	 * Return whether a frame begins with the magic.
	 * @param frame the frame
	 * @return {@code true} if it is to be read as headers, be it readable or not
	 */
	public static boolean is(byte[] frame) {
		return frame.length >= Integer.BYTES && frame[0] == (byte) (MAGIC >> 24) && frame[1] == (byte) (MAGIC >> 16)
				&& frame[2] == (byte) (MAGIC >> 8) && frame[3] == (byte) MAGIC;
	}

	/**
	 * Write headers.
	 * @param headers names and values, in this order
	 * @return the frame
	 * @throws MessageConversionException if there are too many, or one is too long
	 */
	public static byte[] encode(Map<String, String> headers) {
		require(headers.size() <= MOST_HEADERS, "%d headers are to be sent, and a message carries at most %d",
				headers.size(), MOST_HEADERS);
		byte[][] texts = new byte[headers.size() * 2][];
		int index = 0;
		int length = PREFIX;
		for (Map.Entry<String, String> header : headers.entrySet()) {
			byte[] name = header.getKey().getBytes(StandardCharsets.UTF_8);
			byte[] value = header.getValue().getBytes(StandardCharsets.UTF_8);
			require(name.length > 0 && name.length <= LONGEST_NAME,
					"the name of a header has %d bytes, and may have 1 to %d", name.length, LONGEST_NAME);
			requirePlain(header.getKey(), header.getValue());
			length += 2 * Short.BYTES + name.length + value.length;
			require(length <= MOST_BYTES, "with '%s' the headers have more than %d bytes", header.getKey(), MOST_BYTES);
			texts[index++] = name;
			texts[index++] = value;
		}
		ByteBuffer frame = ByteBuffer.allocate(length);
		frame.putInt(MAGIC).put(VERSION).putShort((short) headers.size());
		for (byte[] text : texts) {
			frame.putShort((short) text.length).put(text);
		}
		return frame.array();
	}

	/**
	 * Read headers.
	 * @param frame a frame that begins with the magic
	 * @return names and values, not to be changed
	 * @throws MessageConversionException if it is not as described above
	 */
	public static Map<String, String> decode(byte[] frame) {
		require(is(frame) && frame.length >= PREFIX, "it is cut off");
		require(frame.length <= MOST_BYTES, "it has %d bytes, and may have %d", frame.length, MOST_BYTES);
		ByteBuffer buffer = ByteBuffer.wrap(frame);
		buffer.position(Integer.BYTES);
		byte version = buffer.get();
		require(version == VERSION, "its version is %d, and %d is known here", version & 0xFF, VERSION);
		int count = Short.toUnsignedInt(buffer.getShort());
		require(count <= MOST_HEADERS, "it has %d headers, and may have %d", count, MOST_HEADERS);
		Map<String, String> headers = new LinkedHashMap<>();
		for (int i = 0; i < count; i++) {
			String name = text(buffer, LONGEST_NAME);
			String value = text(buffer, MOST_BYTES);
			require(!name.isEmpty(), "a header has no name");
			requirePlain(name, value);
			require(headers.put(name, value) == null, "a header is there twice");
		}
		require(!buffer.hasRemaining(), "%d bytes follow its last header", buffer.remaining());
		return Collections.unmodifiableMap(headers);
	}

	private static String text(ByteBuffer buffer, int longest) {
		require(buffer.remaining() >= Short.BYTES, "it is cut off");
		int length = Short.toUnsignedInt(buffer.getShort());
		require(length <= longest, "the name of a header has %d bytes, and may have %d", length, longest);
		require(length <= buffer.remaining(), "it is cut off");
		ByteBuffer text = buffer.slice(buffer.position(), length);
		buffer.position(buffer.position() + length);
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
		}
		catch (CharacterCodingException ex) {
			throw failed("a text in it is not UTF-8");
		}
	}

	/**
	 * Line breaks and the like would forge lines of logs and of what headers are copied
	 * to.
	 */
	private static void requirePlain(String name, String value) {
		require(isPlain(name) && isPlain(value), "a header has a control character in its name or value");
	}

	private static boolean isPlain(String text) {
		return text.chars().noneMatch(HeaderFrame::isControl);
	}

	/** Unicode has two line breaks that are no control characters. */
	private static boolean isControl(int character) {
		return (Character.isISOControl(character) && character != '\t') || character == '\u2028'
				|| character == '\u2029';
	}

	private static void require(boolean condition, String what, Object... arguments) {
		if (!condition) {
			throw failed(what.formatted(arguments));
		}
	}

	private static MessageConversionException failed(String what) {
		return new ZmqConversionException("No valid header frame: " + what);
	}

}
