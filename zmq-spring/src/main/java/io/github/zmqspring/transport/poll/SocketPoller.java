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

package io.github.zmqspring.transport.poll;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.support.BackOff;
import io.github.zmqspring.support.ExitCalls;
import io.github.zmqspring.support.Uninterruptibly;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A thread that watches the signals of many sockets with one {@link Selector} and visits
 * those that have something to do: it wakes their lanes and waiting senders, or reads for
 * inline handlers. One socket or a thousand cost the same.
 *
 * @since 0.1.0
 */
public final class SocketPoller implements Runnable {

	private static final Log logger = LogFactory.getLog(SocketPoller.class);

	private static final long SELECT_MILLIS = 1000;

	/** Longer than any task takes; less than a shutdown may. */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final long TROUBLE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final long TROUBLE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final Thread thread;

	private final Selector selector;

	private final PollerCommands commands;

	/** Owned by the thread, as all that follows. */
	private final PollerKeys keys;

	private final ArrayDeque<Pollable> hot = new ArrayDeque<>();

	private final Queue<IdleTimer> timers = new PriorityQueue<>();

	private final BackOff backOff = new BackOff(5, TimeUnit.MICROSECONDS.toNanos(10),
			TimeUnit.MICROSECONDS.toNanos(500));

	private List<ZmqMessage> inline = new ArrayList<>();

	private long troubleTold;

	private volatile boolean ending;

	private volatile long turns;

	private volatile long busyNanos;

	private volatile @Nullable Throwable failure;

	SocketPoller(String name) {
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new IllegalStateException("No selector for the ZeroMQ poller: too many open files?", ex);
		}
		this.commands = new PollerCommands(this.selector);
		this.keys = new PollerKeys(this.selector);
		this.thread = new Thread(this, name);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	String name() {
		return this.thread.getName();
	}

	public boolean isAlive() {
		return this.thread.isAlive();
	}

	boolean isSleeping() {
		return this.commands.isSleeping();
	}

	long turns() {
		return this.turns;
	}

	long busyNanos() {
		return this.busyNanos;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	/** Watch a socket, whose first visit is pending. */
	public void add(Pollable socket) {
		execute(() -> {
			this.keys.add(socket);
			this.hot.add(socket);
		}, PATIENCE_NANOS);
	}

	/** Stop watching a socket before it is closed. */
	public void remove(Pollable socket) {
		boolean removed = execute(() -> this.keys.remove(socket, this::markHot), PATIENCE_NANOS);
		if (!removed && this.thread.isAlive()) {
			logger.warn(
					"The poller '" + name() + "' is blocked by an inline handler: " + socket + " is closed without it");
			this.keys.cancel(socket);
		}
	}

	void enqueue(Pollable socket) {
		this.commands.visit(socket);
	}

	boolean isDisarmed(Pollable socket) {
		return this.keys.isDisarmed(socket);
	}

	/**
	 * Run something on the poller's thread and wait for it, if the poller lives and no
	 * handler blocks it.
	 * @param task the task
	 * @param timeoutNanos how long to wait, in nanoseconds
	 * @return whether it has been run
	 */
	public boolean execute(Runnable task, long timeoutNanos) {
		if (isOwn()) {
			task.run();
			return true;
		}
		return this.commands.runAndWait(task, this.thread, timeoutNanos);
	}

	/**
	 * Return whether the calling thread is the poller's.
	 * @return {@code true} on the poller's thread
	 */
	public boolean isOwn() {
		return Thread.currentThread() == this.thread;
	}

	/** Interrupt a handler that blocks the poller. */
	public void interrupt() {
		this.thread.interrupt();
	}

	public void schedule(IdleTimer timer) {
		later(() -> this.timers.add(timer));
	}

	public void cancelTimers(IdleWatched reader) {
		later(() -> this.timers.removeIf((timer) -> timer.isOf(reader)));
	}

	private void later(Runnable task) {
		if (isOwn()) {
			task.run();
		}
		else {
			this.commands.run(task);
		}
	}

	/** End the thread; sockets must have been removed. */
	void stop() {
		this.ending = true;
		this.selector.wakeup();
		if (!isOwn() && !ExitCalls.isCalledBy(this.thread)) {
			Uninterruptibly.join(this.thread, STOP_NANOS);
		}
	}

	@Override
	public void run() {
		try (Selector closing = this.selector) {
			while (!this.ending) {
				turn();
			}
		}
		catch (Throwable ex) {
			this.failure = ex;
			logger.error("The ZeroMQ poller '" + name() + "' died: its sockets receive no more", ex);
		}
	}

	/** Do what there is to do. An error costs the turn, and not the thread. */
	private void turn() throws IOException {
		try {
			this.turns++;
			// left behind by an inline handler it would end every select at once
			Thread.interrupted();
			this.commands.take(this.hot::add);
			this.keys.rearmDue();
			select();
			fireTimers();
			visitHot();
		}
		catch (ClosedSelectorException ex) {
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			report("The poller '" + name() + "' had trouble; it goes on", ex);
			LockSupport.parkNanos(TROUBLE_PAUSE_NANOS);
		}
	}

	private void select() throws IOException {
		int selected = (this.hot.isEmpty()) ? this.commands.sleep(this.keys.limitMillis(untilNextTimer()))
				: this.selector.selectNow();
		if (selected > 0) {
			this.keys.takeSelected(this::markHot);
		}
	}

	private long untilNextTimer() {
		IdleTimer next = this.timers.peek();
		if (next == null) {
			return SELECT_MILLIS;
		}
		long millis = TimeUnit.NANOSECONDS.toMillis(next.due() - System.nanoTime()) + 1;
		return Math.min(Math.max(1, millis), SELECT_MILLIS);
	}

	private void fireTimers() {
		if (this.timers.isEmpty()) {
			return;
		}
		long now = System.nanoTime();
		for (IdleTimer timer = this.timers.peek(); timer != null
				&& timer.due() - now <= 0; timer = this.timers.peek()) {
			this.timers.remove();
			if (timer.fire(now)) {
				this.timers.add(timer);
			}
		}
	}

	private void markHot(Pollable socket) {
		if (socket.markVisitPending()) {
			this.hot.add(socket);
		}
	}

	private void visitHot() {
		int round = this.hot.size();
		boolean empty = round > 0;
		long start = System.nanoTime();
		for (; round > 0; round--) {
			Pollable socket = this.hot.poll();
			if (socket != null && visit(socket)) {
				empty = false;
			}
		}
		this.busyNanos += System.nanoTime() - start;
		if (empty) {
			this.backOff.idle();
		}
		else {
			this.backOff.reset();
		}
	}

	private boolean visit(Pollable socket) {
		try {
			Pollable.Visit visit = socket.visit(this.inline);
			this.keys.arm(socket, visit.needed());
			if (visit.handler() != null && !visit.handler().handle(this.inline)) {
				this.inline = new ArrayList<>();
			}
			return visit.progress();
		}
		catch (Throwable ex) {
			// one socket's trouble must not end the others' service
			report("The poller had trouble with " + socket, ex);
			return false;
		}
		finally {
			this.inline.clear();
		}
	}

	/** Log trouble, but not so often that it fills the disk. */
	private void report(String what, Throwable ex) {
		long now = System.nanoTime();
		if (this.troubleTold == 0 || now - this.troubleTold > TROUBLE_NANOS) {
			this.troubleTold = now;
			try {
				logger.error(what, ex);
			}
			catch (Throwable unlogged) {
				// most likely there is no memory for the line either
			}
		}
	}

}
