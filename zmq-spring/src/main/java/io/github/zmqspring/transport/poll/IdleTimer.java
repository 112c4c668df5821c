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

package io.github.zmqspring.transport.poll;

import java.time.Duration;

/**
 * Times the silence of one reader for one action. It is owned by the poller, so it costs
 * no thread, and nothing while messages come: the last activity is looked at only when
 * the interval is over.
 *
 * @since 0.1.0
 */
public final class IdleTimer implements Comparable<IdleTimer> {

	private final IdleWatched reader;

	private final Runnable action;

	private final long interval;

	private long due;

	/**
	 * Create a timer.
	 * @param reader the reader
	 * @param interval how long nothing must have come; the action is repeated after as
	 * long
	 * @param action the action
	 */
	public IdleTimer(IdleWatched reader, Duration interval, Runnable action) {
		this.reader = reader;
		this.action = action;
		this.interval = Math.max(1, interval.toNanos());
		this.due = System.nanoTime() + this.interval;
	}

	long due() {
		return this.due;
	}

	boolean isOf(IdleWatched reader) {
		return this.reader == reader;
	}

	/**
	 * Look at the reader once the interval is over.
	 * @return whether the timer will be due again
	 */
	boolean fire(long now) {
		if (this.reader.isEnded()) {
			return false;
		}
		long left = this.interval - (now - this.reader.lastActivity());
		if (left <= 0 && this.reader.isAccepting()) {
			this.reader.idle(this.action);
		}
		this.due = now + ((left > 0) ? left : this.interval);
		return true;
	}

	@Override
	public int compareTo(IdleTimer other) {
		return Long.signum(this.due - other.due);
	}

}
