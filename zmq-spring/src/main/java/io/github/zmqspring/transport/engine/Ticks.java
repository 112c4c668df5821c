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

package io.github.zmqspring.transport.engine;

import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * What the connections of one I/O thread want to do later. JeroMQ's timers do not serve:
 * a cancelled one swallows an equal one that is added later and keeps its owner until it
 * would have fired, one that is added by a timer sleeps until another one is due, and all
 * are copied and sorted in every turn. So there is one of these for the thread, for the
 * earliest of ours. Belongs to the I/O thread.
 */
final class Ticks {

	private final TreeSet<Tick> pending = new TreeSet<>();

	/** Has the thread call {@link #run} in this many milliseconds. */
	private final LongConsumer alarm;

	private long count;

	/** When the alarm goes off, if there is one. */
	private long alarmAt;

	private boolean armed;

	private boolean running;

	Ticks(LongConsumer alarm) {
		this.alarm = alarm;
		// loads the class: a pause for lack of descriptors must not need one
		this.pending.add(new Tick(this::arm, System.nanoTime(), this.count++));
		this.pending.clear();
	}

	/**
	 * Run a task later.
	 * @param delayNanos after how many nanoseconds, rounded up to milliseconds
	 */
	Tick schedule(Runnable task, long delayNanos) {
		Tick tick = new Tick(task, System.nanoTime() + Math.max(0, delayNanos), this.count++);
		this.pending.add(tick);
		arm();
		return tick;
	}

	void cancel(@Nullable Tick tick) {
		if (tick != null) {
			this.pending.remove(tick);
		}
	}

	boolean isEmpty() {
		return this.pending.isEmpty();
	}

	/** Run what is due. A task that fails keeps no other from running. */
	void run(java.util.function.Consumer<Throwable> failures) {
		this.armed = false;
		this.running = true;
		try {
			long now = System.nanoTime();
			while (!this.pending.isEmpty() && this.pending.first().due - now <= 0) {
				Tick tick = this.pending.pollFirst();
				try {
					tick.task.run();
				}
				catch (Throwable ex) {
					failures.accept(ex);
				}
			}
		}
		finally {
			this.running = false;
			arm();
		}
	}

	private void arm() {
		if (this.running || this.pending.isEmpty()) {
			return;
		}
		long due = this.pending.first().due;
		if (!this.armed || due - this.alarmAt < 0) {
			this.armed = true;
			this.alarmAt = due;
			long nanos = Math.max(0, due - System.nanoTime());
			this.alarm.accept(TimeUnit.NANOSECONDS.toMillis(nanos + TimeUnit.MILLISECONDS.toNanos(1) - 1));
		}
	}

	/**
	 * One task.
	 */
	static final class Tick implements Comparable<Tick> {

		private final Runnable task;

		private final long due;

		private final long number;

		Tick(Runnable task, long due, long number) {
			this.task = task;
			this.due = due;
			this.number = number;
		}

		@Override
		public int compareTo(Tick other) {
			int order = Long.signum(this.due - other.due);
			return (order != 0) ? order : Long.compare(this.number, other.number);
		}

	}

}
