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

package io.github.zmqspring.transport.zmtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.transport.jeromq.FrameGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zmq.Msg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of what {@link FrameDecoder} throws away, waits for and reserves.
 */
class FrameSkipTests {

	private static final int MAX = 1000;

	private static final long MOST_SKIPPED = 256L << 20;

	private final List<String> refused = new ArrayList<>();

	private final List<Integer> reserved = new ArrayList<>();

	private boolean room = true;

	private final FrameDecoder decoder = decoder(MAX);

	private FrameDecoder decoder(long max) {
		FrameDecoder decoder = new FrameDecoder(new FrameLimits(max, 100, 5, 0, true),
				new FrameGuard(0, Integer.MAX_VALUE - 8, false), false);
		decoder.memory((next, whole) -> {
			this.reserved.add((int) next);
			return this.room;
		});
		decoder.messages(this.refused::add);
		return decoder;
	}

	private static byte[] frame(boolean more, int size) {
		ByteBuffer frame = ByteBuffer.allocate(9 + size).put((byte) ((more) ? 3 : 2)).putLong(size);
		return frame.array();
	}

	/** Feed parts of a size, and return the sizes of the frames that come out. */
	private List<Integer> feed(FrameDecoder decoder, int part, byte[]... frames) {
		List<Integer> sizes = new ArrayList<>();
		for (byte[] frame : frames) {
			for (int at = 0; at < frame.length; at += part) {
				ByteBuffer data = ByteBuffer.wrap(frame, at, Math.min(part, frame.length - at));
				for (Msg message = decoder.decode(data); message != null; message = (data.hasRemaining())
						? decoder.decode(data) : null) {
					sizes.add(message.size());
				}
				assertThat(data.hasRemaining()).isFalse();
			}
		}
		return sizes;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 9, 10, 700, 5000 })
	void aMessageThatIsTooLongIsThrownAwayHoweverItComes(int part) {
		assertThat(feed(this.decoder, part, frame(false, MAX), frame(false, MAX + 1), frame(false, 10)))
			.containsExactly(MAX, 10);
		assertThat(this.refused).singleElement()
			.asString()
			.startsWith("a message of 1001 bytes is longer than the limit of 1000");
		assertThat(this.decoder.isSkipping()).isFalse();
		assertThat(this.decoder.isInside()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 700, 5000 })
	void soIsTheRestOfOneOfSeveralFrames(int part) {
		assertThat(feed(this.decoder, part, frame(true, 600), frame(true, 401))).containsExactly(600);
		assertThat(this.decoder.isSkipping()).isTrue();
		assertThat(this.decoder.isInside()).isTrue();
		assertThat(feed(this.decoder, part, frame(true, 0), frame(false, 5))).isEmpty();
		assertThat(this.decoder.isSkipping()).isFalse();
		assertThat(feed(this.decoder, part, frame(true, 600), frame(false, 400))).containsExactly(600, 400);
		assertThat(this.refused).singleElement().asString().startsWith("a message of at least 1001 bytes");
	}

	@Test
	void moreThanCanBeThrownAwayEndsTheConnection() {
		assertThat(this.decoder.decode(header(MOST_SKIPPED))).isNull();
		assertThat(this.decoder.isSkipping()).isTrue();
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> decoder(MAX).decode(header(MOST_SKIPPED + 1)))
			.matches(FrameException::isOverLimit);
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> decoder(MAX).decode(header(Long.MAX_VALUE)))
			.matches(FrameException::isOverLimit);
		long large = 100L << 20;
		assertThat(decoder(large).decode(header(4 * large))).isNull();
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> decoder(large).decode(header(4 * large + 1)));
	}

	private static ByteBuffer header(long size) {
		return ByteBuffer.allocate(9).put((byte) 2).putLong(size).flip();
	}

	@Test
	void aMessageHasNoMoreFramesThanTheLimit() {
		byte[] frame = frame(true, 1);
		assertThat(feed(this.decoder, 100, frame, frame, frame, frame, frame(false, 1))).hasSize(5);
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> feed(this.decoder, 100, frame, frame, frame, frame, frame, frame))
			.withMessageContaining("more than 5 frames");
	}

	@Test
	void itIsInsideUntilTheLastFrameIsComplete() {
		assertThat(this.decoder.isInside()).isFalse();
		byte[] frame = frame(false, 10);
		for (int i = 0; i < frame.length; i++) {
			feed(this.decoder, 1, new byte[] { frame[i] });
			assertThat(this.decoder.isInside()).as("after byte %d", i).isEqualTo(i < frame.length - 1);
		}
		feed(this.decoder, 100, frame(true, 0));
		assertThat(this.decoder.isInside()).isTrue();
		feed(this.decoder, 100, frame(false, 0));
		assertThat(this.decoder.isInside()).isFalse();
	}

	@Test
	void withoutMemoryItIsHeldAndGoesOnWhereItWas() {
		byte[] frame = frame(false, 900);
		this.room = false;
		ByteBuffer data = ByteBuffer.wrap(frame, 0, 500);
		assertThat(this.decoder.decode(data)).isNull();
		assertThat(this.decoder.isHeld()).isTrue();
		assertThat(data.remaining()).isEqualTo(491);
		this.room = true;
		assertThat(this.decoder.decode(data)).isNull();
		assertThat(this.decoder.isHeld()).isFalse();
		assertThat(data.hasRemaining()).isFalse();
		Msg message = this.decoder.decode(ByteBuffer.wrap(frame, 500, frame.length - 500));
		assertThat(message).isNotNull().extracting(Msg::size).isEqualTo(900);
	}

	@Test
	void memoryGrowsWithTheBytesThatCameUntilThePeerHasProvedItself() {
		FrameDecoder large = decoder(1 << 20);
		byte[] frame = frame(false, 300_000);
		assertThat(feed(large, 1000, frame)).containsExactly(300_000);
		assertThat(this.reserved).hasSizeBetween(3, 6).isSorted().last().isEqualTo(300_000);
		assertThat(this.reserved.get(0)).isBetween(1000, 8 * 1024);
		for (int i = 1; i < this.reserved.size(); i++) {
			assertThat(this.reserved.get(i)).isLessThanOrEqualTo(4 * (this.reserved.get(i - 1) + 1000) + 4);
		}
		this.reserved.clear();
		assertThat(feed(large, 1000, frame)).containsExactly(300_000);
		assertThat(this.reserved).containsExactly(300_000);
	}

}
