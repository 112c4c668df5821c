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

package io.github.zmqspring.transport.limit;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReconnectPauses}.
 */
class ReconnectPausesTests {

	private final ReconnectPauses pauses = new ReconnectPauses();

	private final Object session = new Object();

	private long after(boolean wasReady, boolean ordinary) {
		return TimeUnit.NANOSECONDS.toMillis(this.pauses.after(this.session, 100, 3000, wasReady, ordinary));
	}

	@Test
	void eachAttemptThatFailsDoublesTheIntervalOfWhichJeroMqWaitsTheFirstPart() {
		assertThat(after(false, true)).isZero();
		assertThat(after(false, true)).isEqualTo(100);
		assertThat(after(false, true)).isEqualTo(300);
		assertThat(after(false, true)).isEqualTo(700);
		for (int i = 0; i < 100; i++) {
			assertThat(after(false, true)).isLessThanOrEqualTo(2900);
		}
		assertThat(after(false, true)).isEqualTo(2900);
		assertThat(after(true, true)).isZero();
		assertThat(after(false, true)).isZero();
	}

	@Test
	void aPeerThatIsAtFaultIsLeftAloneForASecondAtLeast() {
		assertThat(after(true, false)).isEqualTo(1000);
		assertThat(after(false, false)).isEqualTo(1000);
		for (int i = 0; i < 4; i++) {
			after(false, false);
		}
		assertThat(after(false, false)).isEqualTo(2900);
	}

}
