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

package io.github.zmqspring.listener.invoke;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.core.CoroutinesUtils;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;

/**
 * Calls a Kotlin function that suspends. What it yields comes as a {@code Mono}, or a
 * {@code Flux} for a {@code Flow}; kotlinx-coroutines-reactor must be there.
 */
final class SuspendingHandlerMethod extends ListenerMethod {

	/** The type of the last parameter of a function that suspends. */
	static final String CONTINUATION = "kotlin.coroutines.Continuation";

	SuspendingHandlerMethod(Object bean, Method method, HandlerMethodArgumentResolverComposite resolvers) {
		super(bean, method, resolvers);
	}

	@Override
	protected @Nullable Object doInvoke(@Nullable Object... args) throws Exception {
		return CoroutinesUtils.invokeSuspendingFunction(getBridgedMethod(), getBean(), args);
	}

}
