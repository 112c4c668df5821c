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

package io.github.zmqspring.support;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Remembers peers that do not read: the first message that such a peer has no room for
 * costs its sender the full time-out, each further one nothing, until the peer takes
 * messages again. All of them together hold the sender up, which has other peers to
 * serve, for one time-out and a quarter of the time at most, beside a little for each.
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class SlowPeers {

	/** Each is an identity of a few bytes; beyond this the oldest may cost time again. */
	private static final int MOST = 10_000;

	/**
	 * The part of the time-out that any peer is waited for that is not slow, and for
	 * which one that reads on, if slowly, owes nothing.
	 */
	private static final int LEAST_PART = 10;

	/** The part of the time that peers may hold senders up for ever. */
	private static final int LASTING_PART = 4;

	private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final long probationNanos;

	/** When each had no room the last time; the oldest comes first. */
	private final Map<ByteBuffer, Long> peers = new LinkedHashMap<>();

	private volatile boolean empty = true;

	/** How long peers have held senders up, less a part of the time since. */
	private long owedNanos;

	private long owedAt = System.nanoTime();

	private volatile boolean owing;

	/**
	 * Create it.
	 * @param probation for how long a peer must have taken all before it is waited for
	 * again; zero forgives it with the first message that it takes
	 */
	public SlowPeers(Duration probation) {
		this.probationNanos = probation.toNanos();
	}

	/**
	 * Send a message to a peer, waiting for it only if it is not known to be slow.
	 * @param routingId the peer
	 * @param timeoutNanos how long to wait for a peer that is not slow
	 * @param send sends within the time that it is given
	 * @param hadNoRoom whether a result says that the peer had no room in that time
	 * @param accepted whether a result says that the peer took the message
	 * @param <R> the type of the result
	 * @return what {@code send} returned
	 */
	public <R> R send(byte[] routingId, long timeoutNanos, Attempt<R> send, Predicate<R> hadNoRoom,
			Predicate<R> accepted) {
		ByteBuffer peer = ByteBuffer.wrap(routingId);
		Long since = (this.empty) ? null : since(peer);
		long start = System.nanoTime();
		long patience = (since != null) ? 0 : patience(timeoutNanos, start);
		R result = send.within(patience);
		long end = System.nanoTime();
		long owed = Math.min(end - start, patience) - ((accepted.test(result)) ? timeoutNanos / LEAST_PART : 0);
		if (owed > SHORT_NANOS) {
			owe(owed, end);
		}
		if (hadNoRoom.test(result)) {
			add(peer);
		}
		else if (since != null && !(accepted.test(result) && System.nanoTime() - since < this.probationNanos)) {
			remove(peer);
		}
		return result;
	}

	private long patience(long timeoutNanos, long now) {
		return (this.owing) ? Math.max(timeoutNanos - owed(now), timeoutNanos / LEAST_PART) : timeoutNanos;
	}

	private synchronized long owed(long now) {
		this.owedNanos = Math.max(0, this.owedNanos - (now - this.owedAt) / LASTING_PART);
		this.owedAt = now;
		this.owing = this.owedNanos > 0;
		return this.owedNanos;
	}

	private synchronized void owe(long nanos, long now) {
		this.owedNanos = owed(now) + nanos;
		this.owing = true;
	}

	private synchronized @Nullable Long since(ByteBuffer peer) {
		return this.peers.get(peer);
	}

	private synchronized void add(ByteBuffer peer) {
		this.peers.remove(peer);
		if (this.peers.size() == MOST) {
			Iterator<ByteBuffer> oldest = this.peers.keySet().iterator();
			oldest.next();
			oldest.remove();
		}
		this.peers.put(peer, System.nanoTime());
		this.empty = false;
	}

	private synchronized void remove(ByteBuffer peer) {
		this.peers.remove(peer);
		this.empty = this.peers.isEmpty();
	}

	/**
	 * Sends one message to one peer.
	 *
	 * @param <R> the type of the result
	 */
	@FunctionalInterface
	public interface Attempt<R> {

		/**
		 * Send it.
		 * @param timeoutNanos how long to wait for room; 0 does not wait
		 * @return what became of it
		 */
		R within(long timeoutNanos);

	}

}
