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

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketOptions}.
 */
class SocketOptionsTests {

	@Test
	void ownOptionsWinOverDefaultsAndOthersThatApplyAreAdded() {
		SocketOptions own = SocketOptions.of(Map.of(SocketOption.SEND_HWM, 1));
		SocketOptions defaults = SocketOptions
			.of(Map.of(SocketOption.SEND_HWM, 2, SocketOption.RECEIVE_HWM, 3, SocketOption.XPUB_VERBOSE, true));
		assertThat(own.over(defaults, SocketType.DEALER).values())
			.isEqualTo(Map.of(SocketOption.SEND_HWM, 1, SocketOption.RECEIVE_HWM, 3));
		assertThat(own.values()).isEqualTo(Map.of(SocketOption.SEND_HWM, 1));
	}

}
