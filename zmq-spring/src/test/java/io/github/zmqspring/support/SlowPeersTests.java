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

package io.github.zmqspring.support;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SlowPeers}: a peer that had no room is not waited for again until it
 * takes messages.
 */
class SlowPeersTests {

	private static final byte[] SLOW = { 1 };

	private static final byte[] OTHER = { 2 };

	private final AtomicLong waited = new AtomicLong();

	@Test
	void aPeerThatHadNoRoomIsNotWaitedFor() {
		SlowPeers peers = new SlowPeers(Duration.ofHours(1));
		assertThat(send(peers, SLOW, "full")).isEqualTo(100);
		assertThat(send(peers, SLOW, "full")).isZero();
		assertThat(send(peers, OTHER, "taken")).isEqualTo(100);
	}

	@Test
	void onProbationAPeerThatTakesMessagesIsStillNotWaitedFor() {
		SlowPeers peers = new SlowPeers(Duration.ofHours(1));
		send(peers, SLOW, "full");
		assertThat(send(peers, SLOW, "taken")).isZero();
		assertThat(send(peers, SLOW, "taken")).isZero();
	}

	@Test
	void afterItsProbationItIsWaitedForAgain() {
		SlowPeers peers = new SlowPeers(Duration.ZERO);
		send(peers, SLOW, "full");
		assertThat(send(peers, SLOW, "taken")).isZero();
		assertThat(send(peers, SLOW, "taken")).isEqualTo(100);
	}

	@Test
	void aPeerThatIsGoneIsForgotten() {
		SlowPeers peers = new SlowPeers(Duration.ofHours(1));
		send(peers, SLOW, "full");
		assertThat(send(peers, SLOW, "gone")).isZero();
		assertThat(send(peers, SLOW, "taken")).isEqualTo(100);
	}

	@Test
	void theOldestOfTooManyIsForgotten() {
		SlowPeers peers = new SlowPeers(Duration.ofHours(1));
		for (int i = 0; i < 10_001; i++) {
			send(peers, ByteBuffer.allocate(4).putInt(i).array(), "full");
		}
		assertThat(send(peers, new byte[4], "taken")).isEqualTo(100);
		assertThat(send(peers, ByteBuffer.allocate(4).putInt(1).array(), "taken")).isZero();
	}

	/** Each of them alone would be waited for as long as the first. */
	@Test
	void allPeersTogetherHoldTheSenderUpForOneTimeoutAndAPartOfTheTime() {
		SlowPeers peers = new SlowPeers(Duration.ZERO);
		long timeout = TimeUnit.MILLISECONDS.toNanos(40);
		long granted = 0;
		long start = System.nanoTime();
		for (int i = 0; i < 50; i++) {
			// one that takes a message now and then is no better
			boolean reads = i % 2 == 0;
			byte[] peer = ByteBuffer.allocate(4).putInt((reads) ? -1 : i).array();
			granted += peers.<Long>send(peer, timeout, (nanos) -> {
				LockSupport.parkNanos(nanos);
				return nanos;
			}, (nanos) -> !reads, (nanos) -> reads);
		}
		long elapsed = System.nanoTime() - start;
		assertThat(granted).isLessThanOrEqualTo(10 * timeout + elapsed / 4);
		LockSupport.parkNanos(4 * elapsed);
		assertThat(peers.<Long>send(OTHER, timeout, (nanos) -> nanos, (nanos) -> false, (nanos) -> true))
			.isGreaterThan(timeout / 2);
	}

	/** Return how long it could wait. */
	private long send(SlowPeers peers, byte[] peer, String result) {
		assertThat(peers.<String>send(peer, 100, (nanos) -> {
			this.waited.set(nanos);
			return result;
		}, "full"::equals, "taken"::equals)).isEqualTo(result);
		return this.waited.get();
	}

}
