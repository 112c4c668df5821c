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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zmq.Msg;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how {@link FrameEncoder} counts what was not written of a batch.
 */
class UnwrittenFramesTests {

	private static Msg message(int size, int flags) {
		Msg message = new Msg(new byte[size]);
		message.setFlags(flags);
		return message;
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void eachMessageWhoseLastByteWasNotWrittenCounts(boolean old) {
		FrameEncoder encoder = new FrameEncoder(old);
		ByteBuffer batch = ByteBuffer.allocate(4000);
		batch.put(new byte[3]);
		List<Integer> ends = new ArrayList<>();
		for (Msg message : List.of(message(5, 0), message(7, Msg.MORE), message(0, 0), message(300, 0),
				message(300, Msg.MORE), message(1, 0), message(254, 0), message(255, 0), message(256, 0))) {
			encoder.encode(message, batch);
			assertThat(encoder.isBusyWithLast()).isFalse();
			if (!message.hasMore()) {
				ends.add(batch.position());
			}
		}
		if (!old) {
			encoder.encode(message(3, Msg.COMMAND), batch);
		}
		batch.flip();
		for (int written = 0; written <= batch.limit(); written++) {
			int at = written;
			assertThat(encoder.countUnwritten(batch, 3, written)).as("%d bytes written", written)
				.isEqualTo(ends.stream().filter((end) -> end > at).count());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void oneThatDoesNotFitCountsOnceAndOnlyWithItsLastFrame(boolean old) {
		for (int room = 0; room < 30; room++) {
			for (int flags : new int[] { 0, Msg.MORE }) {
				FrameEncoder encoder = new FrameEncoder(old);
				ByteBuffer batch = ByteBuffer.allocate(7 + room);
				encoder.encode(message(5, 0), batch);
				encoder.encode(message(300, flags), batch);
				assertThat(encoder.isBusy()).isTrue();
				assertThat(encoder.isBusyWithLast()).isEqualTo(flags == 0);
				batch.flip();
				// none of it may be in the batch: its encoder knows of it
				long begun = (batch.limit() > 7 && flags == 0) ? 1 : 0;
				assertThat(encoder.countUnwritten(batch, 0, 7)).as("room for %d bytes", room).isEqualTo(begun);
				assertThat(encoder.countUnwritten(batch, 0, 6)).isEqualTo(1 + begun);
			}
		}
	}

}
