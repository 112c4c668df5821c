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
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what is there when it is made, and fails on {@link #close()} if there is more
 * and it does not go away.
 */
final class LeakCheck implements AutoCloseable {

	private final String name;

	private final Duration timeout;

	private final @Nullable LeakCheck outer;

	private ResourceSnapshot baseline = ResourceSnapshot.take();

	LeakCheck(String name, Duration timeout, @Nullable LeakCheck outer) {
		this.name = name;
		this.timeout = timeout;
		this.outer = outer;
	}

	@Override
	public void close() {
		Wait wait = new Wait();
		try {
			Awaitility.await()
				.pollInSameThread()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(20))
				.atMost(this.timeout)
				.until(wait::isOver);
		}
		catch (ConditionTimeoutException ex) {
			ResourceSnapshot leaked = wait.leaked;
			forgive(leaked);
			throw new AssertionError(
					this.name + " left behind, " + this.timeout.toSeconds() + " s later:" + leaked.describe());
		}
	}

	private void forgive(ResourceSnapshot leaked) {
		// each leak is blamed on one only
		for (LeakCheck check = this.outer; check != null; check = check.outer) {
			check.baseline = check.baseline.plus(leaked);
		}
	}

	private final class Wait {

		private final long started = System.nanoTime();

		private boolean collected;

		private ResourceSnapshot leaked = ResourceSnapshot.EMPTY;

		private boolean isOver() {
			this.leaked = CachedContexts.withoutTheirs(ResourceSnapshot.take().minus(LeakCheck.this.baseline));
			if (this.leaked.isEmpty()) {
				return true;
			}
			long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.started);
			if (!this.collected && waited > LeakCheck.this.timeout.toMillis() / 2) {
				// descriptors that the JDK closes with the object, as of its HTTP client
				this.collected = true;
				System.gc();
			}
			return false;
		}

	}

}
