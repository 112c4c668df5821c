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

package io.github.zmqspring.core;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How published messages are numbered, so that a subscriber notices what it missed, and
 * where it can fetch that. Numbers are unsigned and go up by one.
 *
 * @param frame the index of the frame with the number, behind the topic: 1 or more
 * @param type how the number is written
 * @param per what has numbers of its own
 * @param first the number of the first message
 * @param fromStart whether what was published before the first message that came counts
 * as missed
 * @param replay where a publisher serves what it has sent; where a subscriber asks for
 * it, for each endpoint that it connects to. A single one may have {@value #HOST} in
 * place of the publisher's host. Empty for no replay
 * @param bareReplay whether a replayed message comes without its topic, as vLLM sends it
 * @param replayTimeout how long a subscriber waits for each replayed message
 * @param history the most messages that a publisher keeps
 * @param historyBytes the most bytes that it keeps
 * @since 0.1.0
 */
public record SequenceDefinition(int frame, NumberType type, Scope per, long first, boolean fromStart,
		List<String> replay, boolean bareReplay, Duration replayTimeout, int history, long historyBytes) {

	/** Stands for the host of the publisher in a replay endpoint. */
	public static final String HOST = "{host}";

	/**
	 * Create the definition, with a copy of the endpoints.
	 * @throws IllegalArgumentException if the frame is not positive, or the type or the
	 * scope is missing
	 */
	public SequenceDefinition {
		replay = List.copyOf(replay);
		Assert.isTrue(frame >= 1, "The first frame is the topic: the number is in a frame from 1 on");
		Assert.notNull(type, "A number has a type");
		Assert.notNull(per, "A sequence belongs to a publisher or a topic");
	}

	/**
	 * Return whether the replay endpoint follows from the publisher's host.
	 * @return {@code false} for endpoints that are written out
	 */
	public boolean replaysAtHost() {
		return this.replay.size() == 1 && this.replay.get(0).contains(HOST);
	}

	/**
	 * Return the number of a message.
	 * @param message the message
	 * @return the number, unsigned; {@code null} if it has none
	 */
	public @Nullable Long number(ZmqMessage message) {
		return (message.size() > this.frame) ? this.type.read(message.frame(this.frame)) : null;
	}

	/**
	 * What has numbers of its own.
	 */
	public enum Scope {

		/** Each publisher. */
		PUBLISHER,

		/** Each topic of a publisher. */
		TOPIC

	}

	/**
	 * How a number is written.
	 */
	public enum NumberType {

		/** Two bytes, the lowest first. */
		UINT16_LE(Short.BYTES, ByteOrder.LITTLE_ENDIAN),

		/** Two bytes, the highest first. */
		UINT16_BE(Short.BYTES, ByteOrder.BIG_ENDIAN),

		/** Four bytes, the lowest first. */
		UINT32_LE(Integer.BYTES, ByteOrder.LITTLE_ENDIAN),

		/** Four bytes, the highest first. */
		UINT32_BE(Integer.BYTES, ByteOrder.BIG_ENDIAN),

		/** Eight bytes, the lowest first. */
		UINT64_LE(Long.BYTES, ByteOrder.LITTLE_ENDIAN),

		/** Eight bytes, the highest first. */
		UINT64_BE(Long.BYTES, ByteOrder.BIG_ENDIAN),

		/** Decimal digits. */
		TEXT(0, ByteOrder.BIG_ENDIAN);

		private static final int MOST_DIGITS = 20;

		private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(Long.SIZE);

		private final int bytes;

		private final ByteOrder order;

		NumberType(int bytes, ByteOrder order) {
			this.bytes = bytes;
			this.order = order;
		}

		/**
		 * Return the bits that a number can have; after the highest comes 0 again.
		 * @return a mask
		 */
		public long mask() {
			return (this.bytes == 0 || this.bytes == Long.BYTES) ? -1L : (1L << (this.bytes * Byte.SIZE)) - 1;
		}

		/**
		 * Read a number.
		 * @param frame the frame
		 * @return the number, unsigned; {@code null} if the frame is none
		 */
		public @Nullable Long read(byte[] frame) {
			if (this.bytes == 0) {
				return readText(frame);
			}
			if (frame.length != this.bytes) {
				return null;
			}
			ByteBuffer buffer = ByteBuffer.wrap(frame).order(this.order);
			return switch (this.bytes) {
				case Short.BYTES -> Short.toUnsignedLong(buffer.getShort());
				case Integer.BYTES -> Integer.toUnsignedLong(buffer.getInt());
				default -> buffer.getLong();
			};
		}

		private static @Nullable Long readText(byte[] frame) {
			if (frame.length == 0 || frame.length > MOST_DIGITS) {
				return null;
			}
			for (byte digit : frame) {
				if (digit < '0' || digit > '9') {
					return null;
				}
			}
			BigInteger number = new BigInteger(new String(frame, StandardCharsets.US_ASCII));
			return (number.compareTo(LIMIT) < 0) ? number.longValue() : null;
		}

		/**
		 * Write a number.
		 * @param number the number, unsigned
		 * @return a new frame
		 */
		public byte[] write(long number) {
			if (this.bytes == 0) {
				return Long.toUnsignedString(number).getBytes(StandardCharsets.US_ASCII);
			}
			ByteBuffer buffer = ByteBuffer.allocate(this.bytes).order(this.order);
			switch (this.bytes) {
				case Short.BYTES -> buffer.putShort((short) number);
				case Integer.BYTES -> buffer.putInt((int) number);
				default -> buffer.putLong(number);
			}
			return buffer.array();
		}

	}

}
