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

package io.github.zmqspring.listener;

import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.core.MessageCodec;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.LaneHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.zeromq.ZMsg;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.util.ReflectionUtils;

/**
 * Handles what has arrived as one list. A message that cannot be read is dealt with
 * alone; the others make up the list.
 */
final class BatchAdapter implements LaneHandler {

	private static final Log logger = LogFactory.getLog(BatchAdapter.class);

	private final ZmqListenerEndpoint endpoint;

	private final SocketDefinition definition;

	private final MessageCodec codec;

	private final FailurePolicy failures;

	private final ReplySender replies;

	private final ListenerCounters counters;

	private final Class<?> elementType;

	private final MethodParameter element;

	BatchAdapter(ZmqListenerEndpoint endpoint, SocketDefinition definition, MessageCodec codec, FailurePolicy failures,
			ReplySender replies, ListenerCounters counters) {
		this.endpoint = endpoint;
		this.definition = definition;
		this.codec = codec;
		this.failures = failures;
		this.replies = replies;
		this.counters = counters;
		this.elementType = ResolvableType.forMethodParameter(endpoint.method(), 0).getGeneric(0).toClass();
		this.element = new MethodParameter(endpoint.method(), 0).nested();
		ReflectionUtils.makeAccessible(endpoint.method());
	}

	@Override
	public void handle(ZmqMessage message) {
		handle(List.of(message));
	}

	@Override
	public void handle(List<ZmqMessage> messages) {
		this.counters.active.addAndGet(messages.size());
		try {
			List<ZmqMessage> readable = new ArrayList<>(messages.size());
			List<Object> elements = new ArrayList<>(messages.size());
			for (ZmqMessage message : messages) {
				decode(message, readable, elements);
			}
			if (!elements.isEmpty()) {
				invoke(readable, elements);
			}
		}
		finally {
			this.counters.active.addAndGet(-messages.size());
		}
	}

	private void decode(ZmqMessage message, List<ZmqMessage> readable, List<Object> elements) {
		try {
			elements.add(decode(message));
			readable.add(message);
		}
		catch (RuntimeException ex) {
			fail(message, new UnreadableMessageException(ex));
		}
	}

	private Object decode(ZmqMessage message) {
		if (this.elementType == ZmqMessage.class || this.elementType == ZMsg.class
				|| FrameArgumentResolver.isFrameList(this.element.getNestedGenericParameterType())) {
			return FrameArgumentResolver.whole(this.elementType, message);
		}
		Message<byte[]> received = ReceivedMessage.of(this.definition, message, null);
		if (this.elementType == Message.class) {
			return received;
		}
		return this.codec.decodeFrame(received.getPayload(), this.elementType, received.getHeaders(), this.element);
	}

	private void invoke(List<ZmqMessage> messages, List<Object> elements) {
		try {
			Object result = ReflectionUtils.invokeMethod(this.endpoint.method(), this.endpoint.bean(), elements);
			if (result != null && this.replies.sendsOn()) {
				this.replies.send(messages.get(0), result);
			}
			this.counters.handled.add(messages.size());
		}
		catch (Throwable ex) {
			messages.forEach((message) -> fail(message, ex));
		}
	}

	private void fail(ZmqMessage message, Throwable failure) {
		try {
			this.failures.handle(message, failure, 1);
		}
		catch (ZmqListenerException ex) {
			logger.debug("A message of a batch was not handled", ex);
		}
	}

}
