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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.support.Uninterruptibly;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.Ports;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Starting, pausing and stopping proxies.
 */
@NoLeaks
class ProxyLifecycleTests {

	@Test
	void aPausedProxyReadsNothingAndGoesOnWhenResumed() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("s", ZmqProxyType.STREAMER))) {
			ZmqSocket producer = fixture.peer(SocketType.PUSH, "s.frontend");
			ZmqSocket worker = fixture.peer(SocketType.PULL, "s.backend");
			producer.send(ProxyFixture.frames("1"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(ProxyFixture.receive(worker)).containsExactly("1");
			fixture.proxies.pause("s");
			assertThat(fixture.proxies.status("s").state()).isEqualTo(ZmqProxyStatus.State.PAUSED);
			producer.send(ProxyFixture.frames("2"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(worker.receive(300_000_000)).isNull();
			assertThat(fixture.proxies.status("s").toBackend().received()).isOne();
			fixture.proxies.resume("s");
			assertThat(ProxyFixture.receive(worker)).containsExactly("2");
		}
	}

	@Test
	void aStoppedProxyClosesItsSocketsAndStartsAgainOnTheSamePort() throws Exception {
		String endpoint;
		try (ProxyFixture free = new ProxyFixture(ProxyFixture.proxy("s", ZmqProxyType.STREAMER))) {
			endpoint = free.endpoint("s.frontend");
		}
		ZmqProxyDefinition streamer = ProxyFixture.proxy("s", ZmqProxyType.STREAMER);
		streamer = ZmqProxyDefinition.of("s", ZmqProxyType.STREAMER, io.github.zmqspring.core.SocketDefinition
			.of("s.frontend", SocketType.PULL, List.of(endpoint), List.of()), streamer.backend());
		try (ProxyFixture fixture = new ProxyFixture(streamer)) {
			ZmqSocket producer = fixture.peer(SocketType.PUSH, "s.frontend");
			for (int i = 0; i < 3; i++) {
				ZmqSocket worker = fixture.peer(SocketType.PULL, "s.backend");
				producer.send(ProxyFixture.frames("round " + i), ProxyFixture.TIMEOUT.toNanos());
				assertThat(ProxyFixture.receive(worker)).containsExactly("round " + i);
				fixture.proxies.stop("s");
				assertThat(fixture.sockets.status("s.frontend").state()).isEqualTo(SocketStatus.State.NEW);
				Ports.awaitFree(Ports.portOf(endpoint));
				fixture.proxies.start("s");
				assertThat(fixture.sockets.awaitPeers("s.frontend", 1, ProxyFixture.TIMEOUT)).isTrue();
			}
			assertThat(fixture.proxies.status("s").toBackend().forwarded()).isEqualTo(3);
			assertThat(fixture.events).extracting(ZmqProxyStateEvent::getState)
				.startsWith(ZmqProxyStatus.State.RUNNING, ZmqProxyStatus.State.STOPPED, ZmqProxyStatus.State.RUNNING);
		}
	}

	@Test
	void whatWasReadIsForwardedBeforeTheSocketsClose() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(
				ProxyFixture.proxy("s", ZmqProxyType.STREAMER, ProxyFixture.hwm(0)))) {
			ZmqSocket producer = fixture.peer(SocketType.PUSH, "s.frontend", ProxyFixture.hwm(0));
			ZmqSocket worker = fixture.peer(SocketType.PULL, "s.backend", ProxyFixture.hwm(0));
			for (int i = 0; i < 20_000; i++) {
				producer.send(ProxyFixture.frames(i), ProxyFixture.TIMEOUT.toNanos());
			}
			ProxyFixture.receive(worker);
			fixture.proxies.stop("s");
			ZmqProxyStatus.Traffic traffic = fixture.proxies.status("s").toBackend();
			assertThat(traffic.received()).isBetween(1L, 20_000L);
			assertThat(traffic.forwarded()).isEqualTo(traffic.received());
			for (int i = 1; i < traffic.forwarded(); i++) {
				assertThat(ProxyFixture.receive(worker)).containsExactly(Integer.toString(i));
			}
		}
	}

	@Test
	void aProxyThatIsBlockedStopsInTime() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(List.of(), Duration.ofSeconds(1),
				ProxyFixture.proxy("s", ZmqProxyType.STREAMER, ProxyFixture.hwm(1)))) {
			ZmqSocket producer = fixture.peer(SocketType.PUSH, "s.frontend", ProxyFixture.hwm(1));
			fixture.peer(SocketType.PULL, "s.backend", ProxyFixture.hwm(1));
			byte[] large = new byte[1024 * 1024];
			while (producer.send(new byte[][] { large }, 300_000_000) == io.github.zmqspring.core.SendResult.ACCEPTED) {
				assertThat(fixture.proxies.status("s").toBackend().received()).isLessThan(1000);
			}
			long start = System.nanoTime();
			fixture.proxies.stop("s");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
			assertThat(fixture.sockets.status("s.backend").state()).isEqualTo(SocketStatus.State.NEW);
		}
	}

	@Test
	void aProxyWithoutPeersStopsAtOnce() throws Exception {
		try (ProxyFixture fixture = new ProxyFixture(List.of(), Duration.ofSeconds(60),
				ProxyFixture.proxy("q", ZmqProxyType.QUEUE))) {
			ZmqSocket client = fixture.peer(SocketType.DEALER, "q.frontend");
			client.send(ProxyFixture.frames("request"), ProxyFixture.TIMEOUT.toNanos());
			long start = System.nanoTime();
			fixture.proxies.stop("q");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
		}
	}

	@Test
	void aProxyThatTakesItsTimeToStopStillTellsHowItIs() throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		ZmqProxyInterceptor slow = (exchange) -> {
			arrived.countDown();
			try {
				released.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return exchange.forward();
		};
		try (ProxyFixture fixture = new ProxyFixture(List.of(slow), Duration.ofSeconds(60),
				ProxyFixture.proxy("s", ZmqProxyType.STREAMER))) {
			ZmqSocket producer = fixture.peer(SocketType.PUSH, "s.frontend");
			ZmqSocket worker = fixture.peer(SocketType.PULL, "s.backend");
			producer.send(ProxyFixture.frames("slow"), ProxyFixture.TIMEOUT.toNanos());
			assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> fixture.proxies.stop("s"));
			await().until(() -> fixture.proxies.status("s").state() == ZmqProxyStatus.State.STOPPED);
			assertThat(stop).isNotDone();
			released.countDown();
			stop.get(20, TimeUnit.SECONDS);
			assertThat(ProxyFixture.receive(worker)).containsExactly("slow");
		}
	}

	@Test
	void whatNoPeerTakesBeforeTheEndIsReported() throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		ZmqProxyInterceptor slow = (exchange) -> {
			arrived.countDown();
			Uninterruptibly.await(TimeUnit.SECONDS.toNanos(30), (left) -> released.await(left, TimeUnit.NANOSECONDS));
			return exchange.forward();
		};
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		Logger logger = (Logger) LoggerFactory.getLogger(ProxyContainer.class);
		logger.addAppender(log);
		log.start();
		try (ProxyFixture fixture = new ProxyFixture(List.of(slow), Duration.ofSeconds(2),
				ProxyFixture.proxy("s", ZmqProxyType.STREAMER))) {
			ZmqSocket producer = fixture.peer(SocketType.PUSH, "s.frontend");
			ZmqSocket worker = fixture.peer(SocketType.PULL, "s.backend");
			for (int i = 0; i < 3; i++) {
				producer.send(ProxyFixture.frames("late"), ProxyFixture.TIMEOUT.toNanos());
			}
			assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
			fixture.sockets.stop(worker.definition().name());
			await().until(() -> fixture.sockets.status("s.backend").peers() == 0);
			CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> fixture.proxies.stop("s"));
			await().until(() -> fixture.proxies.status("s").state() == ZmqProxyStatus.State.STOPPED);
			released.countDown();
			stop.get(20, TimeUnit.SECONDS);
		}
		finally {
			logger.detachAppender(log);
		}
		assertThat(log.list).anySatisfy((line) -> {
			assertThat(line.getLevel()).isEqualTo(Level.WARN);
			assertThat(line.getFormattedMessage()).startsWith("Stopped proxy 's' with ")
				.contains("read but not forwarded");
		});
	}

	@Test
	void theJvmStaysUpWhileAProxyRuns() {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("s", ZmqProxyType.STREAMER))) {
			assertThat(keepsTheJvmUp()).isTrue();
			fixture.proxies.pause("s");
			assertThat(keepsTheJvmUp()).isTrue();
			fixture.proxies.stop("s");
			await().until(() -> !keepsTheJvmUp());
			fixture.proxies.start("s");
			assertThat(keepsTheJvmUp()).isTrue();
		}
		await().until(() -> !keepsTheJvmUp());
	}

	private static boolean keepsTheJvmUp() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().equals("zmq-proxies") && !thread.isDaemon());
	}

	@Test
	void aSocketThatIsClosedUnderAProxyShows() {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("q", ZmqProxyType.QUEUE))) {
			assertThat(fixture.proxies.status("q").alive()).isTrue();
			fixture.sockets.stop("q.backend");
			assertThat(fixture.proxies.status("q").alive()).isFalse();
			fixture.proxies.stop("q");
			fixture.proxies.start("q");
			assertThat(fixture.proxies.status("q").alive()).isTrue();
		}
	}

	@Test
	void anUnknownProxyIsReportedWithThoseThereAre() {
		try (ProxyFixture fixture = new ProxyFixture(ProxyFixture.proxy("q", ZmqProxyType.QUEUE))) {
			assertThatIllegalArgumentException().isThrownBy(() -> fixture.proxies.pause("p"))
				.withMessage("There is no proxy 'p'. There are [q]");
		}
	}

}
