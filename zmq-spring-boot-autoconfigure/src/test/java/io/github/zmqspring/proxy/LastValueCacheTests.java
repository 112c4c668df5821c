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

import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A forwarder that keeps the newest message of each topic.
 */
@NoLeaks
class LastValueCacheTests {

	@Test
	void whoSubscribesLateGetsTheNewestMessageOfEachTopicThatMatches() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(
				ProxyFixture.with(ProxyFixture.proxy("lvc", ZmqProxyType.FORWARDER), null, 100, null))) {
			ZmqSocket publisher = fixture.peer(SocketType.XPUB, "lvc.frontend");
			// everything, whoever subscribes at the backend
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
			assertThat(ProxyFixture.receive(third)).containsExactly("weather.paris", "snow");
			assertThat(fixture.proxies.status("lvc").toFrontend().consumed()).isEqualTo(3);
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
