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

package io.github.zmqspring.transport;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;

/**
 * What went through a socket, over all its restarts. Written under the socket's lock,
 * read by anybody.
 */
final class SocketCounters {

	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong sentBytes = new AtomicLong();

	private final AtomicLong received = new AtomicLong();

	private final AtomicLong receivedBytes = new AtomicLong();

	private final AtomicLong rejected = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicLong waitedNanos = new AtomicLong();

	private volatile @Nullable Failure lastError;

	void sent(byte[][] frames) {
		long bytes = 0;
		for (byte[] frame : frames) {
			bytes += frame.length;
		}
		add(this.sent, 1);
		add(this.sentBytes, bytes);
	}

	void received(ZmqMessage message) {
		add(this.received, 1);
		add(this.receivedBytes, message.bytes());
	}

	/** Not under the lock: a sender that got no lock in time is rejected too. */
	void rejected() {
		this.rejected.incrementAndGet();
	}

	void dropped() {
		this.dropped.incrementAndGet();
	}

	/** One writer at a time, so a release store does and costs no fence. */
	private static void add(AtomicLong counter, long count) {
		counter.lazySet(counter.getPlain() + count);
	}

	void failed(String error) {
		this.lastError = new Failure(error, Instant.now());
	}

	/** A sender has waited for room, or for the lock. */
	void waited(long nanos) {
		this.waitedNanos.addAndGet(nanos);
	}

	long sent() {
		return this.sent.get();
	}

	long sentBytes() {
		return this.sentBytes.get();
	}

	long received() {
		return this.received.get();
	}

	long receivedBytes() {
		return this.receivedBytes.get();
	}

	long rejections() {
		return this.rejected.get();
	}

	long drops() {
		return this.dropped.get();
	}

	long waitedNanos() {
		return this.waitedNanos.get();
	}

	@Nullable String lastError() {
		Failure last = this.lastError;
		return (last != null) ? last.error() : null;
	}

	@Nullable Instant lastErrorAt() {
		Failure last = this.lastError;
		return (last != null) ? last.at() : null;
	}

	/**
	 * What went wrong, and when.
	 *
	 * @param error what
	 * @param at when
	 */
	record Failure(String error, Instant at) {

	}

}
