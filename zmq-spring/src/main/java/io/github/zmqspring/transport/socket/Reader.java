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
import io.github.zmqspring.transport.wire.TopicFilter;

/**
 * One reader of a socket: lanes that drain it themselves, or a handler that the poller
 * calls.
 */
sealed interface Reader extends SocketReader, MessageFlow permits LaneGroup, InlineReader {

	/**
	 * What it wants of a SUB socket.
	 */
	TopicFilter topics();

	/**
	 * Nothing has come for a while. Called by the poller without the socket's lock.
	 */
	void idle(Runnable action);

	/**
	 * When something was last read or handled, or reading began.
	 */
	long lastActivity();

	/**
	 * Whether the flow was stopped.
	 */
	boolean isEnded();

	/** Reads what it wants, and throws the rest away. */
	default int read(FrameReader reader, List<ZmqMessage> into, int most) {
		int count = 0;
		while (count < most) {
			ZmqMessage message = reader.read();
			if (message == null) {
				break;
			}
			if (topics().matches(message)) {
				into.add(message);
				count++;
			}
		}
		return count;
	}

}
