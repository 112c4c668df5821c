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

import java.util.List;

import io.github.zmqspring.core.ZmqSendInterceptor;
import io.github.zmqspring.listener.ZmqErrorReplyConverter;
import io.github.zmqspring.listener.ZmqListenerErrorHandler;
import io.github.zmqspring.listener.ZmqListenerInterceptor;
import io.github.zmqspring.listener.ZmqMessageFilter;
import io.github.zmqspring.message.MessageObserver;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * What the application adds to all listeners.
 *
 * @param errorHandler the error handler of listeners that name none
 * @param errorReplies what a failed request is answered with
 * @param filter the filter of listeners that name none
 * @param interceptors what surrounds each call, the outermost first
 * @param events receives the events of listeners
 * @param observer watches messages being handled and sent on, or {@code null}
 * @param sendInterceptors surround what is sent, the outermost first
 * @since 0.1.0
 */
public record ListenerHooks(@Nullable ZmqListenerErrorHandler errorHandler, ZmqErrorReplyConverter errorReplies,
		@Nullable ZmqMessageFilter filter, List<ZmqListenerInterceptor> interceptors, ApplicationEventPublisher events,
		@Nullable MessageObserver observer, List<ZmqSendInterceptor> sendInterceptors) {

	public ListenerHooks {
		sendInterceptors = List.copyOf(sendInterceptors);
		interceptors = List.copyOf(interceptors);
	}

	/**
	 * Hooks without an observer.
	 * @param errorHandler the error handler of listeners that name none
	 * @param errorReplies what a failed request is answered with
	 * @param filter the filter of listeners that name none
	 * @param interceptors what surrounds each call
	 * @param events receives the events of listeners
	 */
	public ListenerHooks(@Nullable ZmqListenerErrorHandler errorHandler, ZmqErrorReplyConverter errorReplies,
			@Nullable ZmqMessageFilter filter, List<ZmqListenerInterceptor> interceptors,
			ApplicationEventPublisher events) {
		this(errorHandler, errorReplies, filter, interceptors, events, null, List.of());
	}

}
