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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SentPaths}: a DEALER knows the return paths that it has sent, within
 * bounds.
 */
class SentPathsTests {

	private final SentPaths paths = new SentPaths();

	@Test
	void aPathThatWasSentIsKnownWithItsDelimiter() {
		byte[][] sent = message(frame(5, 'a'), frame(3, 'b'));
		this.paths.sent(sent);
		assertThat(this.paths.length(sent)).isEqualTo(3);
		assertThat(this.paths.length(message(frame(5, 'a'), frame(3, 'c')))).isZero();
		assertThat(this.paths.length(message(frame(5, 'a')))).isZero();
		// the same bytes, cut differently
		assertThat(this.paths.length(message(frame(5, 'a'), frame(2, 'b'), frame(1, 'b')))).isZero();
	}

	@Test
	void longPathsAreNotKept() {
		byte[][] longest = message(frame(256 - Integer.BYTES, 'a'));
		byte[][] longer = message(frame(257 - Integer.BYTES, 'a'));
		this.paths.sent(longest);
		this.paths.sent(longer);
		assertThat(this.paths.length(longest)).isEqualTo(2);
		assertThat(this.paths.length(longer)).isZero();
	}

	@Test
	void theOldestOfTooManyAreForgotten() {
		for (int i = 0; i < 1025; i++) {
			this.paths.sent(message(number(i)));
		}
		assertThat(this.paths.length(message(number(0)))).isZero();
		assertThat(this.paths.length(message(number(1)))).isEqualTo(2);
		assertThat(this.paths.length(message(number(1024)))).isEqualTo(2);
	}

	@Test
	void aDelimiterIsLookedForInTheFirstFramesOnly() {
		byte[][] four = message(number(1), number(2), number(3), number(4));
		byte[][] five = message(number(1), number(2), number(3), number(4), number(5));
		this.paths.sent(four);
		this.paths.sent(five);
		assertThat(this.paths.length(four)).isEqualTo(5);
		assertThat(this.paths.length(five)).isZero();
	}

	/** A path, its delimiter and a body. */
	private static byte[][] message(byte[]... path) {
		byte[][] frames = new byte[path.length + 2][];
		System.arraycopy(path, 0, frames, 0, path.length);
		frames[path.length] = new byte[0];
		frames[path.length + 1] = frame(1, 'x');
		return frames;
	}

	private static byte[] number(int number) {
		return new byte[] { 1, (byte) (number >> 8), (byte) number };
	}

	private static byte[] frame(int size, char content) {
		byte[] frame = new byte[size];
		java.util.Arrays.fill(frame, (byte) content);
		return frame;
	}

}
