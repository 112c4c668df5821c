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

package io.github.zmqspring.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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

	private static final int MOST_ALONE = 256;

	private static final int MOST_TOGETHER = 32;

	private final ManagedSocket socket;

	private final LaneGroup group;

	private final LaneHandler handler;

	private final String name;

	private final int batchSize;

	private final int most;

	private final @Nullable LaneGate gate;

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile @Nullable Thread thread;

	private volatile boolean awake = true;

	private volatile boolean ending;

	private volatile boolean abandoned;

	private volatile int unhandled;

	Lane(ManagedSocket socket, LaneGroup group, LaneSettings settings, LaneHandler handler, int number) {
		this.socket = socket;
		this.group = group;
		this.handler = handler;
		this.name = "zmq-" + settings.name() + "-" + number;
		this.batchSize = settings.batchSize();
		this.most = Math.max(this.batchSize, readAhead(settings));
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
	}

	void wake() {
		this.awake = true;
		LockSupport.unpark(this.thread);
	}

	void end() {
		this.ending = true;
		LockSupport.unpark(this.thread);
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

	boolean awaitEnd(long timeout, TimeUnit unit) {
		if (Thread.currentThread() == this.thread) {
			return true;
		}
		boolean interrupted = false;
		long deadline = System.nanoTime() + unit.toNanos(timeout);
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

	/** Gives up on a handler that does not end. */
	int abandon() {
		this.abandoned = true;
		Thread running = this.thread;
		if (running != null) {
			running.interrupt();
		}
		return this.unhandled;
	}

	boolean isAlive() {
		Thread running = this.thread;
		return (running == null || running.isAlive()) && (this.ended.getCount() != 0 || this.ending);
	}

	@Override
	public void run() {
		this.thread = Thread.currentThread();
		try {
			List<ZmqMessage> messages = new ArrayList<>();
			int limit = this.batchSize;
			while (!this.ending) {
				if (this.gate != null) {
					this.gate.pass(this::isEnding);
				}
				if (read(messages, limit)) {
					limit = handle(messages);
				}
				else {
					parkUntilWoken();
				}
			}
		}
		finally {
			this.thread = null;
			this.ended.countDown();
		}
	}

	private boolean read(List<ZmqMessage> messages, int limit) {
		try {
			return this.socket.drain(this.group, this, messages, limit) > 0;
		}
		catch (Throwable ex) {
			logger.error("Lane '" + this.name + "' had trouble reading; it goes on", ex);
			LockSupport.parkNanos(TROUBLE_PAUSE_NANOS);
			return !messages.isEmpty();
		}
	}

	/** Called with the socket's lock held, before the lane is listed as idle. */
	void sleep() {
		this.awake = false;
	}

	private void parkUntilWoken() {
		while (!this.awake && !this.ending) {
			LockSupport.park(this);
			// an interrupt that a handler left behind would make parking a spin
			Thread.interrupted();
		}
	}

	private int handle(List<ZmqMessage> messages) {
		int count = messages.size();
		this.unhandled = count;
		long start = System.nanoTime();
		if (this.batchSize == 1) {
			for (int i = 0; i < count && !this.abandoned; i++) {
				handleOne(messages.get(i));
				this.unhandled = count - i - 1;
			}
		}
		else {
			handleAll(messages);
			this.unhandled = 0;
		}
		messages.clear();
		long each = Math.max(1, (System.nanoTime() - start) / count);
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

	private void failed(Throwable ex) {
		logger.error("A handler on lane '" + this.name + "' failed; the lane goes on", ex);
	}

}
