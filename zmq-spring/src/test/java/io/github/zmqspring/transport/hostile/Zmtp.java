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

package io.github.zmqspring.transport.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of ZMTP, good and bad.
 */
final class Zmtp {

	static final int MORE = 1;

	static final int LARGE = 2;

	static final int COMMAND = 4;

	private Zmtp() {
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	static byte[] join(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	static byte[] times(int count, byte[] part) {
		ByteArrayOutputStream all = new ByteArrayOutputStream(count * part.length);
		for (int i = 0; i < count; i++) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	static byte[] greeting(int major, int minor, String mechanism) {
		ByteBuffer greeting = ByteBuffer.allocate(64);
		greeting.put((byte) 0xff).position(9).put((byte) 0x7f).put((byte) major).put((byte) minor);
		return greeting.put(bytes(mechanism)).array();
	}

	/** The greeting of ZMTP 2, and of ZMTP 1 with revision 0. */
	static byte[] oldGreeting(int revision, int type) {
		return join(new byte[] { (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f }, new byte[] { (byte) revision },
				new byte[] { (byte) type });
	}

	/** A frame of ZMTP 2 and later, with a long header where it needs one. */
	static byte[] frame(int flags, byte[] body) {
		return (body.length > 255) ? join(header(flags, body.length), body)
				: join(new byte[] { (byte) flags, (byte) body.length }, body);
	}

	static byte[] frame(int flags, String body) {
		return frame(flags, bytes(body));
	}

	/** A long header without its body. */
	static byte[] header(int flags, long size) {
		return ByteBuffer.allocate(9).put((byte) (flags | LARGE)).putLong(size).array();
	}

	/** The body of a command. */
	static byte[] command(String name, byte[]... parts) {
		return join(new byte[] { (byte) name.length() }, bytes(name), join(parts));
	}

	static byte[] property(String name, byte[] value) {
		return property(name, value.length, value);
	}

	/** A property that may lie of the size of its value. */
	static byte[] property(String name, int size, byte[] value) {
		return join(new byte[] { (byte) name.length() }, bytes(name), ByteBuffer.allocate(4).putInt(size).array(),
				value);
	}

	static byte[] properties(String type) {
		return property("Socket-Type", bytes(type));
	}

	static byte[] shortString(String text) {
		return join(new byte[] { (byte) text.length() }, bytes(text));
	}

}
