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

package io.github.zmqspring.transport.zmtp;

import zmq.Options;

/**
 * How much of what a peer sends is taken. Asked with each header, before memory is
 * reserved for its body.
 *
 * @param maxFrameSize the longest frame in bytes; negative for no limit
 * @param maxCommandSize the longest command in bytes
 * @since 0.1.0
 */
public record FrameLimits(long maxFrameSize, long maxCommandSize) {

	/** Far over what any mechanism or socket type of ZMTP sends. */
	private static final long MAX_COMMAND = 64 * 1024;

	public static FrameLimits of(Options options) {
		return new FrameLimits(options.maxMsgSize, MAX_COMMAND);
	}

	/**
	 * Check the header of a frame.
	 * @throws FrameException if the frame must not be taken
	 */
	public void check(long size, boolean command) {
		long most = (command) ? this.maxCommandSize : this.maxFrameSize;
		if ((most >= 0 && size > most) || size > Integer.MAX_VALUE) {
			throw new FrameException("%s of %d bytes is longer than the limit of %d".formatted(
					(command) ? "a command" : "a frame", size, (most >= 0) ? most : Integer.MAX_VALUE), !command);
		}
	}

}
