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

package io.github.zmqspring.core;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.converter.MessageConversionException;

/**
 * A message could not be converted. Its own text says why and quotes no payload, so it
 * may be logged and sent to peers; that of its cause may quote one.
 *
 * @since 0.1.0
 */
public class ZmqConversionException extends MessageConversionException {

	/**
	 * Create the exception.
	 * @param message what is wrong, without any part of a payload
	 */
	public ZmqConversionException(String message) {
		this(message, null);
	}

	/**
	 * Create the exception.
	 * @param message what is wrong, without any part of a payload
	 * @param cause what the converter threw, or {@code null}
	 */
	public ZmqConversionException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
