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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The newest message of each topic: the first of two or more frames. A message of a
 * single frame has no topic of its own and is not kept. Not safe for several threads.
 */
final class LastValueCache {

	private final int mostTopics;

	private final TreeMap<byte[], byte[][]> newest = new TreeMap<>(Arrays::compareUnsigned);

	LastValueCache(int mostTopics) {
		this.mostTopics = mostTopics;
	}

	/**
	 * Keep a message.
	 * @param frames the frames, not copied
	 * @return {@code false} when it has a new topic and there is no room for it
	 */
	boolean put(byte[][] frames) {
		if (frames.length == 1) {
			return true;
		}
		if (this.newest.size() == this.mostTopics && !this.newest.containsKey(frames[0])) {
			return false;
		}
		this.newest.put(frames[0], frames);
		return true;
	}

	/**
	 * Return the newest messages of all topics that start with a prefix.
	 * @param prefix the prefix; an empty one is that of all
	 * @return the messages, by topic
	 */
	List<byte[][]> matching(byte[] prefix) {
		List<byte[][]> found = new ArrayList<>();
		for (Map.Entry<byte[], byte[][]> entry : this.newest.tailMap(prefix).entrySet()) {
			byte[] topic = entry.getKey();
			if (topic.length < prefix.length || !Arrays.equals(topic, 0, prefix.length, prefix, 0, prefix.length)) {
				break;
			}
			found.add(entry.getValue());
		}
		return found;
	}

	/**
	 * Return the number of topics kept.
	 * @return the number of topics
	 */
	int size() {
		return this.newest.size();
	}

}
