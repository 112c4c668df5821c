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

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.zip.CRC32C;

import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SequenceDefinition.Scope;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.jeromq.SubscriberPipes;
import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.pipe.Pipe;

/**
 * Follows the numbers of received messages, separately for each publisher and topic, and
 * finds gaps, restarts and duplicates. While a gap is being fetched it holds the message
 * that came instead, and nothing more is read. The caller holds the socket's lock.
 *
 * @since 0.1.0
 */
public final class SequenceTracker {

	/** How close to the highest number the last one must be for 0 to follow it. */
	private static final long MOST_AROUND = 1 << 16;

	private static final int MOST_STREAMS = 1 << 16;

	private final SequenceDefinition definition;

	private final SocketBase socket;

	private final Listener listener;

	private final boolean tellsApart = SubscriberPipes.areKnown();

	private final Map<Pipe, Publisher> accepted = new WeakHashMap<>();

	private final Map<String, Publisher> connected = new Lru<>();

	private final Publisher only = new Publisher(null);

	/** Messages that were read before their turn, and not checked yet. */
	private final Deque<Unchecked> unchecked = new ArrayDeque<>();

	private final CRC32C checksum = new CRC32C();

	private @Nullable Held held;

	public SequenceTracker(SequenceDefinition definition, SocketBase socket, Listener listener) {
		this.definition = definition;
		this.socket = socket;
		this.listener = listener;
	}

	/** Return whether a message is held until those before it are there. */
	public boolean isHolding() {
		return this.held != null;
	}

	boolean hasUnchecked() {
		return this.held == null && !this.unchecked.isEmpty();
	}

	/** Keep a message that was read before its turn. */
	void defer(ZmqMessage message, @Nullable Object connection) {
		this.unchecked.addLast(new Unchecked(message, publisher(), connection));
	}

	/** Return the next deferred message that may be handed over, or {@code null}. */
	@Nullable ZmqMessage nextDeferred() {
		while (hasUnchecked()) {
			Unchecked next = this.unchecked.removeFirst();
			ZmqMessage checked = check(next.message(), next.publisher(), next.connection());
			if (checked != null) {
				return checked;
			}
		}
		return null;
	}

	/**
	 * Check the number of the message that was read last.
	 * @param connection what it came over
	 * @return the message; {@code null} if it is held, or dropped as a duplicate
	 */
	@Nullable ZmqMessage check(ZmqMessage message, @Nullable Object connection) {
		return check(message, publisher(), connection);
	}

	private @Nullable ZmqMessage check(ZmqMessage message, @Nullable Publisher publisher, @Nullable Object connection) {
		Long number = this.definition.number(message);
		if (number == null) {
			this.listener.unnumbered(message);
			return message;
		}
		if (publisher == null) {
			// its last words
			return message;
		}
		Stream stream = publisher.stream(message);
		int sum = sum(message);
		if (stream.isNew) {
			stream.isNew = false;
			stream.connection = connection;
			boolean missed = this.definition.fromStart() && Long.compareUnsigned(number, this.definition.first()) > 0;
			return (missed) ? gap(stream, message, sum, this.definition.first(), number, false)
					: stream.take(message, number, sum);
		}
		boolean reconnected = stream.connection != connection;
		stream.connection = connection;
		if (number == stream.next) {
			return stream.take(message, number, sum);
		}
		if (isAhead(number, stream.next)) {
			return gap(stream, message, sum, stream.next, number, false);
		}
		boolean repeated = number == ((stream.next - 1) & this.definition.type().mask());
		if (stream.has(number, sum) && (repeated || !reconnected)) {
			this.listener.duplicate();
			return null;
		}
		return gap(stream, message, sum, this.definition.first(), number, true);
	}

	/**
	 * Return whether a number is beyond another, or beyond 0 when that is the highest.
	 */
	private boolean isAhead(long number, long next) {
		if (Long.compareUnsigned(number, next) > 0) {
			return true;
		}
		long mask = this.definition.type().mask();
		return Long.compareUnsigned((mask - next) & mask, MOST_AROUND) < 0
				&& Long.compareUnsigned(number, MOST_AROUND) < 0;
	}

	private @Nullable ZmqMessage gap(Stream stream, ZmqMessage message, int sum, long first, long number,
			boolean restart) {
		SequenceGap gap = new SequenceGap(stream.endpoint, message, stream.next, first, number, restart);
		if (stream.isUnused) {
			gap = new SequenceGap(stream.endpoint, message, first, first, number, false);
		}
		boolean fetches = gap.missing() > 0 && this.listener.fetches(gap);
		if (restart) {
			stream.forget();
		}
		if (fetches) {
			this.held = new Held(stream, message, number, sum, first);
			return null;
		}
		this.listener.missed(gap);
		return stream.take((gap.missing() > 0) ? message.withMissed(gap.missing()) : message, number, sum);
	}

	/**
	 * Take a fetched message that belongs in front of the one that is held.
	 * @return the message, which knows what is missing in front of it
	 */
	ZmqMessage fetched(ZmqMessage message) {
		Held waiting = this.held;
		Long number = this.definition.number(message);
		return (waiting != null && number != null) ? waiting.take(message, number, sum(message)) : message;
	}

	/** Return the message that was held: nothing more comes before it. */
	@Nullable ZmqMessage release() {
		Held waiting = this.held;
		this.held = null;
		return (waiting != null) ? waiting.take(waiting.message, waiting.number, waiting.sum) : null;
	}

	private int sum(ZmqMessage message) {
		this.checksum.reset();
		for (byte[] frame : message.raw()) {
			this.checksum.update(frame);
		}
		return (int) this.checksum.getValue();
	}

	/** Return where the last message came from; {@code null} if that is gone already. */
	private @Nullable Publisher publisher() {
		if (!this.tellsApart) {
			return this.only;
		}
		Pipe pipe = SubscriberPipes.lastRead(this.socket);
		if (pipe == null) {
			return null;
		}
		Publisher known = this.accepted.get(pipe);
		if (known == null) {
			String endpoint = SubscriberPipes.endpoint(this.socket, pipe);
			known = (endpoint != null) ? this.connected.computeIfAbsent(endpoint, Publisher::new) : new Publisher(null);
			this.accepted.put(pipe, known);
		}
		return known;
	}

	/**
	 * Receives what is found. Called with the lock held: must not wait.
	 */
	public interface Listener {

		/**
		 * Begin to fetch what is missing.
		 * @param gap what is missing
		 * @return {@code false} if it cannot be had
		 */
		boolean fetches(SequenceGap gap);

		/** Report what is missing and is not fetched, or a restart. */
		void missed(SequenceGap gap);

		/** Count a message that had come before. */
		void duplicate();

		/** Report a message without a number. */
		void unnumbered(ZmqMessage message);

	}

	private record Unchecked(ZmqMessage message, @Nullable Publisher publisher, @Nullable Object connection) {
	}

	/** A message that waits until what is missing in front of it was fetched. */
	private static final class Held {

		private final Stream stream;

		private final ZmqMessage message;

		private final long number;

		private final int sum;

		/** The number that comes next. */
		private long next;

		private Held(Stream stream, ZmqMessage message, long number, int sum, long next) {
			this.stream = stream;
			this.message = message;
			this.number = number;
			this.sum = sum;
			this.next = next;
		}

		private ZmqMessage take(ZmqMessage taken, long number, int sum) {
			long missed = number - this.next;
			this.next = number + 1;
			return this.stream.take((missed > 0) ? taken.withMissed(missed) : taken, number, sum);
		}

	}

	/** The number streams of one publisher. */
	private final class Publisher {

		private final @Nullable String endpoint;

		private final Stream all;

		private final Map<ByteBuffer, Stream> topics = new Lru<>();

		private Publisher(@Nullable String endpoint) {
			this.endpoint = endpoint;
			this.all = new Stream(endpoint);
		}

		private Stream stream(ZmqMessage message) {
			return (SequenceTracker.this.definition.per() == Scope.PUBLISHER) ? this.all : this.topics
				.computeIfAbsent(ByteBuffer.wrap(message.frame(0)), (topic) -> new Stream(this.endpoint));
		}

	}

	/** One stream of numbers. */
	private final class Stream {

		private static final int REMEMBERED = 256;

		private final @Nullable String endpoint;

		private boolean isNew = true;

		/** Whether no message was taken yet. */
		private boolean isUnused = true;

		private long next;

		private @Nullable Object connection;

		/** Checksums of the newest messages by their numbers, made when there is one. */
		private int @Nullable [] sums;

		private long remembered;

		private Stream(@Nullable String endpoint) {
			this.endpoint = endpoint;
		}

		private ZmqMessage take(ZmqMessage message, long number, int sum) {
			int[] recent = Objects.requireNonNullElseGet(this.sums, () -> new int[REMEMBERED]);
			this.sums = recent;
			if (!this.isUnused && number != this.next) {
				this.remembered = 0;
			}
			recent[(int) (number & (REMEMBERED - 1))] = sum;
			this.remembered++;
			this.isUnused = false;
			this.next = (number + 1) & SequenceTracker.this.definition.type().mask();
			return message;
		}

		private boolean has(long number, int sum) {
			int[] recent = this.sums;
			long back = (this.next - number) & SequenceTracker.this.definition.type().mask();
			return recent != null && back > 0 && back <= Math.min(this.remembered, REMEMBERED)
					&& recent[(int) (number & (REMEMBERED - 1))] == sum;
		}

		private void forget() {
			this.remembered = 0;
		}

	}

	/** Forgets the least recently used entry. */
	private static final class Lru<K, V> extends LinkedHashMap<K, V> {

		private Lru() {
			super(16, 0.75f, true);
		}

		@Override
		protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
			return size() > MOST_STREAMS;
		}

	}

}
