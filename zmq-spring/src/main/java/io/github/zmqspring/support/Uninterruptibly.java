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

/**
 * Waits that an interrupt does not end. The flag is set again when the wait is over.
 *
 * @since 0.1.0
 */
public final class Uninterruptibly {

	private Uninterruptibly() {
	}

	/**
	 * Wait, and after an interrupt wait again for the time that is left.
	 * @param timeoutNanos how long to wait, in nanoseconds; with {@link Long#MAX_VALUE}
	 * as long as it takes
	 * @param wait the wait
	 * @return what the wait returned
	 */
	public static boolean await(long timeoutNanos, Wait wait) {
		boolean interrupted = false;
		long deadline = System.nanoTime() + timeoutNanos;
		try {
			while (true) {
				try {
					return wait.await(deadline - System.nanoTime());
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Wait for the end of a thread.
	 * @param thread the thread
	 * @param timeoutNanos how long to wait, in nanoseconds
	 * @return whether it has ended
	 */
	public static boolean join(Thread thread, long timeoutNanos) {
		return await(timeoutNanos, (left) -> {
			if (left > 0) {
				TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
			}
			return !thread.isAlive();
		});
	}

	/**
	 * One wait.
	 */
	@FunctionalInterface
	public interface Wait {

		/**
		 * Wait until something happens or the time is over.
		 * @param nanos the time that is left, in nanoseconds; 0 or less when it is over
		 * @return whether it happened
		 * @throws InterruptedException if the thread is interrupted: the wait is repeated
		 */
		boolean await(long nanos) throws InterruptedException;

	}

}
