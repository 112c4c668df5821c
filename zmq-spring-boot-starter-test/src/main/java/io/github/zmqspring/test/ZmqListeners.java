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

import java.time.Duration;
import java.util.Arrays;

import io.github.zmqspring.core.MessageOperations;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqListenerRegistry;

/**
 * Calls listeners without a socket, for tests.
 *
 * @since 0.1.0
 */
public class ZmqListeners {

	private final ZmqListenerRegistry registry;

	private final MessageOperations messages;

	ZmqListeners(ZmqListenerRegistry registry, MessageOperations messages) {
		this.registry = registry;
		this.messages = messages;
	}

	/**
	 * Hand a message to a listener on this thread, as if it had arrived: it is converted
	 * and handled as always. What the method returns or throws is in the
	 * {@link ZmqRecorder}.
	 * @param id the id of the listener
	 * @param frames the frames: bytes, text, or objects that are converted as by a
	 * template
	 * @throws IllegalArgumentException if there is no such listener
	 */
	public void deliver(String id, Object... frames) {
		this.registry.deliver(id, ZmqMessage.of(Arrays.stream(frames).map(this.messages::encodeFrame).toArray()));
	}

	/**
	 * Wait until no listener is handling a message.
	 * @param timeout how long to wait
	 * @throws AssertionError if one is still busy after that time
	 */
	public void awaitIdle(Duration timeout) {
		try {
			if (!this.registry.awaitIdle(timeout)) {
				throw new AssertionError("Listeners are still handling messages after " + timeout);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for listeners", ex);
		}
	}

}
