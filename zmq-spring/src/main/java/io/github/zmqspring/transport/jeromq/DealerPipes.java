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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.io.SessionBase;
import zmq.pipe.Pipe;
import zmq.socket.clientserver.Client;
import zmq.util.MultiMap;

/**
 * The pipes of a DEALER, one for each server: which of them are written to, and which of
 * them a message came from. The caller holds the socket's lock.
 *
 * @since 0.1.0
 */
public final class DealerPipes {

	// asked with each request and each reply

	private static final @Nullable MethodHandle BALANCER = JeroMqInternals.DEALER_BALANCER.getter(Object.class);

	private static final @Nullable MethodHandle CLIENT = JeroMqInternals.CLIENT_BALANCER.getter(Object.class);

	private static final @Nullable MethodHandle PIPES = JeroMqInternals.BALANCER_PIPES.getter(Object.class);

	private static final @Nullable MethodHandle ACTIVE = JeroMqInternals.BALANCER_ACTIVE.getter(int.class);

	private static final @Nullable MethodHandle NEXT = JeroMqInternals.BALANCER_NEXT.getter(int.class);

	private static final @Nullable MethodHandle QUEUE = JeroMqInternals.DEALER_QUEUE.getter(Object.class);

	private static final @Nullable MethodHandle LAST = JeroMqInternals.QUEUE_LAST.getter(Object.class);

	private DealerPipes() {
	}

	/**
	 * Return whether JeroMQ has what this needs.
	 * @return {@code false} if pipes cannot be told apart
	 */
	public static boolean areKnown() {
		return Cure.FAILOVER.isAvailable() && Cure.REPLY_ORIGIN.isAvailable();
	}

	private static Object balancer(SocketBase socket) {
		try {
			return (socket instanceof Client) ? (Object) handle(CLIENT).invokeExact((Object) socket)
					: (Object) handle(BALANCER).invokeExact((Object) socket);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static List<Pipe> pipes(Object balancer) {
		try {
			return (List<Pipe>) (Object) handle(PIPES).invokeExact(balancer);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	/** Return how many of the pipes, the first ones, are written to. */
	private static int active(Object balancer) {
		try {
			return (int) handle(ACTIVE).invokeExact(balancer);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	private static int next(Object balancer) {
		try {
			return (int) handle(NEXT).invokeExact(balancer);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	private static MethodHandle handle(@Nullable MethodHandle handle) {
		return Objects.requireNonNull(handle);
	}

	/**
	 * Return all pipes of the socket.
	 * @param socket a DEALER
	 * @return a copy
	 */
	public static List<Pipe> of(SocketBase socket) {
		return List.copyOf(pipes(balancer(socket)));
	}

	/**
	 * Make the socket pass over pipes, as it passes over those whose high-water mark is
	 * reached.
	 * @param socket a DEALER or CLIENT
	 * @param wanted whether messages may go to a pipe
	 * @return whether a pipe is passed over that is not wanted
	 */
	public static boolean sendOnlyTo(SocketBase socket, Predicate<Pipe> wanted) {
		Object balancer = balancer(socket);
		List<Pipe> pipes = pipes(balancer);
		int active = active(balancer);
		boolean unwanted = false;
		for (Pipe pipe : List.copyOf(pipes)) {
			boolean use = wanted.test(pipe);
			unwanted |= !use;
			int index = pipes.indexOf(pipe);
			if (!use && index < active) {
				Collections.swap(pipes, index, --active);
			}
			else if (use && index >= active && pipe.checkWrite()) {
				Collections.swap(pipes, index, active++);
			}
		}
		JeroMqInternals.BALANCER_ACTIVE.set(balancer, active);
		if (next(balancer) >= active) {
			JeroMqInternals.BALANCER_NEXT.set(balancer, 0);
		}
		return unwanted;
	}

	/**
	 * Return whether there is a pipe to write to.
	 * @param socket a DEALER
	 * @return {@code false} if all pipes are full or passed over
	 */
	public static boolean canWrite(SocketBase socket) {
		return active(balancer(socket)) > 0;
	}

	/**
	 * Return the pipe that the last message went to. Nothing may have been called on the
	 * socket since it was written.
	 * @param socket a DEALER
	 * @return the pipe
	 */
	public static Pipe lastWritten(SocketBase socket) {
		Object balancer = balancer(socket);
		int next = next(balancer);
		return pipes(balancer).get(((next != 0) ? next : active(balancer)) - 1);
	}

	/**
	 * Return the pipe that the last message came from.
	 * @param socket a DEALER
	 * @return the pipe, or {@code null} if it is gone
	 */
	public static @Nullable Pipe lastRead(SocketBase socket) {
		try {
			Object queue = (Object) handle(QUEUE).invokeExact((Object) socket);
			return (Pipe) (Object) handle(LAST).invokeExact(queue);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	/**
	 * Return the address that a pipe connects to.
	 * @param pipe the pipe
	 * @return the address as JeroMQ writes it; {@code null} for accepted connections and
	 * for inproc, whose peers are there as long as their pipe is
	 */
	public static @Nullable String address(Pipe pipe) {
		SessionBase session = session(pipe);
		Object address = (session != null) ? JeroMqInternals.SESSION_ADDRESS.get(session) : null;
		return (address != null) ? address.toString() : null;
	}

	private static @Nullable SessionBase session(Pipe pipe) {
		Object peer = JeroMqInternals.PIPE_PEER.get(pipe);
		return (peer != null && JeroMqInternals.PIPE_PARENT.get(peer) instanceof SessionBase session) ? session : null;
	}

	/**
	 * Return the endpoint that a pipe connects to.
	 * @param socket a socket of any type
	 * @param pipe one of its pipes
	 * @return the endpoint as it was given to the socket; {@code null} for accepted
	 * connections
	 */
	@SuppressWarnings("unchecked")
	public static @Nullable String endpoint(SocketBase socket, Pipe pipe) {
		SessionBase session = session(pipe);
		if (session == null) {
			return ((MultiMap<String, Pipe>) JeroMqInternals.SOCKET_INPROC_ENDPOINTS.require(socket)).key(pipe);
		}
		for (Object each : ((MultiMap<?, ?>) JeroMqInternals.SOCKET_ENDPOINTS.require(socket)).entries()) {
			Map.Entry<?, ?> entry = (Map.Entry<?, ?>) each;
			if (JeroMqInternals.ENDPOINT_SESSION.get(entry.getKey()) == session) {
				return (String) entry.getValue();
			}
		}
		return null;
	}

}
