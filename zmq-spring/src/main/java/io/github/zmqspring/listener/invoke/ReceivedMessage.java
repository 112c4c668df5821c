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

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.support.PlainMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.Assert;
import org.springframework.util.MimeType;

/**
 * What spring-messaging's argument resolvers see of a received message: its payload and
 * headers. Those of this library see the frames as well.
 */
final class ReceivedMessage implements Message<byte[]> {

	private final SocketDefinition definition;

	private final ZmqMessage original;

	private final @Nullable ZmqReplier replier;

	private final Message<byte[]> message;

	private ReceivedMessage(SocketDefinition definition, ZmqMessage original, @Nullable ZmqReplier replier,
			@Nullable MimeType contentType) {
		this.definition = definition;
		this.original = original;
		this.replier = replier;
		Map<String, Object> headers = MessageCodec.headers(definition, original);
		if (contentType != null) {
			headers.put(MessageHeaders.CONTENT_TYPE, contentType);
		}
		this.message = new PlainMessage<>(MessageCodec.payload(definition, original), headers);
	}

	static ReceivedMessage of(SocketDefinition definition, ZmqMessage message, @Nullable ZmqReplier replier,
			@Nullable MimeType contentType) {
		return new ReceivedMessage(definition, message, replier, contentType);
	}

	/**
	 * Check that the headers can be read: if not, the message is unreadable, whatever its
	 * method wants of it.
	 */
	static void checkHeaders(ZmqMessage message) {
		if (message.hasHeaders()) {
			try {
				message.headers();
			}
			catch (MessageConversionException ex) {
				throw new UnreadableMessageException(ex);
			}
		}
	}

	/** Return all frames of a message. */
	static ZmqMessage original(Message<?> message) {
		if (message instanceof ReceivedMessage received) {
			return received.original;
		}
		Object original = message.getHeaders().get(ZmqHeaders.MESSAGE);
		Assert.state(original instanceof ZmqMessage, "Not a message received by ZeroMQ");
		return (ZmqMessage) original;
	}

	static byte[] topic(Message<?> message) {
		return (message instanceof ReceivedMessage received)
				? MessageCodec.topic(received.definition, received.original) : original(message).frame(0);
	}

	static @Nullable ZmqReplier replier(Message<?> message) {
		return (message instanceof ReceivedMessage received) ? received.replier : null;
	}

	@Override
	public byte[] getPayload() {
		return this.message.getPayload();
	}

	@Override
	public MessageHeaders getHeaders() {
		return this.message.getHeaders();
	}

	@Override
	public String toString() {
		return this.message.toString();
	}

}
