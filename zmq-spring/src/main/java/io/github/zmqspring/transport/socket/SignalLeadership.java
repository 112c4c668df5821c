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

import io.github.zmqspring.transport.jeromq.Interrupts;
import org.jspecify.annotations.Nullable;

/**
 * The threads that wait for one socket, and who looks at its signal: one of them, or else
 * the poller. Guarded by the socket's lock, except what is said to be read by anybody.
 */
final class SignalLeadership {

	private final ManagedSocket socket;

	private final SocketPoller poller;

	private final MailboxSignal signal;

	private final WaitQueue senders;

	private final WaitQueue receivers;

	private final boolean receives;

	SignalLeadership(ManagedSocket socket, SocketPoller poller, MailboxSignal signal, SocketLock lock,
			Interrupts interrupts) {
		this.socket = socket;
		this.poller = poller;
		this.signal = signal;
		this.senders = new WaitQueue(lock, interrupts);
		this.receivers = new WaitQueue(lock, interrupts);
		this.receives = socket.definition().receives();
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
	 * A sender waits for room. It looks at the signal itself where that tells of nothing
	 * else.
	 * @return whether it did, and has to say when it {@link #leaves}
	 */
	boolean awaitRoom(long nanos) {
		return await(this.senders, !this.receives, nanos);
	}

	/**
	 * A receiver waits for a message.
	 * @return as {@link #awaitRoom}
	 */
	boolean awaitMessage(long nanos) {
		return await(this.receivers, true, nanos);
	}

	private boolean await(WaitQueue waiters, boolean mayLead, long nanos) {
		if (mayLead && this.signal.take()) {
			waiters.lead(this.signal, nanos);
			return true;
		}
		// counted before the look at the poller, which looks in the other order
		waiters.enter();
		if (!this.signal.isTaken()) {
			callPollerFor(waiters);
		}
		waiters.await(nanos);
		return false;
	}

	/** A thread that looked at the signal waits no more: another one of its kind may. */
	void leaves(WaitQueue kind) {
		kind.signal();
		if (kind == this.receivers) {
			callPollerFor(this.senders);
		}
	}

	/**
	 * A lane is busy again that looked at the signal: the poller must look for others.
	 */
	void laneIsBack() {
		this.signal.release();
		callPollerFor(this.senders);
	}

	private void callPollerFor(WaitQueue waiters) {
		if (waiters.following() > 0 && this.poller.isDisarmed(this.socket)) {
			this.socket.requestVisit();
		}
	}

	/**
	 * Whether nobody but the poller would see a signal.
	 * @param reader who reads the socket, if anybody does
	 */
	boolean needPoller(@Nullable SocketReader reader) {
		if (this.signal.isTaken()) {
			return false;
		}
		return this.senders.count() > 0
				|| (this.receives && (reader == null || !reader.comesBack() || this.receivers.count() > 0));
	}

	/** The same by those facts that anybody may read. */
	boolean isSomebodyFollowing() {
		return !this.signal.isTaken() && this.senders.following() + this.receivers.following() > 0;
	}

	/** The socket is closed. */
	void wakeAll() {
		this.senders.signalAll();
		this.receivers.signalAll();
	}

}
