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

/**
 * Finds the end of the return path of a message.
 *
 * @since 0.1.0
 */
public final class ReturnPath {

	private ReturnPath() {
	}

	/**
	 * Return the path goes up to and with the first empty frame that something follows
	 * (RFC 28).
	 * @param frames the frames of a message
	 * @param from the frame to begin with
	 * @return how many frames the path has, or 0 if there is no such frame
	 */
	public static int length(byte[][] frames, int from) {
		for (int i = from; i < frames.length - 1; i++) {
			if (frames[i].length == 0) {
				return i + 1;
			}
		}
		return 0;
	}

	/**
	 * As {@link #length}, where messages may have a header frame: it ends the path, since
	 * no peer has such a routing id.
	 * @param frames the frames of a message
	 * @param from the frame to begin with
	 * @return how many frames the path has
	 */
	public static int lengthBeforeHeaders(byte[][] frames, int from) {
		return (from < frames.length && HeaderFrame.is(frames[from])) ? from : length(frames, from);
	}

}
