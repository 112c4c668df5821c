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

package io.github.zmqspring.transport.engine;

import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import io.github.zmqspring.support.LogLimiter;
import io.github.zmqspring.support.ShortYield;
import io.github.zmqspring.transport.limit.IncomingLedgers;
import io.github.zmqspring.transport.limit.IncomingMemory;
import io.github.zmqspring.transport.limit.ReconnectPauses;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.io.SessionBase;

/**
 * What the connections of one I/O thread share: the buffer that all read into, the
 * buffers of those that have something to write, and the ticks. Belongs to the thread.
 */
final class EngineThread implements IncomingLedgers.Host {

	private static final Log logger = LogFactory.getLog(EngineThread.class);

	/** What JeroMQ reads and writes at once. */
	static final int JEROMQ_BATCH = 8 * 1024;

	/** Room for whatever a mechanism sends at once. */
	private static final int LEAST_BATCH = 1024;

	private static final int MOST_KEPT = 64;

	/** How many connections may keep the buffer whose content the socket did not take. */
	private static final int MOST_LENT = 16;

	/** Less than this is copied. */
	private static final int LITTLE = 1024;

	private final int batch;

	private ByteBuffer readBuffer;

	private int lent;

	private final ArrayDeque<ByteBuffer> writeBuffers = new ArrayDeque<>();

	private final ShortYield shortYield = new ShortYield();

	private final Ticks ticks;

	private final ReconnectPauses pauses = new ReconnectPauses();

	private final IncomingLedgers ledgers;

	private final List<Registration> unregistered = new ArrayList<>();

	private final LogLimiter log = new LogLimiter(logger, "Trouble with connections", 1, Duration.ofSeconds(10));

	private final Executor executor;

	private final Supplier<Selector> selector;

	/**
	 * Create it.
	 * @param batch how many bytes a connection reads or writes at once; 0 as JeroMQ does
	 * @param memory for messages that come in
	 * @param alarm has the thread run the ticks in this many milliseconds
	 * @param executor runs tasks on the thread
	 * @param selector the selector of the poller, which may be exchanged
	 */
	EngineThread(int batch, IncomingMemory memory, LongConsumer alarm, Executor executor, Supplier<Selector> selector) {
		this.batch = (batch > 0) ? Math.max(batch, LEAST_BATCH) : JEROMQ_BATCH;
		this.readBuffer = ByteBuffer.allocateDirect(this.batch);
		this.ticks = new Ticks(alarm);
		this.executor = executor;
		this.selector = selector;
		this.ledgers = new IncomingLedgers(memory, this);
	}

	/**
	 * Return the buffer to read into. What is left in it is another connection's when
	 * this one is served again.
	 */
	ByteBuffer readBuffer() {
		return this.readBuffer.clear();
	}

	/**
	 * Keep what a connection has read and the socket does not take yet. A connection that
	 * receives faster than the socket takes does this every few hundred messages: it gets
	 * the buffer itself, unless too many have one.
	 * @param rest the rest of the read buffer, or what was kept before
	 * @return what is kept, which has to be {@link #release released}
	 */
	ByteBuffer keep(ByteBuffer rest) {
		if (rest != this.readBuffer) {
			return rest;
		}
		if (rest.remaining() < LITTLE || this.lent >= MOST_LENT) {
			return ByteBuffer.allocate(rest.remaining()).put(rest).flip();
		}
		this.readBuffer = takeWriteBuffer();
		this.lent++;
		return rest;
	}

	/** Take back what was kept. */
	void release(@Nullable ByteBuffer kept) {
		if (kept != null && kept.isDirect()) {
			this.lent--;
			giveBack(kept);
		}
	}

	/** Take an empty buffer to write from. */
	ByteBuffer takeWriteBuffer() {
		ByteBuffer buffer = this.writeBuffers.poll();
		return (buffer != null) ? buffer.clear() : ByteBuffer.allocateDirect(this.batch);
	}

	void giveBack(@Nullable ByteBuffer writeBuffer) {
		if (writeBuffer != null && this.writeBuffers.size() < MOST_KEPT) {
			this.writeBuffers.push(writeBuffer);
		}
	}

	@Override
	public void execute(Runnable task) {
		this.executor.execute(task);
	}

	/**
	 * Have the poller look at a channel once a turn until it serves it. A channel that
	 * was just taken over from another handle may get stuck otherwise.
	 */
	void awaitRegistration(SelectableChannel channel) {
		this.unregistered.add(Registration.of(channel, this.selector.get()));
	}

	/** Return the channels that the poller may not serve yet. */
	List<Registration> unregistered() {
		return this.unregistered;
	}

	@Override
	public Runnable schedule(Runnable task, long delayNanos) {
		Ticks.Tick tick = this.ticks.schedule(task, delayNanos);
		return () -> this.ticks.cancel(tick);
	}

	/** Lets the thread wait for more to send, where that is short. */
	ShortYield shortYield() {
		return this.shortYield;
	}

	Ticks ticks() {
		return this.ticks;
	}

	/** Return how long a session that connects waits before it tries again. */
	long pauseAfter(SessionBase session, Options options, ConnectionEnd end, boolean wasReady) {
		return this.pauses.after(session, options.reconnectIvl, options.reconnectIvlMax, wasReady, end.isOrdinary());
	}

	/** What the connections of this thread hold of the memory for incoming messages. */
	IncomingLedgers ledgers() {
		return this.ledgers;
	}

	@Override
	public void warn(String what) {
		this.log.warn(what, null);
	}

	/** Tell of trouble, once in a while: a peer may provoke it as often as it likes. */
	void report(String what, Throwable ex) {
		try {
			this.log.warn(what, ex);
		}
		catch (Throwable unlogged) {
			// most likely there is no memory for the line either
		}
	}

}
