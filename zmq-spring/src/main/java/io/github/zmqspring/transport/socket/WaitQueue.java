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

import java.util.concurrent.locks.Condition;

import io.github.zmqspring.transport.jeromq.Interrupts;
import io.github.zmqspring.transport.poll.MailboxSignal;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for one socket, to send or to receive, and give its lock up
 * meanwhile. They are woken one at a time: the next one when the one before has looked.
 * Guarded by the socket's lock, except the counts.
 */
final class WaitQueue {

	private final SocketLock lock;

	private final Condition condition;

	private final Interrupts interrupts;

	private volatile int count;

	/** The signal that one of them waits for itself. */
	private volatile @Nullable MailboxSignal leading;

	private boolean signalled;

	WaitQueue(SocketLock lock, Interrupts interrupts) {
		this.lock = lock;
		this.condition = lock.newCondition();
		this.interrupts = interrupts;
	}

	/** Return how many wait. May be called without the lock. */
	int count() {
		return (this.leading != null) ? this.count + 1 : this.count;
	}

	/** Return how many of them do not lead. May be called without the lock. */
	int following() {
		return this.count;
	}

	boolean isSignalled() {
		return this.signalled;
	}

	/** Count a thread before it waits, as it may have to call the poller in between. */
	void enter() {
		this.count++;
	}

	/** Wait, after {@link #enter()}, until it is signalled or the time is over. */
	void await(long nanos) {
		boolean before = this.interrupts.beforeWait();
		boolean meanwhile = false;
		try {
			this.condition.awaitNanos(nanos);
		}
		catch (InterruptedException ex) {
			meanwhile = true;
		}
		// a signal and an interrupt together leave the flag set
		meanwhile |= Thread.interrupted();
		this.interrupts.afterWait(before, meanwhile);
		this.count--;
		this.signalled = false;
	}

	/** Wait for the socket's signal, which is taken, until it is there or as above. */
	void lead(MailboxSignal signal, long nanos) {
		boolean before = this.interrupts.beforeWait();
		this.leading = signal;
		this.lock.giveUp();
		try {
			signal.await(nanos);
		}
		finally {
			this.lock.takeBack();
			this.leading = null;
			this.signalled = false;
			signal.release();
			this.interrupts.afterWait(before, Thread.interrupted());
		}
	}

	/**
	 * Wake one, unless one is on its way.
	 * @return whether one was woken
	 */
	boolean signal() {
		if (this.signalled || count() == 0) {
			return false;
		}
		this.signalled = true;
		MailboxSignal leader = this.leading;
		if (leader != null) {
			leader.wakeUp();
		}
		else {
			this.condition.signal();
		}
		return true;
	}

	void signalAll() {
		this.condition.signalAll();
		MailboxSignal leader = this.leading;
		if (leader != null) {
			leader.wakeUp();
		}
	}

}
