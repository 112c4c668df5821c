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

package io.github.zmqspring.transport;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

import io.github.zmqspring.core.SocketOption;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;
import zmq.Msg;
import zmq.Options;
import zmq.Own;

import org.springframework.util.unit.DataSize;

/**
 * Reads options back from where JeroMQ keeps them, as the types of our options;
 * {@code null} for what is not set.
 */
final class JeroMqOptions {

	private static final Map<SocketOption, Function<ZMQ.Socket, @Nullable Object>> GETTERS = new EnumMap<>(
			SocketOption.class);

	static {
		GETTERS.put(SocketOption.LINGER, (socket) -> millis(socket.getLinger()));
		GETTERS.put(SocketOption.SEND_HWM, ZMQ.Socket::getSndHWM);
		GETTERS.put(SocketOption.RECEIVE_HWM, ZMQ.Socket::getRcvHWM);
		GETTERS.put(SocketOption.MAX_MESSAGE_SIZE, (socket) -> DataSize.ofBytes(socket.getMaxMsgSize()));
		GETTERS.put(SocketOption.RECONNECT_INTERVAL, (socket) -> millis(socket.getReconnectIVL()));
		GETTERS.put(SocketOption.RECONNECT_INTERVAL_MAX,
				(socket) -> (socket.getReconnectIVLMax() != 0) ? millis(socket.getReconnectIVLMax()) : null);
		GETTERS.put(SocketOption.BACKLOG, ZMQ.Socket::getBacklog);
		GETTERS.put(SocketOption.HANDSHAKE_INTERVAL, (socket) -> millis(socket.getHandshakeIvl()));
		GETTERS.put(SocketOption.HEARTBEAT_INTERVAL, (socket) -> millis(socket.getHeartbeatIvl()));
		GETTERS.put(SocketOption.HEARTBEAT_TIMEOUT,
				(socket) -> (socket.getHeartbeatTimeout() != -1) ? millis(socket.getHeartbeatTimeout()) : null);
		GETTERS.put(SocketOption.HEARTBEAT_TTL, (socket) -> millis(options(socket).heartbeatTtl * 100));
		GETTERS.put(SocketOption.HEARTBEAT_CONTEXT, (socket) -> text(options(socket).heartbeatContext));
		GETTERS.put(SocketOption.CONFLATE, ZMQ.Socket::isConflate);
		GETTERS.put(SocketOption.AFFINITY, ZMQ.Socket::getAffinity);
		GETTERS.put(SocketOption.ROUTING_ID, (socket) -> text(socket.getIdentity()));
		GETTERS.put(SocketOption.CONNECT_ROUTING_ID, (socket) -> field(socket.base(), "connectRid"));
		GETTERS.put(SocketOption.ROUTER_MANDATORY, (socket) -> field(socket.base(), "mandatory"));
		GETTERS.put(SocketOption.ROUTER_HANDOVER, (socket) -> field(socket.base(), "handover"));
		GETTERS.put(SocketOption.ROUTER_RAW, (socket) -> field(socket.base(), "rawSocket"));
		GETTERS.put(SocketOption.PROBE_ROUTER, (socket) -> field(socket.base(), "probeRouter"));
		GETTERS.put(SocketOption.XPUB_VERBOSE, (socket) -> field(socket.base(), "verboseSubs"));
		GETTERS.put(SocketOption.XPUB_VERBOSER, (socket) -> field(socket.base(), "verboseUnsubs"));
		GETTERS.put(SocketOption.XPUB_NO_DROP, (socket) -> !(boolean) field(socket.base(), "lossy"));
		GETTERS.put(SocketOption.IMMEDIATE, (socket) -> !socket.isImmediate());
		GETTERS.put(SocketOption.IPV6, ZMQ.Socket::isIPv6);
		GETTERS.put(SocketOption.TCP_KEEP_ALIVE,
				(socket) -> (socket.getTCPKeepAlive() != -1) ? socket.getTCPKeepAlive() == 1 : null);
		GETTERS.put(SocketOption.TCP_KEEP_ALIVE_COUNT, (socket) -> number(socket.getTCPKeepAliveCount()));
		GETTERS.put(SocketOption.TCP_KEEP_ALIVE_IDLE, (socket) -> seconds(socket.getTCPKeepAliveIdle()));
		GETTERS.put(SocketOption.TCP_KEEP_ALIVE_INTERVAL, (socket) -> seconds(socket.getTCPKeepAliveInterval()));
		GETTERS.put(SocketOption.SEND_BUFFER_SIZE, (socket) -> size(socket.getSendBufferSize()));
		GETTERS.put(SocketOption.RECEIVE_BUFFER_SIZE, (socket) -> size(socket.getReceiveBufferSize()));
		GETTERS.put(SocketOption.MSG_ALLOCATION_HEAP_THRESHOLD,
				(socket) -> DataSize.ofBytes((int) field(field(options(socket).allocator, "delegate"), "threshold")));
		GETTERS.put(SocketOption.SELF_ADDRESS_PROPERTY_NAME, (socket) -> options(socket).selfAddressPropertyName);
		GETTERS.put(SocketOption.HELLO_MESSAGE, (socket) -> text(options(socket).helloMsg));
		GETTERS.put(SocketOption.DISCONNECT_MESSAGE, (socket) -> text(options(socket).disconnectMsg));
		GETTERS.put(SocketOption.HICCUP_MESSAGE, (socket) -> text(options(socket).hiccupMsg));
	}

	private JeroMqOptions() {
	}

	static boolean has(SocketOption option) {
		return GETTERS.containsKey(option);
	}

	static @Nullable Object get(ZMQ.Socket socket, SocketOption option) {
		return GETTERS.get(option).apply(socket);
	}

	private static Options options(ZMQ.Socket socket) {
		return (Options) field(socket.base(), Own.class, "options");
	}

	private static Object field(Object target, String name) {
		for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (field.getName().equals(name)) {
					return field(target, type, name);
				}
			}
		}
		throw new IllegalArgumentException(target.getClass() + " has no " + name);
	}

	private static Object field(Object target, Class<?> owner, String name) {
		try {
			Field field = owner.getDeclaredField(name);
			field.setAccessible(true);
			return field.get(target);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Duration millis(int value) {
		return Duration.ofMillis(value);
	}

	private static @Nullable Duration seconds(long value) {
		return (value != -1) ? Duration.ofSeconds(value) : null;
	}

	private static @Nullable Integer number(long value) {
		return (value != -1) ? (int) value : null;
	}

	private static @Nullable DataSize size(int value) {
		return (value != 0) ? DataSize.ofBytes(value) : null;
	}

	private static @Nullable String text(byte @Nullable [] value) {
		return (value != null && value.length != 0) ? new String(value, StandardCharsets.UTF_8) : null;
	}

	private static @Nullable String text(@Nullable Msg value) {
		return (value != null) ? text(value.data()) : null;
	}

}
