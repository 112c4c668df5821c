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

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRemoteException;
import org.jspecify.annotations.Nullable;

/**
 * The reply of a listener whose handler failed: two frames, an empty one and a JSON
 * object in the manner of RFC 9457. A strict REQ client of any language gets a reply, so
 * it stays usable; the requests of this library turn it into a
 * {@link ZmqRemoteException}. <pre>
 * frame 0: (empty)
 * frame 1: {"type":"urn:zmq:handler-error","title":"IllegalStateException","detail":"…"}
 * </pre>
 *
 * @param title the simple name of the exception
 * @param detail its message
 * @since 0.1.0
 */
public record ErrorReply(String title, String detail) {

	/**
	 * The problem type that marks an error reply.
	 */
	public static final String TYPE = "urn:zmq:handler-error";

	private static final int LONGEST = 1 << 20;

	private static final String PREFIX = "{\"type\":\"" + TYPE + "\",\"title\":\"";

	private static final String MIDDLE = "\",\"detail\":\"";

	private static final String SUFFIX = "\"}";

	/**
	 * Return the two frames.
	 * @return new frames
	 */
	public byte[][] toFrames() {
		String json = PREFIX + escape(this.title) + MIDDLE + escape(this.detail) + SUFFIX;
		return new byte[][] { new byte[0], json.getBytes(StandardCharsets.UTF_8) };
	}

	/**
	 * Recognise an error reply.
	 * @param message the body of the reply
	 * @return what it says, or {@code null} for any other reply
	 */
	public static @Nullable ErrorReply from(ZmqMessage message) {
		if (message.size() != 2 || message.frame(0).length != 0) {
			return null;
		}
		byte[] json = message.frame(1);
		if (json.length == 0 || json[0] != '{' || json.length > LONGEST) {
			return null;
		}
		Map<String, String> problem = JsonTexts.read(message.text(1));
		if (problem == null || !TYPE.equals(problem.get("type"))) {
			return null;
		}
		return new ErrorReply(problem.getOrDefault("title", "Error"), problem.getOrDefault("detail", ""));
	}

	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length() + 16);
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"' || c == '\\') {
				escaped.append('\\').append(c);
			}
			else if (c < ' ') {
				escaped.append("\\u%04x".formatted((int) c));
			}
			else {
				escaped.append(c);
			}
		}
		return escaped.toString();
	}

}
