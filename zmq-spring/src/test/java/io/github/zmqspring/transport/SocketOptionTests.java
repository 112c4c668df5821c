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

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.support.SocketTraits;
import io.github.zmqspring.transport.wire.OptionApplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SocketOptionTests {

	private static final String SECURITY = "security: zmq.sockets.<name>.security";

	/** Setters whose name says it already are not listed. */
	private static final Map<String, SocketOption> SETTERS = Map.ofEntries(
			Map.entry("setSndHWM", SocketOption.SEND_HWM), Map.entry("setRcvHWM", SocketOption.RECEIVE_HWM),
			Map.entry("setMaxMsgSize", SocketOption.MAX_MESSAGE_SIZE),
			Map.entry("setReconnectIVL", SocketOption.RECONNECT_INTERVAL),
			Map.entry("setReconnectIVLMax", SocketOption.RECONNECT_INTERVAL_MAX),
			Map.entry("setHandshakeIvl", SocketOption.HANDSHAKE_INTERVAL),
			Map.entry("setHeartbeatIvl", SocketOption.HEARTBEAT_INTERVAL),
			Map.entry("setIdentity", SocketOption.ROUTING_ID),
			Map.entry("setConnectRid", SocketOption.CONNECT_ROUTING_ID),
			Map.entry("setTCPKeepAlive", SocketOption.TCP_KEEP_ALIVE),
			Map.entry("setTCPKeepAliveCount", SocketOption.TCP_KEEP_ALIVE_COUNT),
			Map.entry("setTCPKeepAliveIdle", SocketOption.TCP_KEEP_ALIVE_IDLE),
			Map.entry("setTCPKeepAliveInterval", SocketOption.TCP_KEEP_ALIVE_INTERVAL),
			Map.entry("setHelloMsg", SocketOption.HELLO_MESSAGE),
			Map.entry("setSendTimeOut", SocketOption.SEND_TIMEOUT),
			Map.entry("setReceiveTimeOut", SocketOption.RECEIVE_TIMEOUT), Map.entry("setIPv6", SocketOption.IPV6));

	private static final Map<String, String> REASONS = Map.ofEntries(
			Map.entry("setHWM", "deprecated: send-hwm and receive-hwm"), Map.entry("setIPv4Only", "deprecated: ipv6"),
			Map.entry("setDelayAttachOnConnect", "deprecated: immediate"),
			Map.entry("setEncoder", "deprecated by JeroMQ, and replaces ZMTP"),
			Map.entry("setDecoder", "deprecated by JeroMQ, and replaces ZMTP"),
			Map.entry("setMsgAllocator", "internal: guards against hostile frames"),
			Map.entry("setSelectorChooser", "internal: the selector of JeroMQ's pollers"),
			Map.entry("setEventHook", "internal: connections are followed with it"),
			Map.entry("setZapDomain", SECURITY), Map.entry("setZAPDomain", SECURITY),
			Map.entry("setAsServerPlain", SECURITY), Map.entry("setPlainServer", SECURITY),
			Map.entry("setPlainUsername", SECURITY), Map.entry("setPlainPassword", SECURITY),
			Map.entry("setAsServerCurve", SECURITY), Map.entry("setCurveServer", SECURITY),
			Map.entry("setCurvePublicKey", SECURITY), Map.entry("setCurveServerKey", SECURITY),
			Map.entry("setCurveSecretKey", SECURITY));

	@Test
	void everySetterOfAJeroMqSocketIsAnOptionOrHasAReasonNotToBe() {
		Set<String> unexplained = new TreeSet<>();
		Set<String> known = new TreeSet<>();
		for (Method method : ZMQ.Socket.class.getMethods()) {
			String name = method.getName();
			if (name.startsWith("set") && method.getDeclaringClass() == ZMQ.Socket.class) {
				known.add(name);
				if (!SETTERS.containsKey(name) && !REASONS.containsKey(name) && !isNamedLikeAnOption(name)) {
					unexplained.add(name);
				}
			}
		}
		assertThat(unexplained).isEmpty();
		assertThat(known).containsAll(SETTERS.keySet()).containsAll(REASONS.keySet());
	}

	private static boolean isNamedLikeAnOption(String setter) {
		String squeezed = setter.substring(3).toLowerCase();
		return Stream.of(SocketOption.values()).anyMatch((option) -> option.key().replace("-", "").equals(squeezed));
	}

	@Test
	void everyOptionIsAppliedOrKeptByThisLibraryOrRefused() {
		Set<SocketOption> own = Set.of(SocketOption.SEND_TIMEOUT, SocketOption.RECEIVE_TIMEOUT,
				SocketOption.MSG_ALLOCATION_HEAP_THRESHOLD, SocketOption.REQ_CORRELATE, SocketOption.IPC_PERMISSIONS,
				SocketOption.MAX_FRAMES, SocketOption.MAX_COMMAND_SIZE, SocketOption.MAX_TOPIC_SIZE,
				SocketOption.MAX_SUBSCRIPTIONS);
		for (SocketOption option : SocketOption.values()) {
			assertThat(OptionApplier.isApplied(option)).as(option.key())
				.isEqualTo(option.refusal() == null && !own.contains(option));
			assertThat(option.types().isEmpty()).as(option.key()).isEqualTo(option.refusal() != null);
		}
	}

	static Stream<SocketOption> readable() {
		return Stream.of(SocketOption.values()).filter(JeroMqOptions::has);
	}

	@ParameterizedTest
	@MethodSource("readable")
	void whatIsSetIsReadBackFromEveryTypeThatHasTheOption(SocketOption option) {
		Object value = sample(option);
		assertThat(option.violation(value)).isNull();
		try (ZContext context = new ZContext()) {
			for (SocketType type : option.types()) {
				ZMQ.Socket socket = context.createSocket(SocketTraits.of(type).wireType());
				OptionApplier.apply(socket, definition(type, SocketOptions.NONE.with(option, value)));
				assertThat(JeroMqOptions.get(socket, option)).as(type + " " + option.key()).isEqualTo(value);
			}
		}
	}

	/** Different from the default of every type. */
	private static Object sample(SocketOption option) {
		if (option == SocketOption.ROUTER_MANDATORY) {
			return false;
		}
		Class<?> type = option.valueType();
		if (type == Duration.class) {
			return Duration.ofSeconds(17);
		}
		if (type == DataSize.class) {
			return DataSize.ofKilobytes(17);
		}
		if (type == Integer.class) {
			return 17;
		}
		if (type == Long.class) {
			return 1L;
		}
		return (type == Boolean.class) ? true : "Grüße";
	}

	@ParameterizedTest
	@EnumSource(SocketOption.class)
	void everyOptionIsCheckedForItsTypeAndRange(SocketOption option) {
		if (option.refusal() != null) {
			assertRefused(SocketType.ROUTER, option, "x", option.refusal());
			return;
		}
		for (SocketType type : SocketType.values()) {
			if (!option.types().contains(type) && type != SocketType.RAW) {
				assertRefused(type, option, sample(option), "is a " + type);
			}
		}
		SocketType type = option.types().iterator().next();
		for (Object edge : option.range()) {
			SocketOptions shortest = SocketOptions
				.of(Map.of(SocketOption.RECONNECT_INTERVAL, Duration.ofMillis(1), SocketOption.TCP_KEEP_ALIVE, true));
			SocketChecks.check(definition(type, shortest.with(option, edge)));
		}
		if (option.valueType() == Duration.class) {
			assertRefused(type, option, Duration.ofMillis(-1), "must be at least");
		}
		if (option.valueType() == Integer.class || option.valueType() == Long.class) {
			Object negative = (option.valueType() == Integer.class) ? (Object) (-1) : (Object) (-1L);
			assertRefused(type, option, negative, "must be at least");
		}
	}

	@Test
	void detailsOfKeepAliveAreRefusedWithoutIt() {
		SocketOptions off = SocketOptions.NONE.with(SocketOption.TCP_KEEP_ALIVE, false)
			.with(SocketOption.TCP_KEEP_ALIVE_COUNT, 3);
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> SocketChecks
				.check(SocketDefinition.of("test", SocketType.PULL, List.of(), List.of()).withOptions(off)))
			.withMessageContaining("tcp-keep-alive: false");
	}

	@Test
	void anEmptyOrLongRoutingIdIsRefused() {
		assertRefused(SocketType.DEALER, SocketOption.ROUTING_ID, "", "at least 1 bytes");
		assertRefused(SocketType.DEALER, SocketOption.ROUTING_ID, "ü".repeat(128), "at most 255 bytes");
		assertRefused(SocketType.DEALER, SocketOption.ROUTING_ID, "\0x", "zero byte");
		assertRefused(SocketType.ROUTER, SocketOption.CONNECT_ROUTING_ID, "", "at least 1 bytes");
		assertRefused(SocketType.ROUTER, SocketOption.CONNECT_ROUTING_ID, "hex:0041", "zero byte");
		assertRefused(SocketType.PUSH, SocketOption.SEND_HWM, -1, "For no limit write 0");
		assertRefused(SocketType.PULL, SocketOption.MAX_MESSAGE_SIZE, DataSize.ofBytes(-1), "such as 1GB");
		assertRefused(SocketType.PUSH, SocketOption.LINGER, Duration.ofMillis(-1), "such as 60s");
	}

	@Test
	void aTimeToLiveThatJeroMqWouldThrowForIsRefused() {
		assertRefused(SocketType.DEALER, SocketOption.HEARTBEAT_TTL, Duration.ofSeconds(656), "at most 655399ms");
	}

	@Test
	void aReconnectIntervalOfZeroIsRefused() {
		assertRefused(SocketType.DEALER, SocketOption.RECONNECT_INTERVAL, Duration.ZERO, "must be at least 1ms");
	}

	@Test
	void aLongestReconnectIntervalBelowTheFirstIsRefused() {
		assertRefused(SocketType.SUB, SocketOption.RECONNECT_INTERVAL_MAX, Duration.ofMillis(50), "100 ms");
	}

	@Test
	void aSendBufferSizeIsRefusedWhereASocketBinds() {
		SocketDefinition binding = SocketDefinition
			.of("orders", SocketType.PUSH, List.of("tcp://127.0.0.1:*"), List.of())
			.withOptions(SocketOptions.NONE.with(SocketOption.SEND_BUFFER_SIZE, DataSize.ofKilobytes(64)));
		assertThatExceptionOfType(ZmqConfigurationException.class).isThrownBy(() -> SocketChecks.check(binding))
			.withMessageContaining("zmq.sockets.orders.options.send-buffer-size");
	}

	@ParameterizedTest
	@EnumSource(value = SocketOption.class, names = { "RECONNECT_INTERVAL", "RECONNECT_INTERVAL_MAX",
			"CONNECT_ROUTING_ID", "IMMEDIATE", "HICCUP_MESSAGE", "BACKLOG", "DISCONNECT_MESSAGE" })
	void anOptionOfTheOtherSideIsRefused(SocketOption option) {
		boolean binding = option == SocketOption.BACKLOG || option == SocketOption.DISCONNECT_MESSAGE;
		List<String> endpoint = List.of("tcp://127.0.0.1:5555");
		SocketType type = option.types().iterator().next();
		SocketOptions options = SocketOptions.NONE.with(option, sample(option));
		SocketDefinition wrong = SocketDefinition
			.of("orders", type, (binding) ? List.of() : endpoint, (binding) ? endpoint : List.of())
			.withOptions(options);
		assertThatExceptionOfType(ZmqConfigurationException.class).isThrownBy(() -> SocketChecks.checkSide(wrong))
			.withMessageContaining("zmq.sockets.orders.options." + option.key())
			.withMessageContaining((binding) ? "only connects" : "only binds")
			.withMessageContaining("zmq.defaults." + option.key());
		SocketChecks.checkSide(SocketDefinition.of("orders", type, endpoint, endpoint).withOptions(options));
		SocketChecks.checkSide(SocketDefinition.of("orders", type, List.of(), List.of()).withOptions(options));
	}

	@Test
	void anAffinityWithoutAnyIoThreadIsRefused() {
		SocketDefinition definition = definition(SocketType.PUSH, SocketOptions.NONE.with(SocketOption.AFFINITY, 2L));
		assertThatExceptionOfType(ZmqConfigurationException.class)
			.isThrownBy(() -> SocketChecks.checkAffinity(definition, 1))
			.withMessageContaining("zmq.context.io-threads");
		SocketChecks.checkAffinity(definition, 2);
	}

	@Test
	void verboserSetToFalseLeavesVerboseOn() {
		SocketOptions options = SocketOptions.NONE.with(SocketOption.XPUB_VERBOSE, true)
			.with(SocketOption.XPUB_VERBOSER, false);
		try (ZContext context = new ZContext()) {
			ZMQ.Socket socket = context.createSocket(SocketType.XPUB);
			OptionApplier.apply(socket, definition(SocketType.XPUB, options));
			assertThat(JeroMqOptions.get(socket, SocketOption.XPUB_VERBOSE)).isEqualTo(true);
		}
	}

	@Test
	void theTableInTheDocumentationIsUpToDate() throws IOException {
		Path page = Path.of("..", "docs", "options.md");
		String generated = OptionsDoc.generate();
		if (Boolean.getBoolean("zmq.docs.write")) {
			Files.writeString(page, generated);
		}
		assertThat(Files.readString(page)).as("Write it anew with -Dzmq.docs.write=true").isEqualTo(generated);
	}

	private static void assertRefused(SocketType type, SocketOption option, Object value, String reason) {
		SocketDefinition definition = definition(type, SocketOptions.NONE.with(option, value));
		assertThatExceptionOfType(ZmqConfigurationException.class).as(type + " " + option.key() + "=" + value)
			.isThrownBy(() -> SocketChecks.check(definition))
			.withMessageContaining("zmq.sockets.orders.options." + option.key())
			.withMessageContaining(reason);
	}

	private static SocketDefinition definition(SocketType type, SocketOptions options) {
		return SocketDefinition.of("orders", type, List.of(), List.of()).withOptions(options);
	}

}
