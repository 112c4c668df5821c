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

import io.github.zmqspring.core.PlainMessage;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqReplier;
import io.github.zmqspring.message.MessageCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.Assert;

/**
 * Between frames and the {@link Message} that spring-messaging's argument resolvers look
 * at: the payload is the payload's frame, and the headers hold everything else.
 */
final class ReceivedMessage {

	private static final String REPLIER = ZmqHeaders.PREFIX + "replier";

	private ReceivedMessage() {
	}

	static Message<byte[]> of(SocketDefinition definition, ZmqMessage message, @Nullable ZmqReplier replier) {
		Map<String, Object> headers = MessageCodec.headers(definition, message);
		if (replier != null) {
			headers.put(REPLIER, replier);
		}
		return new PlainMessage<>(message.frame(MessageCodec.payloadIndex(definition, message)), headers);
	}

	/**
	 * Headers that cannot be read make a message unreadable, whatever its method wants of
	 * it.
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

	static ZmqMessage whole(Message<?> message) {
		Object whole = message.getHeaders().get(ZmqHeaders.MESSAGE);
		Assert.state(whole instanceof ZmqMessage, "Not a message received by ZeroMQ");
		return (ZmqMessage) whole;
	}

	static @Nullable Object replier(Message<?> message) {
		return message.getHeaders().get(REPLIER);
	}

}
