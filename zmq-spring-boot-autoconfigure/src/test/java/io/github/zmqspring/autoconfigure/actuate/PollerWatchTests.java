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

package io.github.zmqspring.autoconfigure.actuate;

import java.time.Duration;

import io.github.zmqspring.transport.poll.PollerStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PollerWatch}.
 */
class PollerWatchTests {

	private final PollerWatch watch = new PollerWatch(Duration.ofMillis(50));

	@Test
	void aPollerThatDoesNotGoOnIsStuckUnlessItSleeps() {
		assertThat(this.watch.trouble(poller(true, false, 1))).isNull();
		Awaitility.await().until(() -> this.watch.trouble(poller(true, false, 1)) != null);
		assertThat(this.watch.trouble(poller(true, false, 1))).contains("stuck");
		assertThat(this.watch.trouble(poller(true, false, 2))).isNull();
		Awaitility.await().until(() -> this.watch.trouble(poller(true, false, 2)) != null);
		assertThat(this.watch.trouble(poller(true, true, 2))).isNull();
		assertThat(this.watch.trouble(poller(false, true, 2))).contains("died");
	}

	private static PollerStatus poller(boolean alive, boolean sleeping, long turns) {
		return new PollerStatus("zmq-poller-1", alive, sleeping, turns, 0, null);
	}

}
