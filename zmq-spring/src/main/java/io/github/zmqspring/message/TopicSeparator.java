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

package io.github.zmqspring.message;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.support.BytesText;
import io.github.zmqspring.support.SocketTraits;
import org.jspecify.annotations.Nullable;

/**
 * Splits messages of one frame that hold topic and payload, such as {@code EURUSD 1.1}.
 * Messages of several frames are left alone, and so are those without the separator. To a
 * DISH the group comes apart, so its messages have a frame more here.
 */
final class TopicSeparator {

	private static final byte[] NONE = {};

	/** As many as the configuration has. */
	private static final Map<String, byte[]> SEPARATORS = new ConcurrentHashMap<>();

	private TopicSeparator() {
	}

	static byte @Nullable [] topic(SocketDefinition definition, ZmqMessage message) {
		byte[] frame = frame(definition, message);
		int position = (frame != null) ? indexOf(frame, separator(definition)) : -1;
		return (frame != null && position >= 0) ? Arrays.copyOf(frame, position) : null;
	}

	static byte @Nullable [] payload(SocketDefinition definition, ZmqMessage message) {
		byte[] frame = frame(definition, message);
		byte[] separator = separator(definition);
		int position = (frame != null) ? indexOf(frame, separator) : -1;
		return (frame != null && position >= 0) ? Arrays.copyOfRange(frame, position + separator.length, frame.length)
				: null;
	}

	private static byte @Nullable [] frame(SocketDefinition definition, ZmqMessage message) {
		int last = (definition.traits().address() == SocketTraits.Address.GROUP) ? 1 : 0;
		return (message.size() == last + 1) ? message.frame(last) : null;
	}

	private static byte[] separator(SocketDefinition definition) {
		String separator = definition.topicSeparator();
		return (separator != null) ? SEPARATORS.computeIfAbsent(separator, BytesText::parse) : NONE;
	}

	private static int indexOf(byte[] frame, byte[] separator) {
		for (int i = 0; i <= frame.length - separator.length; i++) {
			if (Arrays.equals(frame, i, i + separator.length, separator, 0, separator.length)) {
				return i;
			}
		}
		return -1;
	}

}
