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

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.jspecify.annotations.Nullable;

/**
 * NaCl's boxes (curve25519xsalsa20poly1305), as CURVE uses them in its handshake, put
 * together from Bouncy Castle's primitives. A box is a tag of 16 bytes and the encrypted
 * text.
 */
final class Nacl {

	static final int KEY = 32;

	static final int NONCE = 24;

	static final int TAG = 16;

	private static final int PREFIX = 16;

	private static final SecureRandom RANDOM = new SecureRandom();

	private Nacl() {
	}

	static byte[] random(int size) {
		byte[] bytes = new byte[size];
		RANDOM.nextBytes(bytes);
		return bytes;
	}

	static byte[] publicKey(byte[] secretKey) {
		byte[] key = new byte[KEY];
		X25519.scalarMultBase(secretKey, 0, key, 0);
		return key;
	}

	/**
	 * Return the key that two key pairs share.
	 * @return {@code null} where the peer's key would make it a constant
	 */
	static byte @Nullable [] sharedKey(byte[] publicKey, byte[] secretKey) {
		byte[] agreed = new byte[KEY];
		return (X25519.calculateAgreement(secretKey, 0, publicKey, 0, agreed, 0)) ? subkey(agreed, new byte[PREFIX], 0)
				: null;
	}

	/** HSalsa20: what XSalsa20 derives from its key and the first 16 bytes of a nonce. */
	static byte[] subkey(byte[] key, byte[] nonce, int offset) {
		return new HSalsa20().derive(key, nonce, offset);
	}

	static byte[] box(byte[] text, byte[] nonce, byte[] key) {
		byte[] box = new byte[TAG + text.length];
		System.arraycopy(text, 0, box, TAG, text.length);
		new Sealer(subkey(key, nonce, 0)).seal(nonce, PREFIX, box, 0, box.length);
		return box;
	}

	/**
	 * Open a part of a command that is a box.
	 * @return {@code null} if it was not made with this key and nonce
	 */
	static byte @Nullable [] open(byte[] from, int offset, int size, byte[] nonce, byte[] key) {
		byte[] box = Arrays.copyOfRange(from, offset, offset + size);
		return (new Sealer(subkey(key, nonce, 0)).open(nonce, PREFIX, box, 0, size))
				? Arrays.copyOfRange(box, TAG, size) : null;
	}

	static boolean same(byte[] a, byte[] b) {
		return MessageDigest.isEqual(a, b);
	}

	/** Gives access to what XSalsa20 keeps after its first step. */
	private static final class HSalsa20 extends XSalsa20Engine {

		private static final int[] SUBKEY_WORDS = { 1, 2, 3, 4, 11, 12, 13, 14 };

		byte[] derive(byte[] key, byte[] prefix, int offset) {
			byte[] nonce = new byte[NONCE];
			System.arraycopy(prefix, offset, nonce, 0, PREFIX);
			init(true, new ParametersWithIV(new KeyParameter(key), nonce));
			byte[] subkey = new byte[KEY];
			for (int i = 0; i < SUBKEY_WORDS.length; i++) {
				int word = this.engineState[SUBKEY_WORDS[i]];
				for (int j = 0; j < 4; j++) {
					subkey[4 * i + j] = (byte) (word >>> (8 * j));
				}
			}
			return subkey;
		}

	}

}
