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

import org.jspecify.annotations.Nullable;

/**
 * Lets a few lines through in each minute, so that a peer that sends rubbish does not
 * fill the disk. All methods may be called from any thread.
 *
 * @since 0.1.0
 */
public final class LogLimiter {

	private static final int LINES = 10;

	private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

	private long windowStart = System.nanoTime();

	private int lines;

	private long skipped;

	/**
	 * Return whether a line may be logged now.
	 * @return how many were refused since the last, or {@code null} to refuse this one
	 */
	public synchronized @Nullable Long permit() {
		long now = System.nanoTime();
		if (now - this.windowStart > WINDOW_NANOS) {
			this.windowStart = now;
			this.lines = 0;
		}
		if (this.lines >= LINES) {
			this.skipped++;
			return null;
		}
		this.lines++;
		long before = this.skipped;
		this.skipped = 0;
		return before;
	}

}
