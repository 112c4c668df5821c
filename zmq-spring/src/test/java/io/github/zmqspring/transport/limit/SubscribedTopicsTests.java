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

import io.github.zmqspring.transport.zmtp.FrameException;
import org.junit.jupiter.api.Test;
import zmq.Msg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link SubscribedTopics}: what subscriptions take is counted once a topic, and
 * given back with the last of them.
 */
class SubscribedTopicsTests {

	private static final IncomingLimits LIMITS = new IncomingLimits(10, 100, 5, 3);

	private final SubscribedTopics topics = new SubscribedTopics(10_000);

	private final SubscribedTopics.Peer one = this.topics.peer(LIMITS);

	private final SubscribedTopics.Peer two = this.topics.peer(LIMITS);

	@Test
	void aTopicIsCountedOnceAndGivenBackWithItsLastPeer() {
		assertThat(this.one.subscribe(topic("ab"), 1)).isTrue();
		long cost = this.topics.taken();
		assertThat(cost).isPositive();
		assertThat(this.one.subscribe(topic("ab"), 1)).isFalse();
		assertThat(this.two.subscribe(topic("ab"), 1)).isTrue();
		assertThat(this.topics.taken()).isEqualTo(cost);
		assertThat(this.one.unsubscribe(topic("ab"), 1)).isTrue();
		assertThat(this.one.unsubscribe(topic("ab"), 1)).isFalse();
		assertThat(this.topics.taken()).isEqualTo(cost);
		this.two.forget();
		assertThat(this.topics.taken()).isZero();
		assertThat(this.two.unsubscribe(topic("ab"), 1)).isFalse();
	}

	@Test
	void aLongerTopicTakesMore() {
		this.one.subscribe(topic("a"), 1);
		long cost = this.topics.taken();
		this.one.subscribe(topic("bcd"), 1);
		assertThat(this.topics.taken()).isGreaterThan(2 * cost);
	}

	@Test
	void theLimitsOfAPeerAreItsOwn() {
		for (String topic : new String[] { "a", "b", "abcde" }) {
			this.one.subscribe(topic(topic), 1);
		}
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> this.one.subscribe(topic("c"), 1))
			.withMessageContaining("more than 3 subscriptions of one peer");
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> this.two.subscribe(topic("abcdef"), 1))
			.withMessageContaining("6 bytes is longer than the limit of 5");
		assertThat(this.two.unsubscribe(topic("abcdef"), 1)).isFalse();
		assertThat(this.two.subscribe(topic("c"), 1)).isTrue();
		this.one.unsubscribe(topic("a"), 1);
		assertThat(this.one.subscribe(topic("c"), 1)).isTrue();
	}

	@Test
	void allPeersTogetherHaveALimitToo() {
		SubscribedTopics small = new SubscribedTopics(1000);
		SubscribedTopics.Peer peer = small.peer(LIMITS);
		peer.subscribe(topic("a"), 1);
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> small.peer(LIMITS).subscribe(topic("b"), 1))
			.withMessageContaining("-Xmx");
		peer.unsubscribe(topic("a"), 1);
		assertThat(small.peer(LIMITS).subscribe(topic("b"), 1)).isTrue();
	}

	/** A subscription, as it comes. */
	private static Msg topic(String topic) {
		return new Msg(("\1" + topic).getBytes());
	}

}
