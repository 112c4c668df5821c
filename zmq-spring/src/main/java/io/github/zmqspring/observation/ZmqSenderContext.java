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

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.github.zmqspring.core.SocketDefinition;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

/**
 * A message that is sent, or a request that is made. The carrier takes the headers that
 * travel with it where the socket has {@code envelope: headers}.
 *
 * @since 0.1.0
 */
public final class ZmqSenderContext extends SenderContext<Map<String, String>> {

	private final SocketDefinition socket;

	private byte[][] frames = {};

	ZmqSenderContext(SocketDefinition socket, Kind kind) {
		super((carrier, key, value) -> Objects.requireNonNull(carrier).put(key, value), kind);
		setCarrier(new HashMap<>());
		this.socket = socket;
	}

	/**
	 * Return the socket that sends it.
	 * @return the definition
	 */
	public SocketDefinition getSocket() {
		return this.socket;
	}

	/**
	 * Return the message as it is sent.
	 * @return the frames, none before it is known
	 */
	public byte[][] getFrames() {
		return this.frames;
	}

	void setFrames(byte[][] frames) {
		this.frames = frames;
	}

}
