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

package io.github.zmqspring.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * Counts for one thread, at the cost of a plain increment.
 */
final class Counter {

	private static final VarHandle COUNT;

	static {
		try {
			COUNT = MethodHandles.lookup().findVarHandle(Counter.class, "count", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** A busy machine may stop all threads for a while. */
	private static final long REST_MILLIS = 200;

	private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);

	private long count;

	void increment() {
		COUNT.setOpaque(this, this.count + 1);
	}

	long get() {
		return (long) COUNT.getOpaque(this);
	}

	/**
	 * Wait until nothing more arrives. A full queue of large messages takes seconds, in
	 * which the other side would be measured.
	 */
	void awaitRest() throws InterruptedException {
		long begin = System.nanoTime();
		long before;
		do {
			before = get();
			Thread.sleep(REST_MILLIS);
		}
		while (get() != before && System.nanoTime() - begin < MOST_NANOS);
	}

}
