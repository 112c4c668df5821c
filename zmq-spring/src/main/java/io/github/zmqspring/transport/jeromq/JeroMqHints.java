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

package io.github.zmqspring.transport.jeromq;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Lets a native image reach what the library takes from inside JeroMQ.
 */
final class JeroMqHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		for (JeroMqInternals internal : JeroMqInternals.values()) {
			if (!internal.isPresent()) {
				continue;
			}
			if (internal.member() instanceof Field field) {
				hints.reflection().registerField(field);
			}
			else if (internal.member() instanceof Method method) {
				hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
			}
			else if (internal.member() instanceof Constructor<?> constructor) {
				hints.reflection().registerConstructor(constructor, ExecutableMode.INVOKE);
			}
		}
	}

}
