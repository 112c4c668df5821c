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

import java.util.Map;
import java.util.function.Predicate;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqRoutingId;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.message.BinaryNumbers;
import io.github.zmqspring.message.MessageCodec;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMsg;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.support.MessageHeaderAccessor;

/**
 * Checks the parameters of a listener's method at start-up: those that no message could
 * ever fill are refused before the first one comes.
 */
final class ParameterChecks {

	private final ZmqListenerEndpoint endpoint;

	private final SocketDefinition definition;

	private final MessageCodec codec;

	private final Predicate<MethodParameter> custom;

	/**
	 * Create the checks.
	 * @param custom whether a resolver of the application gives a parameter
	 */
	ParameterChecks(ZmqListenerEndpoint endpoint, SocketDefinition definition, MessageCodec codec,
			Predicate<MethodParameter> custom) {
		this.endpoint = endpoint;
		this.definition = definition;
		this.codec = codec;
		this.custom = custom;
	}

	/**
	 * Return a parameter of the method, with type variables of generic base classes as
	 * the class of the bean resolves them; the result for -1.
	 */
	static MethodParameter parameter(ZmqListenerEndpoint endpoint, int index) {
		return new MethodParameter(endpoint.method(), index)
			.withContainingClass(AopProxyUtils.ultimateTargetClass(endpoint.bean()));
	}

	void check(MethodParameter parameter) {
		checkType(parameter);
		checkAnnotations(parameter);
		if ((isPayload(parameter) || isFrame(parameter)) && !isBinary(parameter)) {
			checkConvertible(parameter);
		}
	}

	private void checkType(MethodParameter parameter) {
		if (parameter.hasParameterAnnotation(ZmqTopic.class) && !this.definition.hasTopics()) {
			throw refuse("@ZmqTopic is of no use on a " + this.definition.type() + " socket",
					"Use @ZmqFrame(0), or a socket of type sub");
		}
		if (parameter.hasParameterAnnotation(ZmqRoutingId.class) && !this.definition.routes()) {
			throw refuse("@ZmqRoutingId is of no use on a " + this.definition.type() + " socket",
					"Use a socket of type router, rep, server or peer");
		}
		if (parameter.getParameterType() == ZmqReplier.class && !this.definition.replies()) {
			throw refuse("a " + this.definition.type() + " socket sends no replies for ZmqReplier",
					"Use @SendTo, or a socket of type rep or router");
		}
	}

	/** Find at start-up what spring-messaging would find with the first message. */
	private void checkAnnotations(MethodParameter parameter) {
		Payload payload = parameter.getParameterAnnotation(Payload.class);
		if (payload != null && !(payload.value() + payload.expression()).isEmpty()) {
			throw refuse("its @Payload has an expression, which is not supported",
					"Take the whole payload, and evaluate it in the method");
		}
		Class<?> type = parameter.getParameterType();
		if (parameter.hasParameterAnnotation(Headers.class) && !Map.class.isAssignableFrom(type)
				&& !MessageHeaders.class.isAssignableFrom(type)
				&& !MessageHeaderAccessor.class.isAssignableFrom(type)) {
			throw refuse("its @Headers parameter is a " + type.getSimpleName(),
					"Declare it as Map<String, Object>, or as MessageHeaders");
		}
		Header header = parameter.getParameterAnnotation(Header.class);
		if (header != null && (header.value() + header.name()).isEmpty() && name(parameter) == null) {
			throw refuse("its @Header has no name, and the class was compiled without names of parameters",
					"Write @Header(\"name\"), or compile with -parameters");
		}
		ZmqFrame frame = parameter.getParameterAnnotation(ZmqFrame.class);
		if (isBinary(parameter) && !BinaryNumbers.supports(FrameArgumentResolver.type(parameter.nestedIfOptional()))) {
			throw refuse(
					"its @ZmqFrame has a byte order, and %s is no number"
						.formatted(FrameArgumentResolver.type(parameter.nestedIfOptional()).getSimpleName()),
					"Use short, int, long, float or double, or an array of them, or remove the order");
		}
		if (frame != null && frame.value() != 0 && frame.value() != -1 && this.definition.traits().singleFrame()) {
			throw refuse("messages of a %s socket have one frame, and it wants frame %d"
				.formatted(this.definition.type(), frame.value()), "Use @ZmqFrame(0), or the payload");
		}
	}

	private static boolean isBinary(MethodParameter parameter) {
		ZmqFrame frame = parameter.getParameterAnnotation(ZmqFrame.class);
		return frame != null && frame.order() != ZmqFrame.Order.NONE;
	}

	private static @Nullable String name(MethodParameter parameter) {
		parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
		return parameter.getParameterName();
	}

	/** Without a converter for objects only bytes and text can be served. */
	void checkConvertible(MethodParameter parameter) {
		MethodParameter value = parameter.nestedIfOptional();
		Class<?> type = FrameArgumentResolver.type(value);
		if (Message.class.isAssignableFrom(type)) {
			value = value.nested();
			type = FrameArgumentResolver.type(value);
		}
		boolean plain = MessageCodec.isPlain(type) || type == ZmqMessage.class || type == ZMsg.class
				|| FrameArgumentResolver.isFrameList(value.getNestedGenericParameterType())
				|| (parameter.hasParameterAnnotation(ZmqRoutingId.class)
						&& (type == int.class || type == Integer.class));
		if (!plain && !this.codec.convertsObjects()) {
			throw refuse("nothing here turns bytes into " + type.getName(),
					"For JSON add spring-boot-starter-jackson, else a MessageConverter bean, or take byte[] or String");
		}
	}

	private static boolean isFrame(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(ZmqFrame.class) || parameter.hasParameterAnnotation(ZmqTopic.class)
				|| parameter.hasParameterAnnotation(ZmqRoutingId.class)
				|| Message.class.isAssignableFrom(parameter.getParameterType());
	}

	/** Return whether the payload is for this parameter. */
	boolean isPayload(MethodParameter parameter) {
		return isPayload(parameter, this.custom);
	}

	static boolean isPayload(MethodParameter parameter, Predicate<MethodParameter> custom) {
		return !(isFrame(parameter) || parameter.hasParameterAnnotation(Header.class)
				|| parameter.hasParameterAnnotation(Headers.class) || parameter.getParameterType() == ZmqReplier.class
				|| FrameArgumentResolver.isContinuation(parameter) || FrameArgumentResolver.isWhole(parameter)
				|| MessageHeaders.class.isAssignableFrom(parameter.getParameterType())
				|| MessageHeaderAccessor.class.isAssignableFrom(parameter.getParameterType())
				|| custom.test(parameter));
	}

	private ZmqConfigurationException refuse(String reason, String action) {
		return this.endpoint.refuse(reason, action);
	}

}
