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

import org.jspecify.annotations.Nullable;

/**
 * A CURVE key pair (RFC 26), or the public half of one. Immutable. {@link #toString()}
 * shows the public key only.
 *
 * @since 0.1.0
 */
public final class ZmqKeyPair {

	/** How many bytes a public or a secret key has. */
	public static final int KEY_SIZE = 32;

	private final byte[] publicKey;

	private final byte @Nullable [] secretKey;

	private ZmqKeyPair(byte[] publicKey, byte @Nullable [] secretKey) {
		this.publicKey = publicKey;
		this.secretKey = secretKey;
	}

	/**
	 * Return the key pair of a secret key.
	 * @param secretKey the secret key, in Z85
	 * @return the pair, with the public key derived
	 * @throws ZmqKeyException if it is not a key
	 */
	public static ZmqKeyPair ofSecretKey(String secretKey) {
		return ofSecretKey(bytes("secret key", secretKey));
	}

	static ZmqKeyPair ofSecretKey(byte[] secretKey) {
		check("secret key", secretKey);
		return new ZmqKeyPair(X25519.publicKey(secretKey), secretKey.clone());
	}

	/**
	 * Return the public half of a key pair.
	 * @param publicKey the public key, in Z85
	 * @return the half, without a secret key
	 * @throws ZmqKeyException if it is not a key
	 */
	public static ZmqKeyPair ofPublicKey(String publicKey) {
		return new ZmqKeyPair(bytes("public key", publicKey), null);
	}

	/**
	 * Return a key pair whose two halves are known.
	 * @param publicKey the public key, in Z85
	 * @param secretKey the secret key, in Z85
	 * @return the pair
	 * @throws ZmqKeyException if one is not a key, or they do not belong together
	 */
	public static ZmqKeyPair of(String publicKey, String secretKey) {
		ZmqKeyPair pair = ofSecretKey(secretKey);
		if (!Arrays.equals(pair.publicKey, bytes("public key", publicKey))) {
			throw new ZmqKeyException(
					"The public key is not the one of the secret key, which is %s".formatted(pair.publicKey()));
		}
		return pair;
	}

	private static byte[] bytes(String what, String text) {
		if (text.length() != KEY_SIZE / 4 * 5) {
			throw new ZmqKeyException("The %s has %d characters instead of 40 of Z85".formatted(what, text.length()));
		}
		byte[] bytes;
		try {
			bytes = Z85.decode(text);
		}
		catch (IllegalArgumentException ex) {
			throw new ZmqKeyException("The %s is not Z85: %s".formatted(what, ex.getMessage()));
		}
		check(what, bytes);
		return bytes;
	}

	private static void check(String what, byte[] key) {
		if (key.length != KEY_SIZE) {
			throw new ZmqKeyException("The %s has %d bytes instead of %d".formatted(what, key.length, KEY_SIZE));
		}
		int any = 0;
		for (byte part : key) {
			any |= part;
		}
		if (any == 0) {
			throw new ZmqKeyException("The %s has only zero bytes".formatted(what));
		}
	}

	/**
	 * Return the public key.
	 * @return the key, in Z85
	 */
	public String publicKey() {
		return Z85.encode(this.publicKey);
	}

	/**
	 * Return the public key.
	 * @return a copy of its 32 bytes
	 */
	public byte[] publicKeyBytes() {
		return this.publicKey.clone();
	}

	/**
	 * Tell whether the secret key is known.
	 * @return whether this is more than the public half
	 */
	public boolean hasSecretKey() {
		return this.secretKey != null;
	}

	/**
	 * Return the secret key.
	 * @return the key, in Z85
	 * @throws IllegalStateException if this is only the public half
	 */
	public String secretKey() {
		return Z85.encode(requireSecretKey());
	}

	/**
	 * Return the secret key.
	 * @return a copy of its 32 bytes
	 * @throws IllegalStateException if this is only the public half
	 */
	public byte[] secretKeyBytes() {
		return requireSecretKey().clone();
	}

	private byte[] requireSecretKey() {
		byte[] key = this.secretKey;
		if (key == null) {
			throw new IllegalStateException("Only the public key is known");
		}
		return key;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ZmqKeyPair pair && Arrays.equals(this.publicKey, pair.publicKey)
				&& Arrays.equals(this.secretKey, pair.secretKey);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.publicKey);
	}

	@Override
	public String toString() {
		return "ZmqKeyPair[" + publicKey() + ((this.secretKey != null) ? ", with its secret key]" : "]");
	}

}
