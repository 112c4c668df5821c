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

package io.github.zmqspring.autoconfigure.actuate;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqAppProcess;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.poll.PollerStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import tools.jackson.databind.JsonNode;
import zmq.poll.Poller;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Health is true in both directions: what is broken shows, and nothing else does.
 */
@NoLeaks
@Timeout(300)
class HealthTruthTests {

	static final Duration STARTED = Duration.ofSeconds(120);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class,
				ZmqHealthAutoConfiguration.class))
		.withBean(Listener.class)
		.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=tcp://127.0.0.1:*",
				"zmq.sockets.out.type=push", "zmq.sockets.out.options.linger=0",
				"zmq.sockets.out.connect=tcp://127.0.0.1:1");

	@Test
	void aDeadPollerShows() {
		this.runner.run((context) -> {
			assertAllUp(context);
			TroubleshootingTests.Broken.poller(context.getBean(SocketRegistry.class));
			awaitDown(context, "pollers", "died");
		});
	}

	@Test
	void aBoundChannelThatIsClosedShowsUntilTheSocketIsStartedAgain() {
		this.runner.run((context) -> {
			assertAllUp(context);
			listening(context, "in").close();
			awaitDown(context, "in", "accepts no connections any more");
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			sockets.stop("in");
			sockets.start("in");
			assertThat(health(context, "in").getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void aSocketClosedFromOutsideShowsUntilItIsStartedAgain() {
		this.runner.run((context) -> {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			jeroMq(sockets.socket("out")).close();
			awaitDown(context, "out", "closed by code");
			sockets.stop("out");
			sockets.start("out");
			assertThat(health(context, "out").getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void aDeadLaneShows() {
		this.runner.run((context) -> {
			ZmqListenerRegistry listeners = context.getBean(ZmqListenerRegistry.class);
			Map<?, ?> containers = (Map<?, ?>) ReflectionTestUtils.getField(listeners, "containers");
			Object flow = ReflectionTestUtils.getField(containers.get("in"), "flow");
			Object lane = ((List<?>) ReflectionTestUtils.getField(flow, "lanes")).get(0);
			Object run = ReflectionTestUtils.getField(lane, "run");
			Object read = ReflectionTestUtils.getField(run, "read");
			// it fails on this as soon as it wakes; a handler that fails does not end it
			ReflectionTestUtils.setField(run, "read", null);
			context.getBean(ZmqSockets.class).disconnect("out", "tcp://127.0.0.1:1");
			context.getBean(ZmqSockets.class).connect("out", endpoint(context));
			context.getBean(ZmqTemplate.class).convertAndSend("out", "x");
			awaitDown(context, "listeners", "not all of its lanes run");
			ReflectionTestUtils.setField(run, "read", read);
		});
	}

	@Test
	void aDeadIoThreadShows() {
		// nothing that it served can be closed: in a JVM of its own
		try (ZmqAppProcess app = ZmqAppProcess.of(DoomedApp.class).start()) {
			assertThat(app.awaitLine("BEFORE", STARTED)).contains("UP");
			assertThat(app.awaitLine("AFTER", STARTED)).contains("DOWN").contains("An I/O thread died: iothread-");
			app.kill();
		}
	}

	@Test
	void trafficAndSilenceAndAPeerThatIsAwayNeverShow() {
		this.runner.run((context) -> {
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			context.getBean(ZmqSockets.class).connect("out", endpoint(context));
			assertThat(context.getBean(ZmqSockets.class).awaitPeers("in", 1, Duration.ofSeconds(20))).isTrue();
			// tcp://127.0.0.1:1 would keep half of the messages for a peer that never
			// comes
			context.getBean(ZmqSockets.class).disconnect("out", "tcp://127.0.0.1:1");
			byte[] payload = new byte[16];
			for (int i = 1; i <= 100_000; i++) {
				template.convertAndSend("out", payload);
				if (i % 10_000 == 0) {
					assertAllUp(context);
				}
			}
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Listener.count.get() >= 100_000);
			context.getBean(ZmqSockets.class).connect("out", "tcp://127.0.0.1:1");
			// asleep for far longer than a poller may be still while it is awake
			PollerWatch watch = new PollerWatch(Duration.ofMillis(20));
			for (int i = 0; i < 20; i++) {
				for (PollerStatus poller : context.getBean(SocketRegistry.class).pollers()) {
					if (poller.sleeping()) {
						assertThat(watch.trouble(poller)).isNull();
					}
				}
				// the watch is to see it asleep for a long time
				Thread.sleep(10);
			}
			assertAllUp(context);
		});
	}

	@Test
	void readinessFollowsARequiredPeer() throws Exception {
		try (ActuatorApp app = ActuatorApp.start(Object.class, "zmq.sockets.in.type=pull",
				"zmq.sockets.in.bind=tcp://127.0.0.1:*", "zmq.sockets.in.health.required-peers=1",
				"management.endpoint.health.probes.enabled=true",
				"management.endpoint.health.group.readiness.include=readinessState,zmq",
				"management.endpoint.health.group.readiness.show-details=always")) {
			assertThat(app.call("/health/readiness", null).status()).isEqualTo(503);
			JsonNode readiness = app.get("/health/readiness");
			assertThat(readiness.path("components").path("readinessState").path("status").asString()).isEqualTo("UP");
			assertThat(readiness.path("components").path("zmq").path("status").asString()).isEqualTo("DOWN");
			assertThat(app.call("/health/liveness", null).status()).isEqualTo(200);
			try (ZContext zeromq = new ZContext(); ZMQ.Socket peer = zeromq.createSocket(SocketType.PUSH)) {
				peer.setHandshakeIvl(2000);
				peer.connect(app.property("local.zmq.in.endpoint"));
				ActuatorApp.await(() -> assertThat(app.call("/health/readiness", null).status()).isEqualTo(200));
			}
			ActuatorApp.await(() -> assertThat(app.call("/health/readiness", null).status()).isEqualTo(503));
		}
	}

	private static String endpoint(BeanFactory context) {
		return context.getBean(ZmqSockets.class).status("in").bound().get(0);
	}

	private static SelectableChannel listening(BeanFactory context, String socket) {
		Object named = ReflectionTestUtils.getField(context.getBean(SocketRegistry.class), "sockets");
		Map<?, ?> sockets = (Map<?, ?>) ReflectionTestUtils.getField(named, "sockets");
		Object tracker = ReflectionTestUtils.getField(sockets.get(socket), "peers");
		Collection<?> links = ((Map<?, ?>) ReflectionTestUtils.getField(tracker, "endpoints")).values();
		return (SelectableChannel) ReflectionTestUtils.getField(links.iterator().next(), "listening");
	}

	private static void awaitDown(BeanFactory context, String name, String reason) {
		// what died of it says so on its own thread
		Awaitility.await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			Health health = health(context, name);
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails().toString()).contains(reason);
		});
	}

	private static Health health(BeanFactory context, String name) {
		HealthContributor contributor = context.getBean(ZmqHealthContributor.class).getContributor(name);
		return ((HealthIndicator) contributor).health();
	}

	private static void assertAllUp(BeanFactory context) {
		List<String> down = new ArrayList<>();
		collect("", context.getBean(ZmqHealthContributor.class), down);
		assertThat(down).isEmpty();
	}

	private static void collect(String path, HealthContributor contributor, List<String> down) {
		if (contributor instanceof HealthIndicator indicator) {
			Health health = indicator.health();
			if (health.getStatus() != Status.UP) {
				down.add(path + " " + health);
			}
		}
		else if (contributor instanceof CompositeHealthContributor composite) {
			for (HealthContributors.Entry entry : composite) {
				collect(path + "/" + entry.name(), entry.contributor(), down);
			}
		}
	}

	private static ZMQ.Socket jeroMq(Object socket) {
		Object core = ReflectionTestUtils.getField(socket, "core");
		return (ZMQ.Socket) ReflectionTestUtils.getField(core, "socket");
	}

	static class Listener {

		static final AtomicInteger count = new AtomicInteger();

		@ZmqListener(id = "in", socket = "in")
		void in(byte[] payload) {
			count.incrementAndGet();
		}

	}

	/** Loses its I/O thread. */
	@EnableAutoConfiguration
	static class DoomedApp {

		public static void main(String[] args) throws Exception {
			SpringApplication application = new SpringApplication(DoomedApp.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			var context = application.run("--zmq.sockets.in.type=pull", "--zmq.sockets.in.bind=tcp://127.0.0.1:*");
			System.out.println("BEFORE " + health(context, "context"));
			endIoThread(context.getBean(ZContext.class));
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> health(context, "context").getStatus() == Status.DOWN);
			System.out.println("AFTER " + health(context, "context"));
		}

		/**
		 * No error ends it, whether of a connection or not: this is how JeroMQ itself
		 * does.
		 */
		private static void endIoThread(ZContext context) {
			Object ctx = ReflectionTestUtils.getField(context.getContext(), "ctx");
			Object thread = ((List<?>) ReflectionTestUtils.getField(ctx, "ioThreads")).get(0);
			((Poller) ReflectionTestUtils.getField(thread, "poller")).stop();
		}

	}

}
