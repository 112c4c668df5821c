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

package io.github.zmqspring.transport.socket;

import io.github.zmqspring.transport.socket.LaneSettings.IdleAction;

/**
 * Watches one reader for one action. It belongs to the poller, so that it costs no thread
 * and nothing while messages come: only when its time is over it looks when the last one
 * was.
 */
final class IdleTimer implements Comparable<IdleTimer> {

	private final Reader input;

	private final Runnable action;

	private final long interval;

	private long due;

	IdleTimer(Reader input, IdleAction action) {
		this.input = input;
		this.action = action.action();
		this.interval = Math.max(1, action.interval().toNanos());
		this.due = System.nanoTime() + this.interval;
	}

	long due() {
		return this.due;
	}

	boolean isOf(Reader input) {
		return this.input == input;
	}

	/**
	 * Its time is over.
	 * @return whether it will be due again
	 */
	boolean fire(long now) {
		if (this.input.isEnded()) {
			return false;
		}
		long left = this.interval - (now - this.input.lastActivity());
		if (left <= 0 && this.input.isAccepting()) {
			this.input.idle(this.action);
		}
		this.due = now + ((left > 0) ? left : this.interval);
		return true;
	}

	@Override
	public int compareTo(IdleTimer other) {
		return Long.signum(this.due - other.due);
	}

}
