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

package io.github.zmqspring.observation;

import java.util.List;
import java.util.Map;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ZmqReceiverContext}.
 */
class ZmqReceiverContextTests {

	private static final SocketDefinition SOCKET = SocketDefinition.of("in", SocketType.PULL, List.of("inproc://in"),
			List.of());

	@Test
	void aBatchOfSeveralMessagesBelongsToNoTrace() {
		ZmqMessage message = ZmqMessage.of("h", "x").withHeaderFrame(0, (frame) -> Map.of("traceparent", "a"));
		assertThat(new ZmqReceiverContext(SOCKET, "l", List.of(message)).getCarrier())
			.isEqualTo(Map.of("traceparent", "a"));
		assertThat(new ZmqReceiverContext(SOCKET, "l", List.of(message, message)).getCarrier()).isEmpty();
	}

}
