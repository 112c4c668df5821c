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

package io.github.zmqspring.transport.mechanism;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import zmq.io.Metadata;

/**
 * Reads the properties that a peer sends in its handshake. The case of their names does
 * not matter to ZMTP, and matters to JeroMQ.
 */
final class PeerProperties {

	private static final List<String> NAMES = List.of(Metadata.SOCKET_TYPE, Metadata.IDENTITY);

	private PeerProperties() {
	}

	/**
	 * Write the names that have a meaning as ZMTP does.
	 * @param received the properties as they came
	 * @return the same properties, with names that JeroMQ knows
	 * @throws HandshakeFailure if they are no list of names and values
	 */
	static byte[] named(byte[] received) throws HandshakeFailure {
		byte[] properties = received.clone();
		ByteBuffer rest = ByteBuffer.wrap(properties);
		while (rest.hasRemaining()) {
			int length = Byte.toUnsignedInt(rest.get());
			if (length == 0 || rest.remaining() < length + Integer.BYTES) {
				throw HandshakeMechanism.malformed();
			}
			String name = new String(properties, rest.position(), length, StandardCharsets.ISO_8859_1);
			for (String known : NAMES) {
				if (known.equalsIgnoreCase(name)) {
					rest.put(rest.position(), known.getBytes(StandardCharsets.US_ASCII));
				}
			}
			rest.position(rest.position() + length);
			int size = rest.getInt();
			if (size < 0 || size > rest.remaining()) {
				throw HandshakeMechanism.malformed();
			}
			rest.position(rest.position() + size);
		}
		return properties;
	}

}
