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

package io.github.zmqspring.transport.endpoint;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Threads that look names up, which may block. They start when they are first needed, end
 * a second after they are needed no more, and start again after {@link #stop()}.
 *
 * @since 0.1.0
 */
public final class LookupThreads {

	/** One slow name must not hold up the others. */
	private static final int THREADS = 4;

	private static final int MOST_REPLACED = 60;

	private final String name;

	/** Guarded by this, as what follows. */
	private @Nullable ScheduledThreadPoolExecutor executor;

	private boolean kept;

	/** How many threads hang. */
	private int stuck;

	/**
	 * Create them; none is started.
	 * @param name the name of each thread
	 */
	public LookupThreads(String name) {
		this.name = name;
	}

	/**
	 * Return what runs tasks on these threads.
	 * @return the executor, which rejects tasks once it is stopped
	 */
	public synchronized ScheduledThreadPoolExecutor executor() {
		ScheduledThreadPoolExecutor current = this.executor;
		if (current == null) {
			current = new ScheduledThreadPoolExecutor(size(), (task) -> {
				Thread thread = new Thread(task, this.name);
				thread.setDaemon(true);
				return thread;
			});
			current.setRemoveOnCancelPolicy(true);
			current.setKeepAliveTime(1, TimeUnit.SECONDS);
			current.allowCoreThreadTimeOut(!this.kept);
			this.executor = current;
		}
		return current;
	}

	/**
	 * Say whether more is to be looked up: threads do not come and go from one look-up to
	 * the next.
	 * @param needed whether the threads stay while they are idle
	 */
	public synchronized void keep(boolean needed) {
		this.kept = needed;
		if (this.executor != null) {
			this.executor.allowCoreThreadTimeOut(!needed);
		}
	}

	/**
	 * Say that one thread hangs, so that another one does its work, or that it no longer
	 * does.
	 * @param hangs whether it does
	 */
	public synchronized void stuck(boolean hangs) {
		this.stuck += (hangs) ? 1 : -1;
		if (this.executor != null) {
			this.executor.setCorePoolSize(size());
		}
	}

	private int size() {
		return THREADS + Math.min(this.stuck, MOST_REPLACED);
	}

	/** Stop all that they do. They start again when they are needed. */
	public synchronized void stop() {
		ScheduledThreadPoolExecutor current = this.executor;
		if (current != null) {
			current.shutdownNow();
			this.executor = null;
		}
	}

}
