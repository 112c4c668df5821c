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

import org.springframework.context.ApplicationEvent;

/**
 * Nothing has come to a running listener for {@code zmq.listener.idle-event-interval}.
 * Published again after as long, on a thread of the listener.
 *
 * @since 0.1.0
 */
public class ZmqListenerIdleEvent extends ApplicationEvent {

	private final String listenerId;

	private final Duration interval;

	/**
	 * Create the event.
	 * @param source the publisher of the event
	 * @param listenerId the id of the listener
	 * @param interval how long nothing has come at least
	 */
	public ZmqListenerIdleEvent(Object source, String listenerId, Duration interval) {
		super(source);
		this.listenerId = listenerId;
		this.interval = interval;
	}

	/**
	 * Return the id of the listener.
	 * @return the id
	 */
	public String getListenerId() {
		return this.listenerId;
	}

	/**
	 * Return how long nothing has come at least.
	 * @return the interval
	 */
	public Duration getInterval() {
		return this.interval;
	}

}
