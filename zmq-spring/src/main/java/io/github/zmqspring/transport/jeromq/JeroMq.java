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
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Mailbox;
import zmq.Msg;
import zmq.SocketBase;
import zmq.ZError;
import zmq.socket.Stream;
import zmq.socket.clientserver.Server;
import zmq.socket.reqrep.Router;
import zmq.util.Blob;

/**
 * The places where JeroMQ's public methods are not enough to work with a socket. The
 * caller holds the socket's lock.
 *
 * @since 0.1.0
 */
public final class JeroMq {

	private static final @Nullable MethodHandle XSEND = JeroMqInternals.SOCKET_XSEND.invoker();

	private static final @Nullable MethodHandle MAILBOX = mailbox();

	private JeroMq() {
	}

	/** The type that JeroMQ declares is its own secret. */
	private static @Nullable MethodHandle mailbox() {
		MethodHandle handle = JeroMqInternals.SOCKET_MAILBOX.invoker();
		return (handle != null) ? handle.asType(MethodType.methodType(Object.class, SocketBase.class)) : null;
	}

	/**
	 * Return what a blocking call on a socket would wait with: it watches the same
	 * channel as {@link #signal}.
	 * @return {@code null} for the thread-safe types, which have none
	 */
	public static @Nullable Selector ownSelector(SocketBase socket) {
		return (mailbox(socket) instanceof Mailbox mailbox) ? (Selector) JeroMqInternals.SIGNALER_SELECTOR
			.require(JeroMqInternals.MAILBOX_SIGNALER.require(mailbox)) : null;
	}

	static @Nullable Object mailbox(SocketBase socket) {
		try {
			return (Object) Objects.requireNonNull(MAILBOX).invokeExact(socket);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	/** Whether a socket was not closed. */
	public static boolean isActive(SocketBase socket) {
		return !JeroMqInternals.SOCKET_ACTIVE.isPresent()
				|| Boolean.TRUE.equals(JeroMqInternals.SOCKET_ACTIVE.get(socket));
	}

	/**
	 * Whether a ROUTER's peer is gone although the ROUTER still knows it. JeroMQ says
	 * EAGAIN then, as for a peer that is only slow, until all that the peer sent has been
	 * read (jeromq 989).
	 */
	public static boolean isPeerGone(SocketBase socket, byte[] routingId) {
		if (!(socket instanceof Router) || !Cure.PEERS.isAvailable()) {
			return false;
		}
		Object out = ((Map<?, ?>) JeroMqInternals.ROUTER_PEERS.require(socket)).get(Blob.createBlob(routingId));
		if (out == null) {
			return true;
		}
		Object pipe = JeroMqInternals.ROUTER_PEER_PIPE.require(out);
		return !"ACTIVE".equals(String.valueOf(JeroMqInternals.PIPE_STATE.get(pipe)));
	}

	/**
	 * Return the peers that a socket can address, each by the first frame of messages for
	 * it.
	 */
	public static List<byte[]> routingIds(SocketBase socket) {
		JeroMqInternals peers = (socket instanceof Router) ? JeroMqInternals.ROUTER_PEERS : (socket instanceof Server)
				? JeroMqInternals.SERVER_PEERS : (socket instanceof Stream) ? JeroMqInternals.STREAM_PEERS : null;
		if (peers == null || !peers.isPresent()) {
			return List.of();
		}
		List<byte[]> ids = new ArrayList<>();
		for (Object id : ((Map<?, ?>) peers.require(socket)).keySet()) {
			ids.add((id instanceof Blob blob) ? blob.data().clone()
					: ByteBuffer.allocate(Integer.BYTES).putInt((Integer) id).array());
		}
		return ids;
	}

	/**
	 * Bind a name within the context. JeroMQ says that a name is taken, but only after it
	 * has given it to the second socket, which then keeps it from the first for ever.
	 * @throws ZMQException as a bind does
	 */
	public static void bindInproc(ZMQ.Socket socket, String endpoint) {
		if (!Cure.INPROC_NAMES.isAvailable()) {
			socket.bind(endpoint);
			return;
		}
		Object context = JeroMqInternals.OBJECT_CONTEXT.require(socket.base());
		Lock lock = (Lock) JeroMqInternals.CONTEXT_NAMES_LOCK.require(context);
		lock.lock();
		try {
			if (((Map<?, ?>) JeroMqInternals.CONTEXT_NAMES.require(context)).containsKey(endpoint)) {
				throw new ZMQException(ZError.EADDRINUSE);
			}
			socket.bind(endpoint);
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Send a frame without looking at commands first. {@code send} does, and when a peer
	 * goes away between two frames the rest of the message ends up with another peer.
	 */
	public static boolean sendFollowing(SocketBase socket, Msg frame) {
		MethodHandle xsend = XSEND;
		if (xsend == null) {
			return socket.send(frame, ZMQ.DONTWAIT | ((frame.hasMore()) ? ZMQ.SNDMORE : 0));
		}
		try {
			return (boolean) xsend.invokeExact(socket, frame);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	/**
	 * Return the channel that becomes readable when there are commands. The public getter
	 * refuses it for the thread-safe types, which have one like all others.
	 */
	public static SelectableChannel signal(SocketBase socket) {
		return ((Mailbox) Objects.requireNonNull(mailbox(socket))).getFd();
	}

}
