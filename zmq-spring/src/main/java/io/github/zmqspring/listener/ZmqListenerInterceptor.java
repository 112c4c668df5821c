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

package io.github.zmqspring.listener;

import io.github.zmqspring.core.SocketDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Surrounds each call of each listener's method: retries, batches and calls after a
 * timeout included. Beans of this type apply to all listeners, in their order. Called on
 * the thread of the listener, by several threads at once.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ZmqListenerInterceptor {

	/**
	 * Does something before and after the call, or instead of it.
	 * @param invocation the call
	 * @return what the method is to have returned, by default what
	 * {@link ZmqListenerInvocation#proceed()} returns; a result that comes later is still
	 * a {@code CompletionStage} or {@code Mono} here
	 * @throws Throwable what the method is to have thrown: it is retried and handled as
	 * if the method had
	 */
	@Nullable Object intercept(ZmqListenerInvocation invocation) throws Throwable;

	/**
	 * Return whether to surround the calls of a listener. Called when it is created.
	 * @param socket the socket that it reads
	 * @return {@code true} unless overridden
	 */
	default boolean supports(SocketDefinition socket) {
		return true;
	}

}
