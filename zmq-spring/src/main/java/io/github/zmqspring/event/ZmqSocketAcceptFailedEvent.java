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

/**
 * A peer's connection could not be accepted. Published for the first failure and then at
 * most once a second for each endpoint.
 *
 * @since 0.1.0
 */
public final class ZmqSocketAcceptFailedEvent extends ZmqSocketConnectionEvent {

	private final String reason;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 * @param endpoint the bound endpoint
	 * @param reason why it failed, as far as JeroMQ tells
	 */
	public ZmqSocketAcceptFailedEvent(Object source, String socket, String endpoint, String reason) {
		super(source, socket, endpoint);
		this.reason = reason;
	}

	/**
	 * Return why it failed.
	 * @return the reason, as far as JeroMQ tells
	 */
	public String getReason() {
		return this.reason;
	}

}
