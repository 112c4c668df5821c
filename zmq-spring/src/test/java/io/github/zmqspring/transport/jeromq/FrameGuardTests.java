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

package io.github.zmqspring.transport.jeromq;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import zmq.Msg;
import zmq.msg.MsgAllocatorThreshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link FrameGuard}.
 */
class FrameGuardTests {

	private final AtomicInteger asked = new AtomicInteger();

	@Test
	void largeMessagesLieOutsideOfTheHeapAsLongAsThereIsRoom() {
		FrameGuard guard = new FrameGuard(new MsgAllocatorThreshold(100), 1000, false);
		assertThat(guard.allocate(99).buf().isDirect()).isFalse();
		assertThat(guard.allocate(101).buf().isDirect()).isTrue();
	}

	@Test
	void whereNoDirectMemoryIsLeftTheyLieInTheHeapAndItIsNotAskedForAgainAtOnce() {
		FrameGuard guard = new FrameGuard((size) -> {
			this.asked.incrementAndGet();
			throw new OutOfMemoryError("Cannot reserve direct buffer memory");
		}, 1000, false);
		for (int i = 0; i < 3; i++) {
			Msg message = guard.allocate(500);
			assertThat(message.size()).isEqualTo(500);
			assertThat(message.buf().isDirect()).isFalse();
		}
		// each time the JVM collects garbage and waits for it
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void withoutAnyMemoryTheErrorEndsTheConnection() {
		FrameGuard guard = new FrameGuard((size) -> {
			throw new OutOfMemoryError("Cannot reserve direct buffer memory");
		}, Integer.MAX_VALUE, false);
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> guard.allocate(Integer.MAX_VALUE));
	}

	@Test
	void whatIsNegativeOrTooLongIsSpoilt() {
		FrameGuard guard = new FrameGuard(100, 1000, false);
		assertThat(guard.allocate(-1)).isInstanceOf(FrameGuard.Spoilt.class);
		assertThat(guard.allocate(1001)).isInstanceOf(FrameGuard.Spoilt.class);
		assertThat(guard.allocate(1000)).isNotInstanceOf(FrameGuard.Spoilt.class);
	}

}
