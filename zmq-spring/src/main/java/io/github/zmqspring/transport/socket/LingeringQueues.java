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

package io.github.zmqspring.transport.socket;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.support.SocketTraits;
import io.github.zmqspring.transport.jeromq.QueueTakeBack;
import io.github.zmqspring.transport.jeromq.SocketPipe;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

/**
 * Gives peers up in such an order that they get what waits for them within the option
 * {@code linger}, and tells what waits.
 */
final class LingeringQueues {

	/** For sockets of which JeroMQ would wait for ever. */
	private static final Duration LONGEST_LINGER = Duration.ofSeconds(30);

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private final ManagedSocket socket;

	private final SocketCore core;

	private final boolean receives;

	/**
	 * Whether what is not sent counts: queues of subscribers hold subscriptions, and with
	 * conflate most messages are replaced.
	 */
	private final boolean counts;

	private final boolean publishes;

	LingeringQueues(ManagedSocket socket, SocketCore core) {
		SocketTraits traits = core.definition().traits();
		this.socket = socket;
		this.core = core;
		this.receives = traits.receives();
		this.publishes = traits.publishes();
		this.counts = traits.sends() && !traits.subscribes()
				&& !core.definition().options().isOn(SocketOption.CONFLATE);
	}

	/** As {@link ManagedSocket#unbind}. */
	@Nullable Lingering unbind(String endpoint) {
		if (this.receives) {
			// what peers sent stays readable only if JeroMQ ends the connections
			awaitFetched(this.socket.call((zmq) -> accepted(zmq, endpoint)));
		}
		return this.socket.call((zmq) -> {
			List<SocketPipe> accepted = accepted(zmq, endpoint);
			if (!this.receives) {
				accepted.forEach(SocketPipe::end);
			}
			return (zmq.unbind(endpoint)) ? Optional.of(lingering(false, accepted)) : Optional.<Lingering>empty();
		}).orElse(null);
	}

	private static List<SocketPipe> accepted(ZMQ.Socket socket, String endpoint) {
		// process the peers that have come
		socket.getEvents();
		return SocketPipe.acceptedAt(socket.base(), endpoint);
	}

	private void awaitFetched(List<SocketPipe> pipes) {
		List<BooleanSupplier> checks = pipes.stream().map(SocketPipe::fetched).toList();
		long deadline = System.nanoTime() + linger().toNanos();
		while (this.core.isOpen() && System.nanoTime() - deadline < 0
				&& !checks.stream().allMatch(BooleanSupplier::getAsBoolean)) {
			LockSupport.parkNanos(LOOK_NANOS);
		}
	}

	/**
	 * As {@link ManagedSocket#disconnect}.
	 * @param keepUnread takes what was received, which JeroMQ would drop
	 */
	@Nullable Lingering disconnect(String endpoint, Runnable keepUnread) {
		return this.socket.call((zmq) -> {
			zmq.getEvents();
			List<SocketPipe> before = SocketPipe.remote(zmq.base()).stream().filter(SocketPipe::isActive).toList();
			before(zmq, endpoint, keepUnread);
			return (zmq.disconnect(endpoint))
					? Optional
						.of(lingering(false, before.stream().filter(Predicate.not(SocketPipe::isActive)).toList()))
					: Optional.<Lingering>empty();
		}).orElse(null);
	}

	private static void before(ZMQ.Socket socket, String endpoint, Runnable keepUnread) {
		keepUnread.run();
		if (QueueTakeBack.isAvailable()) {
			// JeroMQ leaves that to the session where it connects before there is a queue
			QueueTakeBack.end(socket.base(), endpoint);
		}
	}

	/** As {@link ManagedSocket#abandon}. */
	@Nullable Lingering abandon(SocketPipe queue) {
		return (this.counts && !this.publishes)
				? new Lingering(this.core.base(), false, List.of(queue), true, Duration.ZERO) : null;
	}

	/** The socket is about to be closed. Called with its lock held. */
	Lingering closing() {
		this.core.events();
		return lingering(true, SocketPipe.remote(this.core.base()));
	}

	private Lingering lingering(boolean wholeSocket, List<SocketPipe> pipes) {
		return new Lingering(this.core.base(), wholeSocket, pipes, this.counts, linger());
	}

	private Duration linger() {
		int millis = this.core.base().getSocketOpt(zmq.ZMQ.ZMQ_LINGER);
		return (millis >= 0) ? Duration.ofMillis(millis) : LONGEST_LINGER;
	}

}
