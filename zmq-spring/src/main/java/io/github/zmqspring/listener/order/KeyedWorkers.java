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

package io.github.zmqspring.listener.order;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.github.zmqspring.core.ZmqMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Threads that handle messages by their keys: those of one key one after the other, those
 * of different keys at the same time. Only a few messages for each thread are held here;
 * beyond that the reader waits, so that ZeroMQ's high-water mark holds the senders back.
 */
final class KeyedWorkers {

	private static final Log logger = LogFactory.getLog(KeyedWorkers.class);

	private static final int MOST_FOR_EACH = 8;

	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

	/** How long a handler that was interrupted may take to end. */
	private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final String name;

	private final int most;

	private final @Nullable Executor executor;

	private final Consumer<ZmqMessage> handler;

	/** No monitor: before JDK 24 that would pin virtual threads. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Condition ready = this.lock.newCondition();

	/** The messages of keys that have some, the one that is being handled excluded. */
	private final Map<@Nullable Object, Deque<ZmqMessage>> waiting = new HashMap<>();

	/**
	 * Keys with messages that no thread is handling, guarded by the lock like the rest.
	 */
	private final Deque<Slot> readyKeys = new ArrayDeque<>();

	private final Map<ZmqMessage, Thread> running = new IdentityHashMap<>();

	private final Set<Integer> numbers = new HashSet<>();

	private int accepted;

	private boolean ended;

	/**
	 * Create the workers, without threads.
	 * @param name what the threads are named after
	 * @param most the most threads
	 * @param executor where they come from, or {@code null} for threads of their own
	 * @param handler handles a message
	 */
	KeyedWorkers(String name, int most, @Nullable Executor executor, Consumer<ZmqMessage> handler) {
		this.name = name;
		this.most = most;
		this.executor = executor;
		this.handler = handler;
	}

	/**
	 * Give a message to the workers, and wait for room.
	 * @param key its key
	 * @param message the message
	 * @throws InterruptedException if the thread is interrupted; then the message was not
	 * taken
	 */
	void submit(@Nullable Object key, ZmqMessage message) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			this.ended = false;
			while (this.accepted >= this.most * MOST_FOR_EACH) {
				this.changed.await();
			}
			this.accepted++;
			Deque<ZmqMessage> others = this.waiting.get(key);
			if (others != null) {
				others.addLast(message);
				return;
			}
			Deque<ZmqMessage> own = new ArrayDeque<>();
			own.addLast(message);
			this.waiting.put(key, own);
			this.readyKeys.addLast(new Slot(key));
			this.ready.signal();
			if (this.numbers.size() < Math.min(this.most, this.running.size() + this.readyKeys.size())) {
				startWorker();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void startWorker() {
		int number = 1;
		while (!this.numbers.add(number)) {
			number++;
		}
		Worker worker = new Worker(number);
		if (this.executor != null && isExecuted(this.executor, worker)) {
			return;
		}
		Thread thread = new Thread(worker, worker.toString());
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Run a worker where the executor has a thread for it, or leave its work to others.
	 * @return {@code false} if there are none, and it needs a thread of its own
	 */
	private boolean isExecuted(Executor from, Worker worker) {
		try {
			from.execute(worker);
			return true;
		}
		catch (RejectedExecutionException ex) {
			if (this.numbers.size() > 1) {
				this.numbers.remove(worker.number);
				return true;
			}
			logger.warn("The executor has no thread for '" + this.name + "': it gets one of its own");
			return false;
		}
	}

	/** Return how many messages wait for a thread. */
	int waiting() {
		this.lock.lock();
		try {
			return this.accepted - this.running.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until all is handled, then end the threads. What still runs is interrupted.
	 * @param timeoutNanos how long to wait
	 * @return the messages that were not handled in that time
	 */
	List<ZmqMessage> end(long timeoutNanos) {
		List<ZmqMessage> late = new ArrayList<>();
		boolean interrupted;
		long deadline = System.nanoTime() + timeoutNanos;
		this.lock.lock();
		try {
			interrupted = await(deadline, () -> this.accepted == 0);
			this.ended = true;
			this.waiting.values().forEach((messages) -> {
				late.addAll(messages);
				messages.clear();
			});
			this.readyKeys.clear();
			// handlers that end when they are interrupted fail in the usual way
			this.running.values().forEach(Thread::interrupt);
			interrupted |= await(System.nanoTime() + GRACE_NANOS, this.running::isEmpty);
			late.addAll(this.running.keySet());
			this.running.clear();
			this.waiting.clear();
			this.accepted = 0;
			this.changed.signalAll();
			this.ready.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return late;
	}

	/** Wait with the lock held; return whether the thread was interrupted meanwhile. */
	private boolean await(long deadline, BooleanSupplier condition) {
		boolean interrupted = false;
		for (long left = deadline - System.nanoTime(); left > 0
				&& !condition.getAsBoolean(); left = deadline - System.nanoTime()) {
			try {
				this.changed.awaitNanos(left);
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		return interrupted;
	}

	/** A key, since a queue holds no {@code null}. */
	private record Slot(@Nullable Object key) {

	}

	/** One thread. */
	private final class Worker implements Runnable {

		private final int number;

		private Worker(int number) {
			this.number = number;
		}

		@Override
		public void run() {
			KeyedWorkers workers = KeyedWorkers.this;
			workers.lock.lock();
			try {
				Slot slot = next();
				while (slot != null) {
					handle(slot);
					slot = next();
				}
			}
			finally {
				workers.numbers.remove(this.number);
				workers.lock.unlock();
			}
		}

		private @Nullable Slot next() {
			KeyedWorkers workers = KeyedWorkers.this;
			while (workers.readyKeys.isEmpty()) {
				try {
					if (workers.ended || workers.ready.awaitNanos(IDLE_NANOS) <= 0) {
						return workers.readyKeys.pollFirst();
					}
				}
				catch (InterruptedException ex) {
					// of a handler that was late, or of the executor's end
					return workers.readyKeys.pollFirst();
				}
			}
			return workers.readyKeys.pollFirst();
		}

		private void handle(Slot slot) {
			KeyedWorkers workers = KeyedWorkers.this;
			Deque<ZmqMessage> messages = workers.waiting.get(slot.key());
			ZmqMessage message = (messages != null) ? messages.pollFirst() : null;
			if (messages == null || message == null) {
				return;
			}
			workers.running.put(message, Thread.currentThread());
			workers.lock.unlock();
			try {
				workers.handler.accept(message);
			}
			finally {
				workers.lock.lock();
				if (workers.running.remove(message) != null) {
					workers.accepted--;
					goOn(slot, messages);
				}
				workers.changed.signalAll();
			}
		}

		private void goOn(Slot slot, Deque<ZmqMessage> messages) {
			KeyedWorkers workers = KeyedWorkers.this;
			if (messages.isEmpty()) {
				workers.waiting.remove(slot.key());
			}
			else {
				workers.readyKeys.addLast(slot);
				workers.ready.signal();
			}
		}

		@Override
		public String toString() {
			return KeyedWorkers.this.name + "-" + this.number;
		}

	}

}
