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

import java.util.function.BooleanSupplier;

import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.SocketDefinition;

/**
 * Finds where the return path of a message ends and its body begins.
 * <p>
 * An empty frame is a delimiter only where a return path can be, since a body may have
 * empty frames as well: behind the routing ids that ROUTERs have put in front. Those that
 * ZeroMQ generates are recognized by their form, and so are the request ids of this
 * library. Names that peers gave themselves cannot be told from a body.
 *
 * @since 0.1.0
 */
public final class ReturnPath {

	/** A zero byte and a counter of 32 bits, which starts at a random number. */
	private static final int GENERATED_LENGTH = 5;

	/** ZeroMQ's REQ with the option req-correlate puts a frame of 4 bytes in front. */
	private static final int CORRELATION_LENGTH = 4;

	private ReturnPath() {
	}

	/**
	 * Return how many frames of a message are its return path.
	 * @param definition the socket that receives or sends the message
	 * @param frames the frames of the message
	 * @param fromRequester whether a received message comes from a REQ socket, whose path
	 * always has a delimiter; asked only where the frames do not say it
	 * @return the number of frames, or 0 if there is no return path
	 */
	public static int length(SocketDefinition definition, byte[][] frames, BooleanSupplier fromRequester) {
		return switch (definition.type()) {
			case STREAM, SERVER, PEER -> 1;
			case REP -> delimiter(frames, 1) + 1;
			case ROUTER -> Math.max(1, switch (definition.returnPath()) {
				case AUTO -> recognized(definition, frames, 1, fromRequester);
				case DELIMITER -> upToDelimiter(definition, frames, 1);
				case IDENTITY, NONE -> 1;
			});
			case DEALER -> switch (definition.returnPath()) {
				case AUTO -> recognized(definition, frames, 0, fromRequester);
				case DELIMITER -> upToDelimiter(definition, frames, 0);
				case IDENTITY, NONE -> 0;
			};
			default -> 0;
		};
	}

	/**
	 * Take everything up to and with the first empty frame that another frame follows, as
	 * RFC 28 says for REP. A header frame ends it, since no peer has such a routing id.
	 */
	private static int upToDelimiter(SocketDefinition definition, byte[][] frames, int from) {
		return (hasHeaders(definition, frames, from)) ? from : delimiter(frames, from) + 1;
	}

	private static int recognized(SocketDefinition definition, byte[][] frames, int from,
			BooleanSupplier fromRequester) {
		int end = from;
		while (end < frames.length - 1 && isGenerated(frames[end])) {
			end++;
		}
		if (hasHeaders(definition, frames, end)) {
			return end;
		}
		int delimiter = delimiter(frames, end);
		if (delimiter >= 0 && (delimiter == end || RequestId.is(frames[delimiter - 1])
				|| isCorrelation(frames, from, end, delimiter) || fromRequester.getAsBoolean())) {
			return delimiter + 1;
		}
		// a DEALER receives no routing ids unless a ROUTER has passed on a request
		return (from > 0) ? end : 0;
	}

	private static boolean isCorrelation(byte[][] frames, int from, int end, int delimiter) {
		return end > from && delimiter == end + 1 && frames[end].length == CORRELATION_LENGTH;
	}

	/** Small numbers are more likely the first frame of a body. */
	private static boolean isGenerated(byte[] frame) {
		return frame.length == GENERATED_LENGTH && frame[0] == 0 && (frame[1] != 0 || frame[2] != 0);
	}

	private static boolean hasHeaders(SocketDefinition definition, byte[][] frames, int from) {
		return definition.envelope() == Envelope.HEADERS && from < frames.length && HeaderFrame.is(frames[from]);
	}

	/** Return the first empty frame that another one follows, or -1. */
	private static int delimiter(byte[][] frames, int from) {
		for (int i = from; i < frames.length - 1; i++) {
			if (frames[i].length == 0) {
				return i;
			}
		}
		return -1;
	}

}
