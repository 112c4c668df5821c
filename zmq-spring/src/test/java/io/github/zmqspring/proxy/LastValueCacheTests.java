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

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A forwarder that keeps the newest message of each topic.
 */
@NoLeaks
class LastValueCacheTests {

	private static final int TOPICS = 50;

	@Test
	void lateSubscriberGetsTheNewestMessageOfEachTopicThatMatches() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(
				ProxyFixture.with(ProxyFixture.proxy("lvc", ZmqProxyType.FORWARDER), null, 100, null))) {
			ZmqSocket publisher = fixture.peer(SocketType.XPUB, "lvc.frontend");
			// everything, whatever is subscribed to at the backend
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0001");
			publisher.send(ProxyFixture.frames("weather.berlin", "old"), ProxyFixture.TIMEOUT.toNanos());
			publisher.send(ProxyFixture.frames("weather.berlin", "sunny"), ProxyFixture.TIMEOUT.toNanos());
			publisher.send(ProxyFixture.frames("weather.paris", "rain"), ProxyFixture.TIMEOUT.toNanos());
			publisher.send(ProxyFixture.frames("weathercock", "east"), ProxyFixture.TIMEOUT.toNanos());
			publisher.send(ProxyFixture.frames("sport", "1:0"), ProxyFixture.TIMEOUT.toNanos());
			await().untilAsserted(() -> {
				assertThat(fixture.proxies.status("lvc").cachedTopics()).isEqualTo(4);
				assertThat(fixture.proxies.status("lvc").toBackend().forwarded()).isEqualTo(5);
			});
			ZmqSocket first = fixture.peer(SocketType.SUB, "lvc.backend", SocketOptions.NONE, "weather.");
			assertThat(ProxyFixture.receive(first)).containsExactly("weather.berlin", "sunny");
			assertThat(ProxyFixture.receive(first)).containsExactly("weather.paris", "rain");
			ZmqSocket second = fixture.peer(SocketType.SUB, "lvc.backend", SocketOptions.NONE, "weather.p");
			assertThat(ProxyFixture.receive(second)).containsExactly("weather.paris", "rain");
			// a second subscriber to the very same topic is seen too
			ZmqSocket third = fixture.peer(SocketType.SUB, "lvc.backend", SocketOptions.NONE, "weather.p");
			assertThat(ProxyFixture.receive(third)).containsExactly("weather.paris", "rain");
			publisher.send(ProxyFixture.frames("weather.paris", "snow"), ProxyFixture.TIMEOUT.toNanos());
			// those who came before got nothing again
			for (ZmqSocket subscriber : List.of(first, second, third)) {
				assertThat(ProxyFixture.receive(subscriber)).containsExactly("weather.paris", "snow");
			}
			assertThat(fixture.proxies.status("lvc").toFrontend().consumed()).isEqualTo(3);
		}
	}

	/**
	 * A subscriber that comes at any time sees each topic grow, without a step back or a
	 * repetition.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "tcp", "inproc" })
	void noSubscriberGetsAnOldMessageAfterANewOneOrOneTwice(String scheme) throws Exception {
		ZmqProxyDefinition forwarder = ProxyFixture.with(ProxyFixture.proxy("lvc", ZmqProxyType.FORWARDER), null, 100,
				null);
		if ("inproc".equals(scheme)) {
			forwarder = ZmqProxyDefinition.of("lvc", ZmqProxyType.FORWARDER, forwarder.frontend(),
					SocketDefinition.of("lvc.backend", SocketType.XPUB, List.of("inproc://lvc.backend"), List.of())
						.withLastValueCache(100));
		}
		try (ProxyFixture fixture = new ProxyFixture(forwarder)) {
			ZmqSocket publisher = fixture.peer(SocketType.XPUB, "lvc.frontend");
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0001");
			for (int topic = 0; topic < TOPICS; topic++) {
				publisher.send(ProxyFixture.frames("topic" + topic, 0), ProxyFixture.TIMEOUT.toNanos());
			}
			await().until(() -> fixture.proxies.status("lvc").cachedTopics() == TOPICS);
			AtomicBoolean ending = new AtomicBoolean();
			CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> {
				for (int i = TOPICS; !ending.get(); i++) {
					publisher.send(ProxyFixture.frames("topic" + i % TOPICS, i / TOPICS),
							ProxyFixture.TIMEOUT.toNanos());
					if (i % 50 == 0) {
						// so that nothing is dropped at a high-water mark
						LockSupport.parkNanos(1_000_000);
					}
				}
			});
			try {
				for (int round = 0; round < 10; round++) {
					ZmqSocket late = fixture.peer(SocketType.SUB, "lvc.backend", SocketOptions.NONE, "topic");
					int[] last = new int[TOPICS];
					Arrays.fill(last, -1);
					for (int i = 0; i < 10 * TOPICS; i++) {
						List<String> message = ProxyFixture.receive(late);
						int topic = Integer.parseInt(message.get(0).substring("topic".length()));
						int number = Integer.parseInt(message.get(1));
						assertThat(number).as("after %d of topic %d", last[topic], topic).isGreaterThan(last[topic]);
						assertThat(i < TOPICS).as("the newest of each comes first").isEqualTo(last[topic] == -1);
						last[topic] = number;
					}
					fixture.sockets.remove(late.definition().name());
					await().atMost(ProxyFixture.TIMEOUT)
						.until(() -> fixture.sockets.status("lvc.backend").peers() == 0);
				}
			}
			finally {
				ending.set(true);
				publishing.get(20, TimeUnit.SECONDS);
			}
		}
	}

	@Test
	void aSubscriberWithoutRoomForAllIsReported() throws Exception {
		ZmqProxyDefinition forwarder = ProxyFixture.with(
				ProxyFixture.proxy("lvc", ZmqProxyType.FORWARDER, SocketOptions.NONE.with(SocketOption.SEND_HWM, 10)),
				null, 100, null);
		try (ProxyFixture fixture = new ProxyFixture(forwarder)) {
			ZmqSocket publisher = fixture.peer(SocketType.XPUB, "lvc.frontend");
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0001");
			for (int topic = 0; topic < 100; topic++) {
				publisher.send(ProxyFixture.frames("topic" + topic, "x"), ProxyFixture.TIMEOUT.toNanos());
			}
			await().until(() -> fixture.proxies.status("lvc").cachedTopics() == 100);
			fixture.peer(SocketType.SUB, "lvc.backend", SocketOptions.NONE, "topic");
			await().untilAsserted(() -> assertThat(fixture.proxies.status("lvc").lastError()).contains("'lvc.backend'")
				.contains("of 100 topics")
				.contains("send-hwm"));
		}
	}

	@Test
	void aFullCacheKeepsTheTopicsThatItHas() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(
				ProxyFixture.with(ProxyFixture.proxy("lvc", ZmqProxyType.FORWARDER), null, 1, null))) {
			ZmqSocket publisher = fixture.peer(SocketType.XPUB, "lvc.frontend");
			assertThat(ProxyFixture.receive(publisher)).containsExactly("\u0001");
			publisher.send(ProxyFixture.frames("a", "1"), ProxyFixture.TIMEOUT.toNanos());
			publisher.send(ProxyFixture.frames("b", "1"), ProxyFixture.TIMEOUT.toNanos());
			publisher.send(ProxyFixture.frames("a", "2"), ProxyFixture.TIMEOUT.toNanos());
			await().untilAsserted(() -> assertThat(fixture.proxies.status("lvc").toBackend().forwarded()).isEqualTo(3));
			ZmqSocket subscriber = fixture.peer(SocketType.SUB, "lvc.backend", SocketOptions.NONE, "");
			assertThat(ProxyFixture.receive(subscriber)).containsExactly("a", "2");
			assertThat(fixture.proxies.status("lvc").cachedTopics()).isOne();
			assertThat(fixture.proxies.status("lvc").lastError()).contains("last-value-cache-size");
		}
	}

}
