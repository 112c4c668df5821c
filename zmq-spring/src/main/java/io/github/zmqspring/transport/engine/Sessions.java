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

import java.lang.invoke.MethodHandle;
import java.util.Objects;

import io.github.zmqspring.transport.jeromq.JeroMqInternals;
import io.github.zmqspring.transport.zmtp.FrameException;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.Options;
import zmq.Own;
import zmq.SocketBase;
import zmq.ZMQ;
import zmq.ZObject;
import zmq.io.IEngine;
import zmq.io.IOThread;
import zmq.io.Msgs;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.pipe.Pipe;
import zmq.socket.Sockets;
import zmq.socket.radiodish.Radio;

/**
 * What an {@link Engine} asks of the session between its connection and the socket, and
 * JeroMQ keeps to itself.
 */
final class Sessions {

	private static final @Nullable MethodHandle PULL = JeroMqInternals.SESSION_PULL.invoker();

	private static final @Nullable MethodHandle PUSH = JeroMqInternals.SESSION_PUSH.invoker();

	private static final @Nullable MethodHandle ATTACH = JeroMqInternals.SESSION_ATTACH.invoker();

	private static final @Nullable MethodHandle COUNT = JeroMqInternals.OWN_COUNT_COMMAND.invoker();

	private static final @Nullable MethodHandle IS_TERMINATING = JeroMqInternals.OWN_IS_TERMINATING.invoker();

	private static final @Nullable MethodHandle TERMINATE = JeroMqInternals.OWN_TERMINATE.invoker();

	private static final @Nullable MethodHandle SEND_BIND = JeroMqInternals.OBJECT_SEND_BIND.invoker();

	private static final @Nullable MethodHandle CHOOSE_THREAD = JeroMqInternals.OBJECT_CHOOSE_IO_THREAD.invoker();

	private static final @Nullable MethodHandle LAUNCH_CHILD = JeroMqInternals.OWN_LAUNCH_CHILD.invoker();

	private static final @Nullable MethodHandle SEND_ATTACH = JeroMqInternals.OBJECT_SEND_ATTACH.invoker();

	private Sessions() {
	}

	/** Make the session of an accepted connection, as JeroMQ's listener does. */
	static void accepted(Own listener, SocketBase socket, Options options, StreamEngine engine) {
		try {
			IOThread thread = (IOThread) handle(CHOOSE_THREAD).invokeExact((ZObject) listener, options.affinity);
			SessionBase session = Sockets.createSession(thread, false, socket, options, null);
			session.incSeqnum();
			handle(LAUNCH_CHILD).invokeExact(listener, (Own) session);
			handle(SEND_ATTACH).invokeExact((ZObject) listener, session, (IEngine) engine, false);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	/** Return the next message to send, or {@code null}. */
	static @Nullable Msg pull(SessionBase session) {
		try {
			return (Msg) handle(PULL).invokeExact(session);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	/**
	 * Give a message to the socket, and tell whether it was taken. Only a RADIO gets
	 * commands, which change its groups; a DISH would take any for a group.
	 * @throws FrameException if a group is too long
	 */
	static boolean push(SessionBase session, Msg message) {
		if (message.isCommand() && !(session instanceof Radio.RadioSession && changesGroups(message))) {
			return true;
		}
		try {
			return (boolean) handle(PUSH).invokeExact(session, message);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	/** JeroMQ makes no group of one that is too long, and lists it all the same. */
	private static boolean changesGroups(Msg command) {
		if (command.size() < 5) {
			return false;
		}
		int name = (Msgs.startsWith(command, "JOIN", true)) ? 5 : (Msgs.startsWith(command, "LEAVE", true)) ? 6 : -1;
		if (name > 0 && command.size() - name > Msg.MAX_GROUP_LENGTH) {
			throw new FrameException(
					"a group of %d characters, of at most %d".formatted(command.size() - name, Msg.MAX_GROUP_LENGTH));
		}
		return name > 0;
	}

	/**
	 * Begin a connection. A session that was made for it gets its pipe to the socket only
	 * when the handshake is over, so that a socket deals no messages to a peer that may
	 * never speak.
	 */
	static void attach(SessionBase session, Engine engine, IOThread thread) {
		if (!engine.attachesLate() || isAttached(session) || isTerminating(session)) {
			try {
				handle(ATTACH).invokeExact(session, (IEngine) engine);
			}
			catch (Throwable ex) {
				throw JeroMqInternals.unchecked(ex);
			}
		}
		else {
			JeroMqInternals.SESSION_ENGINE.set(session, engine);
			engine.plug(thread, session);
		}
		countCommand(session);
	}

	static boolean isAttached(SessionBase session) {
		return JeroMqInternals.SESSION_PIPE.get(session) != null;
	}

	/** Attach a session to its socket as it does itself when it gets an engine. */
	static void attachPipe(SessionBase session, Options options) {
		if (isTerminating(session)) {
			return;
		}
		boolean conflate = options.conflate && switch (options.type) {
			case ZMQ.ZMQ_DEALER, ZMQ.ZMQ_PULL, ZMQ.ZMQ_PUSH, ZMQ.ZMQ_PUB, ZMQ.ZMQ_SUB -> true;
			default -> false;
		};
		SocketBase socket = session.getSocket();
		Pipe[] pipes = Pipe.pair(new ZObject[] { session, socket },
				new int[] { (conflate) ? -1 : options.recvHwm, (conflate) ? -1 : options.sendHwm },
				new boolean[] { conflate, conflate });
		session.attachPipe(pipes[0]);
		try {
			handle(SEND_BIND).invokeExact((ZObject) session, (Own) socket, pipes[1]);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	/** Forget the frames of a message that is not complete. */
	static void rollback(SessionBase session) {
		if (JeroMqInternals.SESSION_PIPE.get(session) instanceof Pipe pipe) {
			pipe.rollback();
		}
	}

	/** Whether the session connects, and was not made for an accepted connection. */
	static boolean connects(SessionBase session) {
		return Boolean.TRUE.equals(JeroMqInternals.SESSION_ACTIVE.get(session));
	}

	/** Whether a ROUTER lets a new connection take the routing id of another one. */
	static boolean handsOver(SocketBase router) {
		return Boolean.TRUE.equals(JeroMqInternals.ROUTER_HANDOVER.get(router));
	}

	static boolean isServed(SessionBase session) {
		return JeroMqInternals.SESSION_ENGINE.get(session) != null;
	}

	static boolean isServedBy(SessionBase session, Engine engine) {
		return JeroMqInternals.SESSION_ENGINE.get(session) == engine;
	}

	static boolean isTerminating(Own object) {
		try {
			return (boolean) handle(IS_TERMINATING).invokeExact(object);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	static void terminate(SessionBase session) {
		try {
			handle(TERMINATE).invokeExact((Own) session);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	/** Count a command that was handled without JeroMQ. */
	static void countCommand(Own receiver) {
		try {
			handle(COUNT).invokeExact(receiver);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	private static MethodHandle handle(@Nullable MethodHandle handle) {
		return Objects.requireNonNull(handle);
	}

}
