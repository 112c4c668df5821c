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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.support.SocketTraits;
import io.github.zmqspring.transport.limit.IncomingLimits;
import io.github.zmqspring.transport.wire.OptionApplier;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.util.unit.DataSize;

/**
 * Prints {@code docs/options.md} from the options themselves and from sockets that have
 * none set.
 */
final class OptionsDoc {

	private static final String INTRO = """
			# Socket options

			Generated from `SocketOption` and from real sockets by `OptionsDoc`; `SocketOptionTests` fails when this page is
			out of date, and writes it anew with `-Dzmq.docs.write=true`.

			The property of one socket is `zmq.sockets.<name>.options.<property>`; the default for every socket that has the
			option is `zmq.defaults.<property>`. Options are set before the socket binds or connects, and checked first:
			range, socket type, and what depends on the endpoints. `reconnect-interval`, `reconnect-interval-max`,
			`connect-routing-id`, `immediate`, `hiccup-message` and `send-buffer-size` belong to sockets that connect, `backlog`,
			`disconnect-message` and `ipc-permissions` to those that bind: a socket that has only endpoints of the other kind does not take
			them. A value is a `Duration` (`500ms`, `10s`), a `DataSize` (`64KB`), a
			number, `true` or `false`, or text, sent as UTF-8. Routing ids, `heartbeat-context` and the messages may be any bytes:
			text, `hex:01aa9f` or `base64:Aaqf`. `connect-routing-id` is for the first endpoint that the socket connects to.

			""";

	private static final Map<SocketOption, String> LIBZMQ = new EnumMap<>(SocketOption.class);

	private static final Map<SocketOption, String> UNSET = new EnumMap<>(SocketOption.class);

	/** What libzmq 4.3.5 has and JeroMQ 0.6.0 lacks. */
	private static final Map<String, String> LACKING = new LinkedHashMap<>();

	static {
		LIBZMQ.put(SocketOption.LINGER, "ZMQ_LINGER");
		LIBZMQ.put(SocketOption.SEND_TIMEOUT, "ZMQ_SNDTIMEO");
		LIBZMQ.put(SocketOption.RECEIVE_TIMEOUT, "ZMQ_RCVTIMEO");
		LIBZMQ.put(SocketOption.SEND_HWM, "ZMQ_SNDHWM");
		LIBZMQ.put(SocketOption.RECEIVE_HWM, "ZMQ_RCVHWM");
		LIBZMQ.put(SocketOption.MAX_MESSAGE_SIZE, "ZMQ_MAXMSGSIZE");
		LIBZMQ.put(SocketOption.MAX_FRAMES, "none");
		LIBZMQ.put(SocketOption.MAX_COMMAND_SIZE, "none");
		LIBZMQ.put(SocketOption.MAX_TOPIC_SIZE, "none");
		LIBZMQ.put(SocketOption.MAX_SUBSCRIPTIONS, "none");
		LIBZMQ.put(SocketOption.RECONNECT_INTERVAL, "ZMQ_RECONNECT_IVL");
		LIBZMQ.put(SocketOption.RECONNECT_INTERVAL_MAX, "ZMQ_RECONNECT_IVL_MAX");
		LIBZMQ.put(SocketOption.HANDSHAKE_INTERVAL, "ZMQ_HANDSHAKE_IVL");
		LIBZMQ.put(SocketOption.HEARTBEAT_INTERVAL, "ZMQ_HEARTBEAT_IVL");
		LIBZMQ.put(SocketOption.CONNECT_ROUTING_ID, "ZMQ_CONNECT_ROUTING_ID");
		LIBZMQ.put(SocketOption.ROUTING_ID, "ZMQ_ROUTING_ID");
		LIBZMQ.put(SocketOption.XPUB_NO_DROP, "ZMQ_XPUB_NODROP");
		LIBZMQ.put(SocketOption.TCP_KEEP_ALIVE, "ZMQ_TCP_KEEPALIVE");
		LIBZMQ.put(SocketOption.TCP_KEEP_ALIVE_COUNT, "ZMQ_TCP_KEEPALIVE_CNT");
		LIBZMQ.put(SocketOption.TCP_KEEP_ALIVE_IDLE, "ZMQ_TCP_KEEPALIVE_IDLE");
		LIBZMQ.put(SocketOption.TCP_KEEP_ALIVE_INTERVAL, "ZMQ_TCP_KEEPALIVE_INTVL");
		LIBZMQ.put(SocketOption.SEND_BUFFER_SIZE, "ZMQ_SNDBUF");
		LIBZMQ.put(SocketOption.RECEIVE_BUFFER_SIZE, "ZMQ_RCVBUF");
		LIBZMQ.put(SocketOption.HELLO_MESSAGE, "ZMQ_HELLO_MSG");
		LIBZMQ.put(SocketOption.DISCONNECT_MESSAGE, "ZMQ_DISCONNECT_MSG");
		LIBZMQ.put(SocketOption.HICCUP_MESSAGE, "ZMQ_HICCUP_MSG");
		LIBZMQ.put(SocketOption.HEARTBEAT_CONTEXT, "none");
		LIBZMQ.put(SocketOption.MSG_ALLOCATION_HEAP_THRESHOLD, "none");
		LIBZMQ.put(SocketOption.SELF_ADDRESS_PROPERTY_NAME, "none");
		LIBZMQ.put(SocketOption.RECOVERY_INTERVAL, "ZMQ_RECOVERY_IVL");
		LIBZMQ.put(SocketOption.SWAP, "ZMQ_SWAP (2.x)");
		UNSET.put(SocketOption.MAX_FRAMES, String.valueOf(IncomingLimits.DEFAULT.maxFrames()));
		UNSET.put(SocketOption.MAX_COMMAND_SIZE, (IncomingLimits.DEFAULT.maxCommandSize() >> 10) + "KB");
		UNSET.put(SocketOption.MAX_TOPIC_SIZE, (IncomingLimits.DEFAULT.maxTopicSize() >> 10) + "KB");
		UNSET.put(SocketOption.MAX_SUBSCRIPTIONS, String.valueOf(IncomingLimits.DEFAULT.maxSubscriptions()));
		UNSET.put(SocketOption.IPC_PERMISSIONS, "those of new files of the process");
		UNSET.put(SocketOption.SEND_TIMEOUT, "`zmq.template.send-timeout`");
		UNSET.put(SocketOption.RECEIVE_TIMEOUT, "`zmq.template.receive-timeout`");
		UNSET.put(SocketOption.RECONNECT_INTERVAL_MAX, "no back-off");
		UNSET.put(SocketOption.HEARTBEAT_TIMEOUT, "the interval");
		UNSET.put(SocketOption.TCP_KEEP_ALIVE, "operating system");
		UNSET.put(SocketOption.TCP_KEEP_ALIVE_COUNT, "operating system");
		UNSET.put(SocketOption.TCP_KEEP_ALIVE_IDLE, "operating system");
		UNSET.put(SocketOption.TCP_KEEP_ALIVE_INTERVAL, "operating system");
		UNSET.put(SocketOption.REQ_CORRELATE, "true");
		UNSET.put(SocketOption.SEND_BUFFER_SIZE, "operating system");
		UNSET.put(SocketOption.RECEIVE_BUFFER_SIZE, "operating system");
		LACKING.put("ZMQ_BINDTODEVICE", "name an interface in the endpoint: `tcp://eth0:5555`");
		LACKING.put("ZMQ_BLOCKY", "a context always ends: `spring.lifecycle.timeout-per-shutdown-phase` bounds it");
		LACKING.put("ZMQ_CONNECT_TIMEOUT, ZMQ_TCP_MAXRT",
				"`handshake-interval`, `tcp-keep-alive` and `heartbeat-timeout` end dead connections");
		LACKING.put("ZMQ_INVERT_MATCHING", "-");
		LACKING.put("ZMQ_LOOPBACK_FASTPATH", "Windows only");
		LACKING.put("ZMQ_METADATA", "-");
		LACKING.put("ZMQ_MULTICAST_MAXTPDU, ZMQ_NORM_*, ZMQ_VMCI_*, ZMQ_USE_FD", "no such transports");
		LACKING.put("ZMQ_ONLY_FIRST_SUBSCRIBE", "-");
		LACKING.put("ZMQ_OUT_BATCH_SIZE, ZMQ_IN_BATCH_SIZE", "`zmq.context.batch-size`, for all sockets");
		LACKING.put("ZMQ_PRIORITY, ZMQ_THREAD_*", "-");
		LACKING.put("ZMQ_RECONNECT_STOP", "`ZmqSockets.disconnect`");
		LACKING.put("ZMQ_ROUTER_NOTIFY", "`disconnect-message`, or the events of the application");
		LACKING.put("ZMQ_STREAM_NOTIFY", "always on: an empty frame when a peer comes and when it goes");
		LACKING.put("ZMQ_TOPICS_COUNT", "`ZmqSockets.subscribers`");
		LACKING.put("ZMQ_XPUB_WELCOME_MSG", "-");
		LACKING.put("ZMQ_XPUB_MANUAL_LAST_VALUE", "`last-value-cache: true` on the xpub socket");
		LACKING.put("ZMQ_XSUB_VERBOSE_UNSUBSCRIBE", "-");
		LACKING.put("ZMQ_WSS_*, ZMQ_SOCKS_USERNAME, ZMQ_SOCKS_PASSWORD", "no such transports");
		LACKING.put("ZMQ_ZAP_ENFORCE_DOMAIN, ZMQ_GSSAPI_*", "-");
	}

	private OptionsDoc() {
	}

	static String generate() {
		StringBuilder doc = new StringBuilder(INTRO);
		doc.append("| Property | Value | ZeroMQ option | Socket types | Default |\n|---|---|---|---|---|\n");
		for (SocketOption option : SocketOption.values()) {
			if (option.refusal() == null) {
				doc.append("| `%s` | %s | %s | %s | %s |%n".formatted(option.key(), value(option), libzmq(option),
						types(option.types()), defaults(option)));
			}
		}
		doc.append(
				"\n`req` and `rep` run over a DEALER and a ROUTER that look the same on the wire, and have their options.\n");
		doc.append("\n## Refused\n\nThese stop start-up with the reason, since JeroMQ ignores them or breaks.\n\n");
		doc.append("| Option | libzmq | Why |\n|---|---|---|\n");
		for (SocketOption option : SocketOption.values()) {
			if (option.refusal() != null) {
				doc.append("| `%s` | %s | %s |%n".formatted(option.key(), libzmq(option), option.refusal()));
			}
		}
		doc.append("\n## What libzmq has and JeroMQ lacks\n\n| libzmq | Instead |\n|---|---|\n");
		LACKING.forEach((name, instead) -> doc.append("| %s | %s |%n".formatted(name, instead)));
		return doc.toString();
	}

	private static String libzmq(SocketOption option) {
		return LIBZMQ.getOrDefault(option, "ZMQ_" + option.name());
	}

	private static String value(SocketOption option) {
		String type = option.valueType().getSimpleName();
		Object[] range = option.range();
		if (range.length == 0) {
			return (option == SocketOption.HEARTBEAT_CONTEXT) ? type + ", to 16 bytes" : type;
		}
		String from = text(option, range[0]);
		return type + ((range.length == 1) ? " from " + from : " " + from + " to " + text(option, range[1]));
	}

	private static String types(Set<SocketType> types) {
		Set<SocketType> others = usable(EnumSet.allOf(SocketType.class));
		others.removeAll(types);
		if (others.isEmpty()) {
			return "all";
		}
		return (others.size() < types.size()) ? "all but " + names(others) : names(types);
	}

	/** RAW is JeroMQ's own, and refused. */
	private static Set<SocketType> usable(Set<SocketType> types) {
		Set<SocketType> usable = EnumSet.copyOf(types);
		usable.remove(SocketType.RAW);
		return usable;
	}

	private static String names(Iterable<SocketType> types) {
		List<String> names = new ArrayList<>();
		types.forEach((type) -> names.add(type.name().toLowerCase()));
		return names.stream().sorted().collect(Collectors.joining(", "));
	}

	private static String defaults(SocketOption option) {
		if (!JeroMqOptions.has(option)) {
			return UNSET.getOrDefault(option, "-");
		}
		Map<String, List<SocketType>> byValue = new TreeMap<>();
		try (ZContext context = new ZContext()) {
			for (SocketType type : usable(option.types())) {
				ZMQ.Socket socket = context.createSocket(SocketTraits.of(type).wireType());
				OptionApplier.apply(socket, SocketDefinition.of("doc", type, List.of(), List.of()));
				byValue.computeIfAbsent(text(option, JeroMqOptions.get(socket, option)), (value) -> new ArrayList<>())
					.add(type);
			}
		}
		String usual = byValue.entrySet()
			.stream()
			.max(Comparator.comparingInt((entry) -> entry.getValue().size()))
			.orElseThrow()
			.getKey();
		List<String> values = new ArrayList<>(List.of(usual));
		byValue.forEach((value, types) -> {
			if (!value.equals(usual)) {
				values.add(names(types) + ": " + value);
			}
		});
		return String.join("; ", values);
	}

	private static String text(SocketOption option, @Nullable Object value) {
		if (value == null) {
			return UNSET.getOrDefault(option, "none");
		}
		if (value instanceof Duration duration) {
			long millis = duration.toMillis();
			return (millis % 1000 == 0) ? millis / 1000 + "s" : millis + "ms";
		}
		if (value instanceof DataSize size) {
			return (size.toMegabytes() > 0) ? size.toMegabytes() + "MB" : size.toBytes() + "B";
		}
		return value.toString();
	}

}
