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

import java.util.Map;

import io.github.zmqspring.message.RequestId;
import io.github.zmqspring.transport.socket.TakeBacks;

/**
 * Requests that waited for a server that goes, and have not left: another server gets
 * them, without using up a retry.
 */
final class TakenBackRequests implements TakeBacks.Requests {

	private final Map<Long, PendingRequest> pending;

	private final RequestQueue unsent;

	private final boolean exclusive;

	TakenBackRequests(Map<Long, PendingRequest> pending, RequestQueue unsent, boolean exclusive) {
		this.pending = pending;
		this.unsent = unsent;
		this.exclusive = exclusive;
	}

	@Override
	public boolean takeBack(byte[][] frames) {
		if (this.exclusive || !RequestId.is(frames[0])) {
			// the only request of a connection fails by its timeout, and is made again
			return this.exclusive;
		}
		PendingRequest request = this.pending.get(RequestId.of(frames[0]));
		if (request != null && request.takenBack()) {
			this.unsent.send(request, RequestQueue.ANY);
		}
		// else it has ended, or is repeated already
		return true;
	}

	@Override
	public boolean awaits(int server) {
		return this.pending.values().stream().anyMatch((request) -> request.isSent() && request.server() == server);
	}

}
