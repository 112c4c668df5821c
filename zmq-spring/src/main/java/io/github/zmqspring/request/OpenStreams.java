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

import java.util.Arrays;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.transport.socket.RequestPort;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The streams of a channel: looks whether their servers are still there, and tells
 * servers that a stream is not wanted any more.
 */
final class OpenStreams {

	private static final Log logger = LogFactory.getLog(OpenStreams.class);

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final RequestChannel channel;

	private final RequestPort port;

	/** Servers that could not be told yet that a stream is not wanted any more. */
	private final Queue<Cancel> untold = new ConcurrentLinkedQueue<>();

	/** When it was looked whether the servers of streams are there; by the timer. */
	private long lookedAt = System.nanoTime();

	OpenStreams(RequestChannel channel, RequestPort port) {
		this.channel = channel;
		this.port = port;
	}

	/** Return whether no server has still to be told. */
	boolean isIdle() {
		return this.untold.isEmpty();
	}

	/** Tell a server that a stream is not wanted any more, as soon as it can be told. */
	void cancelled(byte[][] frames, int server) {
		Cancel cancel = new Cancel(frames, server, System.nanoTime() + PATIENCE_NANOS);
		if (!isSettled(cancel)) {
			this.untold.add(cancel);
		}
	}

	/** Return whether a server is told, or is not there to be told. */
	private boolean isSettled(Cancel cancel) {
		try {
			return this.channel.isClosed() || cancel.server() == 0 || System.nanoTime() - cancel.deadline() > 0
					|| this.port.offerTo(cancel.server(), cancel.frames().clone(), (number) -> {
					}) != SendResult.TIMED_OUT;
		}
		catch (RuntimeException ex) {
			logger.debug(
					"The server of a stream on socket '" + this.port.definition().name() + "' was not told of its end",
					ex);
			return true;
		}
	}

	/** Called by the timer. */
	void tick(long now, Collection<PendingRequest> pending) {
		lookForServers(now, pending);
		this.untold.removeIf(this::isSettled);
	}

	private void lookForServers(long now, Collection<PendingRequest> pending) {
		if (now - this.lookedAt < LOOK_NANOS) {
			return;
		}
		this.lookedAt = now;
		int[] servers = null;
		for (PendingRequest request : pending) {
			if (!(request instanceof StreamRequest stream)) {
				continue;
			}
			if (servers == null) {
				servers = this.port.servers();
			}
			if (isOrphan(stream, servers)) {
				this.channel.orphaned(stream);
			}
		}
	}

	/** A server that is back already has forgotten its streams. */
	private static boolean isOrphan(StreamRequest stream, int[] servers) {
		int server = (stream.isSent()) ? stream.server() : 0;
		return server != 0 && (Arrays.stream(servers).noneMatch((one) -> one == server) || stream.isOrphan());
	}

	/**
	 * What tells a server that a stream is not wanted any more.
	 *
	 * @param frames the message
	 * @param server the number of the server
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 */
	private record Cancel(byte[][] frames, int server, long deadline) {
	}

}
