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

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;

import javax.crypto.KeyAgreement;

/**
 * The one operation of Curve25519 that keys need, by the JDK (RFC 7748).
 */
final class X25519 {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

	private X25519() {
	}

	static byte[] newSecretKey() {
		byte[] key = new byte[ZmqKeyPair.KEY_SIZE];
		RANDOM.nextBytes(key);
		// clamped as NaCl keeps them
		key[0] &= (byte) 248;
		key[31] = (byte) ((key[31] & 127) | 64);
		return key;
	}

	static byte[] publicKey(byte[] secretKey) {
		try {
			KeyFactory keys = KeyFactory.getInstance("X25519");
			KeyAgreement agreement = KeyAgreement.getInstance("X25519");
			agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secretKey)));
			agreement.doPhase(keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT)), true);
			return agreement.generateSecret();
		}
		catch (GeneralSecurityException ex) {
			throw new ZmqKeyException("The public key cannot be derived", ex);
		}
	}

}
