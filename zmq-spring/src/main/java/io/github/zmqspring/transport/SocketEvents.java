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

package io.github.zmqspring.transport;

import io.github.zmqspring.event.ZmqMessagesLostEvent;
import io.github.zmqspring.event.ZmqSocketBoundEvent;
import io.github.zmqspring.event.ZmqSocketClosedEvent;
import io.github.zmqspring.event.ZmqSocketOpenedEvent;
import io.github.zmqspring.event.ZmqSubscriptionEvent;
import io.github.zmqspring.transport.peer.EventPublisher;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes the events of all sockets: those of a call on the thread that makes it, those
 * of connections and subscriptions on a thread of their own.
 */
final class SocketEvents {

	private static final Log logger = LogFactory.getLog(SocketEvents.class);

	private final Object source;

	private final ApplicationEventPublisher direct;

	private final EventPublisher background;

	SocketEvents(Object source, ApplicationEventPublisher publisher) {
		this.source = source;
		this.direct = publisher;
		this.background = new EventPublisher(publisher);
	}

	/** Log what was left out of the log so far. */
	void flushLog() {
		this.background.flushLog();
	}

	Object source() {
		return this.source;
	}

	void opened(String socket) {
		this.direct.publishEvent(new ZmqSocketOpenedEvent(this.source, socket));
	}

	void bound(String socket, String endpoint) {
		this.direct.publishEvent(new ZmqSocketBoundEvent(this.source, socket, endpoint));
	}

	/** Listeners may fail when the application is already shutting down. */
	void closed(String socket, boolean removed) {
		try {
			this.direct.publishEvent(new ZmqSocketClosedEvent(this.source, socket, removed));
		}
		catch (RuntimeException ex) {
			logger.debug("The event that socket '" + socket + "' was closed could not be published", ex);
		}
	}

	/** Called when the application may be shutting down already. */
	void lost(String socket, long messages, ZmqMessagesLostEvent.Reason reason) {
		try {
			this.direct.publishEvent(new ZmqMessagesLostEvent(this.source, socket, messages, reason));
		}
		catch (RuntimeException ex) {
			logger.warn("A listener of the ZmqMessagesLostEvent of socket '" + socket + "' failed", ex);
		}
	}

	/** Called on I/O threads, which must not wait. */
	void lostInBackground(String socket, long messages, ZmqMessagesLostEvent.Reason reason) {
		inBackground(new ZmqMessagesLostEvent(this.source, socket, messages, reason));
	}

	void subscription(String socket, byte[] topic, boolean subscribed) {
		inBackground(new ZmqSubscriptionEvent(this.source, socket, topic, subscribed));
	}

	void inBackground(ApplicationEvent event) {
		this.background.publish(event);
	}

	long dropped() {
		return this.background.dropped();
	}

}
