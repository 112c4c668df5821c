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

import io.github.zmqspring.transport.poll.MailboxSignal;
import io.github.zmqspring.transport.poll.PollerVisits;

/**
 * Leader/Followers for one socket: one waiting thread may wait on the socket's signal
 * itself; otherwise the poller watches it. Guarded by the socket's lock, except where
 * stated otherwise.
 */
final class SignalLeadership {

	private final PollerVisits visits;

	private final MailboxSignal signal;

	private final WaitQueue senders;

	private final WaitQueue receivers;

	private final boolean receives;

	SignalLeadership(SocketCore core, PollerVisits visits, MailboxSignal signal) {
		this.visits = visits;
		this.signal = signal;
		this.senders = new WaitQueue(core.lock(), core.interrupts());
		this.receivers = new WaitQueue(core.lock(), core.interrupts());
		this.receives = core.definition().receives();
	}

	MailboxSignal signal() {
		return this.signal;
	}

	WaitQueue senders() {
		return this.senders;
	}

	WaitQueue receivers() {
		return this.receivers;
	}

	/**
	 * Wait for room, as a sender. It leads where the signal tells of nothing but room.
	 * @return whether it led, and has to say when it {@link #leaves}
	 */
	boolean awaitRoom(long nanos) {
		return await(this.senders, !this.receives, nanos);
	}

	/**
	 * Wait for a message, as a receiver.
	 * @return as {@link #awaitRoom}
	 */
	boolean awaitMessage(long nanos) {
		return await(this.receivers, true, nanos);
	}

	/**
	 * Wait for a message, as a receiver that waits for the signal or not at all.
	 * @return {@code false} if another thread has the signal
	 */
	boolean leadToMessage(long nanos) {
		if (!this.signal.take()) {
			return false;
		}
		this.receivers.lead(this.signal, nanos);
		return true;
	}

	private boolean await(WaitQueue waiters, boolean mayLead, long nanos) {
		if (mayLead && this.signal.take()) {
			waiters.lead(this.signal, nanos);
			return true;
		}
		// count first, then look at the poller, which looks in the other order: one sees
		// the other
		waiters.enter();
		if (!this.signal.isTaken()) {
			callPollerFor(waiters);
		}
		waiters.await(nanos);
		return false;
	}

	/** Let another thread of its kind lead, because a leader waits no more. */
	void leaves(WaitQueue kind) {
		kind.signal();
		if (kind == this.receivers) {
			callPollerFor(this.senders);
		}
	}

	/** Note that a lane that led is busy again: the poller must watch for others. */
	void laneIsBack() {
		this.signal.release();
		callPollerFor(this.senders);
	}

	private void callPollerFor(WaitQueue waiters) {
		if (waiters.following() > 0) {
			this.visits.requestIfDisarmed();
		}
	}

	/**
	 * Return whether only the poller would see a signal.
	 * @param unread whether no reader looks at the socket by itself
	 */
	boolean needsPoller(boolean unread) {
		if (this.signal.isTaken()) {
			return false;
		}
		return this.senders.count() > 0 || (this.receives && (unread || this.receivers.count() > 0));
	}

	/**
	 * Return whether a thread waits that only the poller would wake. May be called
	 * without the lock.
	 */
	boolean isWaitedFor() {
		return !this.signal.isTaken() && this.senders.following() + this.receivers.following() > 0;
	}

	/** Wake all threads, because the socket is closed. */
	void wakeAll() {
		this.senders.signalAll();
		this.receivers.signalAll();
	}

}
