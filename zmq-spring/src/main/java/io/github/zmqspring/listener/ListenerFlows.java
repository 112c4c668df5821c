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
import io.github.zmqspring.support.LogLimiter;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.lane.LaneSettings.IdleAction;
import io.github.zmqspring.transport.lane.MessageFlow;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Begins and ends the flow of messages from a socket to a listener's handler, on lanes or
 * inline.
 */
final class ListenerFlows {

	private static final Log logger = LogFactory.getLog(ListenerFlows.class);

	private final ZmqListenerEndpoint endpoint;

	private final ListenerSettings settings;

	private final ListenerHandler handler;

	private final ApplicationEventPublisher events;

	private final BlockedPollerDetector detector;

	private final LogLimiter failedEvents;

	/** Only an inline listener has one. */
	private final BlockedPollerDetector.@Nullable Guard guard;

	ListenerFlows(ZmqListenerEndpoint endpoint, ListenerSettings settings, ListenerHandler handler,
			BlockedPollerDetector detector, ApplicationEventPublisher events) {
		this.endpoint = endpoint;
		this.settings = settings;
		this.handler = handler;
		this.detector = detector;
		this.failedEvents = new LogLimiter(logger, "Listener '" + endpoint.id() + "', failed idle events");
		this.events = events;
		this.guard = (settings.isInline(endpoint)) ? new BlockedPollerDetector.Guard(endpoint, handler) : null;
	}

	ListenerHandler handler() {
		return this.handler;
	}

	/** Attach the handler to its socket; it reads nothing yet. */
	MessageFlow begin(ManagedSocket socket) {
		if (this.guard == null) {
			MessageFlow lanes = socket.consume(laneSettings(socket), this.handler, true);
			this.handler.reads(lanes, false);
			return lanes;
		}
		MessageFlow inline = socket.consumeInline(laneSettings(socket), this.guard, true);
		this.handler.reads(inline, true);
		this.detector.add(this.guard);
		return inline;
	}

	/**
	 * End a flow: let running handlers finish, then count and report messages that were
	 * read but not handled.
	 */
	void end(MessageFlow running, long timeoutNanos) {
		long deadline = System.nanoTime() + timeoutNanos;
		int unhandled = running.stop(timeoutNanos);
		List<ZmqMessage> late = this.handler.giveUpPending(deadline - System.nanoTime());
		if (!late.isEmpty()) {
			unhandled += late.size();
			this.handler.unhandled(late);
		}
		this.handler.reads(null, false);
		if (this.guard != null) {
			this.detector.remove(this.guard);
		}
		this.handler.stopped();
		this.failedEvents.flush();
		if (unhandled > 0) {
			logger.warn("Stopped " + this.endpoint + " with " + unhandled
					+ " messages that were read but not handled: its handlers did not finish in time");
		}
	}

	private LaneSettings laneSettings(ManagedSocket socket) {
		ListenerOptions options = this.endpoint.options();
		Executor executor = options.executor(this.settings);
		// with an order by keys one lane reads, and the handler has the threads
		boolean ordered = options.orderedBy() != null;
		int concurrency = (ordered) ? 1 : options.concurrency(this.settings);
		int batchSize = (options.batch()) ? options.maxBatchSize(this.settings) : 1;
		// nothing waits behind a message that is retried while another lane is free
		int readAhead = (ordered || (concurrency > 1 && this.handler.retries())) ? 1 : 0;
		List<String> topics = (socket.definition().type() == SocketType.SUB) ? options.topics() : List.of();
		return new LaneSettings(this.endpoint.id(), concurrency, executor, batchSize, readAhead, null,
				options.batchTimeout(this.settings), topics, idleActions());
	}

	private List<IdleAction> idleActions() {
		List<IdleAction> actions = new ArrayList<>();
		Duration timeout = this.endpoint.options().timeout();
		Runnable call = this.handler.timeoutCall();
		if (timeout != null && call != null) {
			actions.add(guarded(timeout, call));
		}
		Duration interval = this.settings.idleEventInterval();
		if (interval != null) {
			actions.add(guarded(interval, () -> publishIdle(interval)));
		}
		return actions;
	}

	private void publishIdle(Duration interval) {
		try {
			this.events.publishEvent(new ZmqListenerIdleEvent(this.endpoint, this.endpoint.id(), interval));
		}
		catch (RuntimeException ex) {
			this.failedEvents.warn("A listener of the ZmqListenerIdleEvent of " + this.endpoint + " failed", ex);
		}
	}

	private IdleAction guarded(Duration interval, Runnable action) {
		BlockedPollerDetector.Guard watched = this.guard;
		return new IdleAction(interval, (watched != null) ? () -> watched.run(action) : action);
	}

	/** Return how long an inline handler has blocked the poller, if that is too long. */
	@Nullable Duration blockedFor() {
		return (this.guard != null) ? this.guard.blockedFor(this.settings.inlineLimit().toNanos()) : null;
	}

}
