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

package io.github.zmqspring.transport.wire;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;

/**
 * Counts what went through a socket, over all its restarts. Most counters are written
 * under the socket's lock; any thread may read them.
 *
 * @since 0.1.0
 */
public final class SocketCounters {

	static {
		// reporting a lack of descriptors must not need one to load the class
		Objects.requireNonNull(Failure.class.getName());
	}

	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong sentBytes = new AtomicLong();

	private final AtomicLong received = new AtomicLong();

	private final AtomicLong receivedBytes = new AtomicLong();

	private final AtomicLong rejected = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicLong lost = new AtomicLong();

	private final AtomicLong missed = new AtomicLong();

	private final AtomicLong recovered = new AtomicLong();

	private final AtomicLong duplicates = new AtomicLong();

	private final AtomicLong authenticated = new AtomicLong();

	private final AtomicLong refused = new AtomicLong();

	private final AtomicLong waitedNanos = new AtomicLong();

	private volatile @Nullable Failure lastError;

	public void sent(byte[][] frames) {
		long bytes = 0;
		for (byte[] frame : frames) {
			bytes += frame.length;
		}
		add(this.sent, 1);
		add(this.sentBytes, bytes);
	}

	public void received(ZmqMessage message) {
		add(this.received, 1);
		add(this.receivedBytes, message.bytes());
	}

	/** Called without the lock too: a sender that got no lock in time is rejected. */
	public void rejected() {
		this.rejected.incrementAndGet();
	}

	/** Called on I/O threads, too: a message that is over a limit never gets further. */
	public void dropped() {
		dropped(1);
	}

	/** Add messages that were thrown away. Called on I/O threads, too. */
	public void dropped(long messages) {
		this.dropped.addAndGet(messages);
	}

	/** Add messages that were accepted and not sent. */
	public void lost(long messages) {
		this.lost.addAndGet(messages);
	}

	/** Add messages that a publisher sent and that never arrived. */
	public void missed(long messages) {
		this.missed.addAndGet(messages);
	}

	/** Add messages that came late, from a replay. */
	public void recovered(long messages) {
		this.recovered.addAndGet(messages);
	}

	/** Count a message that had come before. */
	public void duplicate() {
		this.duplicates.incrementAndGet();
	}

	/** Count an authentication. */
	public void authenticated(boolean allowed) {
		((allowed) ? this.authenticated : this.refused).incrementAndGet();
	}

	/** There is one writer at a time, so a release store is enough and costs no fence. */
	private static void add(AtomicLong counter, long count) {
		counter.lazySet(counter.getPlain() + count);
	}

	public void failed(String error) {
		this.lastError = new Failure(error, Instant.now());
	}

	/** Add the time that a sender has waited for room, or for the lock. */
	public void waited(long nanos) {
		this.waitedNanos.addAndGet(nanos);
	}

	public long sent() {
		return this.sent.get();
	}

	public long sentBytes() {
		return this.sentBytes.get();
	}

	public long received() {
		return this.received.get();
	}

	public long receivedBytes() {
		return this.receivedBytes.get();
	}

	public long rejections() {
		return this.rejected.get();
	}

	public long drops() {
		return this.dropped.get();
	}

	public long losses() {
		return this.lost.get();
	}

	public long missed() {
		return this.missed.get();
	}

	public long recovered() {
		return this.recovered.get();
	}

	public long duplicates() {
		return this.duplicates.get();
	}

	public long authentications(boolean allowed) {
		return ((allowed) ? this.authenticated : this.refused).get();
	}

	public long waitedNanos() {
		return this.waitedNanos.get();
	}

	public @Nullable String lastError() {
		Failure last = this.lastError;
		return (last != null) ? last.error() : null;
	}

	public @Nullable Instant lastErrorAt() {
		Failure last = this.lastError;
		return (last != null) ? last.at() : null;
	}

	/**
	 * The last failure.
	 *
	 * @param error what went wrong
	 * @param at when it was reported
	 */
	public record Failure(String error, Instant at) {

	}

}
