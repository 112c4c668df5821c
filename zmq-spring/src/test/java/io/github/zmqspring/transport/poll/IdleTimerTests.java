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

package io.github.zmqspring.transport.poll;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IdleTimer}, at times of their own.
 */
class IdleTimerTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final FakeReader reader = new FakeReader();

	private final AtomicInteger told = new AtomicInteger();

	private final IdleTimer timer = new IdleTimer(this.reader, Duration.ofSeconds(10), this.told::incrementAndGet);

	@Test
	void firesOnceInEachIntervalWithoutActivity() {
		long begin = this.timer.due();
		this.reader.activity = begin - 10 * SECOND;
		assertThat(this.timer.fire(begin)).isTrue();
		assertThat(this.told).hasValue(1);
		assertThat(this.timer.due()).isEqualTo(begin + 10 * SECOND);
		this.reader.activity = begin + 4 * SECOND;
		assertThat(this.timer.fire(begin + 10 * SECOND)).isTrue();
		assertThat(this.told).hasValue(1);
		assertThat(this.timer.due()).isEqualTo(begin + 14 * SECOND);
	}

	@Test
	void aReaderThatIsPausedIsNotIdleAndOneThatHasEndedIsForgotten() {
		long begin = this.timer.due();
		this.reader.activity = begin - 20 * SECOND;
		this.reader.accepting = false;
		assertThat(this.timer.fire(begin)).isTrue();
		assertThat(this.told).hasValue(0);
		this.reader.accepting = true;
		assertThat(this.timer.fire(begin + 10 * SECOND)).isTrue();
		assertThat(this.told).hasValue(1);
		this.reader.ended = true;
		assertThat(this.timer.fire(begin + 20 * SECOND)).isFalse();
		assertThat(this.told).hasValue(1);
	}

	private static final class FakeReader implements IdleWatched {

		private long activity;

		private boolean accepting = true;

		private boolean ended;

		@Override
		public long lastActivity() {
			return this.activity;
		}

		@Override
		public boolean isAccepting() {
			return this.accepting;
		}

		@Override
		public boolean isEnded() {
			return this.ended;
		}

		@Override
		public void idle(Runnable action) {
			action.run();
		}

	}

}
