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
import io.github.zmqspring.transport.wire.FrameReader;
import org.jspecify.annotations.Nullable;

/**
 * What reads a socket's messages: one {@link Reader}, or several that share it. All
 * methods are called with the socket's lock held.
 *
 * @since 0.1.0
 */
public sealed interface SocketReader permits Reader, SharedReader {

	/**
	 * Return whether the poller reads for this reader.
	 * @return {@code true} if handlers run on the poller's thread
	 */
	boolean isInline();

	/**
	 * Return whether messages may be read now.
	 * @return {@code false} while reading is held back
	 */
	boolean isAccepting();

	/**
	 * Return whether an idle lane would take a message and has not been woken for it.
	 * @return {@code true} if there is such a lane
	 */
	boolean needsWake();

	/**
	 * Return whether the reader is busy and looks at the socket again by itself.
	 * @return {@code true} if it does
	 */
	boolean comesBack();

	/**
	 * Wake one lane because there is input.
	 * @return whether one was woken
	 */
	boolean wake();

	/**
	 * Read for a lane.
	 * @param lanes the lane's group
	 * @param frames the socket
	 * @param into takes the messages
	 * @param most how many it takes at most
	 */
	void readFor(LaneGroup lanes, FrameReader frames, List<ZmqMessage> into, int most);

	/**
	 * Read on the poller's thread.
	 * @param frames the socket
	 * @param into takes the messages
	 * @param most how many it takes at most
	 * @return the reader whose handler gets them, on the poller's thread and without the
	 * lock, or {@code null} if nothing was read
	 */
	@Nullable InlineReader readInline(FrameReader frames, List<ZmqMessage> into, int most);

	/**
	 * End all readers because the socket is closed.
	 */
	void closed();

}
