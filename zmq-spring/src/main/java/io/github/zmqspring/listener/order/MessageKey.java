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

package io.github.zmqspring.listener.order;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.support.BytesText;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.MapAccessor;
import org.springframework.expression.spel.support.ReflectivePropertyAccessor;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.messaging.MessageHeaders;
import org.springframework.util.MimeType;

/**
 * The key of a message: the value of an expression on its {@code payload}, {@code topic},
 * {@code headers} and {@code frames}.
 */
final class MessageKey {

	private final Expression expression;

	private final SocketDefinition definition;

	private final MessageCodec codec;

	private final @Nullable MethodParameter payload;

	private final @Nullable MimeType contentType;

	private final StandardEvaluationContext context = new StandardEvaluationContext();

	/**
	 * Create it.
	 * @param payload the parameter whose type the payload is read as, or {@code null} to
	 * read it as text
	 * @throws io.github.zmqspring.core.ZmqConfigurationException if the expression cannot
	 * be parsed
	 */
	MessageKey(ZmqListenerEndpoint endpoint, String expression, SocketDefinition definition, MessageCodec codec,
			@Nullable MethodParameter payload) {
		try {
			this.expression = new SpelExpressionParser().parseExpression(expression);
		}
		catch (ParseException ex) {
			throw endpoint.refuse("its orderedBy '" + expression + "' is no expression: " + ex.getSimpleMessage(),
					"Write an expression on payload, topic, headers and frames, such as payload.account");
		}
		this.definition = definition;
		this.codec = codec;
		this.payload = payload;
		this.contentType = endpoint.options().contentType();
		this.context.setPropertyAccessors(List.of(new MapAccessor(), new ReflectivePropertyAccessor(false)));
	}

	/**
	 * Return the key of a message.
	 * @return the key; {@code null} is a key as well
	 * @throws RuntimeException if the message cannot be read, or has not what the
	 * expression wants
	 */
	@Nullable Object of(ZmqMessage message) {
		Object key = this.expression.getValue(this.context, new Root(message));
		return (key instanceof byte[] bytes) ? ByteBuffer.wrap(bytes) : key;
	}

	/** What the expression sees. It reads only what it needs. */
	final class Root {

		private final ZmqMessage message;

		private Root(ZmqMessage message) {
			this.message = message;
		}

		/**
		 * Return the payload.
		 * @return the payload as the method gets it
		 */
		public @Nullable Object getPayload() {
			byte[] frame = MessageCodec.payload(MessageKey.this.definition, this.message);
			MethodParameter parameter = MessageKey.this.payload;
			Class<?> type = (parameter != null) ? ResolvableType.forMethodParameter(parameter).resolve(Object.class)
					: String.class;
			Map<String, Object> headers = getHeaders();
			if (MessageKey.this.contentType != null) {
				headers.put(MessageHeaders.CONTENT_TYPE, MessageKey.this.contentType);
			}
			return MessageKey.this.codec.decodeFrame(frame, type, new MessageHeaders(headers), parameter);
		}

		/**
		 * Return the topic.
		 * @return the topic as text
		 */
		public String getTopic() {
			return BytesText.of(MessageCodec.topic(MessageKey.this.definition, this.message));
		}

		/**
		 * Return the headers.
		 * @return the headers
		 */
		public Map<String, Object> getHeaders() {
			return MessageCodec.headers(MessageKey.this.definition, this.message);
		}

		/**
		 * Return the frames.
		 * @return the frames
		 */
		public List<byte[]> getFrames() {
			return this.message.frames();
		}

	}

}
