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

import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.support.PlainMessage;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMsg;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.util.MimeType;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Makes the elements of a batch listener's list, one of each message.
 */
final class BatchElements {

	private final SocketDefinition definition;

	private final MessageCodec codec;

	private final @Nullable MimeType contentType;

	private final MethodParameter list;

	private final MethodParameter element;

	private final Class<?> type;

	private final boolean whole;

	private final boolean message;

	private final @Nullable Validator validator;

	private final Object[] hints;

	/**
	 * Create it.
	 * @param list the parameter, a {@code List}
	 * @param validator checks elements if the parameter is {@code @Validated}
	 */
	BatchElements(SocketDefinition definition, MessageCodec codec, MethodParameter list, @Nullable Validator validator,
			@Nullable MimeType contentType) {
		this.contentType = contentType;
		this.definition = definition;
		this.codec = codec;
		this.list = list;
		ResolvableType generic = ResolvableType.forMethodParameter(list).getGeneric(0);
		this.message = generic.toClass() == Message.class;
		this.type = (this.message) ? generic.getGeneric(0).toClass() : generic.toClass();
		this.element = (this.message) ? list.nested().nested() : list.nested();
		this.whole = this.type == ZmqMessage.class || this.type == ZMsg.class
				|| FrameArgumentResolver.isFrameList(this.element.getNestedGenericParameterType());
		Object[] hints = (validator != null) ? hints(list) : null;
		this.validator = (hints != null) ? validator : null;
		this.hints = (hints != null) ? hints : new Object[0];
	}

	private static Object @Nullable [] hints(MethodParameter list) {
		return Stream.of(list.getParameterAnnotations())
			.map((Annotation annotation) -> ValidationAnnotationUtils.determineValidationHints(annotation))
			.filter((hints) -> hints != null)
			.findFirst()
			.orElse(null);
	}

	/** The socket that the messages come from. */
	SocketDefinition definition() {
		return this.definition;
	}

	Object of(ZmqMessage received) {
		if (this.whole && !this.message) {
			return FrameArgumentResolver.whole(this.type, received);
		}
		Message<byte[]> plain = ReceivedMessage.of(this.definition, received, null, this.contentType);
		Object payload = (this.whole) ? FrameArgumentResolver.whole(this.type, received) : decode(plain);
		if (this.validator != null) {
			validate(this.validator, plain, payload);
		}
		return (this.message) ? new PlainMessage<>(payload, plain.getHeaders()) : payload;
	}

	private Object decode(Message<byte[]> plain) {
		boolean optional = this.type == Optional.class;
		MethodParameter value = (optional) ? this.element.nested() : this.element;
		Object payload = this.codec.decodeFrame(plain.getPayload(),
				(optional) ? value.getNestedParameterType() : this.type, plain.getHeaders(), value);
		if (optional) {
			return Optional.ofNullable(payload);
		}
		if (payload == null) {
			throw new ZmqConversionException(
					"the payload is null, and a batch of %s holds none: take a List<Optional<%s>>"
						.formatted(this.type.getSimpleName(), this.type.getSimpleName()));
		}
		return payload;
	}

	private void validate(Validator validator, Message<?> received, Object payload) {
		BeanPropertyBindingResult result = new BeanPropertyBindingResult(payload, "payload");
		if (validator instanceof SmartValidator smart && this.hints.length != 0) {
			smart.validate(payload, result, this.hints);
		}
		else if (validator.supports(payload.getClass())) {
			validator.validate(payload, result);
		}
		if (result.hasErrors()) {
			throw new MethodArgumentNotValidException(received, this.list, result);
		}
	}

}
