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

import org.springframework.context.ApplicationEvent;

/**
 * Published when a message could not be handled: its retries are over, and no error
 * handler took it. Published for each such message, without its payload, on the thread
 * that handled it. What a listener of the event throws is logged.
 *
 * @since 0.1.0
 */
public class ZmqListenerFailedEvent extends ApplicationEvent {

	private final String socket;

	private final ZmqListenerException failure;

	/**
	 * Create the event.
	 * @param source the publisher of the event
	 * @param socket the logical name of the socket
	 * @param failure what went wrong
	 */
	public ZmqListenerFailedEvent(Object source, String socket, ZmqListenerException failure) {
		super(source);
		this.socket = socket;
		this.failure = failure;
	}

	/**
	 * Return the id of the listener.
	 * @return the id
	 */
	public String getListenerId() {
		return this.failure.getListenerId();
	}

	/**
	 * Return the logical name of the socket that the message came from.
	 * @return the name
	 */
	public String getSocket() {
		return this.socket;
	}

	/**
	 * Return what went wrong, with its reason and the number of attempts. The message of
	 * its cause may quote the payload.
	 * @return the failure
	 */
	public ZmqListenerException getFailure() {
		return this.failure;
	}

}
