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

package io.github.zmqspring.transport.wire;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.support.BytesText;
import io.github.zmqspring.support.SocketTraits;
import io.github.zmqspring.transport.jeromq.ConnectRoutingId;
import io.github.zmqspring.transport.jeromq.FrameGuard;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.util.unit.DataSize;

/**
 * Sets options on a new JeroMQ socket, before it binds or connects: later changes would
 * take effect on the next reconnect of every endpoint at once.
 *
 * @since 0.1.0
 */
public final class OptionApplier {

	/** As libzmq's: a round trip may take seconds. */
	private static final int HANDSHAKE_MILLIS = 30_000;

	private static final int DEFAULT_HWM = 1000;

	private static final int HEAP_THRESHOLD = 1024 * 1024;

	/** What the library keeps itself. */
	private static final Set<SocketOption> ELSEWHERE = EnumSet.of(SocketOption.SEND_TIMEOUT,
			SocketOption.RECEIVE_TIMEOUT, SocketOption.MAX_FRAMES, SocketOption.MAX_COMMAND_SIZE,
			SocketOption.MAX_TOPIC_SIZE, SocketOption.MAX_SUBSCRIPTIONS, SocketOption.IPC_PERMISSIONS,
			SocketOption.MSG_ALLOCATION_HEAP_THRESHOLD, SocketOption.REQ_CORRELATE);

	private OptionApplier() {
	}

	public static void apply(ZMQ.Socket socket, SocketDefinition definition) {
		SocketOptions options = definition.options();
		taming(socket, definition);
		options.values().forEach((option, value) -> {
			if (isApplied(option)) {
				set(socket, option, value);
			}
		});
		if (definition.lastValueCache()) {
			// a late subscriber may be the second to subscribe
			socket.setXpubVerboser(true);
			if (options.get(SocketOption.SEND_HWM, Integer.class) == null) {
				// room for all that is kept, for a subscriber to everything, and as much
				// as usual
				socket
					.setSndHWM((int) Math.min(definition.lastValueCacheSize() + (long) DEFAULT_HWM, Integer.MAX_VALUE));
			}
		}
		DataSize threshold = options.get(SocketOption.MSG_ALLOCATION_HEAP_THRESHOLD, DataSize.class);
		socket.setMsgAllocator(new FrameGuard((threshold != null) ? (int) threshold.toBytes() : HEAP_THRESHOLD,
				socket.getMaxMsgSize(), definition.traits().singleFrame()));
	}

	/**
	 * Finish what options begin that a connect takes up. Call it after each connect,
	 * holding the socket's lock since before the connect.
	 * @param socket the socket
	 * @param definition what it was opened with
	 */
	public static void connected(ZMQ.Socket socket, SocketDefinition definition) {
		String id = definition.options().get(SocketOption.CONNECT_ROUTING_ID, String.class);
		if (id != null) {
			ConnectRoutingId.connected(socket.base(), bytesOf(id));
		}
	}

	/** Set what every socket of ours has, unless the configuration says otherwise. */
	private static void taming(ZMQ.Socket socket, SocketDefinition definition) {
		SocketTraits traits = definition.traits();
		socket.setLinger(1000);
		socket.setHandshakeIvl(HANDSHAKE_MILLIS);
		socket.setMaxMsgSize(DataSize.ofMegabytes(64).toBytes());
		TcpKeepAlive.apply(socket, definition.options());
		if (traits.wireType() == SocketType.ROUTER) {
			socket.setRouterMandatory(true);
		}
		// what flows against the messages are subscriptions, and none may be lost
		if (traits.subscribes()) {
			socket.setSndHWM(0);
		}
		// a server drops replies to a peer that reads no more; pending requests bound
		// them
		if (traits.publishes() || definition.type() == SocketType.REQ) {
			socket.setRcvHWM(0);
		}
	}

	public static boolean isApplied(SocketOption option) {
		return option.refusal() == null && !ELSEWHERE.contains(option);
	}

	/**
	 * A switch, not a map of setters: each of those would be a class of its own, made
	 * when the application starts.
	 */
	private static void set(ZMQ.Socket socket, SocketOption option, Object value) {
		switch (option) {
			case LINGER -> socket.setLinger(millis(value));
			case SEND_HWM -> socket.setSndHWM((int) value);
			case RECEIVE_HWM -> socket.setRcvHWM((int) value);
			case MAX_MESSAGE_SIZE -> socket.setMaxMsgSize(bytes(value));
			case RECONNECT_INTERVAL -> socket.setReconnectIVL(millis(value));
			case RECONNECT_INTERVAL_MAX -> socket.setReconnectIVLMax(millis(value));
			case BACKLOG -> socket.setBacklog((int) value);
			case HANDSHAKE_INTERVAL -> socket.setHandshakeIvl(millis(value));
			case HEARTBEAT_INTERVAL -> socket.setHeartbeatIvl(millis(value));
			case HEARTBEAT_TIMEOUT -> socket.setHeartbeatTimeout(millis(value));
			case HEARTBEAT_TTL -> socket.setHeartbeatTtl(millis(value));
			case HEARTBEAT_CONTEXT -> socket.setHeartbeatContext(bytesOf(value));
			case CONFLATE -> socket.setConflate((boolean) value);
			case AFFINITY -> socket.setAffinity((long) value);
			case ROUTING_ID -> socket.setIdentity(bytesOf(value));
			case CONNECT_ROUTING_ID -> ConnectRoutingId.set(socket, bytesOf(value));
			case ROUTER_MANDATORY -> socket.setRouterMandatory((boolean) value);
			case ROUTER_HANDOVER -> socket.setRouterHandover((boolean) value);
			case ROUTER_RAW -> socket.setRouterRaw((boolean) value);
			case PROBE_ROUTER -> socket.setProbeRouter((boolean) value);
			case XPUB_VERBOSE -> socket.setXpubVerbose((boolean) value);
			case XPUB_VERBOSER -> {
				if ((boolean) value) {
					// false would turn verbose off as well
					socket.setXpubVerboser(true);
				}
			}
			case XPUB_NO_DROP -> socket.setXpubNoDrop((boolean) value);
			// JeroMQ's flag is the opposite of libzmq's ZMQ_IMMEDIATE
			case IMMEDIATE -> socket.setImmediate(!(boolean) value);
			case IPV6 -> socket.setIPv6((boolean) value);
			case TCP_KEEP_ALIVE -> socket.setTCPKeepAlive(((boolean) value) ? 1 : 0);
			case TCP_KEEP_ALIVE_COUNT -> socket.setTCPKeepAliveCount((int) value);
			case TCP_KEEP_ALIVE_IDLE -> socket.setTCPKeepAliveIdle(seconds(value));
			case TCP_KEEP_ALIVE_INTERVAL -> socket.setTCPKeepAliveInterval(seconds(value));
			case SEND_BUFFER_SIZE -> socket.setSendBufferSize((int) bytes(value));
			case RECEIVE_BUFFER_SIZE -> socket.setReceiveBufferSize((int) bytes(value));
			case SELF_ADDRESS_PROPERTY_NAME -> socket.setSelfAddressPropertyName((String) value);
			case HELLO_MESSAGE -> socket.setHelloMsg(bytesOf(value));
			case DISCONNECT_MESSAGE -> socket.base().setSocketOpt(zmq.ZMQ.ZMQ_DISCONNECT_MSG, bytesOf(value));
			case HICCUP_MESSAGE -> socket.base().setSocketOpt(zmq.ZMQ.ZMQ_HICCUP_MSG, bytesOf(value));
			default -> throw new IllegalStateException("Nothing sets the option " + option.key());
		}
	}

	private static int millis(Object value) {
		return (int) Math.min(((Duration) value).toMillis(), Integer.MAX_VALUE);
	}

	private static long seconds(Object value) {
		return ((Duration) value).toSeconds();
	}

	private static long bytes(Object value) {
		return ((DataSize) value).toBytes();
	}

	private static byte[] bytesOf(Object value) {
		return BytesText.parse((String) value);
	}

}
