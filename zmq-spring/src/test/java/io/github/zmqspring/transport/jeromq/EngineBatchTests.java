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

package io.github.zmqspring.transport.jeromq;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EngineBatch}.
 */
class EngineBatchTests {

	private final int before = EngineBatch.current();

	@AfterEach
	void restore() {
		EngineBatch.set(this.before);
	}

	@Test
	void isNeverRaisedUnderConnectionsThatWouldOverflow() {
		try (ZContext users = new ZContext()) {
			users.createSocket(SocketType.PUSH);
			EngineBatch.set(this.before * 2);
			assertThat(EngineBatch.current()).isEqualTo(this.before);
		}
	}

	@Test
	void zeroLeavesJeroMqAsItIs() {
		EngineBatch.set(0);
		assertThat(EngineBatch.current()).isEqualTo(this.before);
	}

}
