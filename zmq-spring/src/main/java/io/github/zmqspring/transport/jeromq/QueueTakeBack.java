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

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.Options;
import zmq.Own;
import zmq.SocketBase;
import zmq.io.IOThread;
import zmq.io.SessionBase;
import zmq.pipe.Pipe;
import zmq.util.MultiMap;

/**
 * Takes messages back that wait for the peer at an endpoint, and that no connection has
 * fetched. JeroMQ would send them within {@code linger} and drop the rest. The queue is
 * read by the I/O thread of the connection, as always.
 *
 * @since 0.1.0
 */
public final class QueueTakeBack {

	private static final @Nullable MethodHandle LAUNCH_CHILD = JeroMqInternals.OWN_LAUNCH_CHILD.invoker();

	private QueueTakeBack() {
	}

	/**
	 * Return whether this version of JeroMQ allows it.
	 * @return {@code false} if messages stay where they are
	 */
	public static boolean isAvailable() {
		return Cure.TAKE_BACK.isAvailable();
	}

	/**
	 * Return whether a connection has fetched a part of a message, the rest of which
	 * cannot be taken back. May be called by any thread, and is true of a moment ago.
	 * @param socket the socket
	 * @param endpoint the endpoint as it was connected
	 * @return {@code true} in the middle of a message
	 */
	public static boolean isMidMessage(SocketBase socket, String endpoint) {
		return sessions(socket, endpoint).stream()
			.anyMatch((session) -> Boolean.TRUE.equals(JeroMqInternals.SESSION_INCOMPLETE.get(session)));
	}

	/**
	 * Return how many messages wait for the peers at an endpoint.
	 * @param socket the socket
	 * @param endpoint the endpoint as it was connected
	 * @return messages that no connection has fetched
	 */
	public static long queued(SocketBase socket, String endpoint) {
		return sessions(socket, endpoint).stream()
			.map(SocketPipe::of)
			.filter(Objects::nonNull)
			.mapToLong(SocketPipe::unsent)
			.sum();
	}

	/**
	 * Take the messages back. Called with the socket's lock held, and before whatever
	 * else is done with the endpoint while it is held: what is written in between would
	 * stay.
	 * @param socket the socket
	 * @param endpoint the endpoint as it was connected
	 * @param tear whether to tear a message that is fetched in part, which is lost then;
	 * else the connection that has it keeps all
	 * @param taken gets the messages of each connection, and whether one was torn, on its
	 * I/O thread
	 */
	public static void begin(SocketBase socket, String endpoint, boolean tear, Consumer<Taken> taken) {
		Options options = (Options) JeroMqInternals.OWN_OPTIONS.require(socket);
		for (SessionBase session : sessions(socket, endpoint)) {
			IOThread thread = thread(session);
			if (thread != null) {
				launch(socket, new Reader(thread, options, session, tear, taken));
			}
		}
	}

	/**
	 * End the queues to the peers at an endpoint, so that nothing is added any more.
	 * Called with the socket's lock held.
	 * @param socket the socket
	 * @param endpoint the endpoint as it was connected
	 */
	public static void end(SocketBase socket, String endpoint) {
		for (SessionBase session : sessions(socket, endpoint)) {
			SocketPipe pipe = SocketPipe.of(session);
			if (pipe != null && pipe.isActive()) {
				pipe.end();
			}
		}
	}

	private static void launch(SocketBase socket, Own child) {
		try {
			Objects.requireNonNull(LAUNCH_CHILD).invokeExact((Own) socket, child);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	private static @Nullable IOThread thread(SessionBase session) {
		Object context = JeroMqInternals.OBJECT_CONTEXT.require(session);
		for (Object thread : (Collection<?>) JeroMqInternals.CONTEXT_IO_THREADS.require(context)) {
			if (((IOThread) thread).getTid() == session.getTid()) {
				return (IOThread) thread;
			}
		}
		return null;
	}

	private static List<SessionBase> sessions(SocketBase socket, String endpoint) {
		List<SessionBase> sessions = new ArrayList<>();
		for (Object each : ((MultiMap<?, ?>) JeroMqInternals.SOCKET_ENDPOINTS.require(socket)).entries()) {
			Map.Entry<?, ?> entry = (Map.Entry<?, ?>) each;
			if (endpoint.equals(entry.getValue())
					&& JeroMqInternals.ENDPOINT_SESSION.get(entry.getKey()) instanceof SessionBase session) {
				sessions.add(session);
			}
		}
		return sessions;
	}

	/**
	 * What was taken from one connection.
	 *
	 * @param messages the messages, oldest first
	 * @param torn whether a message was torn before them, and is lost
	 * @param handedOver how many messages the connection had fetched before
	 */
	public record Taken(List<byte[][]> messages, boolean torn, long handedOver) {

	}

	/** Does its work when the I/O thread gets it, and ends. */
	private static final class Reader extends Own {

		private final SessionBase session;

		private final boolean tear;

		private final Consumer<Taken> taken;

		Reader(IOThread thread, Options options, SessionBase session, boolean tear, Consumer<Taken> taken) {
			super(thread, options);
			this.session = session;
			this.tear = tear;
			this.taken = taken;
		}

		@Override
		protected void processPlug() {
			try {
				boolean torn = Boolean.TRUE.equals(JeroMqInternals.SESSION_INCOMPLETE.get(this.session));
				Pipe pipe = (Pipe) JeroMqInternals.SESSION_PIPE.get(this.session);
				if (pipe != null && (!torn || this.tear)) {
					long fetched = (long) JeroMqInternals.PIPE_READ.require(pipe);
					this.taken.accept(new Taken(read(pipe, torn), torn, fetched));
				}
			}
			finally {
				terminate();
			}
		}

		private static List<byte[][]> read(Pipe pipe, boolean torn) {
			List<byte[][]> messages = new ArrayList<>();
			List<byte[]> frames = new ArrayList<>();
			boolean rest = torn;
			for (Msg frame = pipe.read(); frame != null; frame = pipe.read()) {
				frames.add(frame.data());
				if (!frame.hasMore()) {
					if (!rest) {
						messages.add(frames.toArray(new byte[0][]));
					}
					rest = false;
					frames.clear();
				}
			}
			return messages;
		}

		@Override
		protected void destroy() {
			// there is nothing to give back
		}

	}

}
