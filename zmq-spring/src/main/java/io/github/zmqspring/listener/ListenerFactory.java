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
import java.time.Duration;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.message.MessageSender;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.messaging.handler.annotation.support.MessageHandlerMethodFactory;
import org.springframework.util.StringUtils;
import org.springframework.validation.Validator;

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

	private final ListenerHooks hooks;

	private final BlockedPollerDetector watch;

	/**
	 * Creates the factory.
	 * @param sockets where replies and dead letters go
	 * @param codec converts payloads
	 * @param methods makes handler methods
	 * @param settings what listeners do unless they say otherwise
	 * @param hooks what the application adds
	 * @throws io.github.zmqspring.core.ZmqConfigurationException if the dead-letter
	 * socket does not exist or cannot take dead letters
	 */
	public ListenerFactory(ZmqSockets sockets, MessageCodec codec, MessageHandlerMethodFactory methods,
			ListenerSettings settings, ListenerHooks hooks) {
		this.sockets = sockets;
		this.codec = codec;
		this.methods = methods;
		this.settings = settings;
		this.hooks = hooks;
		this.watch = new BlockedPollerDetector(settings.inlineLimit(), hooks.events());
		String deadLetter = settings.deadLetter();
		if (StringUtils.hasText(deadLetter)) {
			DeadLetters.check("zmq.listener.dead-letter", deadLetter, sockets);
		}
	}

	MessageCodec codec() {
		return this.codec;
	}

	ListenerContainer create(ZmqListenerEndpoint endpoint, SocketDefinition definition, ListenerSources sources) {
		boolean inline = this.settings.isInline(endpoint);
		ListenerCounters counters = new ListenerCounters();
		FailurePolicy failures = new FailurePolicy(endpoint, this.settings, this.sockets, counters, this.hooks);
		// whoever runs on the poller's thread only tries
		ReplySender replies = new ReplySender(this.sockets, new MessageSender(this.codec, this.hooks.observer()),
				endpoint, (inline) ? Duration.ZERO : this.settings.replyTimeout(), counters);
		// and must not sleep between attempts
		RetryTemplate retry = (inline) ? null : Retries.template(endpoint.retryPolicy(), this.settings.retry());
		Invocations invocations = new Invocations(endpoint, this.hooks.interceptors(), retry);
		ListenerHandler handler = handler(endpoint, definition, failures, replies, counters, invocations);
		TimeoutCall timeout = null;
		if (endpoint.timeout() != null) {
			TimeoutCall.check(endpoint);
			timeout = new TimeoutCall(endpoint, definition, invocations, failures, replies, counters);
		}
		String deadLetter = endpoint.deadLetter();
		if (deadLetter != null && !ZmqListenerEndpoint.NONE.equals(deadLetter)) {
			DeadLetters.check("deadLetter of " + endpoint, deadLetter, this.sockets);
		}
		return new ListenerContainer(endpoint, this.settings, handler, counters, sources,
				new ListenerFlows.Extras(timeout, (inline) ? this.watch : null, retry != null, this.hooks.events()));
	}

	private ListenerHandler handler(ZmqListenerEndpoint endpoint, SocketDefinition definition, FailurePolicy failures,
			ReplySender replies, ListenerCounters counters, Invocations invocations) {
		ZmqMessageFilter filter = (endpoint.filter() != null) ? endpoint.filter() : this.hooks.filter();
		PendingResults pending = new PendingResults(this.settings.maxPendingResults());
		if (endpoint.batch()) {
			@Nullable Validator validator = (this.methods instanceof ZmqHandlerMethodFactory ours) ? ours.validator() : null;
			BatchElements elements = new BatchElements(definition, this.codec,
					new MethodParameter(endpoint.method(), 0), validator);
			return new BatchAdapter(endpoint, elements, failures, replies, counters, invocations, filter, pending,
					this.hooks.observer());
		}
		return new ListenerAdapter(endpoint, definition, invoker(endpoint, definition), failures, replies, counters,
				invocations, filter, pending, this.hooks.observer());
	}

	private MessageInvoker invoker(ZmqListenerEndpoint endpoint, SocketDefinition definition) {
		Object bean = endpoint.bean();
		Method method = endpoint.method();
		MessageInvoker plain = PlainInvoker.of(definition, bean, method);
		return (plain != null) ? plain
				: new SpringInvoker(definition, this.methods.createInvocableHandlerMethod(bean, method));
	}

}
