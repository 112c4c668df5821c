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

package io.github.zmqspring.core.status;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * What a socket is doing, at one moment.
 *
 * @param name the logical name
 * @param type the type
 * @param state the state
 * @param bound the endpoints really bound, with their ports
 * @param connected the endpoints it connects to, reachable or not
 * @param pending endpoints whose host does not resolve yet
 * @param peers how many peers are connected
 * @param requiredPeers how many peers there should be
 * @param sent messages that ZeroMQ accepted
 * @param sentBytes bytes of these
 * @param received messages read
 * @param receivedBytes bytes of these
 * @param rejected sends that were refused: timeouts and unreachable peers
 * @param dropped messages received and thrown away because they could not be used
 * @param lost messages that ZeroMQ accepted and could not send before their socket or
 * endpoint was given up, or before their peer left
 * @param missed numbered messages that the publisher sent and that never came
 * @param recovered numbered messages that were missing and were fetched
 * @param duplicates numbered messages that came twice, and were dropped the second time
 * @param waitingSenders threads that wait for a peer to take their message
 * @param cachedTopics topics that the last value cache keeps the newest message of
 * @param lastError the last error, if there was one
 * @since 0.1.0
 */
public record SocketStatus(String name, SocketType type, State state, List<String> bound, List<String> connected,
		List<String> pending, int peers, int requiredPeers, long sent, long sentBytes, long received,
		long receivedBytes, long rejected, long dropped, long lost, long missed, long recovered, long duplicates,
		int waitingSenders, int cachedTopics, @Nullable String lastError) {

	/**
	 * The states of a socket.
	 */
	public enum State {

		/** Not open yet, or stopped. */
		NEW,

		/** Open. */
		OPEN,

		/** Being closed. */
		CLOSING,

		/** Closed for good. */
		CLOSED

	}

}
