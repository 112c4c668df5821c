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

import io.github.zmqspring.proxy.ZmqProxyStatus;
import io.github.zmqspring.proxy.ZmqProxyType;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what {@link ProxyHealth} makes of a proxy's status.
 */
class ProxyHealthTests {

	private static final ZmqProxyStatus.Traffic NONE = new ZmqProxyStatus.Traffic(0, 0, 0, 0, 0, 0, 0, 0, 0);

	@Test
	void allThatWasNotForwardedIsOneSum() {
		ZmqProxyStatus.Traffic backend = new ZmqProxyStatus.Traffic(0, 7, 0, 0, 0, 0, 1, 0, 10);
		ZmqProxyStatus.Traffic frontend = new ZmqProxyStatus.Traffic(0, 8, 0, 0, 0, 0, 100, 0, 1000);
		Health health = health(ZmqProxyStatus.State.RUNNING, true, backend, frontend, "the last");
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("notForwarded", 1111L)
			.containsEntry("toBackend", 7L)
			.containsEntry("toFrontend", 8L)
			.containsEntry("lastError", "the last")
			.containsEntry("type", "QUEUE")
			.containsEntry("state", "RUNNING");
	}

	@Test
	void aStoppedProxyIsUnknownAndADeadOneDown() {
		Health stopped = health(ZmqProxyStatus.State.STOPPED, true, NONE, NONE, null);
		assertThat(stopped.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(stopped.getDetails()).doesNotContainKeys("notForwarded", "lastError", "reason");
		Health paused = health(ZmqProxyStatus.State.PAUSED, true, NONE, NONE, null);
		assertThat(paused.getStatus()).isEqualTo(Status.UP);
		Health dead = health(ZmqProxyStatus.State.RUNNING, false, NONE, NONE, null);
		assertThat(dead.getStatus()).isEqualTo(Status.DOWN);
		assertThat(dead.getDetails()).containsKey("reason");
	}

	private static Health health(ZmqProxyStatus.State state, boolean alive, ZmqProxyStatus.Traffic toBackend,
			ZmqProxyStatus.Traffic toFrontend, String lastError) {
		return ProxyHealth.health(new ZmqProxyStatus("q", ZmqProxyType.QUEUE, state, alive, toBackend, toFrontend, 0, 0,
				0, 0, lastError));
	}

}
