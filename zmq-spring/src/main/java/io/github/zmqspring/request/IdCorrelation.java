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

package io.github.zmqspring.request;

import java.util.function.LongFunction;

import io.github.zmqspring.message.RequestId;
import io.github.zmqspring.transport.socket.RequestPort;
import org.jspecify.annotations.Nullable;

/**
 * Matches replies by the id that each request carries in its return path, and that every
 * server sends back. A reply must come from a server that was asked.
 */
final class IdCorrelation implements Correlation {

	private static final byte[] DELIMITER = {};

	private final LongFunction<@Nullable PendingRequest> pending;

	/**
	 * Create it.
	 * @param pending finds a request by its id
	 */
	IdCorrelation(LongFunction<@Nullable PendingRequest> pending) {
		this.pending = pending;
	}

	@Override
	public byte[][] address(long id) {
		return new byte[][] { RequestId.toFrame(id), DELIMITER };
	}

	@Override
	public void sent(PendingRequest request, int server) {
	}

	@Override
	public @Nullable PendingRequest match(byte[][] reply) {
		if (reply.length <= addressLength() || !RequestId.is(reply[1]) || reply[2].length != 0) {
			return null;
		}
		PendingRequest request = this.pending.apply(RequestId.of(reply[1]));
		return (request != null && request.wasSentTo(RequestPort.server(reply))) ? request : null;
	}

	@Override
	public int addressLength() {
		return 3;
	}

	@Override
	public void unanswered(PendingRequest request) {
	}

}
