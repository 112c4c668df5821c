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

package io.github.zmqspring.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.ReturnPathMode;
import io.github.zmqspring.core.SocketDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which frames are taken for a return path.
 */
class ReturnPathTests {

	private static final byte[] EMPTY = {};

	/** As libzmq and JeroMQ generate them. */
	private static final byte[] ID = { 0, (byte) 0xa1, 4, 5, 6 };

	private static final byte[] OTHER_ID = { 0, 0, 7, 5, 6 };

	private static final byte[] SMALL_NUMBER = { 0, 0, 0, 1, 2 };

	private static final byte[] SEQUENCE = { 0, 0, 0, 0, 0, 0, 0, 42 };

	private static final byte[] REQUEST = RequestId.toFrame(4711);

	@ParameterizedTest
	@MethodSource("forms")
	void onlyWhatCanBeAReturnPathIsOne(SocketType type, int expected, List<?> frames) {
		assertThat(length(type, ReturnPathMode.AUTO, false, frames)).isEqualTo(expected);
	}

	static Stream<Arguments> forms() {
		return Stream.of(
				// kvmsg of the guide: key, sequence, uuid, properties, body
				Arguments.of(SocketType.DEALER, 0, List.of("key", SEQUENCE, "uuid", EMPTY, "body")),
				Arguments.of(SocketType.ROUTER, 1, List.of(ID, "SET", EMPTY, "value")),
				Arguments.of(SocketType.ROUTER, 1, List.of(ID, SEQUENCE, EMPTY, "body")),
				Arguments.of(SocketType.ROUTER, 1, List.of(ID, SMALL_NUMBER, EMPTY, "body")),
				Arguments.of(SocketType.ROUTER, 1, List.of("named", "SET", EMPTY, "value")),
				// Majordomo
				Arguments.of(SocketType.DEALER, 1, List.of(EMPTY, "MDPW01", "2", "client", EMPTY, "request")),
				Arguments.of(SocketType.ROUTER, 2, List.of(ID, EMPTY, "MDPC01", "echo", "request")),
				Arguments.of(SocketType.ROUTER, 1, List.of(ID, "MDPW02", "3", "client", EMPTY, "reply")),
				// Jupyter, unsigned: the signature is empty
				Arguments.of(SocketType.ROUTER, 1, List.of(ID, "<IDS|MSG>", EMPTY, "{}", "{}", "{}", "{}")),
				Arguments.of(SocketType.DEALER, 0, List.of("<IDS|MSG>", EMPTY, "{}", "{}", "{}", "{}")),
				// a request through brokers, with and without a delimiter
				Arguments.of(SocketType.ROUTER, 2, List.of(ID, EMPTY, "body")),
				Arguments.of(SocketType.ROUTER, 4, List.of(ID, OTHER_ID, ID, EMPTY, "body")),
				Arguments.of(SocketType.ROUTER, 4, List.of("broker", OTHER_ID, ID, EMPTY, "body")),
				Arguments.of(SocketType.ROUTER, 3, List.of(ID, OTHER_ID, ID, "body")),
				Arguments.of(SocketType.ROUTER, 4, List.of(ID, OTHER_ID, new byte[] { 9, 8, 7, 6 }, EMPTY, "body")),
				Arguments.of(SocketType.ROUTER, 2, List.of(ID, OTHER_ID, "SET", EMPTY, "value")),
				Arguments.of(SocketType.DEALER, 2, List.of(ID, EMPTY, "body")),
				Arguments.of(SocketType.DEALER, 3, List.of(ID, OTHER_ID, EMPTY, "body", EMPTY, "more")),
				Arguments.of(SocketType.DEALER, 0, List.of(ID, "body")),
				// our own requests, directly and through a client or broker with a name
				Arguments.of(SocketType.ROUTER, 3, List.of(ID, REQUEST, EMPTY, "body")),
				Arguments.of(SocketType.ROUTER, 4, List.of(ID, "worker-1", REQUEST, EMPTY, "body")),
				Arguments.of(SocketType.DEALER, 2, List.of(REQUEST, EMPTY, "body")),
				// an empty frame with nothing behind it is the body
				Arguments.of(SocketType.ROUTER, 1, List.of(ID, EMPTY)),
				Arguments.of(SocketType.ROUTER, 2, List.of(ID, EMPTY, EMPTY)),
				Arguments.of(SocketType.ROUTER, 1, List.of(ID, OTHER_ID)),
				Arguments.of(SocketType.DEALER, 0, List.of("a", EMPTY)),
				Arguments.of(SocketType.DEALER, 0, List.of(EMPTY)),
				// REP does as RFC 28 says
				Arguments.of(SocketType.REP, 4, List.of(ID, "any", "name", EMPTY, "body")),
				Arguments.of(SocketType.REP, 0, List.of(ID, "no", "request")),
				Arguments.of(SocketType.PULL, 0, List.of(ID, EMPTY, "body")));
	}

	@Test
	void aRequesterAlwaysSendsADelimiter() {
		assertThat(length(SocketType.ROUTER, ReturnPathMode.AUTO, true, List.of(ID, "corr", EMPTY, "body")))
			.isEqualTo(3);
	}

	@Test
	void theOtherModesDoAsTheySay() {
		List<?> request = List.of(ID, EMPTY, "body");
		assertThat(length(SocketType.ROUTER, ReturnPathMode.IDENTITY, true, request)).isOne();
		assertThat(length(SocketType.DEALER, ReturnPathMode.NONE, true, List.of(EMPTY, "body"))).isZero();
		List<?> named = List.of(ID, "client", EMPTY, "body");
		assertThat(length(SocketType.ROUTER, ReturnPathMode.DELIMITER, false, named)).isEqualTo(3);
		assertThat(length(SocketType.ROUTER, ReturnPathMode.DELIMITER, false, List.of(ID, "a", "b"))).isOne();
		assertThat(length(SocketType.DEALER, ReturnPathMode.DELIMITER, false, named)).isEqualTo(3);
	}

	@Test
	void aHeaderFrameEndsTheReturnPath() {
		byte[] header = HeaderFrame.encode(java.util.Map.of("a", "b"));
		SocketDefinition router = SocketDefinition.of("r", SocketType.ROUTER, List.of(), List.of())
			.mutate()
			.envelope(Envelope.HEADERS)
			.build();
		assertThat(ReturnPath.length(router, frames(List.of(ID, OTHER_ID, header, EMPTY, "body")), () -> true))
			.isEqualTo(2);
	}

	private static int length(SocketType type, ReturnPathMode mode, boolean requester, List<?> frames) {
		SocketDefinition definition = SocketDefinition.builder("s", type).returnPath(mode).build();
		return ReturnPath.length(definition, frames(frames), () -> requester);
	}

	private static byte[][] frames(List<?> frames) {
		return frames.stream()
			.map((frame) -> (frame instanceof byte[] bytes) ? bytes : ((String) frame).getBytes(StandardCharsets.UTF_8))
			.map((frame) -> Arrays.copyOf(frame, frame.length))
			.toArray(byte[][]::new);
	}

}
