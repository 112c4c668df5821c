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

package io.github.zmqspring.request;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;

/**
 * Functions of Kotlin interfaces that suspend until the reply is there, by way of
 * kotlinx-coroutines-reactor where that is on the class path.
 */
final class SuspendingCalls {

	private static final @Nullable MethodHandle AWAIT = find();

	static final boolean AVAILABLE = AWAIT != null;

	private SuspendingCalls() {
	}

	private static @Nullable MethodHandle find() {
		try {
			ClassLoader loader = SuspendingCalls.class.getClassLoader();
			Class<?> continuation = Class.forName("kotlin.coroutines.Continuation", false, loader);
			Method await = Class.forName("kotlinx.coroutines.reactor.MonoKt", false, loader)
				.getMethod("awaitSingleOrNull", Mono.class, continuation);
			return MethodHandles.publicLookup()
				.unreflect(await)
				.asType(MethodType.methodType(Object.class, Object.class, Object.class));
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			return null;
		}
	}

	/** Return the type that the continuation, the last parameter, is resumed with. */
	static Type replyType(Method method, Class<?> type) {
		int last = method.getParameterCount() - 1;
		Type taken = ResolvableType.forMethodParameter(method, last, type).getGeneric(0).getType();
		return (taken instanceof WildcardType wildcard && wildcard.getLowerBounds().length == 1)
				? wildcard.getLowerBounds()[0] : taken;
	}

	/** Return the reply, or Kotlin's sign that the function is suspended. */
	static @Nullable Object await(Object mono, @Nullable Object continuation) {
		if (AWAIT == null) {
			throw new IllegalStateException("kotlinx-coroutines-reactor is not there");
		}
		try {
			return AWAIT.invokeExact(mono, continuation);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
