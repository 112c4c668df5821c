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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.ZmqMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One worker: takes the socket's lock, reads some messages, lets go of it, handles them,
 * and parks when there are none. How many it reads at once follows the handler's speed:
 * many for one of microseconds, one for one that takes its time, so that no message waits
 * behind a slow one while another lane is free.
 */
final class Lane implements Runnable {

	private static final Log logger = LogFactory.getLog(Lane.class);

	private static final long READ_AHEAD_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

	private static final long TROUBLE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int TROUBLES_A_MINUTE = 600;

	private static final long START_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final int MOST_ALONE = 256;

	private static final int MOST_TOGETHER = 32;

	private final ManagedSocket socket;

	private final LaneGroup group;

	private final LaneHandler handler;

	private final String name;

	private final int batchSize;

	private final long batchTimeoutNanos;

	private final int most;

	private final @Nullable LaneGate gate;

	/** What it has read, and who takes the next of it. */
	private final ReadAhead read = new ReadAhead();

	/**
	 * Set by the thread that begins, or by whoever ends a lane that may get no thread.
	 */
	private final AtomicBoolean begun = new AtomicBoolean();

	private final CountDownLatch ended = new CountDownLatch(1);

	private final long created = System.nanoTime();

	private volatile @Nullable Thread thread;

	/** Its own thread begins for certain, and handles what is there at the end. */
	private volatile boolean begins;

	private volatile boolean awake = true;

	/** It waits for the socket's signal itself. */
	private volatile boolean leading;

	private volatile @Nullable Runnable task;

	private volatile boolean ending;

	private volatile boolean dead;

	/** How often in a row it could not read; told once a minute. */
	private int troubles;

	Lane(ManagedSocket socket, LaneGroup group, LaneSettings settings, LaneHandler handler, int number) {
		this.socket = socket;
		this.group = group;
		this.handler = handler;
		this.name = "zmq-" + settings.name() + "-" + number;
		this.batchSize = settings.batchSize();
		this.batchTimeoutNanos = settings.batchTimeout().toNanos();
		this.most = (this.batchSize == 1) ? readAhead(settings) : this.batchSize;
		this.gate = settings.gate();
	}

	private static int readAhead(LaneSettings settings) {
		if (settings.readAhead() > 0) {
			return settings.readAhead();
		}
		return (settings.concurrency() == 1) ? MOST_ALONE : MOST_TOGETHER;
	}

	void start(@Nullable Executor executor) {
		if (executor != null) {
			executor.execute(this);
			return;
		}
		Thread own = new Thread(this, this.name);
		own.setDaemon(true);
		own.start();
		this.begins = true;
	}

	void wake() {
		this.awake = true;
		rouse();
	}

	private void rouse() {
		if (this.leading) {
			this.socket.laneSignal().wakeUp();
		}
		LockSupport.unpark(this.thread);
	}

	void wake(Runnable action) {
		this.task = action;
		wake();
	}

	void end() {
		this.ending = true;
		if (!this.begins && this.begun.compareAndSet(false, true)) {
			this.ended.countDown();
			return;
		}
		rouse();
	}

	private boolean isEnding() {
		return this.ending;
	}

	/** Called without locks. */
	void release() {
		if (this.gate != null) {
			this.gate.release();
		}
	}

	boolean awaitEnd(long timeoutNanos) {
		if (isOwn()) {
			return true;
		}
		boolean interrupted = false;
		long deadline = System.nanoTime() + timeoutNanos;
		try {
			while (true) {
				try {
					return this.ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Waits for messages, or has ended. */
	boolean isIdle() {
		return !this.awake || this.ended.getCount() == 0;
	}

	boolean isOwn() {
		return Thread.currentThread() == this.thread;
	}

	/** Takes the messages back whose turn has not come; the lane handles no more. */
	List<ZmqMessage> takeBack() {
		return this.read.takeBack();
	}

	/** What the handler was given that does not end. */
	List<ZmqMessage> running() {
		return this.read.running(this.batchSize > 1);
	}

	void interrupt() {
		Thread running = this.thread;
		if (running != null) {
			running.interrupt();
		}
	}

	/** An executor without a free thread never begins; one that began must run. */
	boolean isAlive() {
		if (this.ending) {
			return true;
		}
		if (!this.begun.get()) {
			return System.nanoTime() - this.created < START_NANOS;
		}
		return !this.dead;
	}

	@Override
	public void run() {
		if (this.group.isStarting(Thread.currentThread())) {
			throw new java.util.concurrent.RejectedExecutionException(
					"The executor runs tasks on the thread of the caller");
		}
		if (!this.begun.compareAndSet(false, true)) {
			return;
		}
		this.thread = Thread.currentThread();
		try {
			serve();
		}
		catch (Throwable ex) {
			this.dead = true;
			logger.error("Lane '" + this.name + "' died", ex);
			giveBack();
		}
		finally {
			this.thread = null;
			this.ended.countDown();
			this.socket.leave(this.group, this);
		}
	}

	private void giveBack() {
		List<ZmqMessage> left = this.read.takeBack();
		if (!left.isEmpty()) {
			this.handler.unhandled(left);
		}
	}

	private void serve() {
		List<ZmqMessage> messages = new ArrayList<>();
		int limit = this.batchSize;
		while (!this.read.isTakenBack()) {
			boolean last = this.ending;
			if (this.gate != null) {
				this.gate.pass(this::isEnding);
			}
			if (read(messages, limit)) {
				if (this.batchSize > 1 && this.batchTimeoutNanos > 0) {
					fill(messages);
				}
				limit = handle(messages);
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

	private boolean read(List<ZmqMessage> messages, int limit) {
		try {
			boolean any = this.socket.drain(this.group, this, messages, limit) > 0;
			this.troubles = 0;
			return any;
		}
		catch (Throwable ex) {
			if (this.troubles++ % TROUBLES_A_MINUTE == 0) {
				logger.error("Lane '" + this.name + "' had trouble reading; it goes on", ex);
			}
			LockSupport.parkNanos(TROUBLE_PAUSE_NANOS);
			return !messages.isEmpty();
		}
	}

	/**
	 * Called with the socket's lock held, before the lane is listed as idle.
	 * @param leads whether it waits for the socket's signal itself
	 */
	void sleep(boolean leads) {
		this.leading = leads;
		this.awake = false;
	}

	/** Called with the socket's lock held: it is not listed as idle any more. */
	void awake() {
		this.leading = false;
		this.awake = true;
	}

	boolean isLeading() {
		return this.leading;
	}

	boolean isListed() {
		return !this.awake;
	}

	private void park(long timeoutNanos) {
		long deadline = System.nanoTime() + timeoutNanos;
		while (!this.awake && !this.ending) {
			if (this.leading) {
				if (this.socket.laneSignal().await(Long.MAX_VALUE)) {
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
		if (this.leading) {
			this.socket.leave(this.group, this);
		}
		try {
			action.run();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	/** Waits for more until the batch is full or its time is over. */
	private void fill(List<ZmqMessage> messages) {
		long deadline = System.nanoTime() + this.batchTimeoutNanos;
		while (messages.size() < this.batchSize && !this.ending) {
			int before = messages.size();
			if (read(messages, this.batchSize - before) && messages.size() > before) {
				continue;
			}
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				break;
			}
			park(left);
		}
		if (isListed()) {
			this.socket.leave(this.group, this);
		}
		perform();
	}

	private int handle(List<ZmqMessage> messages) {
		int count = messages.size();
		if (!this.read.begin(messages)) {
			this.handler.unhandled(List.copyOf(messages));
			return this.batchSize;
		}
		this.group.active();
		long start = System.nanoTime();
		if (this.batchSize == 1) {
			for (ZmqMessage message = this.read.next(); message != null; message = this.read.next()) {
				handleOne(message);
			}
		}
		else if (this.read.all()) {
			handleAll(messages);
		}
		if (this.read.end()) {
			messages.clear();
		}
		this.group.active();
		long took = System.nanoTime() - start;
		this.handler.took(took);
		long each = Math.max(1, took / count);
		return (int) Math.max(this.batchSize, Math.min(READ_AHEAD_NANOS / each, this.most));
	}

	private void handleOne(ZmqMessage message) {
		try {
			this.handler.handle(message);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void handleAll(List<ZmqMessage> messages) {
		try {
			this.handler.handle(messages);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	/** What an executor may call its thread. */
	@Override
	public String toString() {
		return this.name;
	}

	private void failed(Throwable ex) {
		logger.error("A handler on lane '" + this.name + "' failed; the lane goes on", ex);
	}

}
