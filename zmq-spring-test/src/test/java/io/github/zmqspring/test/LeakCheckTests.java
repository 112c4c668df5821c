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

package io.github.zmqspring.test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LeakCheck}.
 */
class LeakCheckTests {

	@Test
	void waitsForWhatEndsInTheBackgroundEvenIfInterrupted() {
		LeakCheck check = new LeakCheck("Something", Duration.ofSeconds(10), null);
		start("zmq-ends-soon", new CountDownLatch(1), 300);
		Thread.currentThread().interrupt();
		try {
			assertThatCode(check::close).doesNotThrowAnyException();
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void threadsOfOtherNamesDoNotCount() {
		CountDownLatch end = new CountDownLatch(1);
		LeakCheck check = new LeakCheck("Something", Duration.ofMillis(200), null);
		start("process reaper", end, 20_000);
		assertThatCode(check::close).doesNotThrowAnyException();
		end.countDown();
	}

	@Test
	void threadsOfThisLibraryCount() {
		CountDownLatch end = new CountDownLatch(1);
		LeakCheck check = new LeakCheck("Something", Duration.ofSeconds(1), null);
		start("zmq-listener-1", end, 20_000);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(check::close)
			.withMessageContaining(
					"Something left behind, 1 s later:\n- thread zmq-listener-1 (TIMED_WAITING)\n    at ");
		end.countDown();
	}

	private static void start(String name, CountDownLatch end, long millis) {
		Thread thread = new Thread(() -> {
			try {
				end.await(millis, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				// ends
			}
		}, name);
		thread.setDaemon(true);
		thread.start();
	}

}
