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
 * A socket was closed: stopped, removed, or at the end of the application. Published by
 * the thread that closed it.
 *
 * @since 0.1.0
 */
public class ZmqSocketClosedEvent extends ApplicationEvent {

	private final String socket;

	private final boolean removed;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 * @param removed whether there is no socket of that name any more
	 */
	public ZmqSocketClosedEvent(Object source, String socket, boolean removed) {
		super(source);
		this.socket = socket;
		this.removed = removed;
	}

	/**
	 * Return the logical name of the socket.
	 * @return the name
	 */
	public String getSocket() {
		return this.socket;
	}

	/**
	 * Return whether there is no socket of that name any more.
	 * @return {@code false} if it can be started again
	 */
	public boolean isRemoved() {
		return this.removed;
	}

}
