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

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;

/**
 * The generic types that conversion hints stand for.
 */
final class ConversionTypes {

	private ConversionTypes() {
	}

	/** Return the type to make, as spring-messaging's converters for JSON find it. */
	static Type of(Class<?> type, @Nullable Object hint) {
		if (!(hint instanceof MethodParameter given)) {
			return type;
		}
		MethodParameter parameter = given.nestedIfOptional();
		if (Message.class.isAssignableFrom(parameter.getParameterType())) {
			parameter = parameter.nested();
		}
		return GenericTypeResolver.resolveType(parameter.getNestedGenericParameterType(),
				parameter.getContainingClass());
	}

}
