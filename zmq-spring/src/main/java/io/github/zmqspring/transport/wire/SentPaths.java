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

package io.github.zmqspring.transport.wire;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.zmqspring.message.RequestId;

/**
 * Remembers the return paths that a DEALER has put in front of its messages, so that they
 * are recognized in the replies. Called with the socket's lock held.
 *
 * @since 0.1.0
 */
public final class SentPaths {

	/** Older ones are forgotten; they are a few bytes each. */
	private static final int MOST = 1024;

	private static final int MOST_FRAMES = 4;

	private static final int MOST_BYTES = 256;

	private final Map<ByteBuffer, Boolean> paths = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
			return size() > MOST;
		}

	};

	void sent(byte[][] frames) {
		int delimiter = delimiter(frames);
		// the ids of requests are recognized by their form
		if (delimiter > 0 && !RequestId.is(frames[delimiter - 1])) {
			ByteBuffer path = path(frames, delimiter);
			if (path.remaining() <= MOST_BYTES) {
				this.paths.put(path, true);
			}
		}
	}

	/** Return how many frames of a received message are such a path, or 0. */
	int length(byte[][] frames) {
		if (this.paths.isEmpty()) {
			return 0;
		}
		int delimiter = delimiter(frames);
		return (delimiter > 0 && this.paths.containsKey(path(frames, delimiter))) ? delimiter + 1 : 0;
	}

	private static int delimiter(byte[][] frames) {
		for (int i = 0; i < frames.length - 1 && i <= MOST_FRAMES; i++) {
			if (frames[i].length == 0) {
				return i;
			}
		}
		return -1;
	}

	private static ByteBuffer path(byte[][] frames, int delimiter) {
		int length = 0;
		for (int i = 0; i < delimiter; i++) {
			length += Integer.BYTES + frames[i].length;
		}
		ByteBuffer path = ByteBuffer.allocate(length);
		for (int i = 0; i < delimiter; i++) {
			path.putInt(frames[i].length).put(frames[i]);
		}
		return path.flip();
	}

}
