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

package io.github.zmqspring.proxy;

import org.springframework.context.ApplicationEvent;

/**
 * A proxy was started, paused, resumed or stopped. Published on the thread that did it.
 *
 * @since 0.1.0
 */
public class ZmqProxyStateEvent extends ApplicationEvent {

	private final String proxy;

	private final ZmqProxyStatus.State state;

	/**
	 * Create the event.
	 * @param source what published it
	 * @param proxy the name of the proxy
	 * @param state its new state
	 */
	public ZmqProxyStateEvent(Object source, String proxy, ZmqProxyStatus.State state) {
		super(source);
		this.proxy = proxy;
		this.state = state;
	}

	/**
	 * Return the name of the proxy.
	 * @return the name
	 */
	public final String getProxy() {
		return this.proxy;
	}

	/**
	 * Return the new state.
	 * @return the state
	 */
	public final ZmqProxyStatus.State getState() {
		return this.state;
	}

}
