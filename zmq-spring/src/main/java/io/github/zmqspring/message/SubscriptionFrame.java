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

/**
 * The frame with which a subscription travels from an XSUB to an XPUB: a byte that says
 * whether it begins or ends, and the topic.
 *
 * @since 0.1.0
 */
public final class SubscriptionFrame {

	private SubscriptionFrame() {
	}

	/**
	 * Return whether a message is a subscription or the end of one.
	 * @param frames the frames of the message
	 * @return {@code false} for a message that an XSUB sends to publishers
	 */
	public static boolean is(byte[][] frames) {
		return frames.length == 1 && frames[0].length > 0 && (frames[0][0] == 0 || frames[0][0] == 1);
	}

	/**
	 * Return whether a subscription begins.
	 * @param frame the frame of a subscription
	 * @return {@code false} if it ends
	 */
	public static boolean begins(byte[] frame) {
		return frame[0] == 1;
	}

	/**
	 * Return the topic of a subscription.
	 * @param frame the frame of a subscription
	 * @return the topic
	 */
	public static byte[] topic(byte[] frame) {
		return Arrays.copyOfRange(frame, 1, frame.length);
	}

	/**
	 * Make the frame of a subscription.
	 * @param begins whether it begins
	 * @param topic the topic
	 * @return the frame
	 */
	public static byte[] of(boolean begins, byte[] topic) {
		byte[] frame = new byte[topic.length + 1];
		frame[0] = (byte) ((begins) ? 1 : 0);
		System.arraycopy(topic, 0, frame, 1, topic.length);
		return frame;
	}

}
