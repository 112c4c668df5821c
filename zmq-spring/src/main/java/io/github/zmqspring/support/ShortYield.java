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

package io.github.zmqspring.support;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets a thread yield its processor as long as that is cheap. A yield is meant for a
 * thread of the same application that has something to finish, and takes a few
 * microseconds. Where other work wants the processor, the scheduler gives it all of its
 * time slice first, 3 ms and more, several times for each message: then it is better not
 * to yield at all. May be used by several threads at a time.
 *
 * @since 0.1.0
 */
public final class ShortYield {

	private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final long MOST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final Runnable yield;

	private final LongSupplier clock;

	private volatile long pauseNanos;

	private volatile long pausesUntil;

	public ShortYield() {
		this(Thread::yield, System::nanoTime);
	}

	ShortYield(Runnable yield, LongSupplier clock) {
		this.yield = yield;
		this.clock = clock;
	}

	/**
	 * Yield, unless a yield has taken long a short time ago.
	 * @return whether the thread has yielded
	 */
	public boolean tryYield() {
		long start = this.clock.getAsLong();
		long pause = this.pauseNanos;
		if (pause != 0 && start - this.pausesUntil < 0) {
			return false;
		}
		this.yield.run();
		long end = this.clock.getAsLong();
		if (end - start > LONG_NANOS) {
			long next = Math.min(Math.max(2 * pause, LEAST_PAUSE_NANOS), MOST_PAUSE_NANOS);
			this.pausesUntil = end + next;
			this.pauseNanos = next;
		}
		else if (pause != 0) {
			// one that was short may have been luck
			this.pauseNanos = (pause > LEAST_PAUSE_NANOS) ? pause / 2 : 0;
		}
		return true;
	}

}
