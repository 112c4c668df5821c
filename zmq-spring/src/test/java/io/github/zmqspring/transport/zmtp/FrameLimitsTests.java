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

package io.github.zmqspring.transport.zmtp;

import org.junit.jupiter.api.Test;
import zmq.Options;
import zmq.io.mechanism.Mechanisms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of {@link FrameLimits}, each at its limit and one beyond.
 */
class FrameLimitsTests {

	private static FrameLimits limits(Mechanisms mechanism) {
		Options options = new Options();
		options.mechanism = mechanism;
		options.maxMsgSize = 1000;
		return FrameLimits.of(options, 100, 3);
	}

	@Test
	void commandsHaveALimit() {
		FrameLimits limits = limits(Mechanisms.NULL);
		assertThatNoException().isThrownBy(() -> limits.checkCommand(100));
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> limits.checkCommand(101))
			.withMessageContaining("a command of 101 bytes is longer than the limit of 100");
		FrameLimits none = new FrameLimits(-1, -1);
		assertThatNoException().isThrownBy(() -> none.checkCommand(Integer.MAX_VALUE - 8));
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> none.checkCommand(Integer.MAX_VALUE));
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> new FrameLimits(-1, 0).checkCommand(1));
		assertThatNoException().isThrownBy(() -> new FrameLimits(-1, 0).checkCommand(0));
	}

	@Test
	void messagesHaveALimitOfFrames() {
		FrameLimits limits = limits(Mechanisms.NULL);
		assertThatNoException().isThrownBy(() -> limits.checkFrames(3));
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> limits.checkFrames(4))
			.withMessageContaining("more than 3 frames: raise options.max-frames");
	}

	@Test
	void messagesHaveALimitOfBytes() {
		FrameLimits limits = limits(Mechanisms.NULL);
		assertThat(limits.isExceededBy(1000)).isFalse();
		assertThat(limits.isExceededBy(1001)).isTrue();
		assertThatNoException().isThrownBy(() -> limits.checkMessage(1000, false));
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> limits.checkMessage(1001, false))
			.withMessageContaining("a message of 1001 bytes is longer than the limit of 1000");
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> limits.checkMessage(1001, true))
			.withMessageContaining("a message of at least 1001 bytes");
		FrameLimits none = new FrameLimits(-1, -1);
		assertThat(none.isExceededBy(Integer.MAX_VALUE - 8)).isFalse();
		assertThat(none.isExceededBy(Integer.MAX_VALUE)).isTrue();
		assertThat(new FrameLimits(0, -1).isExceededBy(1)).isTrue();
	}

	@Test
	void encryptedMessagesAreALittleLongerOnTheWireAndNotThrownAwayAsTheyCome() {
		FrameLimits limits = limits(Mechanisms.CURVE);
		assertThat(limits.isExceededBy(1001)).isFalse();
		assertThat(limits.isExceededBy(1200)).isTrue();
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> limits.checkMessage(1001, false));
		assertThat(limits.maySkip(1001)).isFalse();
		assertThat(limits(Mechanisms.NULL).maySkip(1001)).isTrue();
		assertThat(limits(Mechanisms.NULL).maySkip(Integer.MAX_VALUE)).isFalse();
	}

}
