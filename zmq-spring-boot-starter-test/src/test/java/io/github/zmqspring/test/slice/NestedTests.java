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

package io.github.zmqspring.test.slice;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqRecorder;
import io.github.zmqspring.test.ZmqTest;
import io.github.zmqspring.test.ZmqTestPeer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nested classes share the slice of their class, and its recorder forgets between them.
 */
@ZmqTest(listeners = Tickets.class,
		properties = { "zmq.sockets.tickets.type=pull", "zmq.sockets.tickets.bind=tcp://*:5563",
				"zmq.sockets.news.type=pub", "zmq.sockets.news.bind=tcp://*:5561" })
@NoLeaks
class NestedTests {

	@Autowired
	private ZmqSockets sockets;

	@Autowired
	private ZmqRecorder zmq;

	@Nested
	class Publishing {

		@Autowired
		private ZmqTemplate template;

		@Test
		void aTopicAndAGenericPayloadAreLookedAt() {
			assertThat(NestedTests.this.zmq).socket("news").sentNothing();
			this.template.publish("news", "sport", java.util.List.of("goal", "foul"));
			assertThat(NestedTests.this.zmq).socket("news").sentAtLeast(1).first().topic().isEqualTo("sport");
			assertThat(NestedTests.this.zmq).socket("news")
				.sent(1)
				.first()
				.payload(new ParameterizedTypeReference<java.util.List<String>>() {
				})
				.isEqualTo(java.util.List.of("goal", "foul"));
		}

	}

	@Nested
	class Subscribing {

		@Test
		void aPeerSubscribes() {
			assertThat(NestedTests.this.zmq).socket("news").sentNothing().failed(0).isNull();
			try (ZmqTestPeer peer = ZmqTestPeer.sub(NestedTests.this.sockets, "news")) {
				assertThat(NestedTests.this.sockets.status("news").peers()).isOne();
			}
		}

	}

}
