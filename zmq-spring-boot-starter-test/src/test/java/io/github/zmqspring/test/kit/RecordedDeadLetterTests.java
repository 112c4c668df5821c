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

package io.github.zmqspring.test.kit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.listener.ZmqDeadLetter;
import io.github.zmqspring.listener.ZmqDeadLetters;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqListeners;
import io.github.zmqspring.test.ZmqRecorder;
import io.github.zmqspring.test.ZmqTest;
import io.github.zmqspring.test.ZmqTestPeer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the recorder and peers of a socket that gets dead letters.
 */
@ZmqTest(properties = { "zmq.sockets.orders.type=pull", "zmq.sockets.orders.bind=tcp://*:5555",
		"zmq.sockets.dead.type=push", "zmq.sockets.dead.bind=tcp://*:5556", "zmq.sockets.grave.type=pull",
		"zmq.sockets.grave.connect=tcp://localhost:5556", "zmq.listener.dead-letter=dead",
		"zmq.listener.retry.max-attempts=2", "zmq.listener.retry.initial-interval=1ms" })
@NoLeaks
class RecordedDeadLetterTests {

	@Autowired
	private ZmqSockets sockets;

	@Autowired
	private ZmqRecorder zmq;

	@Autowired
	private ZmqListeners listeners;

	@Autowired
	private ZmqDeadLetters letters;

	@Test
	void aDeadLetterIsRecordedAsSentOnItsSocket() {
		try (ZmqTestPeer peer = ZmqTestPeer.push(this.sockets, "orders")) {
			peer.send("fail now");
			assertThat(this.zmq).listener("orders.handle").gaveUp(1);
			assertThat(this.zmq).listener("orders.handle").received(1);
			assertThat(this.zmq).socket("dead")
				.sent(1)
				.last()
				.frames()
				.extracting((frame) -> new String(frame, StandardCharsets.UTF_8))
				.containsExactly("reason=FAILED;listener=orders.handle;attempts=2", "fail now");
		}
		ZmqDeadLetter letter = this.letters.receive("grave", Duration.ofSeconds(30));
		assertThat(letter).isNotNull();
		assertThat(letter.source()).isEqualTo("orders.handle");
	}

}
