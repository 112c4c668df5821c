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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link PendingRequest}.
 */
class PendingRequestTests {

	private final PendingRequest request = new PendingRequest(mock(), 1, new byte[0][], 1_000_000, 2);

	@Test
	void anAttemptThatWasSentIsKnownAfterOthersThatWereNot() {
		assertThat(this.request.failed()).isTrue();
		assertThat(this.request.wasEverSent()).isFalse();
		this.request.again();
		this.request.sent();
		assertThat(this.request.failed()).isTrue();
		assertThat(this.request.wasEverSent()).isTrue();
		this.request.again();
		assertThat(this.request.failed()).isFalse();
		assertThat(this.request.wasEverSent()).isTrue();
		assertThat(this.request.attempts()).extracting("sent").containsExactly(false, true, false);
	}

	@Test
	void whatIsTakenBackWaitsAgainUnlessItIsForOneServer() {
		assertThat(this.request.takenBack()).isFalse();
		this.request.sent();
		assertThat(this.request.takenBack()).isTrue();
		assertThat(this.request.isQueued()).isTrue();
		this.request.addressed();
		this.request.sent();
		assertThat(this.request.takenBack()).isFalse();
		assertThat(this.request.isSent()).isTrue();
	}

}
