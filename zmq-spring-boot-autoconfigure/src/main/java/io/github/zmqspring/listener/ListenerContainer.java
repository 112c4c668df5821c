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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.zmqspring.transport.LaneHandler;
import io.github.zmqspring.transport.LaneSettings;
import io.github.zmqspring.transport.ManagedSocket;
import io.github.zmqspring.transport.MessageFlow;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * One listener at run time: starts and stops the flow of messages from its socket to its
 * method. Its monitor guards the state.
 */
final class ListenerContainer {

	private static final Log logger = LogFactory.getLog(ListenerContainer.class);

	private final ZmqListenerEndpoint endpoint;

	private final ListenerSettings settings;

	private final LaneHandler handler;

	private final ListenerCounters counters;

	private final ListenerSources sources;

	private @Nullable MessageFlow flow;

	private ListenerStatus.State state = ListenerStatus.State.STOPPED;

	ListenerContainer(ZmqListenerEndpoint endpoint, ListenerSettings settings, LaneHandler handler,
			ListenerCounters counters, ListenerSources sources) {
		this.endpoint = endpoint;
		this.settings = settings;
		this.handler = handler;
		this.counters = counters;
		this.sources = sources;
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
		int unhandled = running.stop(timeoutNanos);
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

	synchronized boolean isRunning() {
		return this.flow != null;
	}

	boolean isIdle() {
		return this.counters.active.get() == 0;
	}

	synchronized ListenerStatus status() {
		return new ListenerStatus(this.endpoint.id(), this.endpoint.socket(), this.state,
				this.flow == null || this.flow.isAlive(), this.counters.active.get(), this.counters.handled.sum(),
				this.counters.failed.sum(), this.counters.unreadable.sum(), this.counters.undeliverable.sum(),
				this.counters.deadLettered.sum(), this.counters.lastError);
	}

	/** Attaches the handler to its socket. */
	MessageFlow consume(ManagedSocket socket, boolean paused) {
		if (ZmqListenerEndpoint.INLINE.equals(executorName())) {
			return socket.consumeInline(laneSettings(socket), this.handler, paused);
		}
		return socket.consume(laneSettings(socket), this.handler, paused);
	}

	private LaneSettings laneSettings(ManagedSocket socket) {
		Executor executor = (this.endpoint.executorName() != null) ? this.endpoint.executor()
				: this.settings.executor();
		int batchSize = (this.endpoint.batch()) ? this.settings.maxBatchSize() : 1;
		List<String> topics = (socket.definition().type() == SocketType.SUB) ? this.endpoint.topics() : List.of();
		return new LaneSettings(this.endpoint.id(), this.endpoint.concurrency(this.settings.concurrency()), executor,
				batchSize, 0, null, Duration.ZERO, topics, List.of());
	}

	private @Nullable String executorName() {
		return (this.endpoint.executorName() != null) ? this.endpoint.executorName() : this.settings.executorName();
	}

}
