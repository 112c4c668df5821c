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

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.ZmqMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A thread that watches the signals of many sockets with one {@link Selector} and visits
 * those that have something to do: wakes their lanes and waiting senders, or reads for
 * inline handlers. One socket or a thousand cost the same.
 *
 * @since 0.1.0
 */
public final class SocketPoller implements Runnable {

	private static final Log logger = LogFactory.getLog(SocketPoller.class);

	private static final long SELECT_MILLIS = 1000;

	private static final long REARM_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	/** Longer than any task takes; less than a shutdown may. */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long TROUBLE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final int YIELDS = 5;

	private static final long PARK_STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(10);

	private static final long PARK_MOST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

	private final Thread thread;

	private final Selector selector;

	private final Queue<Object> commands = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean awake = new AtomicBoolean(true);

	/** Owned by the thread, as all that follows. */
	private final Map<ManagedSocket, SelectionKey> keys = new HashMap<>();

	private final ArrayDeque<ManagedSocket> hot = new ArrayDeque<>();

	private List<ZmqMessage> inline = new ArrayList<>();

	private final Queue<IdleTimer> timers = new PriorityQueue<>();

	/** Sockets whose signal is not looked at for a while; read by those who wait. */
	private final Set<ManagedSocket> disarmed = ConcurrentHashMap.newKeySet();

	private long rearmAt;

	private int emptyRounds;

	private long troubleTold;

	private volatile boolean ending;

	private volatile boolean sleeping;

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
		this.thread = new Thread(this, name);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	String name() {
		return this.thread.getName();
	}

	boolean isAlive() {
		return this.thread.isAlive();
	}

	boolean isSleeping() {
		return this.sleeping;
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

	public void add(ManagedSocket socket) {
		execute(() -> {
			try {
				this.keys.put(socket, socket.signal().register(this.selector, SelectionKey.OP_READ, socket));
				this.hot.add(socket);
			}
			catch (IOException ex) {
				throw new IllegalStateException("The poller cannot watch " + socket, ex);
			}
		}, PATIENCE_NANOS);
	}

	void remove(ManagedSocket socket) {
		boolean removed = execute(() -> {
			SelectionKey key = this.keys.remove(socket);
			this.disarmed.remove(socket);
			if (key != null) {
				key.cancel();
				try {
					this.selector.selectNow();
				}
				catch (IOException ex) {
					logger.debug("Selecting after a key was cancelled failed", ex);
				}
				this.selector.selectedKeys().forEach((selected) -> markHot((ManagedSocket) selected.attachment()));
				this.selector.selectedKeys().clear();
			}
		}, PATIENCE_NANOS);
		if (!removed && this.thread.isAlive()) {
			logger.warn(
					"The poller '" + name() + "' is blocked by an inline handler: " + socket + " is closed without it");
			SelectionKey key = socket.signal().keyFor(this.selector);
			if (key != null) {
				key.cancel();
			}
		}
	}

	void enqueue(ManagedSocket socket) {
		this.commands.add(socket);
		wakeUp();
	}

	boolean isDisarmed(ManagedSocket socket) {
		return this.disarmed.contains(socket);
	}

	/**
	 * Runs something on the poller's thread and waits for it, if the poller lives and no
	 * handler blocks it.
	 * @return whether it has been run
	 */
	boolean execute(Runnable task, long timeoutNanos) {
		if (isOwn()) {
			task.run();
			return true;
		}
		Command command = new Command(task);
		this.commands.add(command);
		wakeUp();
		return command.await(this.thread, timeoutNanos);
	}

	boolean isOwn() {
		return Thread.currentThread() == this.thread;
	}

	/** For a handler that blocks the poller. */
	void interrupt() {
		this.thread.interrupt();
	}

	void schedule(IdleTimer timer) {
		later(() -> this.timers.add(timer));
	}

	void cancelTimers(Reader input) {
		later(() -> this.timers.removeIf((timer) -> timer.isOf(input)));
	}

	private void later(Runnable task) {
		if (isOwn()) {
			task.run();
			return;
		}
		this.commands.add(new Command(task));
		wakeUp();
	}

	private void wakeUp() {
		if (!this.awake.get() && this.awake.compareAndSet(false, true)) {
			this.selector.wakeup();
		}
	}

	/** Ends the thread; sockets must have been removed. */
	void stop() {
		this.ending = true;
		this.selector.wakeup();
		boolean interrupted = false;
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
		while (this.thread.isAlive() && System.nanoTime() < deadline && Thread.currentThread() != this.thread) {
			try {
				this.thread.join(100);
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void run() {
		try (Selector closing = this.selector) {
			while (!this.ending) {
				this.turns++;
				// left behind by an inline handler it would end every select at once
				Thread.interrupted();
				takeCommands();
				rearm();
				select();
				fireTimers();
				visitHot();
			}
		}
		catch (Throwable ex) {
			this.failure = ex;
			logger.error("The ZeroMQ poller '" + name() + "' died: its sockets receive no more", ex);
		}
	}

	private void takeCommands() {
		Object command;
		while ((command = this.commands.poll()) != null) {
			if (command instanceof ManagedSocket socket) {
				this.hot.add(socket);
			}
			else {
				((Command) command).run();
			}
		}
	}

	private void select() throws IOException {
		int selected;
		if (!this.hot.isEmpty()) {
			selected = this.selector.selectNow();
		}
		else {
			selected = sleep(timeoutMillis());
		}
		if (selected > 0) {
			Set<SelectionKey> ready = this.selector.selectedKeys();
			ready.forEach((key) -> markHot((ManagedSocket) key.attachment()));
			ready.clear();
		}
	}

	/** The flag is set before the queue is looked at again: no command is slept over. */
	private int sleep(long timeout) throws IOException {
		this.awake.set(false);
		if (!this.commands.isEmpty() || this.ending) {
			this.awake.set(true);
			return this.selector.selectNow();
		}
		this.sleeping = true;
		try {
			return this.selector.select(timeout);
		}
		finally {
			this.sleeping = false;
			this.awake.set(true);
		}
	}

	private long timeoutMillis() {
		IdleTimer next = this.timers.peek();
		long timer = (next != null) ? Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.due() - System.nanoTime()) + 1)
				: SELECT_MILLIS;
		if (this.disarmed.isEmpty()) {
			return Math.min(timer, SELECT_MILLIS);
		}
		return Math.min(timer, Math.max(1, TimeUnit.NANOSECONDS.toMillis(this.rearmAt - System.nanoTime())));
	}

	/** In every round: sockets that always have something to do must not delay it. */
	private void rearm() {
		if (!this.disarmed.isEmpty() && System.nanoTime() - this.rearmAt >= 0) {
			this.disarmed.forEach((socket) -> interest(socket, SelectionKey.OP_READ));
			this.disarmed.clear();
		}
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

	private void markHot(ManagedSocket socket) {
		if (socket.markVisitPending()) {
			this.hot.add(socket);
		}
	}

	private void visitHot() {
		int round = this.hot.size();
		boolean empty = round > 0;
		long start = System.nanoTime();
		for (; round > 0; round--) {
			ManagedSocket socket = this.hot.poll();
			if (socket != null && visit(socket)) {
				empty = false;
			}
		}
		this.busyNanos += System.nanoTime() - start;
		this.emptyRounds = (empty) ? this.emptyRounds + 1 : 0;
		if (this.emptyRounds > 1) {
			backOff();
		}
	}

	private boolean visit(ManagedSocket socket) {
		try {
			ManagedSocket.Visit visit = socket.visit(this.inline);
			arm(socket, visit.needed());
			if (visit.reader() != null && !visit.reader().handle(this.inline)) {
				this.inline = new ArrayList<>();
			}
			return visit.progress();
		}
		catch (Throwable ex) {
			// one socket's trouble must not end the others' service, nor fill the disk
			long now = System.nanoTime();
			if (this.troubleTold == 0 || now - this.troubleTold > TROUBLE_NANOS) {
				this.troubleTold = now;
				logger.error("The poller had trouble with " + socket, ex);
			}
			return false;
		}
		finally {
			this.inline.clear();
		}
	}

	/**
	 * The signal of a socket that nobody receives from is worth looking at only when a
	 * sender waits; otherwise each acknowledgement of a busy peer would wake the poller.
	 * Nor is that of a socket where somebody looks already.
	 */
	private void arm(ManagedSocket socket, boolean needed) {
		if (needed) {
			rearm(socket);
			return;
		}
		if (this.disarmed.isEmpty()) {
			this.rearmAt = System.nanoTime() + REARM_NANOS;
		}
		if (this.keys.containsKey(socket) && this.disarmed.add(socket)) {
			interest(socket, 0);
			if (socket.isWaitedFor()) {
				// it began to wait after the visit, and before this could be seen
				rearm(socket);
			}
		}
	}

	private void rearm(ManagedSocket socket) {
		if (this.disarmed.remove(socket)) {
			interest(socket, SelectionKey.OP_READ);
		}
	}

	private void interest(ManagedSocket socket, int operations) {
		SelectionKey key = this.keys.get(socket);
		if (key != null && key.isValid()) {
			key.interestOps(operations);
		}
	}

	/**
	 * JeroMQ writes its signal before it counts it: a thread preempted in between leaves
	 * the channel readable with nothing to get.
	 */
	private void backOff() {
		if (this.emptyRounds <= YIELDS) {
			Thread.yield();
		}
		else {
			LockSupport.parkNanos(Math.min(PARK_STEP_NANOS * this.emptyRounds, PARK_MOST_NANOS));
		}
	}

	/** Something to run on the poller's thread. */
	private static final class Command {

		private static final long AWAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

		private final Runnable task;

		private final CountDownLatch done = new CountDownLatch(1);

		private volatile @Nullable RuntimeException failure;

		Command(Runnable task) {
			this.task = task;
		}

		void run() {
			try {
				this.task.run();
			}
			catch (RuntimeException ex) {
				this.failure = ex;
			}
			finally {
				this.done.countDown();
			}
		}

		boolean await(Thread runner, long timeoutNanos) {
			boolean interrupted = false;
			boolean finished = false;
			long deadline = System.nanoTime() + timeoutNanos;
			long left = timeoutNanos;
			while (!finished && runner.isAlive() && left > 0) {
				try {
					finished = this.done.await(Math.min(left, AWAIT_NANOS), TimeUnit.NANOSECONDS);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
				left = deadline - System.nanoTime();
			}
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
			if (this.failure != null) {
				throw this.failure;
			}
			return finished;
		}

	}

}
