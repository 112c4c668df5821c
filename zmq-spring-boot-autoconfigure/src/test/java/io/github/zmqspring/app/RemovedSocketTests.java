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

package io.github.zmqspring.app;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.core.status.RequestStatus;
import io.github.zmqspring.test.NoLeaks;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is left of sockets that were created at run time and removed.
 */
@NoLeaks
@Timeout(120)
class RemovedSocketTests {

	private static final int SOCKETS = 100;

	@Test
	void aRemovedSocketLeavesNothingBehind() {
		try (ConfigurableApplicationContext context = Contexts.start(Meters.class,
				List.of("zmq.sockets.server.type=rep", "zmq.sockets.server.bind=tcp://127.0.0.1:*"))) {
			ZmqSockets sockets = context.getBean(ZmqSockets.class);
			ZmqTemplate template = context.getBean(ZmqTemplate.class);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			long metersBefore = count(meters);
			List<WeakReference<Object>> removed = new ArrayList<>();
			List<CompletableFuture<?>> replies = new ArrayList<>();
			for (int i = 0; i < SOCKETS; i++) {
				String name = "temporary-" + i;
				sockets.create(SocketDefinition.of(name, (i % 2 == 0) ? SocketType.REQ : SocketType.DEALER, List.of(),
						List.of((i % 3 == 0) ? "socket:server" : "tcp://127.0.0.1:1")));
				removed.add(new WeakReference<>(sockets.socket(name)));
				replies.add(template.requestAsync(name, "x", String.class));
				sockets.remove(name);
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> replies.stream().allMatch(CompletableFuture::isCompletedExceptionally));
			replies.clear();
			Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
				System.gc();
				assertThat(removed).noneMatch((socket) -> socket.get() != null);
			});
			assertThat(count(meters)).isPositive().isEqualTo(metersBefore);
			assertThat(context.getBean(RequestOperations.class).status("temporary-0")).isEqualTo(RequestStatus.NONE);
		}
	}

	private static long count(MeterRegistry meters) {
		return meters.getMeters().stream().filter((meter) -> meter.getId().getName().startsWith("zmq.")).count();
	}

	@Configuration(proxyBeanMethods = false)
	static class Meters {

		@Bean
		SimpleMeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

}
