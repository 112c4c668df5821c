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

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import io.github.zmqspring.core.status.IncomingMemoryStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.poll.PollerStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ZmqHealthContributor}.
 */
@NoLeaks
class ZmqHealthTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class,
				ZmqHealthAutoConfiguration.class))
		.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=tcp://127.0.0.1:*",
				"zmq.sockets.later.type=pull", "zmq.sockets.later.auto-startup=false",
				"zmq.sockets.later.bind=inproc://later");

	@Test
	void hasAChildForEachPartAndEachSocket() {
		this.runner.withPropertyValues("zmq.sockets.context.type=push", "zmq.sockets.context.bind=")
			.withBean(Listener.class)
			.run((context) -> {
				ZmqHealthContributor contributor = context.getBean(ZmqHealthContributor.class);
				assertThat(contributor.stream().map(HealthContributors.Entry::name)).contains("context", "pollers",
						"listeners", "in", "later", "socket-context");
				for (String name : new String[] { "context", "pollers", "listeners", "in", "socket-context" }) {
					assertThat(health(context, name).getStatus()).as(name).isEqualTo(Status.UP);
				}
				assertThat(health(context, "context").getDetails()).containsEntry("incomingMemory",
						new IncomingMemoryStatus(0, Runtime.getRuntime().maxMemory() / 4, 0));
				// closed because it is meant to be
				assertThat(health(context, "later").getStatus()).isEqualTo(Status.UNKNOWN);
				assertThat(contributor.getContributor("nobody")).isNull();
				assertThat(health(context, "in").getDetails()).containsEntry("type", "PULL")
					.containsEntry("state", "OPEN")
					.containsEntry("peers", 0)
					.containsEntry("bound",
							List.of(context.getEnvironment().getRequiredProperty("local.zmq.in.endpoint")));
			});
	}

	@Test
	void requiredPeersThatComeAndGo() {
		this.runner.withPropertyValues("zmq.sockets.in.health.required-peers=1").run((context) -> {
			assertThat(health(context, "in").getStatus()).isEqualTo(Status.DOWN);
			assertThat(health(context, "in").getDetails()).containsEntry("requiredPeers", 1);
			for (int i = 0; i < 2; i++) {
				try (ZContext zeromq = new ZContext(); ZMQ.Socket peer = zeromq.createSocket(SocketType.PUSH)) {
					peer.setHandshakeIvl(2000);
					peer.connect(context.getEnvironment().getRequiredProperty("local.zmq.in.endpoint"));
					awaitStatus(context, "in", Status.UP);
					assertThat(health(context, "in").getDetails()).containsEntry("peers", 1);
				}
				awaitStatus(context, "in", Status.DOWN);
			}
		});
	}

	@Test
	void peerThatIsAwayIsADetailUnlessRequired() {
		this.runner
			.withPropertyValues("zmq.sockets.out.type=push", "zmq.sockets.out.connect=tcp://nowhere.invalid:5555")
			.run((context) -> {
				assertThat(health(context, "out").getStatus()).isEqualTo(Status.UP);
				assertThat(health(context, "out").getDetails())
					.containsEntry("unresolved", List.of("tcp://nowhere.invalid:5555"))
					.containsEntry("peers", 0);
			});
	}

	@Test
	void namesAndTheirInstancesAreDetails() {
		AtomicReference<Object> found = new AtomicReference<>();
		this.runner
			.withPropertyValues("zmq.discovery.refresh=20ms", "zmq.sockets.out.type=push",
					"zmq.sockets.out.connect=found:///workers", "zmq.sockets.out.health.required-peers=1")
			.withBean(ZmqEndpointResolver.class, () -> new FoundInstances(found))
			.run((context) -> {
				found.set("the registry is away");
				awaitDetail(context, Map.of("instances", Map.of(), "lastError", "the registry is away"));
				assertThat(health(context, "out").getStatus()).isEqualTo(Status.DOWN);
				String endpoint = context.getEnvironment().getRequiredProperty("local.zmq.in.endpoint");
				found.set(List.of(endpoint, "tcp://127.0.0.1:1"));
				awaitStatus(context, "out", Status.UP);
				awaitDetail(context,
						Map.of("instances", Map.of(endpoint, "CONNECTED", "tcp://127.0.0.1:1", "CONNECTING")));
				found.set(List.of("tcp://127.0.0.1:1"));
				awaitDetail(context, Map.of("instances", Map.of("tcp://127.0.0.1:1", "CONNECTING")));
				awaitStatus(context, "out", Status.DOWN);
			});
	}

	private static void awaitDetail(BeanFactory context, Map<String, Object> expected) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(
					() -> assertThat(health(context, "out").getDetails()).containsEntry("found:///workers", expected));
	}

	@Test
	void socketThatWasStoppedIsDownUntilItIsStarted() {
		this.runner.run((context) -> {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			sockets.stop("in");
			assertThat(health(context, "in").getStatus()).isEqualTo(Status.DOWN);
			sockets.start("in");
			assertThat(health(context, "in").getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void aPollerThatIsStuckIsDown() {
		PollerWatch watch = new PollerWatch(Duration.ofMillis(10));
		PollerStatus awake = new PollerStatus("zmq-poller-1", true, false, 7, 0, null);
		assertThat(watch.trouble(awake)).isNull();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(watch.trouble(awake)).contains("stuck for"));
		// one that turned, and one that sleeps, is well however long ago it was looked at
		assertThat(watch.trouble(new PollerStatus("zmq-poller-1", true, false, 8, 0, null))).isNull();
		PollerStatus asleep = new PollerStatus("zmq-poller-1", true, true, 8, 0, null);
		Awaitility.await()
			.during(Duration.ofMillis(50))
			.atMost(Duration.ofSeconds(20))
			.until(() -> watch.trouble(asleep) == null);
		assertThat(watch.trouble(new PollerStatus("zmq-poller-1", false, false, 8, 0, "java.lang.Error: x")))
			.isEqualTo("the thread died: java.lang.Error: x");
	}

	@Test
	void aListenerThatBlocksThePollerIsSeenByHealth() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		this.runner
			.withPropertyValues("zmq.sockets.out.type=push", "zmq.sockets.out.connect=inproc://block",
					"zmq.sockets.block.type=pull", "zmq.sockets.block.bind=inproc://block",
					"zmq.listener.executor=inline", "zmq.listener.inline-limit=10ms")
			.withBean(BlockingListener.class, () -> new BlockingListener(end))
			.run((context) -> {
				context.getBean(ZmqTemplate.class).convertAndSend("out", "x");
				try {
					awaitStatus(context, "listeners", Status.DOWN);
					awaitStatus(context, "pollers", Status.DOWN);
					assertThat(health(context, "pollers").getDetails().values()).first()
						.asString()
						.contains("stuck for");
				}
				finally {
					end.countDown();
				}
				awaitStatus(context, "pollers", Status.UP);
			});
	}

	@Test
	void listenersTellTheirState() {
		this.runner.withBean(Listener.class).run((context) -> {
			ZmqListenerRegistry registry = context.getBean(ZmqListenerRegistry.class);
			assertThat(health(context, "listeners").getDetails().get("in")).asString().contains("RUNNING");
			registry.pause("in");
			assertThat(health(context, "listeners").getDetails().get("in")).asString().contains("PAUSED");
			registry.stop("in");
			assertThat(health(context, "listeners").getDetails().get("in")).asString().contains("STOPPED");
			assertThat(health(context, "listeners").getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void isNotThereWhenDisabledOrWithoutTheLibrary() {
		this.runner.withPropertyValues("management.health.zmq.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ZmqHealthContributor.class));
		this.runner.withPropertyValues("zmq.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ZmqHealthContributor.class));
		this.runner.withClassLoader(new FilteredClassLoader(HealthContributor.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ZmqSockets.class));
	}

	private static Health health(BeanFactory context, String name) {
		HealthContributor contributor = context.getBean(ZmqHealthContributor.class).getContributor(name);
		assertThat(contributor).as(name).isInstanceOf(HealthIndicator.class);
		Health health = ((HealthIndicator) contributor).health();
		assertThat(health).isNotNull();
		return health;
	}

	private static void awaitStatus(BeanFactory context, String name, Status status) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(health(context, name).getStatus()).isEqualTo(status));
	}

	static class BlockingListener {

		private final CountDownLatch end;

		BlockingListener(CountDownLatch end) {
			this.end = end;
		}

		@ZmqListener(id = "block", socket = "block")
		void block(String payload) throws InterruptedException {
			this.end.await();
		}

	}

	static class Listener {

		@ZmqListener(id = "in", socket = "in")
		void in(String payload) {
		}

	}

	/** Finds a list, or fails with a text. */
	private record FoundInstances(AtomicReference<Object> found) implements ZmqEndpointResolver {

		@Override
		public String scheme() {
			return "found";
		}

		@Override
		@SuppressWarnings("unchecked")
		public Collection<String> resolve(String name) {
			if (this.found.get() instanceof String failure) {
				throw new IllegalStateException(failure);
			}
			return (this.found.get() != null) ? (Collection<String>) this.found.get() : List.of();
		}

	}

}
