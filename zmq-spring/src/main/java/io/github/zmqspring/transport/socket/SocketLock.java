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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.zmqspring.support.Uninterruptibly;
import io.github.zmqspring.transport.jeromq.Interrupts;

/**
 * The one lock of a socket. It is unfair, as a fair one costs 85 % of the throughput. So
 * it has a gate: a thread that many senders must not keep out closes it and gets the lock
 * next.
 */
final class SocketLock {

	private static final long URGENT_PATIENCE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

	private static final int GATE_SPINS = 50;

	private static final int GATE_YIELDS = 2000;

	private final ReentrantLock lock = new ReentrantLock();

	private final Interrupts interrupts;

	/** Whether a thread asks the senders to let it in. */
	private volatile boolean gate;

	SocketLock(Interrupts interrupts) {
		this.interrupts = interrupts;
	}

	Condition newCondition() {
		return this.lock.newCondition();
	}

	void lock() {
		this.lock.lock();
		this.interrupts.begin();
	}

	/** Lock for a thread that many senders together must not keep out. */
	void lockUrgently() {
		if (!lockWithin(URGENT_PATIENCE_NANOS, System.nanoTime() + URGENT_PATIENCE_NANOS)) {
			this.gate = true;
			this.lock.lock();
			this.gate = false;
			this.interrupts.begin();
		}
	}

	/**
	 * Lock for a sender, which lets urgent threads in first.
	 * @return whether the lock was free
	 */
	boolean tryLock() {
		letOthersIn();
		if (!this.lock.tryLock()) {
			// it is held for less time than it takes to put a thread to sleep and wake it
			Thread.yield();
			if (this.gate || !this.lock.tryLock()) {
				return false;
			}
		}
		this.interrupts.begin();
		return true;
	}

	/**
	 * Wait for the lock, whatever interrupts the thread.
	 * @param timeoutNanos how long; 0 or less waits for ever, as no thread holds it for
	 * long
	 * @param deadline the end of that time
	 * @return whether the thread has the lock
	 */
	boolean lockWithin(long timeoutNanos, long deadline) {
		if (timeoutNanos <= 0) {
			lock();
			return true;
		}
		boolean locked = Uninterruptibly.await(deadline - System.nanoTime(),
				(left) -> this.lock.tryLock(left, TimeUnit.NANOSECONDS));
		if (locked) {
			this.interrupts.begin();
		}
		return locked;
	}

	void unlock() {
		this.interrupts.end();
		this.lock.unlock();
	}

	/** Unlock for a wait; the thread's interrupts are left as they are. */
	void giveUp() {
		this.lock.unlock();
	}

	/** Lock again after such a wait. */
	void takeBack() {
		this.lock.lock();
	}

	private void letOthersIn() {
		for (int i = 0; this.gate && i < GATE_YIELDS; i++) {
			if (i < GATE_SPINS) {
				Thread.onSpinWait();
			}
			else {
				Thread.yield();
			}
		}
	}

}
