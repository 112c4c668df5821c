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
 * A listener was started, paused, resumed or stopped. Published by the thread that did
 * it, afterwards, and with no lock held.
 *
 * @since 0.1.0
 */
public class ZmqListenerStateEvent extends ApplicationEvent {

	private final String listenerId;

	private final ListenerStatus.State state;

	/**
	 * Create the event.
	 * @param source the publisher of the event
	 * @param listenerId the id of the listener
	 * @param state its state now
	 */
	public ZmqListenerStateEvent(Object source, String listenerId, ListenerStatus.State state) {
		super(source);
		this.listenerId = listenerId;
		this.state = state;
	}

	/**
	 * Return the id of the listener.
	 * @return the id
	 */
	public String getListenerId() {
		return this.listenerId;
	}

	/**
	 * Return what it is doing now.
	 * @return the state
	 */
	public ListenerStatus.State getState() {
		return this.state;
	}

}
