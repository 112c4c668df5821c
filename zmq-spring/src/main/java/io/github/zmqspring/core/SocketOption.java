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

package io.github.zmqspring.core;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import io.github.zmqspring.support.BytesText;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.util.unit.DataSize;

/**
 * The ZeroMQ socket options, by the name that they have below
 * {@code zmq.sockets.<name>.options} and {@code zmq.defaults}. Each knows the type of its
 * value, its range, and the socket types it belongs to. Options that JeroMQ accepts and
 * ignores, or that break it, are here with the reason why they are refused.
 *
 * @since 0.1.0
 * @see <a href="https://libzmq.readthedocs.io/en/latest/zmq_setsockopt.html">
 * zmq_setsockopt</a>
 */
public enum SocketOption {

	/** How long unsent messages are kept when the socket closes. */
	LINGER("linger", Duration.class, 0, Long.MAX_VALUE),

	/** How long a send may wait. Kept by this library: JeroMQ itself never blocks. */
	SEND_TIMEOUT("send-timeout", Duration.class, 0, Long.MAX_VALUE,
			except(SocketType.SUB, SocketType.PULL, SocketType.DISH, SocketType.GATHER)),

	/** How long a receive by the template may wait. Kept by this library. */
	RECEIVE_TIMEOUT("receive-timeout", Duration.class, 0, Long.MAX_VALUE,
			except(SocketType.PUB, SocketType.PUSH, SocketType.RADIO, SocketType.SCATTER)),

	/**
	 * Messages that may wait for each peer before sends are held back; 0 is no limit.
	 * What SUB, XSUB and DISH send are subscriptions, of which none may be lost.
	 */
	SEND_HWM("send-hwm", Integer.class, 0, Integer.MAX_VALUE,
			except(SocketType.SUB, SocketType.XSUB, SocketType.PULL, SocketType.DISH, SocketType.GATHER)),

	/**
	 * Messages that may wait to be received from each peer; 0 is no limit. What PUB, XPUB
	 * and RADIO receive are subscriptions.
	 */
	RECEIVE_HWM("receive-hwm", Integer.class, 0, Integer.MAX_VALUE,
			except(SocketType.PUB, SocketType.XPUB, SocketType.PUSH, SocketType.RADIO, SocketType.SCATTER)),

	/** The largest message that a peer may send, all of its frames together. */
	MAX_MESSAGE_SIZE("max-message-size", DataSize.class, 1, Long.MAX_VALUE),

	/** The most frames of a message; more end the connection. Kept by this library. */
	MAX_FRAMES("max-frames", Integer.class, 1, Integer.MAX_VALUE, except(SocketType.STREAM)),

	/**
	 * The largest command, and the largest frame of a handshake; a larger one ends the
	 * connection. Kept by this library.
	 */
	MAX_COMMAND_SIZE("max-command-size", DataSize.class, 512, Integer.MAX_VALUE, except(SocketType.STREAM)),

	/**
	 * The longest topic that a peer may subscribe to; a longer one ends its connection.
	 * Kept by this library.
	 */
	MAX_TOPIC_SIZE("max-topic-size", DataSize.class, 1, 2048, types(SocketType.PUB, SocketType.XPUB)),

	/**
	 * How many topics, or groups, a peer may subscribe to; more end its connection. Kept
	 * by this library.
	 */
	MAX_SUBSCRIPTIONS("max-subscriptions", Integer.class, 1, Integer.MAX_VALUE,
			types(SocketType.PUB, SocketType.XPUB, SocketType.RADIO)),

	/** The first wait before a lost connection is tried again. */
	RECONNECT_INTERVAL("reconnect-interval", Duration.class, 1, Integer.MAX_VALUE),

	/** The longest wait between reconnects; it doubles up to this. */
	RECONNECT_INTERVAL_MAX("reconnect-interval-max", Duration.class, 1, Integer.MAX_VALUE),

	/** The length of the queue of connections not yet accepted. */
	BACKLOG("backlog", Integer.class, 1, Integer.MAX_VALUE),

	/** How long a connection may take for all of its handshake. */
	HANDSHAKE_INTERVAL("handshake-interval", Duration.class, 1, Integer.MAX_VALUE),

	/** The interval between ZMTP pings; 0 sends none, and is the default. */
	HEARTBEAT_INTERVAL("heartbeat-interval", Duration.class, 0, Integer.MAX_VALUE, except(SocketType.STREAM)),

	/**
	 * How long the peer may say nothing after an interval before the connection is
	 * dropped; 0 for ever.
	 */
	HEARTBEAT_TIMEOUT("heartbeat-timeout", Duration.class, 0, Integer.MAX_VALUE, except(SocketType.STREAM)),

	/** How long the peer shall wait for our pings, in tenths of a second. */
	HEARTBEAT_TTL("heartbeat-ttl", Duration.class, 0, 655_399, except(SocketType.STREAM)),

	/** Context sent with each ping and returned by the pong, up to 16 bytes. */
	HEARTBEAT_CONTEXT("heartbeat-context", String.class, 0, 16, except(SocketType.STREAM)),

	/** Whether only the newest message is kept. Single-frame messages only. */
	CONFLATE("conflate", Boolean.class,
			types(SocketType.PUSH, SocketType.PULL, SocketType.PUB, SocketType.SUB, SocketType.DEALER)),

	/** A bit mask of the I/O threads that new connections may use. */
	AFFINITY("affinity", Long.class, 0, Long.MAX_VALUE),

	/** The identity this socket announces to ROUTER peers, 1 to 255 bytes. */
	ROUTING_ID("routing-id", String.class, 1, 255,
			types(SocketType.REQ, SocketType.REP, SocketType.DEALER, SocketType.ROUTER)),

	/** The identity that the first connected peer gets on this ROUTER or STREAM. */
	CONNECT_ROUTING_ID("connect-routing-id", String.class, 1, 255, types(SocketType.ROUTER, SocketType.STREAM)),

	/** Whether a message for an unknown peer is an error rather than dropped. */
	ROUTER_MANDATORY("router-mandatory", Boolean.class, types(SocketType.ROUTER, SocketType.REP)),

	/** Whether a second peer of the same identity takes over from the first. */
	ROUTER_HANDOVER("router-handover", Boolean.class, types(SocketType.ROUTER, SocketType.REP)),

	/** Whether a ROUTER speaks raw TCP. */
	ROUTER_RAW("router-raw", Boolean.class, types(SocketType.ROUTER)),

	/** Whether an empty message goes to each new peer. */
	PROBE_ROUTER("probe-router", Boolean.class, types(SocketType.ROUTER, SocketType.DEALER, SocketType.REQ)),

	/** Whether repeated subscriptions reach the XPUB's listener. */
	XPUB_VERBOSE("xpub-verbose", Boolean.class, types(SocketType.XPUB)),

	/** Whether repeated subscriptions and unsubscriptions reach the XPUB's listener. */
	XPUB_VERBOSER("xpub-verboser", Boolean.class, types(SocketType.XPUB)),

	/** Whether a full subscriber makes the send wait rather than lose the message. */
	XPUB_NO_DROP("xpub-no-drop", Boolean.class, types(SocketType.XPUB, SocketType.PUB)),

	/** Whether messages go to completed connections only, as libzmq's ZMQ_IMMEDIATE. */
	IMMEDIATE("immediate", Boolean.class, EnumSet.allOf(SocketType.class)),

	/** Whether IPv6 is used. */
	IPV6("ipv6", Boolean.class, EnumSet.allOf(SocketType.class)),

	/** Whether TCP keep-alive is on, as it is by default. */
	TCP_KEEP_ALIVE("tcp-keep-alive", Boolean.class, EnumSet.allOf(SocketType.class)),

	/** The number of TCP keep-alive probes. */
	TCP_KEEP_ALIVE_COUNT("tcp-keep-alive-count", Integer.class, 1, Integer.MAX_VALUE),

	/** The idle time before TCP keep-alive probes, in whole seconds. */
	TCP_KEEP_ALIVE_IDLE("tcp-keep-alive-idle", Duration.class, 1000, Integer.MAX_VALUE),

	/** The time between TCP keep-alive probes, in whole seconds. */
	TCP_KEEP_ALIVE_INTERVAL("tcp-keep-alive-interval", Duration.class, 1000, Integer.MAX_VALUE),

	/** The kernel's send buffer; sockets that only connect may set it. */
	SEND_BUFFER_SIZE("send-buffer-size", DataSize.class, 1, Integer.MAX_VALUE),

	/**
	 * Which users may connect to the files of ipc endpoints that the socket binds, such
	 * as {@code rw-rw----}. Kept by this library.
	 */
	IPC_PERMISSIONS("ipc-permissions", String.class, 1, 255),

	/** The kernel's receive buffer. */
	RECEIVE_BUFFER_SIZE("receive-buffer-size", DataSize.class, 1, Integer.MAX_VALUE),

	/** From which size on received messages are held outside the heap. */
	MSG_ALLOCATION_HEAP_THRESHOLD("msg-allocation-heap-threshold", DataSize.class, 0, Integer.MAX_VALUE),

	/** The metadata property under which a peer's view of our address is kept. */
	SELF_ADDRESS_PROPERTY_NAME("self-address-property-name", String.class, 1, 255),

	/** A message sent to each new peer by itself. */
	HELLO_MESSAGE("hello-message", String.class,
			types(SocketType.ROUTER, SocketType.DEALER, SocketType.SERVER, SocketType.CLIENT, SocketType.PEER)),

	/** A message received when a peer goes away that had connected to us. */
	DISCONNECT_MESSAGE("disconnect-message", String.class,
			types(SocketType.ROUTER, SocketType.SERVER, SocketType.PEER)),

	/** A message received when a connection that we made is lost. */
	HICCUP_MESSAGE("hiccup-message", String.class, types(SocketType.DEALER, SocketType.CLIENT, SocketType.PEER)),

	/**
	 * Whether requests carry an id in their return path, so that many may be pending on
	 * one connection. Without it a REQ sends what libzmq's does by default, one request a
	 * connection at a time.
	 */
	REQ_CORRELATE("req-correlate", Boolean.class, types(SocketType.REQ)),

	/** Refused: JeroMQ loses subscriptions in this mode. */
	XPUB_MANUAL("xpub-manual",
			"JeroMQ's manual mode subscribes to the topic without its first byte, and forgets subscriptions that wait while another subscriber leaves"),

	/** Refused: JeroMQ writes the value into the send buffer size. */
	TOS("tos", "JeroMQ writes it into the kernel's send buffer size instead of the type of service"),

	/** Refused: not implemented, and the context hangs at its end. */
	SOCKS_PROXY("socks-proxy", "JeroMQ has no SOCKS client, and a socket with a proxy never closes"),

	/** Refused: no multicast transport. */
	RATE("rate", "JeroMQ has no multicast transport"),

	/** Refused: no multicast transport. */
	RECOVERY_INTERVAL("recovery-interval", "JeroMQ has no multicast transport"),

	/** Refused: no multicast transport. */
	MULTICAST_HOPS("multicast-hops", "JeroMQ has no multicast transport"),

	/** Refused: no multicast transport. */
	MULTICAST_LOOP("multicast-loop", "JeroMQ has no multicast transport"),

	/** Refused: requests are relaxed anyway. */
	REQ_RELAXED("req-relaxed", "a req socket of this library takes any number of requests at once"),

	/** Refused: ZeroMQ dropped it. */
	SWAP("swap", "ZeroMQ 3 and later have no disk offload");

	private final String key;

	private final Class<?> valueType;

	private final long min;

	private final long max;

	private final Set<SocketType> types;

	private final @Nullable String refusal;

	SocketOption(String key, Class<?> valueType, long min, long max) {
		this(key, valueType, min, max, EnumSet.allOf(SocketType.class), null);
	}

	SocketOption(String key, Class<?> valueType, long min, long max, Set<SocketType> types) {
		this(key, valueType, min, max, types, null);
	}

	SocketOption(String key, Class<?> valueType, Set<SocketType> types) {
		this(key, valueType, Long.MIN_VALUE, Long.MAX_VALUE, types, null);
	}

	SocketOption(String key, String refusal) {
		this(key, String.class, Long.MIN_VALUE, Long.MAX_VALUE, EnumSet.noneOf(SocketType.class), refusal);
	}

	SocketOption(String key, Class<?> valueType, long min, long max, Set<SocketType> types, @Nullable String refusal) {
		this.key = key;
		this.valueType = valueType;
		this.min = min;
		this.max = max;
		this.types = types;
		this.refusal = refusal;
	}

	private static Set<SocketType> types(SocketType first, SocketType... rest) {
		return EnumSet.of(first, rest);
	}

	private static Set<SocketType> except(SocketType first, SocketType... rest) {
		return EnumSet.complementOf(EnumSet.of(first, rest));
	}

	/**
	 * Return the name of the option in configuration.
	 * @return the name in kebab case
	 */
	public String key() {
		return this.key;
	}

	/**
	 * Return the type of the value.
	 * @return {@code Duration}, {@code DataSize}, {@code Integer}, {@code Long},
	 * {@code Boolean} or {@code String}
	 */
	public Class<?> valueType() {
		return this.valueType;
	}

	/**
	 * Return whether sockets of this type have the option.
	 * @param type the socket type
	 * @return {@code true} if they have
	 */
	public boolean appliesTo(SocketType type) {
		return this.types.contains(type);
	}

	/**
	 * Return the socket types that have the option.
	 * @return the types, none for an option that is refused
	 */
	public Set<SocketType> types() {
		return Collections.unmodifiableSet(this.types);
	}

	/**
	 * Return why the option is refused.
	 * @return the reason, or {@code null} for an option that works
	 */
	public @Nullable String refusal() {
		return this.refusal;
	}

	/**
	 * Return the smallest and the largest value.
	 * @return both, of {@link #valueType()}; the smallest alone where there is no
	 * largest; nothing for values without a range and for text
	 */
	public Object[] range() {
		if (this.valueType == String.class || this.min == Long.MIN_VALUE) {
			return new Object[0];
		}
		return (this.max >= Integer.MAX_VALUE) ? new Object[] { typed(this.min) }
				: new Object[] { typed(this.min), typed(this.max) };
	}

	private Object typed(long value) {
		if (this.valueType == Duration.class) {
			return Duration.ofMillis(value);
		}
		if (this.valueType == DataSize.class) {
			return DataSize.ofBytes(value);
		}
		return (this.valueType == Integer.class) ? (Object) (int) value : (Object) value;
	}

	/**
	 * Return whether the value is bytes, written as {@link BytesText} reads them.
	 * @return {@code true} for routing ids and for messages
	 */
	public boolean isBytes() {
		return switch (this) {
			case ROUTING_ID, CONNECT_ROUTING_ID, HEARTBEAT_CONTEXT, HELLO_MESSAGE, DISCONNECT_MESSAGE, HICCUP_MESSAGE ->
				true;
			default -> false;
		};
	}

	/**
	 * Return what to write instead of a value that is out of range. A negative number
	 * means "no limit" to libzmq, which not every option here can be.
	 * @param value a value of {@link #valueType()}
	 * @return a sentence without its full stop
	 */
	public String advice(Object value) {
		if (!isNegative(value)) {
			return "Correct the value";
		}
		return switch (this) {
			case SEND_HWM, RECEIVE_HWM -> "For no limit write 0, otherwise a number of messages";
			case HEARTBEAT_INTERVAL, HEARTBEAT_TIMEOUT, HEARTBEAT_TTL ->
				"Set it to 0 for none, or to a time such as 10s";
			case LINGER ->
				"The end of the application is never put off without a limit: set the longest time that it may take, such as 60s";
			case SEND_TIMEOUT, RECEIVE_TIMEOUT -> "Nothing waits for ever: set a long time such as 1h";
			case MAX_MESSAGE_SIZE -> "There is always a limit: set the largest message that you accept, such as 1GB";
			case MAX_FRAMES, MAX_SUBSCRIPTIONS ->
				"There is always a limit: set the most that you accept, such as 1000000";
			case MAX_COMMAND_SIZE -> "There is always a limit: set the longest command that you accept, such as 64KB";
			case MAX_TOPIC_SIZE -> "There is always a limit: set the longest topic that you accept, up to 2KB";
			case RECONNECT_INTERVAL -> "A lost connection is always tried again: set the first wait, such as 100ms";
			case RECONNECT_INTERVAL_MAX, HANDSHAKE_INTERVAL -> "There is always a limit: set a time such as 30s";
			case TCP_KEEP_ALIVE_COUNT, TCP_KEEP_ALIVE_IDLE, TCP_KEEP_ALIVE_INTERVAL, SEND_BUFFER_SIZE,
					RECEIVE_BUFFER_SIZE ->
				"Remove it to leave it to the operating system";
			default -> "Set it to " + this.min + " or more";
		};
	}

	private static boolean isNegative(Object value) {
		return (value instanceof Duration duration && duration.isNegative())
				|| (value instanceof DataSize size && size.isNegative())
				|| (value instanceof Number number && number.longValue() < 0);
	}

	/**
	 * Return what is wrong with a value.
	 * @param value a value of {@link #valueType()}
	 * @return what is wrong, or {@code null} when it is in range
	 */
	public @Nullable String violation(Object value) {
		long number;
		String unit = "";
		if (value instanceof Duration duration) {
			number = duration.toMillis();
			unit = "ms";
		}
		else if (value instanceof DataSize size) {
			number = size.toBytes();
			unit = "B";
		}
		else if (value instanceof Number n) {
			number = n.longValue();
		}
		else if (value instanceof String text && this.max != Long.MAX_VALUE) {
			number = ((isBytes()) ? BytesText.parse(text) : text.getBytes(StandardCharsets.UTF_8)).length;
			unit = " bytes";
		}
		else {
			return null;
		}
		if (number < this.min) {
			return "must be at least " + this.min + unit;
		}
		return (number > this.max) ? "must be at most " + this.max + unit : null;
	}

}
