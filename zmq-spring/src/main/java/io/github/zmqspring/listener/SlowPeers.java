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

package io.github.zmqspring.listener;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.zmqspring.core.SendResult;

/**
 * Peers that asked and do not read: the first reply that such a peer does not take in
 * time costs its lane that time, each further one nothing, until the peer takes one.
 */
final class SlowPeers {

	/** Each is an identity of a few bytes; beyond this they may cost their time again. */
	private static final int MOST = 1024;

	private final Set<ByteBuffer> peers = ConcurrentHashMap.newKeySet();

	SendResult reply(byte[] routingId, Duration timeout, Function<Duration, SendResult> send) {
		ByteBuffer peer = ByteBuffer.wrap(routingId);
		boolean known = !this.peers.isEmpty() && this.peers.contains(peer);
		SendResult result = send.apply((known) ? Duration.ZERO : timeout);
		if (known && result != SendResult.TIMED_OUT) {
			this.peers.remove(peer);
		}
		else if (!known && result == SendResult.TIMED_OUT) {
			if (this.peers.size() >= MOST) {
				this.peers.clear();
			}
			this.peers.add(peer);
		}
		return result;
	}

}
