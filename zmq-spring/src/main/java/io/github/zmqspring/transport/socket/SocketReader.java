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

package io.github.zmqspring.transport.socket;

import java.util.List;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.wire.FrameReader;
import org.jspecify.annotations.Nullable;

/**
 * Who reads a socket's messages: one {@link Reader}, or several that share it. All
 * methods are called with the socket's lock held.
 */
sealed interface SocketReader permits Reader, SharedReader {

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
	 * Whether what reads is busy and looks at the socket again by itself.
	 */
	boolean comesBack();

	/**
	 * There is input: wakes one reader.
	 * @return whether one was woken
	 */
	boolean wake();

	/**
	 * A lane reads.
	 * @param lanes the lane's group
	 * @param reader the socket
	 * @param into takes the messages
	 * @param most how many it takes at most
	 */
	void readFor(LaneGroup lanes, FrameReader reader, List<ZmqMessage> into, int most);

	/**
	 * The poller reads.
	 * @param reader the socket
	 * @param into takes the messages
	 * @param most how many it takes at most
	 * @return who handles them on the poller's thread, without the lock
	 */
	@Nullable InlineReader readInline(FrameReader reader, List<ZmqMessage> into, int most);

	/**
	 * The socket is closed: no reader may come back.
	 */
	void closed();

}
