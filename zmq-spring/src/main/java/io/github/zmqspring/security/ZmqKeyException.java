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

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedRuntimeException;

/**
 * A key or a certificate file that cannot be used. Its message says what is wrong, and
 * never quotes the key.
 *
 * @since 0.1.0
 */
public class ZmqKeyException extends NestedRuntimeException {

	/**
	 * Create the exception.
	 * @param message what is wrong
	 */
	public ZmqKeyException(String message) {
		this(message, null);
	}

	/**
	 * Create the exception.
	 * @param message what is wrong
	 * @param cause the reason, if there is one
	 */
	public ZmqKeyException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
