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

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.MessageObserver;
import io.github.zmqspring.message.Observed;
import io.github.zmqspring.support.QuotedPayloads;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * Handles one message after the other: calls the method, as often as the retry policy
 * says, and sends what it returns. Nothing that goes wrong gets past it.
 */
final class ListenerAdapter implements ListenerHandler {

	private final ZmqListenerEndpoint endpoint;

	private final SocketDefinition definition;

	private final MessageInvoker invoker;

	private final FailurePolicy failures;

	private final ReplySender replies;

	private final ListenerCounters counters;

	private final Invocations invocations;

	private final @Nullable ZmqMessageFilter filter;

	private final PendingResults pending;

	private final @Nullable MessageObserver observer;

	private final boolean repliesItself;

	/** Whether something must go back whatever the method does. */
	private final boolean alwaysReplies;

	ListenerAdapter(ZmqListenerEndpoint endpoint, SocketDefinition definition, MessageInvoker invoker,
			FailurePolicy failures, ReplySender replies, ListenerCounters counters, Invocations invocations,
			@Nullable ZmqMessageFilter filter, PendingResults pending, @Nullable MessageObserver observer) {
		this.observer = observer;
		this.endpoint = endpoint;
		this.definition = definition;
		this.invoker = invoker;
		this.failures = failures;
		this.replies = replies;
		this.counters = counters;
		this.invocations = invocations;
		this.filter = filter;
		this.pending = pending;
		this.repliesItself = Arrays.asList(endpoint.method().getParameterTypes()).contains(ZmqReplier.class);
		boolean returns = endpoint.method().getReturnType() != void.class;
		this.alwaysReplies = !replies.sendsOn() && definition.replies()
				&& (definition.type() == SocketType.REP || (returns && definition.routes()));
	}

	@Override
	public void handle(ZmqMessage message) {
		this.counters.active.incrementAndGet();
		boolean later = false;
		try {
			if (isWanted(message)) {
				later = (this.observer == null) ? process(message, null) : observe(this.observer, message);
			}
		}
		finally {
			if (!later) {
				this.counters.active.decrementAndGet();
			}
		}
		if (later) {
			this.pending.awaitRoom();
		}
	}

	private boolean isWanted(ZmqMessage message) {
		try {
			ReceivedMessage.checkHeaders(message);
			return !isFiltered(message);
		}
		catch (Throwable ex) {
			fail(message, ex, 1, null);
			return false;
		}
	}

	private boolean observe(MessageObserver observer, ZmqMessage message) {
		Observed observed = observer.handling(this.definition, this.endpoint.id(), List.of(message));
		if (observed == null) {
			return process(message, null);
		}
		boolean later = false;
		try (Observed.Scope scope = observed.open()) {
			later = process(message, observed);
		}
		finally {
			if (!later) {
				observed.stop();
			}
		}
		return later;
	}

	/** Returns whether the result comes later. */
	private boolean process(ZmqMessage message, @Nullable Observed observed) {
		try {
			Object result = call(message, observed);
			CompletionStage<?> stage = stage(message, result, observed);
			if (stage == null) {
				complete(message, result);
				return false;
			}
			this.pending.add(message);
			stage.whenComplete((value, ex) -> completeLater(message, value, ex, observed));
			return true;
		}
		catch (Throwable ex) {
			fail(message, ex, 1, observed);
			return false;
		}
	}

	private @Nullable CompletionStage<?> stage(ZmqMessage message, @Nullable Object result,
			@Nullable Observed observed) {
		return AsyncResults.asStage(result, (element) -> Observed.askWithin(observed, () -> reply(message, element)));
	}

	private boolean isFiltered(ZmqMessage message) {
		if (this.filter == null || this.filter.accept(message, this.endpoint.id())) {
			return false;
		}
		this.counters.filtered.increment();
		if (this.definition.type() == SocketType.REP) {
			this.replies.empty(message);
		}
		return true;
	}

	private @Nullable Object call(ZmqMessage message, @Nullable Observed observed) throws Throwable {
		if (this.invocations.isPlain()) {
			return invoke(message);
		}
		return this.invocations.call(List.of(message), () -> {
			Object result = invoke(message);
			return (this.invocations.retries()) ? await(message, result, observed) : result;
		});
	}

	/** A call that is retried has failed only when its result has. */
	private @Nullable Object await(ZmqMessage message, @Nullable Object result, @Nullable Observed observed)
			throws Throwable {
		CompletionStage<?> stage = stage(message, result, observed);
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

	private @Nullable Object invoke(ZmqMessage message) throws Throwable {
		ZmqReplier replier = (this.repliesItself) ? new MessageReplier(this.replies, message, this.failures) : null;
		return this.invoker.invoke(message, replier);
	}

	private void completeLater(ZmqMessage message, @Nullable Object value, @Nullable Throwable failure,
			@Nullable Observed observed) {
		try {
			Observed.within(observed, () -> completeLaterWithin(message, value, failure, observed));
		}
		finally {
			if (observed != null) {
				observed.stop();
			}
		}
	}

	private void completeLaterWithin(ZmqMessage message, @Nullable Object value, @Nullable Throwable failure,
			@Nullable Observed observed) {
		if (!this.pending.remove(message)) {
			// given up when the listener stopped, and told there
			this.counters.active.decrementAndGet();
			return;
		}
		try {
			if (failure != null) {
				fail(message, (failure instanceof CompletionException && failure.getCause() != null)
						? failure.getCause() : failure, 1, observed);
			}
			else {
				complete(message, value);
			}
		}
		catch (Throwable ex) {
			// the future would keep it to itself
			fail(message, ex, 1, observed);
		}
		finally {
			this.counters.active.decrementAndGet();
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

	private void complete(ZmqMessage message, @Nullable Object result) {
		reply(message, result);
		this.counters.handled.increment();
	}

	/** Returns {@code false} when the peer is gone: it needs no more of a stream. */
	private boolean reply(ZmqMessage message, @Nullable Object result) {
		if (result != null && (this.replies.sendsOn() || this.definition.replies())) {
			return this.replies.send(message, result);
		}
		if (this.alwaysReplies && !this.repliesItself) {
			return this.replies.empty(message);
		}
		return true;
	}

	private void fail(ZmqMessage message, Throwable failure, int attempts, @Nullable Observed observed) {
		Throwable cause = failure;
		int calls = attempts;
		if (failure instanceof Invocations.AttemptsException attempted) {
			cause = attempted.getCause();
			calls = attempted.attempts();
		}
		if (observed != null) {
			observed.error(QuotedPayloads.withhold(cause));
		}
		try {
			reply(message, this.failures.handle(message, cause, calls));
		}
		catch (ZmqListenerException ex) {
			errorReply(message, ex);
		}
		catch (Throwable ex) {
			this.failures.trouble("The reply of the error handler of " + this.endpoint + " could not be sent", ex);
			lastReply(message);
		}
	}

	private boolean repliesErrors() {
		return this.alwaysReplies || (this.repliesItself && this.definition.routes());
	}

	private void errorReply(ZmqMessage message, ZmqListenerException failure) {
		if (!repliesErrors()) {
			return;
		}
		try {
			Object reply = this.failures.errorReply(message, failure);
			if (reply != null) {
				this.replies.error(message, reply);
			}
			else {
				this.replies.empty(message);
			}
		}
		catch (Throwable ex) {
			this.failures.trouble("The error reply of " + this.endpoint + " could not be sent", ex);
			lastReply(message);
		}
	}

	/** A strict client waits for something, whatever went wrong here. */
	private void lastReply(ZmqMessage message) {
		if (!repliesErrors()) {
			return;
		}
		try {
			this.replies.empty(message);
		}
		catch (RuntimeException ex) {
			this.failures.trouble("Nor could an empty reply of " + this.endpoint + " be sent", ex);
		}
	}

}
