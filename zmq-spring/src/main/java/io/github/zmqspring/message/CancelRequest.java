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
import java.util.Arrays;

import io.github.zmqspring.core.ZmqMessage;

/**
 * What a client sends when it wants no more of a stream: a message of one frame, with the
 * return path of the request. <pre>
 * frame 0: {"type":"urn:zmq:cancel"}
 * </pre>
 *
 * @since 0.1.0
 */
public final class CancelRequest {

	private static final byte[] FRAME = "{\"type\":\"urn:zmq:cancel\"}".getBytes(StandardCharsets.US_ASCII);

	private CancelRequest() {
	}

	/**
	 * Return the frame.
	 * @return a new array
	 */
	public static byte[] toFrame() {
		return FRAME.clone();
	}

	/**
	 * Recognise such a message.
	 * @param message the message
	 * @return {@code false} for any other
	 */
	public static boolean is(ZmqMessage message) {
		return message.size() == 1 && Arrays.equals(message.frame(0), FRAME);
	}

}
