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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.ZmqMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A listener's thread: it takes the socket's lock, reads some messages, releases the
 * lock, handles the messages, and parks when there are none. How many it reads at once
 * follows the handler's speed: many for a handler that takes microseconds, one for a slow
 * one, so that no message waits behind a slow one while another lane is free.
 *
 * @since 0.1.0
 */
public final class Lane implements Runnable {

	private static final Log logger = LogFactory.getLog(Lane.class);

	private static final long READ_AHEAD_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

	private static final long TROUBLE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int TROUBLES_A_MINUTE = 600;

	private static final int MOST_ALONE = 256;

	private static final int MOST_TOGETHER = 32;

	private final LaneSource source;

	private final LaneGroup group;

	private final LaneHandler handler;

	private final String name;

	private final int batchSize;

	private final long batchTimeoutNanos;

	private final int most;

	private final @Nullable LaneGate gate;

	private final MessageRun run;

	/** Read and not handed over yet. */
	private final List<ZmqMessage> messages = new ArrayList<>();

	private final LaneThread thread = new LaneThread();

	/** Written with the socket's lock held. */
	private volatile State state = State.BUSY;

	private volatile @Nullable Runnable task;

	private volatile boolean ending;

	/** How often in a row it could not read; logged once a minute. */
	private int troubles;

	Lane(LaneSource source, LaneGroup group, LaneSettings settings, LaneHandler handler, int number) {
		this.source = source;
		this.group = group;
		this.handler = handler;
		this.name = "zmq-" + settings.name() + "-" + number;
		this.batchSize = settings.batchSize();
		this.batchTimeoutNanos = settings.batchTimeout().toNanos();
		this.most = (this.batchSize == 1) ? readAhead(settings) : this.batchSize;
		this.gate = settings.gate();
		this.run = new MessageRun(handler, this.batchSize,
				"A handler on lane '" + this.name + "' failed; the lane goes on");
	}

	private static int readAhead(LaneSettings settings) {
		if (settings.readAhead() > 0) {
			return settings.readAhead();
		}
		return (settings.concurrency() == 1) ? MOST_ALONE : MOST_TOGETHER;
	}

	/**
	 * Return the lanes that this one belongs to.
	 * @return the group
	 */
	public LaneGroup group() {
		return this.group;
	}

	void start(@Nullable Executor executor) {
		this.thread.start(this, executor);
	}

	/** Called with the socket's lock held, after the lane was taken off the idle ones. */
	void wake() {
		this.state = this.state.woken();
		rouse();
	}

	void wake(Runnable action) {
		this.task = action;
		wake();
	}

	private void rouse() {
		if (isLeading()) {
			this.source.signal().wakeUp();
		}
		this.thread.unpark();
	}

	void end() {
		this.ending = true;
		if (!this.thread.cancel()) {
			rouse();
		}
	}

	private boolean isEnding() {
		return this.ending;
	}

	/** Called without locks. */
	void releaseGate() {
		if (this.gate != null) {
			this.gate.release();
		}
	}

	boolean awaitEnd(long timeoutNanos) {
		return this.thread.awaitEnd(timeoutNanos);
	}

	/** Return whether it waits for messages, or has ended. */
	boolean isIdle() {
		return isListed() || this.thread.hasEnded();
	}

	boolean isOwn() {
		return this.thread.isOwn();
	}

	/** Take back the messages whose turn has not come: the lane handles no more. */
	List<ZmqMessage> takeBack() {
		return this.run.takeBack();
	}

	/** Return the messages that the handler was given and has not returned from. */
	List<ZmqMessage> running() {
		return this.run.running();
	}

	void interrupt() {
		this.thread.interrupt();
	}

	boolean isAlive() {
		return this.ending || this.thread.isAlive();
	}

	@Override
	public void run() {
		if (this.group.isStarting(Thread.currentThread())) {
			throw new RejectedExecutionException("The executor runs tasks on the thread of the caller");
		}
		if (!this.thread.begin()) {
			return;
		}
		try {
			serve();
		}
		catch (Throwable ex) {
			this.thread.died();
			logger.error("Lane '" + this.name + "' died", ex);
			giveBack();
		}
		finally {
			this.thread.end();
			this.source.leave(this);
		}
	}

	private void giveBack() {
		List<ZmqMessage> left = (this.run.isEmpty()) ? List.copyOf(this.messages) : this.run.takeBack();
		if (!left.isEmpty()) {
			this.handler.unhandled(left);
		}
	}

	private void serve() {
		int limit = this.batchSize;
		while (!this.run.isTakenBack()) {
			boolean last = this.ending;
			if (read(limit)) {
				if (this.batchSize > 1 && this.batchTimeoutNanos > 0) {
					fill();
				}
				limit = handle();
			}
			else if (last) {
				return;
			}
			else {
				park(Long.MAX_VALUE);
				perform();
			}
		}
	}

	private boolean read(int limit) {
		try {
			if (this.gate != null && this.messages.isEmpty()) {
				this.gate.pass(this::isEnding);
			}
			boolean any = this.source.drain(this, this.messages, limit) > 0;
			this.troubles = 0;
			return any;
		}
		catch (Throwable ex) {
			if (this.troubles++ % TROUBLES_A_MINUTE == 0) {
				logger.error("Lane '" + this.name + "' had trouble reading; it goes on", ex);
			}
			LockSupport.parkNanos(TROUBLE_PAUSE_NANOS);
			return !this.messages.isEmpty();
		}
	}

	/**
	 * Note that the lane is going to sleep. Called with the socket's lock held, before it
	 * is listed as idle.
	 * @param leads whether it waits for the socket's signal itself
	 */
	void sleeps(boolean leads) {
		this.state = (leads) ? State.LEADING : State.LISTED;
	}

	/** Called with the socket's lock held: the lane is not listed as idle any more. */
	void isBack() {
		this.state = State.BUSY;
	}

	/**
	 * Return whether the lane has the socket's signal, to wait for it itself.
	 * @return {@code true} until it is back
	 */
	public boolean isLeading() {
		return this.state.leads();
	}

	boolean isListed() {
		return this.state.isListed();
	}

	private void park(long timeoutNanos) {
		long deadline = System.nanoTime() + timeoutNanos;
		while (isListed() && !this.ending) {
			if (isLeading()) {
				if (this.source.signal().await(Long.MAX_VALUE)) {
					return;
				}
			}
			else if (timeoutNanos == Long.MAX_VALUE) {
				LockSupport.park(this);
			}
			else {
				long left = deadline - System.nanoTime();
				if (left <= 0) {
					return;
				}
				LockSupport.parkNanos(this, left);
			}
			// an interrupt that a handler left behind would make parking a spin
			Thread.interrupted();
		}
	}

	private void perform() {
		Runnable action = this.task;
		if (action == null) {
			return;
		}
		this.task = null;
		if (isLeading()) {
			this.source.leave(this);
		}
		this.run.perform(action);
	}

	/** Wait for more until the batch is full or its time is over. */
	private void fill() {
		long deadline = System.nanoTime() + this.batchTimeoutNanos;
		while (this.messages.size() < this.batchSize && !this.ending) {
			int before = this.messages.size();
			if (read(this.batchSize - before) && this.messages.size() > before) {
				continue;
			}
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				break;
			}
			park(left);
		}
		if (isListed()) {
			this.source.leave(this);
		}
		perform();
	}

	/** Return how many messages to read next. */
	private int handle() {
		int count = this.messages.size();
		this.group.active();
		if (this.run.handle(this.messages)) {
			this.messages.clear();
		}
		this.group.active();
		long each = Math.max(1, this.run.nanos() / count);
		return (int) Math.max(this.batchSize, Math.min(READ_AHEAD_NANOS / each, this.most));
	}

	/** Return the name that its thread gets, also from an executor. */
	@Override
	public String toString() {
		return this.name;
	}

	/** What a lane is doing. */
	private enum State {

		/** It reads or handles, or it is about to look again. */
		BUSY,

		/** It is listed as idle and parks. */
		LISTED,

		/** It is listed as idle and waits for the socket's signal. */
		LEADING,

		/** It was woken while it waited for the signal, which it still has. */
		CALLED;

		State woken() {
			return (leads()) ? CALLED : BUSY;
		}

		boolean leads() {
			return this == LEADING || this == CALLED;
		}

		boolean isListed() {
			return this == LISTED || this == LEADING;
		}

	}

}
