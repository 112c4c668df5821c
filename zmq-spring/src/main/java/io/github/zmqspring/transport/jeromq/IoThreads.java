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

package io.github.zmqspring.transport.jeromq;

import java.lang.reflect.Field;
import java.nio.channels.SelectableChannel;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;
import zmq.Mailbox;
import zmq.io.IOObject;
import zmq.io.StreamEngine;
import zmq.poll.IPollEvents;
import zmq.poll.Poller;

/**
 * Cures two ills of JeroMQ's I/O threads, and has them use {@link FrameDecoder} and
 * {@link FrameEncoder}.
 * <p>
 * Who sends a command to one writes a byte that wakes it, and counts the byte only then;
 * the I/O thread believes the count. A sender that is preempted in between, often by the
 * very thread that it woke, leaves it turning as fast as it can with nothing to do, for a
 * whole time slice, on the processor that the sender needs. Here it steps aside until the
 * byte is counted.
 * <p>
 * A connection that comes up is handed from one handle to another on the same channel.
 * Where both changes meet in one turn, the end of the old one also ends the new one, and
 * the connection stalls in its handshake (2 to 8 % of all connects), until something else
 * changes. Here something does, a millisecond after each new handle.
 * <p>
 * JeroMQ's poller is what the thread factory is given to run, so the handle of its
 * mailbox can be exchanged on the thread itself, before the first turn. Where that does
 * not work the thread is as JeroMQ made it.
 */
final class IoThreads {

	private static final Log logger = LogFactory.getLog(IoThreads.class);

	private static final Field HANDLER = JeroMq.field(Poller.Handle.class, "handler");

	private static final Field DELEGATE = JeroMq.field(IOObject.class, "handler");

	private IoThreads() {
	}

	/**
	 * Prepares a context on which no socket was made yet.
	 * @param context the context
	 */
	static void cure(ZContext context) {
		var threads = context.getThreadFactory();
		context.setThreadFactor(
				(task, name) -> threads.apply((task instanceof Poller poller) ? () -> run(poller) : task, name));
	}

	private static void run(Poller poller) {
		try {
			exchangeMailbox(poller);
		}
		catch (IllegalAccessException | RuntimeException ex) {
			logger.debug("A ZeroMQ I/O thread runs as JeroMQ made it", ex);
		}
		poller.run();
	}

	@SuppressWarnings("unchecked")
	private static void exchangeMailbox(Poller poller) throws IllegalAccessException {
		Set<Poller.Handle> handles = (Set<Poller.Handle>) value(Poller.class, "fdTable", poller);
		Poller.Handle handle = handles.iterator().next();
		SelectableChannel channel = (SelectableChannel) value(Poller.Handle.class, "fd", handle);
		IPollEvents events = (IPollEvents) HANDLER.get(handle);
		MailboxEvents cured = new MailboxEvents(events, signaler(events), poller, handles);
		handles.remove(handle);
		cured.handle = poller.addHandle(channel, cured);
		poller.setPollIn(cured.handle);
	}

	private static Object signaler(IPollEvents events) throws IllegalAccessException {
		// an IOThread or the Reaper
		Mailbox mailbox = (Mailbox) value(events.getClass(), "mailbox", events);
		return value(Mailbox.class, "signaler", mailbox);
	}

	private static Object value(Class<?> owner, String name, Object instance) throws IllegalAccessException {
		return JeroMq.field(owner, name).get(instance);
	}

	/** Stands before what JeroMQ does with its commands. */
	private static final class MailboxEvents implements IPollEvents {

		private static final int YIELDS = 5;

		private static final long PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

		private static final long AGAIN_MILLIS = 1;

		private static final long AGAIN_MOST_MILLIS = 1024;

		private final IPollEvents delegate;

		private final AtomicLong written;

		private final Object signaler;

		private final Field read;

		private final Poller poller;

		private final Set<Poller.Handle> handles;

		private Poller.@Nullable Handle handle;

		private int empty;

		private boolean looksAgain;

		private long again = AGAIN_MILLIS;

		MailboxEvents(IPollEvents delegate, Object signaler, Poller poller, Set<Poller.Handle> handles)
				throws IllegalAccessException {
			this.delegate = delegate;
			this.signaler = signaler;
			this.poller = poller;
			this.handles = handles;
			this.written = (AtomicLong) value(signaler.getClass(), "wcursor", signaler);
			this.read = JeroMq.field(signaler.getClass(), "rcursor");
		}

		@Override
		public void inEvent() {
			if (isCounted()) {
				this.empty = 0;
			}
			else if (this.empty++ < YIELDS) {
				Thread.yield();
			}
			else {
				LockSupport.parkNanos(PARK_NANOS);
			}
			int before = this.handles.size();
			this.delegate.inEvent();
			if (this.handles.size() > before) {
				this.again = AGAIN_MILLIS;
				lookAgain();
			}
		}

		private void lookAgain() {
			if (!this.looksAgain) {
				this.looksAgain = true;
				this.poller.addTimer(this.again, this, 0);
			}
		}

		/** Any change has the poller register what is not registered. */
		@Override
		public void timerEvent(int id) {
			this.looksAgain = false;
			if (this.handle != null) {
				this.poller.setPollIn(this.handle);
			}
			if (!exchangeCodecs()) {
				this.again = Math.min(this.again * 2, AGAIN_MOST_MILLIS);
				lookAgain();
			}
		}

		/** Returns whether none is left to do. */
		private boolean exchangeCodecs() {
			try {
				boolean done = true;
				for (Poller.Handle connection : this.handles) {
					if (HANDLER.get(connection) instanceof IOObject object
							&& DELEGATE.get(object) instanceof StreamEngine engine) {
						done &= FrameDecoder.install(engine) & FrameEncoder.install(engine);
					}
				}
				return done;
			}
			catch (IllegalAccessException | RuntimeException | LinkageError ex) {
				logger.debug("Connections use the codecs of JeroMQ", ex);
				return true;
			}
		}

		private boolean isCounted() {
			try {
				return this.read.getLong(this.signaler) < this.written.get();
			}
			catch (IllegalAccessException ex) {
				return true;
			}
		}

	}

}
