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

package io.github.zmqspring.transport.limit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What the connections of one I/O thread hold of the {@link IncomingMemory}. While any
 * connection of the context waits, all threads check at short intervals what the sockets
 * have read, and read on where there is room. Belongs to the thread.
 *
 * @since 0.1.0
 */
public final class IncomingLedgers {

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	/** Queues of ended connections can wait: they are read sooner or later. */
	private static final long SELDOM_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

	/** How long a message may hardly grow while others wait for its memory. */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final long LARGE = 64 * 1024;

	private final IncomingMemory memory;

	private final Host thread;

	/** The ledgers of live connections, each with its reader. */
	private final Map<IncomingLedger, Reader> open = new LinkedHashMap<>();

	private final Set<IncomingLedger> ended = new LinkedHashSet<>();

	private final Set<Reader> waiting = new LinkedHashSet<>();

	/** Cancels the next look, if one is planned. */
	private @Nullable Runnable planned;

	private boolean hurried;

	private long waitingSince;

	private boolean reported;

	public IncomingLedgers(IncomingMemory memory, Host thread) {
		this.memory = memory;
		this.thread = thread;
		memory.add(this);
	}

	/** Return the ledger of a new connection. */
	public IncomingLedger open(Reader reader) {
		IncomingLedger ledger = new IncomingLedger(this.memory, this);
		this.open.put(ledger, reader);
		return ledger;
	}

	/** Forget a connection that ended, once its queue is read. */
	public void closed(IncomingLedger ledger) {
		this.open.remove(ledger);
		if (!ledger.isSettled()) {
			this.ended.add(ledger);
			plan();
		}
	}

	/** Have a connection wait for memory. */
	public void await(Reader reader) {
		if (this.waiting.add(reader)) {
			this.memory.wait(1);
			plan();
		}
	}

	/** End the wait of a connection. */
	public void goOn(Reader reader) {
		if (this.waiting.remove(reader)) {
			this.memory.wait(-1);
		}
	}

	/** Check soon what was read. Called on any thread. */
	public void wake() {
		try {
			this.thread.execute(this::plan);
		}
		catch (RuntimeException ex) {
			// the context ends
		}
	}

	private void plan() {
		boolean hurry = this.memory.isWaitedFor();
		if (this.planned != null && hurry && !this.hurried) {
			this.planned.run();
			this.planned = null;
		}
		if (this.planned == null && (hurry || !this.ended.isEmpty())) {
			this.hurried = hurry;
			this.planned = this.thread.schedule(this::look, (hurry) ? LOOK_NANOS : SELDOM_NANOS);
		}
	}

	private void look() {
		this.planned = null;
		try {
			this.open.keySet().forEach(IncomingLedger::settle);
			this.ended.removeIf((ledger) -> {
				ledger.settle();
				return ledger.isSettled();
			});
			if (this.memory.isWaitedFor()) {
				long now = System.nanoTime();
				endStalled(now);
				report(now);
				List.copyOf(this.waiting).forEach(Reader::readOn);
			}
			else {
				this.waitingSince = 0;
				this.reported = false;
			}
		}
		finally {
			plan();
		}
	}

	/** End connections that hold memory for messages that do not arrive. */
	private void endStalled(long now) {
		List<Reader> stalled = new ArrayList<>();
		this.open.forEach((ledger, reader) -> {
			if (ledger.incomplete() < LARGE && !this.memory.isFavoured(ledger)) {
				return;
			}
			if (reader.isStopped()) {
				ledger.progress().reset();
			}
			else if (ledger.progress().isStalled(reader.received(), now, PATIENCE_NANOS)) {
				stalled.add(reader);
			}
		});
		stalled.forEach((reader) -> reader.end(
				"it began a message and sends no more of it, while others wait for memory (zmq.context.max-incoming-memory)"));
	}

	private void report(long now) {
		if (this.waiting.isEmpty()) {
			this.waitingSince = 0;
			return;
		}
		if (this.waitingSince == 0) {
			this.waitingSince = now;
		}
		else if (!this.reported && now - this.waitingSince > REPORT_NANOS) {
			this.reported = true;
			this.thread.warn(
					"%d connections are not read for lack of memory: incoming messages take %d of %d MB, and wait for listeners or are not complete. Raise zmq.context.max-incoming-memory, or find the listener that is slow or paused"
						.formatted(this.waiting.size(), this.memory.used() >> 20, this.memory.limit() >> 20));
		}
	}

	/**
	 * The I/O thread.
	 */
	public interface Host {

		/** Run a task on the thread. Called on any thread. */
		void execute(Runnable task);

		/**
		 * Run a task on the thread, later.
		 * @return what cancels it
		 */
		Runnable schedule(Runnable task, long delayNanos);

		/** Warn of something, once in a while. */
		void warn(String what);

	}

	/**
	 * The input of a connection.
	 */
	public interface Reader {

		/** Return how many bytes the peer has sent. */
		long received();

		/** Return whether the connection is not being read. */
		boolean isStopped();

		/** Read on: there may be memory again. */
		void readOn();

		/** End the connection: it holds more than it may. */
		void end(String why);

	}

}
