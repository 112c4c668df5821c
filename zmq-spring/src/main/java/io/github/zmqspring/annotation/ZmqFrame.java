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

package io.github.zmqspring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a listener's parameter to one frame of a multipart message, converted to the
 * parameter's type. Frames are counted from 0 as they arrived, the topic of a SUB socket
 * included, the return path of a ROUTER or REP socket not. A negative index counts from
 * the end. A message without that frame is unreadable unless the parameter is an
 * {@link java.util.Optional} or nullable.
 *
 * @since 0.1.0
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ZmqFrame {

	/**
	 * The index of the frame.
	 * @return the index, from 0, or from -1 backwards
	 */
	int value();

	/**
	 * How a binary number in the frame is read, for parameters of type {@code short},
	 * {@code int}, {@code long}, {@code float} or {@code double}, their wrappers, and
	 * arrays of the five. A frame shorter than an integer is read as unsigned, so that a
	 * {@code long} holds 32 bits without a sign. A frame of another length is unreadable.
	 * @return the order of the bytes; by default the frame is converted like a payload
	 */
	Order order() default Order.NONE;

	/**
	 * The order of the bytes of a binary number.
	 */
	enum Order {

		/** The frame is no binary number. */
		NONE,

		/** The most significant byte comes first, as in network byte order. */
		BIG_ENDIAN,

		/** The least significant byte comes first. */
		LITTLE_ENDIAN

	}

}
