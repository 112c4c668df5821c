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

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.transport.lane.SocketReader;
import io.github.zmqspring.transport.poll.PollerVisits;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * Wakes what can go on: readers when there is input, senders when there is room.
 * <p>
 * Whatever makes JeroMQ process its commands may swallow the signal that wakes the
 * poller. So the last call before the lock is given up, or waited on, is
 * {@link #settle()}, and what it finds is acted upon. All methods are called with the
 * socket's lock held.
 */
final class Readiness {

	private static final int IN = zmq.ZMQ.ZMQ_POLLIN;

	private static final int OUT = zmq.ZMQ.ZMQ_POLLOUT;

	private final SocketCore core;

	private final PollerVisits visits;

	private final SignalLeadership waiting;

	private final WaitQueue senders;

	private final WaitQueue receivers;

	private final boolean receives;

	private final boolean exactOut;

	private final boolean subscriptions;

	private @Nullable SocketReader reader;

	/** Whether a thread waits for the signal that reads in place of the reader. */
	private boolean callerReads;

	/** Whether there is nothing to read, whatever JeroMQ says. */
	private BooleanSupplier holding = () -> false;

	Readiness(SocketCore core, PollerVisits visits, SignalLeadership waiting) {
		SocketDefinition definition = core.definition();
		this.core = core;
		this.visits = visits;
		this.waiting = waiting;
		this.senders = waiting.senders();
		this.receivers = waiting.receivers();
		this.receives = definition.receives();
		this.subscriptions = definition.type() == SocketType.XPUB;
		this.exactOut = definition.traits().reportsRoom();
	}

	/** Return what reads the socket, if anything does. */
	@Nullable SocketReader reader() {
		return this.reader;
	}

	/** Set what reads the socket. */
	void readBy(@Nullable SocketReader reader) {
		this.reader = reader;
	}

	/** Set whether a thread waits for the signal that reads in place of the reader. */
	void callerReads(boolean reads) {
		this.callerReads = reads;
	}

	/** Set the condition under which input is left where it is. */
	void holdWhile(BooleanSupplier holding) {
		this.holding = holding;
	}

	private int events() {
		int events = this.core.events();
		return (events != -1 && this.holding.getAsBoolean()) ? events & ~IN : events;
	}

	/** Return whether POLLOUT says something: some types report it always. */
	boolean tellsRoom() {
		return this.exactOut;
	}

	static boolean hasInput(int events) {
		return has(events, IN);
	}

	private static boolean has(int events, int flag) {
		return events != -1 && (events & flag) != 0;
	}

	/** Settle after a send, unless a pending visit or lanes that come back do it. */
	void afterSend() {
		SocketReader reader = this.reader;
		if (this.receives && !this.visits.isPending() && (reader == null || reader.isInline() || reader.needsWake())) {
			settle();
		}
		if (this.senders.count() > 0) {
			this.senders.signal();
		}
	}

	/**
	 * Settle after a refusal. Where POLLOUT is always set, a refused attempt must wake no
	 * sender.
	 * @return whether a peer can take a message after all: its signal was swallowed here,
	 * and nothing else will tell
	 */
	boolean settleAfterRefusal() {
		if (this.exactOut) {
			return has(settle(), OUT);
		}
		actOnInput(events());
		return false;
	}

	/** Settle, and return what can be done now. */
	int settle() {
		int events = events();
		actOnInput(events);
		if (has(events, OUT) && this.senders.count() > 0) {
			this.senders.signal();
		}
		return events;
	}

	/** Settle as a thread that reads itself what there is, which it has to look at. */
	int settleToRead() {
		int events = events();
		if (has(events, OUT) && this.senders.count() > 0) {
			this.senders.signal();
		}
		return events;
	}

	/** Settle, and return whether a peer can take a message. */
	boolean settleForRoom() {
		return has(settle(), OUT);
	}

	/** Settle, and return whether that woke anything. */
	boolean settleAndAct() {
		int events = events();
		boolean acted = actOnInput(events);
		if (has(events, OUT) && this.senders.count() > 0 && !this.senders.isSignalled()) {
			this.senders.signal();
			// where POLLOUT is always set this is no sign of progress
			acted |= this.exactOut;
		}
		return acted;
	}

	/** Do something that processes commands, and settle if it fails. */
	<T extends @Nullable Object> T settling(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (RuntimeException | Error ex) {
			settle();
			throw ex;
		}
	}

	/** Wake what reads the socket, because there is something to read. */
	boolean wakeReader() {
		return actOnInput(IN);
	}

	private boolean actOnInput(int events) {
		if (!has(events, IN)) {
			return false;
		}
		SocketReader reader = this.reader;
		if (this.callerReads) {
			return this.receivers.signal();
		}
		if (reader == null) {
			if (this.receivers.count() == 0 && this.subscriptions) {
				this.visits.request();
				return true;
			}
			return this.receivers.signal();
		}
		if (!reader.isAccepting()) {
			return false;
		}
		if (reader.isInline()) {
			this.visits.request();
			return true;
		}
		return reader.wake();
	}

	/** Return whether only the poller would see a signal. */
	boolean needsPoller() {
		SocketReader reader = this.reader;
		return this.waiting.needsPoller(reader == null || !reader.comesBack());
	}

}
