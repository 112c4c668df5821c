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

package io.github.zmqspring.transport.lane;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.support.ExitCalls;
import io.github.zmqspring.support.Uninterruptibly;
import org.jspecify.annotations.Nullable;

/**
 * The life of a lane's thread: one of its own, or one lent by an executor, which may
 * never get to it. May be used by any thread, except {@link #begin} and {@link #end},
 * which are called by the thread itself.
 */
final class LaneThread {

	/** How long an executor may take to lend a thread before that counts as a failure. */
	private static final long START_NANOS = TimeUnit.SECONDS.toNanos(5);

	/** How often a thread that waits for the end looks whether there will be one. */
	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private final AtomicReference<Life> life = new AtomicReference<>(Life.NEW);

	private final CountDownLatch ended = new CountDownLatch(1);

	private final long created = System.nanoTime();

	private volatile @Nullable Thread thread;

	/** Whether the thread is certain to begin, and to drain what is left at the end. */
	private volatile boolean certain;

	/**
	 * Start the thread.
	 * @param lane what it runs; says what the thread is called
	 * @param executor where the thread comes from, or {@code null} for one of its own
	 */
	void start(Runnable lane, @Nullable Executor executor) {
		if (executor != null) {
			executor.execute(lane);
			return;
		}
		Thread own = new Thread(lane, lane.toString());
		own.setDaemon(true);
		own.start();
		this.certain = true;
	}

	/**
	 * Begin on the calling thread.
	 * @return {@code false} if it is too late, or the lane has begun already
	 */
	boolean begin() {
		if (!this.life.compareAndSet(Life.NEW, Life.RUNNING)) {
			return false;
		}
		this.thread = Thread.currentThread();
		return true;
	}

	/** Note that the lane died, which is going to end its thread. */
	void died() {
		this.life.set(Life.DEAD);
	}

	void end() {
		this.thread = null;
		this.life.compareAndSet(Life.RUNNING, Life.ENDED);
		this.ended.countDown();
	}

	/**
	 * End a lane that has no thread yet and may never get one.
	 * @return whether it was one
	 */
	boolean cancel() {
		if (this.certain || !this.life.compareAndSet(Life.NEW, Life.ENDED)) {
			return false;
		}
		this.ended.countDown();
		return true;
	}

	/**
	 * Wait for the end, except on the thread itself, and for a thread that ends the JVM.
	 */
	boolean awaitEnd(long timeoutNanos) {
		return isOwn() || Uninterruptibly.await(timeoutNanos, this::awaitEndOrExit);
	}

	private boolean awaitEndOrExit(long nanos) throws InterruptedException {
		long deadline = System.nanoTime() + nanos;
		long left = nanos;
		while (!this.ended.await(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
			left = deadline - System.nanoTime();
			if (left <= 0 || ExitCalls.isCalledBy(this.thread)) {
				return false;
			}
		}
		return true;
	}

	boolean hasEnded() {
		return this.ended.getCount() == 0;
	}

	boolean isOwn() {
		return Thread.currentThread() == this.thread;
	}

	/** Return {@code false} if the lane died, or got no thread in time. */
	boolean isAlive() {
		return switch (Objects.requireNonNull(this.life.get())) {
			case NEW -> System.nanoTime() - this.created < START_NANOS;
			case RUNNING, ENDED -> true;
			case DEAD -> false;
		};
	}

	void unpark() {
		LockSupport.unpark(this.thread);
	}

	void interrupt() {
		Thread running = this.thread;
		if (running != null) {
			running.interrupt();
		}
	}

	private enum Life {

		NEW, RUNNING, ENDED, DEAD

	}

}
