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
import java.util.concurrent.ConcurrentHashMap;

import io.github.zmqspring.transport.socket.RequestPort;
import org.jspecify.annotations.Nullable;

/**
 * Matches replies by the connection that they come over, which has one request at a time,
 * as libzmq's REQ. A request that is given up takes its connection with it: nothing else
 * tells a late reply from that of the next request.
 */
final class ConnectionCorrelation implements Correlation {

	private static final byte[][] DELIMITER = { {} };

	private final RequestPort port;

	/** By the number of the server. */
	private final Map<Integer, PendingRequest> inFlight = new ConcurrentHashMap<>();

	ConnectionCorrelation(RequestPort port) {
		this.port = port;
	}

	@Override
	public byte[][] address(long id) {
		return DELIMITER;
	}

	@Override
	public void sent(PendingRequest request, int server) {
		this.inFlight.put(server, request);
	}

	@Override
	public @Nullable PendingRequest match(byte[][] reply) {
		if (reply.length <= addressLength() || reply[1].length != 0) {
			return null;
		}
		int server = RequestPort.server(reply);
		PendingRequest request = this.inFlight.remove(server);
		this.port.release(server);
		return (request != null && !request.isDone()) ? request : null;
	}

	@Override
	public int addressLength() {
		return 2;
	}

	@Override
	public void unanswered(PendingRequest request) {
		drop(request.server(), request);
	}

	private void drop(int server, PendingRequest request) {
		if (this.inFlight.remove(server, request)) {
			this.port.drop(server);
		}
	}

	/** The reply of a cancelled request has as much time as it would have had. */
	@Override
	public void tick(long now) {
		this.inFlight.forEach((server, request) -> {
			if (request.isDone() && now - request.deadline() >= 0) {
				drop(server, request);
			}
		});
	}

	@Override
	public boolean isIdle() {
		return this.inFlight.isEmpty();
	}

}
