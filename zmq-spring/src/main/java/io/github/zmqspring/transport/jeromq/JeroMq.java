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
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Ctx;
import zmq.Mailbox;
import zmq.Msg;
import zmq.SocketBase;
import zmq.ZError;
import zmq.ZObject;
import zmq.io.SessionBase;
import zmq.pipe.Pipe;
import zmq.socket.LB;
import zmq.socket.Stream;
import zmq.socket.clientserver.Server;
import zmq.socket.reqrep.Dealer;
import zmq.socket.reqrep.Router;
import zmq.util.Blob;

/**
 * The places where JeroMQ's public methods are not enough.
 *
 * @since 0.1.0
 */
public final class JeroMq {

	private static final MethodHandle XSEND = method("xsend", Msg.class)
		.asType(MethodType.methodType(boolean.class, SocketBase.class, Msg.class));

	private static final MethodHandle MAILBOX = method("getMailbox")
		.asType(MethodType.methodType(Object.class, SocketBase.class));

	private static final Field OUT_PIPES = field(Router.class, "outpipes");

	private static final Field SERVER_PIPES = field(Server.class, "outpipes");

	private static final Field STREAM_PIPES = field(Stream.class, "outpipes");

	private static final Field CONTEXT = field(ZObject.class, "ctx");

	private static final Field NAMES = field(Ctx.class, "endpoints");

	private static final Field NAMES_LOCK = field(Ctx.class, "endpointsSync");

	private static final Field SIGNALER = field(Mailbox.class, "signaler");

	private static final Field SELECTOR = field(SIGNALER.getType(), "selector");

	private static final Field PIPE_STATE = field(Pipe.class, "state");

	private static final Field ACTIVE = field(SocketBase.class, "active");

	private static final Field BALANCER = field(Dealer.class, "lb");

	private static final Field BALANCED_PIPES = field(LB.class, "pipes");

	/** How many of them, the first ones, are sent to. */
	private static final Field ACTIVE_PIPES = field(LB.class, "active");

	private static final Field NEXT_PIPE = field(LB.class, "current");

	private static final Field PIPE_PEER = field(Pipe.class, "peer");

	private static final Field PIPE_PARENT = field(Pipe.class, "parent");

	private static final Field SESSION_ADDRESS = field(SessionBase.class, "addr");

	private static volatile @Nullable Field outPipe;

	private JeroMq() {
	}

	static Field field(Class<?> owner, String name) {
		try {
			Field field = owner.getDeclaredField(name);
			field.setAccessible(true);
			return field;
		}
		catch (ReflectiveOperationException ex) {
			throw mismatch(owner, name, ex);
		}
	}

	private static IllegalStateException mismatch(Class<?> owner, String name, Exception cause) {
		return new IllegalStateException(
				"This library works with JeroMQ 0.6.0: %s has no '%s'. Another version is on the class path"
					.formatted(owner.getName(), name),
				cause);
	}

	/**
	 * What a blocking call on a socket would wait with: it watches the same channel as
	 * {@link #signal}.
	 * @return {@code null} for the thread-safe types, which have none
	 */
	public static @Nullable Selector ownSelector(SocketBase socket) {
		try {
			return ((Object) MAILBOX.invokeExact(socket) instanceof Mailbox mailbox)
					? (Selector) SELECTOR.get(SIGNALER.get(mailbox)) : null;
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Whether nobody has closed a socket. */
	public static boolean isActive(SocketBase socket) {
		try {
			return ACTIVE.getBoolean(socket);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Whether a ROUTER's peer is gone although the ROUTER still knows it. JeroMQ says
	 * EAGAIN then, as for a peer that is only slow, until all that the peer sent has been
	 * read (jeromq 989).
	 */
	public static boolean isPeerGone(SocketBase socket, byte[] routingId) {
		if (!(socket instanceof Router)) {
			return false;
		}
		try {
			Object out = ((Map<?, ?>) OUT_PIPES.get(socket)).get(Blob.createBlob(routingId));
			if (out == null) {
				return true;
			}
			Field pipe = outPipe;
			if (pipe == null) {
				pipe = field(out.getClass(), "pipe");
				outPipe = pipe;
			}
			return !"ACTIVE".equals(String.valueOf(PIPE_STATE.get(pipe.get(out))));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The peers that a socket can address, each by the first frame of messages for it.
	 */
	public static List<byte[]> routingIds(SocketBase socket) {
		Field field = (socket instanceof Router) ? OUT_PIPES
				: (socket instanceof Server) ? SERVER_PIPES : (socket instanceof Stream) ? STREAM_PIPES : null;
		if (field == null) {
			return List.of();
		}
		try {
			List<byte[]> ids = new ArrayList<>();
			for (Object id : ((Map<?, ?>) field.get(socket)).keySet()) {
				ids.add((id instanceof Blob blob) ? blob.data().clone()
						: ByteBuffer.allocate(Integer.BYTES).putInt((Integer) id).array());
			}
			return ids;
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes a DEALER pass over servers that it was told to connect to and that are not
	 * there, as it passes over those whose high-water mark is reached.
	 * @param connected whether an address is connected
	 * @return whether a server is away
	 */
	@SuppressWarnings("unchecked")
	public static boolean sendOnlyTo(SocketBase socket, Predicate<String> connected) {
		try {
			Object balancer = BALANCER.get(socket);
			List<Pipe> pipes = (List<Pipe>) BALANCED_PIPES.get(balancer);
			int active = ACTIVE_PIPES.getInt(balancer);
			boolean away = false;
			for (Pipe pipe : List.copyOf(pipes)) {
				String address = serverOf(pipe);
				boolean there = address == null || connected.test(address);
				away |= !there;
				int index = pipes.indexOf(pipe);
				if (!there && index < active) {
					Collections.swap(pipes, index, --active);
				}
				else if (there && index >= active && pipe.checkWrite()) {
					Collections.swap(pipes, index, active++);
				}
			}
			ACTIVE_PIPES.setInt(balancer, active);
			if (NEXT_PIPE.getInt(balancer) >= active) {
				NEXT_PIPE.setInt(balancer, 0);
			}
			return away;
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Peers that came to us, and those in this process, are there as long as their pipe
	 * is.
	 */
	private static @Nullable String serverOf(Pipe pipe) throws IllegalAccessException {
		Object peer = PIPE_PEER.get(pipe);
		Object session = (peer != null) ? PIPE_PARENT.get(peer) : null;
		Object address = (session instanceof SessionBase) ? SESSION_ADDRESS.get(session) : null;
		return (address != null) ? address.toString() : null;
	}

	private static MethodHandle method(String name, Class<?>... parameters) {
		try {
			Method method = SocketBase.class.getDeclaredMethod(name, parameters);
			method.setAccessible(true);
			return MethodHandles.lookup().unreflect(method);
		}
		catch (ReflectiveOperationException ex) {
			throw mismatch(SocketBase.class, name, ex);
		}
	}

	/**
	 * Binds a name within the context. JeroMQ says that a name is taken, but only after
	 * it has given it to the second socket, which then keeps it from the first for ever.
	 * @throws ZMQException as a bind does
	 */
	public static void bindInproc(ZMQ.Socket socket, String endpoint) {
		try {
			Object context = CONTEXT.get(socket.base());
			Lock lock = (Lock) NAMES_LOCK.get(context);
			lock.lock();
			try {
				if (((Map<?, ?>) NAMES.get(context)).containsKey(endpoint)) {
					throw new ZMQException(ZError.EADDRINUSE);
				}
				socket.bind(endpoint);
			}
			finally {
				lock.unlock();
			}
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Sends a frame without looking at commands first. {@code send} does, and when a peer
	 * goes away between two frames the rest of the message ends up with another peer.
	 */
	public static boolean sendFollowing(SocketBase socket, Msg frame) {
		try {
			return (boolean) XSEND.invokeExact(socket, frame);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The channel that becomes readable when there are commands. The public getter
	 * refuses it for the thread-safe types, which have one like all others.
	 */
	public static SelectableChannel signal(SocketBase socket) {
		try {
			return ((Mailbox) (Object) MAILBOX.invokeExact(socket)).getFd();
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
