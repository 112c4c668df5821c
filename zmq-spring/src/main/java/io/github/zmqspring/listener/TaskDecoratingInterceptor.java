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

import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.task.TaskDecorator;

/**
 * Has a {@link TaskDecorator} decorate each call of a listener, on the thread of its
 * lane, so that what the decorator sets up and takes down (the context of a tenant, the
 * entries of a log) is there for one message and not for the next.
 *
 * @since 0.1.0
 */
public final class TaskDecoratingInterceptor implements ZmqListenerInterceptor, Ordered {

	private final TaskDecorator decorator;

	/**
	 * Create the interceptor.
	 * @param decorator decorates the calls
	 */
	public TaskDecoratingInterceptor(TaskDecorator decorator) {
		this.decorator = decorator;
	}

	@Override
	public @Nullable Object intercept(ZmqListenerInvocation invocation) throws Throwable {
		Task task = new Task(invocation);
		this.decorator.decorate(task).run();
		return task.result();
	}

	/** Outermost: the other interceptors run within what is set up. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	private static final class Task implements Runnable {

		private final ZmqListenerInvocation invocation;

		private @Nullable Object result;

		private @Nullable Throwable failure;

		private boolean done;

		private Task(ZmqListenerInvocation invocation) {
			this.invocation = invocation;
		}

		@Override
		public void run() {
			try {
				this.result = this.invocation.proceed();
			}
			catch (Throwable ex) {
				this.failure = ex;
			}
			this.done = true;
		}

		private @Nullable Object result() throws Throwable {
			if (!this.done) {
				throw new IllegalStateException(
						"The TaskDecorator has not run the call of listener '%s' on this thread: it must decorate the task, and leave it to the caller to run it"
							.formatted(this.invocation.listenerId()));
			}
			Throwable thrown = this.failure;
			if (thrown != null) {
				throw thrown;
			}
			return this.result;
		}

	}

}
