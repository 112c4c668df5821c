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

import io.github.zmqspring.core.MessageOperations;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqUnknownSocketException;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqListeners;
import io.github.zmqspring.test.ZmqRecorder;
import io.github.zmqspring.test.ZmqScenario;
import io.github.zmqspring.test.ZmqTest;
import io.github.zmqspring.test.ZmqTestPeer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ZmqScenario}, for messages that are objects, and for messages that
 * listeners give up.
 */
@ZmqTest(listeners = Tickets.class,
		properties = { "tickets.listen=true", "zmq.sockets.tickets.type=pull", "zmq.sockets.tickets.bind=tcp://*:5563",
				"zmq.sockets.sell.type=push", "zmq.sockets.sell.bind=tcp://*:5564" })
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@NoLeaks
class ScenarioTests {

	@Autowired
	private ZmqScenario scenario;

	@Autowired
	private ZmqListeners listeners;

	@Autowired
	private ZmqRecorder zmq;

	@Autowired
	private ZmqSockets sockets;

	@Autowired
	private MessageOperations messages;

	@Test
	@Order(1)
	void whatHappensIsFollowedByWhatIsExpected() {
		try (ZmqTestPeer peer = ZmqTestPeer.push(this.sockets, "tickets").converting(this.messages)) {
			this.listeners.awaitReady("tickets");
			this.scenario.when(() -> peer.send(new Tickets.Ticket(7)))
				.then((zmq) -> zmq.listener("tickets")
					.received(1)
					.last()
					.payload(Tickets.Ticket.class)
					.isEqualTo(new Tickets.Ticket(7)))
				.then((zmq) -> zmq.socket("sell").sentNothing());
		}
	}

	@Test
	@Order(2)
	void theRecorderHasForgottenTheTestBefore() {
		assertThat(this.zmq).listener("tickets").receivedNothing();
	}

	@Test
	@Order(3)
	void onlyWhatComesAfterTheEventCounts() {
		this.scenario.whenDelivered("tickets", new Tickets.Ticket(1))
			.then((zmq) -> zmq.listener("tickets").received(1));
		this.scenario.whenDelivered("tickets", new Tickets.Ticket(2))
			.then((zmq) -> zmq.listener("tickets").received(1));
	}

	@Test
	@Order(4)
	void aPeerGetsAnObjectThatTheApplicationSends() {
		try (ZmqTestPeer peer = ZmqTestPeer.pull(this.sockets, "sell")) {
			assertThatIllegalStateException().isThrownBy(() -> peer.await(Tickets.Ticket.class))
				.withMessageContaining("converting");
			peer.converting(this.messages);
			this.scenario.whenSent("sell", new Tickets.Ticket(3)).then((zmq) -> zmq.socket("sell").sent(1));
			assertThat(peer.await(Tickets.Ticket.class)).isEqualTo(new Tickets.Ticket(3));
		}
	}

	@Test
	@Order(5)
	void whatAListenerGivesUpIsRecordedWithTheReason() {
		this.scenario.whenDelivered("tickets", "no JSON")
			.then((zmq) -> zmq.listener("tickets").unreadable(1).gaveUp(0));
		this.scenario.whenDelivered("tickets", new Tickets.Ticket(-1))
			.then((zmq) -> zmq.listener("tickets").gaveUp(1).unreadable(0).received(1))
			.then((zmq) -> zmq.listener("tickets").failed(1).hasMessageContaining("below zero"));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.scenario.whenDelivered("tickets", new Tickets.Ticket(1))
				.within(Duration.ofMillis(20))
				.then((zmq) -> zmq.listener("tickets").gaveUp(1)))
			.withMessageContaining("given up as FAILED");
	}

	@Test
	@Order(6)
	void aPeerOfASocketThatIsNotThereIsRefusedWithThoseThatAre() {
		assertThatExceptionOfType(ZmqUnknownSocketException.class)
			.isThrownBy(() -> ZmqTestPeer.push(this.sockets, "tickts"))
			.withMessageContaining("'tickts'")
			.withMessageContaining("tickets");
	}

	@Test
	@Order(7)
	void anEventThatFailsFailsTheTest() {
		assertThatIllegalStateException().isThrownBy(() -> this.scenario.when(() -> {
			throw new java.io.IOException("no");
		}));
	}

}
