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

package io.github.zmqspring.proxy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.support.SlowPeers;
import io.github.zmqspring.transport.socket.ManagedSocket;

/**
 * Sends to a socket as messages are. Where any peer will do, it waits for one without
 * limit. Where a message is for one peer (ROUTER), that would hold up all others: a peer
 * that has not read for the socket's send timeout is not waited for again, and what it
 * has no room for is lost, until it has had room for all messages for a minute.
 */
final class SocketOutlet implements Outlet {

	static final Duration PEER_PATIENCE = Duration.ofSeconds(1);

	private static final long FOR_EVER = TimeUnit.DAYS.toNanos(365);

	private static final Duration PROBATION = Duration.ofMinutes(1);

	private final ManagedSocket target;

	private final boolean routes;

	private final long patience;

	private final SlowPeers slow = new SlowPeers(PROBATION);

	SocketOutlet(ManagedSocket target) {
		this.target = target;
		this.routes = target.definition().routes();
		this.patience = target.definition().options().duration(SocketOption.SEND_TIMEOUT, PEER_PATIENCE).toNanos();
	}

	@Override
	public SendResult send(ZmqMessage message) {
		byte[][] frames = message.raw();
		return (this.routes) ? sendToPeer(frames) : this.target.send(frames, FOR_EVER);
	}

	private SendResult sendToPeer(byte[][] frames) {
		return this.slow.send(frames[0], this.patience, (nanos) -> this.target.send(frames, nanos),
				(result) -> result == SendResult.TIMED_OUT, (result) -> result == SendResult.ACCEPTED);
	}

	@Override
	public void pass(BooleanSupplier ending) {
		if (!this.target.awaitWritable(ending)) {
			Outlet.parkUntil(ending);
		}
	}

	@Override
	public void release() {
		this.target.wakeSenders();
	}

}
