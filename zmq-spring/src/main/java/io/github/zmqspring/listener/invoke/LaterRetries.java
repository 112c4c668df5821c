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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.zmqspring.listener.invoke.Invocations.AttemptsException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Repeats failed calls on threads of their own, so that the lane goes on with other
 * messages meanwhile: for listeners to which order does not matter.
 */
final class LaterRetries {

	private static final long KEEP_ALIVE_SECONDS = 10;

	private final String name;

	private final int threads;

	private final RetryPolicy policy;

	/** Guarded by this. */
	private @Nullable ScheduledThreadPoolExecutor executor;

	LaterRetries(String name, int threads, RetryPolicy policy) {
		this.name = name;
		this.threads = threads;
		this.policy = policy;
	}

	/**
	 * Call until it succeeds or the policy gives up; the first time at once.
	 * @param call makes the call, given the number of the attempt
	 * @param stages finds out whether a result comes later
	 * @return the result, or what completes with it if the call was put off or its result
	 * comes later, exceptionally with an {@link AttemptsException}
	 */
	@Nullable Object call(Attempt call, Function<@Nullable Object, @Nullable CompletionStage<?>> stages) {
		Retrying retrying = new Retrying(call, stages, this.policy.getBackOff().start());
		return retrying.first();
	}

	private void schedule(Runnable task, long millis) {
		synchronized (this) {
			ScheduledThreadPoolExecutor pool = this.executor;
			if (pool == null) {
				AtomicInteger count = new AtomicInteger();
				pool = new ScheduledThreadPoolExecutor(this.threads, (runnable) -> {
					Thread thread = new Thread(runnable, "zmq-" + this.name + "-retry-" + count.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
				pool.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
				pool.allowCoreThreadTimeOut(true);
				this.executor = pool;
			}
			pool.schedule(task, millis, TimeUnit.MILLISECONDS);
		}
	}

	/** Begin no more attempts: those that wait have been given up. */
	synchronized void stop() {
		if (this.executor != null) {
			this.executor.shutdownNow();
			this.executor = null;
		}
	}

	/** One call of the method. */
	@FunctionalInterface
	interface Attempt {

		@Nullable Object call(int number) throws Throwable;

	}

	/** The attempts for one message or batch. */
	private final class Retrying {

		private final Attempt call;

		private final Function<@Nullable Object, @Nullable CompletionStage<?>> stages;

		private final BackOffExecution backOff;

		private final CompletableFuture<@Nullable Object> end = new CompletableFuture<>();

		private int attempts;

		private Retrying(Attempt call, Function<@Nullable Object, @Nullable CompletionStage<?>> stages,
				BackOffExecution backOff) {
			this.call = call;
			this.stages = stages;
			this.backOff = backOff;
		}

		private @Nullable Object first() {
			try {
				Object result = this.call.call(++this.attempts);
				CompletionStage<?> stage = this.stages.apply(result);
				if (stage == null) {
					return result;
				}
				stage.whenComplete(this::settle);
			}
			catch (Throwable ex) {
				failed(ex);
			}
			return this.end;
		}

		private void again() {
			try {
				Object result = this.call.call(++this.attempts);
				CompletionStage<?> stage = this.stages.apply(result);
				if (stage == null) {
					this.end.complete(result);
				}
				else {
					stage.whenComplete(this::settle);
				}
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}

		private void settle(@Nullable Object value, @Nullable Throwable failure) {
			if (failure == null) {
				this.end.complete(value);
			}
			else {
				failed((failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
						: failure);
			}
		}

		private void failed(Throwable failure) {
			long pause = (LaterRetries.this.policy.shouldRetry(failure)) ? this.backOff.nextBackOff()
					: BackOffExecution.STOP;
			if (pause != BackOffExecution.STOP) {
				try {
					schedule(this::again, pause);
					return;
				}
				catch (RejectedExecutionException ex) {
					// the listener has stopped
				}
			}
			this.end.completeExceptionally(new AttemptsException(failure, this.attempts));
		}

	}

}
