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

import io.github.zmqspring.transport.jeromq.Interrupts;

/**
 * The one lock of a socket. It is unfair, as a fair one costs most of the throughput, and
 * so it has a gate: who may not be kept out by many senders closes it and is let in next.
 */
final class SocketLock {

	private static final long URGENT_PATIENCE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

	private static final int GATE_SPINS = 50;

	private static final int GATE_YIELDS = 2000;

	private final ReentrantLock lock = new ReentrantLock();

	private final Interrupts interrupts;

	/** Somebody asks the senders to be let in. */
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

	/** For those that many senders together must not keep out. */
	void lockUrgently() {
		if (!lockWithin(URGENT_PATIENCE_NANOS, System.nanoTime() + URGENT_PATIENCE_NANOS)) {
			this.gate = true;
			this.lock.lock();
			this.gate = false;
			this.interrupts.begin();
		}
	}

	/**
	 * For senders, who let those in first that are in a hurry.
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
	 * Waits for the lock, whatever interrupts the thread.
	 * @param timeoutNanos how long; 0 or less waits for ever, as nobody holds it for long
	 * @param deadline the end of that time
	 * @return whether the thread has the lock
	 */
	boolean lockWithin(long timeoutNanos, long deadline) {
		if (timeoutNanos <= 0) {
			lock();
			return true;
		}
		boolean interrupted = false;
		boolean locked = false;
		try {
			while (true) {
				try {
					locked = this.lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
					return locked;
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
			if (locked) {
				this.interrupts.begin();
			}
		}
	}

	void unlock() {
		this.interrupts.end();
		this.lock.unlock();
	}

	/** For a wait without the lock; the thread's interrupts are left as they are. */
	void giveUp() {
		this.lock.unlock();
	}

	/** After such a wait. */
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
