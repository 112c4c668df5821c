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

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqListenerInterceptor;
import io.github.zmqspring.listener.ZmqListenerInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryTemplate;

/**
 * Calls a listener's method: through the interceptors, and as often as the retry policy
 * says.
 */
final class Invocations {

	private final ZmqListenerEndpoint endpoint;

	private final List<ZmqListenerInterceptor> interceptors;

	private final @Nullable RetryTemplate retry;

	private final @Nullable LaterRetries later;

	private final boolean ordered;

	Invocations(ZmqListenerEndpoint endpoint, List<ZmqListenerInterceptor> interceptors, @Nullable RetryTemplate retry,
			@Nullable LaterRetries later) {
		this.later = later;
		this.endpoint = endpoint;
		this.interceptors = interceptors;
		this.retry = retry;
		this.ordered = endpoint.options().orderedBy() != null;
	}

	/** Return whether a result that comes later must be waited for. */
	boolean awaitsResults() {
		return this.retry != null || this.ordered;
	}

	/** Return whether failed calls are repeated. */
	boolean retries() {
		return this.retry != null;
	}

	/** Return whether nothing surrounds the call, so that the short path can be taken. */
	boolean isPlain() {
		return !awaitsResults() && this.later == null && this.interceptors.isEmpty();
	}

	/** Return what repeats failed calls without their lane, if anything does. */
	@Nullable LaterRetries later() {
		return this.later;
	}

	/**
	 * Call the method until it succeeds or the policy gives up.
	 * @throws AttemptsException if every attempt failed
	 * @throws Throwable what it threw
	 */
	@SuppressWarnings("NullAway") // compilers before 22 miss that the template may return
									// null
	@Nullable Object call(List<ZmqMessage> messages, Call call) throws Throwable {
		RetryTemplate template = this.retry;
		if (template == null) {
			return once(messages, 1, call);
		}
		Attempts attempts = new Attempts();
		try {
			return template.<@Nullable Object>execute(() -> {
				try {
					return once(messages, attempts.next(), call);
				}
				catch (Throwable ex) {
					throw attempts.failed(ex);
				}
			});
		}
		catch (RetryException ex) {
			throw new AttemptsException(attempts.last(ex), attempts.count);
		}
	}

	/** Call the method once, whatever the retry policy says. */
	@Nullable Object once(List<ZmqMessage> messages, int attempt, Call call) throws Throwable {
		return (this.interceptors.isEmpty()) ? call.invoke()
				: new Invocation(this.endpoint, this.interceptors, 0, messages, attempt, call).proceed();
	}

	/** The call itself. */
	interface Call {

		@Nullable Object invoke() throws Throwable;

	}

	/**
	 * How often it was tried. The template gets to see a stand-in for what was thrown: it
	 * writes exceptions into its log, and their messages may quote the payload.
	 */
	static final class Attempts {

		private int count;

		private @Nullable Throwable last;

		private int next() {
			return ++this.count;
		}

		private Failed failed(Throwable failure) {
			this.last = failure;
			return new Failed(failure);
		}

		/** Also when the wait for the next attempt was interrupted. */
		private Throwable last(RetryException ex) {
			return (this.last != null) ? this.last : ex;
		}

		/** Stands for what was thrown. */
		static final class Failed extends Exception {

			private final transient Throwable failure;

			Failed(Throwable failure) {
				super(failure.getClass().getName(), null, false, false);
				this.failure = failure;
			}

			Throwable failure() {
				return this.failure;
			}

		}

	}

	/** All attempts failed. */
	static final class AttemptsException extends Exception {

		private final transient Throwable failure;

		private final int attempts;

		AttemptsException(Throwable failure, int attempts) {
			// the message of the cause may quote a payload
			super(null, failure);
			this.failure = failure;
			this.attempts = attempts;
		}

		Throwable failure() {
			return this.failure;
		}

		int attempts() {
			return this.attempts;
		}

	}

	/** One interceptor and what comes after it. */
	private record Invocation(ZmqListenerEndpoint endpoint, List<ZmqListenerInterceptor> interceptors, int position,
			List<ZmqMessage> messages, int attempt, Call call) implements ZmqListenerInvocation {

		@Override
		public String listenerId() {
			return this.endpoint.id();
		}

		@Override
		public String socket() {
			return this.endpoint.socket();
		}

		@Override
		public @Nullable Object proceed() throws Throwable {
			if (this.position == this.interceptors.size()) {
				return this.call.invoke();
			}
			return this.interceptors.get(this.position)
				.intercept(new Invocation(this.endpoint, this.interceptors, this.position + 1, this.messages,
						this.attempt, this.call));
		}

	}

}
