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

import io.github.zmqspring.support.SocketTraits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import zmq.socket.Sockets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketTraits} against what JeroMQ does.
 */
class SocketTraitsTests {

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "STREAM", "RAW" })
	void typesTalkToTheSameTypesAsInJeroMq(SocketType type) {
		for (SocketType peer : SocketType.values()) {
			assertThat(SocketTraits.of(type).talksTo(peer)).as("%s and %s", type, peer)
				.isEqualTo(Sockets.compatible(type.type(), peer.name()));
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyTypeSendsOrReceivesAndTalksBothWays(SocketType type) {
		SocketTraits traits = SocketTraits.of(type);
		assertThat(traits.sends() || traits.receives()).isTrue();
		assertThat(traits.fewestFrames()).isLessThanOrEqualTo(traits.mostFrames());
		for (SocketType peer : SocketType.values()) {
			assertThat(traits.talksTo(peer)).isEqualTo(SocketTraits.of(peer).talksTo(type));
			if (traits.talksTo(peer)) {
				assertThat(traits.singleFrame()).isEqualTo(SocketTraits.of(peer).singleFrame());
				assertThat(traits.hasTopics()).isEqualTo(SocketTraits.of(peer).hasTopics());
			}
		}
	}

}
