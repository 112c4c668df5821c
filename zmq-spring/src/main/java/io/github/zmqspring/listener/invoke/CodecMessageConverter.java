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

import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.MessageCodec;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMsg;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.SmartMessageConverter;

/**
 * Lets spring-messaging's argument resolvers convert as the template does.
 */
final class CodecMessageConverter implements SmartMessageConverter {

	private final MessageCodec codec;

	CodecMessageConverter(MessageCodec codec) {
		this.codec = codec;
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass) {
		return fromMessage(message, targetClass, null);
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass, @Nullable Object hint) {
		if (targetClass == ZmqMessage.class || targetClass == ZMsg.class
				|| (hint instanceof MethodParameter parameter && isFrameList(parameter))) {
			return FrameArgumentResolver.whole(targetClass, ReceivedMessage.original(message));
		}
		byte[] frame = (byte[]) message.getPayload();
		Object decoded = this.codec.decodeFrame(frame, targetClass, message.getHeaders(), hint);
		if (decoded == null && hint instanceof MethodParameter parameter
				&& Message.class.isAssignableFrom(parameter.getParameterType())) {
			throw new ZmqConversionException(
					"the payload is null, which no Message holds: take the payload as a @Nullable parameter");
		}
		return decoded;
	}

	/** The payload of a {@code Message<List<byte[]>>}. */
	private static boolean isFrameList(MethodParameter parameter) {
		return Message.class.isAssignableFrom(parameter.getParameterType())
				&& FrameArgumentResolver.isFrameList(parameter.nested().getNestedGenericParameterType());
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
		return this.codec.converter().toMessage(payload, headers);
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers, @Nullable Object hint) {
		return toMessage(payload, headers);
	}

}
