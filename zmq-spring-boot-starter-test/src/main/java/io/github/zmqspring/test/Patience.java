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

package io.github.zmqspring.test;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long tests wait for what has to come: long enough for a machine that is busy, as
 * only tests that fail wait that long.
 */
final class Patience {

	static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Duration QUIET = Duration.ofSeconds(5);

	private Patience() {
	}

	/**
	 * Wait for a condition, for thirty seconds.
	 * @throws AssertionError if it does not come true
	 */
	static void await(String what, BooleanSupplier condition) {
		await(what, LIMIT, condition);
	}

	static void await(String what, Duration limit, BooleanSupplier condition) {
		long deadline = System.nanoTime() + limit.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - deadline > 0) {
				throw new AssertionError("Waited " + limit + " for " + what);
			}
			pause();
		}
	}

	/** Wait for a condition for some seconds, and go on also if it does not come true. */
	static void awaitQuietly(BooleanSupplier condition) {
		long deadline = System.nanoTime() + QUIET.toNanos();
		while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
			pause();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(10);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting", ex);
		}
	}

}
