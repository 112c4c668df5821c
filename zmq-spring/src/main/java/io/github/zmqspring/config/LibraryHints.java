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

package io.github.zmqspring.config;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * Lets a native image reach what the library looks up by name, besides the inside of
 * JeroMQ.
 */
final class LibraryHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection()
			.registerType(Thread.class, (type) -> type.withMethod("isVirtual", List.of(), ExecutableMode.INVOKE))
			.registerTypeIfPresent(classLoader, "kotlin.coroutines.Continuation", (type) -> {
			})
			.registerTypeIfPresent(classLoader, "jakarta.validation.ValidationException", (type) -> {
			})
			.registerTypeIfPresent(classLoader, "org.springframework.validation.method.MethodValidationException",
					(type) -> {
					})
			.registerTypeIfPresent(classLoader, "kotlinx.coroutines.reactor.MonoKt",
					(type) -> type.withMethod("awaitSingleOrNull",
							List.of(TypeReference.of("reactor.core.publisher.Mono"),
									TypeReference.of("kotlin.coroutines.Continuation")),
							ExecutableMode.INVOKE));
	}

}
