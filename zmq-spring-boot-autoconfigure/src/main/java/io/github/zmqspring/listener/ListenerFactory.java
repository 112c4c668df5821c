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

import java.lang.reflect.Method;

import io.github.zmqspring.core.MessageCodec;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.transport.LaneHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.messaging.handler.annotation.support.MessageHandlerMethodFactory;

/**
 * Makes what handles the messages of a listener.
 *
 * @since 0.1.0
 */
public final class ListenerFactory {

	private final ZmqSockets sockets;

	private final MessageCodec codec;

	private final MessageHandlerMethodFactory methods;

	private final ListenerSettings settings;

	private final @Nullable ZmqListenerErrorHandler errorHandler;

	private final ZmqErrorReplyConverter errorReplies;

	/**
	 * Creates the factory.
	 * @param sockets where replies and dead letters go
	 * @param codec converts payloads
	 * @param methods makes handler methods
	 * @param settings what listeners do unless they say otherwise
	 * @param errorHandler the error handler of listeners that name none
	 * @param errorReplies what a failed request is answered with
	 */
	public ListenerFactory(ZmqSockets sockets, MessageCodec codec, MessageHandlerMethodFactory methods,
			ListenerSettings settings, @Nullable ZmqListenerErrorHandler errorHandler,
			ZmqErrorReplyConverter errorReplies) {
		this.errorReplies = errorReplies;
		this.sockets = sockets;
		this.codec = codec;
		this.methods = methods;
		this.settings = settings;
		this.errorHandler = errorHandler;
	}

	ListenerContainer create(ZmqListenerEndpoint endpoint, SocketDefinition definition, ListenerSources sources) {
		ListenerCounters counters = new ListenerCounters();
		FailurePolicy failures = new FailurePolicy(endpoint, this.settings, this.sockets, counters, this.errorHandler,
				this.errorReplies);
		ReplySender replies = new ReplySender(this.sockets, this.codec, endpoint, this.settings.replyTimeout(),
				counters);
		LaneHandler handler = (endpoint.batch())
				? new BatchAdapter(endpoint, definition, this.codec, failures, replies, counters) : new ListenerAdapter(
						endpoint, definition, invoker(endpoint, definition), failures, replies, counters, retry());
		return new ListenerContainer(endpoint, this.settings, handler, counters, sources);
	}

	private MessageInvoker invoker(ZmqListenerEndpoint endpoint, SocketDefinition definition) {
		Object bean = endpoint.bean();
		Method method = endpoint.method();
		MessageInvoker plain = PlainInvoker.of(definition, bean, method);
		return (plain != null) ? plain
				: new SpringInvoker(definition, this.methods.createInvocableHandlerMethod(bean, method));
	}

	private @Nullable RetryTemplate retry() {
		ListenerSettings.Retry retry = this.settings.retry();
		if (retry.maxAttempts() <= 1) {
			return null;
		}
		return new RetryTemplate(RetryPolicy.builder()
			.maxRetries(retry.maxAttempts() - 1L)
			.delay(retry.initialInterval())
			.multiplier(retry.multiplier())
			.maxDelay(retry.maxInterval())
			.excludes(UnreadableMessageException.class)
			.build());
	}

}
