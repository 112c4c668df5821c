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

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;

/**
 * A message on its way through a proxy, as an interceptor sees it, and what may become of
 * it.
 *
 * @param proxy the name of the proxy
 * @param direction which way it goes
 * @param source the socket that it came from
 * @param message the message; for ROUTER sockets the routing ids and delimiter are its
 * return path. It may be captured and forwarded as it is, so its arrays must not be
 * changed
 * @since 0.1.0
 */
public record ZmqProxyExchange(String proxy, ZmqProxyDirection direction, SocketDefinition source, ZmqMessage message) {

	/**
	 * Lets the message pass as it is.
	 * @return the decision
	 */
	public ZmqProxyDecision forward() {
		return new ZmqProxyDecision.Forward(this.message);
	}

	/**
	 * Let another message pass in its place.
	 * @param changed the message, with a return path where one is needed:
	 * {@link ZmqMessage#withFrames} keeps it
	 * @return the decision
	 */
	public ZmqProxyDecision forward(ZmqMessage changed) {
		return new ZmqProxyDecision.Forward(changed);
	}

	/**
	 * End the way of the message here.
	 * @return the decision
	 */
	public ZmqProxyDecision drop() {
		return new ZmqProxyDecision.Drop();
	}

	/**
	 * Send the message elsewhere instead.
	 * @param socket the logical name of a socket, of this proxy or any other
	 * @return the decision
	 */
	public ZmqProxyDecision reroute(String socket) {
		return new ZmqProxyDecision.Reroute(socket, this.message);
	}

	/**
	 * Send another message elsewhere instead.
	 * @param socket the logical name of a socket, of this proxy or any other
	 * @param changed the message
	 * @return the decision
	 */
	public ZmqProxyDecision reroute(String socket, ZmqMessage changed) {
		return new ZmqProxyDecision.Reroute(socket, changed);
	}

	ZmqProxyExchange with(ZmqMessage changed) {
		return (changed != this.message) ? new ZmqProxyExchange(this.proxy, this.direction, this.source, changed)
				: this;
	}

}
