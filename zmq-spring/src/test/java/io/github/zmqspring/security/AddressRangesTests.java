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

package io.github.zmqspring.security;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link AddressRanges}.
 */
class AddressRangesTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, 10.255.255.255, true", "10.0.0.0/8, 11.0.0.0, false", "10.0.0.0/8, 9.255.255.255, false",
			"192.168.1.7, 192.168.1.7, true", "192.168.1.7, 192.168.1.6, false", "192.168.1.7/32, 192.168.1.7, true",
			"192.168.1.7/31, 192.168.1.6, true", "192.168.1.7/31, 192.168.1.8, false", "10.16.0.0/12, 10.31.1.1, true",
			"10.16.0.0/12, 10.32.1.1, false", "10.16.0.0/12, 10.15.1.1, false", "0.0.0.0/0, 1.2.3.4, true",
			"0.0.0.0/0, ::1, false", "fd00::/8, fd12:3456::1, true", "fd00::/8, fe80::1, false",
			"fe80::/10, fe80::1%eth0, true", "::1, ::1, true", "::1, ::2, false", "fd00::/8, not-an-address, false",
			"10.0.0.0/8, '', false", "'  10.0.0.0/8 ', 10.1.1.1, true" })
	void rangesContainTheirAddresses(String range, String address, boolean contained) {
		assertThat(AddressRanges.of(List.of(range)).contains(address)).isEqualTo(contained);
	}

	@Test
	void anyOfSeveralIsEnough() {
		AddressRanges ranges = AddressRanges.of(List.of("10.0.0.0/8", "::1"));
		assertThat(ranges.contains("10.1.2.3")).isTrue();
		assertThat(ranges.contains("::1")).isTrue();
		assertThat(ranges.contains("127.0.0.1")).isFalse();
		assertThat(ranges.isEmpty()).isFalse();
		assertThat(AddressRanges.of(List.of()).isEmpty()).isTrue();
		assertThat(AddressRanges.of(List.of()).contains("127.0.0.1")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "localhost", "10.0.0", "10.0.0.0.0", "10.0.0.256", "10.0.0.1:80", "cafe", "/8",
			"example.com/8" })
	void whatIsNoAddressIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRanges.of(List.of(text)))
			.withMessageStartingWith("'" + text + "' is no IP address or range");
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/a", "10.0.0.0/8/8", "fd00::/129" })
	void aPrefixHasALengthThatFits(String text) {
		int most = text.startsWith("fd") ? 128 : 32;
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRanges.of(List.of(text)))
			.withMessage("'%s' has no prefix length of 0 to %d after the slash", text, most);
	}

}
