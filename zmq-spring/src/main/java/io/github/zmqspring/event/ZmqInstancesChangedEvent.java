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

import java.util.List;

import org.springframework.context.ApplicationEvent;

/**
 * A name that a socket connects to, such as {@code dns:///orders:5555}, has other
 * instances than before. Published on a thread of the library's own.
 *
 * @since 0.1.0
 */
public class ZmqInstancesChangedEvent extends ApplicationEvent {

	private final String socket;

	private final String endpoint;

	private final List<String> added;

	private final List<String> removed;

	private final List<String> instances;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 * @param endpoint the name that was looked up, as it was given
	 * @param added endpoints that came
	 * @param removed endpoints that went
	 * @param instances all endpoints that are there now
	 */
	public ZmqInstancesChangedEvent(Object source, String socket, String endpoint, List<String> added,
			List<String> removed, List<String> instances) {
		super(source);
		this.socket = socket;
		this.endpoint = endpoint;
		this.added = List.copyOf(added);
		this.removed = List.copyOf(removed);
		this.instances = List.copyOf(instances);
	}

	/**
	 * Return the logical name of the socket.
	 * @return the name
	 */
	public String getSocket() {
		return this.socket;
	}

	/**
	 * Return the name that was looked up.
	 * @return the endpoint as it was given
	 */
	public String getEndpoint() {
		return this.endpoint;
	}

	/**
	 * Return the endpoints that came.
	 * @return the endpoints, which are connected now
	 */
	public List<String> getAdded() {
		return this.added;
	}

	/**
	 * Return the endpoints that went.
	 * @return the endpoints
	 */
	public List<String> getRemoved() {
		return this.removed;
	}

	/**
	 * Return all endpoints that are there now.
	 * @return the endpoints
	 */
	public List<String> getInstances() {
		return this.instances;
	}

}
