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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.LaneSettings;
import io.github.zmqspring.transport.LaneSettings.IdleAction;
import io.github.zmqspring.transport.ManagedSocket;
import io.github.zmqspring.transport.MessageFlow;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.context.ApplicationEventPublisher;

/**
 * One listener at run time: starts and stops the flow of messages from its socket to its
 * method. Its monitor guards the state.
 */
final class ListenerContainer {

	private static final Log logger = LogFactory.getLog(ListenerContainer.class);

	private final ZmqListenerEndpoint endpoint;

	private final ListenerSettings settings;

	private final ListenerHandler handler;

	private final ListenerCounters counters;

	private final ListenerSources sources;

	private final Extras extras;

	private final InlineWatch.@Nullable Guard guard;

	private volatile @Nullable MessageFlow flow;

	private volatile ListenerStatus.State state = ListenerStatus.State.STOPPED;

	ListenerContainer(ZmqListenerEndpoint endpoint, ListenerSettings settings, ListenerHandler handler,
			ListenerCounters counters, ListenerSources sources, Extras extras) {
		this.endpoint = endpoint;
		this.settings = settings;
		this.handler = handler;
		this.counters = counters;
		this.sources = sources;
		this.extras = extras;
		this.guard = (extras.inlineWatch() != null) ? new InlineWatch.Guard(endpoint, handler) : null;
	}

	ZmqListenerEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Takes its place at the socket and reads nothing yet: listeners that share a socket
	 * are all there before the first of them reads.
	 */
	synchronized void prepare() {
		if (this.flow == null) {
			this.flow = open(true);
		}
	}

	ListenerHandler handler() {
		return this.handler;
	}

	synchronized void start() {
		if (this.flow == null) {
			this.flow = open(false);
		}
		else if (this.state == ListenerStatus.State.STOPPED) {
			this.flow.resume();
		}
		else {
			return;
		}
		this.state = ListenerStatus.State.RUNNING;
	}

	private MessageFlow open(boolean paused) {
		try {
			return this.sources.open(this, paused);
		}
		catch (RejectedExecutionException ex) {
			throw Signature.refuse(this.endpoint,
					"the executor '%s' has no thread for each of its %d workers: %s".formatted(executorName(),
							this.endpoint.concurrency(this.settings.concurrency()), ex.getMessage()),
					"A worker keeps its thread while the listener runs: give the executor more threads, or lower the concurrency");
		}
	}

	synchronized void stop(long timeoutNanos) {
		MessageFlow running = this.flow;
		if (running == null) {
			return;
		}
		this.flow = null;
		this.state = ListenerStatus.State.STOPPED;
		long deadline = System.nanoTime() + timeoutNanos;
		int unhandled = running.stop(timeoutNanos);
		List<ZmqMessage> late = this.handler.pending().giveUp(deadline - System.nanoTime());
		if (!late.isEmpty()) {
			unhandled += late.size();
			this.handler.unhandled(late);
		}
		this.handler.pending().holdInline(null);
		if (this.guard != null && this.extras.inlineWatch() != null) {
			this.extras.inlineWatch().remove(this.guard);
		}
		if (unhandled > 0) {
			logger.warn("Stopped " + this.endpoint + " with " + unhandled
					+ " messages that were read but not handled: its handlers did not finish in time");
		}
	}

	synchronized void pause() {
		if (this.flow != null && this.state == ListenerStatus.State.RUNNING) {
			this.flow.pause();
			this.state = ListenerStatus.State.PAUSED;
		}
	}

	synchronized void resume() {
		if (this.flow != null && this.state == ListenerStatus.State.PAUSED) {
			this.flow.resume();
			this.state = ListenerStatus.State.RUNNING;
		}
	}

	boolean isRunning() {
		return this.flow != null;
	}

	boolean isIdle() {
		return this.counters.active.get() == 0;
	}

	/** Without the monitor: a stop may hold that until the handlers have finished. */
	ListenerStatus status() {
		MessageFlow current = this.flow;
		return new ListenerStatus(this.endpoint.id(), this.endpoint.socket(), this.state,
				current == null || current.isAlive(), this.counters.active.get(), this.counters.handled.sum(),
				this.counters.failed.sum(), this.counters.unreadable.sum(), this.counters.filtered.sum(),
				this.counters.unhandled.sum(), this.counters.undeliverable.sum(), this.counters.deadLettered.sum(),
				this.counters.lastError,
				(this.guard != null) ? this.guard.blockedFor(this.settings.inlineLimit().toNanos()) : null);
	}

	/** Attaches the handler to its socket. */
	MessageFlow consume(ManagedSocket socket, boolean paused) {
		InlineWatch watch = this.extras.inlineWatch();
		if (watch == null || this.guard == null) {
			return socket.consume(laneSettings(socket), this.handler, paused);
		}
		MessageFlow inline = socket.consumeInline(laneSettings(socket), this.guard, true);
		this.handler.pending().holdInline(inline);
		watch.add(this.guard);
		if (!paused) {
			inline.resume();
		}
		return inline;
	}

	private LaneSettings laneSettings(ManagedSocket socket) {
		Executor executor = (this.endpoint.executorName() != null) ? this.endpoint.executor()
				: this.settings.executor();
		int concurrency = this.endpoint.concurrency(this.settings.concurrency());
		int batchSize = (this.endpoint.batch()) ? this.settings.maxBatchSize() : 1;
		// nothing waits behind a message that is retried while another lane is free
		int readAhead = (concurrency > 1 && this.extras.retries()) ? 1 : 0;
		List<String> topics = (socket.definition().type() == SocketType.SUB) ? this.endpoint.topics() : List.of();
		return new LaneSettings(this.endpoint.id(), concurrency, executor, batchSize, readAhead, null,
				this.settings.batchTimeout(), topics, idleActions());
	}

	private List<IdleAction> idleActions() {
		List<IdleAction> actions = new ArrayList<>();
		Duration timeout = this.endpoint.timeout();
		TimeoutCall call = this.extras.timeout();
		if (timeout != null && call != null) {
			actions.add(guarded(timeout, call));
		}
		Duration interval = this.settings.idleEventInterval();
		if (interval != null) {
			actions.add(guarded(interval, () -> this.extras.events()
				.publishEvent(new ZmqListenerIdleEvent(this, this.endpoint.id(), interval))));
		}
		return actions;
	}

	private IdleAction guarded(Duration interval, Runnable action) {
		InlineWatch.Guard watched = this.guard;
		return new IdleAction(interval, (watched != null) ? () -> watched.run(action) : action);
	}

	private @Nullable String executorName() {
		return (this.endpoint.executorName() != null) ? this.endpoint.executorName() : this.settings.executorName();
	}

	/**
	 * What a listener may have besides its handler.
	 *
	 * @param timeout what is called when nothing has come for the listener's timeout
	 * @param inlineWatch what watches it, if it runs on the poller's thread
	 * @param retries whether failed calls are repeated
	 * @param events told of idleness
	 */
	record Extras(@Nullable TimeoutCall timeout, @Nullable InlineWatch inlineWatch, boolean retries,
			ApplicationEventPublisher events) {

	}

}
