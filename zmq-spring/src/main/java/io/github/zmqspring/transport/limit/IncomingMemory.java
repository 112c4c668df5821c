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

package io.github.zmqspring.transport.limit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqspring.core.status.IncomingMemoryStatus;
import org.jspecify.annotations.Nullable;

/**
 * The memory for the incoming messages of one context, from their first byte until a
 * socket has read them. When it is used up, connections are not read: TCP holds their
 * peers back, and nothing is lost that was accepted.
 * <p>
 * A connection that holds much is not read once half of the memory is taken; the other
 * half is for those that hold little, and a last part beyond is shared by all, so that
 * queues that are not read do not stop the other connections. Since incomplete messages
 * could use up all of it for ever, one connection at a time may finish its message
 * however much the others hold.
 * <p>
 * Safe for several I/O threads; asked once a read, not once a message.
 *
 * @since 0.1.0
 */
public final class IncomingMemory {

	/** How many bytes a message takes beside its body. */
	static final int OVERHEAD = 128;

	/** An allowance without a limit, to finish a message. */
	static final long ALL = Long.MAX_VALUE / 4;

	/** What any connection may hold, whatever the others do. */
	private static final long LEAST_SHARE = 4 * 1024;

	private static final int SMALL_PART = 16;

	private static final int LAST_PART = 8;

	private static final int LARGE_MESSAGE = 4;

	private final long limit;

	private final long half;

	private final long small;

	private final long last;

	private final AtomicLong used = new AtomicLong();

	/** The part of it that sockets may read. */
	private final AtomicLong complete = new AtomicLong();

	/** The part of it that is a large message allowed to finish. */
	private final AtomicLong beyond = new AtomicLong();

	private final AtomicLong peak = new AtomicLong();

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	private final List<IncomingLedgers> threads = new CopyOnWriteArrayList<>();

	/** The connection that may finish its message; guarded by this. */
	private @Nullable IncomingLedger favoured;

	public IncomingMemory(long limit) {
		this.limit = limit;
		this.half = limit / 2;
		this.small = limit / SMALL_PART;
		this.last = limit + limit / LAST_PART;
	}

	public long limit() {
		return this.limit;
	}

	public long used() {
		return this.used.get();
	}

	/** Return the most that was taken so far. */
	public long peak() {
		return this.peak.get();
	}

	public void add(IncomingLedgers thread) {
		this.threads.add(thread);
	}

	public void opened() {
		this.connections.incrementAndGet();
	}

	public void closed() {
		this.connections.decrementAndGet();
	}

	public void take(long bytes) {
		long now = this.used.addAndGet(bytes);
		if (now > this.peak.getPlain()) {
			this.peak.accumulateAndGet(now, Math::max);
		}
	}

	/** Count bytes of messages that are complete, until a socket has read them. */
	public void complete(long bytes) {
		this.complete.addAndGet(bytes);
	}

	/** Count bytes of a large message that is allowed to finish. */
	public void beyond(long bytes) {
		this.beyond.addAndGet(bytes);
	}

	/**
	 * Return whether a message is so large that it has room only if others hold little.
	 */
	public boolean isLarge(long bytes) {
		return bytes > this.limit / LARGE_MESSAGE;
	}

	/**
	 * Return how much more a connection may hold now. Several threads that ask at once
	 * may go over the limit by what each of them reads.
	 * @param ledger the connection
	 * @param wanted how much it needs to go on
	 * @return how many bytes; 0 or less if it has to wait, {@link #ALL} if it may finish
	 * its message
	 */
	public long allowance(IncomingLedger ledger, long wanted) {
		long now = this.used.get();
		long allowance = this.half - now;
		if (allowance >= wanted) {
			return allowance;
		}
		// one large message must not stop the other connections
		now -= this.beyond.get();
		if (allowance < wanted) {
			allowance = Math.max(allowance, Math.min(this.small - ledger.charged(), this.limit - now));
		}
		if (allowance < wanted) {
			// the least is not shared: those that came first may have taken all of it
			long rest = Math.max(this.last - now, LEAST_SHARE - ledger.charged());
			allowance = Math.max(allowance, Math.min(share() - ledger.charged(), rest));
		}
		if (allowance < wanted && favour(ledger)) {
			return ALL;
		}
		return allowance;
	}

	private long share() {
		return Math.max(LEAST_SHARE, (this.last - this.limit) / Math.max(1, this.connections.get()));
	}

	/**
	 * Make this the connection that may finish its message, if there is none. What others
	 * have not finished does not matter: none of them could go on, or notice that its
	 * peer is gone, if it did.
	 */
	private synchronized boolean favour(IncomingLedger ledger) {
		if (this.favoured == ledger) {
			return true;
		}
		long unread = this.complete.get();
		if (this.favoured != null || ledger.queued() > this.small
				|| ((ledger.isLarge()) ? unread > this.half : unread - this.beyond.get() > this.limit)) {
			return false;
		}
		this.favoured = ledger;
		return true;
	}

	public synchronized boolean isFavoured(IncomingLedger ledger) {
		return this.favoured == ledger;
	}

	/** Note that the message of a connection is complete, or never will be. */
	public synchronized void finished(IncomingLedger ledger) {
		if (this.favoured == ledger) {
			this.favoured = null;
		}
	}

	/**
	 * Count connections that wait for memory, and have all threads check what was read.
	 */
	public void wait(int more) {
		if (this.waiting.getAndAdd(more) == 0 && more > 0) {
			this.threads.forEach(IncomingLedgers::wake);
		}
	}

	public boolean isWaitedFor() {
		return this.waiting.get() > 0;
	}

	/**
	 * Return what is used and what waits.
	 * @return the status
	 */
	public IncomingMemoryStatus status() {
		return new IncomingMemoryStatus(Math.max(0, this.used.get()), this.limit, Math.max(0, this.waiting.get()));
	}

}
