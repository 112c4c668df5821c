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

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.autoconfigure.ZmqAutoConfiguration;
import io.github.zmqspring.autoconfigure.ZmqListenerAutoConfiguration;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Meters agree exactly with what went through, have few tags, and go with what they
 * measure.
 */
@NoLeaks
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class ZmqMetersTests {

	private static final int MILLION = 1_000_000;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class,
				ZmqMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withBean(Listener.class)
		.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://in", "zmq.sockets.out.type=push",
				"zmq.sockets.out.connect=inproc://in");

	@Test
	void countersAgreeExactlyWithAMillionMessages(CapturedOutput output) {
		this.runner.run((context) -> {
			MeterRegistry registry = bound(context.getBean(MeterRegistry.class), context.getBean(ZmqMeters.class));
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			byte[] payload = new byte[16];
			for (int i = 0; i < MILLION; i++) {
				template.convertAndSend("out", payload);
			}
			Awaitility.await()
				.atMost(60, TimeUnit.SECONDS)
				.until(() -> count(registry, "zmq.listener.handled", "listener", "in") == MILLION);
			assertThat(count(registry, "zmq.messages.sent", "socket", "out")).isEqualTo(MILLION);
			assertThat(count(registry, "zmq.bytes.sent", "socket", "out")).isEqualTo(16.0 * MILLION);
			assertThat(count(registry, "zmq.messages.received", "socket", "in")).isEqualTo(MILLION);
			assertThat(count(registry, "zmq.bytes.received", "socket", "in")).isEqualTo(16.0 * MILLION);
			assertThat(count(registry, "zmq.messages.rejected", "socket", "out")).isZero();
			assertThat(count(registry, "zmq.messages.dropped", "socket", "in")).isZero();
			assertThat(count(registry, "zmq.messages.failed", "listener", "in")).isZero();
			assertThat(registry.get("zmq.send").tag("socket", "out").functionTimer().count()).isEqualTo(MILLION);
			assertThat(registry.get("zmq.listener").tag("listener", "in").functionTimer().count()).isEqualTo(MILLION);
			assertThat(registry.get("zmq.listener").functionTimer().totalTime(TimeUnit.NANOSECONDS)).isPositive();
			assertThat(registry.get("zmq.poller.utilization").gauge().value()).isBetween(0.0, 1.0);
		});
		assertThat(output).contains("Opened PULL socket 'in', bound to inproc://in")
			.contains("Opened PUSH socket 'out', connecting to inproc://in")
			.contains("Closed PUSH socket 'out': sent 1000000 messages with 16000000 bytes")
			.contains("Closed PULL socket 'in': received 1000000 with 16000000 bytes");
	}

	@Test
	void tagsAreNamesAndTypesOnly() {
		this.runner.run((context) -> {
			MeterRegistry registry = bound(context.getBean(MeterRegistry.class), context.getBean(ZmqMeters.class));
			assertThat(registry.getMeters()).isNotEmpty()
				.flatExtracting((meter) -> meter.getId().getTags())
				.extracting(Tag::getKey)
				.containsOnly("socket", "type", "listener", "poller");
			assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName())
				.allMatch((name) -> name.startsWith("zmq."));
		});
	}

	@Test
	void whatIsRemovedLosesItsMeters() {
		this.runner.run((context) -> {
			MeterRegistry registry = bound(context.getBean(MeterRegistry.class), context.getBean(ZmqMeters.class));
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			List<Meter> before = registry.getMeters();
			for (int i = 0; i < 20; i++) {
				String name = "guest-" + i;
				sockets.create(SocketDefinition.of(name, SocketType.DEALER, List.of("inproc://" + name), List.of()));
				assertThat(registry.find("zmq.requests").tag("socket", name).meters()).hasSize(1);
				sockets.remove(name);
			}
			assertThat(registry.getMeters()).hasSameSizeAs(before);
			// one that only stops keeps its counters
			sockets.stop("out");
			assertThat(registry.find("zmq.messages.sent").tag("socket", "out").meters()).hasSize(1);
		});
	}

	private static MeterRegistry bound(MeterRegistry registry, ZmqMeters meters) {
		meters.bindTo(registry);
		return registry;
	}

	private static double count(MeterRegistry registry, String name, String tag, String value) {
		return registry.get(name).tag(tag, value).functionCounter().count();
	}

	static class Listener {

		@ZmqListener(id = "in", socket = "in")
		void in(byte[] payload) {
		}

	}

}
