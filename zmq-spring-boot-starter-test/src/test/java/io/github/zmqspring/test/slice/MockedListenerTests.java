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

import java.time.Duration;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqListeners;
import io.github.zmqspring.test.ZmqRecorder;
import io.github.zmqspring.test.ZmqTest;
import io.github.zmqspring.test.ZmqTestPeer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import org.mockito.Mockito;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for beans with listeners that are mocked or spied on.
 */
@NoLeaks
class MockedListenerTests {

	private static final long PATIENCE = Duration.ofSeconds(10).toMillis();

	@Nested
	@ZmqTest(listeners = Orders.class,
			properties = { "zmq.sockets.orders.type=pull", "zmq.sockets.orders.bind=tcp://*:5555",
					"zmq.sockets.questions.type=rep", "zmq.sockets.questions.bind=tcp://*:5557",
					"zmq.sockets.loop-in.type=pull", "zmq.sockets.loop-in.bind=tcp://*:5562" })
	class Mocked {

		@MockitoBean
		private Orders orders;

		@Autowired
		private ZmqSockets sockets;

		@Autowired
		private ZmqRecorder zmq;

		@Test
		void theMockIsCalled() {
			try (ZmqTestPeer peer = ZmqTestPeer.push(this.sockets, "orders")) {
				peer.send("tea");
				Mockito.verify(this.orders, Mockito.timeout(PATIENCE)).handle("tea");
			}
			assertThat(this.zmq).listener("orders.handle").received(1);
		}

		@Test
		void theMockAnswers() {
			BDDMockito.given(this.orders.answer("who")).willReturn("a mock");
			try (ZmqTestPeer peer = ZmqTestPeer.req(this.sockets, "questions")) {
				assertThat(peer.send("who").await().text(0)).isEqualTo("a mock");
			}
		}

	}

	@Nested
	@ZmqTest(listeners = Orders.class,
			properties = { "zmq.sockets.orders.type=pull", "zmq.sockets.orders.bind=tcp://*:5555",
					"zmq.sockets.questions.type=rep", "zmq.sockets.questions.bind=tcp://*:5557",
					"zmq.sockets.loop-in.type=pull", "zmq.sockets.loop-in.bind=tcp://*:5562" })
	class Spied {

		@MockitoSpyBean
		private Orders orders;

		@MockitoBean
		private ZmqTemplate template;

		@Autowired
		private ZmqListeners listeners;

		@Test
		void theSpyIsCalledAndTheTemplateIsAMock() {
			this.listeners.deliver("orders.handle", "rice");
			Mockito.verify(this.orders).handle("rice");
			Mockito.verify(this.template).convertAndSend("confirmations", "got rice");
		}

	}

	@Nested
	@ZmqTest(listeners = Tickets.class, properties = { "tickets.listen=true", "zmq.sockets.tickets.type=pull",
			"zmq.sockets.tickets.bind=tcp://*:5563" })
	class OfAClass {

		@MockitoSpyBean
		private Tickets tickets;

		@Autowired
		private ZmqSockets sockets;

		@Autowired
		private ZmqRecorder zmq;

		@Test
		void theSpyOfAClassThatListensIsCalled() {
			try (ZmqTestPeer peer = ZmqTestPeer.push(this.sockets, "tickets")) {
				peer.send("{\"number\":7}");
				Mockito.verify(this.tickets, Mockito.timeout(PATIENCE)).handle(new Tickets.Ticket(7));
			}
			assertThat(this.zmq).listener("tickets").received(1);
		}

	}

	@Nested
	@ZmqTest(listeners = Tickets.class, properties = { "tickets.listen=true", "zmq.sockets.tickets.type=pull",
			"zmq.sockets.tickets.bind=tcp://*:5563" })
	class OfAMockedClass {

		@MockitoBean
		private Tickets tickets;

		@Autowired
		private ZmqSockets sockets;

		@Test
		void theMockOfAClassThatListensIsCalled() {
			try (ZmqTestPeer peer = ZmqTestPeer.push(this.sockets, "tickets")) {
				peer.send("{\"number\":7}");
				Mockito.verify(this.tickets, Mockito.timeout(PATIENCE)).handle(new Tickets.Ticket(7));
			}
		}

	}

}
