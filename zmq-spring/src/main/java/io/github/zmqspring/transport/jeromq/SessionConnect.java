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
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.Own;
import zmq.SocketBase;
import zmq.ZError;
import zmq.ZMQ;
import zmq.ZObject;
import zmq.io.IOThread;
import zmq.io.SessionBase;
import zmq.io.net.Address;
import zmq.pipe.Pipe;
import zmq.socket.Sockets;

/**
 * Connects a socket to an address that is not JeroMQ's own, as {@code SocketBase.connect}
 * does. Reconnecting, disconnecting and monitoring are JeroMQ's.
 *
 * @since 0.1.0
 */
public final class SessionConnect {

	private static final @Nullable MethodHandle ADD_ENDPOINT = JeroMqInternals.SOCKET_ADD_ENDPOINT.invoker();

	private static final @Nullable MethodHandle ATTACH_PIPE = JeroMqInternals.SOCKET_ATTACH_PIPE.invoker();

	private static final @Nullable MethodHandle CHOOSE_IO_THREAD = JeroMqInternals.OBJECT_CHOOSE_IO_THREAD.invoker();

	private SessionConnect() {
	}

	/**
	 * Connect.
	 * @param socket the socket, whose lock the caller holds
	 * @param endpoint what disconnect calls it
	 * @param address where to connect to
	 * @return {@code false} if there is no I/O thread, or the context was ended
	 */
	public static boolean connect(SocketBase socket, String endpoint, Address address) {
		return connect(socket, endpoint, address, false);
	}

	/**
	 * Connect.
	 * @param socket the socket, whose lock the caller holds
	 * @param endpoint what disconnect calls it
	 * @param address where to connect to
	 * @param late whether messages wait for the peer only once it is connected
	 * @return {@code false} if there is no I/O thread, or the context was ended
	 */
	public static boolean connect(SocketBase socket, String endpoint, Address address, boolean late) {
		Options options = (Options) JeroMqInternals.OWN_OPTIONS.require(socket);
		options.mechanism.check(options);
		// handles what is in the mailbox, as JeroMQ does first
		if (socket.getSocketOpt(ZMQ.ZMQ_EVENTS) == -1 && socket.errno() == ZError.ETERM) {
			return false;
		}
		try {
			SessionBase session = Sockets.createSession(ioThread(socket, options), true, socket, options, address);
			Pipe pipe = (options.immediate && !late) ? attach(socket, session, options) : null;
			handle(ADD_ENDPOINT).invokeExact(socket, endpoint, (Own) session, pipe);
			return true;
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	/**
	 * Return the I/O thread for a new endpoint.
	 * @param socket the socket
	 * @param options its options
	 * @return the thread with the least load that its affinity allows
	 */
	public static IOThread ioThread(SocketBase socket, Options options) {
		IOThread thread;
		try {
			thread = (IOThread) handle(CHOOSE_IO_THREAD).invokeExact((ZObject) socket, options.affinity);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
		if (thread == null) {
			throw new IllegalStateException("The affinity of the socket allows no I/O thread");
		}
		return thread;
	}

	/**
	 * Add an endpoint that accepts connections: unbinding and closing end it as they do
	 * JeroMQ's own.
	 * @param socket the socket, whose lock the caller holds
	 * @param endpoint what unbind calls it
	 * @param listener what accepts
	 */
	public static void addEndpoint(SocketBase socket, String endpoint, Own listener) {
		// handles what is in the mailbox, as JeroMQ does first
		socket.getSocketOpt(ZMQ.ZMQ_EVENTS);
		try {
			handle(ADD_ENDPOINT).invokeExact(socket, endpoint, listener, (Pipe) null);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	private static Pipe attach(SocketBase socket, SessionBase session, Options options) throws Throwable {
		boolean conflate = options.conflate && switch (options.type) {
			case ZMQ.ZMQ_DEALER, ZMQ.ZMQ_PULL, ZMQ.ZMQ_PUSH, ZMQ.ZMQ_PUB, ZMQ.ZMQ_SUB -> true;
			default -> false;
		};
		Pipe[] pipes = Pipe.pair(new ZObject[] { socket, session },
				new int[] { (conflate) ? -1 : options.sendHwm, (conflate) ? -1 : options.recvHwm },
				new boolean[] { conflate, conflate });
		handle(ATTACH_PIPE).invokeExact(socket, pipes[0], true);
		session.attachPipe(pipes[1]);
		return pipes[0];
	}

	private static MethodHandle handle(@Nullable MethodHandle handle) {
		return Objects.requireNonNull(handle);
	}

}
