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

import org.jspecify.annotations.Nullable;
import zmq.Msg;

/**
 * Encrypts and decrypts the frames of one CURVE connection. The subkeys are derived once
 * a direction, where libsodium derives them for each message. Belongs to the I/O thread
 * of the connection.
 */
final class CurveCipher {

	private static final int HEADER = 16;

	private static final int OVERHEAD = HEADER + Nacl.TAG + 1;

	private static final byte MORE = 1;

	private static final byte COMMAND = 2;

	private static final long MESSAGE = ByteBuffer.wrap(CurveHandshake.command("MESSAGE")).getLong();

	private final Nacl.Sealer out;

	private final Nacl.Sealer in;

	private long nonce;

	private long peerNonce;

	CurveCipher(byte[] outKey, byte[] inKey, long nonce, long peerNonce) {
		this.out = new Nacl.Sealer(outKey);
		this.in = new Nacl.Sealer(inKey);
		this.nonce = nonce;
		this.peerNonce = peerNonce;
	}

	Msg encrypt(Msg message) {
		int size = message.size();
		byte[] sealed = new byte[OVERHEAD + size];
		ByteBuffer.wrap(sealed).putLong(MESSAGE).putLong(this.nonce++);
		sealed[HEADER + Nacl.TAG] = (byte) (((message.hasMore()) ? MORE : 0) | ((message.isCommand()) ? COMMAND : 0));
		message.getBytes(0, sealed, OVERHEAD, size);
		this.out.seal(sealed, Long.BYTES, sealed, HEADER, sealed.length - HEADER);
		return new Msg(sealed);
	}

	/**
	 * Decrypt a frame.
	 * @return the message with its own flags, or {@code null} if the connection must end
	 */
	@Nullable Msg decrypt(Msg frame) {
		int size = frame.size();
		if (size < OVERHEAD) {
			return null;
		}
		byte[] sealed = new byte[size];
		frame.getBytes(0, sealed, 0, size);
		ByteBuffer header = ByteBuffer.wrap(sealed);
		long command = header.getLong();
		long number = header.getLong();
		if (command != MESSAGE || Long.compareUnsigned(number, this.peerNonce) <= 0
				|| !this.in.open(sealed, Long.BYTES, sealed, HEADER, size - HEADER)) {
			return null;
		}
		this.peerNonce = number;
		byte flags = sealed[OVERHEAD - 1];
		byte[] text = new byte[size - OVERHEAD];
		System.arraycopy(sealed, OVERHEAD, text, 0, text.length);
		Msg message = new Msg(text);
		message.setFlags((((flags & MORE) != 0) ? Msg.MORE : 0) | (((flags & COMMAND) != 0) ? Msg.COMMAND : 0));
		return message;
	}

}
