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

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.transport.lane.InlineReader;
import io.github.zmqspring.transport.lane.Lane;
import io.github.zmqspring.transport.lane.LaneGroup;
import io.github.zmqspring.transport.lane.LaneHandler;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.lane.LaneSource;
import io.github.zmqspring.transport.lane.MessageFlow;
import io.github.zmqspring.transport.lane.Reader;
import io.github.zmqspring.transport.lane.SharedReader;
import io.github.zmqspring.transport.lane.SocketReader;
import io.github.zmqspring.transport.poll.IdleTimer;
import io.github.zmqspring.transport.poll.MailboxSignal;
import io.github.zmqspring.transport.poll.Pollable.Visit;
import io.github.zmqspring.transport.poll.PollerVisits;
import io.github.zmqspring.transport.poll.SocketPoller;
import io.github.zmqspring.transport.wire.FrameReader;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * Receives: for callers that wait for one message, for the lanes of listeners, and on the
 * poller's thread for inline handlers. A socket has one of these kinds of reader at a
 * time.
 */
final class ReceiveSide implements LaneSource {

	private static final int INLINE_BATCH = 256;

	private final SocketCore core;

	private final SocketLock lock;

	private final Readiness readiness;

	private final SignalLeadership waiting;

	private final WaitQueue receivers;

	private final SocketPoller poller;

	private final PollerVisits visits;

	private final FrameReader frames;

	private final Supplier<@Nullable ZmqMessage> readOne;

	ReceiveSide(SocketCore core, Readiness readiness, SignalLeadership waiting, FrameReader frames, SocketPoller poller,
			PollerVisits visits) {
		this.core = core;
		this.lock = core.lock();
		this.readiness = readiness;
		this.waiting = waiting;
		this.receivers = waiting.receivers();
		this.frames = frames;
		this.poller = poller;
		this.visits = visits;
		this.readOne = frames::read;
	}

	/** As {@link ManagedSocket#receive}. */
	@Nullable ZmqMessage receive(long timeoutNanos) {
		String name = this.core.definition().name();
		if (this.core.definition().type() == SocketType.REQ) {
			throw new ZmqUnsupportedOperationException(name,
					"Socket '%s' is a REQ: a reply belongs to its request. Use convertSendAndReceive or requestAsync"
						.formatted(name));
		}
		long deadline = (timeoutNanos > 0) ? System.nanoTime() + timeoutNanos : 0;
		boolean led = false;
		this.lock.lock();
		try {
			while (true) {
				requireReceivable();
				ZmqMessage message = this.readiness.settling(this.readOne);
				int events = this.readiness.settle();
				if (message != null) {
					if (led) {
						this.waiting.signal().worthwhile();
					}
					if (Readiness.hasInput(events)) {
						this.receivers.signal();
					}
					return message;
				}
				long left = (timeoutNanos > 0) ? deadline - System.nanoTime() : 0;
				if (left <= 0) {
					return null;
				}
				if (!Readiness.hasInput(events)) {
					led |= this.waiting.awaitMessage(left);
				}
			}
		}
		finally {
			if (led) {
				this.waiting.leaves(this.receivers);
			}
			this.lock.unlock();
		}
	}

	private void requireReceivable() {
		this.core.requireOpen();
		SocketDefinition definition = this.core.definition();
		if (!definition.receives()) {
			throw new ZmqUnsupportedOperationException(definition.name(),
					"Socket '%s' is a %s, which only sends".formatted(definition.name(), definition.type()));
		}
		if (this.readiness.reader() != null) {
			throw new ZmqUnsupportedOperationException(definition.name(),
					"Socket '%s' is read by a listener or by requests: nothing else may receive from it"
						.formatted(definition.name()));
		}
	}

	/** As {@link ManagedSocket#consume(LaneSettings, LaneHandler, boolean)}. */
	MessageFlow consume(LaneSettings settings, LaneHandler handler, boolean paused) {
		LaneGroup lanes = new LaneGroup(this, settings, handler);
		attach(lanes, settings, paused);
		lanes.start();
		return lanes;
	}

	/** As {@link ManagedSocket#consumeInline}. */
	MessageFlow consumeInline(LaneSettings settings, LaneHandler handler, boolean paused) {
		InlineReader reader = new InlineReader(this, settings, handler);
		attach(reader, settings, paused);
		return reader;
	}

	private void attach(Reader reader, LaneSettings settings, boolean paused) {
		if (paused) {
			reader.pause();
		}
		this.lock.lock();
		try {
			this.readiness.readBy(with(reader));
			this.receivers.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		settings.idleActions()
			.forEach((idle) -> this.poller.schedule(new IdleTimer(reader, idle.interval(), idle.action())));
		requestVisit();
	}

	/**
	 * Return the socket's reader after another was added. A second one of a SUB socket
	 * makes it a {@link SharedReader}; the first does not notice.
	 */
	private SocketReader with(Reader reader) {
		SocketReader before = this.readiness.reader();
		if (before == null || !this.core.isOpen() || this.core.definition().type() != SocketType.SUB) {
			requireReceivable();
			return reader;
		}
		SharedReader shared = (before instanceof SharedReader already) ? already : new SharedReader(this);
		if (before instanceof Reader alone) {
			shared.join(alone);
		}
		shared.join(reader);
		return shared;
	}

	@Override
	public List<ZmqMessage> detach(Reader reader) {
		this.poller.cancelTimers(reader);
		this.lock.lock();
		try {
			SocketReader current = this.readiness.reader();
			if (current == reader) {
				this.readiness.readBy(null);
			}
			else if (current instanceof SharedReader shared) {
				List<ZmqMessage> left = shared.leave(reader);
				if (shared.isEmpty()) {
					this.readiness.readBy(null);
				}
				// it may have been what held the others back
				requestVisit();
				return left;
			}
			return List.of();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void resumed(Reader reader) {
		this.lock.lock();
		try {
			if (this.readiness.reader() instanceof SharedReader shared) {
				shared.resumed(reader);
			}
		}
		finally {
			this.lock.unlock();
		}
		requestVisit();
	}

	@Override
	public int drain(Lane lane, List<ZmqMessage> into, int most) {
		LaneGroup group = lane.group();
		this.lock.lock();
		try {
			boolean signalled = lane.isLeading();
			comesBack(lane);
			int before = into.size();
			SocketReader reader = this.readiness.reader();
			while (reader != null && mayRead(group, reader)) {
				readFor(group, reader, into, most);
				int events = this.readiness.settle();
				if (into.size() > before) {
					if (signalled) {
						this.waiting.signal().worthwhile();
					}
					return into.size() - before;
				}
				if (!Readiness.hasInput(events) || !group.isAccepting() || !reader.isAccepting()) {
					break;
				}
			}
			group.rests(lane, reader == group && group.mayLead() && this.waiting.signal().take());
			return 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean mayRead(LaneGroup group, SocketReader reader) {
		return this.core.isOpen() && (group.isAccepting() || group.isEnded())
				&& (reader == group || (reader instanceof SharedReader shared && shared.has(group)));
	}

	private void readFor(LaneGroup group, SocketReader reader, List<ZmqMessage> into, int most) {
		try {
			reader.readFor(group, this.frames, into, most);
		}
		catch (RuntimeException | Error ex) {
			this.readiness.settle();
			throw ex;
		}
	}

	private boolean comesBack(Lane lane) {
		if (lane.isLeading()) {
			this.waiting.laneIsBack();
		}
		return lane.group().comesBack(lane);
	}

	@Override
	public void leave(Lane lane) {
		this.lock.lock();
		try {
			if (!comesBack(lane) && this.core.isOpen()) {
				this.readiness.settle();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void wakeIdle(LaneGroup lanes, Runnable action) {
		this.lock.lockUrgently();
		try {
			lanes.wakeWith(action);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Called on the poller's thread: as
	 * {@link io.github.zmqspring.transport.poll.Pollable#visit}.
	 */
	Visit visit(List<ZmqMessage> inline) {
		this.lock.lockUrgently();
		try {
			this.visits.arrived();
			if (!this.core.isOpen()) {
				return Visit.IDLE;
			}
			SocketReader reader = this.readiness.reader();
			InlineReader handler = (reader != null && reader.isInline()) ? readInline(reader, inline) : null;
			boolean acted = reader == null && keepNewestSubscriptions();
			acted |= this.readiness.settleAndAct();
			if (reader != null && this.frames.hasReadAhead()) {
				// JeroMQ has no more to tell of that
				acted |= this.readiness.wakeReader();
			}
			return new Visit(handler, handler != null || acted, this.readiness.needsPoller());
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean keepNewestSubscriptions() {
		return this.core.definition().type() == SocketType.XPUB && this.receivers.count() == 0
				&& this.frames.readAhead(true);
	}

	private @Nullable InlineReader readInline(SocketReader reader, List<ZmqMessage> into) {
		try {
			return reader.readInline(this.frames, into, INLINE_BATCH);
		}
		catch (RuntimeException | Error ex) {
			this.readiness.settle();
			if (!into.isEmpty() && reader instanceof InlineReader alone) {
				// hand over what was read; the exception comes again with the next read
				return alone;
			}
			throw ex;
		}
	}

	/**
	 * Take what was received out of the queues of peers that are going to be given up,
	 * which JeroMQ would drop. Called with the lock held.
	 */
	void keepUnread() {
		if (this.core.definition().receives() && this.frames.keepUnread() && this.readiness.reader() != null) {
			this.readiness.wakeReader();
		}
	}

	/**
	 * Have messages read next that were fetched.
	 * @return how many are waiting
	 */
	int fetched(List<ZmqMessage> messages) {
		this.lock.lock();
		try {
			int waiting = this.frames.fetched(messages);
			this.readiness.wakeReader();
			return waiting;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public List<ZmqMessage> lookAhead(Predicate<ZmqMessage> taken) {
		this.lock.lock();
		try {
			List<ZmqMessage> found = (this.core.isOpen()) ? this.frames.lookAhead(taken) : List.of();
			if (this.core.isOpen() && this.frames.hasReadAhead()) {
				this.readiness.wakeReader();
			}
			if (this.core.isOpen()) {
				this.readiness.settle();
			}
			return found;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Read on: what was missing is fetched, as far as the publisher still had it. */
	void release() {
		this.lock.lock();
		try {
			this.frames.release();
			this.receivers.signalAll();
			this.readiness.wakeReader();
			if (this.core.isOpen()) {
				this.readiness.settle();
			}
		}
		finally {
			this.lock.unlock();
		}
		requestVisit();
	}

	/** Called with the lock held. */
	void closed() {
		SocketReader reader = this.readiness.reader();
		if (reader != null) {
			reader.closed();
		}
	}

	@Override
	public void requestVisit() {
		this.visits.request();
	}

	@Override
	public boolean isOpen() {
		return this.core.isOpen();
	}

	@Override
	public MailboxSignal signal() {
		return this.waiting.signal();
	}

	@Override
	public SocketPoller poller() {
		return this.poller;
	}

	@Override
	public String toString() {
		return this.core.toString();
	}

}
