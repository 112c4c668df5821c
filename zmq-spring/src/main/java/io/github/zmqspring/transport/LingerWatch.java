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
import java.util.function.BooleanSupplier;

import io.github.zmqspring.support.ExitCalls;
import io.github.zmqspring.support.Uninterruptibly;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the last messages of closed sockets, on a thread that lives as long as there
 * are any.
 */
final class LingerWatch {

	private static final Log logger = LogFactory.getLog(LingerWatch.class);

	private static final long FIRST_MILLIS = 1;

	private static final long MOST_MILLIS = 20;

	private static final long LOOK_MILLIS = 50;

	/** Guarded by this. */
	private final List<Watched> all = new ArrayList<>();

	/** Guarded by this. */
	private @Nullable Thread thread;

	/**
	 * Watch some messages.
	 * @param isOver whether they are sent or given up
	 * @param over called when they are sent or given up, on the watching thread
	 */
	synchronized void add(BooleanSupplier isOver, Runnable over) {
		this.all.add(new Watched(isOver, over));
		if (this.thread == null) {
			Thread started = new Thread(this::run, "zmq-linger");
			started.setDaemon(true);
			this.thread = started;
			started.start();
		}
		notifyAll();
	}

	/** Wait until all messages are sent or given up. */
	void await() {
		Uninterruptibly.await(Long.MAX_VALUE, (nanos) -> {
			synchronized (this) {
				while (this.thread != null && this.thread != Thread.currentThread()
						&& !ExitCalls.isCalledBy(this.thread)) {
					wait(LOOK_MILLIS);
				}
			}
			return true;
		});
	}

	private void run() {
		long pause = FIRST_MILLIS;
		while (true) {
			List<Watched> over = takeOver();
			over.forEach(LingerWatch::report);
			pause = (over.isEmpty()) ? Math.min(pause * 2, MOST_MILLIS) : FIRST_MILLIS;
			if (!pause(pause)) {
				return;
			}
		}
	}

	private synchronized List<Watched> takeOver() {
		List<Watched> over = this.all.stream().filter((watched) -> watched.isOver()).toList();
		this.all.removeAll(over);
		return over;
	}

	/** Return {@code false} if the thread is to end, because there is nothing left. */
	private synchronized boolean pause(long millis) {
		if (this.all.isEmpty()) {
			this.thread = null;
			notifyAll();
			return false;
		}
		try {
			wait(millis);
		}
		catch (InterruptedException ex) {
			// the messages matter, and each has an end
		}
		return true;
	}

	private static void report(Watched watched) {
		try {
			watched.over().run();
		}
		catch (RuntimeException ex) {
			logger.warn("The end of a socket could not be reported", ex);
		}
	}

	/**
	 * Messages and what is done at their end. Two of them are never equal.
	 */
	private static final class Watched {

		private final BooleanSupplier isOver;

		private final Runnable over;

		Watched(BooleanSupplier isOver, Runnable over) {
			this.isOver = isOver;
			this.over = over;
		}

		boolean isOver() {
			return this.isOver.getAsBoolean();
		}

		Runnable over() {
			return this.over;
		}

	}

}
