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

import io.github.zmqspring.support.BytesText;

import org.springframework.context.ApplicationEvent;

/**
 * A subscriber of an XPUB socket subscribed to a topic or gave it up. XPUB tells of the
 * first subscription to a topic and of the end of the last one; with
 * {@code xpub-verboser} of every one. Published in order on a thread of this library.
 *
 * @since 0.1.0
 */
public class ZmqSubscriptionEvent extends ApplicationEvent {

	private final String socket;

	private final byte[] topic;

	private final boolean subscribed;

	/**
	 * Create the event.
	 * @param source the publisher
	 * @param socket the logical name of the socket
	 * @param topic the prefix
	 * @param subscribed whether it was subscribed to, or given up
	 */
	public ZmqSubscriptionEvent(Object source, String socket, byte[] topic, boolean subscribed) {
		super(source);
		this.socket = socket;
		this.topic = topic;
		this.subscribed = subscribed;
	}

	/**
	 * Return the logical name of the socket.
	 * @return the name
	 */
	public String getSocket() {
		return this.socket;
	}

	/**
	 * Return the prefix as text.
	 * @return the prefix, as {@link BytesText} writes it
	 */
	public String getTopic() {
		return BytesText.of(this.topic);
	}

	/**
	 * Return the prefix as it came.
	 * @return a copy
	 */
	public byte[] getTopicBytes() {
		return this.topic.clone();
	}

	/**
	 * Return whether the topic was subscribed to.
	 * @return {@code false} when it was given up
	 */
	public boolean isSubscribed() {
		return this.subscribed;
	}

}
