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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each end is reported once, and that nothing is watched after it.
 */
@Timeout(60)
class LingerWatchTests {

	private final LingerWatch watch = new LingerWatch();

	private static long watching() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("zmq-linger"))
			.count();
	}

	/** The wait itself cannot be interrupted. */
	private void awaitEnd() {
		assertThat(CompletableFuture.runAsync(this.watch::await)).succeedsWithin(Duration.ofSeconds(20));
	}

	@Test
	void eachEndIsReportedOnceWhileOthersStillLinger() {
		AtomicBoolean over = new AtomicBoolean();
		AtomicInteger first = new AtomicInteger();
		AtomicInteger second = new AtomicInteger();
		AtomicInteger looked = new AtomicInteger();
		this.watch.add(() -> true, first::incrementAndGet);
		this.watch.add(() -> {
			looked.incrementAndGet();
			return over.get();
		}, second::incrementAndGet);
		Awaitility.await().until(() -> first.get() > 0 && looked.get() > 5);
		assertThat(first).hasValue(1);
		assertThat(second).hasValue(0);
		over.set(true);
		awaitEnd();
		assertThat(first).hasValue(1);
		assertThat(second).hasValue(1);
	}

	@Test
	void aReportThatFailsKeepsNoOtherFromItsEnd() {
		AtomicInteger reported = new AtomicInteger();
		this.watch.add(() -> true, () -> {
			throw new IllegalStateException("on purpose");
		});
		this.watch.add(() -> reported.get() == 0, reported::incrementAndGet);
		awaitEnd();
		assertThat(reported).hasValue(1);
	}

	@Test
	void theThreadEndsWithTheLastEndAndAnotherBeginsWithTheNext() {
		long before = watching();
		for (int i = 1; i <= 3; i++) {
			AtomicInteger reported = new AtomicInteger();
			this.watch.add(() -> true, reported::incrementAndGet);
			awaitEnd();
			assertThat(reported).hasValue(1);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> watching() <= before);
		}
	}

}
