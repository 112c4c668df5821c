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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ListenerCounts;
import io.github.zmqspring.listener.ListenerHandler;
import io.github.zmqspring.listener.ListenerSettings;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.message.CancelRequest;
import io.github.zmqspring.message.MessageCodec;
import io.github.zmqspring.support.LogLimiter;
import io.github.zmqspring.support.QuotedPayloads;
import io.github.zmqspring.transport.lane.MessageFlow;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Puts an order on a handler that runs on several threads: messages with the same key are
 * handled one after the other, as they came. A single lane reads the socket and gives the
 * messages to the threads.
 *
 * @since 0.1.0
 */
public final class OrderedHandler implements ListenerHandler {

	private static final Log logger = LogFactory.getLog(OrderedHandler.class);

	private final ListenerHandler handler;

	private final MessageKey key;

	private final KeyedWorkers workers;

	private final ZmqListenerEndpoint endpoint;

	private final LogLimiter unreadableKeys;

	/**
	 * Create the handler.
	 * @param handler handles the messages, on several threads at once
	 * @param endpoint the listener, which has an {@code orderedBy}
	 * @param settings what listeners do unless they say otherwise
	 * @param definition the socket
	 * @param codec converts payloads
	 * @param payload the parameter whose type the payload is read as, or {@code null}
	 * @throws io.github.zmqspring.core.ZmqConfigurationException if the listener cannot
	 * be ordered
	 */
	public OrderedHandler(ListenerHandler handler, ZmqListenerEndpoint endpoint, ListenerSettings settings,
			SocketDefinition definition, MessageCodec codec, @Nullable MethodParameter payload) {
		String expression = String.valueOf(endpoint.options().orderedBy());
		if (endpoint.options().batch()) {
			throw endpoint.refuse("it has an orderedBy and is a batch listener, whose messages are in order anyway",
					"Remove orderedBy or batch");
		}
		if (settings.isInline(endpoint)) {
			throw endpoint.refuse("it has an orderedBy and runs inline, where all messages are in order",
					"Remove orderedBy or executor = \"inline\"");
		}
		this.handler = handler;
		this.endpoint = endpoint;
		this.key = new MessageKey(endpoint, expression, definition, codec, payload);
		Executor executor = endpoint.options().executor(settings);
		this.workers = new KeyedWorkers("zmq-" + endpoint.id() + "-key", endpoint.options().concurrency(settings),
				executor, this::handleOne);
		this.unreadableKeys = new LogLimiter(logger, "Listener '" + endpoint.id() + "', messages without a key");
	}

	@Override
	public void handle(ZmqMessage message) {
		if (CancelRequest.is(message)) {
			// not behind the stream that it ends
			this.handler.handle(message);
			return;
		}
		try {
			this.workers.submit(key(message), message);
		}
		catch (InterruptedException ex) {
			// the lane was stopped, and waited for room until then
			Thread.currentThread().interrupt();
			this.handler.unhandled(List.of(message));
		}
	}

	/** A message that cannot be read fails when it is handled, which reports it. */
	private @Nullable Object key(ZmqMessage message) {
		try {
			return this.key.of(message);
		}
		catch (RuntimeException ex) {
			this.unreadableKeys.warn("The key of a message of " + this.endpoint + " cannot be read ("
					+ QuotedPayloads.describe(ex) + "): it is handled in order with those that have none", null);
			return null;
		}
	}

	private void handleOne(ZmqMessage message) {
		long start = System.nanoTime();
		try {
			this.handler.handle(message);
		}
		finally {
			this.handler.took(System.nanoTime() - start);
		}
	}

	@Override
	public ListenerCounts counts() {
		return this.handler.counts().plusActive(this.workers.waiting());
	}

	/** The lane only passes messages on, and must not read ahead. */
	@Override
	public boolean retries() {
		return true;
	}

	@Override
	public @Nullable Runnable timeoutCall() {
		return this.handler.timeoutCall();
	}

	@Override
	public void reads(@Nullable MessageFlow flow, boolean inline) {
		this.handler.reads(flow, inline);
	}

	@Override
	public List<ZmqMessage> giveUpPending(long timeoutNanos) {
		long deadline = System.nanoTime() + timeoutNanos;
		List<ZmqMessage> late = new ArrayList<>(this.workers.end(timeoutNanos));
		late.addAll(this.handler.giveUpPending(deadline - System.nanoTime()));
		return late;
	}

	@Override
	public void unhandled(List<ZmqMessage> messages) {
		this.handler.unhandled(messages);
	}

	@Override
	public void stopped() {
		this.unreadableKeys.flush();
		this.handler.stopped();
	}

}
