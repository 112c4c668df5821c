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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Objects;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.core.ZmqConversionException;

import org.springframework.util.ClassUtils;

/**
 * Reads binary numbers from frames, for {@link ZmqFrame#order() @ZmqFrame(order = …)}.
 *
 * @since 0.1.0
 */
public final class BinaryNumbers {

	private static final Map<Class<?>, Integer> SIZES = Map.of(Short.class, Short.BYTES, Integer.class, Integer.BYTES,
			Long.class, Long.BYTES, Float.class, Float.BYTES, Double.class, Double.BYTES);

	private BinaryNumbers() {
	}

	/**
	 * Return whether frames can be read as numbers of a type.
	 * @param type a number of 2, 4 or 8 bytes, or an array of such primitives
	 * @return {@code false} for all other types
	 */
	public static boolean supports(Class<?> type) {
		Class<?> component = type.getComponentType();
		return (component != null) ? component.isPrimitive() && SIZES.containsKey(wrapper(component))
				: SIZES.containsKey(wrapper(type));
	}

	private static Class<?> wrapper(Class<?> type) {
		return ClassUtils.resolvePrimitiveIfNecessary(type);
	}

	/**
	 * Read a number, or an array of numbers.
	 * @param frame the bytes, as many as the type has, or a multiple for an array
	 * @param order the order of the bytes
	 * @param type a type that is {@linkplain #supports(Class) supported}
	 * @param index the index of the frame, for the message of an exception
	 * @return the number, or the array
	 * @throws ZmqConversionException if the frame has another length
	 */
	public static Object read(byte[] frame, ByteOrder order, Class<?> type, int index) {
		ByteBuffer bytes = ByteBuffer.wrap(frame).order(order);
		Class<?> component = type.getComponentType();
		int size = Objects.requireNonNull(SIZES.get(wrapper((component != null) ? component : type)));
		if (component != null) {
			if (frame.length % size != 0) {
				throw wrongLength(frame, type, index, "a multiple of " + size);
			}
			return array(bytes, component, frame.length / size);
		}
		return number(bytes, frame, wrapper(type), size, index);
	}

	private static Object array(ByteBuffer bytes, Class<?> component, int length) {
		if (component == short.class) {
			short[] numbers = new short[length];
			bytes.asShortBuffer().get(numbers);
			return numbers;
		}
		if (component == int.class) {
			int[] numbers = new int[length];
			bytes.asIntBuffer().get(numbers);
			return numbers;
		}
		if (component == long.class) {
			long[] numbers = new long[length];
			bytes.asLongBuffer().get(numbers);
			return numbers;
		}
		if (component == float.class) {
			float[] numbers = new float[length];
			bytes.asFloatBuffer().get(numbers);
			return numbers;
		}
		double[] numbers = new double[length];
		bytes.asDoubleBuffer().get(numbers);
		return numbers;
	}

	private static Object number(ByteBuffer bytes, byte[] frame, Class<?> type, int size, int index) {
		if (type == Float.class || type == Double.class) {
			double number = switch (frame.length) {
				case Float.BYTES -> bytes.getFloat();
				case Double.BYTES -> (type == Double.class) ? bytes.getDouble() : wrong(frame, type, index, "4");
				default -> wrong(frame, type, index, (type == Double.class) ? "8 or 4" : "4");
			};
			return (type == Float.class) ? (Object) (float) number : (Object) number;
		}
		if (frame.length > size) {
			throw wrongLength(frame, type, index, "at most " + size);
		}
		long number = switch (frame.length) {
			case Byte.BYTES -> Byte.toUnsignedLong(bytes.get());
			case Short.BYTES -> Short.toUnsignedLong(bytes.getShort());
			case Integer.BYTES -> Integer.toUnsignedLong(bytes.getInt());
			case Long.BYTES -> bytes.getLong();
			default -> throw wrongLength(frame, type, index, "1, 2, 4 or 8");
		};
		if (type == Short.class) {
			return (short) number;
		}
		return (type == Integer.class) ? (Object) (int) number : (Object) number;
	}

	private static double wrong(byte[] frame, Class<?> type, int index, String wanted) {
		throw wrongLength(frame, type, index, wanted);
	}

	private static ZmqConversionException wrongLength(byte[] frame, Class<?> type, int index, String wanted) {
		return new ZmqConversionException("frame %d has %d bytes, and a binary %s has %s".formatted(index, frame.length,
				type.getSimpleName(), wanted));
	}

}
