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
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.zmqspring.core.SequenceDefinition;
import io.github.zmqspring.core.SequenceDefinition.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Numbers what a socket publishes, and keeps the newest messages for subscribers that
 * missed some. Numbers are given with the socket's lock held; the history may be read
 * without.
 *
 * @since 0.1.0
 */
public final class SequenceNumbers {

	private static final ByteBuffer ALL = ByteBuffer.allocate(0);

	private final SequenceDefinition definition;

	/** The next number of each topic, or of all. */
	private final Map<ByteBuffer, Long> next = new HashMap<>();

	/** Guarded by its own monitor, the innermost lock. */
	private final Deque<Published> history = new ArrayDeque<>();

	private long bytes;

	public SequenceNumbers(SequenceDefinition definition) {
		this.definition = definition;
	}

	/** Return whether a message has the frames in front of the number. */
	boolean fits(byte[][] frames) {
		return frames.length >= Math.max(2, this.definition.frame());
	}

	/** Return the frames with the next number among them. */
	byte[][] numbered(byte[][] frames) {
		int position = this.definition.frame();
		byte[][] all = new byte[frames.length + 1][];
		System.arraycopy(frames, 0, all, 0, position);
		all[position] = this.definition.type().write(next(frames[0]));
		System.arraycopy(frames, position, all, position + 1, frames.length - position);
		return all;
	}

	private long next(byte[] topic) {
		return this.next.getOrDefault(row(topic), this.definition.first());
	}

	private ByteBuffer row(byte[] topic) {
		return (this.definition.per() == Scope.TOPIC) ? ByteBuffer.wrap(topic) : ALL;
	}

	/** Count a message with the next number that was accepted. */
	void sent(byte[][] numbered) {
		byte[] topic = numbered[0];
		long number = next(topic);
		ByteBuffer row = row(topic);
		this.next.put((row == ALL) ? ALL : ByteBuffer.wrap(topic.clone()),
				(number + 1) & this.definition.type().mask());
	}

	/** Keep a message that is going to be sent. */
	void keep(byte[][] numbered) {
		if (this.definition.replay().isEmpty()) {
			return;
		}
		Published message = new Published(next(numbered[0]), numbered);
		synchronized (this.history) {
			this.history.addLast(message);
			this.bytes += message.bytes();
			while (this.history.size() > this.definition.history() || this.bytes > this.definition.historyBytes()) {
				this.bytes -= this.history.removeFirst().bytes();
			}
		}
	}

	/** Forget the message that was kept last, as it was refused. */
	void forget() {
		synchronized (this.history) {
			Published last = this.history.pollLast();
			if (last != null) {
				this.bytes -= last.bytes();
			}
		}
	}

	/**
	 * Return what was published from a number on and is still kept.
	 * @param start the first number
	 * @param topic the topic; {@code null} for all
	 * @return messages in the order they were published
	 */
	public List<Published> since(long start, byte @Nullable [] topic) {
		synchronized (this.history) {
			return this.history.stream()
				.filter((message) -> Long.compareUnsigned(message.number(), start) >= 0
						&& (topic == null || Arrays.equals(topic, message.frames()[0])))
				.toList();
		}
	}

	/**
	 * A message that was published.
	 *
	 * @param number its number
	 * @param frames its frames, the number among them
	 */
	public record Published(long number, byte[][] frames) {

		private long bytes() {
			long bytes = 0;
			for (byte[] frame : this.frames) {
				bytes += frame.length;
			}
			return bytes;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Published that && this.number == that.number
					&& Arrays.deepEquals(this.frames, that.frames);
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.number, this.frames.length);
		}

	}

}
