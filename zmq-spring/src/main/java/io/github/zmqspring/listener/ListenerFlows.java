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

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.socket.LaneSettings;
import io.github.zmqspring.transport.socket.LaneSettings.IdleAction;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.socket.MessageFlow;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Begins and ends the flow of messages from a socket to a listener's handler: on lanes or
 * inline, with its batches, topics and timeouts.
 */
final class ListenerFlows {

	private static final Log logger = LogFactory.getLog(ListenerFlows.class);

	private final ZmqListenerEndpoint endpoint;

	private final ListenerSettings settings;

	private final ListenerHandler handler;

	private final Extras extras;

	private final BlockedPollerDetector.@Nullable Guard guard;

	ListenerFlows(ZmqListenerEndpoint endpoint, ListenerSettings settings, ListenerHandler handler, Extras extras,
			BlockedPollerDetector.@Nullable Guard guard) {
		this.endpoint = endpoint;
		this.settings = settings;
		this.handler = handler;
		this.extras = extras;
		this.guard = guard;
	}

	ListenerHandler handler() {
		return this.handler;
	}

	/** Attaches the handler to its socket; it reads nothing yet. */
	MessageFlow begin(ManagedSocket socket) {
		BlockedPollerDetector watch = this.extras.inlineWatch();
		if (watch == null || this.guard == null) {
			return socket.consume(laneSettings(socket), this.handler, true);
		}
		MessageFlow inline = socket.consumeInline(laneSettings(socket), this.guard, true);
		this.handler.pending().holdInline(inline);
		watch.add(this.guard);
		return inline;
	}

	/**
	 * Ends a flow: what runs may finish, what was read and not handled is counted and
	 * told.
	 */
	void end(MessageFlow running, long timeoutNanos) {
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

	private LaneSettings laneSettings(ManagedSocket socket) {
		Executor executor = (this.endpoint.executorName() != null) ? this.endpoint.executor()
				: this.settings.executor();
		int concurrency = this.endpoint.concurrency(this.settings.concurrency());
		int batchSize = (this.endpoint.batch()) ? this.endpoint.maxBatchSize(this.settings.maxBatchSize()) : 1;
		// nothing waits behind a message that is retried while another lane is free
		int readAhead = (concurrency > 1 && this.extras.retries()) ? 1 : 0;
		List<String> topics = (socket.definition().type() == SocketType.SUB) ? this.endpoint.topics() : List.of();
		return new LaneSettings(this.endpoint.id(), concurrency, executor, batchSize, readAhead, null,
				this.endpoint.batchTimeout(this.settings.batchTimeout()), topics, idleActions());
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
				.publishEvent(new ZmqListenerIdleEvent(this.endpoint, this.endpoint.id(), interval))));
		}
		return actions;
	}

	private IdleAction guarded(Duration interval, Runnable action) {
		BlockedPollerDetector.Guard watched = this.guard;
		return new IdleAction(interval, (watched != null) ? () -> watched.run(action) : action);
	}

	/**
	 * What a listener may have besides its handler.
	 *
	 * @param timeout what is called when nothing has come for the listener's timeout
	 * @param inlineWatch what watches it, if it runs on the poller's thread
	 * @param retries whether failed calls are repeated
	 * @param events told of idleness
	 */
	record Extras(@Nullable TimeoutCall timeout, @Nullable BlockedPollerDetector inlineWatch, boolean retries,
			ApplicationEventPublisher events) {

	}

}
