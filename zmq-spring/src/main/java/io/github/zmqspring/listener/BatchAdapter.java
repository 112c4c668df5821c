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

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.MessageObserver;
import io.github.zmqspring.message.Observed;
import io.github.zmqspring.support.QuotedPayloads;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Handles what has arrived as one list. A message that cannot be read is dealt with
 * alone; the others make up the list.
 */
final class BatchAdapter implements ListenerHandler {

	private final ZmqListenerEndpoint endpoint;

	private final FailurePolicy failures;

	private final ReplySender replies;

	private final ListenerCounters counters;

	private final Invocations invocations;

	private final @Nullable ZmqMessageFilter filter;

	private final PendingResults pending;

	private final @Nullable MessageObserver observer;

	private final BatchElements batchElements;

	BatchAdapter(ZmqListenerEndpoint endpoint, BatchElements elements, FailurePolicy failures, ReplySender replies,
			ListenerCounters counters, Invocations invocations, @Nullable ZmqMessageFilter filter,
			PendingResults pending, @Nullable MessageObserver observer) {
		this.observer = observer;
		this.endpoint = endpoint;
		this.failures = failures;
		this.replies = replies;
		this.counters = counters;
		this.invocations = invocations;
		this.filter = filter;
		this.pending = pending;
		this.batchElements = elements;
		ReflectionUtils.makeAccessible(endpoint.method());
	}

	@Override
	public void handle(ZmqMessage message) {
		handle(List.of(message));
	}

	@Override
	public void handle(List<ZmqMessage> messages) {
		this.counters.active.addAndGet(messages.size());
		List<ZmqMessage> readable = new ArrayList<>(messages.size());
		List<Object> elements = new ArrayList<>(messages.size());
		for (ZmqMessage message : messages) {
			decode(message, readable, elements);
		}
		this.counters.active.addAndGet(readable.size() - messages.size());
		if (!elements.isEmpty()) {
			boolean later = (this.observer == null) ? invoke(readable, elements, null)
					: observe(this.observer, readable, elements);
			if (later) {
				this.pending.awaitRoom();
			}
		}
	}

	private boolean observe(MessageObserver observer, List<ZmqMessage> messages, List<Object> elements) {
		Observed observed = observer.handling(this.batchElements.definition(), this.endpoint.id(), messages);
		if (observed == null) {
			return invoke(messages, elements, null);
		}
		boolean later = false;
		try (Observed.Scope scope = observed.open()) {
			later = invoke(messages, elements, observed);
		}
		finally {
			if (!later) {
				observed.stop();
			}
		}
		return later;
	}

	private void decode(ZmqMessage message, List<ZmqMessage> readable, List<Object> elements) {
		try {
			ReceivedMessage.checkHeaders(message);
			if (this.filter != null && !this.filter.accept(message, this.endpoint.id())) {
				this.counters.filtered.increment();
				return;
			}
		}
		catch (Throwable ex) {
			fail(message, ex, (ex instanceof UnreadableMessageException) ? 0 : 1);
			return;
		}
		try {
			elements.add(this.batchElements.of(message));
			readable.add(message);
		}
		catch (Throwable ex) {
			fail(message, new UnreadableMessageException(ex), 0);
		}
	}

	/** Returns whether the result comes later. */
	private boolean invoke(List<ZmqMessage> messages, List<Object> elements, @Nullable Observed observed) {
		CompletionStage<?> stage = null;
		try {
			Object result = this.invocations.call(messages, () -> call(messages, elements, observed));
			stage = stage(messages, result, observed);
			if (stage == null) {
				complete(messages, result);
			}
		}
		catch (Throwable ex) {
			fail(messages, ex, observed);
		}
		if (stage == null) {
			this.counters.active.addAndGet(-messages.size());
			return false;
		}
		messages.forEach(this.pending::add);
		stage.whenComplete((value, ex) -> completeLater(messages, value, ex, observed));
		return true;
	}

	private @Nullable CompletionStage<?> stage(List<ZmqMessage> messages, @Nullable Object result,
			@Nullable Observed observed) {
		return AsyncResults.asStage(result, (element) -> Observed.askWithin(observed, () -> send(messages, element)));
	}

	private @Nullable Object call(List<ZmqMessage> messages, List<Object> elements, @Nullable Observed observed)
			throws Throwable {
		Object result = invokeMethod(elements);
		if (!this.invocations.retries()) {
			return result;
		}
		CompletionStage<?> stage = stage(messages, result, observed);
		if (stage == null) {
			return result;
		}
		try {
			return stage.toCompletableFuture().get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

	private @Nullable Object invokeMethod(List<Object> elements) throws Throwable {
		try {
			return this.endpoint.method().invoke(this.endpoint.bean(), elements);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private void completeLater(List<ZmqMessage> messages, @Nullable Object value, @Nullable Throwable failure,
			@Nullable Observed observed) {
		try {
			Observed.within(observed, () -> completeLaterWithin(messages, value, failure, observed));
		}
		finally {
			if (observed != null) {
				observed.stop();
			}
		}
	}

	private void completeLaterWithin(List<ZmqMessage> messages, @Nullable Object value, @Nullable Throwable failure,
			@Nullable Observed observed) {
		List<ZmqMessage> waiting = messages.stream().filter(this.pending::remove).toList();
		this.counters.active.addAndGet(-messages.size());
		if (waiting.isEmpty()) {
			return;
		}
		try {
			if (failure != null) {
				fail(waiting, failure, observed);
			}
			else {
				complete(waiting, value);
			}
		}
		catch (Throwable ex) {
			// the future would keep it to itself
			fail(waiting, ex, observed);
		}
	}

	private void complete(List<ZmqMessage> messages, @Nullable Object result) {
		if (result != null) {
			send(messages, result);
		}
		this.counters.handled.add(messages.size());
	}

	private boolean send(List<ZmqMessage> messages, Object result) {
		return !this.replies.sendsOn() || this.replies.send(messages.get(0), result);
	}

	private void fail(List<ZmqMessage> messages, Throwable failure, @Nullable Observed observed) {
		boolean attempted = failure instanceof Invocations.AttemptsException;
		int attempts = (attempted) ? ((Invocations.AttemptsException) failure).attempts() : 1;
		Throwable cause = ((attempted || failure instanceof CompletionException
				|| failure instanceof ExecutionException) && failure.getCause() != null) ? failure.getCause() : failure;
		if (observed != null) {
			observed.error(QuotedPayloads.withhold(cause));
		}
		messages.forEach((message) -> fail(message, cause, attempts));
	}

	private void fail(ZmqMessage message, Throwable failure, int attempts) {
		try {
			this.failures.handle(message, failure, attempts);
		}
		catch (ZmqListenerException ex) {
			// told there; nobody waits for a reply
		}
	}

	@Override
	public PendingResults pending() {
		return this.pending;
	}

	@Override
	public void took(long nanos) {
		this.counters.nanos.add(nanos);
	}

	@Override
	public void unhandled(List<ZmqMessage> messages) {
		this.failures.unhandled(messages);
	}

}
