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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;

/**
 * Records the calls of listeners' methods, for tests: declared as a bean it sees every
 * call with its messages, its result or its exception. It keeps all of them until
 * {@link #clear()}, so do not use it in production.
 *
 * @since 0.1.0
 */
public class ZmqInvocationRecorder implements ZmqListenerInterceptor, Ordered {

	private final List<Invocation> invocations = new ArrayList<>();

	@Override
	public @Nullable Object intercept(ZmqListenerInvocation invocation) throws Throwable {
		try {
			Object result = invocation.proceed();
			add(invocation, result, null);
			return result;
		}
		catch (Throwable ex) {
			add(invocation, null, ex);
			throw ex;
		}
	}

	private synchronized void add(ZmqListenerInvocation invocation, @Nullable Object result,
			@Nullable Throwable failure) {
		this.invocations.add(new Invocation(invocation.listenerId(), List.copyOf(invocation.messages()),
				invocation.attempt(), result, failure));
		notifyAll();
	}

	/**
	 * Return all calls so far, in the order in which they ended.
	 * @return the calls
	 */
	public synchronized List<Invocation> invocations() {
		return List.copyOf(this.invocations);
	}

	/**
	 * Return the calls of one listener so far, in the order in which they ended.
	 * @param listenerId the id of the listener
	 * @return its calls
	 */
	public synchronized List<Invocation> invocations(String listenerId) {
		return this.invocations.stream().filter((call) -> call.listenerId().equals(listenerId)).toList();
	}

	/**
	 * Wait until a listener has been called often enough.
	 * @param listenerId the id of the listener
	 * @param count how many calls there must be
	 * @param timeout how long to wait for them
	 * @return its calls
	 * @throws AssertionError if there are fewer after that time
	 * @throws InterruptedException if the thread is interrupted
	 */
	public synchronized List<Invocation> await(String listenerId, int count, Duration timeout)
			throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		List<Invocation> found = invocations(listenerId);
		while (found.size() < count) {
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				throw new AssertionError("Listener '%s' was called %d times in %s, not %d times".formatted(listenerId,
						found.size(), timeout, count));
			}
			wait(left / 1_000_000 + 1);
			found = invocations(listenerId);
		}
		return found;
	}

	/**
	 * Forget all calls.
	 */
	public synchronized void clear() {
		this.invocations.clear();
	}

	/** Innermost, so that it sees the call as the other interceptors have changed it. */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	/**
	 * One call of a listener's method.
	 *
	 * @param listenerId the id of the listener
	 * @param messages what it was called with; none after a timeout
	 * @param attempt which call for these messages it was
	 * @param result what it returned
	 * @param failure what it threw
	 */
	public record Invocation(String listenerId, List<ZmqMessage> messages, int attempt, @Nullable Object result,
			@Nullable Throwable failure) {

	}

}
