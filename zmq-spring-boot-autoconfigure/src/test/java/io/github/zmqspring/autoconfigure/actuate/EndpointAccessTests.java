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

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code management.endpoint.zmq.access} allows.
 */
@NoLeaks
@Timeout(120)
class EndpointAccessTests {

	private static final String STOP = "{\"action\":\"stop\"}";

	@Test
	void readOnlyShowsAndChangesNothing() {
		try (ActuatorApp app = start("read-only")) {
			assertThat(app.call("/zmq/in", null).status()).isEqualTo(200);
			assertThat(app.call("/zmq/in", STOP).status()).isBetween(400, 499);
			assertThat(app.bean(ZmqSockets.class).status("in").bound()).hasSize(1);
		}
	}

	@Test
	void noneHidesTheEndpoint() {
		try (ActuatorApp app = start("none")) {
			assertThat(app.call("/zmq", null).status()).isEqualTo(404);
			assertThat(app.call("/zmq/in", STOP).status()).isEqualTo(404);
			assertThat(app.call("/health/zmq", null).status()).isEqualTo(200);
		}
	}

	@Test
	void unrestrictedStops() {
		try (ActuatorApp app = start("unrestricted")) {
			assertThat(app.call("/zmq/in", STOP).status()).isEqualTo(200);
			assertThat(app.bean(ZmqSockets.class).status("in").bound()).isEmpty();
		}
	}

	private static ActuatorApp start(String access) {
		return ActuatorApp.start(Object.class, "zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://in",
				"management.endpoint.zmq.access=" + access);
	}

}
