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

package io.github.zmqspring.transport.limit;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what {@link IncomingMemory} allows each connection when there is little left.
 */
class IncomingMemoryShareTests {

	private static final int LIMIT = 80_000;

	private final IncomingMemory memory = new IncomingMemory(LIMIT);

	@Test
	void aConnectionThatIsGoneTakesNoShareOfTheLast() {
		List<IncomingLedger> ledgers = Stream
			.generate(() -> new IncomingLedger(this.memory, new IncomingLedgers(this.memory, new Idle())))
			.limit(9)
			.toList();
		// an eighth more than the limit is for small messages
		this.memory.take(LIMIT + 4000);
		assertThat(this.memory.allowance(ledgers.get(0), 4000)).isEqualTo(4096);
		for (int i = 0; i < 8; i++) {
			this.memory.closed();
		}
		assertThat(this.memory.allowance(ledgers.get(0), 4000)).isEqualTo(6000);
	}

	@Test
	void whatIsTakenAndGivenBackIsCounted() {
		this.memory.take(100);
		this.memory.take(-60);
		assertThat(this.memory.used()).isEqualTo(40);
		assertThat(this.memory.peak()).isEqualTo(100);
		assertThat(this.memory.limit()).isEqualTo(LIMIT);
		assertThat(this.memory.isLarge(LIMIT / 4)).isFalse();
		assertThat(this.memory.isLarge(LIMIT / 4 + 1)).isTrue();
	}

	/** A thread that does nothing. */
	private static final class Idle implements IncomingLedgers.Host {

		@Override
		public void execute(Runnable task) {
		}

		@Override
		public Runnable schedule(Runnable task, long delayNanos) {
			return () -> {
			};
		}

		@Override
		public void warn(String what) {
		}

	}

}
