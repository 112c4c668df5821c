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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * XSalsa20 and Poly1305 with one subkey, on Bouncy Castle's core of Salsa20. Its own
 * engine takes the key stream byte by byte; by words it is one and a half times as fast.
 * Not safe for use by several threads.
 */
final class Sealer {

	private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private static final int ROUNDS = 20;

	private static final int BLOCK = 64;

	private static final int WORDS = BLOCK / Integer.BYTES;

	/** Where the number of the block is in the state, behind the nonce. */
	private static final int COUNTER = 8;

	private final int[] state = new int[WORDS];

	private final int[] block = new int[WORDS];

	private final Poly1305 mac = new Poly1305();

	private final byte[] macKey = new byte[Nacl.KEY];

	private final byte[] tag = new byte[Nacl.TAG];

	/** How much of the block is used. */
	private int used;

	Sealer(byte[] subkey) {
		byte[] constant = CurveHandshake.ascii("expand 32-byte k");
		for (int i = 0; i < 4; i++) {
			this.state[5 * i] = word(constant, i);
			this.state[1 + i] = word(subkey, i);
			this.state[11 + i] = word(subkey, 4 + i);
		}
	}

	private static int word(byte[] bytes, int index) {
		return (int) WORD.get(bytes, index * Integer.BYTES);
	}

	/** Encrypt in place: the tag's room comes first, then the text. */
	void seal(byte[] nonceFrom, int nonceOffset, byte[] box, int offset, int size) {
		begin(nonceFrom, nonceOffset);
		int text = offset + Nacl.TAG;
		xor(box, text, box, text, size - Nacl.TAG);
		authenticate(box, text, size - Nacl.TAG);
		System.arraycopy(this.tag, 0, box, offset, Nacl.TAG);
	}

	/**
	 * Encrypt a message, without a copy.
	 * @param first the first byte of the text
	 * @param text the rest of it
	 * @param box takes the tag, and the text behind it
	 */
	void seal(byte[] nonceFrom, int nonceOffset, byte first, byte[] text, byte[] box, int offset) {
		begin(nonceFrom, nonceOffset);
		int at = offset + Nacl.TAG;
		box[at] = (byte) (first ^ next());
		xor(text, 0, box, at + 1, text.length);
		authenticate(box, at, 1 + text.length);
		System.arraycopy(this.tag, 0, box, offset, Nacl.TAG);
	}

	/** Decrypt in place. */
	boolean open(byte[] nonceFrom, int nonceOffset, byte[] box, int offset, int size) {
		if (!isOurs(nonceFrom, nonceOffset, box, offset, size)) {
			return false;
		}
		int text = offset + Nacl.TAG;
		xor(box, text, box, text, size - Nacl.TAG);
		return true;
	}

	/**
	 * Decrypt a message, without a copy. The box stays as it is.
	 * @param text takes all but the first byte
	 * @return the first byte, or -1 if the box was not made with this key and nonce
	 */
	int open(byte[] nonceFrom, int nonceOffset, byte[] box, int offset, byte[] text) {
		if (!isOurs(nonceFrom, nonceOffset, box, offset, Nacl.TAG + 1 + text.length)) {
			return -1;
		}
		int at = offset + Nacl.TAG;
		int first = (box[at] ^ next()) & 0xff;
		xor(box, at + 1, text, 0, text.length);
		return first;
	}

	private boolean isOurs(byte[] nonceFrom, int nonceOffset, byte[] box, int offset, int size) {
		if (size < Nacl.TAG) {
			return false;
		}
		begin(nonceFrom, nonceOffset);
		authenticate(box, offset + Nacl.TAG, size - Nacl.TAG);
		int difference = 0;
		for (int i = 0; i < Nacl.TAG; i++) {
			difference |= this.tag[i] ^ box[offset + i];
		}
		return difference == 0;
	}

	private void authenticate(byte[] text, int offset, int size) {
		this.mac.update(text, offset, size);
		this.mac.doFinal(this.tag, 0);
	}

	/** The first 32 bytes of the key stream are the key of the tag. */
	private void begin(byte[] nonceFrom, int nonceOffset) {
		this.state[COUNTER - 2] = (int) WORD.get(nonceFrom, nonceOffset);
		this.state[COUNTER - 1] = (int) WORD.get(nonceFrom, nonceOffset + Integer.BYTES);
		this.state[COUNTER] = 0;
		this.state[COUNTER + 1] = 0;
		Salsa20Engine.salsaCore(ROUNDS, this.state, this.block);
		for (int i = 0; i < Nacl.KEY / Integer.BYTES; i++) {
			WORD.set(this.macKey, i * Integer.BYTES, this.block[i]);
		}
		this.mac.init(new KeyParameter(this.macKey));
		this.used = Nacl.KEY;
	}

	private void advance() {
		if (++this.state[COUNTER] == 0) {
			this.state[COUNTER + 1]++;
		}
		Salsa20Engine.salsaCore(ROUNDS, this.state, this.block);
		this.used = 0;
	}

	private byte next() {
		if (this.used == BLOCK) {
			advance();
		}
		int position = this.used++;
		return (byte) (this.block[position / Integer.BYTES] >>> (Byte.SIZE * (position % Integer.BYTES)));
	}

	private void xor(byte[] from, int fromOffset, byte[] to, int toOffset, int size) {
		int done = 0;
		while (done < size && this.used < BLOCK) {
			to[toOffset + done] = (byte) (from[fromOffset + done] ^ next());
			done++;
		}
		int[] key = this.block;
		while (size - done >= BLOCK) {
			advance();
			int in = fromOffset + done;
			int out = toOffset + done;
			for (int i = 0; i < WORDS; i++) {
				WORD.set(to, out + i * Integer.BYTES, (int) WORD.get(from, in + i * Integer.BYTES) ^ key[i]);
			}
			this.used = BLOCK;
			done += BLOCK;
		}
		while (done < size) {
			to[toOffset + done] = (byte) (from[fromOffset + done] ^ next());
			done++;
		}
	}

}
