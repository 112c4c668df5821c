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

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The frame by which a reply is matched with its request. It starts with a mark, so that
 * a router that receives it tells it from the first frame of a body.
 *
 * @since 0.1.0
 */
public final class RequestId {

	/** A routing id that starts with a zero byte is never one that a peer has chosen. */
	private static final byte[] MARK = { 0, 'z', 'r', 'q' };

	private static final int LENGTH = MARK.length + Long.BYTES;

	private RequestId() {
	}

	/**
	 * Return the frame of an id.
	 * @param id the id
	 * @return a new frame
	 */
	public static byte[] toFrame(long id) {
		return ByteBuffer.allocate(LENGTH).put(MARK).putLong(id).array();
	}

	/**
	 * Return whether a frame is such an id.
	 * @param frame the frame
	 * @return {@code true} if it has the mark
	 */
	public static boolean is(byte[] frame) {
		return frame.length == LENGTH && Arrays.equals(frame, 0, MARK.length, MARK, 0, MARK.length);
	}

	/**
	 * Return the id of a frame.
	 * @param frame a frame with the mark
	 * @return the id
	 */
	public static long of(byte[] frame) {
		return ByteBuffer.wrap(frame).getLong(MARK.length);
	}

}
