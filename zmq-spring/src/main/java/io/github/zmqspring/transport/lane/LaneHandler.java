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

package io.github.zmqspring.transport.lane;

import java.util.List;

import io.github.zmqspring.core.ZmqMessage;

/**
 * Handles messages on a lane's thread. What it throws is logged and ends nothing.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LaneHandler {

	/**
	 * Handle one message.
	 * @param message the message
	 */
	void handle(ZmqMessage message);

	/**
	 * Handle what has arrived, when the batch size is greater than 1.
	 * @param messages one or more messages in the order of their arrival; the list is
	 * used again afterwards, so it must not be kept
	 */
	default void handle(List<ZmqMessage> messages) {
		messages.forEach(this::handle);
	}

	/**
	 * Note how long it took to handle what was read at once. Called on the thread that
	 * handled it.
	 * @param nanos the time, in nanoseconds
	 */
	default void took(long nanos) {
	}

	/**
	 * Take back messages that were read and will not be handled, because the flow ended
	 * before their turn. A handler that has not returned may still hold the last of them.
	 * Called on the thread that stops the flow.
	 * @param messages the messages
	 */
	default void unhandled(List<ZmqMessage> messages) {
	}

}
