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

import java.util.Optional;

import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.message.MessageCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Validator;

/**
 * Spring's resolver of payloads, which takes JSON's null for a value of those parameters
 * that may have none.
 */
final class PayloadArgumentResolver extends PayloadMethodArgumentResolver {

	private final SmartMessageConverter converter;

	PayloadArgumentResolver(SmartMessageConverter converter, @Nullable Validator validator) {
		super(converter, validator);
		this.converter = converter;
	}

	@Override
	protected boolean isEmptyPayload(@Nullable Object payload) {
		return payload == null;
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) throws Exception {
		Payload annotation = parameter.getParameterAnnotation(Payload.class);
		if (!(message.getPayload() instanceof byte[] frame)
				|| (annotation != null && !annotation.expression().isEmpty())) {
			return super.resolveArgument(parameter, message);
		}
		MethodParameter wanted = parameter.nestedIfOptional();
		Class<?> type = FrameArgumentResolver.type(wanted);
		boolean optional = parameter.isOptional() || (annotation != null && !annotation.required());
		Object value = value(frame, type, optional, wanted, message);
		if (value == null && !optional) {
			throw new ZmqConversionException(
					"the payload is null, and the parameter takes none: make it @Nullable, an Optional or @Payload(required = false)");
		}
		if (value != null) {
			validate(message, parameter, value);
		}
		return (parameter.getParameterType() == Optional.class) ? Optional.ofNullable(value) : value;
	}

	private @Nullable Object value(byte[] frame, Class<?> type, boolean optional, MethodParameter wanted,
			Message<?> message) {
		if (ClassUtils.isAssignable(type, byte[].class)) {
			return frame;
		}
		if (optional && frame.length == 0 && !MessageCodec.isPlain(type)) {
			return null;
		}
		return this.converter.fromMessage(message, type, wanted);
	}

}
