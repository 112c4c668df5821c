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

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.github.zmqspring.annotation.ZmqClient;
import io.github.zmqspring.annotation.ZmqRequest;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqMessageSpec;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.support.Placeholders;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * A method of a client interface, prepared for calls.
 */
final class ClientMethod {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Mono",
			ClientMethod.class.getClassLoader());

	private final ZmqTemplate template;

	private final String socket;

	private final Class<?> returned;

	private final @Nullable Duration timeout;

	private final @Nullable Integer retries;

	private final Kind kind;

	private final Type replyType;

	private ClientMethod(ZmqTemplate template, String socket, Class<?> returned, @Nullable Duration timeout,
			@Nullable Integer retries, Kind kind, Type replyType) {
		this.template = template;
		this.socket = socket;
		this.returned = returned;
		this.timeout = timeout;
		this.retries = retries;
		this.kind = kind;
		this.replyType = replyType;
	}

	static ClientMethod of(ZmqTemplate template, Class<?> type, Method method, ConfigurableBeanFactory beans) {
		String subject = "@ZmqClient method " + type.getSimpleName() + "." + method.getName() + "()";
		ZmqRequest request = AnnotatedElementUtils.findMergedAnnotation(method, ZmqRequest.class);
		if (request == null) {
			throw new ZmqConfigurationException(subject, "it has no @ZmqRequest",
					"Add it, or make the method default or static");
		}
		String socket = resolve(beans, request.value());
		ZmqClient client = AnnotatedElementUtils.findMergedAnnotation(type, ZmqClient.class);
		if (socket.isEmpty() && client != null) {
			socket = resolve(beans, client.value());
		}
		if (socket.isEmpty()) {
			throw new ZmqConfigurationException(subject, "it has no socket",
					"Name one in @ZmqRequest, or in @ZmqClient for all methods");
		}
		checkSocket(subject, socket, beans);
		ResolvableType returned = ResolvableType.forMethodReturnType(method, type);
		Kind kind = Kind.of(method, returned.toClass());
		if (kind == Kind.STREAM && StringUtils.hasText(request.retries())) {
			throw new ZmqConfigurationException(subject, "it returns a stream and has retries",
					"Remove the retries: a stream is not asked for again. Use Flux.retry for that");
		}
		if (kind == Kind.SUSPENDING && !SuspendingCalls.AVAILABLE) {
			throw new ZmqConfigurationException(subject, "it suspends, and kotlinx-coroutines-reactor is not there",
					"Add that library, or return a CompletableFuture");
		}
		Type replyType = switch (kind) {
			case VALUE, VOID -> returned.getType();
			case SUSPENDING -> SuspendingCalls.replyType(method, type);
			default -> returned.getGeneric(0).getType();
		};
		return new ClientMethod(template, socket, returned.toClass(),
				duration(subject, resolve(beans, request.timeout())),
				number(subject, resolve(beans, request.retries())), kind,
				(kind == Kind.VOID) ? ZmqMessage.class : GenericTypeResolver.resolveType(replyType, type));
	}

	private static void checkSocket(String subject, String socket, ConfigurableBeanFactory beans) {
		ZmqSockets sockets = beans.getBeanProvider(ZmqSockets.class).getIfAvailable();
		if (sockets == null) {
			return;
		}
		if (!sockets.contains(socket)) {
			throw new ZmqConfigurationException(subject, "there is no socket '" + socket + "'",
					"Use one of " + sockets.names() + ", or add zmq.sockets." + socket);
		}
		SocketDefinition definition = sockets.definition(socket);
		if (!definition.traits().requests()) {
			throw new ZmqConfigurationException(subject, "socket '" + socket + "' is a " + definition.type(),
					"Requests need a socket of type req or dealer");
		}
	}

	private static String resolve(ConfigurableBeanFactory beans, String text) {
		return new Placeholders(beans).one(text).trim();
	}

	private static @Nullable Duration duration(String subject, String text) {
		try {
			if (!StringUtils.hasText(text)) {
				return null;
			}
			Duration duration = DurationFormatterUtils.detectAndParse(text);
			Assert.isTrue(duration.compareTo(Duration.ZERO) > 0, "Not a time to wait");
			return duration;
		}
		catch (IllegalArgumentException ex) {
			throw new ZmqConfigurationException(subject, "its timeout is '" + text + "'",
					"Give a duration such as 500ms or 2s");
		}
	}

	private static @Nullable Integer number(String subject, String text) {
		try {
			if (!StringUtils.hasText(text)) {
				return null;
			}
			int number = Integer.parseInt(text);
			Assert.isTrue(number >= 0, "Not a number of retries");
			return number;
		}
		catch (IllegalArgumentException ex) {
			throw new ZmqConfigurationException(subject, "its retries are '" + text + "'", "Give an integer from 0 on");
		}
	}

	@Nullable Object invoke(@Nullable Object @Nullable [] arguments) {
		return switch (this.kind) {
			case VALUE -> required(spec(arguments).request(this.replyType));
			case VOID -> {
				spec(arguments).request(this.replyType);
				yield null;
			}
			case FUTURE -> send(arguments);
			case MONO -> Reactive.mono(this, arguments);
			case STREAM -> Reactive.stream(this, arguments);
			case SUSPENDING -> Reactive.suspend(this, arguments);
		};
	}

	/**
	 * A primitive cannot be null, and the caller would get an exception that says
	 * nothing.
	 */
	private @Nullable Object required(@Nullable Object reply) {
		if (reply == null && this.replyType instanceof Class<?> type && type.isPrimitive()) {
			throw new ZmqConversionException(
					"the reply on socket '%s' is empty or null, and the method returns %s: return %s, or an Optional"
						.formatted(this.socket, type, ClassUtils.resolvePrimitiveIfNecessary(type).getSimpleName()));
		}
		return reply;
	}

	private CompletableFuture<Object> send(@Nullable Object @Nullable [] arguments) {
		return spec(arguments).requestAsync(this.replyType);
	}

	private ZmqMessageSpec spec(@Nullable Object @Nullable [] arguments) {
		ZmqMessageSpec spec = this.template.newMessage(payload(arguments)).to(this.socket);
		if (this.timeout != null) {
			spec.timeout(this.timeout);
		}
		if (this.retries != null) {
			spec.retries(this.retries);
		}
		return spec;
	}

	private Object payload(@Nullable Object @Nullable [] arguments) {
		if (arguments == null || arguments.length == 0) {
			return new byte[0];
		}
		if (arguments.length == 1) {
			return frame(arguments[0]);
		}
		return this.template.toMessage(Arrays.stream(arguments).map(ClientMethod::frame).toArray());
	}

	/**
	 * An argument that is missing travels as an empty frame, and the others keep their
	 * places.
	 */
	private static Object frame(@Nullable Object argument) {
		return (argument != null) ? argument : new byte[0];
	}

	private enum Kind {

		VALUE, VOID, FUTURE, MONO, STREAM, SUSPENDING;

		static Kind of(Method method, Class<?> type) {
			if (KotlinDetector.isSuspendingFunction(method)) {
				return SUSPENDING;
			}
			if (type == void.class) {
				return VOID;
			}
			if (type == CompletableFuture.class || type == CompletionStage.class || type == Future.class) {
				return FUTURE;
			}
			return (REACTOR) ? Reactive.kind(type) : VALUE;
		}

	}

	/** Loaded only where Reactor is on the class path. */
	private static final class Reactive {

		static Kind kind(Class<?> type) {
			if (type == Mono.class) {
				return Kind.MONO;
			}
			ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
			return (adapter != null && adapter.isMultiValue()) ? Kind.STREAM : Kind.VALUE;
		}

		/** Ask when it is subscribed to. */
		static Object stream(ClientMethod method, @Nullable Object @Nullable [] arguments) {
			Publisher<Object> elements = method.spec(arguments).requestStream(method.replyType);
			if (method.returned.isInstance(elements)) {
				return elements;
			}
			ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(method.returned);
			Assert.state(adapter != null, "No adapter");
			return adapter.fromPublisher(elements);
		}

		static Object mono(ClientMethod method, @Nullable Object @Nullable [] arguments) {
			return Mono.fromFuture(() -> method.send(arguments));
		}

		/** The last argument is the continuation. */
		static @Nullable Object suspend(ClientMethod method, @Nullable Object @Nullable [] arguments) {
			Assert.state(arguments != null, "A function that suspends has a continuation");
			int last = arguments.length - 1;
			return SuspendingCalls.await(Mono.fromFuture(() -> method.send(Arrays.copyOf(arguments, last))),
					arguments[last]);
		}

	}

}
