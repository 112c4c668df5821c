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

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.github.zmqspring.transport.ipc.UnixChannel;
import io.github.zmqspring.transport.jeromq.Cure;
import io.github.zmqspring.transport.jeromq.JeroMqInternals;
import io.github.zmqspring.transport.limit.IncomingMemory;
import org.jspecify.annotations.Nullable;
import zmq.Command;
import zmq.Mailbox;
import zmq.Options;
import zmq.Own;
import zmq.ZObject;
import zmq.io.IOThread;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.io.net.tcp.TcpListener;
import zmq.poll.IPollEvents;
import zmq.poll.Poller;
import zmq.util.MultiMap;

/**
 * Handles the commands of an I/O thread in JeroMQ's place. Every connection begins with a
 * command that carries an engine which was not used yet: here it is exchanged for an
 * {@link Engine}, before its first byte. A command that fails costs what it was about,
 * and not the thread.
 * <p>
 * A connection that comes up is handed from one handle to another on the same channel.
 * Where both changes meet in one turn of the poller, the end of the old one also ends the
 * new one, and the connection stalls in its handshake (2 to 8 % of all connects), or for
 * ever where there is none. Each new connection is therefore looked at once a turn, until
 * its channel is registered.
 */
final class MailboxHandler implements IPollEvents {

	private static final int TICK = 1;

	/**
	 * Commands that their receiver counts: it ends only when all that were sent have
	 * come.
	 */
	private static final Set<Command.Type> COUNTED = EnumSet.of(Command.Type.PLUG, Command.Type.OWN,
			Command.Type.ATTACH, Command.Type.BIND);

	private final Poller poller;

	private final IOThread ioThread;

	private final Mailbox mailbox;

	private final SignalGate gate;

	private final EngineThread thread;

	private final Waker waker;

	private final Poller.Handle handle;

	private boolean purge;

	MailboxHandler(Poller poller, IOThread ioThread, int batch, IncomingMemory memory) {
		this.poller = poller;
		this.ioThread = ioThread;
		this.mailbox = ioThread.getMailbox();
		this.gate = new SignalGate(this.mailbox);
		this.waker = new Waker(ioThread, (ex) -> thread().report("A task of a ZeroMQ connection failed", ex));
		this.thread = new EngineThread(batch, memory, (millis) -> poller.addTimer(millis, this, TICK), this.waker,
				this::selector);
		this.handle = poller.addHandle(this.mailbox.getFd(), this);
		poller.setPollIn(this.handle);
	}

	EngineThread thread() {
		return this.thread;
	}

	@Override
	public void inEvent() {
		this.gate.pass();
		Command command = this.mailbox.recv(0);
		while (command != null) {
			handle(command);
			command = this.mailbox.recv(0);
		}
		if (!this.thread.unregistered().isEmpty()) {
			awaitRegistration();
		}
	}

	private void handle(Command command) {
		Command.Type type = (Command.Type) JeroMqInternals.COMMAND_TYPE.require(command);
		try {
			if (type == Command.Type.ATTACH
					&& JeroMqInternals.COMMAND_ARGUMENT.get(command) instanceof StreamEngine unused
					&& unused.getClass() == StreamEngine.class
					&& JeroMqInternals.COMMAND_DESTINATION.get(command) instanceof SessionBase session) {
				attach(session, unused);
			}
			else {
				if (type == Command.Type.TERM) {
					closing(JeroMqInternals.COMMAND_DESTINATION.get(command));
				}
				command.process();
				if (type == Command.Type.PLUG
						&& JeroMqInternals.COMMAND_DESTINATION.get(command) instanceof TcpListener listener) {
					Acceptor.replace(listener, this.poller, this.thread);
				}
				this.purge |= type == Command.Type.TERM || type == Command.Type.PIPE_TERM_ACK;
			}
		}
		catch (Throwable ex) {
			this.thread.report("A command of ZeroMQ failed: " + type, ex);
			if (COUNTED.contains(type)) {
				count(JeroMqInternals.COMMAND_DESTINATION.get(command));
			}
		}
		if (this.purge) {
			this.purge = false;
			purgeTimers();
		}
	}

	private static void closing(@Nullable Object destination) {
		if (destination instanceof SessionBase session
				&& JeroMqInternals.SESSION_ENGINE.get(session) instanceof Engine engine) {
			engine.closing();
		}
	}

	/**
	 * Count a command that failed; its receiver would wait for it at its end, for ever.
	 */
	private void count(@Nullable Object destination) {
		if (destination instanceof Own own) {
			try {
				Sessions.countCommand(own);
			}
			catch (Throwable ex) {
				this.thread.report("A command of ZeroMQ was not counted", ex);
			}
		}
	}

	private void attach(SessionBase session, StreamEngine unused) throws IOException {
		SocketChannel channel = UnixChannel.real((SocketChannel) JeroMqInternals.ENGINE_CHANNEL.require(unused));
		try {
			Engine engine = new Engine(this.thread, this.ioThread, session, channel,
					(Options) JeroMqInternals.ENGINE_OPTIONS.require(unused), unused.getEndPoint());
			this.thread.awaitRegistration(channel);
			Sessions.attach(session, engine, this.ioThread);
		}
		catch (Throwable ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Change an interest, so that the poller registers new channels, and wake this thread
	 * after the next select, which removes the cancelled key.
	 */
	private void awaitRegistration() {
		Selector selector = selector();
		this.thread.unregistered().removeIf((registration) -> registration.isDone(selector));
		if (!this.thread.unregistered().isEmpty()) {
			this.poller.setPollIn(this.handle);
			this.waker.wake();
		}
	}

	/**
	 * JeroMQ keeps a cancelled timer, and all that it holds, until it would have fired.
	 */
	private void purgeTimers() {
		if (!Cure.TIMERS.isAvailable()) {
			return;
		}
		MultiMap<?, ?> timers = (MultiMap<?, ?>) JeroMqInternals.POLLER_TIMERS.require(this.poller);
		purge(timers);
	}

	@SuppressWarnings("deprecation")
	private static <V> void purge(MultiMap<?, V> timers) {
		Collection<V> all = timers.values();
		if (all.isEmpty()) {
			return;
		}
		for (V timer : List.copyOf(all)) {
			if (Boolean.TRUE.equals(JeroMqInternals.TIMER_CANCELLED.get(timer))) {
				timers.remove(timer);
			}
		}
	}

	@Override
	public void timerEvent(int id) {
		this.thread.ticks().run((ex) -> this.thread.report("A tick of a ZeroMQ connection failed", ex));
		if (!this.thread.unregistered().isEmpty()) {
			this.waker.wake();
		}
	}

	private Selector selector() {
		return (Selector) JeroMqInternals.POLLER_SELECTOR.require(this.poller);
	}

	/** Sends a signal to the thread itself, and tasks from others. */
	private static final class Waker extends ZObject implements Executor {

		private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

		private final Consumer<Throwable> failures;

		Waker(IOThread thread, Consumer<Throwable> failures) {
			super(thread);
			this.failures = failures;
		}

		void wake() {
			sendStop();
		}

		@Override
		public void execute(Runnable task) {
			this.tasks.add(task);
			sendStop();
		}

		@Override
		protected void processStop() {
			Runnable task = this.tasks.poll();
			if (task != null) {
				try {
					task.run();
				}
				catch (Throwable ex) {
					this.failures.accept(ex);
				}
			}
		}

	}

}
