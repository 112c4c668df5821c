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

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqListenerException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Handles what has arrived as one list, in one call. A message that cannot be read is
 * dealt with alone; the others make up the list.
 */
final class BatchHandler extends MethodHandler {

	private final BatchElements elements;

	BatchHandler(CallEnvironment environment, BatchElements elements, @Nullable Runnable timeoutCall) {
		super(environment, timeoutCall);
		this.elements = elements;
		ReflectionUtils.makeAccessible(environment.endpoint().method());
	}

	@Override
	public void handle(ZmqMessage message) {
		handle(List.of(message));
	}

	@Override
	public void handle(List<ZmqMessage> messages) {
		ListenerCounters counters = environment().counters();
		counters.active.addAndGet(messages.size());
		List<ZmqMessage> readable = new ArrayList<>(messages.size());
		Batch batch = new Batch(new ArrayList<>(messages.size()));
		for (ZmqMessage message : messages) {
			if (batch.add(message)) {
				readable.add(message);
			}
		}
		counters.active.addAndGet(readable.size() - messages.size());
		if (!readable.isEmpty()) {
			new Call(environment(), batch, readable).run();
		}
	}

	/** The elements of one list. */
	private final class Batch implements CallStrategy {

		private final List<Object> list;

		private Batch(List<Object> list) {
			this.list = list;
		}

		/** Return whether the message has become an element. */
		private boolean add(ZmqMessage message) {
			try {
				return environment().accepts(message) && this.list.add(element(message));
			}
			catch (Throwable ex) {
				failOne(message, ex, (ex instanceof UnreadableMessageException) ? 0 : 1);
				return false;
			}
		}

		private Object element(ZmqMessage message) {
			try {
				return BatchHandler.this.elements.of(message);
			}
			catch (Throwable ex) {
				throw new UnreadableMessageException(ex);
			}
		}

		@Override
		public @Nullable Object invoke(List<ZmqMessage> messages) throws Throwable {
			ZmqListenerEndpoint endpoint = environment().endpoint();
			try {
				return endpoint.method().invoke(endpoint.bean(), this.list);
			}
			catch (InvocationTargetException ex) {
				throw ex.getTargetException();
			}
		}

		@Override
		public boolean reply(List<ZmqMessage> messages, @Nullable Object result) {
			ReplySender replies = environment().replies();
			if (result != null && !replies.sendsOn()) {
				environment().counters().discarded.increment();
				return true;
			}
			return result == null || replies.send(messages.get(0), result);
		}

		@Override
		public void fail(List<ZmqMessage> messages, Throwable failure, int attempts) {
			messages.forEach((message) -> failOne(message, failure, attempts));
		}

		private void failOne(ZmqMessage message, Throwable failure, int attempts) {
			try {
				environment().failures().handle(message, failure, attempts);
			}
			catch (ZmqListenerException ex) {
				// reported there; no peer waits for a reply
			}
		}

	}

}
