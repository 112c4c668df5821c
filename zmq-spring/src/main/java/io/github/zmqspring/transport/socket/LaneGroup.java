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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.wire.FrameReader;
import io.github.zmqspring.transport.wire.TopicFilter;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one listener: workers that drain the socket themselves and run the
 * handler. Nothing is queued between socket and handler, so a slow handler reads no more,
 * and ZeroMQ's high-water mark holds the sender back.
 */
final class LaneGroup implements Reader {

	/** How long a handler that was interrupted may take to end. */
	private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final ManagedSocket socket;

	private final LaneSettings settings;

	private final LaneHandler handler;

	private final TopicFilter topics;

	private final boolean alone;

	private final List<Lane> lanes = new ArrayList<>();

	/** Lanes with nothing to do, guarded by the socket's lock. */
	private final Deque<Lane> idle = new ArrayDeque<>();

	private volatile boolean paused;

	private volatile boolean held;

	private volatile boolean ended;

	private volatile long lastActivity = System.nanoTime();

	private volatile @Nullable Thread starter;

	LaneGroup(ManagedSocket socket, LaneSettings settings, LaneHandler handler) {
		this.socket = socket;
		this.settings = settings;
		this.handler = handler;
		this.alone = settings.concurrency() == 1 && settings.executor() == null && settings.batchTimeout().isZero();
		this.topics = TopicFilter.of(settings.topics());
		for (int i = 1; i <= settings.concurrency(); i++) {
			this.lanes.add(new Lane(socket, this, settings, handler, i));
		}
		// busy until each has looked for the first time
	}

	/**
	 * Gives each lane its thread.
	 * @throws java.util.concurrent.RejectedExecutionException if the executor has none
	 */
	void start() {
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
	public TopicFilter topics() {
		return this.topics;
	}

	@Override
	public boolean isInline() {
		return false;
	}

	@Override
	public boolean isAccepting() {
		return !this.paused && !this.held && !this.ended;
	}

	@Override
	public boolean isEnded() {
		return this.ended;
	}

	@Override
	public boolean needsWake() {
		return isAccepting() && !this.idle.isEmpty();
	}

	@Override
	public boolean comesBack() {
		return mayLead() && this.idle.isEmpty();
	}

	/** Whether the lane, being alone, may wait for the signal itself. */
	boolean mayLead() {
		return this.alone && isAccepting();
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

	@Override
	public void readFor(LaneGroup lanes, FrameReader reader, List<ZmqMessage> into, int most) {
		if (!this.ended) {
			read(reader, into, most);
		}
	}

	@Override
	public @Nullable InlineReader readInline(FrameReader reader, List<ZmqMessage> into, int most) {
		return null;
	}

	/** The lane found nothing; the socket's lock is held. */
	void listIdle(Lane lane) {
		this.idle.addFirst(lane);
	}

	/**
	 * The lane does something else than wait; the socket's lock is held.
	 * @return whether it had not been woken meanwhile
	 */
	boolean unlistIdle(Lane lane) {
		return this.idle.remove(lane);
	}

	@Override
	public void closed() {
		this.ended = true;
		this.lanes.forEach(Lane::end);
	}

	@Override
	public void pause() {
		this.paused = true;
	}

	@Override
	public void resume() {
		this.lastActivity = System.nanoTime();
		this.paused = false;
		this.socket.resumed(this);
	}

	@Override
	public void hold() {
		this.held = true;
	}

	@Override
	public void release() {
		this.held = false;
		this.socket.resumed(this);
	}

	/** Notes that something was read or handled, where somebody wants to know. */
	void active() {
		if (!this.settings.idleActions().isEmpty()) {
			this.lastActivity = System.nanoTime();
		}
	}

	@Override
	public long lastActivity() {
		return this.lastActivity;
	}

	@Override
	public void idle(Runnable action) {
		this.socket.wakeIdle(this, action);
	}

	/** Gives a lane something else to do; the socket's lock is held. */
	void wakeWith(Runnable action) {
		Lane lane = (isAccepting()) ? this.idle.pollFirst() : null;
		if (lane != null) {
			lane.wake(action);
		}
	}

	@Override
	public int stop(long timeoutNanos) {
		this.ended = true;
		this.lanes.forEach(Lane::end);
		this.lanes.forEach(Lane::release);
		long deadline = System.nanoTime() + timeoutNanos;
		List<Lane> late = new ArrayList<>();
		for (Lane lane : this.lanes) {
			if (!lane.awaitEnd(deadline - System.nanoTime())) {
				late.add(lane);
			}
		}
		List<ZmqMessage> unhandled = new ArrayList<>();
		late.forEach((lane) -> unhandled.addAll(lane.takeBack()));
		// handlers that end when they are interrupted fail in the usual way
		late.forEach(Lane::interrupt);
		long grace = System.nanoTime() + Math.min(GRACE_NANOS, timeoutNanos);
		for (Lane lane : late) {
			if (!lane.awaitEnd(grace - System.nanoTime())) {
				unhandled.addAll(lane.running());
			}
		}
		unhandled.addAll(this.socket.detach(this));
		if (!unhandled.isEmpty()) {
			this.handler.unhandled(unhandled);
		}
		return unhandled.size();
	}

	@Override
	public boolean isIdle() {
		return this.lanes.stream().allMatch(Lane::isIdle);
	}

	@Override
	public boolean isOpen() {
		return this.socket.isOpen();
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
