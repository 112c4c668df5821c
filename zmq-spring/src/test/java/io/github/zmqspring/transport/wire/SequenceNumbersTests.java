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

package io.github.zmqspring.transport.wire;

import java.time.Duration;
import java.util.List;

import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SequenceDefinition.NumberType;
import io.github.zmqspring.core.SequenceDefinition.Scope;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SequenceNumbers}.
 */
class SequenceNumbersTests {

	private final SequenceNumbers numbers = numbers("inproc://replay");

	private static SequenceNumbers numbers(String... replay) {
		return new SequenceNumbers(new SequenceDefinition(1, NumberType.UINT64_BE, Scope.PUBLISHER, 0, false,
				List.of(replay), false, Duration.ofSeconds(1), 1000, 1000));
	}

	@Test
	void whatWasNotSentTakesNoNumberAndNoRoom() {
		for (int i = 0; i < 100; i++) {
			this.numbers.keep(this.numbers.numbered(message("refused")));
			this.numbers.forget();
		}
		for (int i = 0; i < 3; i++) {
			byte[][] numbered = this.numbers.numbered(message("sent " + i));
			this.numbers.keep(numbered);
			this.numbers.sent(numbered);
		}
		assertThat(kept(0)).containsExactly("0 sent 0", "1 sent 1", "2 sent 2");
		assertThat(kept(2)).containsExactly("2 sent 2");
	}

	@Test
	void theOldestGoWhenTheirBytesAreTooMany() {
		for (int i = 0; i < 100; i++) {
			byte[][] numbered = this.numbers.numbered(message("x".repeat(100)));
			this.numbers.keep(numbered);
			this.numbers.sent(numbered);
		}
		assertThat(this.numbers.since(0, null)).hasSize(9).first().extracting("number").isEqualTo(91L);
	}

	@Test
	void nothingIsKeptWithoutAReplay() {
		SequenceNumbers bare = numbers();
		byte[][] numbered = bare.numbered(message("x"));
		bare.keep(numbered);
		bare.sent(numbered);
		assertThat(bare.since(0, null)).isEmpty();
	}

	private List<String> kept(long start) {
		return this.numbers.since(start, null)
			.stream()
			.map((published) -> published.number() + " " + new String(published.frames()[2]))
			.toList();
	}

	private static byte[][] message(String body) {
		return new byte[][] { { 't' }, body.getBytes() };
	}

}
