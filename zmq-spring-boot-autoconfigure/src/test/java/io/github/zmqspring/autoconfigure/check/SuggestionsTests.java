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

package io.github.zmqspring.autoconfigure.check;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Suggestions}.
 */
class SuggestionsTests {

	@Test
	void amongEquallyNearNamesThoseThatAreLessDeepComeFirst() {
		PropertyNode group = PropertyNode.of("sample", ResolvableType.forClass(Sample.class));
		assertThat(Suggestions.of(3, group, "sendtimeout", "")).containsExactly("c.send-timeouy", "a.b.send-timeoux");
	}

	@ParameterizedTest
	@CsvSource({ "abc, abc, 0", "abc, acb, 1", "abc, ab, 1", "abc, abcd, 1", "abc, xbc, 1", "abc, '', 3",
			"abcd, badc, 2", "kitten, sitting, 3" })
	void aDistanceCountsLettersThatAreReplacedLeftOutAddedOrExchanged(String from, String to, int distance) {
		assertThat(Suggestions.distance(from, to)).isEqualTo(distance);
		assertThat(Suggestions.distance(to, from)).isEqualTo(distance);
	}

	public static class Sample {

		public A getA() {
			return new A();
		}

		public C getC() {
			return new C();
		}

	}

	public static class A {

		public B getB() {
			return new B();
		}

	}

	public static class B {

		public int getSendTimeoux() {
			return 0;
		}

	}

	public static class C {

		public int getSendTimeouy() {
			return 0;
		}

	}

}
