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

package io.github.zmqspring.test;

import java.util.function.Supplier;

import io.github.zmqspring.core.MessageOperations;
import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

/**
 * Turns objects into frames of a peer and back, as the application does where it has the
 * application's converters.
 */
final class PeerConversion {

	private final String name;

	private final @Nullable MessageOperations messages;

	PeerConversion(String name, @Nullable MessageOperations messages) {
		this.name = name;
		this.messages = messages;
	}

	byte[] bytes(Object frame) {
		if (frame instanceof byte[] bytes) {
			return bytes;
		}
		MessageOperations operations = this.messages;
		return (operations != null) ? operations.encodeFrame(frame) : String.valueOf(frame).getBytes(ZMQ.CHARSET);
	}

	/**
	 * Wait for a message, once it is clear that it can be converted, and convert its last
	 * frame.
	 */
	<T> T payload(Supplier<ZmqMessage> awaited, Class<T> type) {
		MessageOperations operations = this.messages;
		if (operations == null) {
			throw new IllegalStateException(
					"The peer of socket '%s' does not know how to convert a message to %s: call converting(messages) with the MessageOperations bean before"
						.formatted(this.name, type.getName()));
		}
		ZmqMessage message = awaited.get();
		Object payload = operations.decode(message.frame(message.size() - 1), type, null);
		if (payload == null) {
			throw new AssertionError("The message that came from socket '%s' is no %s: it says null"
				.formatted(this.name, type.getName()));
		}
		return type.cast(payload);
	}

}
