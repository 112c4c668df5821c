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

package io.github.zmqspring.transport.limit;

import io.github.zmqspring.transport.zmtp.FrameLimits;
import zmq.Options;

/**
 * What the peers of one socket may send, beyond JeroMQ's own limit of the size.
 *
 * @param maxFrames the most frames of a message
 * @param maxCommandSize the longest command in bytes
 * @param maxTopicSize the longest topic that a peer may subscribe to, in bytes
 * @param maxSubscriptions how many topics one peer may subscribe to
 * @since 0.1.0
 */
public record IncomingLimits(int maxFrames, long maxCommandSize, int maxTopicSize, int maxSubscriptions) {

	/**
	 * The default of the longest topic: JeroMQ walks its tables with a call for each
	 * byte, on threads with little stack as well.
	 */
	public static final int MAX_TOPIC_SIZE = 1024;

	/** The default of how many topics a peer may subscribe to. */
	public static final int MAX_SUBSCRIPTIONS = 100_000;

	/** The defaults. */
	public static final IncomingLimits DEFAULT = new IncomingLimits(FrameLimits.MAX_FRAMES,
			FrameLimits.MAX_COMMAND_SIZE, MAX_TOPIC_SIZE, MAX_SUBSCRIPTIONS);

	public FrameLimits frames(Options options) {
		return FrameLimits.of(options, this.maxCommandSize, this.maxFrames);
	}

}
