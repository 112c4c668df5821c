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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.wire.FrameReader;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one listener, which drain the socket themselves and run the handler.
 * Nothing is queued between socket and handler, so a slow handler reads no more, and
 * ZeroMQ's high-water mark holds the sender back.
 *
 * @since 0.1.0
 */
public final class LaneGroup extends Reader {

	/** How long a handler that was interrupted may take to end. */
	private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final boolean alone;

	private final List<Lane> lanes = new ArrayList<>();

	/** Lanes with nothing to do, guarded by the socket's lock. */
	private final Deque<Lane> idle = new ArrayDeque<>();

	private volatile @Nullable Thread starter;

	/** Whether other threads wait for the socket's signal, and read. */
	private volatile boolean standsBy;

	public LaneGroup(LaneSource source, LaneSettings settings, LaneHandler handler) {
		super(source, settings, handler);
		this.alone = settings.concurrency() == 1 && settings.executor() == null && settings.batchTimeout().isZero();
		for (int i = 1; i <= settings.concurrency(); i++) {
			this.lanes.add(new Lane(source, this, settings, handler, i));
		}
		// no lane counts as idle before it has looked once
	}

	/**
	 * Give each lane its thread.
	 * @throws java.util.concurrent.RejectedExecutionException if the executor has none
	 */
	public void start() {
		Executor executor = this.settings.executor();
		this.starter = Thread.currentThread();
		try {
			for (Lane lane : this.lanes) {
				lane.start(executor);
			}
		}
		catch (RuntimeException | Error ex) {
			stop(GRACE_NANOS);
			throw ex;
		}
		finally {
			this.starter = null;
		}
	}

	boolean isStarting(Thread thread) {
		return thread == this.starter;
	}

	@Override
	public boolean isInline() {
		return false;
	}

	@Override
	public boolean needsWake() {
		return isAccepting() && !this.idle.isEmpty();
	}

	@Override
	public boolean comesBack() {
		return this.standsBy || (mayLead() && this.idle.isEmpty());
	}

	/**
	 * Return whether its lane, being alone, may wait for the signal itself.
	 * @return {@code true} if it may
	 */
	public boolean mayLead() {
		return this.alone && !this.standsBy && isAccepting();
	}

	/**
	 * Have its lane leave the signal to other threads, once it has it no more. Called
	 * with the socket's lock held.
	 * @param standsBy whether other threads read
	 */
	public void standBy(boolean standsBy) {
		this.standsBy = standsBy;
	}

	/**
	 * Return whether one of its lanes waits for the signal. Called with the socket's lock
	 * held.
	 * @return {@code true} if one does
	 */
	public boolean isLed() {
		Lane first = this.idle.peekFirst();
		return first != null && first.isLeading();
	}

	@Override
	public boolean wake() {
		Lane lane = (isAccepting()) ? this.idle.pollFirst() : null;
		if (lane == null) {
			return false;
		}
		lane.wake();
		return true;
	}

	/**
	 * Give an idle lane something else to do, if there is one. Called with the socket's
	 * lock held.
	 * @param action what to do
	 */
	public void wakeWith(Runnable action) {
		Lane lane = (isAccepting()) ? this.idle.pollFirst() : null;
		if (lane != null) {
			lane.wake(action);
		}
	}

	@Override
	public void readFor(LaneGroup lanes, FrameReader frames, List<ZmqMessage> into, int most) {
		if (!isEnded()) {
			read(frames, into, most);
		}
	}

	@Override
	public @Nullable InlineReader readInline(FrameReader frames, List<ZmqMessage> into, int most) {
		return null;
	}

	/**
	 * List a lane as idle, because it found nothing. Called with the socket's lock held.
	 * @param lane the lane
	 * @param leads whether it waits for the socket's signal itself
	 */
	public void rests(Lane lane, boolean leads) {
		lane.sleeps(leads);
		this.idle.addFirst(lane);
	}

	/**
	 * Take a lane off the list of idle ones, because it does something else than wait.
	 * Called with the socket's lock held.
	 * @param lane the lane
	 * @return whether it was listed, and so has not been woken meanwhile
	 */
	public boolean comesBack(Lane lane) {
		boolean listed = lane.isListed() && this.idle.remove(lane);
		lane.isBack();
		return listed;
	}

	@Override
	public void closed() {
		ends();
		this.lanes.forEach(Lane::end);
	}

	@Override
	public void idle(Runnable action) {
		this.source.wakeIdle(this, action);
	}

	@Override
	public int stop(long timeoutNanos) {
		ends();
		this.lanes.forEach(Lane::end);
		this.lanes.forEach(Lane::releaseGate);
		List<Lane> late = notEndedWithin(this.lanes, timeoutNanos);
		List<ZmqMessage> unhandled = new ArrayList<>();
		late.forEach((lane) -> unhandled.addAll(lane.takeBack()));
		// handlers that end when they are interrupted fail in the usual way
		late.forEach(Lane::interrupt);
		notEndedWithin(late, Math.min(GRACE_NANOS, timeoutNanos)).forEach((lane) -> unhandled.addAll(lane.running()));
		return leave(unhandled);
	}

	private static List<Lane> notEndedWithin(List<Lane> lanes, long timeoutNanos) {
		long deadline = System.nanoTime() + timeoutNanos;
		return lanes.stream().filter((lane) -> !lane.awaitEnd(deadline - System.nanoTime())).toList();
	}

	@Override
	public boolean isIdle() {
		return this.lanes.stream().allMatch(Lane::isIdle);
	}

	@Override
	public boolean isOwn() {
		return this.lanes.stream().anyMatch(Lane::isOwn);
	}

	@Override
	public boolean isAlive() {
		return this.lanes.stream().allMatch(Lane::isAlive);
	}

}
