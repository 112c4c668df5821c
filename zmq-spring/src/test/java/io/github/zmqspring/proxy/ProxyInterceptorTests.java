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

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Interceptors on the way through a proxy.
 */
@NoLeaks
class ProxyInterceptorTests {

	private static final SocketOptions CLIENT = SocketOptions.NONE.with(SocketOption.ROUTING_ID, "client");

	@Test
	void anInterceptorLooksAtChangesAndDropsMessages() throws Exception {
		List<String> seen = new ArrayList<>();
		ZmqProxyInterceptor audit = (exchange) -> {
			seen.add(exchange.direction() + " " + exchange.message().text(0));
			return exchange.forward();
		};
		ZmqProxyInterceptor filter = (exchange) -> switch (exchange.message().text(0)) {
			case "secret" -> exchange.drop();
			case "change" -> exchange.forward(exchange.message().withFrames("changed", 1));
			default -> exchange.forward();
		};
		try (ProxyFixture fixture = fixture(List.of(audit, filter), List.of(), null)) {
			ZmqSocket client = fixture.peer(SocketType.DEALER, "q.frontend", CLIENT);
			ZmqSocket worker = fixture.peer(SocketType.DEALER, "q.backend");
			client.send(ProxyFixture.frames("", "secret"), ProxyFixture.TIMEOUT.toNanos());
			client.send(ProxyFixture.frames("", "change"), ProxyFixture.TIMEOUT.toNanos());
			client.send(ProxyFixture.frames("", "as", "is"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(worker)).containsExactly("client", "", "changed", "1");
			assertThat(ProxyFixture.receive(worker)).containsExactly("client", "", "as", "is");
			worker.send(ProxyFixture.frames("client", "", "change"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(client)).containsExactly("", "changed", "1");
			assertThat(seen).containsExactly("TO_BACKEND secret", "TO_BACKEND change", "TO_BACKEND as",
					"TO_FRONTEND change");
			assertThat(fixture.proxies.status("q").toBackend().dropped()).isOne();
			assertThat(fixture.proxies.status("q").toBackend().received()).isEqualTo(3);
		}
	}

	@Test
	void anInterceptorRoutesByContent() throws Exception {
		ZmqProxyInterceptor router = (exchange) -> exchange.message().text(0).startsWith("echo")
				? exchange.reroute("q.frontend", exchange.message()) : exchange.forward();
		try (ProxyFixture fixture = fixture(List.of(router), List.of(), null)) {
			ZmqSocket client = fixture.peer(SocketType.DEALER, "q.frontend", CLIENT);
			client.send(ProxyFixture.frames("", "echo"), ProxyFixture.TIMEOUT.toNanos());
			fixture.peer(SocketType.DEALER, "q.backend");
			assertThat(ProxyFixture.receive(client)).containsExactly("", "echo");
			await().untilAsserted(() -> assertThat(fixture.proxies.status("q").toBackend().rerouted()).isOne());
		}
	}

	@Test
	void aMessageThatAnInterceptorFailsOnIsDeadLetteredAndTheProxyLives() throws Exception {
		ZmqProxyInterceptor failing = (exchange) -> switch (exchange.message().text(0)) {
			case "bad" -> throw new IllegalStateException("on purpose");
			case "worse" -> throw new StackOverflowError("on purpose");
			case "none" -> null;
			case "elsewhere" -> exchange.reroute("nowhere");
			default -> exchange.forward();
		};
		SocketDefinition dead = ProxyFixture.bound("dead", SocketType.PUSH, SocketOptions.NONE);
		try (ProxyFixture fixture = fixture(List.of(failing), List.of(dead), "dead")) {
			ZmqSocket client = fixture.peer(SocketType.DEALER, "q.frontend", CLIENT);
			ZmqSocket worker = fixture.peer(SocketType.DEALER, "q.backend");
			ZmqSocket letters = fixture.peer(SocketType.PULL, "dead");
			for (String text : List.of("bad", "worse", "none", "elsewhere")) {
				client.send(ProxyFixture.frames("", text), ProxyFixture.TIMEOUT.toNanos());
				assertThat(ProxyFixture.receive(letters)).containsExactly("reason=FAILED;proxy=q;direction=TO_BACKEND",
						"client", "", text);
			}
			client.send(ProxyFixture.frames("", "good"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(worker)).containsExactly("client", "", "good");
			await().untilAsserted(() -> {
				ZmqProxyStatus status = fixture.proxies.status("q");
				assertThat(status.toBackend().failed()).isEqualTo(4);
				assertThat(status.toBackend().deadLettered()).isEqualTo(4);
				assertThat(status.alive()).isTrue();
				assertThat(status.lastError()).contains("interceptor failed on a message to the backend")
					.doesNotContain("elsewhere");
			});
		}
	}

	@Test
	void withoutADeadLetterSocketTheMessageIsDroppedAndCounted() throws Exception {
		ZmqProxyInterceptor failing = (exchange) -> {
			if ("bad".equals(exchange.message().text(0))) {
				throw new IllegalStateException("on purpose");
			}
			return exchange.forward();
		};
		try (ProxyFixture fixture = fixture(List.of(failing), List.of(), null)) {
			ZmqSocket client = fixture.peer(SocketType.DEALER, "q.frontend", CLIENT);
			ZmqSocket worker = fixture.peer(SocketType.DEALER, "q.backend");
			client.send(ProxyFixture.frames("", "bad"), ProxyFixture.TIMEOUT.toNanos());
			client.send(ProxyFixture.frames("", "good"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(worker)).containsExactly("client", "", "good");
			assertThat(fixture.proxies.status("q").toBackend().failed()).isOne();
			assertThat(fixture.proxies.status("q").toBackend().deadLettered()).isZero();
		}
	}

	@Test
	void anInterceptorChoosesItsProxies() throws Exception {
		ZmqProxyInterceptor other = new ZmqProxyInterceptor() {

			@Override
			public ZmqProxyDecision intercept(ZmqProxyExchange exchange) {
				return exchange.drop();
			}

			@Override
			public boolean supports(String proxy) {
				return !"q".equals(proxy);
			}

		};
		try (ProxyFixture fixture = fixture(List.of(other), List.of(), null)) {
			ZmqSocket client = fixture.peer(SocketType.DEALER, "q.frontend", CLIENT);
			ZmqSocket worker = fixture.peer(SocketType.DEALER, "q.backend");
			client.send(ProxyFixture.frames("passes"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(worker)).containsExactly("client", "passes");
		}
	}

	private static ProxyFixture fixture(List<ZmqProxyInterceptor> interceptors, List<SocketDefinition> others,
			String deadLetter) {
		return new ProxyFixture(interceptors, Duration.ofSeconds(2), others,
				ProxyFixture.with(ProxyFixture.proxy("q", ZmqProxyType.QUEUE), null, 0, deadLetter));
	}

}
