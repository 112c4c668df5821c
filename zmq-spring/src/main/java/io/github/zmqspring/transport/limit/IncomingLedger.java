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

import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Objects;

import io.github.zmqspring.transport.jeromq.Cure;
import io.github.zmqspring.transport.jeromq.JeroMqInternals;
import io.github.zmqspring.transport.zmtp.BodyMemory;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.pipe.Pipe;

/**
 * What one connection holds of the {@link IncomingMemory}: the message that it receives,
 * and those in its queue that the socket has not read. Belongs to the I/O thread.
 * <p>
 * The queue is accounted for by reads, not by messages: an entry says how much was
 * received up to which message. The socket counts the messages that it has read.
 *
 * @since 0.1.0
 */
public final class IncomingLedger implements BodyMemory {

	private static final @Nullable MethodHandle READ = JeroMqInternals.PIPE_READ.getter(long.class);

	private static final @Nullable MethodHandle WRITTEN = JeroMqInternals.PIPE_WRITTEN.getter(long.class);

	/** The shortest read that is worth its call. */
	private static final int LEAST_READ = 1024;

	private static final int LITTLE_READ = 16 * 1024;

	/** With this much memory left, reads need not be short. */
	private static final int AMPLE = 512 * 1024;

	private static final int FIRST_ENTRIES = 8;

	private final IncomingMemory memory;

	private final IncomingLedgers ledgers;

	/** The end of the queue that the connection writes to. */
	private @Nullable Pipe own;

	/** The end that the socket reads from. */
	private @Nullable Pipe reading;

	/** Whether the handshake is over. */
	private boolean attached;

	/** The body of the frame that is received. */
	private long body;

	/** The frames of the message that is not complete. */
	private long open;

	/** The messages of the current read. */
	private long completed;

	private long queued;

	/** What is kept unread while reading is stopped. */
	private long kept;

	/** What the {@link IncomingMemory} has counted. */
	private long charged;

	/** The part of it that the socket may read. */
	private long chargedComplete;

	/** What the connection may hold. */
	private long limit;

	/** What the next part of a body needs, if there was no memory for it. */
	private int pending;

	/** Pairs of a number of messages and of bytes. */
	private long[] entries = {};

	private int first;

	private int count;

	/** How large the body will be. */
	private long whole;

	/** Whether it may finish its message, however much the others hold. */
	private boolean favoured;

	/** The part of it that is a large message allowed to finish. */
	private long beyond;

	/** The position of that message in the queue, or 0. */
	private long beyondAt;

	private boolean closed;

	private final Progress progress = new Progress();

	public IncomingLedger(IncomingMemory memory, IncomingLedgers ledgers) {
		this.memory = memory;
		this.ledgers = ledgers;
		memory.opened();
	}

	/**
	 * Attach the connection's queue. A socket that conflates keeps one message at most.
	 */
	public void attach(Object pipe, boolean conflates) {
		this.attached = true;
		this.limit = 0;
		if (Cure.LOSSES.isAvailable() && READ != null && WRITTEN != null && !conflates) {
			this.own = (Pipe) pipe;
			this.reading = (Pipe) JeroMqInternals.PIPE_PEER.require(pipe);
		}
	}

	public long charged() {
		return this.charged;
	}

	public long queued() {
		return this.queued;
	}

	/** Return what it holds of a message that is not complete. */
	public long incomplete() {
		return this.open + this.body;
	}

	public Progress progress() {
		return this.progress;
	}

	private long holds() {
		return this.body + this.open + this.completed + this.queued + this.kept;
	}

	/** Return how many bytes may be read, 0 or less if the connection has to wait. */
	public long mayRead() {
		settle();
		if (!this.attached) {
			// what a handshake may take is little, and bounded in time
			this.limit = Long.MAX_VALUE;
			return this.limit;
		}
		long allowance = ask(LEAST_READ);
		if (allowance < AMPLE) {
			// a read may find no memory, and is kept then: keep it short
			allowance = Math.min(allowance, LITTLE_READ);
		}
		return (allowance >= LEAST_READ) ? allowance : 0;
	}

	private long ask(long wanted) {
		long allowance = this.memory.allowance(this, wanted);
		this.limit = this.charged + allowance;
		if (allowance == IncomingMemory.ALL && !this.favoured) {
			this.favoured = true;
			charge();
		}
		return allowance;
	}

	/** Return whether the message that it receives is a large one. */
	public boolean isLarge() {
		return this.memory.isLarge(this.open + this.whole);
	}

	/** Return whether a connection that waits may go on. */
	public boolean mayGoOn() {
		settle();
		return (this.pending == 0 || mayTake(this.pending, (int) this.whole)) && mayRead() > 0;
	}

	@Override
	public boolean mayTake(int bytes, int size) {
		this.whole = size;
		long wanted = holds() - this.body + bytes;
		if (wanted > this.limit) {
			update();
			settle();
			wanted = holds() - this.body + bytes;
			ask(wanted - this.charged);
		}
		if (wanted > this.limit) {
			this.pending = bytes;
			return false;
		}
		this.pending = 0;
		this.body = bytes;
		charge();
		return true;
	}

	/** Note that a frame is complete, unless it is {@code null}. */
	public void decoded(@Nullable Msg frame) {
		if (frame != null) {
			this.body = 0;
			this.whole = 0;
		}
	}

	/** Count a frame of a message that went to the socket. */
	public void received(Msg frame) {
		this.open += frame.size() + IncomingMemory.OVERHEAD;
		if (!frame.hasMore()) {
			if (this.favoured) {
				endFavour();
			}
			this.completed += this.open;
			this.open = 0;
		}
	}

	/** Forget the frames of a message that was taken back before its end. */
	public void rolledBack() {
		this.open = 0;
	}

	private void endFavour() {
		this.favoured = false;
		this.memory.finished(this);
		this.limit = 0;
		if (this.beyond > 0) {
			setBeyond((this.own != null) ? this.open : 0);
			this.beyondAt = (this.own != null) ? count(WRITTEN, this.own) : 0;
		}
	}

	private void setBeyond(long bytes) {
		if (bytes != this.beyond) {
			this.memory.beyond(bytes - this.beyond);
			this.beyond = bytes;
		}
	}

	/** Return whether it holds more than it may. */
	public boolean isOver() {
		return this.body + this.open + this.completed + this.queued > this.limit;
	}

	/** Set how many bytes are kept unread. */
	public void keep(int bytes) {
		this.kept = bytes;
	}

	/** Account for the messages of a read that is over. */
	public void update() {
		if (this.completed > 0) {
			if (this.own != null) {
				enter(count(WRITTEN, this.own), this.completed);
				this.queued += this.completed;
			}
			this.completed = 0;
		}
		charge();
	}

	private void charge() {
		if (this.favoured && this.beyondAt == 0 && isLarge()) {
			setBeyond(incomplete());
		}
		long now = holds();
		if (now != this.charged) {
			this.memory.take(now - this.charged);
			this.charged = now;
		}
		long complete = this.completed + this.queued;
		if (complete != this.chargedComplete) {
			this.memory.complete(complete - this.chargedComplete);
			this.chargedComplete = complete;
		}
	}

	/** Give back what the socket has read. */
	public void settle() {
		Pipe pipe = this.reading;
		if (this.count > 0 && pipe != null) {
			long read = (JeroMqInternals.PIPE_IN.get(pipe) != null) ? count(READ, pipe) : Long.MAX_VALUE;
			while (this.count > 0 && this.entries[this.first] <= read) {
				this.queued -= this.entries[this.first + 1];
				this.first = (this.first + 2) % this.entries.length;
				this.count--;
			}
			if (this.beyondAt > 0 && this.beyondAt <= read) {
				this.beyondAt = 0;
				setBeyond(0);
			}
		}
		charge();
	}

	private void enter(long messages, long bytes) {
		if (2 * this.count == this.entries.length) {
			long[] larger = new long[Math.max(FIRST_ENTRIES, 2 * this.entries.length)];
			int tail = this.entries.length - this.first;
			System.arraycopy(this.entries, this.first, larger, 0, tail);
			System.arraycopy(this.entries, 0, larger, tail, this.first);
			this.entries = larger;
			this.first = 0;
		}
		int at = (this.first + 2 * this.count) % this.entries.length;
		this.entries[at] = messages;
		this.entries[at + 1] = bytes;
		this.count++;
	}

	private static long count(@Nullable MethodHandle counter, Pipe pipe) {
		try {
			return (long) Objects.requireNonNull(counter).invokeExact((Object) pipe);
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

	/** End with the connection, whose queue may still be read. */
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.body = 0;
		this.open = 0;
		this.kept = 0;
		this.favoured = false;
		if (this.beyondAt == 0) {
			setBeyond(0);
		}
		update();
		settle();
		this.memory.finished(this);
		this.memory.closed();
		this.ledgers.closed(this);
	}

	/** Return whether the socket has read all of the queue. */
	public boolean isSettled() {
		return this.count == 0;
	}

	@Override
	public String toString() {
		return "IncomingLedger[charged " + this.charged + ", queued " + this.queued + ", limit " + this.limit
				+ ", entries " + Arrays.toString(this.entries) + "]";
	}

	/** How fast the peer sends its message while others wait for memory. */
	public static final class Progress {

		private static final long ENOUGH = 64 * 1024;

		private long received;

		private long since;

		private long lookedAt;

		/**
		 * Return whether the peer sent too little. To be asked ten times as often as the
		 * patience lasts, at least. After a longer break the time starts anew: either
		 * nothing waited for memory meanwhile, or this process stood still and has not
		 * read what the peer sent.
		 * @param received how many bytes it has sent
		 * @param now the time
		 * @param patience how long it may send next to nothing
		 */
		public boolean isStalled(long received, long now, long patience) {
			if (this.since == 0 || received - this.received >= ENOUGH || now - this.lookedAt > patience / 10) {
				this.received = received;
				this.since = now;
			}
			this.lookedAt = now;
			return now - this.since > patience;
		}

		/** Start anew: the peer could not send while its connection was not read. */
		public void reset() {
			this.since = 0;
		}

	}

}
