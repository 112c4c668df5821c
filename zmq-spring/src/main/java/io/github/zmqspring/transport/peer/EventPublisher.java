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

package io.github.zmqspring.transport.peer;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.github.zmqspring.support.LogLimiter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what is noticed under a socket's lock on a thread of its own, in order. The
 * thread goes away when there is nothing to tell.
 *
 * @since 0.1.0
 */
public final class EventPublisher {

	private static final Log logger = LogFactory.getLog(EventPublisher.class);

	private static final int MOST_WAITING = 10_000;

	private final ApplicationEventPublisher events;

	private final ThreadPoolExecutor executor;

	/** Counted, and not logged: the publishing thread must not wait. */
	private final LongAdder dropped = new LongAdder();

	private long reported;

	private final LogLimiter failed = new LogLimiter(logger, "Failures of event listeners");

	private final LogLimiter slow = new LogLimiter(logger, "Warnings of slow event listeners");

	public EventPublisher(ApplicationEventPublisher events) {
		this.events = events;
		this.executor = new ThreadPoolExecutor(1, 1, 100, TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(MOST_WAITING),
				(task) -> {
					Thread thread = new Thread(task, "zmq-events");
					thread.setDaemon(true);
					return thread;
				}, (task, pool) -> this.dropped.increment());
		this.executor.allowCoreThreadTimeOut(true);
	}

	public void publish(ApplicationEvent event) {
		this.executor.execute(() -> {
			try {
				this.events.publishEvent(event);
			}
			catch (RuntimeException ex) {
				this.failed.warn("An event listener failed", ex);
			}
			reportDropped();
		});
	}

	/** On the one thread that publishes. */
	private void reportDropped() {
		long count = this.dropped.sum();
		if (count > this.reported) {
			this.slow.warn("An event listener is too slow: " + (count - this.reported) + " events were left out", null);
			this.reported = count;
		}
	}

	/** Log what was left out of the log so far. */
	public void flushLog() {
		this.failed.flush();
		this.slow.flush();
	}

	/** Return the number of events that were left out because too many waited. */
	public long dropped() {
		return this.dropped.sum();
	}

}
