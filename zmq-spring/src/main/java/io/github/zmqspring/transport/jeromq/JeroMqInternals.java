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
import java.lang.reflect.Member;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * Everything that the library takes from inside JeroMQ 0.6.0, beyond its public API. Each
 * constant names one member and says what it is for. Where another version of JeroMQ has
 * no such member, {@link Cure} tells which part of the library does without.
 *
 * @since 0.1.0
 */
public enum JeroMqInternals {

	/** To send the frames of a message without handling commands. */
	SOCKET_XSEND(Kind.METHOD, "zmq.SocketBase", "xsend", "send the frames of a message without handling commands",
			"zmq.Msg"),

	/** To wait for a socket's commands without a poller. */
	SOCKET_MAILBOX(Kind.METHOD, "zmq.SocketBase", "getMailbox", "wait for a socket's commands without a poller"),

	/** To send without a look at commands where there are none. */
	SOCKET_TERMINATED(Kind.FIELD, "zmq.SocketBase", "ctxTerminated", "send without a look at commands"),

	/** To see whether the application closed a socket itself. */
	SOCKET_ACTIVE(Kind.FIELD, "zmq.SocketBase", "active", "see whether the application closed a socket itself"),

	/** To count messages that were not sent. */
	SOCKET_PIPES(Kind.FIELD, "zmq.SocketBase", "pipes", "count messages that were not sent"),

	/** To see when a closed socket has sent its last messages. */
	SOCKET_DESTROYED(Kind.FIELD, "zmq.SocketBase", "destroyed", "see when a closed socket has sent its last messages"),

	/** To send what is queued before an endpoint is unbound. */
	OWN_OWNER(Kind.FIELD, "zmq.Own", "owner", "send what is queued before an endpoint is unbound"),

	/** To send the last messages before a connection ends. */
	PIPE_SINK(Kind.FIELD, "zmq.pipe.Pipe", "sink", "send the last messages before a connection ends"),

	/** To see when a peer has all messages. */
	PIPE_IN(Kind.FIELD, "zmq.pipe.Pipe", "inpipe", "see when a peer has all messages"),

	/** To count messages that were not sent. */
	PIPE_WRITTEN(Kind.FIELD, "zmq.pipe.Pipe", "msgsWritten", "count messages that were not sent"),

	/** To count messages that were not sent. */
	PIPE_READ(Kind.FIELD, "zmq.pipe.Pipe", "msgsRead", "count messages that were not sent"),

	/** To connect to a resolved address. */
	SOCKET_ADD_ENDPOINT(Kind.METHOD, "zmq.SocketBase", "addEndpoint", "connect to a resolved address",
			"java.lang.String", "zmq.Own", "zmq.pipe.Pipe"),

	/** To connect to a resolved address. */
	SOCKET_ATTACH_PIPE(Kind.METHOD, "zmq.SocketBase", "attachPipe", "connect to a resolved address", "zmq.pipe.Pipe",
			"boolean"),

	/** To connect to a resolved address. */
	OBJECT_CHOOSE_IO_THREAD(Kind.METHOD, "zmq.ZObject", "chooseIoThread", "connect to a resolved address", "long"),

	/** To connect to a resolved address. */
	OWN_OPTIONS(Kind.FIELD, "zmq.Own", "options", "connect to a resolved address"),

	/** To find the channel that wakes a thread. */
	MAILBOX_SIGNALER(Kind.FIELD, "zmq.Mailbox", "signaler", "find the channel that wakes a thread"),

	/** To wait on the channel that wakes a socket. */
	SIGNALER_SELECTOR(Kind.FIELD, "zmq.Signaler", "selector", "wait on the channel that wakes a socket"),

	/** To see how many signals were written. */
	SIGNALER_WRITTEN(Kind.FIELD, "zmq.Signaler", "wcursor", "see how many signals were written"),

	/** To see how many signals were read. */
	SIGNALER_READ(Kind.FIELD, "zmq.Signaler", "rcursor", "see how many signals were read"),

	/** To list the peers that a ROUTER can address. */
	ROUTER_PEERS(Kind.FIELD, "zmq.socket.reqrep.Router", "outpipes", "list the peers that a ROUTER can address"),

	/** To see whether a ROUTER's peer is gone. */
	ROUTER_PEER_PIPE(Kind.FIELD, "zmq.socket.reqrep.Router$Outpipe", "pipe", "see whether a ROUTER's peer is gone"),

	/** To see whether a connection may take the routing id of another one. */
	ROUTER_HANDOVER(Kind.FIELD, "zmq.socket.reqrep.Router", "handover",
			"see whether a connection may take the routing id of another one"),

	/** To list the peers of a SERVER. */
	SERVER_PEERS(Kind.FIELD, "zmq.socket.clientserver.Server", "outpipes", "list the peers of a SERVER"),

	/** To list the peers of a STREAM. */
	STREAM_PEERS(Kind.FIELD, "zmq.socket.Stream", "outpipes", "list the peers of a STREAM"),

	/** {@code Stream$Outpipe.pipe}. */
	STREAM_PEER_PIPE(Kind.FIELD, "zmq.socket.Stream$Outpipe", "pipe", "give a peer any bytes as its routing id"),

	/** To pass over servers that are away. */
	DEALER_BALANCER(Kind.FIELD, "zmq.socket.reqrep.Dealer", "lb", "pass over servers that are away"),

	/** To deal no more messages to servers that go. */
	CLIENT_BALANCER(Kind.FIELD, "zmq.socket.clientserver.Client", "lb", "deal no more messages to servers that go"),

	/** To pass over servers that are away. */
	BALANCER_PIPES(Kind.FIELD, "zmq.socket.LB", "pipes", "pass over servers that are away"),

	/** To pass over servers that are away. */
	BALANCER_ACTIVE(Kind.FIELD, "zmq.socket.LB", "active", "pass over servers that are away"),

	/** To pass over servers that are away. */
	BALANCER_NEXT(Kind.FIELD, "zmq.socket.LB", "current", "pass over servers that are away"),

	/** To see which server a reply came from. */
	DEALER_QUEUE(Kind.FIELD, "zmq.socket.reqrep.Dealer", "fq", "see which server a reply came from"),

	/** To see which server a reply came from. */
	QUEUE_LAST(Kind.FIELD, "zmq.socket.FQ", "lastIn", "see which server a reply came from"),

	/** To see which publisher a message came from. */
	SUBSCRIBER_QUEUE(Kind.FIELD, "zmq.socket.pubsub.XSub", "fq", "see which publisher a message came from"),

	/** To connect to a server again that did not answer. */
	SOCKET_ENDPOINTS(Kind.FIELD, "zmq.SocketBase", "endpoints", "connect to a server again that did not answer"),

	/** To connect to a server again that did not answer. */
	SOCKET_INPROC_ENDPOINTS(Kind.FIELD, "zmq.SocketBase", "inprocs", "connect to a server again that did not answer"),

	/** To connect to a server again that did not answer. */
	ENDPOINT_SESSION(Kind.FIELD, "zmq.SocketBase$EndpointPipe", "endpoint",
			"connect to a server again that did not answer"),

	/** To list and count subscriptions. */
	XPUB_SUBSCRIPTIONS(Kind.FIELD, "zmq.socket.pubsub.XPub", "subscriptions", "list and count subscriptions"),

	/** To forget the matches of a refused message. */
	XPUB_DISTRIBUTOR(Kind.FIELD, "zmq.socket.pubsub.XPub", "dist", "forget the matches of a refused message"),

	/** To list and count subscriptions. */
	TRIE_PIPES(Kind.FIELD, "zmq.socket.pubsub.Mtrie", "pipes", "list and count subscriptions"),

	/** To list and count subscriptions. */
	TRIE_MIN(Kind.FIELD, "zmq.socket.pubsub.Mtrie", "min", "list and count subscriptions"),

	/** To list and count subscriptions. */
	TRIE_COUNT(Kind.FIELD, "zmq.socket.pubsub.Mtrie", "count", "list and count subscriptions"),

	/** To list and count subscriptions. */
	TRIE_NEXT(Kind.FIELD, "zmq.socket.pubsub.Mtrie", "next", "list and count subscriptions"),

	/** To list and count groups. */
	RADIO_SUBSCRIPTIONS(Kind.FIELD, "zmq.socket.radiodish.Radio", "subscriptions", "list and count groups"),

	/** To bind inproc names safely. */
	OBJECT_CONTEXT(Kind.FIELD, "zmq.ZObject", "ctx", "bind inproc names safely"),

	/** To find the I/O threads of a context. */
	CONTEXT_CONTEXT(Kind.FIELD, "org.zeromq.ZMQ$Context", "ctx", "find the I/O threads of a context"),

	/** To bind inproc names safely. */
	CONTEXT_NAMES(Kind.FIELD, "zmq.Ctx", "endpoints", "bind inproc names safely"),

	/** To bind inproc names safely. */
	CONTEXT_NAMES_LOCK(Kind.FIELD, "zmq.Ctx", "endpointsSync", "bind inproc names safely"),

	/** To send the last command to a socket that ends. */
	CONTEXT_SLOTS(Kind.FIELD, "zmq.Ctx", "slots", "send the last command to a socket that ends"),

	/** To notice an I/O thread that died. */
	CONTEXT_IO_THREADS(Kind.FIELD, "zmq.Ctx", "ioThreads", "notice an I/O thread that died"),

	/** To notice an I/O thread that died. */
	IO_THREAD_POLLER(Kind.FIELD, "zmq.io.IOThread", "poller", "notice an I/O thread that died"),

	/** To see how many signals the reaper has read. */
	REAPER_MAILBOX(Kind.FIELD, "zmq.Reaper", "mailbox", "see how many signals the reaper has read"),

	/** To notice an I/O thread that died. */
	POLLER_WORKER(Kind.FIELD, "zmq.poll.PollerBase", "worker", "notice an I/O thread that died"),

	/** To drop cancelled timers. */
	POLLER_TIMERS(Kind.FIELD, "zmq.poll.PollerBase", "timers", "drop cancelled timers"),

	/** To drop cancelled timers. */
	TIMER_CANCELLED(Kind.FIELD, "zmq.poll.PollerBase$TimerInfo", "cancelled", "drop cancelled timers"),

	/** To read an I/O thread's commands. */
	POLLER_HANDLES(Kind.FIELD, "zmq.poll.Poller", "fdTable", "read an I/O thread's commands"),

	/** To see whether a new connection is registered. */
	POLLER_SELECTOR(Kind.FIELD, "zmq.poll.Poller", "selector", "see whether a new connection is registered"),

	/** To read an I/O thread's commands. */
	HANDLE_HANDLER(Kind.FIELD, "zmq.poll.Poller$Handle", "handler", "read an I/O thread's commands"),

	/** To exchange the engine of a new connection. */
	COMMAND_TYPE(Kind.FIELD, "zmq.Command", "type", "exchange the engine of a new connection"),

	/** To exchange the engine of a new connection. */
	COMMAND_ARGUMENT(Kind.FIELD, "zmq.Command", "arg", "exchange the engine of a new connection"),

	/** To exchange the engine of a new connection. */
	COMMAND_DESTINATION(Kind.FIELD, "zmq.Command", "destination", "exchange the engine of a new connection"),

	/** To accept connections, and to pause when no descriptor is left. */
	LISTENER_CHANNEL(Kind.FIELD, "zmq.io.net.tcp.TcpListener", "fd", "accept, and pause without descriptors"),

	/** To accept connections, and to pause when no descriptor is left. */
	LISTENER_HANDLE(Kind.FIELD, "zmq.io.net.tcp.TcpListener", "handle", "accept, and pause without descriptors"),

	/** To tell where a connection was accepted. */
	LISTENER_ENDPOINT(Kind.FIELD, "zmq.io.net.tcp.TcpListener", "endpoint", "tell where a connection was accepted"),

	/** To tell the socket of accepted connections. */
	LISTENER_SOCKET(Kind.FIELD, "zmq.io.net.Listener", "socket", "tell the socket of accepted connections"),

	/** To make the session of an accepted connection. */
	OWN_LAUNCH_CHILD(Kind.METHOD, "zmq.Own", "launchChild", "make the session of an accepted connection", "zmq.Own"),

	/** To make the session of an accepted connection. */
	OBJECT_SEND_ATTACH(Kind.METHOD, "zmq.ZObject", "sendAttach", "make the session of an accepted connection",
			"zmq.io.SessionBase", "zmq.io.IEngine", "boolean"),

	/** To take a new connection over. */
	ENGINE_CHANNEL(Kind.FIELD, "zmq.io.StreamEngine", "fd", "take a new connection over"),

	/** To take a new connection over. */
	ENGINE_OPTIONS(Kind.FIELD, "zmq.io.StreamEngine", "options", "take a new connection over"),

	/** To take a new connection over. */
	SESSION_ENGINE(Kind.FIELD, "zmq.io.SessionBase", "engine", "take a new connection over"),

	/** To attach a connection to its socket once it is ready. */
	SESSION_PIPE(Kind.FIELD, "zmq.io.SessionBase", "pipe", "attach a connection to its socket once it is ready"),

	/** To tell connections that we made from accepted ones. */
	SESSION_ACTIVE(Kind.FIELD, "zmq.io.SessionBase", "active", "tell connections that we made from accepted ones"),

	/** To pass over servers that are away. */
	SESSION_ADDRESS(Kind.FIELD, "zmq.io.SessionBase", "addr", "pass over servers that are away"),

	/** To take back whole messages. */
	SESSION_INCOMPLETE(Kind.FIELD, "zmq.io.SessionBase", "incompleteIn", "take back whole messages"),

	/** To take messages to send from a socket. */
	SESSION_PULL(Kind.METHOD, "zmq.io.SessionBase", "pullMsg", "take messages to send from a socket"),

	/** To give received messages to a socket. */
	SESSION_PUSH(Kind.METHOD, "zmq.io.SessionBase", "pushMsg", "give received messages to a socket", "zmq.Msg"),

	/** To take a new connection over. */
	SESSION_ATTACH(Kind.METHOD, "zmq.io.SessionBase", "processAttach", "take a new connection over", "zmq.io.IEngine"),

	/** To keep the count of commands after a failed one. */
	OWN_COUNT_COMMAND(Kind.METHOD, "zmq.Own", "processSeqnum", "keep the count of commands after a failed one"),

	/** To see whether a socket is being closed. */
	OWN_IS_TERMINATING(Kind.METHOD, "zmq.Own", "isTerminating", "see whether a socket is being closed"),

	/** To end a connection that failed while it was ended. */
	OWN_TERMINATE(Kind.METHOD, "zmq.Own", "terminate", "end a connection that failed while it was ended"),

	/** To attach a connection to its socket once it is ready. */
	OBJECT_SEND_BIND(Kind.METHOD, "zmq.ZObject", "sendBind", "attach a connection to its socket once it is ready",
			"zmq.Own", "zmq.pipe.Pipe"),

	/** To see whether a ROUTER's peer is gone. */
	PIPE_STATE(Kind.FIELD, "zmq.pipe.Pipe", "state", "see whether a ROUTER's peer is gone"),

	/** To pass over servers that are away. */
	PIPE_PEER(Kind.FIELD, "zmq.pipe.Pipe", "peer", "pass over servers that are away"),

	/** To pass over servers that are away. */
	PIPE_PARENT(Kind.FIELD, "zmq.pipe.Pipe", "parent", "pass over servers that are away");

	private final Kind kind;

	private final String owner;

	private final String member;

	private final String purpose;

	private final String[] parameters;

	/** Resolved once, or the reason why it cannot be. */
	private final Object found;

	JeroMqInternals(Kind kind, String owner, String member, String purpose, String... parameters) {
		this.kind = kind;
		this.owner = owner;
		this.member = member;
		this.purpose = purpose;
		this.parameters = parameters;
		this.found = find();
	}

	private Object find() {
		try {
			Class<?> type = load(this.owner);
			if (this.kind == Kind.FIELD) {
				Field field = type.getDeclaredField(this.member);
				field.setAccessible(true);
				return field;
			}
			Class<?>[] types = new Class<?>[this.parameters.length];
			for (int i = 0; i < types.length; i++) {
				types[i] = load(this.parameters[i]);
			}
			Method method = type.getDeclaredMethod(this.member, types);
			method.setAccessible(true);
			return method;
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			return ex;
		}
	}

	private static Class<?> load(String name) throws ClassNotFoundException {
		return switch (name) {
			case "boolean" -> boolean.class;
			case "long" -> long.class;
			default -> Class.forName(name, false, JeroMqInternals.class.getClassLoader());
		};
	}

	/** Whether this version of JeroMQ has it, and the JVM lets us at it. */
	public boolean isPresent() {
		return this.found instanceof Member;
	}

	Member member() {
		if (this.found instanceof Member present) {
			return present;
		}
		throw new IllegalStateException(
				"This library works with JeroMQ 0.6.0: %s. Another version is on the class path".formatted(this),
				(Throwable) this.found);
	}

	public Field field() {
		return (Field) member();
	}

	/**
	 * Return what a field of an object holds.
	 * @throws IllegalStateException if there is no such field
	 */
	public @Nullable Object get(Object target) {
		try {
			return field().get(target);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** As {@link #get}, of a field that is always set. */
	public Object require(Object target) {
		Object value = get(target);
		if (value == null) {
			throw new IllegalStateException(this + " is not set");
		}
		return value;
	}

	public void set(Object target, @Nullable Object value) {
		try {
			field().set(target, value);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return a handle to keep in a static final field, where the compiler can see through
	 * it.
	 * @return the handle, or {@code null} if there is no such method
	 */
	public @Nullable MethodHandle invoker() {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			return (this.found instanceof Method method) ? lookup.unreflect(method) : null;
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return a handle that reads a field, to keep as {@link #invoker()}.
	 * @param type the type of the field's values, as the caller sees it
	 * @return the handle, of an object to a value, or {@code null} if there is no such
	 * field
	 */
	public @Nullable MethodHandle getter(Class<?> type) {
		try {
			return (this.found instanceof Field field)
					? MethodHandles.lookup().unreflectGetter(field).asType(MethodType.methodType(type, Object.class))
					: null;
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Rethrow what a handle threw as it is. */
	@SuppressWarnings("unchecked")
	public static <T extends Throwable> RuntimeException unchecked(Throwable ex) throws T {
		throw (T) ex;
	}

	String purpose() {
		return this.purpose;
	}

	@Override
	public String toString() {
		String text = this.owner + "." + this.member;
		return (isPresent()) ? text : text + " is missing, used to " + this.purpose;
	}

	/**
	 * What kind of member it is.
	 */
	enum Kind {

		FIELD, METHOD

	}

}
