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

package io.github.zmqspring.message;

import java.nio.ByteOrder;

import io.github.zmqspring.core.ZmqConversionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link BinaryNumbers}.
 */
class BinaryNumbersTests {

	@Test
	void wholeNumbersHaveUpToTheBytesOfTheirType() {
		assertThat(read(long.class, 0xff)).isEqualTo(255L);
		assertThat(read(Long.class, 1, 2)).isEqualTo(0x201L);
		assertThat(read(long.class, 1, 0, 0, 0x80)).isEqualTo(0x80000001L);
		assertThat(read(long.class, 1, 0, 0, 0, 0, 0, 0, 0x80)).isEqualTo(Long.MIN_VALUE + 1);
		assertThat(read(int.class, 0xff, 0xff)).isEqualTo(65535);
		assertThat(read(Integer.class, 0xff, 0xff, 0xff, 0xff)).isEqualTo(-1);
		assertThat(read(short.class, 0xff, 0xff)).isEqualTo((short) -1);
		assertThat(BinaryNumbers.read(bytes(1, 2), ByteOrder.BIG_ENDIAN, int.class, 0)).isEqualTo(0x102);
	}

	@Test
	void fractionsHaveFourOrEightBytes() {
		assertThat(read(float.class, 0, 0, 0x80, 0x3f)).isEqualTo(1f);
		assertThat(read(double.class, 0, 0, 0x80, 0x3f)).isEqualTo(1d);
		assertThat(read(Double.class, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f)).isEqualTo(1d);
	}

	@Test
	void arraysHaveAnyNumberOfThem() {
		assertThat(read(short[].class, 1, 0, 2, 0)).isEqualTo(new short[] { 1, 2 });
		assertThat(read(int[].class, 1, 0, 0, 0)).isEqualTo(new int[] { 1 });
		assertThat(read(long[].class, 1, 0, 0, 0, 0, 0, 0, 0)).isEqualTo(new long[] { 1 });
		assertThat(read(float[].class, 0, 0, 0x80, 0x3f)).isEqualTo(new float[] { 1 });
		assertThat(read(double[].class, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f)).isEqualTo(new double[] { 1 });
		assertThat(read(int[].class)).isEqualTo(new int[0]);
	}

	@ParameterizedTest
	@ValueSource(classes = { short.class, Integer.class, long.class, float.class, Double.class, int[].class,
			double[].class })
	void theseTypesAreNumbers(Class<?> type) {
		assertThat(BinaryNumbers.supports(type)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(classes = { byte.class, byte[].class, char.class, String.class, Integer[].class, boolean[].class })
	void theseAreNot(Class<?> type) {
		assertThat(BinaryNumbers.supports(type)).isFalse();
	}

	@Test
	void aWrongLengthIsRefusedWithTheRightOne() {
		assertRefused("frame 3 has 5 bytes, and a binary Integer has at most 4", int.class, 5);
		assertRefused("frame 3 has 3 bytes, and a binary Long has 1, 2, 4 or 8", long.class, 3);
		assertRefused("frame 3 has 0 bytes, and a binary Long has 1, 2, 4 or 8", long.class, 0);
		assertRefused("frame 3 has 8 bytes, and a binary Float has 4", float.class, 8);
		assertRefused("frame 3 has 2 bytes, and a binary Float has 4", float.class, 2);
		assertRefused("frame 3 has 2 bytes, and a binary Double has 8 or 4", double.class, 2);
		assertRefused("frame 3 has 6 bytes, and a binary int[] has a multiple of 4", int[].class, 6);
	}

	private static void assertRefused(String message, Class<?> type, int bytes) {
		assertThatExceptionOfType(ZmqConversionException.class)
			.isThrownBy(() -> BinaryNumbers.read(new byte[bytes], ByteOrder.LITTLE_ENDIAN, type, 3))
			.withMessage(message);
	}

	private static Object read(Class<?> type, int... bytes) {
		return BinaryNumbers.read(bytes(bytes), ByteOrder.LITTLE_ENDIAN, type, 0);
	}

	private static byte[] bytes(int... numbers) {
		byte[] bytes = new byte[numbers.length];
		for (int i = 0; i < numbers.length; i++) {
			bytes[i] = (byte) numbers[i];
		}
		return bytes;
	}

}
