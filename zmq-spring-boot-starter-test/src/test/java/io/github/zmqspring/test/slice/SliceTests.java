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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ZmqTest} and what comes with it.
 */
@ZmqTest(properties = { "zmq.sockets.orders.type=pull", "zmq.sockets.orders.bind=tcp://*:5555",
		"zmq.sockets.confirmations.type=push", "zmq.sockets.confirmations.connect=tcp://elsewhere.invalid:5556",
		"zmq.sockets.questions.type=rep", "zmq.sockets.questions.bind=tcp://127.0.0.1:5557", "zmq.sockets.ask.type=req",
		"zmq.sockets.ask.connect=tcp://localhost:5559", "zmq.sockets.answers.type=router",
		"zmq.sockets.answers.bind=tcp://127.0.0.1:5560", "zmq.sockets.feed.type=sub",
		"zmq.sockets.feed.connect=tcp://elsewhere.invalid:5558", "zmq.sockets.feed.topics=tick,tock",
		"zmq.sockets.news.type=pub", "zmq.sockets.news.bind=tcp://*:5561", "zmq.sockets.loop-in.type=pull",
		"zmq.sockets.loop-in.bind=tcp://*:5562", "zmq.sockets.loop-out.type=push",
		"zmq.sockets.loop-out.connect=tcp://localhost:5562", "zmq.sockets.tickets.type=pull",
		"zmq.sockets.tickets.bind=tcp://*:5563" })
@NoLeaks
class SliceTests {

	@Autowired
	private ApplicationContext context;

	@Autowired
	private ZmqSockets sockets;

	@Autowired
	private ZmqTemplate template;

	@Autowired
	private ZmqRecorder zmq;

	@Autowired
	private ZmqListeners listeners;

	@Test
	void listenersAreThereAndOtherComponentsAreNot() {
		assertThat(this.context.getBeansOfType(Orders.class)).hasSize(1);
		assertThat(this.context.getBeansOfType(Tickets.class)).hasSize(1);
		assertThat(this.context.getBeansOfType(Unrelated.class)).isEmpty();
	}

	@Test
	void socketsBindToPortsThatTheOperatingSystemChooses() {
		assertThat(this.sockets.status("orders").bound()).singleElement()
			.asString()
			.startsWith("tcp://127.0.0.1:")
			.doesNotEndWith(":5555");
	}

	@Test
	void aConnectionWithinTheApplicationFollowsThePort() {
		this.template.convertAndSend("loop-out", "round");
		assertThat(this.zmq).listener("orders.loop").received(1).last().text().isEqualTo("round");
		assertThat(this.zmq).socket("loop-out").sent(1).first().payload(String.class).isEqualTo("round");
	}

	@Test
	void aPeerSendsAndTheRecorderTells() {
		try (ZmqTestPeer confirmed = ZmqTestPeer.pull(this.sockets, "confirmations");
				ZmqTestPeer peer = ZmqTestPeer.push(this.sockets, "orders")) {
			peer.send("tea").send("rice");
			assertThat(this.zmq).listener("orders.handle")
				.received(2)
				.payloads(String.class)
				.containsExactly("tea", "rice");
			assertThat(this.zmq).socket("confirmations").sent(2).last().text().isEqualTo("got rice");
			assertThat(confirmed.await(2)).extracting((message) -> message.text(0))
				.containsExactly("got tea", "got rice");
		}
	}

	@Test
	void aListenerIsCalledWithoutASocket() {
		this.listeners.deliver("orders.handle", " ");
		assertThat(this.zmq).listener("orders.handle").failed(1).hasMessage("an order of nothing");
		assertThat(this.zmq).socket("confirmations").sentNothing();
		assertThatIllegalArgumentException().isThrownBy(() -> this.listeners.deliver("orders.handel", "x"))
			.withMessageContaining("orders.handle");
	}

	@Test
	void aNameThatNothingHasIsRefusedAtOnceWithThoseThereAre() {
		assertThatIllegalArgumentException().isThrownBy(() -> assertThat(this.zmq).listener("orders.handel"))
			.withMessageContaining("'orders.handel'")
			.withMessageContaining("orders.handle");
		assertThatIllegalArgumentException().isThrownBy(() -> assertThat(this.zmq).socket("order"))
			.withMessageContaining("orders");
	}

	@Test
	void aPeerThatAsksGetsItsReply() {
		try (ZmqTestPeer peer = ZmqTestPeer.req(this.sockets, "questions")) {
			assertThat(peer.send("ready").await().text(0)).isEqualTo("ready!");
		}
		assertThat(this.zmq).listener("orders.answer").returned(1).isEqualTo("ready!");
	}

	@Test
	void aPeerAnswersRequestsOfTheApplication() {
		try (ZmqTestPeer server = ZmqTestPeer.rep(this.sockets, "ask", (request) -> request.text(0) + "?")) {
			assertThat(this.template.convertSendAndReceive("ask", "who", String.class)).isEqualTo("who?");
		}
	}

	@Test
	void aSubscriberGetsWhatIsPublishedOnceItIsThere() {
		try (ZmqTestPeer subscriber = ZmqTestPeer.sub(this.sockets, "news", "sport")) {
			this.template.publish("news", "weather", "rain");
			this.template.publish("news", "sport", "goal");
			assertThat(subscriber.await().text(1)).isEqualTo("goal");
			subscriber.awaitNothing(Duration.ofMillis(50));
		}
	}

	@Test
	void aPublisherKnowsItsSubscriberOnceItIsThere() {
		try (ZmqTestPeer publisher = ZmqTestPeer.pub(this.sockets, "feed")) {
			publisher.send("tick", "1");
			assertThat(this.template.receiveFrames("feed", Duration.ofSeconds(10)).text(1)).isEqualTo("1");
		}
	}

	@Test
	void aLinkIsFrozenCutAndMended() {
		try (ZmqTestPeer peer = ZmqTestPeer.push(this.sockets, "orders");
				ZmqTestPeer confirmed = ZmqTestPeer.pull(this.sockets, "confirmations")) {
			peer.freeze();
			peer.send("late");
			confirmed.awaitNothing(Duration.ofMillis(200));
			peer.mend();
			assertThat(confirmed.await().text(0)).isEqualTo("got late");
			peer.cut();
			Awaitility.await().until(() -> this.sockets.status("orders").peers() == 0);
			peer.mend();
			Awaitility.await().until(() -> this.sockets.status("orders").peers() == 1);
			peer.send("again");
			assertThat(confirmed.await().text(0)).isEqualTo("got again");
		}
	}

	@Test
	void anAssertionThatFailsSaysWhatWasThere() {
		this.listeners.deliver("orders.answer", "one");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.zmq).within(Duration.ofMillis(50)).listener("orders.answer").received(2))
			.withMessageContaining("orders.answer")
			.withMessageContaining("size: 2");
	}

}
