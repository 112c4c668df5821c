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

import java.util.Arrays;
import java.util.List;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.support.BytesText;

/**
 * Selects the messages of a SUB socket that belong to one of its readers: as ZeroMQ does,
 * by prefixes of the first frame.
 *
 * @since 0.1.0
 */
public final class TopicFilter {

	private static final TopicFilter ALL = new TopicFilter(List.of());

	private final byte[][] prefixes;

	private TopicFilter(List<String> topics) {
		this.prefixes = topics.stream().map(BytesText::parse).toArray(byte[][]::new);
	}

	public static TopicFilter of(List<String> topics) {
		return (topics.isEmpty() || topics.stream().map(BytesText::normalize).anyMatch(String::isEmpty)) ? ALL
				: new TopicFilter(topics);
	}

	public boolean matches(ZmqMessage message) {
		if (this == ALL) {
			return true;
		}
		byte[] first = message.frame(0);
		for (byte[] prefix : this.prefixes) {
			if (first.length >= prefix.length && Arrays.equals(first, 0, prefix.length, prefix, 0, prefix.length)) {
				return true;
			}
		}
		return false;
	}

}
