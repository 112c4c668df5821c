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
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.support.LogLimiter;
import io.github.zmqspring.transport.socket.RequestPort;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Matches replies by the connection that they come over, which has one request at a time,
 * as libzmq's REQ. A request that is given up takes its connection with it: nothing else
 * tells a late reply from that of the next request. A socket with a routing id of its own
 * is an exception, since a server would send the late reply over the new connection: it
 * waits for that reply.
 */
final class ConnectionCorrelation implements Correlation {

	private static final Log logger = LogFactory.getLog(ConnectionCorrelation.class);

	private static final byte[][] DELIMITER = { {} };

	private final RequestPort port;

	/** The shortest time that a late reply is waited for. */
	private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final int PATIENCE_TIMEOUTS = 10;

	/** By the number of the server. */
	private final Map<Integer, InFlight> inFlight = new ConcurrentHashMap<>();

	/** Whether servers know a connection again by its routing id. */
	private final boolean named;

	private final LogLimiter log;

	ConnectionCorrelation(RequestPort port) {
		this.port = port;
		this.named = port.definition().options().get(SocketOption.ROUTING_ID, String.class) != null;
		this.log = new LogLimiter(logger, "Socket '%s', connections that wait".formatted(port.definition().name()));
	}

	@Override
	public byte[][] address(long id) {
		return DELIMITER;
	}

	@Override
	public void sent(PendingRequest request, int server) {
		this.inFlight.put(server, new InFlight(request, System.nanoTime()));
	}

	@Override
	public @Nullable PendingRequest match(byte[][] reply) {
		if (reply.length <= addressLength() || reply[1].length != 0) {
			return null;
		}
		int server = RequestPort.server(reply);
		InFlight before = this.inFlight.remove(server);
		this.port.release(server);
		return (before != null && !before.request.isDone()) ? before.request : null;
	}

	@Override
	public int addressLength() {
		return 2;
	}

	@Override
	public void unanswered(PendingRequest request) {
		int server = request.server();
		InFlight unanswered = this.inFlight.get(server);
		if (unanswered == null || unanswered.request != request) {
			return;
		}
		if (!this.named) {
			drop(server, unanswered);
			return;
		}
		this.log.warn(("Socket '%s' got no reply in time. Its connection is not used until the reply is there,"
				+ " since the socket has a routing-id, by which the server would send it over a new connection too")
			.formatted(this.port.definition().name()), null);
	}

	private void drop(int server, InFlight unanswered) {
		if (this.inFlight.remove(server, unanswered)) {
			this.port.drop(server);
		}
	}

	/** The reply of a cancelled request has as much time as it would have had. */
	@Override
	public void tick(long now) {
		this.inFlight.forEach((server, sent) -> {
			if ((this.named) ? sent.isForgotten(now) : sent.request.isDone() && now - sent.request.deadline() >= 0) {
				drop(server, sent);
			}
		});
	}

	/** Log what was left out of the log so far. */
	@Override
	public void close() {
		this.log.flush();
	}

	@Override
	public boolean isIdle() {
		return this.inFlight.isEmpty();
	}

	/** A request that waits for its reply, or did. */
	private record InFlight(PendingRequest request, long sentAt) {

		boolean isForgotten(long now) {
			long timeoutNanos = Math.min(this.request.timeout().toNanos(), Long.MAX_VALUE / PATIENCE_TIMEOUTS);
			return now - this.sentAt > Math.max(PATIENCE_NANOS, PATIENCE_TIMEOUTS * timeoutNanos);
		}

	}

}
