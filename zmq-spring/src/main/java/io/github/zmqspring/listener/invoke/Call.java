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

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.MessageObserver;
import io.github.zmqspring.message.Observed;
import io.github.zmqspring.support.QuotedPayloads;
import org.jspecify.annotations.Nullable;

/**
 * One call of a listener's method, with one message or with a batch: runs it within its
 * observation, through interceptors and retries, and waits for its result if that comes
 * later. Nothing that goes wrong escapes from it. The messages have been counted as
 * active already; the call takes them off at its end.
 */
final class Call {

	private final CallEnvironment environment;

	private final CallStrategy strategy;

	private final List<ZmqMessage> messages;

	private @Nullable Observed observed;

	Call(CallEnvironment environment, CallStrategy strategy, List<ZmqMessage> messages) {
		this.environment = environment;
		this.strategy = strategy;
		this.messages = messages;
	}

	/**
	 * Run the call. If its result comes later, wait until the listener may take another
	 * message.
	 */
	void run() {
		boolean later = false;
		try {
			later = observe();
		}
		finally {
			if (!later) {
				end();
			}
		}
		if (later) {
			this.environment.pending().awaitRoom();
		}
	}

	/**
	 * Go on with what the method returned: it was called without its call, since nothing
	 * surrounds it.
	 */
	void goOn(@Nullable Object result) {
		boolean later = false;
		try {
			later = take(result);
		}
		catch (Throwable ex) {
			fail(this.messages, ex);
		}
		finally {
			if (!later) {
				end();
			}
		}
		if (later) {
			this.environment.pending().awaitRoom();
		}
	}

	/** Return whether the result comes later, like all that follow. */
	private boolean observe() {
		MessageObserver observer = this.environment.observer();
		if (observer == null) {
			return call();
		}
		Observed watched = observer.handling(this.environment.definition(), this.environment.endpoint().id(),
				this.messages);
		this.observed = watched;
		try (Observed.Scope scope = (watched != null) ? watched.open() : null) {
			return call();
		}
	}

	private boolean call() {
		try {
			Invocations invocations = this.environment.invocations();
			LaterRetries later = invocations.later();
			Object result = (invocations.isPlain()) ? this.strategy.invoke(this.messages)
					: (later != null) ? later.call((attempt) -> once(invocations, attempt), this::asStage)
							: invocations.call(this.messages, this::invoke);
			return take(result);
		}
		catch (Throwable ex) {
			fail(this.messages, ex);
			return false;
		}
	}

	private boolean take(@Nullable Object result) {
		CompletionStage<?> stage = asStage(result);
		if (stage == null) {
			complete(this.messages, result);
			return false;
		}
		this.messages.forEach(this.environment.pending()::add);
		stage.whenComplete(this::completeLater);
		return true;
	}

	/** Call the method once, in its observation also where that is later. */
	private @Nullable Object once(Invocations invocations, int attempt) throws Throwable {
		if (attempt == 1 || this.observed == null) {
			return invocations.once(this.messages, attempt, () -> this.strategy.invoke(this.messages));
		}
		try (Observed.Scope scope = this.observed.open()) {
			return invocations.once(this.messages, attempt, () -> this.strategy.invoke(this.messages));
		}
	}

	/**
	 * Call the method. With retries or an order wait for a result that comes later: its
	 * failure is the call's.
	 */
	private @Nullable Object invoke() throws Throwable {
		Object result = this.strategy.invoke(this.messages);
		CompletionStage<?> stage = (this.environment.invocations().awaitsResults()) ? asStage(result) : null;
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

	/** Return whether a result is one of the usual ones, which never come later. */
	static boolean isValue(@Nullable Object result) {
		return result == null || result instanceof byte[] || result instanceof String;
	}

	private @Nullable CompletionStage<?> asStage(@Nullable Object result) {
		if (isValue(result)) {
			return null;
		}
		return AsyncResults.asStage(result, (element) -> Observed.askWithin(this.observed, () -> element(element)),
				(cancel) -> this.environment.streams().begin(this.messages.get(0), cancel));
	}

	/** Send an element of a stream, unless the peer is gone. */
	private boolean element(Object element) {
		this.environment.streams().look();
		this.environment.replies().checkElement(element);
		return this.strategy.reply(this.messages, element);
	}

	private void completeLater(@Nullable Object value, @Nullable Throwable failure) {
		try {
			Observed.within(this.observed, () -> settle(value, failure));
		}
		finally {
			end();
		}
	}

	private void settle(@Nullable Object value, @Nullable Throwable failure) {
		// the others were given up when the listener stopped, and reported there
		List<ZmqMessage> waiting = this.messages.stream().filter(this.environment.pending()::remove).toList();
		if (waiting.isEmpty()) {
			return;
		}
		try {
			if (failure == null) {
				complete(waiting, value);
			}
			else {
				Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : null;
				fail(waiting, (cause != null) ? cause : failure);
			}
		}
		catch (Throwable ex) {
			// the future would keep it to itself
			fail(waiting, ex);
		}
	}

	private void complete(List<ZmqMessage> handled, @Nullable Object result) {
		this.strategy.reply(handled, result);
		this.environment.counters().handled.add(handled.size());
	}

	private void fail(List<ZmqMessage> failed, Throwable failure) {
		Throwable cause = failure;
		int attempts = 1;
		if (failure instanceof Invocations.AttemptsException attempted) {
			cause = attempted.failure();
			attempts = attempted.attempts();
		}
		if (this.observed != null) {
			this.observed.error(QuotedPayloads.withhold(cause));
		}
		this.strategy.fail(failed, cause, attempts);
	}

	private void end() {
		this.environment.streams().ended(this.messages.get(0));
		this.environment.counters().active.addAndGet(-this.messages.size());
		if (this.observed != null) {
			this.observed.stop();
		}
	}

}
