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
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.zmqspring.support.ExitCalls;
import io.github.zmqspring.support.Uninterruptibly;
import org.jspecify.annotations.Nullable;

/**
 * What other threads ask of a poller: visits and tasks, in order. Putting something in
 * wakes the poller if it sleeps.
 */
final class PollerCommands {

	private final Selector selector;

	private final Queue<Object> queue = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean awake = new AtomicBoolean(true);

	private volatile boolean sleeping;

	PollerCommands(Selector selector) {
		this.selector = selector;
	}

	void visit(Pollable socket) {
		this.queue.add(socket);
		wakeUp();
	}

	void run(Runnable task) {
		this.queue.add(new Task(task));
		wakeUp();
	}

	/**
	 * Have a task run and wait for it.
	 * @return whether it has been run in time
	 */
	boolean runAndWait(Runnable task, Thread poller, long timeoutNanos) {
		if (!poller.isAlive()) {
			return false;
		}
		Task queued = new Task(task);
		this.queue.add(queued);
		wakeUp();
		return queued.await(poller, timeoutNanos);
	}

	private void wakeUp() {
		if (!this.awake.get() && this.awake.compareAndSet(false, true)) {
			this.selector.wakeup();
		}
	}

	/** Called by the poller: run all tasks and hand over all visits. */
	void take(Consumer<Pollable> visits) {
		Object command;
		while ((command = this.queue.poll()) != null) {
			if (command instanceof Pollable socket) {
				visits.accept(socket);
			}
			else {
				((Task) command).run();
			}
		}
	}

	/**
	 * Called by the poller: sleep until there is a signal, a command or the time is over.
	 * The flag is set before the queue is looked at again, so no command is slept over.
	 */
	int sleep(long timeoutMillis) throws IOException {
		this.awake.set(false);
		if (!this.queue.isEmpty()) {
			this.awake.set(true);
			return this.selector.selectNow();
		}
		this.sleeping = true;
		try {
			return this.selector.select(timeoutMillis);
		}
		finally {
			this.sleeping = false;
			this.awake.set(true);
		}
	}

	boolean isSleeping() {
		return this.sleeping;
	}

	/** Something to run on the poller's thread. */
	private static final class Task {

		/** How often a waiting thread looks whether the poller will ever come. */
		private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

		private final Runnable task;

		private final CountDownLatch done = new CountDownLatch(1);

		private volatile @Nullable Throwable failure;

		Task(Runnable task) {
			this.task = task;
		}

		void run() {
			try {
				this.task.run();
			}
			catch (Throwable ex) {
				// an error is the caller's too, and ends no poller
				this.failure = ex;
			}
			finally {
				this.done.countDown();
			}
		}

		boolean await(Thread poller, long timeoutNanos) {
			boolean finished = Uninterruptibly.await(timeoutNanos, (nanos) -> {
				long deadline = System.nanoTime() + nanos;
				long left = nanos;
				while (!this.done.await(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
					left = deadline - System.nanoTime();
					if (left <= 0 || !poller.isAlive() || ExitCalls.isCalledBy(poller)) {
						return false;
					}
				}
				return true;
			});
			if (this.failure instanceof RuntimeException exception) {
				throw exception;
			}
			if (this.failure instanceof Error error) {
				throw error;
			}
			return finished;
		}

	}

}
