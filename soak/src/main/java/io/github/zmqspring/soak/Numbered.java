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

package io.github.zmqspring.soak;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Messages with the number of their sender, their own, and the time they were sent at: a
 * frame with these, a body, and the first frame again.
 */
final class Numbered {

	static final int BODY = 1000;

	/** Distinguishes our frames from those of strangers, whose noise may be a message. */
	private static final long OURS = 0x736f_616b_2d7a_6d71L;

	private static final int HEAD = 4 * Long.BYTES;

	private final Map<Long, Long> last = new ConcurrentHashMap<>();

	private final Traffic traffic;

	private final Tally tally;

	private final Latency latency;

	Numbered(Traffic traffic, Tally tally, Latency latency) {
		this.traffic = traffic;
		this.tally = tally;
		this.latency = latency;
	}

	static byte[] head(long sender, long number) {
		return ByteBuffer.allocate(HEAD)
			.putLong(OURS)
			.putLong(sender)
			.putLong(number)
			.putLong(System.nanoTime())
			.array();
	}

	static byte[] body(long number) {
		byte[] body = new byte[BODY];
		Arrays.fill(body, (byte) number);
		return body;
	}

	private static boolean isOurs(byte[] frame) {
		return frame.length >= Long.BYTES && ByteBuffer.wrap(frame).getLong() == OURS;
	}

	/**
	 * Account for a message. For one lane.
	 * @param frames its frames, without a topic
	 */
	void take(List<byte[]> frames) {
		if (frames.stream().noneMatch(Numbered::isOurs)) {
			this.tally.add(this.traffic, Count.STRANGE);
			return;
		}
		if (frames.size() != 3 || frames.get(0).length != HEAD || !Arrays.equals(frames.get(0), frames.get(2))) {
			this.tally.add(this.traffic, Count.TORN);
			return;
		}
		ByteBuffer head = ByteBuffer.wrap(frames.get(0));
		long sender = head.getLong(Long.BYTES);
		long number = head.getLong(2 * Long.BYTES);
		if (!Arrays.equals(frames.get(1), body(number))) {
			this.tally.add(this.traffic, Count.TORN);
			return;
		}
		Long before = this.last.put(sender, number);
		long expected = (before != null) ? before + 1 : number;
		if (number < expected) {
			this.tally.add(this.traffic, Count.REPEATED);
			return;
		}
		for (long missing = expected; missing < number; missing++) {
			this.tally.add(this.traffic, Count.MISSING);
		}
		this.tally.add(this.traffic, Count.DELIVERED);
		// the clock is that of the machine
		this.latency.record(System.nanoTime() - head.getLong(3 * Long.BYTES));
	}

}
