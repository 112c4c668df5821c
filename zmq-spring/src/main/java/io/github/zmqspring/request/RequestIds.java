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

package io.github.zmqspring.request;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Ids of requests. They are random, so that a server cannot guess the id of a request
 * that another server was asked, and never come again when a socket is opened again.
 */
final class RequestIds {

	/** Many at a time: one call of the generator costs more than its bytes. */
	private static final int BLOCK = 512;

	private static final int KEY_BYTES = 16;

	/** Made with the first request: it takes the JVM 30 ms to find a cipher. */
	private @Nullable Cipher generator;

	private volatile @Nullable Block block;

	/**
	 * Return a stream cipher with a random key. Its output is as hard to guess as that of
	 * a {@link SecureRandom}, which takes ten times as long: 90 ns an id, a tenth of a
	 * request.
	 */
	private static Cipher generator() {
		byte[] seed = new byte[2 * KEY_BYTES];
		new SecureRandom().nextBytes(seed);
		try {
			Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
			cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(seed, 0, KEY_BYTES, "AES"),
					new IvParameterSpec(seed, KEY_BYTES, KEY_BYTES));
			return cipher;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This JVM has no AES, which makes the ids of requests", ex);
		}
	}

	long next() {
		while (true) {
			Block current = this.block;
			if (current != null) {
				int index = current.taken.getAndIncrement();
				if (index < BLOCK && index >= 0) {
					return current.ids[index];
				}
			}
			renew(current);
		}
	}

	private synchronized void renew(@Nullable Block used) {
		if (this.block != used) {
			return;
		}
		Cipher generator = this.generator;
		if (generator == null) {
			generator = generator();
			this.generator = generator;
		}
		this.block = new Block(generator);
	}

	private static final class Block {

		private final long[] ids = new long[BLOCK];

		private final AtomicInteger taken = new AtomicInteger();

		Block(Cipher generator) {
			ByteBuffer.wrap(generator.update(new byte[BLOCK * Long.BYTES])).asLongBuffer().get(this.ids);
		}

	}

}
