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

package io.github.zmqspring.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.core.status.SocketDetails;
import io.github.zmqspring.event.ZmqSocketAcceptFailedEvent;
import io.github.zmqspring.event.ZmqSocketAuthenticationFailedEvent;
import io.github.zmqspring.event.ZmqSocketClosedEvent;
import io.github.zmqspring.event.ZmqSocketConnectFailedEvent;
import io.github.zmqspring.event.ZmqSocketConnectedEvent;
import io.github.zmqspring.event.ZmqSocketConnectionEvent;
import io.github.zmqspring.event.ZmqSocketDisconnectedEvent;
import io.github.zmqspring.event.ZmqSocketHandshakeFailedEvent;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import io.github.zmqspring.transport.peer.ConnectionEvents;
import io.github.zmqspring.transport.peer.EventPublisher;
import io.github.zmqspring.transport.peer.PeerTracker;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.wire.SocketCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import zmq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the application is told of connections, and what can be asked about them.
 */
@NoLeaks
@Timeout(120)
class ConnectionEventsTests {

	private final Queue<Object> events = new ConcurrentLinkedQueue<>();

	private final Queue<String> threads = new ConcurrentLinkedQueue<>();

	private final ZContext context = new ZContext();

	private final SocketRegistry registry = new SocketRegistry(this.context, 1, (event) -> {
		this.events.add(event);
		if (event instanceof ZmqSocketConnectionEvent) {
			this.threads.add(Thread.currentThread().getName());
		}
	}, SocketOptions.NONE, List.of());

	@AfterEach
	void close() {
		this.registry.stop();
		assertThat(ContextTerminator.terminate(this.context, TestSockets.PATIENCE)).isTrue();
	}

	private String start() {
		this.registry.start();
		this.registry.create(SocketDefinition.of("in", SocketType.PULL, List.of(TestSockets.TCP), List.of()));
		return this.registry.status("in").bound().get(0);
	}

	private <T extends ZmqSocketConnectionEvent> T await(Class<T> type, String socket) {
		TestSockets.await(() -> find(type, socket) != null);
		return find(type, socket);
	}

	private <T extends ZmqSocketConnectionEvent> T find(Class<T> type, String socket) {
		return this.events.stream()
			.filter(type::isInstance)
			.map(type::cast)
			.filter((event) -> event.getSocket().equals(socket))
			.findFirst()
			.orElse(null);
	}

	@Test
	void connectionsThatComeAndGoAreToldOfOnBothSides() {
		String endpoint = start();
		this.registry.create(SocketDefinition.of("out", SocketType.PUSH, List.of(), List.of(endpoint)));
		ZmqSocketConnectedEvent accepted = await(ZmqSocketConnectedEvent.class, "in");
		assertThat(accepted.isAccepted()).isTrue();
		assertThat(accepted.getAddress()).startsWith("127.0.0.1:");
		assertThat(accepted.getEndpoint()).isEqualTo(endpoint);
		ZmqSocketConnectedEvent connected = await(ZmqSocketConnectedEvent.class, "out");
		assertThat(connected.isAccepted()).isFalse();
		assertThat("tcp://" + connected.getAddress()).isEqualTo(endpoint);
		TestSockets.await(() -> this.registry.status("in").peers() == 1 && this.registry.status("out").peers() == 1);
		SocketDetails details = this.registry.details("out");
		assertThat(details.peers()).hasSize(1);
		assertThat(details.connects()).extracting(ConnectStatus::state).containsExactly(ConnectStatus.State.CONNECTED);
		this.registry.remove("out");
		assertThat(await(ZmqSocketDisconnectedEvent.class, "in").isAccepted()).isTrue();
		assertThat(this.events).anyMatch((event) -> event instanceof ZmqSocketClosedEvent closed && closed.isRemoved());
		assertThat(this.threads).isNotEmpty().allMatch("zmq-events"::equals);
	}

	@Test
	void aRefusedEndpointIsReportedAndCountedUntilItIsBound() throws IOException {
		int port;
		try (ServerSocket probe = new ServerSocket()) {
			probe.bind(new InetSocketAddress("127.0.0.1", 0));
			port = probe.getLocalPort();
		}
		start();
		// by its name: JeroMQ tells of addresses
		String endpoint = "tcp://localhost:" + port;
		this.registry.create(SocketDefinition.of("out", SocketType.PUSH, List.of(), List.of(endpoint)));
		ZmqSocketConnectFailedEvent failed = await(ZmqSocketConnectFailedEvent.class, "out");
		assertThat(failed.getEndpoint()).isEqualTo(endpoint);
		assertThat(failed.getReason()).contains("no process accepts connections there");
		TestSockets.await(() -> this.registry.details("out").connects().get(0).failures() > 2);
		assertThat(this.registry.details("out").connects().get(0).state()).isEqualTo(ConnectStatus.State.CONNECTING);
		assertThat(this.registry.status("out").lastError()).contains(endpoint);
		this.registry.bind("in", "tcp://127.0.0.1:" + port);
		TestSockets
			.await(() -> this.registry.details("out").connects().get(0).state() == ConnectStatus.State.CONNECTED);
		assertThat(this.registry.details("out").connects().get(0).lastError()).isNull();
		assertThat(this.registry.details("out").connects().get(0).failures()).isZero();
	}

	@Test
	void connectionThatEndsAfterItsGreetingIsNoPeer() throws IOException {
		String endpoint = start();
		try (RawPeer silent = RawPeer.connect(endpoint).greet()) {
			// the greeting alone is no handshake
		}
		assertThat(await(ZmqSocketHandshakeFailedEvent.class, "in").getEndpoint()).isEqualTo(endpoint);
		assertThat(find(ZmqSocketConnectedEvent.class, "in")).isNull();
		assertThat(find(ZmqSocketDisconnectedEvent.class, "in")).isNull();
		assertThat(this.registry.status("in").lastError())
			.contains("the peer hung up before it said what socket it is");
	}

	@Test
	void failuresThatRepeatAreToldOfOnceASecond() {
		AtomicInteger told = new AtomicInteger();
		SocketCounters counters = new SocketCounters();
		PeerTracker tracker = new PeerTracker(false,
				new ConnectionEvents(this, "in", counters::failed, ConnectionEvents.Losses.NONE, (event) -> {
					assertThat(event).isInstanceOf(ZmqSocketAcceptFailedEvent.class);
					told.incrementAndGet();
				}));
		long start = System.nanoTime();
		for (int i = 0; i < 10_000; i++) {
			tracker.consume(new ZMQ.Event(ZMQ.ZMQ_EVENT_ACCEPT_FAILED, "tcp://127.0.0.1:1", 24));
		}
		long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
		assertThat(told.get()).isBetween(1, (int) seconds + 1);
		assertThat(tracker.acceptFailures()).isEqualTo(10_000);
		assertThat(counters.lastError()).contains("could not be accepted");
	}

	@Test
	void aPeerThatRefusesOurCredentialsIsNotTriedAgain() {
		Queue<Object> told = new ConcurrentLinkedQueue<>();
		PeerTracker tracker = new PeerTracker(false, new ConnectionEvents(this, "out", (failure) -> {
		}, ConnectionEvents.Losses.NONE, told::add));
		tracker.connecting("tcp://127.0.0.1:7", java.net.InetAddress.getLoopbackAddress(), 7);
		tracker.consume(new ZMQ.Event(ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_AUTH, "tcp://127.0.0.1:7", 400));
		assertThat(told).hasSize(1)
			.allMatch(
					(event) -> event instanceof ZmqSocketAuthenticationFailedEvent failed && failed.getStatus() == 400);
		assertThat(tracker.connectStatus("tcp://127.0.0.1:7").state()).isEqualTo(ConnectStatus.State.REFUSED);
	}

	@Test
	void aSlowListenerHoldsNoThreadUpAndCostsOnlyEvents() throws InterruptedException {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger heard = new AtomicInteger();
		EventPublisher publisher = new EventPublisher((event) -> {
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			heard.incrementAndGet();
			throw new IllegalStateException("a listener that fails");
		});
		for (int i = 0; i < 12_000; i++) {
			publisher.publish(new ZmqSocketAcceptFailedEvent(this, "in", "tcp://127.0.0.1:1", "for a test"));
		}
		assertThat(publisher.dropped()).isBetween(1_990L, 2_000L);
		release.countDown();
		TestSockets.await(() -> heard.get() + publisher.dropped() == 12_000);
	}

	@Test
	void askingForStatusNeitherHoldsUpNorIsHeldUp() throws Exception {
		start();
		this.registry.create(SocketDefinition.of("news", SocketType.PUB, List.of("inproc://news"), List.of()));
		ManagedSocket news = this.registry.socket("news");
		CountDownLatch locked = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			executor.submit(() -> news.call((zmq) -> {
				locked.countDown();
				return TestSockets.awaitQuietly(release);
			}));
			assertThat(locked.await(20, TimeUnit.SECONDS)).isTrue();
			// while another thread has the lock
			assertThat(executor.submit(() -> this.registry.status("news")).get(20, TimeUnit.SECONDS)).isNotNull();
			assertThat(executor.submit(() -> this.registry.connections("news")).get(20, TimeUnit.SECONDS)).isNotNull();
			// the fastest of several, since others may have the processor
			long fastest = Long.MAX_VALUE;
			for (int i = 0; i < 5; i++) {
				long start = System.nanoTime();
				SocketDetails details = executor.submit(() -> this.registry.details("news")).get(20, TimeUnit.SECONDS);
				fastest = Math.min(fastest, System.nanoTime() - start);
				assertThat(details.subscriptions()).isNull();
			}
			assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(700));
		}
		finally {
			release.countDown();
			executor.shutdown();
		}
		TestSockets.await(() -> this.registry.details("news").subscriptions() != null);
	}

}
