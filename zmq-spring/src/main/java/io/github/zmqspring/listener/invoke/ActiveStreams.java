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

package io.github.zmqspring.listener.invoke;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.CancelRequest;

/**
 * The streams that a listener is sending, by the return path of their requests, so that a
 * peer can cancel its own. May be used by any thread.
 */
final class ActiveStreams {

	private final boolean replies;

	private final Map<List<ByteBuffer>, Runnable> streams = new ConcurrentHashMap<>();

	ActiveStreams(SocketDefinition definition) {
		this.replies = definition.routes() && definition.replies();
	}

	/** Add a stream that answers a message from now on. */
	void begin(ZmqMessage request, Runnable cancel) {
		if (this.replies) {
			this.streams.put(path(request), cancel);
		}
	}

	void ended(ZmqMessage request) {
		if (!this.streams.isEmpty()) {
			this.streams.remove(path(request));
		}
	}

	/**
	 * Cancel a stream if that is what a message says. The stream may be over.
	 * @return whether it is such a message, which no method must get
	 */
	boolean isCancelledBy(ZmqMessage message) {
		if (!this.replies || !CancelRequest.is(message)) {
			return false;
		}
		Runnable cancel = this.streams.remove(path(message));
		if (cancel != null) {
			cancel.run();
		}
		return true;
	}

	private static List<ByteBuffer> path(ZmqMessage message) {
		return Arrays.stream(message.returnPath()).map(ByteBuffer::wrap).toList();
	}

}
