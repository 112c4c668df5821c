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

package io.github.zmqspring.event;

import org.springframework.context.ApplicationEvent;

/**
 * The connection of a socket that deals messages out to an instance behind a name was
 * lost. What waited for the instance is sent to others; of what its connection had taken,
 * it may not have handled the last messages. Published on a thread of the library's own.
 *
 * @since 0.1.0
 */
public class ZmqInstanceLostEvent extends ApplicationEvent {

	private final String socket;

	private final String endpoint;

	private final long takenBack;

	private final long handedOver;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 * @param endpoint the endpoint of the instance
	 * @param takenBack the number of messages that are sent to others
	 * @param handedOver the number of messages that the connection had taken
	 */
	public ZmqInstanceLostEvent(Object source, String socket, String endpoint, long takenBack, long handedOver) {
		super(source);
		this.socket = socket;
		this.endpoint = endpoint;
		this.takenBack = takenBack;
		this.handedOver = handedOver;
	}

	/**
	 * Return the logical name of the socket.
	 * @return the name
	 */
	public String getSocket() {
		return this.socket;
	}

	/**
	 * Return the endpoint of the instance.
	 * @return the endpoint that was connected
	 */
	public String getEndpoint() {
		return this.endpoint;
	}

	/**
	 * Return how many messages had waited for the instance.
	 * @return the number of messages that are sent to others
	 */
	public long getTakenBack() {
		return this.takenBack;
	}

	/**
	 * Return how many messages the connection had taken since it was made. Those that
	 * were still on their way are lost.
	 * @return the number of messages, handled or not
	 */
	public long getHandedOver() {
		return this.handedOver;
	}

}
