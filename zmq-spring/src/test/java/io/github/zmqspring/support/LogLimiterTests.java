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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.commons.logging.impl.NoOpLog;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nothing is left out of a log without a line that says so.
 */
@Timeout(60)
class LogLimiterTests {

	private final List<String> lines = new CopyOnWriteArrayList<>();

	@Test
	void linesBeyondTheLimitAreReportedAtTheEndOfTheInterval() {
		LogLimiter limiter = limiter(Duration.ofMillis(200));
		for (int i = 1; i <= 5; i++) {
			limiter.warn("line " + i, null);
		}
		assertThat(this.lines).startsWith("line 1", "line 2").doesNotContain("line 3");
		Awaitility.await().until(() -> this.lines.contains("Things: 3 more were not logged"));
		limiter.warn("line 6", null);
		assertThat(this.lines).endsWith("line 6").hasSize(4);
	}

	@Test
	void theyAreReportedOnceWhenTheirOwnerStops() {
		LogLimiter limiter = limiter(Duration.ofHours(1));
		for (int i = 1; i <= 4; i++) {
			limiter.error("line " + i, null);
		}
		limiter.flush();
		limiter.flush();
		assertThat(this.lines).containsExactly("line 1", "line 2", "Things: 2 more were not logged");
		assertThat(limiter.leftOut()).isEqualTo(2);
	}

	@Test
	void theEndOfAnIntervalThatWasCutShortSaysNothingAboutTheNext() throws InterruptedException {
		LogLimiter limiter = limiter(Duration.ofMillis(600));
		for (int i = 1; i <= 3; i++) {
			limiter.warn("line " + i, null);
		}
		limiter.flush();
		Thread.sleep(300);
		long start = System.nanoTime();
		for (int i = 4; i <= 7; i++) {
			limiter.warn("line " + i, null);
		}
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> this.lines.contains("Things: 2 more were not logged"));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(600));
	}

	@Test
	void nothingIsReportedIfNothingWasLeftOut() {
		LogLimiter limiter = limiter(Duration.ofHours(1));
		limiter.warn("line", null);
		limiter.flush();
		assertThat(this.lines).containsExactly("line");
	}

	private LogLimiter limiter(Duration interval) {
		return new LogLimiter(new NoOpLog() {

			@Override
			public void warn(Object message, @Nullable Throwable failure) {
				LogLimiterTests.this.lines.add(String.valueOf(message));
			}

			@Override
			public void warn(Object message) {
				LogLimiterTests.this.lines.add(String.valueOf(message));
			}

			@Override
			public void error(Object message, @Nullable Throwable failure) {
				LogLimiterTests.this.lines.add(String.valueOf(message));
			}

		}, "Things", 2, interval);
	}

}
