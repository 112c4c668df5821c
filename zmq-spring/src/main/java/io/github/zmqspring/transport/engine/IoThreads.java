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

import java.nio.channels.Selector;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.transport.jeromq.Cure;
import io.github.zmqspring.transport.jeromq.JeroMqInternals;
import io.github.zmqspring.transport.limit.IncomingMemory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;
import zmq.Mailbox;
import zmq.io.IOThread;
import zmq.poll.IPollEvents;
import zmq.poll.Poller;
import zmq.util.function.BiFunction;

/**
 * Has the I/O threads of a context serve connections with an {@link Engine} each.
 * JeroMQ's poller is what the thread factory is given to run, so the handle of its
 * mailbox can be exchanged on the thread itself, before the first turn. Where a member of
 * JeroMQ is missing for that the thread is as JeroMQ made it.
 * <p>
 * JeroMQ's poller ends with any {@link Error}. What the engines and the mailbox do not
 * catch themselves, as errors while a connection is accepted, has it begin again, with
 * pauses where that does not help.
 */
final class IoThreads implements BiFunction<Runnable, String, Thread> {

	private static final Log logger = LogFactory.getLog(IoThreads.class);

	private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long MOST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

	private final BiFunction<Runnable, String, Thread> threads;

	private final int batch;

	private final IncomingMemory memory;

	private IoThreads(BiFunction<Runnable, String, Thread> threads, int batch, long maxIncomingMemory) {
		this.threads = threads;
		this.batch = batch;
		this.memory = new IncomingMemory(maxIncomingMemory);
	}

	/**
	 * Prepare a context, once.
	 * @param context the context
	 * @param batch how many bytes a connection reads or writes at once; 0 as JeroMQ does
	 * @param maxIncomingMemory how many bytes incoming messages may take
	 * @return whether its connections will be served so: not when a socket was made on it
	 * before, or a member of JeroMQ is missing
	 */
	static boolean prepare(ZContext context, int batch, long maxIncomingMemory) {
		if (isPrepared(context)) {
			return true;
		}
		if (!Cure.ENGINE.isAvailable() || context.isClosed()) {
			return false;
		}
		try {
			context.setThreadFactor(new IoThreads(context.getThreadFactory(), batch, maxIncomingMemory));
			return true;
		}
		catch (IllegalStateException ex) {
			// a socket was made already, and with it the threads
			return false;
		}
	}

	static boolean isPrepared(ZContext context) {
		return context.getThreadFactory() instanceof IoThreads;
	}

	/** Return the memory for incoming messages of a context, if it is prepared. */
	static @Nullable IncomingMemory memory(ZContext context) {
		return (context.getThreadFactory() instanceof IoThreads threads) ? threads.memory : null;
	}

	@Override
	public Thread apply(Runnable task, String name) {
		return this.threads.apply((task instanceof Poller poller) ? () -> run(poller) : task, name);
	}

	private void run(Poller poller) {
		try {
			exchangeMailbox(poller);
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("A ZeroMQ I/O thread runs as JeroMQ made it", ex);
		}
		long pause = 0;
		while (true) {
			long start = System.nanoTime();
			try {
				poller.run();
				return;
			}
			catch (Throwable ex) {
				pause = (System.nanoTime() - start < QUIET_NANOS)
						? Math.min(Math.max(2 * pause, PAUSE_NANOS), MOST_PAUSE_NANOS) : 0;
				begin(poller, ex, pause);
			}
		}
	}

	/** No memory may be left for any of this. */
	private static void begin(Poller poller, Throwable ex, long pause) {
		try {
			((Selector) JeroMqInternals.POLLER_SELECTOR.require(poller)).selectedKeys().clear();
		}
		catch (Throwable closed) {
			// the poller opens another one
		}
		try {
			if (pause <= PAUSE_NANOS) {
				logger.error("The ZeroMQ thread '" + Thread.currentThread().getName() + "' goes on after an error", ex);
			}
		}
		catch (Throwable unlogged) {
			// it has to go on all the same
		}
		LockSupport.parkNanos(pause);
	}

	@SuppressWarnings("unchecked")
	private void exchangeMailbox(Poller poller) {
		Set<Poller.Handle> handles = (Set<Poller.Handle>) JeroMqInternals.POLLER_HANDLES.require(poller);
		Poller.Handle handle = handles.iterator().next();
		IPollEvents events = (IPollEvents) JeroMqInternals.HANDLE_HANDLER.require(handle);
		handles.remove(handle);
		if (events instanceof IOThread ioThread) {
			new MailboxHandler(poller, ioThread, this.batch, this.memory);
			return;
		}
		Mailbox mailbox = (Mailbox) JeroMqInternals.REAPER_MAILBOX.require(events);
		Poller.Handle exchanged = poller.addHandle(mailbox.getFd(), new Reaping(events, new SignalGate(mailbox)));
		poller.setPollIn(exchanged);
	}

	/**
	 * The mailbox of the thread that ends closed sockets.
	 *
	 * @param delegate what JeroMQ does
	 * @param gate before it
	 */
	private record Reaping(IPollEvents delegate, SignalGate gate) implements IPollEvents {

		@Override
		public void inEvent() {
			this.gate.pass();
			this.delegate.inEvent();
		}

	}

}
