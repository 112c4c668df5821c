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

import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.ReturnPathMode;
import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.support.BytesText;
import io.github.zmqspring.support.SocketTraits;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.wire.FrameWriter;
import org.zeromq.SocketType;
import zmq.Msg;

import org.springframework.util.unit.DataSize;

/**
 * Checks a definition before JeroMQ sees it.
 */
final class SocketChecks {

	private static final Set<SocketOption> KEEP_ALIVE_DETAILS = EnumSet.of(SocketOption.TCP_KEEP_ALIVE_COUNT,
			SocketOption.TCP_KEEP_ALIVE_IDLE, SocketOption.TCP_KEEP_ALIVE_INTERVAL);

	/** Options that have an effect only on connections that this side makes. */
	private static final Set<SocketOption> CONNECTING = EnumSet.of(SocketOption.RECONNECT_INTERVAL,
			SocketOption.RECONNECT_INTERVAL_MAX, SocketOption.CONNECT_ROUTING_ID, SocketOption.IMMEDIATE,
			SocketOption.HICCUP_MESSAGE);

	/** Options that have an effect only on connections that this side accepts. */
	private static final Set<SocketOption> BINDING = EnumSet.of(SocketOption.BACKLOG, SocketOption.DISCONNECT_MESSAGE,
			SocketOption.IPC_PERMISSIONS);

	private static final byte[] NO_BYTES = {};

	private SocketChecks() {
	}

	static void check(SocketDefinition definition) {
		if (definition.type() == SocketType.RAW) {
			throw new ZmqConfigurationException(property(definition, "type"),
					"RAW is for tests of JeroMQ itself: it has neither handshake nor frames",
					"Use the type stream for raw TCP");
		}
		if (definition.envelope() != Envelope.NONE) {
			checkEnvelope(definition);
		}
		if (definition.lastValueCache() && definition.type() != SocketType.XPUB) {
			throw new ZmqConfigurationException(property(definition, "last-value-cache"),
					"socket '%s' is a %s, which does not learn of subscriptions".formatted(definition.name(),
							definition.type()),
					"Remove it, or use the type xpub: subscribers cannot tell it from pub");
		}
		if (!definition.topics().isEmpty()) {
			if (!definition.traits().subscribes()) {
				throw new ZmqConfigurationException(property(definition, "topics"),
						definition.type() + " sockets subscribe to nothing",
						"Remove the topics, or use the type sub, xsub or dish");
			}
			definition.topics().forEach((topic) -> checkTopic(definition, topic));
		}
		if (definition.security() != null && definition.type() == SocketType.STREAM) {
			throw new ZmqConfigurationException(property(definition, "security"),
					"STREAM sockets speak raw TCP, which has no handshake: it would protect nothing",
					"Remove it, or use another type");
		}
		checkFrames(definition);
		if (definition.sequence() != null) {
			checkSequence(definition, definition.sequence());
		}
		definition.options().values().forEach((option, value) -> check(definition, option, value));
		checkTogether(definition);
	}

	/** Check properties of frames, for which some types leave no choice. */
	private static void checkFrames(SocketDefinition definition) {
		SocketType type = definition.type();
		ReturnPathMode mode = definition.returnPath();
		if (mode != ReturnPathMode.AUTO && type != SocketType.ROUTER && type != SocketType.DEALER) {
			throw new ZmqConfigurationException(property(definition, "return-path"),
					"socket '%s' is a %s, and only a router or a dealer has a choice".formatted(definition.name(),
							type),
					"Remove it");
		}
		if (mode == ReturnPathMode.IDENTITY && type == SocketType.DEALER) {
			throw new ZmqConfigurationException(property(definition, "return-path"),
					"a DEALER receives no identity in front of its messages",
					"Set it to none, which makes all frames payload, or to auto");
		}
		if (mode == ReturnPathMode.NONE && type == SocketType.ROUTER) {
			throw new ZmqConfigurationException(property(definition, "return-path"),
					"the first frame of every message of a ROUTER is the identity of its peer",
					"Set it to identity, which makes all other frames payload, or to auto");
		}
		String separator = definition.topicSeparator();
		if (separator == null) {
			return;
		}
		if (separator.isEmpty()) {
			throw new ZmqConfigurationException(property(definition, "topic-separator"), "it is empty",
					"Set the text that stands between topic and payload, quoted where it is a space: ' '");
		}
		if (!definition.traits().subscribes()) {
			throw new ZmqConfigurationException(property(definition, "topic-separator"),
					"socket '%s' is a %s, which receives no topics".formatted(definition.name(), type),
					"Remove it, or use the type sub, xsub or dish");
		}
	}

	private static void checkSequence(SocketDefinition definition, SequenceDefinition sequence) {
		String where = property(definition, "sequence");
		SocketType type = definition.type();
		if (type != SocketType.SUB && type != SocketType.XSUB && type != SocketType.PUB && type != SocketType.XPUB) {
			throw new ZmqConfigurationException(where,
					"socket '%s' is a %s, and only published messages have numbers".formatted(definition.name(), type),
					"Remove it, or use the type sub, xsub, pub or xpub");
		}
		if (definition.envelope() != Envelope.NONE || definition.options().isOn(SocketOption.CONFLATE)
				|| definition.topicSeparator() != null) {
			throw new ZmqConfigurationException(where,
					"the number has a frame of its own, which does not go with envelope, conflate or topic-separator",
					"Remove these, or the sequence");
		}
		checkReplay(definition, sequence, where + ".replay");
	}

	private static void checkReplay(SocketDefinition definition, SequenceDefinition sequence, String where) {
		boolean publishes = definition.traits().publishes();
		for (String endpoint : sequence.replay()) {
			EndpointAddress.parse(where,
					(publishes) ? endpoint : endpoint.replace(SequenceDefinition.HOST, "localhost"), publishes);
		}
		int replays = sequence.replay().size();
		int publishers = definition.connect().size();
		boolean oneForAll = replays == 1
				&& (sequence.per() == SequenceDefinition.Scope.TOPIC || sequence.replaysAtHost() || publishers <= 1);
		if (!publishes && replays > 0 && !oneForAll && replays != publishers) {
			throw new ZmqConfigurationException(where,
					"socket '%s' connects to %d publishers, and there are %d replay endpoints"
						.formatted(definition.name(), publishers, replays),
					"Give one for each endpoint of connect, in the same order, or a single one with {host} for the publisher's host, such as tcp://{host}:5558");
		}
	}

	/** Refuse an envelope where messages cannot have another frame. */
	private static void checkEnvelope(SocketDefinition definition) {
		if (definition.traits().raw()) {
			throw noEnvelope(definition, "STREAM sockets speak raw TCP, which has no frames");
		}
		if (!definition.traits().multipart()) {
			throw noEnvelope(definition,
					"messages of %s sockets are a single frame, and headers travel in one of their own"
						.formatted(definition.type()));
		}
		if (definition.options().isOn(SocketOption.CONFLATE)) {
			throw noEnvelope(definition,
					"with the option conflate ZeroMQ keeps a single frame, and headers travel in one of their own");
		}
		for (String name : definition.envelopeHeaders()) {
			if (name.isBlank() || ZmqHeaders.isLocal(name)) {
				throw new ZmqConfigurationException(property(definition, "envelope-headers"),
						"'" + name + "' is no header that could travel",
						"Give names or patterns such as x-*; those of Spring itself and of ZeroMQ stay at home");
			}
		}
	}

	private static ZmqConfigurationException noEnvelope(SocketDefinition definition, String reason) {
		return new ZmqConfigurationException(property(definition, "envelope"), reason,
				"Set it to none, and put what the receiver must know into the payload");
	}

	/**
	 * Refuse options of the socket's own that belong to the other side. Defaults are for
	 * sockets of both sides.
	 */
	static void checkSide(SocketDefinition own) {
		if (own.bind().isEmpty() == own.connect().isEmpty()) {
			return;
		}
		boolean binds = !own.bind().isEmpty();
		Set<SocketOption> others = (binds) ? CONNECTING : BINDING;
		own.options().values().keySet().stream().filter(others::contains).findFirst().ifPresent((option) -> {
			throw new ZmqConfigurationException(property(own, option),
					"it would be ignored: the socket only %s, and the option belongs to sockets that %s"
						.formatted((binds) ? "binds" : "connects", (binds) ? "connect" : "bind"),
					"Remove it. For a socket that %s at run time set zmq.defaults.%s"
						.formatted((binds) ? "connects" : "binds", option.key()));
		});
	}

	/** Put the defaults below the options, as far as type and side have them. */
	static SocketDefinition withDefaults(SocketDefinition own, SocketOptions defaults) {
		SocketOptions usable = defaults;
		if (!own.bind().isEmpty()) {
			Map<SocketOption, Object> values = new EnumMap<>(SocketOption.class);
			values.putAll(defaults.values());
			values.remove(SocketOption.SEND_BUFFER_SIZE);
			usable = SocketOptions.of(values);
		}
		return own.withOptions(own.options().over(usable, own.type()));
	}

	/**
	 * Check one endpoint.
	 * @param key {@code bind} or {@code connect}
	 */
	static EndpointAddress endpoint(SocketDefinition definition, String key, String endpoint) {
		String property = property(definition, key);
		EndpointAddress parsed = EndpointAddress.parse(property, endpoint, "bind".equals(key));
		if (parsed.isIpv6() && !definition.options().isOn(SocketOption.IPV6)) {
			throw new ZmqConfigurationException(property, "'" + endpoint + "' is an IPv6 address",
					"Set " + property(definition, SocketOption.IPV6) + ": true");
		}
		return parsed;
	}

	private static String property(SocketDefinition definition, String key) {
		return SocketDefinition.property(definition.name()) + "." + key;
	}

	private static String property(SocketDefinition definition, SocketOption option) {
		return property(definition, "options." + option.key());
	}

	private static void checkTopic(SocketDefinition definition, String topic) {
		byte[] bytes = bytes(property(definition, "topics"), topic);
		if (definition.traits().address() == SocketTraits.Address.GROUP && !FrameWriter.isGroup(bytes)) {
			throw new ZmqConfigurationException(property(definition, "topics"), "'" + topic + "' is not a group",
					"A group has up to " + Msg.MAX_GROUP_LENGTH + " ASCII characters");
		}
	}

	private static void checkPermissions(String property, String value) {
		try {
			PosixFilePermissions.fromString(value);
		}
		catch (IllegalArgumentException ex) {
			throw new ZmqConfigurationException(property, "'" + value + "' are no permissions of a file",
					"Write nine characters for owner, group and others, such as rw-rw----");
		}
	}

	private static byte[] bytes(String property, String text) {
		try {
			return BytesText.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new ZmqConfigurationException(property, String.valueOf(ex.getMessage()), "Correct the value");
		}
	}

	/** Check options that depend on one another, or on the endpoints. */
	private static void checkTogether(SocketDefinition definition) {
		SocketOptions options = definition.options();
		Duration first = options.duration(SocketOption.RECONNECT_INTERVAL, Duration.ofMillis(100));
		Duration longest = options.duration(SocketOption.RECONNECT_INTERVAL_MAX, first);
		if (longest.compareTo(first) < 0) {
			throw new ZmqConfigurationException(property(definition, SocketOption.RECONNECT_INTERVAL_MAX),
					"it is less than reconnect-interval (%d ms < %d ms), and would be ignored"
						.formatted(longest.toMillis(), first.toMillis()),
					"Set it to more than reconnect-interval, or remove it");
		}
		if (Boolean.FALSE.equals(options.get(SocketOption.TCP_KEEP_ALIVE, Boolean.class))) {
			KEEP_ALIVE_DETAILS.stream().filter(options.values()::containsKey).findFirst().ifPresent((option) -> {
				throw new ZmqConfigurationException(property(definition, option),
						"it would be ignored with tcp-keep-alive: false", "Remove one of the two");
			});
		}
		if (!definition.bind().isEmpty()) {
			checkBindable(definition);
		}
	}

	/**
	 * Refuse two types that do not fit. Over inproc JeroMQ does not check: messages pile
	 * up, or a message of several frames makes a GATHER loop for ever.
	 */
	static void checkPeers(SocketDefinition definition, String key, String endpoint, SocketDefinition peer) {
		if (!definition.traits().talksTo(peer.type())) {
			throw new ZmqConfigurationException(property(definition, key),
					"at '%s' a %s would meet socket '%s', a %s: they do not talk to each other".formatted(endpoint,
							definition.type(), peer.name(), peer.type()),
					"Change one of the types, or the endpoint");
		}
	}

	/** Refuse a send buffer size, with which JeroMQ throws when it binds tcp. */
	static void checkBindable(SocketDefinition definition) {
		if (Boolean.FALSE.equals(definition.options().get(SocketOption.REQ_CORRELATE, Boolean.class))) {
			throw new ZmqConfigurationException(property(definition, SocketOption.REQ_CORRELATE),
					"it is false on a socket that binds: a worker that connects again delivers its late reply, which nothing tells from that of the next request",
					"Connect to the servers, or remove the option: workers of all languages send request ids back");
		}
		if (definition.options().get(SocketOption.SEND_BUFFER_SIZE, DataSize.class) != null) {
			throw new ZmqConfigurationException(property(definition, SocketOption.SEND_BUFFER_SIZE),
					"JeroMQ cannot set it on a socket that binds", "Remove it: the kernel tunes the buffer by itself");
		}
	}

	/**
	 * Refuse a mask that names no I/O thread, with which JeroMQ neither binds nor
	 * connects.
	 */
	static void checkAffinity(SocketDefinition definition, int ioThreads) {
		Long mask = definition.options().get(SocketOption.AFFINITY, Long.class);
		if (mask != null && mask != 0 && ioThreads < Long.SIZE && (mask & ((1L << ioThreads) - 1)) == 0) {
			throw new ZmqConfigurationException(property(definition, SocketOption.AFFINITY),
					"the bit mask %d names none of the %d I/O threads".formatted(mask, ioThreads),
					"Set one of the lowest %d bits, or raise zmq.context.io-threads".formatted(ioThreads));
		}
	}

	private static void check(SocketDefinition definition, SocketOption option, Object value) {
		String where = property(definition, option);
		if (option.refusal() != null) {
			throw new ZmqConfigurationException(where, option.refusal(), "Remove the option");
		}
		if (!option.appliesTo(definition.type())) {
			throw new ZmqConfigurationException(where,
					"socket '%s' is a %s, and these do not have it".formatted(definition.name(), definition.type()),
					"Remove the option, or change the type of the socket");
		}
		if (option == SocketOption.IPC_PERMISSIONS) {
			checkPermissions(where, (String) value);
		}
		byte[] bytes = (option.isBytes()) ? bytes(where, (String) value) : NO_BYTES;
		String violation = option.violation(value);
		if (violation != null) {
			throw new ZmqConfigurationException(where, "'" + value + "' " + violation, option.advice(value));
		}
		if (option == SocketOption.CONNECT_ROUTING_ID && definition.options().isOn(SocketOption.IMMEDIATE)) {
			throw new ZmqConfigurationException(where,
					"with immediate: true JeroMQ calls a peer by its own id, and this one has no effect",
					"Remove one of the two options");
		}
		if ((option == SocketOption.ROUTING_ID || option == SocketOption.CONNECT_ROUTING_ID) && bytes[0] == 0) {
			throw new ZmqConfigurationException(where, "it starts with a zero byte, which ZeroMQ keeps for itself",
					"Choose another");
		}
	}

}
