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
import java.time.Duration;
import java.util.List;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqUnknownSocketException;
import io.github.zmqspring.listener.ListenerHandler;
import io.github.zmqspring.listener.ListenerHandlerFactory;
import io.github.zmqspring.listener.ListenerSettings;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqListenerInterceptor;
import io.github.zmqspring.listener.ZmqMessageFilter;
import io.github.zmqspring.listener.dispatch.DispatchHandler;
import io.github.zmqspring.listener.dispatch.DispatchTarget;
import io.github.zmqspring.listener.order.OrderedHandler;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.message.MessageSender;
import io.github.zmqspring.support.BytesText;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.messaging.handler.annotation.support.MessageHandlerMethodFactory;
import org.springframework.util.StringUtils;
import org.springframework.validation.Validator;

/**
 * Creates handlers that call the methods of listeners.
 *
 * @since 0.1.0
 */
public final class MethodHandlerFactory implements ListenerHandlerFactory {

	private final ZmqSockets sockets;

	private final MessageCodec codec;

	private final MessageHandlerMethodFactory methods;

	private final ListenerSettings settings;

	private final ListenerHooks hooks;

	/**
	 * Create the factory.
	 * @param sockets where replies and dead letters go
	 * @param codec converts payloads
	 * @param methods makes handler methods
	 * @param settings what listeners do unless they say otherwise
	 * @param hooks what the application adds
	 * @throws io.github.zmqspring.core.ZmqConfigurationException if the dead-letter
	 * socket does not exist or cannot take dead letters
	 */
	public MethodHandlerFactory(ZmqSockets sockets, MessageCodec codec, MessageHandlerMethodFactory methods,
			ListenerSettings settings, ListenerHooks hooks) {
		this.sockets = sockets;
		this.codec = codec;
		this.methods = methods;
		this.settings = settings;
		this.hooks = hooks;
		String deadLetter = settings.deadLetter();
		if (StringUtils.hasText(deadLetter)) {
			checkDeadLetters("zmq.listener.dead-letter", deadLetter, sockets);
		}
	}

	@Override
	public ListenerHandler create(ZmqListenerEndpoint endpoint, SocketDefinition definition) {
		if (!endpoint.handlers().isEmpty()) {
			return dispatching(endpoint, definition);
		}
		Signature.check(endpoint, definition, this.codec, this::isCustom);
		endpoint.options().sendTo().forEach((target) -> Signature.checkTarget(endpoint, target, this.sockets));
		String deadLetter = endpoint.options().deadLetter();
		if (deadLetter != null && !ZmqListenerEndpoint.NONE.equals(deadLetter)) {
			checkDeadLetters("deadLetter of " + endpoint, deadLetter, this.sockets);
		}
		Results.check(endpoint, definition);
		CallEnvironment environment = environment(endpoint, definition);
		TimeoutCall timeout = (endpoint.options().timeout() != null) ? TimeoutCall.of(environment) : null;
		if (endpoint.options().batch() && endpoint.options().orderedBy() == null) {
			@Nullable Validator validator = (this.methods instanceof ZmqHandlerMethodFactory ours) ? ours.validator() : null;
			BatchElements elements = new BatchElements(definition, this.codec, ParameterChecks.parameter(endpoint, 0),
					validator, endpoint.options().contentType());
			return decompressing(new BatchHandler(environment, elements, timeout), environment);
		}
		ListenerHandler handler = new SingleMessageHandler(environment, invoker(endpoint, definition), timeout);
		return decompressing((endpoint.options().orderedBy() != null)
				? new OrderedHandler(handler, endpoint, this.settings, definition, this.codec, payload(endpoint))
				: handler, environment);
	}

	private static ListenerHandler decompressing(ListenerHandler handler, CallEnvironment environment) {
		SocketDefinition definition = environment.definition();
		return (definition.compression().isOn()) ? new DecompressingHandler(handler,
				new SingleMessageHandler(environment, DecompressingHandler.failing(definition), null), definition)
				: handler;
	}

	/** Each method has a handler; they share what counts and keeps messages. */
	private ListenerHandler dispatching(ZmqListenerEndpoint endpoint, SocketDefinition definition) {
		Signature.checkHandlers(endpoint, definition);
		endpoint.options().sendTo().forEach((target) -> Signature.checkTarget(endpoint, target, this.sockets));
		CallEnvironment shared = environment(endpoint, definition);
		List<DispatchTarget> targets = endpoint.handlers().stream().map((handler) -> {
			ZmqListenerEndpoint own = endpoint.withMethod(handler.method());
			Signature.check(own, definition, this.codec, this::isCustom);
			Results.check(own, definition);
			return new DispatchTarget(new SingleMessageHandler(shared.of(own), invoker(own, definition), null),
					handler.topics().stream().map(BytesText::parse).toList(), handler.isDefault(), payload(own));
		}).toList();
		ListenerHandler unmatched = new SingleMessageHandler(shared, (message, replier) -> {
			throw new UnreadableMessageException(
					new ZmqConversionException("no @ZmqHandler method takes a message of this form"));
		}, null);
		ListenerHandler handler = new DispatchHandler(targets, unmatched, definition, this.codec);
		return decompressing(
				(endpoint.options().orderedBy() != null)
						? new OrderedHandler(handler, endpoint, this.settings, definition, this.codec, null) : handler,
				shared);
	}

	private boolean isCustom(MethodParameter parameter) {
		return this.methods instanceof ZmqHandlerMethodFactory ours && ours.isCustom(parameter);
	}

	private @Nullable MethodParameter payload(ZmqListenerEndpoint endpoint) {
		for (int i = 0; i < endpoint.method().getParameterCount(); i++) {
			MethodParameter parameter = ParameterChecks.parameter(endpoint, i);
			if (ParameterChecks.isPayload(parameter, this::isCustom)) {
				return parameter.nestedIfOptional();
			}
		}
		return null;
	}

	private CallEnvironment environment(ZmqListenerEndpoint endpoint, SocketDefinition definition) {
		boolean inline = this.settings.isInline(endpoint);
		ListenerHooks hooks = this.hooks;
		ListenerCounters counters = new ListenerCounters();
		FailurePolicy failures = new FailurePolicy(endpoint, this.settings, this.sockets, counters, hooks);
		// the poller's thread must not wait for room
		ReplySender replies = new ReplySender(this.sockets,
				new MessageSender(this.codec, hooks.observer(), hooks.sendInterceptors()), endpoint,
				(inline) ? Duration.ZERO : this.settings.replyTimeout(), counters);
		// nor sleep between attempts
		ListenerSettings.Retry settings = this.settings.retry();
		RetryTemplate retry = (inline || !settings.blocking()) ? null
				: Retries.template(endpoint.options().retryPolicy(), settings);
		LaterRetries later = (inline || settings.blocking()) ? null : laterRetries(endpoint);
		ZmqMessageFilter filter = (endpoint.options().filter() != null) ? endpoint.options().filter() : hooks.filter();
		List<ZmqListenerInterceptor> interceptors = hooks.interceptors()
			.stream()
			.filter((interceptor) -> interceptor.supports(definition))
			.toList();
		return new CallEnvironment(endpoint, definition, new Invocations(endpoint, interceptors, retry, later),
				failures, replies, counters, new PendingResults(this.settings.maxPendingResults()),
				new ActiveStreams(definition), filter, hooks.observer());
	}

	private @Nullable LaterRetries laterRetries(ZmqListenerEndpoint endpoint) {
		RetryPolicy policy = Retries.classified(endpoint.options().retryPolicy(), this.settings.retry());
		if (policy != null && endpoint.options().orderedBy() != null) {
			throw endpoint.refuse("it has an orderedBy, and zmq.listener.retry.blocking: false gives up the order",
					"Remove orderedBy, or set zmq.listener.retry.blocking to true");
		}
		return (policy != null) ? new LaterRetries(endpoint.id(), endpoint.options().concurrency(this.settings), policy)
				: null;
	}

	private MessageInvoker invoker(ZmqListenerEndpoint endpoint, SocketDefinition definition) {
		Object bean = endpoint.bean();
		Method method = endpoint.method();
		boolean custom = method.getParameterCount() == 1 && isCustom(ParameterChecks.parameter(endpoint, 0));
		MessageInvoker plain = (!custom) ? PlainInvoker.of(definition, bean, method) : null;
		return (plain != null) ? plain : new SpringInvoker(definition,
				this.methods.createInvocableHandlerMethod(bean, method), endpoint.options().contentType());
	}

	/** Dead letters have several frames, and are addressed to no peer in particular. */
	private static void checkDeadLetters(String subject, String socket, ZmqSockets sockets) {
		SocketDefinition definition;
		try {
			definition = sockets.definition(socket);
		}
		catch (ZmqUnknownSocketException ex) {
			throw new ZmqConfigurationException(subject, "there is no socket '" + socket + "'",
					"Define zmq.sockets." + socket + ", or use one of " + sockets.names());
		}
		if (!definition.traits().sendsUnaddressed()) {
			throw new ZmqConfigurationException(subject,
					"socket '%s' is a %s: a dead letter has several frames and no addressee".formatted(socket,
							definition.type()),
					"Use a socket of type push, pub, xpub, dealer or pair");
		}
	}

}
