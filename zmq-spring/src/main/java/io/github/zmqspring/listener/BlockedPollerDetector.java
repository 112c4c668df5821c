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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.support.LogLimiter;
import io.github.zmqspring.transport.lane.LaneHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Detects inline handlers that block the poller's thread, while they do so, on a thread
 * of its own that lives as long as there are inline listeners.
 */
final class BlockedPollerDetector {

	private static final Log logger = LogFactory.getLog(BlockedPollerDetector.class);

	private static final int STACK_DEPTH = 12;

	private final long limitNanos;

	private final ApplicationEventPublisher events;

	private final LogLimiter blocked = new LogLimiter(logger, "Inline listeners that block a poller");

	private final LogLimiter failed = new LogLimiter(logger, "Failures of listeners of ZmqInlineBlockedEvent");

	private final Set<Guard> guards = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Thread thread;

	BlockedPollerDetector(Duration limit, ApplicationEventPublisher events) {
		this.limitNanos = Math.max(1, limit.toNanos());
		this.events = events;
	}

	synchronized void add(Guard guard) {
		this.guards.add(guard);
		if (this.thread == null) {
			Thread watching = new Thread(this::watch, "zmq-inline-watch");
			watching.setDaemon(true);
			this.thread = watching;
			watching.start();
		}
	}

	synchronized void remove(Guard guard) {
		this.guards.remove(guard);
		Thread watching = this.thread;
		if (this.guards.isEmpty() && watching != null) {
			this.thread = null;
			LockSupport.unpark(watching);
			this.blocked.flush();
			this.failed.flush();
		}
	}

	private void watch() {
		while (this.thread == Thread.currentThread()) {
			LockSupport.parkNanos(this, Math.max(1_000_000, this.limitNanos / 2));
			for (Guard guard : this.guards) {
				try {
					look(guard);
				}
				catch (Throwable ex) {
					this.failed.error("A listener of ZmqInlineBlockedEvent failed", ex);
				}
			}
		}
	}

	private void look(Guard guard) {
		Duration blocked = guard.blockedFor(this.limitNanos);
		if (blocked == null || !guard.report()) {
			return;
		}
		this.blocked.warn(
				"The %s runs on the poller's thread and has blocked it for %d ms: the sockets of that poller wait. %s%s"
					.formatted(guard.endpoint, blocked.toMillis(), "Do not wait there, or remove executor = \"inline\"",
							guard.stack()),
				null);
		this.events.publishEvent(new ZmqInlineBlockedEvent(this, guard.endpoint.id(), blocked));
	}

	/** Wraps the handler of an inline listener and notes when its call began. */
	static final class Guard implements LaneHandler {

		private final ZmqListenerEndpoint endpoint;

		private final LaneHandler handler;

		private volatile @Nullable Thread runner;

		/** Written before the runner is, and read after it. */
		private long since;

		private boolean reported;

		Guard(ZmqListenerEndpoint endpoint, LaneHandler handler) {
			this.endpoint = endpoint;
			this.handler = handler;
		}

		@Override
		public void handle(ZmqMessage message) {
			begin();
			try {
				this.handler.handle(message);
			}
			finally {
				this.runner = null;
			}
		}

		@Override
		public void handle(List<ZmqMessage> messages) {
			begin();
			try {
				this.handler.handle(messages);
			}
			finally {
				this.runner = null;
			}
		}

		void run(Runnable action) {
			begin();
			try {
				action.run();
			}
			finally {
				this.runner = null;
			}
		}

		private void begin() {
			this.since = System.nanoTime();
			this.reported = false;
			this.runner = Thread.currentThread();
		}

		@Override
		public void took(long nanos) {
			this.handler.took(nanos);
		}

		@Override
		public void unhandled(List<ZmqMessage> messages) {
			this.handler.unhandled(messages);
		}

		/**
		 * Return how long the current call has been running, if longer than the limit.
		 */
		@Nullable Duration blockedFor(long limitNanos) {
			if (this.runner == null) {
				return null;
			}
			long nanos = System.nanoTime() - this.since;
			return (nanos >= limitNanos) ? Duration.ofNanos(nanos) : null;
		}

		private boolean report() {
			if (this.reported) {
				return false;
			}
			this.reported = true;
			return true;
		}

		private String stack() {
			Thread running = this.runner;
			return (running != null) ? Stream.of(running.getStackTrace())
				.limit(STACK_DEPTH)
				.map((frame) -> "\n\tat " + frame)
				.collect(Collectors.joining()) : "";
		}

	}

}
