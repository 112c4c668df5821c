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

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqReplier;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.util.MimeType;

/**
 * The way for all other methods: spring-messaging resolves the arguments.
 */
final class SpringInvoker implements MessageInvoker {

	private final SocketDefinition definition;

	private final InvocableHandlerMethod method;

	private final @Nullable MimeType contentType;

	SpringInvoker(SocketDefinition definition, InvocableHandlerMethod method, @Nullable MimeType contentType) {
		this.definition = definition;
		this.method = method;
		this.contentType = contentType;
	}

	@Override
	public @Nullable Object invoke(ZmqMessage message, @Nullable ZmqReplier replier) throws Throwable {
		return this.method.invoke(received(message, replier));
	}

	private Message<byte[]> received(ZmqMessage message, @Nullable ZmqReplier replier) {
		try {
			return ReceivedMessage.of(this.definition, message, replier, this.contentType);
		}
		catch (RuntimeException ex) {
			throw new UnreadableMessageException(ex);
		}
	}

}
