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
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

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

	private static final Map<SocketOption, BiConsumer<ZMQ.Socket, Object>> SETTERS = new EnumMap<>(SocketOption.class);

	static {
		SETTERS.put(SocketOption.LINGER, (socket, value) -> socket.setLinger(millis(value)));
		SETTERS.put(SocketOption.SEND_HWM, (socket, value) -> socket.setSndHWM((int) value));
		SETTERS.put(SocketOption.RECEIVE_HWM, (socket, value) -> socket.setRcvHWM((int) value));
		SETTERS.put(SocketOption.MAX_MESSAGE_SIZE, (socket, value) -> socket.setMaxMsgSize(bytes(value)));
		SETTERS.put(SocketOption.RECONNECT_INTERVAL, (socket, value) -> socket.setReconnectIVL(millis(value)));
		SETTERS.put(SocketOption.RECONNECT_INTERVAL_MAX, (socket, value) -> socket.setReconnectIVLMax(millis(value)));
		SETTERS.put(SocketOption.BACKLOG, (socket, value) -> socket.setBacklog((int) value));
		SETTERS.put(SocketOption.HANDSHAKE_INTERVAL, (socket, value) -> socket.setHandshakeIvl(millis(value)));
		SETTERS.put(SocketOption.HEARTBEAT_INTERVAL, (socket, value) -> socket.setHeartbeatIvl(millis(value)));
		SETTERS.put(SocketOption.HEARTBEAT_TIMEOUT, (socket, value) -> socket.setHeartbeatTimeout(millis(value)));
		SETTERS.put(SocketOption.HEARTBEAT_TTL, (socket, value) -> socket.setHeartbeatTtl(millis(value)));
		SETTERS.put(SocketOption.HEARTBEAT_CONTEXT, (socket, value) -> socket.setHeartbeatContext(bytesOf(value)));
		SETTERS.put(SocketOption.CONFLATE, (socket, value) -> socket.setConflate((boolean) value));
		SETTERS.put(SocketOption.AFFINITY, (socket, value) -> socket.setAffinity((long) value));
		SETTERS.put(SocketOption.ROUTING_ID, (socket, value) -> socket.setIdentity(bytesOf(value)));
		SETTERS.put(SocketOption.CONNECT_ROUTING_ID, (socket, value) -> ConnectRoutingId.set(socket, bytesOf(value)));
		SETTERS.put(SocketOption.ROUTER_MANDATORY, (socket, value) -> socket.setRouterMandatory((boolean) value));
		SETTERS.put(SocketOption.ROUTER_HANDOVER, (socket, value) -> socket.setRouterHandover((boolean) value));
		SETTERS.put(SocketOption.ROUTER_RAW, (socket, value) -> socket.setRouterRaw((boolean) value));
		SETTERS.put(SocketOption.PROBE_ROUTER, (socket, value) -> socket.setProbeRouter((boolean) value));
		SETTERS.put(SocketOption.XPUB_VERBOSE, (socket, value) -> socket.setXpubVerbose((boolean) value));
		SETTERS.put(SocketOption.XPUB_VERBOSER, (socket, value) -> {
			if ((boolean) value) {
				// false would turn verbose off as well
				socket.setXpubVerboser(true);
			}
		});
		SETTERS.put(SocketOption.XPUB_NO_DROP, (socket, value) -> socket.setXpubNoDrop((boolean) value));
		// JeroMQ's flag is the opposite of libzmq's ZMQ_IMMEDIATE
		SETTERS.put(SocketOption.IMMEDIATE, (socket, value) -> socket.setImmediate(!(boolean) value));
		SETTERS.put(SocketOption.IPV6, (socket, value) -> socket.setIPv6((boolean) value));
		SETTERS.put(SocketOption.TCP_KEEP_ALIVE, (socket, value) -> socket.setTCPKeepAlive(((boolean) value) ? 1 : 0));
		SETTERS.put(SocketOption.TCP_KEEP_ALIVE_COUNT, (socket, value) -> socket.setTCPKeepAliveCount((int) value));
		SETTERS.put(SocketOption.TCP_KEEP_ALIVE_IDLE, (socket, value) -> socket.setTCPKeepAliveIdle(seconds(value)));
		SETTERS.put(SocketOption.TCP_KEEP_ALIVE_INTERVAL,
				(socket, value) -> socket.setTCPKeepAliveInterval(seconds(value)));
		SETTERS.put(SocketOption.SEND_BUFFER_SIZE, (socket, value) -> socket.setSendBufferSize((int) bytes(value)));
		SETTERS.put(SocketOption.RECEIVE_BUFFER_SIZE,
				(socket, value) -> socket.setReceiveBufferSize((int) bytes(value)));
		SETTERS.put(SocketOption.SELF_ADDRESS_PROPERTY_NAME,
				(socket, value) -> socket.setSelfAddressPropertyName((String) value));
		SETTERS.put(SocketOption.HELLO_MESSAGE, (socket, value) -> socket.setHelloMsg(bytesOf(value)));
		SETTERS.put(SocketOption.DISCONNECT_MESSAGE,
				(socket, value) -> socket.base().setSocketOpt(zmq.ZMQ.ZMQ_DISCONNECT_MSG, bytesOf(value)));
		SETTERS.put(SocketOption.HICCUP_MESSAGE,
				(socket, value) -> socket.base().setSocketOpt(zmq.ZMQ.ZMQ_HICCUP_MSG, bytesOf(value)));
	}

	private OptionApplier() {
	}

	public static void apply(ZMQ.Socket socket, SocketDefinition definition) {
		SocketOptions options = definition.options();
		taming(socket, definition);
		options.values().forEach((option, value) -> {
			BiConsumer<ZMQ.Socket, Object> setter = SETTERS.get(option);
			if (setter != null) {
				setter.accept(socket, value);
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
		return SETTERS.containsKey(option);
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
