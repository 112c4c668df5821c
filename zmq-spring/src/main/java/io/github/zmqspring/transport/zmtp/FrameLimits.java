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
import zmq.io.mechanism.Mechanisms;

/**
 * How much of what a peer sends is taken. Asked with each header, before memory is
 * reserved for its body.
 *
 * @param maxMessageSize the longest message in bytes, all of its frames together;
 * negative for no limit but that of an array
 * @param maxCommandSize the longest command, and the longest frame of a handshake, in
 * bytes; negative for no limit
 * @param maxFrames the most frames of a message
 * @param overhead by how many bytes the security mechanism makes a frame longer
 * @param skips whether a message that is too long is thrown away as it comes, and the
 * connection lives on; only where the borders of messages can be seen
 * @since 0.1.0
 */
public record FrameLimits(long maxMessageSize, long maxCommandSize, int maxFrames, int overhead, boolean skips) {

	/**
	 * The default of the longest command: far over what any mechanism or socket sends.
	 */
	public static final int MAX_COMMAND_SIZE = 8 * 1024;

	/** The default of the most frames of a message. */
	public static final int MAX_FRAMES = 65_536;

	/** The longest array that every JVM makes. */
	private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

	/** Name, nonce, flags and authentication of a message of CURVE. */
	private static final int CURVE_OVERHEAD = 33;

	/**
	 * How much of a message that is too long is thrown away before the connection ends.
	 */
	private static final long MOST_SKIPPED = 256L * 1024 * 1024;

	/**
	 * Create limits of single frames.
	 * @param maxFrameSize the longest frame in bytes; negative for no limit
	 * @param maxCommandSize the longest command in bytes; negative for no limit
	 */
	public FrameLimits(long maxFrameSize, long maxCommandSize) {
		this(maxFrameSize, maxCommandSize, Integer.MAX_VALUE, 0, false);
	}

	/**
	 * Return the limits of a socket.
	 * @param options its options
	 * @param maxCommandSize the longest command in bytes
	 * @param maxFrames the most frames of a message
	 * @return the limits
	 */
	public static FrameLimits of(Options options, long maxCommandSize, int maxFrames) {
		boolean encrypts = options.mechanism == Mechanisms.CURVE;
		return new FrameLimits(options.maxMsgSize, maxCommandSize, maxFrames, (encrypts) ? CURVE_OVERHEAD : 0,
				!encrypts);
	}

	/**
	 * Check a frame that is not part of a message.
	 * @param size its size in bytes
	 * @throws FrameException if it must not be taken
	 */
	void checkCommand(long size) {
		if ((this.maxCommandSize >= 0 && size > this.maxCommandSize) || size > LONGEST_ARRAY) {
			throw new FrameException(
					"a command of %d bytes is longer than the limit of %d: raise options.max-command-size if such commands are expected"
						.formatted(size, (this.maxCommandSize >= 0) ? this.maxCommandSize : LONGEST_ARRAY),
					true);
		}
	}

	/**
	 * Check how many frames a message has.
	 * @param frames how many have begun
	 * @throws FrameException if there are too many
	 */
	public void checkFrames(int frames) {
		if (frames > this.maxFrames) {
			throw new FrameException(
					"a message of more than %d frames: raise options.max-frames if such messages are expected"
						.formatted(this.maxFrames),
					true);
		}
	}

	/**
	 * Return whether a message is too long.
	 * @param bytes how long it is so far, as it came over the wire
	 * @return whether it must not be taken
	 */
	boolean isExceededBy(long bytes) {
		return bytes - this.overhead > maxSize();
	}

	/**
	 * Check the size of a message whose frames were encrypted.
	 * @param bytes how long it is so far
	 * @param more whether there are more frames
	 * @throws FrameException if it is too long
	 */
	public void checkMessage(long bytes, boolean more) {
		if (bytes > maxSize()) {
			throw new FrameException(describe(bytes, more), true);
		}
	}

	/** Return whether a message that is too long may be thrown away as it comes. */
	boolean maySkip(long bytes) {
		return this.skips && bytes <= Math.max(MOST_SKIPPED, 4 * maxSize());
	}

	String describe(long bytes, boolean more) {
		return "a message of %s%d bytes is longer than the limit of %d: raise options.max-message-size if such messages are expected"
			.formatted((more) ? "at least " : "", bytes, maxSize());
	}

	private long maxSize() {
		return (this.maxMessageSize >= 0) ? Math.min(this.maxMessageSize, LONGEST_ARRAY) : LONGEST_ARRAY;
	}

}
