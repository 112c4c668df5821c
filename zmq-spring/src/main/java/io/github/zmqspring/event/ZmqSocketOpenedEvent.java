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
 * A socket was opened: bound, and connecting to its endpoints. Published by the thread
 * that opens it.
 *
 * @since 0.1.0
 */
public class ZmqSocketOpenedEvent extends ApplicationEvent {

	private final String socket;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 */
	public ZmqSocketOpenedEvent(Object source, String socket) {
		super(source);
		this.socket = socket;
	}

	/**
	 * Return the logical name of the socket.
	 * @return the name
	 */
	public String getSocket() {
		return this.socket;
	}

}
