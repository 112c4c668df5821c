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

import java.lang.reflect.Method;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * A generic type in the only form in which spring-messaging's JSON converters take one:
 * as the parameter of a method.
 */
final class GenericTypeHint extends MethodParameter {

	private static final Method ANY = anyMethod();

	private final Type type;

	GenericTypeHint(Type type) {
		super(ANY, 0);
		this.type = type;
	}

	private static Method anyMethod() {
		Method method = ReflectionUtils.findMethod(Object.class, "equals", Object.class);
		if (method == null) {
			throw new IllegalStateException("No Object.equals");
		}
		return method;
	}

	@Override
	public Class<?> getParameterType() {
		return ResolvableType.forType(this.type).toClass();
	}

	@Override
	public Type getGenericParameterType() {
		return this.type;
	}

	@Override
	public Type getNestedGenericParameterType() {
		return this.type;
	}

	@Override
	public MethodParameter nestedIfOptional() {
		return this;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof GenericTypeHint hint && hint.type.equals(this.type);
	}

	@Override
	public int hashCode() {
		return this.type.hashCode();
	}

}
