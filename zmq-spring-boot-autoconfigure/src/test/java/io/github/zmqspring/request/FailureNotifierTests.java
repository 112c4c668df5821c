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

package io.github.zmqspring.request;

import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link FailureNotifier}.
 */
@Timeout(60)
class FailureNotifierTests {

	private final FailureNotifier notifier = new FailureNotifier();

	private final RequestChannel channel = mock();

	private PendingRequest request(long id) {
		return new PendingRequest(this.channel, id, new byte[0][], 1, 0);
	}

	@Test
	void aCallbackThatBlocksDelaysOtherFailuresForAMomentOnly() {
		CountDownLatch go = new CountDownLatch(1);
		PendingRequest blocking = request(1);
		blocking.whenComplete((reply, failure) -> {
			try {
				go.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		PendingRequest other = request(2);
		this.notifier.fail(blocking, new IllegalStateException("on purpose"));
		this.notifier.fail(other, new IllegalStateException("on purpose"));
		try {
			Awaitility.await().until(() -> {
				this.notifier.tick();
				return other.isCompletedExceptionally();
			});
		}
		finally {
			go.countDown();
		}
		this.notifier.awaitIdle(20_000_000_000L);
		assertThat(this.notifier.isIdle()).isTrue();
		PendingRequest later = request(3);
		this.notifier.fail(later, new IllegalStateException("on purpose"));
		Awaitility.await().until(later::isCompletedExceptionally);
	}

}
