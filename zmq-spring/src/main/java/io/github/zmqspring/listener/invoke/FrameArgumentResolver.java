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

import java.lang.reflect.Type;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

import io.github.zmqspring.annotation.ZmqFrame;
import io.github.zmqspring.annotation.ZmqRoutingId;
import io.github.zmqspring.annotation.ZmqTopic;
import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.message.BinaryNumbers;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.support.BytesText;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMsg;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

/**
 * Resolves parameters that ask for frames: {@link ZmqFrame @ZmqFrame},
 * {@link ZmqTopic @ZmqTopic}, {@link ZmqRoutingId @ZmqRoutingId}, whole messages, and the
 * {@link ZmqReplier}.
 */
final class FrameArgumentResolver implements HandlerMethodArgumentResolver {

	private final MessageCodec codec;

	FrameArgumentResolver(MessageCodec codec) {
		this.codec = codec;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(ZmqFrame.class) || parameter.hasParameterAnnotation(ZmqTopic.class)
				|| parameter.hasParameterAnnotation(ZmqRoutingId.class) || isWhole(parameter)
				|| parameter.getParameterType() == ZmqReplier.class || isContinuation(parameter);
	}

	/**
	 * Return whether it is the last parameter of a suspending Kotlin function, which is
	 * filled when the function is called.
	 */
	static boolean isContinuation(MethodParameter parameter) {
		return SuspendingHandlerMethod.CONTINUATION.equals(parameter.getParameterType().getName());
	}

	/**
	 * Return the type of a parameter, or what an Optional holds, type variables resolved.
	 */
	static Class<?> type(MethodParameter parameter) {
		return ResolvableType.forMethodParameter(parameter).resolve(Object.class);
	}

	static boolean isWhole(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		return type == ZmqMessage.class || type == ZMsg.class || isFrameList(parameter.getGenericParameterType());
	}

	static boolean isFrameList(Type type) {
		return type instanceof java.lang.reflect.ParameterizedType generic && generic.getRawType() == List.class
				&& generic.getActualTypeArguments()[0] == byte[].class;
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		ZmqMessage whole = ReceivedMessage.original(message);
		ZmqFrame frame = parameter.getParameterAnnotation(ZmqFrame.class);
		if (frame != null) {
			return frame(parameter, message, whole, frame);
		}
		if (parameter.hasParameterAnnotation(ZmqTopic.class)) {
			return optional(parameter, name(parameter.nestedIfOptional(), message, ReceivedMessage.topic(message)));
		}
		if (parameter.hasParameterAnnotation(ZmqRoutingId.class)) {
			return optional(parameter, routingId(parameter.nestedIfOptional(), message));
		}
		if (isContinuation(parameter)) {
			return null;
		}
		Class<?> type = parameter.getParameterType();
		if (type == ZmqReplier.class) {
			return ReceivedMessage.replier(message);
		}
		return whole(type, whole);
	}

	static Object whole(Class<?> type, ZmqMessage message) {
		if (type == ZmqMessage.class) {
			return message;
		}
		return (type == ZMsg.class) ? message.toZMsg() : message.frames();
	}

	private static @Nullable Object optional(MethodParameter parameter, @Nullable Object value) {
		return (parameter.getParameterType() == Optional.class) ? Optional.ofNullable(value) : value;
	}

	private @Nullable Object frame(MethodParameter parameter, Message<?> message, ZmqMessage whole, ZmqFrame wanted) {
		int index = wanted.value();
		int position = (index >= 0) ? index : whole.size() + index;
		boolean present = position >= 0 && position < whole.size();
		if (present) {
			byte[] frame = whole.frame(position);
			MethodParameter value = parameter.nestedIfOptional();
			return optional(parameter, (wanted.order() != ZmqFrame.Order.NONE)
					? BinaryNumbers.read(frame, byteOrder(wanted), type(value), index) : decode(value, message, frame));
		}
		if (parameter.getParameterType() == Optional.class) {
			return Optional.empty();
		}
		if (parameter.isOptional()) {
			return null;
		}
		throw new ZmqConversionException("the message has %d frame%s, and the method wants frame %d"
			.formatted(whole.size(), (whole.size() != 1) ? "s" : "", index));
	}

	private @Nullable Object routingId(MethodParameter parameter, Message<?> message) {
		byte[] routingId = (byte[]) message.getHeaders().get(ZmqHeaders.ROUTING_ID);
		if (routingId == null) {
			return null;
		}
		Class<?> type = type(parameter);
		if ((type == int.class || type == Integer.class) && routingId.length == Integer.BYTES) {
			return java.nio.ByteBuffer.wrap(routingId).getInt();
		}
		return name(parameter, message, routingId);
	}

	/** The text of a topic or routing id stands for the same bytes when it is sent. */
	private @Nullable Object name(MethodParameter parameter, Message<?> message, byte[] name) {
		return (type(parameter) == String.class) ? BytesText.of(name) : decode(parameter, message, name);
	}

	private @Nullable Object decode(MethodParameter parameter, Message<?> message, byte[] frame) {
		return this.codec.decodeFrame(frame, type(parameter), message.getHeaders(), parameter);
	}

	private static ByteOrder byteOrder(ZmqFrame wanted) {
		return (wanted.order() == ZmqFrame.Order.LITTLE_ENDIAN) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
	}

}
