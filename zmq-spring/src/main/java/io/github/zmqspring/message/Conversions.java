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

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.SmartMessageConverter;

/**
 * Calls a converter with a hint where it takes one.
 */
final class Conversions {

	private Conversions() {
	}

	static @Nullable Object fromMessage(MessageConverter converter, Message<?> message, Class<?> type,
			@Nullable Object hint) {
		if (hint != null && converter instanceof SmartMessageConverter smart) {
			return smart.fromMessage(message, type, hint);
		}
		return converter.fromMessage(message, type);
	}

}
