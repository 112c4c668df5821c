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

	private final Sealer out;

	private final Sealer in;

	private long nonce;

	private long peerNonce;

	CurveCipher(byte[] outKey, byte[] inKey, long nonce, long peerNonce) {
		this.out = new Sealer(outKey);
		this.in = new Sealer(inKey);
		this.nonce = nonce;
		this.peerNonce = peerNonce;
	}

	Msg encrypt(Msg message) {
		// shared with other connections of the socket: not to be changed
		byte[] text = message.data();
		byte[] sealed = new byte[OVERHEAD + text.length];
		ByteBuffer.wrap(sealed).putLong(MESSAGE).putLong(this.nonce++);
		byte flags = (byte) (((message.hasMore()) ? MORE : 0) | ((message.isCommand()) ? COMMAND : 0));
		this.out.seal(sealed, Long.BYTES, flags, text, sealed, HEADER);
		return new Msg(sealed);
	}

	/**
	 * Decrypt a frame.
	 * @return the message with its own flags, or {@code null} if the connection must end
	 */
	@Nullable Msg decrypt(Msg frame) {
		byte[] sealed = frame.data();
		if (sealed.length < OVERHEAD) {
			return null;
		}
		ByteBuffer header = ByteBuffer.wrap(sealed);
		long command = header.getLong();
		long number = header.getLong();
		if (command != MESSAGE || Long.compareUnsigned(number, this.peerNonce) <= 0) {
			return null;
		}
		byte[] text = new byte[sealed.length - OVERHEAD];
		int flags = this.in.open(sealed, Long.BYTES, sealed, HEADER, text);
		if (flags < 0) {
			return null;
		}
		this.peerNonce = number;
		Msg message = new Msg(text);
		message.setFlags((((flags & MORE) != 0) ? Msg.MORE : 0) | (((flags & COMMAND) != 0) ? Msg.COMMAND : 0));
		return message;
	}

}
