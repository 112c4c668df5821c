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

package io.github.zmqspring.support;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShortYieldTests {

	private long now = Long.MAX_VALUE - 1000;

	private long yieldMillis;

	private int yields;

	private final ShortYield shortYield = new ShortYield(() -> {
		this.yields++;
		pass(this.yieldMillis);
	}, () -> this.now);

	@Test
	void yieldsEachTimeWhileThatIsShort() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.shortYield.tryYield()).isTrue();
		}
		assertThat(this.yields).isEqualTo(100);
	}

	@Test
	void doesNotYieldForAWhileAfterALongYield() {
		this.yieldMillis = 3;
		assertThat(this.shortYield.tryYield()).isTrue();
		pass(49);
		assertThat(this.shortYield.tryYield()).isFalse();
		pass(1);
		assertThat(this.shortYield.tryYield()).isTrue();
	}

	@Test
	void yieldsTheLessTheLongerOtherWorkTakesTheProcessor() {
		yieldForTenSecondsToOtherWork();
		assertThat(this.yields).isBetween(8, 14);
	}

	@Test
	void yieldsEachTimeAgainOnceThatIsShort() {
		yieldForTenSecondsToOtherWork();
		this.yieldMillis = 0;
		pass(2000);
		for (int i = 0; i < 100; i++) {
			assertThat(this.shortYield.tryYield()).isTrue();
		}
	}

	@Test
	void startsWithAShortPauseAgainAfterManyShortYields() {
		yieldForTenSecondsToOtherWork();
		this.yieldMillis = 0;
		pass(2000);
		for (int i = 0; i < 10; i++) {
			this.shortYield.tryYield();
		}
		this.yieldMillis = 3;
		assertThat(this.shortYield.tryYield()).isTrue();
		pass(50);
		assertThat(this.shortYield.tryYield()).isTrue();
	}

	private void yieldForTenSecondsToOtherWork() {
		this.yieldMillis = 3;
		for (int i = 0; i < 10_000; i++) {
			this.shortYield.tryYield();
			pass(1);
		}
	}

	private void pass(long millis) {
		this.now += TimeUnit.MILLISECONDS.toNanos(millis);
	}

}
