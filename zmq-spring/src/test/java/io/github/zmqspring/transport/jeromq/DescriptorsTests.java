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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Descriptors}.
 */
class DescriptorsTests {

	@ParameterizedTest
	@CsvSource({ "100, 1000, false", "992, 1000, false", "993, 1000, true", "1000, 1000, true", "-1, 1000, true",
			"-1, -1, false" })
	void areExhaustedWhenFewAreLeftOrTheyCannotBeCountedAnyMore(long open, long max, boolean exhausted) {
		assertThat(new Descriptors(open, max).isExhausted()).isEqualTo(exhausted);
	}

}
