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

package io.github.zmqspring.request;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zmqspring.support.ExitCalls;
import io.github.zmqspring.support.Uninterruptibly;
import org.jspecify.annotations.Nullable;

/**
 * Completes failed requests on a thread that lives as long as there are failures to tell.
 * Dependent stages belong to the application and may block, even on another request: run
 * by the timer, that request would never time out. A thread that makes no progress is
 * abandoned and another takes over.
 */
final class FailureNotifier {

	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int LOOKS = 50;

	private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

	private final AtomicReference<@Nullable Worker> worker = new AtomicReference<>();

	void fail(PendingRequest request, Throwable cause) {
		this.failures.add(new Failure(request, cause));
		if (this.worker.get() == null) {
			begin(null);
		}
	}

	private void begin(@Nullable Worker instead) {
		Worker next = new Worker();
		if (this.worker.compareAndSet(instead, next)) {
			Thread thread = new Thread(next, "zmq-request-failures");
			thread.setDaemon(true);
			thread.start();
		}
	}

	/** Called by the timer: replace a worker that makes no progress. */
	void tick() {
		Worker current = this.worker.get();
		if (current != null && !this.failures.isEmpty() && System.nanoTime() - current.progress > PATIENCE_NANOS) {
			begin(current);
		}
	}

	boolean isIdle() {
		return this.failures.isEmpty();
	}

	/** Wait until all failed requests are completed. */
	void awaitIdle(long timeoutNanos) {
		Uninterruptibly.await(timeoutNanos, (nanos) -> {
			long deadline = System.nanoTime() + nanos;
			for (int look = 1; !isIdle() || this.worker.get() != null; look++) {
				if (deadline - System.nanoTime() <= 0 || (look % LOOKS == 1 && isWaitedForInVain())) {
					return false;
				}
				tick();
				TimeUnit.MILLISECONDS.sleep(1);
			}
			return true;
		});
	}

	/** A callback that ends the JVM, or stops the requests, waits for this itself. */
	private boolean isWaitedForInVain() {
		Worker current = this.worker.get();
		Thread thread = (current != null) ? current.thread : null;
		return thread == Thread.currentThread() || ExitCalls.isCalledBy(thread);
	}

	private record Failure(PendingRequest request, Throwable cause) {
	}

	private final class Worker implements Runnable {

		private volatile long progress = System.nanoTime();

		private volatile @Nullable Thread thread;

		@Override
		public void run() {
			this.thread = Thread.currentThread();
			Failure next;
			while (FailureNotifier.this.worker.get() == this && (next = FailureNotifier.this.failures.poll()) != null) {
				next.request().completeExceptionally(next.cause());
				this.progress = System.nanoTime();
			}
			FailureNotifier.this.worker.compareAndSet(this, null);
			// a failure may have come since the last look
			if (!FailureNotifier.this.failures.isEmpty()) {
				begin(null);
			}
		}

	}

}
