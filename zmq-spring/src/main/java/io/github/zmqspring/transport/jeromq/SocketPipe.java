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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.io.SessionBase;
import zmq.pipe.Pipe;
import zmq.util.MultiMap;

/**
 * The queues between a socket and one peer, as the socket sees them. It can be looked at
 * from any thread, also when the socket is closed: then the counts are those of a moment
 * ago, and final once {@link #hasEnded()}.
 *
 * @since 0.1.0
 */
public final class SocketPipe {

	private final Pipe pipe;

	private final Pipe peer;

	private SocketPipe(Pipe pipe) {
		this.pipe = pipe;
		this.peer = (Pipe) JeroMqInternals.PIPE_PEER.require(pipe);
	}

	/**
	 * Return the pipes to peers in other processes. Called with the socket's lock held,
	 * after its commands were processed.
	 * @param socket the socket
	 * @return one pipe for each peer
	 */
	public static List<SocketPipe> remote(SocketBase socket) {
		if (!Cure.LOSSES.isAvailable()) {
			return List.of();
		}
		List<SocketPipe> remote = new ArrayList<>();
		for (Object pipe : (Collection<?>) JeroMqInternals.SOCKET_PIPES.require(socket)) {
			SocketPipe candidate = new SocketPipe((Pipe) pipe);
			if (candidate.session() != null) {
				remote.add(candidate);
			}
		}
		return remote;
	}

	/**
	 * Return the pipe that a session serves. Called on the session's thread.
	 * @param session the session
	 * @return the pipe as its socket sees it, or {@code null} if there is none
	 */
	public static @Nullable SocketPipe of(SessionBase session) {
		Object own = (Cure.LOSSES.isAvailable()) ? JeroMqInternals.SESSION_PIPE.get(session) : null;
		return (own != null) ? new SocketPipe((Pipe) JeroMqInternals.PIPE_PEER.require(own)) : null;
	}

	/**
	 * Return the pipes to peers that came by a bound endpoint. Called as {@link #remote}.
	 * @param socket the socket
	 * @param endpoint the endpoint really bound
	 * @return one pipe for each of these peers
	 */
	public static List<SocketPipe> acceptedAt(SocketBase socket, String endpoint) {
		List<SocketPipe> remote = remote(socket);
		if (remote.isEmpty()) {
			return remote;
		}
		MultiMap<?, ?> endpoints = (MultiMap<?, ?>) JeroMqInternals.SOCKET_ENDPOINTS.require(socket);
		List<Object> listeners = new ArrayList<>();
		entries(endpoints).forEach((entry) -> {
			if (endpoint.equals(entry.getValue())) {
				listeners.add(JeroMqInternals.ENDPOINT_SESSION.require(entry.getKey()));
			}
		});
		return remote.stream().filter((pipe) -> pipe.isAcceptedBy(listeners)).toList();
	}

	@SuppressWarnings("deprecation")
	private static <K extends Comparable<? super K>, V> Collection<Map.Entry<V, K>> entries(MultiMap<K, V> map) {
		return map.entries();
	}

	/**
	 * End the pipe when the peer has what was written so far; nothing more is received
	 * from it. Called with the socket's lock held.
	 */
	public void end() {
		this.pipe.terminate(false);
	}

	/**
	 * Return a check whether the peer's connection has fetched what was written so far.
	 * @return the check, for any thread
	 */
	public BooleanSupplier fetched() {
		long written = count(JeroMqInternals.PIPE_WRITTEN, this.pipe);
		return () -> hasEnded() || count(JeroMqInternals.PIPE_READ, this.peer) >= written;
	}

	private boolean isAcceptedBy(List<Object> listeners) {
		SessionBase session = session();
		return session != null && listeners.contains(JeroMqInternals.OWN_OWNER.get(session));
	}

	private @Nullable SessionBase session() {
		return (JeroMqInternals.PIPE_PARENT.get(this.peer) instanceof SessionBase session) ? session : null;
	}

	/**
	 * Return whether JeroMQ is done with a socket that was closed.
	 * @param socket the socket
	 * @return {@code true} if all that could be sent was sent
	 */
	public static boolean isReaped(SocketBase socket) {
		return ((AtomicBoolean) JeroMqInternals.SOCKET_DESTROYED.require(socket)).get();
	}

	/**
	 * Return how many messages wait for the peer.
	 * @return messages that the socket took and no connection has fetched
	 */
	public long unsent() {
		return Math.max(0,
				count(JeroMqInternals.PIPE_WRITTEN, this.pipe) - count(JeroMqInternals.PIPE_READ, this.peer));
	}

	/**
	 * Return how many messages from the peer wait for the socket to be read.
	 * @return messages that were received
	 */
	public long unread() {
		return Math.max(0,
				count(JeroMqInternals.PIPE_WRITTEN, this.peer) - count(JeroMqInternals.PIPE_READ, this.pipe));
	}

	private static long count(JeroMqInternals counter, Pipe pipe) {
		return (long) counter.require(pipe);
	}

	/**
	 * Return whether messages may still be written to the peer.
	 * @return {@code false} once the peer has left, or is given up
	 */
	public boolean isActive() {
		return "ACTIVE".equals(JeroMqInternals.PIPE_STATE.require(this.pipe).toString());
	}

	/**
	 * Return whether no message passes any more, in either direction.
	 * @return {@code true} at the end of the pipe
	 */
	public boolean hasEnded() {
		return JeroMqInternals.PIPE_IN.get(this.pipe) == null;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SocketPipe that && this.pipe == that.pipe;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this.pipe);
	}

}
