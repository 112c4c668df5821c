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
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ids of requests. They are random, so that a server cannot guess the id of a request
 * that another server was asked, and never come again when a socket is opened again.
 */
final class RequestIds {

	/** Many at a time: one call of the generator costs more than its bytes. */
	private static final int BLOCK = 128;

	private final SecureRandom random = new SecureRandom();

	private volatile Block block = new Block(this.random);

	long next() {
		while (true) {
			Block current = this.block;
			int index = current.taken.getAndIncrement();
			if (index < BLOCK && index >= 0) {
				return current.ids[index];
			}
			synchronized (this) {
				if (this.block == current) {
					this.block = new Block(this.random);
				}
			}
		}
	}

	private static final class Block {

		private final long[] ids = new long[BLOCK];

		private final AtomicInteger taken = new AtomicInteger();

		Block(SecureRandom random) {
			byte[] bytes = new byte[BLOCK * Long.BYTES];
			random.nextBytes(bytes);
			ByteBuffer.wrap(bytes).asLongBuffer().get(this.ids);
		}

	}

}
