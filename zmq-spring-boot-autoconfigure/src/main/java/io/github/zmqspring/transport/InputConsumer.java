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

package io.github.zmqspring.transport;

import java.util.List;

import io.github.zmqspring.core.ZmqMessage;

/**
 * Who reads a socket's messages: lanes that drain it themselves, or a handler that the
 * poller calls. At most one per socket. All methods but {@link #handleInline} are called
 * with the socket's lock held.
 */
sealed interface InputConsumer permits LaneGroup, InlineInput {

	/**
	 * Whether the poller reads for this consumer.
	 */
	boolean isInline();

	/**
	 * Whether messages may be read now.
	 */
	boolean isAccepting();

	/**
	 * Whether somebody would take a message that nobody has been woken for.
	 */
	boolean needsWake();

	/**
	 * There is input: wakes one reader.
	 * @return whether one was woken
	 */
	boolean wake();

	/**
	 * The socket is closed: no reader may come back.
	 */
	void closed();

	/**
	 * Handles what the poller has read, on its thread, without the lock.
	 */
	void handleInline(List<ZmqMessage> messages);

}
