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

package io.github.zmqspring.listener;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqMessage;

import org.springframework.util.StringUtils;

/**
 * A message that a listener or proxy could not handle, as it arrives at the dead-letter
 * socket: a frame that says why, and the frames of the message.
 *
 * @param reason why: a {@link ZmqListenerException.Reason}, or {@code FAILED} for a proxy
 * @param source the id of the listener, or the name of the proxy
 * @param attempts how many times the method was called; 0 if it was not
 * @param message the message with all its frames, a return path included
 * @since 0.1.0
 */
public record ZmqDeadLetter(String reason, String source, int attempts, ZmqMessage message) {

	/**
	 * Read a dead letter.
	 * @param message a message from a dead-letter socket
	 * @return the dead letter
	 * @throws ZmqConversionException if the message is none
	 */
	public static ZmqDeadLetter of(ZmqMessage message) {
		byte[][] frames = message.frames().toArray(byte[][]::new);
		if (frames.length < 2) {
			throw new ZmqConversionException("a message of %d frame is no dead letter".formatted(frames.length));
		}
		Map<String, String> fields = fields(new String(frames[0], StandardCharsets.UTF_8));
		String reason = fields.get("reason");
		String source = fields.getOrDefault("listener", fields.get("proxy"));
		if (reason == null || source == null) {
			throw new ZmqConversionException("its first frame does not say why it is a dead letter");
		}
		return new ZmqDeadLetter(reason, source, attempts(fields.getOrDefault("attempts", "0")),
				ZmqMessage.ofRaw(Arrays.copyOfRange(frames, 1, frames.length), 0));
	}

	private static Map<String, String> fields(String header) {
		Map<String, String> fields = new LinkedHashMap<>();
		for (String field : StringUtils.tokenizeToStringArray(header, ";")) {
			int equals = field.indexOf('=');
			if (equals > 0) {
				fields.put(field.substring(0, equals), field.substring(equals + 1));
			}
		}
		return fields;
	}

	private static int attempts(String text) {
		try {
			return Integer.parseInt(text);
		}
		catch (NumberFormatException ex) {
			throw new ZmqConversionException("its number of attempts is no number");
		}
	}

}
