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

package io.github.zmqspring.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What goes through a proxy, and what it counts.
 */
@NoLeaks
class ProxyForwardingTests {

	@Test
	void aQueueForwardsRequestsAndRepliesFrameByFrame() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("q", ZmqProxyType.QUEUE))) {
			ZmqSocket client = fixture.peer(SocketType.DEALER, "q.frontend",
					SocketOptions.NONE.with(SocketOption.ROUTING_ID, "client"));
			ZmqSocket worker = fixture.peer(SocketType.DEALER, "q.backend");
			client.send(ProxyFixture.frames("a", "", "b", ""), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(worker)).containsExactly("client", "a", "", "b", "");
			worker.send(ProxyFixture.frames("client", "", "", "reply"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(client)).containsExactly("", "", "reply");
			await().untilAsserted(() -> {
				ZmqProxyStatus status = fixture.proxies.status("q");
				assertThat(status.toBackend().received()).isOne();
				assertThat(status.toBackend().forwarded()).isOne();
				assertThat(status.toBackend().forwardedBytes()).isEqualTo(8);
				assertThat(status.toFrontend().forwarded()).isOne();
				assertThat(status.alive()).isTrue();
			});
		}
	}

	@Test
	void aReplyWhosePeerIsGoneIsCountedAndHoldsNothingUp() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("q", ZmqProxyType.QUEUE))) {
			ZmqSocket client = fixture.peer(SocketType.DEALER, "q.frontend");
			ZmqSocket worker = fixture.peer(SocketType.DEALER, "q.backend");
			client.send(ProxyFixture.frames("request"), ProxyFixture.TIMEOUT.toNanos());
			String id = new String(worker.receive(ProxyFixture.TIMEOUT.toNanos()).raw()[0],
					java.nio.charset.StandardCharsets.ISO_8859_1);
			byte[] idBytes = id.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
			worker.send(ProxyFixture.frames("nobody", "reply"), ProxyFixture.TIMEOUT.toNanos());
			worker.send(ProxyFixture.frames("malformed"), ProxyFixture.TIMEOUT.toNanos());
			worker.send(new byte[][] { idBytes, "reply".getBytes() }, ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(client)).containsExactly("reply");
			await()
				.untilAsserted(() -> assertThat(fixture.proxies.status("q").toFrontend().undeliverable()).isEqualTo(2));
			await().until(() -> fixture.proxies.status("q").toFrontend().forwarded() == 1);
			assertThat(fixture.proxies.status("q").lastError()).contains("Proxy 'q'").doesNotContain("reply");
		}
	}

	@Test
	void aClientThatDoesNotReadLosesItsOwnRepliesOnly() throws Exception {
		ZmqProxyDefinition queue = ProxyFixture.proxy("q", ZmqProxyType.QUEUE,
				ProxyFixture.hwm(10).with(SocketOption.SEND_TIMEOUT, Duration.ofMillis(300)));
		try (ProxyFixture fixture = new ProxyFixture(queue)) {
			fixture.peer(SocketType.DEALER, "q.frontend", ProxyFixture.hwm(1).with(SocketOption.ROUTING_ID, "deaf"));
			ZmqSocket client = fixture.peer(SocketType.DEALER, "q.frontend",
					SocketOptions.NONE.with(SocketOption.ROUTING_ID, "client"));
			ZmqSocket worker = fixture.peer(SocketType.DEALER, "q.backend");
			byte[] large = new byte[512 * 1024];
			for (int i = 0; i < 100; i++) {
				assertThat(worker.send(new byte[][] { "deaf".getBytes(), large }, ProxyFixture.TIMEOUT.toNanos()))
					.isEqualTo(SendResult.ACCEPTED);
			}
			worker.send(ProxyFixture.frames("client", "reply"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(client)).containsExactly("reply");
			// all are accounted for
			await().untilAsserted(() -> {
				ZmqProxyStatus.Traffic traffic = fixture.proxies.status("q").toFrontend();
				assertThat(traffic.undeliverable()).isPositive();
				assertThat(traffic.forwarded() + traffic.undeliverable()).isEqualTo(101).isEqualTo(traffic.received());
			});
		}
	}

	@Test
	void bytesAreCountedInBothDirections() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("q", ZmqProxyType.QUEUE))) {
			ZmqSocket client = fixture.peer(SocketType.DEALER, "q.frontend",
					SocketOptions.NONE.with(SocketOption.ROUTING_ID, "client"));
			ZmqSocket worker = fixture.peer(SocketType.DEALER, "q.backend");
			client.send(ProxyFixture.frames("", "request"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(worker)).containsExactly("client", "", "request");
			worker.send(ProxyFixture.frames("client", "", "a reply"), ProxyFixture.TIMEOUT.toNanos());
			worker.send(ProxyFixture.frames("client", "", "and more"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(client)).containsExactly("", "a reply");
			assertThat(ProxyFixture.receive(client)).containsExactly("", "and more");
			await().untilAsserted(() -> {
				ZmqProxyStatus status = fixture.proxies.status("q");
				assertThat(status.toBackend().forwardedBytes()).isEqualTo(6 + 7);
				assertThat(status.toFrontend().forwardedBytes()).isEqualTo(6 + 7 + 6 + 8);
			});
		}
	}

	@Test
	void aForwarderCarriesSubscriptionsUpstream() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("f", ZmqProxyType.FORWARDER))) {
			ZmqSocket publisher = fixture.peer(SocketType.XPUB, "f.frontend");
			ZmqSocket subscriber = fixture.peer(SocketType.SUB, "f.backend", SocketOptions.NONE, "weather");
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0001weather");
			publisher.send(ProxyFixture.frames("sport", "no"), ProxyFixture.TIMEOUT.toNanos());
			publisher.send(ProxyFixture.frames("weather", "sunny"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(subscriber)).containsExactly("weather", "sunny");
			fixture.sockets.unsubscribe(subscriber.definition().name(), "weather");
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0000weather");
			assertThat(fixture.proxies.status("f").toBackend().received()).isOne();
		}
	}

	@Test
	void thePublisherHearsOfATopicOnceAndOfItsEndWhenTheLastSubscriberGoes() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("f", ZmqProxyType.FORWARDER))) {
			ZmqSocket publisher = fixture.peer(SocketType.XPUB, "f.frontend");
			ZmqSocket first = fixture.peer(SocketType.SUB, "f.backend", SocketOptions.NONE, "a");
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0001a");
			ZmqSocket second = fixture.peer(SocketType.SUB, "f.backend", SocketOptions.NONE, "a", "b");
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0001b");
			fixture.sockets.unsubscribe(first.definition().name(), "a");
			await().until(() -> fixture.sockets.subscribers("f.backend", "a") == 1);
			// the last one goes without a word
			fixture.sockets.remove(second.definition().name());
			assertThat(List.of(ProxyFixture.receive(publisher).get(0), ProxyFixture.receive(publisher).get(0)))
				.containsExactlyInAnyOrder("\u0000a", "\u0000b");
			assertThat(publisher.receive(0)).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "XPUB_VERBOSE", "XPUB_VERBOSER" })
	void aVerboseForwarderTellsOfEverySubscriberAndOfTheEndOnce(SocketOption verbose) throws Exception {
		ZmqProxyDefinition plain = ProxyFixture.proxy("f", ZmqProxyType.FORWARDER);
		ZmqProxyDefinition forwarder = ZmqProxyDefinition.of("f", ZmqProxyType.FORWARDER, plain.frontend(),
				plain.backend().withOptions(SocketOptions.NONE.with(verbose, true)));
		try (ProxyFixture fixture = new ProxyFixture(forwarder)) {
			ZmqSocket publisher = fixture.peer(SocketType.XPUB, "f.frontend",
					SocketOptions.NONE.with(SocketOption.XPUB_VERBOSE, true));
			List<ZmqSocket> subscribers = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				subscribers.add(fixture.peer(SocketType.SUB, "f.backend", SocketOptions.NONE, "a"));
				assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0001a");
			}
			fixture.sockets.unsubscribe(subscribers.get(0).definition().name(), "a");
			await().until(() -> fixture.sockets.subscribers("f.backend", "a") == 2);
			fixture.sockets.remove(subscribers.get(1).definition().name());
			await().until(() -> fixture.sockets.subscribers("f.backend", "a") == 1);
			fixture.sockets.subscribe(subscribers.get(0).definition().name(), "mark");
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0001mark");
			fixture.sockets.unsubscribe(subscribers.get(2).definition().name(), "a");
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0000a");
			fixture.sockets.subscribe(subscribers.get(2).definition().name(), "a");
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0001a");
		}
	}

	@Test
	void aStreamerHoldsProducersBackWhileNoWorkerIsThere() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(
				ProxyFixture.proxy("s", ZmqProxyType.STREAMER, ProxyFixture.hwm(10)))) {
			ZmqSocket producer = fixture.peer(SocketType.PUSH, "s.frontend", ProxyFixture.hwm(10));
			byte[] large = new byte[256 * 1024];
			int accepted = 0;
			while (producer.send(new byte[][] { Integer.toString(accepted).getBytes(), large },
					500_000_000) == SendResult.ACCEPTED) {
				accepted++;
				assertThat(accepted).as("messages without a receiver").isLessThan(500);
			}
			assertThat(fixture.proxies.status("s").toBackend().received()).isZero();
			ZmqSocket worker = fixture.peer(SocketType.PULL, "s.backend");
			for (int i = 0; i < accepted; i++) {
				assertThat(worker.receive(ProxyFixture.TIMEOUT.toNanos()).text(0)).isEqualTo(Integer.toString(i));
			}
		}
	}

	@Test
	void proxiesCanBeChained() throws Exception {
		ZmqProxyDefinition first = ProxyFixture.proxy("first", ZmqProxyType.QUEUE);
		ZmqProxyDefinition second = new ZmqProxyDefinition("second", ZmqProxyType.QUEUE,
				SocketDefinition.of("second.frontend", SocketType.ROUTER, List.of("inproc://second"), List.of()),
				ProxyFixture.proxy("second", ZmqProxyType.QUEUE).backend(), null, true, null);
		ZmqProxyDefinition chained = ZmqProxyDefinition.of("first", ZmqProxyType.QUEUE, first.frontend(),
				SocketDefinition.of("first.backend", SocketType.DEALER, List.of(), List.of("inproc://second")));
		try (ProxyFixture fixture = new ProxyFixture(chained, second)) {
			ZmqSocket client = fixture.peer(SocketType.DEALER, "first.frontend");
			ZmqSocket worker = fixture.peer(SocketType.DEALER, "second.backend");
			for (int i = 0; i < 1000; i++) {
				client.send(ProxyFixture.frames("", "request " + i), ProxyFixture.TIMEOUT.toNanos());
				ZmqMessage request = worker.receive(ProxyFixture.TIMEOUT.toNanos());
				assertThat(request.raw().length).isEqualTo(4);
				worker.send(request.raw(), ProxyFixture.TIMEOUT.toNanos());
				assertThat(ProxyFixture.receive(client)).containsExactly("", "request " + i);
			}
		}
	}

	@Test
	void anyTwoTypesThatFitCanBePaired() throws Exception {
		ZmqProxyDefinition bridge = ProxyFixture.proxy("b", ZmqProxyType.CUSTOM, SocketType.SUB, SocketType.PUSH,
				SocketOptions.NONE);
		try (ProxyFixture fixture = new ProxyFixture(bridge)) {
			ZmqSocket publisher = fixture.peer(SocketType.XPUB, "b.frontend");
			ZmqSocket worker = fixture.peer(SocketType.PULL, "b.backend");
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0001");
			publisher.send(ProxyFixture.frames("topic", "body"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(worker)).containsExactly("topic", "body");
		}
	}

	@Test
	void aCaptureSocketGetsACopyOfEachMessageAndNeverHoldsTheProxyUp() throws Exception {
		ZmqProxyDefinition queue = ProxyFixture.with(ProxyFixture.proxy("q", ZmqProxyType.QUEUE),
				ProxyFixture.bound("q.capture", SocketType.PUSH, ProxyFixture.hwm(5)), 0, null);
		try (ProxyFixture fixture = new ProxyFixture(queue)) {
			ZmqSocket client = fixture.peer(SocketType.DEALER, "q.frontend",
					SocketOptions.NONE.with(SocketOption.ROUTING_ID, "client"));
			ZmqSocket worker = fixture.peer(SocketType.DEALER, "q.backend");
			client.send(ProxyFixture.frames("not captured"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(worker)).containsExactly("client", "not captured");
			await().untilAsserted(() -> assertThat(fixture.proxies.status("q").captureDropped()).isOne());
			ZmqSocket audit = fixture.peer(SocketType.PULL, "q.capture");
			client.send(ProxyFixture.frames("request", "1"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(worker)).containsExactly("client", "request", "1");
			assertThat(ProxyFixture.receive(audit)).containsExactly("client", "request", "1");
			worker.send(ProxyFixture.frames("client", "reply"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(client)).containsExactly("reply");
			assertThat(ProxyFixture.receive(audit)).containsExactly("client", "reply");
			assertThat(fixture.proxies.status("q").captured()).isEqualTo(2);
		}
	}

}
