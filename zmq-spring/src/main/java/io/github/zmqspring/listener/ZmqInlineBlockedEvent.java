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
 * An inline listener's method has kept the poller's thread for longer than
 * {@code zmq.listener.inline-limit}: all sockets of that poller wait. Published once for
 * each such call, while it still runs, on a thread of its own.
 *
 * @since 0.1.0
 */
public class ZmqInlineBlockedEvent extends ApplicationEvent {

	private final String listenerId;

	private final Duration blockedFor;

	/**
	 * Create the event.
	 * @param source the publisher of the event
	 * @param listenerId the id of the listener
	 * @param blockedFor how long its method has been running
	 */
	public ZmqInlineBlockedEvent(Object source, String listenerId, Duration blockedFor) {
		super(source);
		this.listenerId = listenerId;
		this.blockedFor = blockedFor;
	}

	/**
	 * Return the id of the listener.
	 * @return the id
	 */
	public String getListenerId() {
		return this.listenerId;
	}

	/**
	 * Return how long its method had been running when it was noticed.
	 * @return the time
	 */
	public Duration getBlockedFor() {
		return this.blockedFor;
	}

}
