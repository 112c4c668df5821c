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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import io.github.zmqspring.transport.jeromq.FrameGuard;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zmq.Msg;
import zmq.io.coder.IDecoder;
import zmq.io.coder.IEncoder;
import zmq.io.coder.v1.V1Encoder;
import zmq.io.coder.v2.V2Decoder;
import zmq.io.coder.v2.V2Encoder;
import zmq.msg.MsgAllocator;
import zmq.msg.MsgAllocatorThreshold;
import zmq.util.Errno;
import zmq.util.ValueReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link FrameDecoder} and {@link FrameEncoder}: they find and write what
 * JeroMQ's own do, however the bytes come and go.
 */
class FrameCodecTests {

	private static final int BUFFER = 512;

	/** A codec that does not go on must not hang. */
	private static final int MOST_STEPS = 1_000_000;

	private static final int[] SIZES = { 0, 1, 2, 7, 8, 9, 254, 255, 256, 257, 500, 511, 512, 513, 1500, 70_000 };

	/** Mutation testing, which runs each test hundreds of times, takes fewer. */
	private static final int SEEDS = Integer.getInteger("zmqtest.seeds", 40);

	private final Errno errno = new Errno();

	private final MsgAllocator allocator = new FrameGuard(0, Integer.MAX_VALUE - 8, false);

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 9, 10, 100, BUFFER })
	void findsWhatJeroMqFinds(int most) {
		for (int seed = 0; seed < SEEDS; seed++) {
			byte[] stream = stream(new Random(seed));
			List<String> expected = decode(new V2Decoder(this.errno, BUFFER, -1, this.allocator), stream, most, seed);
			assertThat(decode(decoder(-1, this.allocator), stream, most, seed)).isEqualTo(expected)
				.hasSizeGreaterThan(30);
		}
	}

	@Test
	void fillsMessagesOutsideOfTheHeap() {
		byte[] stream = stream(new Random(1));
		MsgAllocator outside = new MsgAllocatorThreshold(100);
		assertThat(decode(decoder(-1, outside), stream, 300, 1))
			.isEqualTo(decode(decoder(-1, this.allocator), stream, BUFFER, 2));
	}

	@Test
	void refusesAFrameOverTheMaximum() {
		assertRefused(1001, this.allocator);
		assertRefused(Integer.MAX_VALUE + 1L, this.allocator);
		assertRefused(Long.MAX_VALUE, this.allocator);
		assertThat(result(1000, this.allocator)).isNull();
	}

	@Test
	void aNegativeSizeIsSpoiltOrRefused() {
		assertThat(result(-1, this.allocator)).isInstanceOf(FrameGuard.Spoilt.class);
		assertRefused(-1, new MsgAllocatorThreshold(0));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 9, 10, 100, BUFFER })
	void writesWhatJeroMqWrites(int most) {
		for (int seed = 0; seed < SEEDS; seed++) {
			byte[] stream = stream(new Random(seed));
			List<Msg> messages = new ArrayList<>();
			decode(decoder(-1, this.allocator), stream, BUFFER, seed, messages::add);
			byte[] expected = encode(new V2Encoder(this.errno, BUFFER), messages, most, seed);
			assertThat(encode(new FrameEncoder(false), messages, most, seed)).isEqualTo(expected)
				.hasSizeGreaterThan(5000);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 9, 10, 11, 100, BUFFER })
	void findsAndWritesTheFramesOfZmtp1AsJeroMqDoes(int most) {
		for (int seed = 0; seed < SEEDS / 2; seed++) {
			List<Msg> messages = new ArrayList<>();
			decode(decoder(-1, this.allocator), stream(new Random(seed)), BUFFER, seed, messages::add);
			messages.forEach((message) -> message.resetFlags(Msg.COMMAND));
			byte[] expected = encode(new V1Encoder(this.errno, BUFFER), messages, most, seed);
			assertThat(encode(new FrameEncoder(true), messages, most, seed)).isEqualTo(expected)
				.hasSizeGreaterThan(5000);
			FrameDecoder decoder = new FrameDecoder(new FrameLimits(-1, -1), this.allocator, true);
			assertThat(decode(decoder, expected, most, seed))
				.isEqualTo(messages.stream().map(FrameCodecTests::describe).toList());
		}
	}

	@Test
	void aFrameOfZmtp1HasFlags() {
		FrameDecoder decoder = new FrameDecoder(new FrameLimits(-1, -1), this.allocator, true);
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> decoder.decode(ByteBuffer.wrap(new byte[] { 0, 0 })));
	}

	private FrameDecoder decoder(long most, MsgAllocator allocator) {
		return new FrameDecoder(new FrameLimits(most, most), allocator, false);
	}

	private void assertRefused(long size, MsgAllocator allocator) {
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> result(size, allocator));
	}

	private @Nullable Msg result(long size, MsgAllocator allocator) {
		FrameDecoder decoder = decoder((size == Integer.MAX_VALUE + 1L) ? -1 : 1000, allocator);
		return decoder.decode(ByteBuffer.allocate(9).put((byte) 2).putLong(size).flip());
	}

	/** Frames of all sizes and kinds, the last of them cut off. */
	private static byte[] stream(Random random) {
		ByteBuffer stream = ByteBuffer.allocate(1_000_000);
		for (int i = 0; i < 40; i++) {
			int size = SIZES[random.nextInt(SIZES.length - ((i % 8 == 0) ? 0 : 1))];
			boolean large = size > 255 || random.nextInt(10) == 0;
			stream.put((byte) ((random.nextInt(4) & 1) | ((large) ? 2 : 0) | ((random.nextInt(8) == 0) ? 4 : 0)));
			if (large) {
				stream.putLong(size);
			}
			else {
				stream.put((byte) size);
			}
			byte[] body = new byte[size];
			random.nextBytes(body);
			stream.put(body);
		}
		byte[] bytes = new byte[stream.position() - 1];
		stream.flip().get(bytes);
		return bytes;
	}

	/** As an engine does, with reads of random size. */
	private static List<String> decode(IDecoder decoder, byte[] stream, int most, long seed) {
		List<String> messages = new ArrayList<>();
		decode(decoder, stream, most, seed, (message) -> messages.add(describe(message)));
		return messages;
	}

	private static void decode(IDecoder decoder, byte[] stream, int most, long seed, Consumer<Msg> messages) {
		Random random = new Random(seed);
		ValueReference<Integer> processed = new ValueReference<>(0);
		int position = 0;
		int steps = 0;
		while (position < stream.length) {
			ByteBuffer data = decoder.getBuffer();
			int count = Math.min(Math.min(data.remaining(), 1 + random.nextInt(most)), stream.length - position);
			data.put(stream, position, count).flip();
			position += count;
			int left = count;
			while (left > 0) {
				assertThat(++steps).isLessThan(MOST_STEPS);
				IDecoder.Step.Result result = decoder.decode(data, left, processed);
				left -= processed.get();
				if (result == IDecoder.Step.Result.MORE_DATA) {
					assertThat(left).isZero();
					break;
				}
				assertThat(result).isEqualTo(IDecoder.Step.Result.DECODED);
				messages.accept(decoder.msg());
			}
		}
	}

	private static List<String> decode(FrameDecoder decoder, byte[] stream, int most, long seed) {
		List<String> messages = new ArrayList<>();
		decode(decoder, stream, most, seed, (message) -> messages.add(describe(message)));
		return messages;
	}

	private static void decode(FrameDecoder decoder, byte[] stream, int most, long seed, Consumer<Msg> messages) {
		Random random = new Random(seed);
		ByteBuffer shared = ByteBuffer.allocateDirect(BUFFER);
		int position = 0;
		int steps = 0;
		while (position < stream.length) {
			assertThat(++steps).isLessThan(MOST_STEPS);
			ByteBuffer body = decoder.target();
			ByteBuffer data = (body != null) ? body : shared.clear();
			int count = Math.min(Math.min(data.remaining(), 1 + random.nextInt(most)), stream.length - position);
			data.put(stream, position, count);
			position += count;
			if (body != null) {
				Msg message = decoder.filled();
				if (message != null) {
					messages.accept(message);
				}
				continue;
			}
			data.flip();
			Msg message = decoder.decode(data);
			while (message != null) {
				assertThat(++steps).isLessThan(MOST_STEPS);
				messages.accept(message);
				message = (data.hasRemaining()) ? decoder.decode(data) : null;
			}
			assertThat(data.hasRemaining()).isFalse();
		}
	}

	/** As an engine does, with writes of random size. */
	private static byte[] encode(IEncoder encoder, List<Msg> messages, int most, long seed) {
		Random random = new Random(seed);
		ByteArrayOutputStream written = new ByteArrayOutputStream();
		Iterator<Msg> next = messages.iterator();
		ValueReference<ByteBuffer> data = new ValueReference<>();
		while (true) {
			data.set(null);
			int size = encoder.encode(data, 0);
			while (size < BUFFER && next.hasNext()) {
				encoder.loadMsg(next.next());
				size += encoder.encode(data, BUFFER - size);
			}
			if (size == 0) {
				return written.toByteArray();
			}
			encoder.encoded();
			ByteBuffer out = data.get();
			while (size > 0) {
				byte[] bytes = new byte[Math.min(size, 1 + random.nextInt(most))];
				out.get(bytes);
				written.writeBytes(bytes);
				size -= bytes.length;
			}
		}
	}

	/** As an engine does, with buffers of random size. */
	private static byte[] encode(FrameEncoder encoder, List<Msg> messages, int most, long seed) {
		Random random = new Random(seed);
		ByteArrayOutputStream written = new ByteArrayOutputStream();
		Iterator<Msg> next = messages.iterator();
		int steps = 0;
		while (encoder.isBusy() || next.hasNext()) {
			assertThat(++steps).isLessThan(MOST_STEPS);
			ByteBuffer buffer = ByteBuffer.allocateDirect(1 + random.nextInt(most));
			if (encoder.isBusy()) {
				encoder.proceed(buffer);
			}
			while (buffer.hasRemaining() && next.hasNext()) {
				assertThat(++steps).isLessThan(MOST_STEPS);
				assertThat(encoder.isBusy()).isFalse();
				encoder.encode(next.next(), buffer);
			}
			byte[] bytes = new byte[buffer.flip().remaining()];
			buffer.get(bytes);
			written.writeBytes(bytes);
		}
		return written.toByteArray();
	}

	private static String describe(Msg message) {
		return message.size() + " " + message.flags() + " " + Arrays.hashCode(message.data());
	}

}
