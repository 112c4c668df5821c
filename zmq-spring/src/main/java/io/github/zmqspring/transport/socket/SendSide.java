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

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

import io.github.zmqspring.core.ReturnPathMode;
import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.transport.jeromq.DealerPipes;
import io.github.zmqspring.transport.peer.PeerTracker;
import io.github.zmqspring.transport.wire.FrameReader;
import io.github.zmqspring.transport.wire.FrameWriter;
import io.github.zmqspring.transport.wire.SentPaths;
import io.github.zmqspring.transport.wire.SequenceNumbers;
import io.github.zmqspring.transport.wire.SocketCounters;
import io.github.zmqspring.transport.wire.SubscriptionWatch;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import zmq.ZError;

/**
 * Sends on the callers' threads. A message that ZeroMQ refuses is offered again whenever
 * something has changed; the thread waits for that without the lock, and never inside
 * JeroMQ.
 */
final class SendSide {

	/** How long senders wait where JeroMQ does not tell that there is room. */
	private static final long BLIND_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private static final long BLIND_RETRY_MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

	private static final long RELEASE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final SocketCore core;

	private final SocketLock lock;

	private final Readiness readiness;

	private final SignalLeadership waiting;

	private final WaitQueue senders;

	private final FrameWriter writer;

	private final FrameReader frames;

	private final SocketCounters counters;

	private final boolean caches;

	private @Nullable RequestServers servers;

	/** Endpoints that get nothing more, though they are connected. */
	private Set<String> resting = Set.of();

	private volatile @Nullable LongConsumer timer;

	SendSide(SocketCore core, Readiness readiness, SignalLeadership waiting, FrameReader frames,
			SocketCounters counters) {
		this.core = core;
		this.lock = core.lock();
		this.readiness = readiness;
		this.waiting = waiting;
		this.senders = waiting.senders();
		this.frames = frames;
		this.counters = counters;
		this.writer = new FrameWriter(core.definition(), core.base(), core.interrupts());
		if (core.definition().type() == SocketType.DEALER && core.definition().returnPath() == ReturnPathMode.AUTO) {
			SentPaths paths = new SentPaths();
			this.writer.remember(paths);
			frames.recognize(paths);
		}
		this.caches = core.definition().lastValueCache();
	}

	/** Called before the socket is in use. */
	void watch(SubscriptionWatch watch) {
		this.writer.watch(watch);
	}

	/** Called before the socket is in use. */
	void number(SequenceNumbers numbers) {
		this.writer.number(numbers);
	}

	/** Return the servers of requests, the same each time. Called with the lock held. */
	RequestServers servers(@Nullable PeerTracker peers, boolean exclusive) {
		RequestServers known = this.servers;
		if (known == null) {
			known = new RequestServers(this.core.base(), peers, exclusive, this.resting);
			this.servers = known;
		}
		return known;
	}

	/** Called before the socket is in use. */
	void passOver(Set<String> resting) {
		this.resting = resting;
	}

	/** Other endpoints rest. Called with the lock held. */
	void restsChanged() {
		if (this.servers != null) {
			this.servers.endpointsChanged();
		}
		else if (DealerPipes.areKnown() && this.core.definition().traits().receives()) {
			DealerPipes.sendOnlyTo(this.core.base(), (pipe) -> {
				String address = DealerPipes.address(pipe);
				return address == null || !this.resting.contains(address);
			});
		}
	}

	/** Return the number of the server at an endpoint. */
	int server(String endpoint) {
		this.lock.lock();
		try {
			return (this.servers != null) ? this.servers.number(endpoint) : RequestServers.UNKNOWN;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Called with the lock held. */
	void settle() {
		this.readiness.settle();
	}

	/** Called with the lock held. */
	void endpointsChanged() {
		if (this.servers != null) {
			this.servers.endpointsChanged();
		}
	}

	void timeSends(LongConsumer timer) {
		this.timer = timer;
	}

	int waitingThreads() {
		return this.senders.count();
	}

	SendResult send(byte[][] frames, long timeoutNanos) {
		LongConsumer timer = this.timer;
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
	 * Send a request if a server takes it at once. A refusal is not counted, as the
	 * request is offered again.
	 * @param server the number of the only server that may get it, or
	 * {@link RequestServers#UNKNOWN} for any
	 * @param sent told the number of the server that got it, with the lock held
	 * @return {@link SendResult#TIMED_OUT} when no server can take it now
	 */
	SendResult offer(byte[][] frames, RequestServers servers, int server, IntConsumer sent) {
		this.writer.check(frames);
		if (!this.lock.tryLock()) {
			this.lock.lock();
		}
		try {
			boolean chooses = servers.isExclusive() || server != RequestServers.UNKNOWN;
			if (chooses && this.core.isOpen()) {
				// no pipe may come, or have room again, between the choice and the send
				this.readiness.settle();
			}
			servers.choose(server);
			int error = attempt(frames, chooses);
			if (error == 0) {
				sent.accept(servers.sent());
				return accepted(frames);
			}
			return refused(error);
		}
		finally {
			this.lock.unlock();
		}
	}

	private SendResult refused(int error) {
		if (error == ZError.ENOTSOCK) {
			return SendResult.CLOSED;
		}
		this.readiness.settleAfterRefusal();
		return (error == ZError.EAGAIN) ? SendResult.TIMED_OUT
				: (error == ZError.ETERM) ? SendResult.CLOSED : SendResult.UNREACHABLE;
	}

	/** As {@link TakeBacks#send}. */
	SendResult sendAgain(byte[][] frames) {
		this.lock.lock();
		try {
			int error = attempt(frames, false);
			if (error == 0) {
				this.readiness.afterSend();
				return SendResult.ACCEPTED;
			}
			return refused(error);
		}
		finally {
			this.lock.unlock();
		}
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
		if (!this.core.isOpen()) {
			return ZError.ENOTSOCK;
		}
		if (this.caches) {
			serveSubscribers();
		}
		try {
			return this.writer.write(frames, settled);
		}
		catch (RuntimeException | Error ex) {
			this.readiness.settle();
			throw ex;
		}
	}

	/**
	 * Process pending subscriptions first, so that earlier subscribers get this message
	 * live and not from the cache.
	 */
	private void serveSubscribers() {
		if (this.frames.readAhead(this.readiness.reader() == null)) {
			this.readiness.wakeReader();
		}
	}

	private SendResult accepted(byte[][] frames) {
		this.counters.sent(frames);
		this.readiness.afterSend();
		return SendResult.ACCEPTED;
	}

	/**
	 * Try again after a refusal, as often as something changed, until the time is over.
	 */
	private SendResult sendWhenWritable(byte[][] frames, int refusal, long timeoutNanos, long waitsUntil) {
		long deadline = (waitsUntil != 0) ? waitsUntil : System.nanoTime() + timeoutNanos;
		boolean tellsRoom = this.readiness.tellsRoom();
		long retry = BLIND_RETRY_NANOS;
		boolean settled = false;
		boolean led = false;
		try {
			int error = refusal;
			while (error == ZError.EAGAIN) {
				long left = (timeoutNanos > 0) ? deadline - System.nanoTime() : 0;
				boolean writable = !settled && this.readiness.settleAfterRefusal();
				if (left <= 0) {
					waited(deadline, timeoutNanos);
					return SendResult.TIMED_OUT;
				}
				// where POLLOUT says nothing only another attempt tells whether that made
				// room, one that swallows no signal
				settled = !tellsRoom && !settled;
				if (!writable && !settled) {
					led |= this.waiting.awaitRoom((tellsRoom) ? left : Math.min(left, retry));
					retry = Math.min(retry * 2, BLIND_RETRY_MOST_NANOS);
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
			return refused(error);
		}
		finally {
			if (led) {
				this.waiting.leaves(this.senders);
			}
		}
	}

	/** Count the time since the clock was first read, which was when the wait began. */
	private void waited(long deadline, long timeoutNanos) {
		this.counters.waited(System.nanoTime() - deadline + timeoutNanos);
	}

	/** As {@link ManagedSocket#awaitWritable}. */
	boolean awaitWritable(BooleanSupplier ending) {
		this.lock.lock();
		try {
			while (this.core.isOpen() && !ending.getAsBoolean()) {
				if (!this.readiness.tellsRoom() || this.readiness.settleForRoom()) {
					return true;
				}
				this.waiting.awaitRoom(RELEASE_NANOS);
			}
			return false;
		}
		finally {
			// this thread takes no room yet: another may
			if (this.senders.count() > 0) {
				this.senders.signal();
			}
			this.lock.unlock();
		}
	}

	/** As {@link ManagedSocket#wakeSenders}. */
	void wakeSenders() {
		this.lock.lock();
		try {
			this.senders.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
