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

import java.nio.channels.SelectableChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketStatus;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.transport.jeromq.Interrupts;
import io.github.zmqspring.transport.jeromq.JeroMq;
import io.github.zmqspring.transport.jeromq.Subscribers;
import io.github.zmqspring.transport.peer.PeerTracker;
import io.github.zmqspring.transport.wire.FrameReader;
import io.github.zmqspring.transport.wire.FrameWriter;
import io.github.zmqspring.transport.wire.SocketCounters;
import io.github.zmqspring.transport.wire.SubscriptionWatch;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/**
 * A JeroMQ socket behind one lock. Senders on their own threads, the lanes that read, and
 * the poller are all holders of it in turn. JeroMQ is called only with the lock held and
 * the socket open, and never in a way that waits.
 * <p>
 * Whatever makes JeroMQ look at its commands may swallow the signal that wakes the
 * poller. So the last call before the lock is given up, or waited on, is
 * {@link #settle()}, and what it finds is acted upon.
 *
 * @since 0.1.0
 */
public final class ManagedSocket implements ZmqSocket {

	private static final int IN = zmq.ZMQ.ZMQ_POLLIN;

	private static final int OUT = zmq.ZMQ.ZMQ_POLLOUT;

	private static final int INLINE_BATCH = 256;

	private static final long INEXACT_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private static final long INEXACT_RETRY_MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

	private static final long RELEASE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final SocketDefinition definition;

	private final ZMQ.Socket socket;

	private final FrameWriter writer;

	private final FrameReader reader;

	private final Interrupts interrupts;

	private final SocketCounters counters;

	private final SocketPoller poller;

	private final SocketLock lock;

	private final SignalLeadership waiting;

	private final WaitQueue senders;

	private final WaitQueue receivers;

	/** A visit by the poller is on its way. */
	private final AtomicBoolean visitPending = new AtomicBoolean(true);

	private final boolean receives;

	/** Whether POLLOUT says something: some types report it always. */
	private final boolean exactOut;

	private final boolean caches;

	private volatile SocketStatus.State state = SocketStatus.State.OPEN;

	private volatile @Nullable LongConsumer sendTimer;

	private @Nullable SocketReader consumer;

	private @Nullable SubscriptionWatch watch;

	private @Nullable ConnectedServers servers;

	public ManagedSocket(SocketDefinition definition, ZMQ.Socket socket, SocketCounters counters, SocketPoller poller) {
		this.definition = definition;
		this.socket = socket;
		this.counters = counters;
		this.poller = poller;
		this.interrupts = new Interrupts(socket.base());
		this.lock = new SocketLock(this.interrupts);
		this.waiting = new SignalLeadership(this, poller, new MailboxSignal(JeroMq.ownSelector(socket.base())),
				this.lock, this.interrupts);
		this.senders = this.waiting.senders();
		this.receivers = this.waiting.receivers();
		this.writer = new FrameWriter(definition, socket.base(), this.interrupts);
		this.reader = new FrameReader(definition, socket.base(), counters, this.interrupts);
		this.receives = definition.receives();
		this.caches = definition.lastValueCache();
		this.exactOut = definition.traits().reportsRoom();
	}

	@Override
	public SocketDefinition definition() {
		return this.definition;
	}

	public SocketStatus.State state() {
		return this.state;
	}

	/** Whether somebody else has closed the JeroMQ socket. */
	public boolean isClosedOutside() {
		return this.state == SocketStatus.State.OPEN && !JeroMq.isActive(this.socket.base());
	}

	public int waitingSenders() {
		return this.senders.count();
	}

	public SocketPoller poller() {
		return this.poller;
	}

	/** Before the socket is open to anybody. */
	public void watch(SubscriptionWatch.Listener listener) {
		SubscriptionWatch watch = new SubscriptionWatch(this.definition, this.socket.base(), this.counters, listener);
		this.watch = watch;
		this.reader.watch(watch);
		this.writer.watch(watch);
	}

	public int cachedTopics() {
		SubscriptionWatch watching = this.watch;
		return (watching != null) ? watching.cachedTopics() : 0;
	}

	/** Before the socket is open to anybody. */
	public void sendOnlyToConnected(PeerTracker peers) {
		this.servers = new ConnectedServers(this.socket.base(), peers);
	}

	SelectableChannel signal() {
		return JeroMq.signal(this.socket.base());
	}

	/** Somebody wants to know how long each send takes. */
	public void timeSends(LongConsumer timer) {
		this.sendTimer = timer;
	}

	@Override
	public SendResult send(byte[][] frames, long timeoutNanos) {
		LongConsumer timer = this.sendTimer;
		if (timer == null) {
			return sendNow(frames, timeoutNanos);
		}
		long start = System.nanoTime();
		try {
			return sendNow(frames, timeoutNanos);
		}
		finally {
			timer.accept(System.nanoTime() - start);
		}
	}

	private SendResult sendNow(byte[][] frames, long timeoutNanos) {
		SendResult result = sendWithin(frames, timeoutNanos);
		if (result == SendResult.TIMED_OUT || result == SendResult.UNREACHABLE) {
			this.counters.rejected();
		}
		return result;
	}

	/**
	 * Sends if ZeroMQ takes it at once. For those who keep what it does not take and
	 * offer it again: nothing is counted as refused.
	 * @param frames the frames
	 * @return {@link SendResult#TIMED_OUT} when no peer can take it now
	 */
	public SendResult offer(byte[][] frames) {
		return sendWithin(frames, 0);
	}

	private SendResult sendWithin(byte[][] frames, long timeoutNanos) {
		this.writer.check(frames);
		// reading the clock costs as much as the lock: it is read when there is a wait
		if (!this.lock.tryLock()) {
			return sendAfterOthers(frames, timeoutNanos);
		}
		try {
			int error = attempt(frames, false);
			return (error == 0) ? accepted(frames) : sendWhenWritable(frames, error, timeoutNanos, 0);
		}
		finally {
			this.lock.unlock();
		}
	}

	private SendResult sendAfterOthers(byte[][] frames, long timeoutNanos) {
		long deadline = System.nanoTime() + timeoutNanos;
		if (!this.lock.lockWithin(timeoutNanos, deadline)) {
			waited(deadline, timeoutNanos);
			return SendResult.TIMED_OUT;
		}
		try {
			int error = attempt(frames, false);
			if (error != 0) {
				return sendWhenWritable(frames, error, timeoutNanos, deadline);
			}
			waited(deadline, timeoutNanos);
			return accepted(frames);
		}
		finally {
			this.lock.unlock();
		}
	}

	private int attempt(byte[][] frames, boolean settled) {
		if (this.state != SocketStatus.State.OPEN) {
			return ZError.ENOTSOCK;
		}
		if (this.caches) {
			serveSubscribers();
		}
		if (this.servers != null) {
			this.servers.update();
		}
		return write(frames, settled);
	}

	private SendResult accepted(byte[][] frames) {
		this.counters.sent(frames);
		afterSend();
		return SendResult.ACCEPTED;
	}

	/**
	 * Tries again after a refusal, as often as something changed, until the time is over.
	 */
	private SendResult sendWhenWritable(byte[][] frames, int refusal, long timeoutNanos, long waitsUntil) {
		long deadline = (waitsUntil != 0) ? waitsUntil : System.nanoTime() + timeoutNanos;
		long retry = INEXACT_RETRY_NANOS;
		boolean settled = false;
		boolean led = false;
		try {
			int error = refusal;
			while (error == ZError.EAGAIN) {
				long left = (timeoutNanos > 0) ? deadline - System.nanoTime() : 0;
				boolean writable = !settled && settleAfterRefusal();
				if (left <= 0) {
					waited(deadline, timeoutNanos);
					return SendResult.TIMED_OUT;
				}
				// where POLLOUT says nothing only another attempt tells whether that made
				// room, one that eats no signal
				settled = !this.exactOut && !settled;
				if (!writable && !settled) {
					led |= this.waiting.awaitRoom((this.exactOut) ? left : Math.min(left, retry));
					retry = Math.min(retry * 2, INEXACT_RETRY_MOST_NANOS);
				}
				error = attempt(frames, settled);
			}
			if (error == 0) {
				if (led) {
					this.waiting.signal().worthwhile();
				}
				waited(deadline, timeoutNanos);
				return accepted(frames);
			}
			if (error == ZError.ENOTSOCK) {
				return SendResult.CLOSED;
			}
			settleAfterRefusal();
			return (error == ZError.ETERM) ? SendResult.CLOSED : SendResult.UNREACHABLE;
		}
		finally {
			if (led) {
				this.waiting.leaves(this.senders);
			}
		}
	}

	/** Since the clock was first read, which was when the wait began. */
	private void waited(long deadline, long timeoutNanos) {
		this.counters.waited(System.nanoTime() - deadline + timeoutNanos);
	}

	private int write(byte[][] frames, boolean settled) {
		try {
			return this.writer.write(frames, settled);
		}
		catch (RuntimeException | Error ex) {
			settle();
			throw ex;
		}
	}

	/** Who subscribed before a message is not late for it. */
	private void serveSubscribers() {
		SocketReader reader = this.consumer;
		if (!this.reader.readAhead(reader == null)) {
			return;
		}
		if (reader == null) {
			this.receivers.signal();
		}
		else if (reader.isInline()) {
			requestVisit();
		}
		else {
			reader.wake();
		}
	}

	@Override
	public @Nullable ZmqMessage receive(long timeoutNanos) {
		if (this.definition.type() == SocketType.REQ) {
			throw new ZmqUnsupportedOperationException(this.definition.name(),
					"Socket '%s' is a REQ: a reply belongs to its request. Use convertSendAndReceive or requestAsync"
						.formatted(this.definition.name()));
		}
		long deadline = (timeoutNanos > 0) ? System.nanoTime() + timeoutNanos : 0;
		boolean led = false;
		this.lock.lock();
		try {
			while (true) {
				requireReceivable();
				ZmqMessage message = readOne();
				int events = settle();
				if (message != null) {
					if (led) {
						this.waiting.signal().worthwhile();
					}
					if (has(events, IN)) {
						this.receivers.signal();
					}
					return message;
				}
				long left = (timeoutNanos > 0) ? deadline - System.nanoTime() : 0;
				if (left <= 0) {
					return null;
				}
				if (!has(events, IN)) {
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
		String name = this.definition.name();
		if (this.state != SocketStatus.State.OPEN) {
			throw new ZmqSocketClosedException(name);
		}
		if (!this.definition.receives()) {
			throw new ZmqUnsupportedOperationException(name,
					"Socket '%s' is a %s, which only sends".formatted(name, this.definition.type()));
		}
		if (this.consumer != null) {
			throw new ZmqUnsupportedOperationException(name,
					"Socket '%s' is read by a listener or by requests: nobody else may receive from it"
						.formatted(name));
		}
	}

	/**
	 * Hands all messages to a handler on lanes of its own, until the flow is stopped.
	 * @param settings how many lanes, and where their threads come from
	 * @param handler the handler
	 * @return the flow
	 * @throws ZmqUnsupportedOperationException when the type does not receive, or
	 * somebody reads the socket already
	 */
	public MessageFlow consume(LaneSettings settings, LaneHandler handler) {
		return consume(settings, handler, false);
	}

	/**
	 * As {@link #consume(LaneSettings, LaneHandler)}, and paused to begin with if wanted:
	 * who shares a socket with others is there before the first of them reads.
	 * @param settings how many lanes, and where their threads come from
	 * @param handler the handler
	 * @param paused whether to read nothing until the flow is resumed
	 * @return the flow
	 * @throws java.util.concurrent.RejectedExecutionException if the executor has no
	 * thread for a lane
	 */
	public MessageFlow consume(LaneSettings settings, LaneHandler handler, boolean paused) {
		LaneGroup lanes = new LaneGroup(this, settings, handler);
		if (paused) {
			lanes.pause();
		}
		attach(lanes, settings);
		lanes.start();
		return lanes;
	}

	/**
	 * Hands all messages to a handler on the poller's thread, which it must not block.
	 * @param settings batches, topics and idle actions
	 * @param handler the handler
	 * @param paused whether to read nothing until the flow is resumed
	 * @return the flow
	 * @throws ZmqUnsupportedOperationException as
	 * {@link #consume(LaneSettings, LaneHandler)} does
	 */
	public MessageFlow consumeInline(LaneSettings settings, LaneHandler handler, boolean paused) {
		InlineReader input = new InlineReader(this, settings, handler);
		if (paused) {
			input.pause();
		}
		attach(input, settings);
		return input;
	}

	/**
	 * The second reader of a SUB socket shares it with the first, which does not notice.
	 */
	private void attach(Reader input, LaneSettings settings) {
		this.lock.lock();
		try {
			SocketReader before = this.consumer;
			if (this.state != SocketStatus.State.OPEN || before == null || this.definition.type() != SocketType.SUB) {
				requireReceivable();
				this.consumer = input;
			}
			else {
				SharedReader shared = (before instanceof SharedReader already) ? already : new SharedReader(this);
				if (before instanceof Reader alone) {
					shared.join(alone);
				}
				shared.join(input);
				this.consumer = shared;
			}
			this.receivers.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		settings.idleActions().forEach((action) -> this.poller.schedule(new IdleTimer(input, action)));
		requestVisit();
	}

	/**
	 * Lets a reader go.
	 * @return what was read for it and not fetched
	 */
	List<ZmqMessage> detach(Reader input) {
		this.poller.cancelTimers(input);
		this.lock.lock();
		try {
			if (this.consumer == input) {
				this.consumer = null;
			}
			else if (this.consumer instanceof SharedReader shared) {
				List<ZmqMessage> left = shared.leave(input);
				if (shared.isEmpty()) {
					this.consumer = null;
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

	/** A reader was paused and goes on. */
	void resumed(Reader input) {
		this.lock.lock();
		try {
			if (this.consumer instanceof SharedReader shared) {
				shared.resumed(input);
			}
		}
		finally {
			this.lock.unlock();
		}
		requestVisit();
	}

	private boolean isReadBy(Reader input) {
		return this.consumer == input || (this.consumer instanceof SharedReader shared && shared.has(input));
	}

	/** A lane reads; 0 means that it must sleep until it is woken. */
	int drain(LaneGroup group, Lane lane, List<ZmqMessage> into, int most) {
		this.lock.lock();
		try {
			boolean signalled = lane.isLeading();
			returned(group, lane);
			int before = into.size();
			while (this.state == SocketStatus.State.OPEN && (group.isAccepting() || group.isEnded())
					&& isReadBy(group)) {
				readFor(group, into, most);
				int events = settle();
				if (into.size() > before) {
					if (signalled) {
						this.waiting.signal().worthwhile();
					}
					return into.size() - before;
				}
				if (!has(events, IN) || !group.isAccepting() || !this.consumer.isAccepting()) {
					break;
				}
			}
			lane.sleep(this.consumer == group && group.mayLead() && this.waiting.signal().take());
			group.listIdle(lane);
			return 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The signal that a lane waits for. */
	MailboxSignal laneSignal() {
		return this.waiting.signal();
	}

	private boolean returned(LaneGroup group, Lane lane) {
		if (lane.isLeading()) {
			this.waiting.laneIsBack();
		}
		boolean listed = lane.isListed() && group.unlistIdle(lane);
		lane.awake();
		return listed;
	}

	/** A lane does something else than wait: if it has been woken, another must be. */
	void leave(LaneGroup group, Lane lane) {
		this.lock.lock();
		try {
			if (!returned(group, lane) && this.state == SocketStatus.State.OPEN) {
				settle();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Gives an idle lane something else to do, for the poller. */
	void wakeIdle(LaneGroup group, Runnable action) {
		this.lock.lockUrgently();
		try {
			group.wakeWith(action);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void readFor(LaneGroup group, List<ZmqMessage> into, int most) {
		try {
			if (this.consumer != null) {
				this.consumer.readFor(group, this.reader, into, most);
			}
		}
		catch (RuntimeException | Error ex) {
			settle();
			throw ex;
		}
	}

	private @Nullable InlineReader readInline(List<ZmqMessage> into) {
		try {
			return (this.consumer != null && this.consumer.isInline())
					? this.consumer.readInline(this.reader, into, INLINE_BATCH) : null;
		}
		catch (RuntimeException | Error ex) {
			settle();
			if (!into.isEmpty() && this.consumer instanceof InlineReader alone) {
				// the trouble comes again, what has been read does not
				return alone;
			}
			throw ex;
		}
	}

	private @Nullable ZmqMessage readOne() {
		try {
			return this.reader.read();
		}
		catch (RuntimeException | Error ex) {
			settle();
			throw ex;
		}
	}

	/**
	 * The poller comes by.
	 * @param inline takes what is read for an inline consumer
	 */
	Visit visit(List<ZmqMessage> inline) {
		this.lock.lockUrgently();
		try {
			this.visitPending.set(false);
			if (this.state != SocketStatus.State.OPEN) {
				return Visit.IDLE;
			}
			InlineReader reader = readInline(inline);
			boolean acted = this.consumer == null && this.definition.type() == SocketType.XPUB
					&& this.receivers.count() == 0 && this.reader.readAhead(true);
			acted |= settleAndAct();
			if (this.consumer != null && this.reader.hasReadAhead()) {
				// JeroMQ has no more to tell of that
				acted |= actOnInput(IN);
			}
			return new Visit(reader, reader != null || acted, this.waiting.needPoller(this.consumer));
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whether somebody waits whom nobody but the poller would wake; asked by anybody. */
	boolean isWaitedFor() {
		return this.waiting.isSomebodyFollowing();
	}

	/**
	 * Waits until a peer can take a message. Types that cannot tell, such as ROUTER and
	 * PUB, always can.
	 * @param ending asked each time that something changed, and after
	 * {@link #wakeSenders()}: whether to give up
	 * @return {@code false} if the socket is closed or the wait was given up
	 */
	public boolean awaitWritable(BooleanSupplier ending) {
		this.lock.lock();
		try {
			while (this.state == SocketStatus.State.OPEN && !ending.getAsBoolean()) {
				if (!this.exactOut || has(settle(), OUT)) {
					return true;
				}
				this.waiting.awaitRoom(RELEASE_NANOS);
			}
			return false;
		}
		finally {
			// this one takes no message yet: another may
			if (this.senders.count() > 0) {
				this.senders.signal();
			}
			this.lock.unlock();
		}
	}

	/** Makes those in {@link #awaitWritable(BooleanSupplier)} look again. */
	public void wakeSenders() {
		this.lock.lock();
		try {
			this.senders.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether a PUB or XPUB has subscribers left that subscribed to exactly this prefix.
	 * @param prefix the prefix
	 * @return {@code false} if there is none, or the socket is closed
	 */
	public boolean hasSubscribers(byte[] prefix) {
		this.lock.lock();
		try {
			return this.state == SocketStatus.State.OPEN && !Subscribers.of(this.socket.base(), prefix).isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether the socket is open.
	 * @return {@code false} once it is closed, for good
	 */
	public boolean isOpen() {
		return this.state == SocketStatus.State.OPEN;
	}

	/** A visit that is on its way, or lanes that all come back, settle for us. */
	private void afterSend() {
		if (this.receives && !this.visitPending.get()
				&& (this.consumer == null || this.consumer.isInline() || this.consumer.needsWake())) {
			settle();
		}
		if (this.senders.count() > 0) {
			this.senders.signal();
		}
	}

	/**
	 * Where POLLOUT is always set, a refused attempt must wake nobody.
	 * @return whether a peer can take a message after all: its signal was eaten here, and
	 * nobody else will tell
	 */
	private boolean settleAfterRefusal() {
		if (this.exactOut) {
			return has(settle(), OUT);
		}
		actOnInput(events());
		return false;
	}

	private int settle() {
		int events = events();
		actOnInput(events);
		if (has(events, OUT) && this.senders.count() > 0) {
			this.senders.signal();
		}
		return events;
	}

	private boolean settleAndAct() {
		int events = events();
		boolean acted = actOnInput(events);
		if (has(events, OUT) && this.senders.count() > 0 && !this.senders.isSignalled()) {
			this.senders.signal();
			// where POLLOUT is always set this is no sign of progress
			acted |= this.exactOut;
		}
		return acted;
	}

	private int events() {
		int events;
		do {
			events = this.socket.getEvents();
			if (events == -1 && this.socket.base().errno() == ZError.EINTR) {
				this.interrupts.noticed();
				continue;
			}
			return events;
		}
		while (true);
	}

	private boolean actOnInput(int events) {
		if (!has(events, IN)) {
			return false;
		}
		SocketReader reader = this.consumer;
		if (reader == null) {
			if (this.receivers.count() == 0 && this.definition.type() == SocketType.XPUB) {
				requestVisit();
				return true;
			}
			return this.receivers.signal();
		}
		if (!reader.isAccepting()) {
			return false;
		}
		if (reader.isInline()) {
			requestVisit();
			return true;
		}
		return reader.wake();
	}

	private static boolean has(int events, int flag) {
		return events != -1 && (events & flag) != 0;
	}

	/** An inproc endpoint is about to be bound or connected. */
	public void usesInproc() {
		this.lock.lock();
		try {
			this.reader.usesInproc();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Makes the poller come by. */
	void requestVisit() {
		if (this.visitPending.compareAndSet(false, true)) {
			this.poller.enqueue(this);
		}
	}

	boolean markVisitPending() {
		return this.visitPending.compareAndSet(false, true);
	}

	/**
	 * Runs something on the JeroMQ socket under the lock; again if it is interrupted, as
	 * JeroMQ then has done nothing.
	 * @throws ZmqSocketClosedException if it is not open
	 */
	public <T> T call(Function<ZMQ.Socket, T> function) {
		this.lock.lockUrgently();
		try {
			if (this.state != SocketStatus.State.OPEN) {
				throw new ZmqSocketClosedException(this.definition.name());
			}
			try {
				while (true) {
					this.socket.base().errno.set(0);
					T result = attempt(function);
					if (result != null) {
						return result;
					}
					this.interrupts.noticed();
				}
			}
			finally {
				if (this.servers != null) {
					this.servers.endpointsChanged();
				}
				settle();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Looks at the JeroMQ socket under the lock, for those who must hold nobody up. What
	 * is called must not make JeroMQ process commands.
	 * @return {@code null} too when the lock could not be had in time, or the socket is
	 * closed
	 */
	public <T> @Nullable T look(Function<ZMQ.Socket, T> function, long timeoutNanos) {
		if (!this.lock.lockWithin(timeoutNanos, System.nanoTime() + timeoutNanos)) {
			return null;
		}
		try {
			return (this.state == SocketStatus.State.OPEN) ? function.apply(this.socket) : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private <T> @Nullable T attempt(Function<ZMQ.Socket, T> function) {
		try {
			T result = function.apply(this.socket);
			return (this.socket.base().errno() != ZError.EINTR) ? result : null;
		}
		catch (ZMQException ex) {
			if (ex.getErrorCode() != ZError.EINTR) {
				throw ex;
			}
			return null;
		}
	}

	/** Closes the socket; whoever waits for it gets to know. */
	public void close() {
		this.poller.remove(this);
		this.lock.lockUrgently();
		try {
			if (this.state == SocketStatus.State.CLOSED) {
				return;
			}
			this.state = SocketStatus.State.CLOSED;
			if (this.consumer != null) {
				this.consumer.closed();
			}
			this.socket.base().setEventHook(null, 0);
			this.socket.close();
			this.waiting.wakeAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public String toString() {
		return this.definition.type() + " socket '" + this.definition.name() + "'";
	}

	/**
	 * What the poller found.
	 *
	 * @param reader who must be given what was read, if anything was
	 * @param progress whether there was anything to do
	 * @param needed whether nobody else looks at the signal
	 */
	record Visit(@Nullable InlineReader reader, boolean progress, boolean needed) {

		static final Visit IDLE = new Visit(null, false, true);

	}

}
