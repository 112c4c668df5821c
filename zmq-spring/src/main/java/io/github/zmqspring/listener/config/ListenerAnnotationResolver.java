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

package io.github.zmqspring.listener.config;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import io.github.zmqspring.annotation.ZmqHandler;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketDefinitionBuilder;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqListenerErrorHandler;
import io.github.zmqspring.listener.ZmqListenerMethod;
import io.github.zmqspring.listener.ZmqMessageFilter;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.support.Placeholders;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.expression.StandardBeanExpressionResolver;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.StringUtils;

/**
 * Turns an annotation into an endpoint: resolves placeholders and expressions, looks up
 * the beans it names, and says what is wrong where it cannot.
 */
final class ListenerAnnotationResolver {

	private final ConfigurableListableBeanFactory beanFactory;

	private final StandardBeanExpressionResolver expressions;

	private final BeanExpressionContext context;

	private final Placeholders placeholders;

	ListenerAnnotationResolver(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		this.placeholders = new Placeholders(beanFactory);
		this.expressions = new StandardBeanExpressionResolver(beanFactory.getBeanClassLoader());
		this.context = new BeanExpressionContext(beanFactory, null);
	}

	ZmqListenerEndpoint resolve(Object bean, String beanName, Method method, ZmqListener annotation, int number) {
		return resolve(bean, beanName, method, annotation, number, List.of());
	}

	private ZmqListenerEndpoint resolve(Object bean, String beanName, Method method, ZmqListener annotation, int number,
			List<ZmqListenerMethod> handlers) {
		try {
			return endpoint(bean, beanName, method, annotation, number, handlers);
		}
		catch (IllegalArgumentException ex) {
			throw new ZmqConfigurationException(
					"@ZmqListener on " + method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()",
					String.valueOf(ex.getMessage()), "Define the property, or write the value into the annotation");
		}
	}

	/** Resolve a class with the annotation and several methods. */
	ZmqListenerEndpoint resolve(Object bean, String beanName, Map<Method, ZmqHandler> methods, ZmqListener annotation) {
		List<ZmqListenerMethod> handlers = new ArrayList<>();
		methods.forEach((method, handler) -> handlers
			.add(new ZmqListenerMethod(method, texts(handler.topics()), handler.isDefault())));
		return resolve(bean, beanName, handlers.get(0).method(), annotation, 0, handlers);
	}

	private ZmqListenerEndpoint endpoint(Object bean, String beanName, Method method, ZmqListener annotation,
			int number, List<ZmqListenerMethod> handlers) {
		String id = text(annotation.id());
		if (id.isEmpty()) {
			id = (handlers.isEmpty()) ? beanName + "." + method.getName() + ((number > 0) ? "#" + number : "")
					: beanName;
		}
		ZmqListenerEndpoint.Builder builder = ZmqListenerEndpoint.of(id, bean, method).handlers(handlers);
		String subject = "@ZmqListener on " + method.getDeclaringClass().getSimpleName() + "." + method.getName()
				+ "(), id '" + id + "'";
		socket(builder, subject, id, annotation);
		batch(builder, subject, annotation);
		String concurrency = text(annotation.concurrency());
		if (!concurrency.isEmpty()) {
			builder.concurrency(positive(subject, "concurrency", concurrency));
		}
		String orderedBy = this.placeholders.one(annotation.orderedBy()).trim();
		if (!orderedBy.isEmpty()) {
			builder.orderedBy(orderedBy);
		}
		String autoStartup = text(annotation.autoStartup());
		if (!autoStartup.isEmpty()) {
			builder.autoStartup(bool(subject, autoStartup));
		}
		String executor = text(annotation.executor());
		if (!executor.isEmpty()) {
			builder.executor(executor, ZmqListenerEndpoint.INLINE.equals(executor) ? null
					: named(subject, "executor", executor, Executor.class));
		}
		String errorHandler = text(annotation.errorHandler());
		if (!errorHandler.isEmpty()) {
			builder.errorHandler(named(subject, "errorHandler", errorHandler, ZmqListenerErrorHandler.class));
		}
		exceptions(builder, subject, annotation);
		SendTo sendTo = AnnotatedElementUtils.findMergedAnnotation(method, SendTo.class);
		if (sendTo != null) {
			builder.sendTo(texts(sendTo.value()));
		}
		return builder.build();
	}

	private void exceptions(ZmqListenerEndpoint.Builder builder, String subject, ZmqListener annotation) {
		String filter = text(annotation.filter());
		if (!filter.isEmpty()) {
			builder.filter(named(subject, "filter", filter, ZmqMessageFilter.class));
		}
		String retryPolicy = text(annotation.retryPolicy());
		if (!retryPolicy.isEmpty()) {
			builder.retryPolicy(named(subject, "retryPolicy", retryPolicy, RetryPolicy.class));
		}
		String contentType = text(annotation.contentType());
		if (!contentType.isEmpty()) {
			builder.contentType(contentType(subject, contentType));
		}
		String deadLetter = text(annotation.deadLetter());
		if (!deadLetter.isEmpty()) {
			builder.deadLetter(deadLetter);
		}
		String timeout = text(annotation.timeout());
		if (!timeout.isEmpty()) {
			builder.timeout(duration(subject, "timeout", timeout, Duration.ofNanos(1)));
		}
	}

	private void batch(ZmqListenerEndpoint.Builder builder, String subject, ZmqListener annotation) {
		builder.batch(annotation.batch());
		String maxBatchSize = text(annotation.maxBatchSize());
		String batchTimeout = text(annotation.batchTimeout());
		if (!annotation.batch() && !(maxBatchSize + batchTimeout).isEmpty()) {
			throw new ZmqConfigurationException(subject, "it has a maxBatchSize or batchTimeout, and is no batch",
					"Add batch = true, or remove them");
		}
		if (!maxBatchSize.isEmpty()) {
			builder.maxBatchSize(positive(subject, "maxBatchSize", maxBatchSize));
		}
		if (!batchTimeout.isEmpty()) {
			builder.batchTimeout(duration(subject, "batchTimeout", batchTimeout, Duration.ZERO));
		}
	}

	private static MimeType contentType(String subject, String text) {
		try {
			return MimeTypeUtils.parseMimeType(text);
		}
		catch (InvalidMimeTypeException ex) {
			throw new ZmqConfigurationException(subject, "its contentType is '" + text + "'",
					"Give a content type such as application/json or application/cbor");
		}
	}

	private static Duration duration(String subject, String attribute, String text, Duration least) {
		try {
			String trimmed = text.trim();
			Duration duration = ("0".equals(trimmed)) ? Duration.ZERO : DurationFormatterUtils.detectAndParse(trimmed);
			if (duration.compareTo(least) >= 0) {
				return duration;
			}
		}
		catch (IllegalArgumentException ex) {
			// refused below
		}
		throw new ZmqConfigurationException(subject, "its " + attribute + " is '" + text + "'",
				"Give a duration such as 500ms or 10s, or a placeholder or expression that yields one");
	}

	private void socket(ZmqListenerEndpoint.Builder builder, String subject, String id, ZmqListener annotation) {
		String socket = text(annotation.socket());
		List<String> bind = endpoints(annotation.bind());
		List<String> connect = endpoints(annotation.connect());
		List<String> topics = texts(annotation.topics());
		boolean inPlace = !bind.isEmpty() || !connect.isEmpty();
		if (inPlace == StringUtils.hasText(socket)) {
			throw new ZmqConfigurationException(subject,
					(inPlace) ? "it names the socket '" + socket + "' and describes one as well" : "it has no socket",
					"Give either the name of a socket of zmq.sockets, or type with bind or connect");
		}
		String security = text(annotation.security());
		if (!inPlace && !security.isEmpty()) {
			throw new ZmqConfigurationException(subject,
					"it has security for the socket '" + socket + "', which is not described in place",
					"Set zmq.sockets." + socket + ".security, and remove it here");
		}
		if (!inPlace) {
			builder.socket(socket).topics(topics);
			return;
		}
		SocketType type = annotation.type();
		SocketDefinitionBuilder own = SocketDefinition.builder(id, type).bind(bind).connect(connect).topics(topics);
		if (!security.isEmpty()) {
			own.security(named(subject, "security", security, SocketSecurity.class));
		}
		builder.ownSocket(own.build());
	}

	private static boolean bool(String subject, String text) {
		return switch (text.trim().toLowerCase(Locale.ROOT)) {
			case "true" -> true;
			case "false" -> false;
			default -> throw new ZmqConfigurationException(subject, "its autoStartup is '" + text + "'",
					"Give true or false, or a placeholder or expression that yields one");
		};
	}

	private int positive(String subject, String attribute, String text) {
		try {
			int value = Integer.parseInt(text.trim());
			if (value > 0) {
				return value;
			}
		}
		catch (NumberFormatException ex) {
			// refused below
		}
		throw new ZmqConfigurationException(subject, "its " + attribute + " is '" + text + "'",
				"Give an integer from 1 on, or a placeholder or expression that yields one");
	}

	private <T> T named(String subject, String attribute, String name, Class<T> type) {
		try {
			return this.beanFactory.getBean(name, type);
		}
		catch (BeansException ex) {
			throw new ZmqConfigurationException(subject,
					"its " + attribute + " '" + name + "' is no bean of type " + type.getSimpleName(),
					"Use one of " + List.of(this.beanFactory.getBeanNamesForType(type)));
		}
	}

	private String text(String value) {
		Object resolved = evaluate(this.placeholders.one(value));
		return (resolved != null) ? resolved.toString() : "";
	}

	/** One placeholder may hold several values, as in application.yml. */
	private List<String> endpoints(String[] values) {
		return texts(values).stream().flatMap((value) -> Stream.of(value.split(",", -1))).map(String::trim).toList();
	}

	private List<String> texts(String[] values) {
		List<String> texts = new ArrayList<>();
		for (String value : Stream.of(values).flatMap((text) -> this.placeholders.all(text).stream()).toList()) {
			Object resolved = evaluate(value);
			if (resolved instanceof Collection<?> collection) {
				collection.forEach((element) -> texts.add(String.valueOf(element)));
			}
			else if (resolved instanceof Object[] array) {
				for (Object element : array) {
					texts.add(String.valueOf(element));
				}
			}
			else if (resolved != null) {
				texts.add(resolved.toString());
			}
		}
		return texts;
	}

	private @Nullable Object evaluate(String value) {
		return this.expressions.evaluate(value, this.context);
	}

}
