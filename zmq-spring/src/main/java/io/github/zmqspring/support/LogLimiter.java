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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Logs a few lines of one kind in each interval and counts the others, so that a peer
 * that sends rubbish does not fill the disk. How many were left out is logged at the end
 * of the interval, and by {@link #flush()} when whatever logs them stops. All methods may
 * be called from any thread.
 *
 * @since 0.1.0
 */
public final class LogLimiter {

	private static final int LINES = 10;

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private final Log logger;

	private final String subject;

	private final int most;

	private final long intervalNanos;

	/** Guarded by this, like all that follows. */
	private long intervalStart;

	private int lines;

	private long leftOut;

	private long leftOutInAll;

	/**
	 * Create a limiter of ten lines a minute.
	 * @param logger where to log
	 * @param subject what the lines are about, to say how many were left out
	 */
	public LogLimiter(Log logger, String subject) {
		this(logger, subject, LINES, INTERVAL);
	}

	/**
	 * Create a limiter.
	 * @param logger where to log
	 * @param subject what the lines are about, to say how many were left out
	 * @param most the most lines of an interval
	 * @param interval the interval, which begins with the first line
	 */
	public LogLimiter(Log logger, String subject, int most, Duration interval) {
		this.logger = logger;
		this.subject = subject;
		this.most = most;
		this.intervalNanos = interval.toNanos();
	}

	/**
	 * Log a warning, unless there were too many.
	 * @param text the line
	 * @param failure what to log with it, or {@code null}
	 */
	public void warn(String text, @Nullable Throwable failure) {
		if (permit()) {
			this.logger.warn(text, failure);
		}
	}

	/**
	 * Log an error, unless there were too many.
	 * @param text the line
	 * @param failure what to log with it, or {@code null}
	 */
	public void error(String text, @Nullable Throwable failure) {
		if (permit()) {
			this.logger.error(text, failure);
		}
	}

	private boolean permit() {
		long leftOutBefore = 0;
		boolean permitted = true;
		synchronized (this) {
			long now = System.nanoTime();
			if (this.lines == 0 || now - this.intervalStart >= this.intervalNanos) {
				leftOutBefore = takeLeftOut();
				this.intervalStart = now;
			}
			if (this.lines < this.most) {
				this.lines++;
			}
			else {
				permitted = false;
				this.leftOut++;
				this.leftOutInAll++;
				if (this.leftOut == 1) {
					schedule(this.intervalStart + this.intervalNanos - now);
				}
			}
		}
		report(leftOutBefore);
		return permitted;
	}

	/** The JDK's timer needs no thread of this library to outlive the application. */
	private void schedule(long nanos) {
		CompletableFuture.delayedExecutor(Math.max(0, nanos), TimeUnit.NANOSECONDS).execute(this::endInterval);
	}

	private void endInterval() {
		long count;
		synchronized (this) {
			// a new interval may have begun meanwhile, which ends later
			if (System.nanoTime() - this.intervalStart < this.intervalNanos) {
				return;
			}
			count = takeLeftOut();
		}
		report(count);
	}

	/**
	 * Log now how many lines were left out.
	 */
	public void flush() {
		long count;
		synchronized (this) {
			count = takeLeftOut();
		}
		report(count);
	}

	/**
	 * Return how many lines were left out since the start.
	 * @return the number, whether reported or not
	 */
	public synchronized long leftOut() {
		return this.leftOutInAll;
	}

	private long takeLeftOut() {
		long count = this.leftOut;
		this.leftOut = 0;
		this.lines = 0;
		return count;
	}

	private void report(long count) {
		if (count > 0) {
			this.logger.warn("%s: %d more were not logged".formatted(this.subject, count));
		}
	}

}
