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

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqListeners;
import io.github.zmqspring.test.ZmqRecorder;
import io.github.zmqspring.test.ZmqTest;
import io.github.zmqspring.test.ZmqTestPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the kit where the application's lanes are virtual threads.
 */
@ZmqTest(properties = { "spring.threads.virtual.enabled=true", "zmq.sockets.orders.type=pull",
		"zmq.sockets.orders.bind=tcp://*:5555" })
@EnabledForJreRange(min = JRE.JAVA_21)
@DirtiesContext
@NoLeaks
class VirtualLanesTests {

	@Autowired
	private ZmqSockets sockets;

	@Autowired
	private ZmqRecorder zmq;

	@Autowired
	private ZmqListeners listeners;

	@Autowired
	private Listening listening;

	@Test
	void whatVirtualThreadsHandleIsRecorded() {
		try (ZmqTestPeer peer = ZmqTestPeer.push(this.sockets, "orders")) {
			peer.send("tea").send("fail");
			assertThat(this.zmq).listener("orders.handle").received(2).first().text().isEqualTo("tea");
			assertThat(this.zmq).listener("orders.handle").failed(1);
		}
		assertThat(String.valueOf(this.listening.thread)).startsWith("VirtualThread");
	}

	@Test
	void aMessageIsDeliveredOnTheThreadOfTheTest() {
		this.listeners.deliver("orders.handle", "tea");
		assertThat(this.listening.thread).isSameAs(Thread.currentThread());
	}

}
