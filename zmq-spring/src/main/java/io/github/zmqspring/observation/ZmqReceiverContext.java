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

package io.github.zmqspring.observation;

import java.util.List;
import java.util.Map;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;

/**
 * One call of a listener. The carrier has the headers that came with the message; those
 * of a batch of several come from anywhere, and so it has none.
 *
 * @since 0.1.0
 */
public final class ZmqReceiverContext extends ReceiverContext<Map<String, String>> {

	private final SocketDefinition socket;

	private final String listener;

	private final List<ZmqMessage> messages;

	ZmqReceiverContext(SocketDefinition socket, String listener, List<ZmqMessage> messages) {
		super((carrier, key) -> carrier.get(key), (socket.routes()) ? Kind.SERVER : Kind.CONSUMER);
		setCarrier((messages.size() == 1) ? messages.get(0).headers() : Map.of());
		this.socket = socket;
		this.listener = listener;
		this.messages = messages;
	}

	/**
	 * Return the socket that the messages came from.
	 * @return the definition
	 */
	public SocketDefinition getSocket() {
		return this.socket;
	}

	/**
	 * Return the id of the listener.
	 * @return its id
	 */
	public String getListener() {
		return this.listener;
	}

	/**
	 * Return what it is called with.
	 * @return one message, or those of a batch
	 */
	public List<ZmqMessage> getMessages() {
		return this.messages;
	}

}
