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

package io.github.zmqspring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.listener.ListenerSettings;
import io.github.zmqspring.test.NoLeaks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that properties get to where they matter: each has a value that no other has and
 * that is not its default.
 */
@NoLeaks
class PropertyMappingTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqAutoConfiguration.class, ZmqListenerAutoConfiguration.class));

	@Test
	void listenersGetTheirProperties() {
		this.runner
			.withPropertyValues("zmq.sockets.dead.type=push", "zmq.sockets.dead.bind=", "zmq.listener.concurrency=3",
					"zmq.listener.auto-startup=false", "zmq.listener.executor=inline", "zmq.listener.max-batch-size=7",
					"zmq.listener.batch-timeout=11ms", "zmq.listener.max-pending-results=13",
					"zmq.listener.inline-limit=17ms", "zmq.listener.idle-event-interval=19s",
					"zmq.listener.retry.max-attempts=5", "zmq.listener.retry.initial-interval=23ms",
					"zmq.listener.retry.multiplier=2.5", "zmq.listener.retry.max-interval=29s",
					"zmq.listener.dead-letter=dead", "zmq.template.send-timeout=31s",
					"spring.lifecycle.timeout-per-shutdown-phase=37s")
			.run((context) -> {
				ListenerSettings settings = context.getBean(ListenerSettings.class);
				assertThat(settings.concurrency()).isEqualTo(3);
				assertThat(settings.autoStartup()).isFalse();
				assertThat(settings.executorName()).isEqualTo("inline");
				assertThat(settings.maxBatchSize()).isEqualTo(7);
				assertThat(settings.batchTimeout()).isEqualTo(Duration.ofMillis(11));
				assertThat(settings.maxPendingResults()).isEqualTo(13);
				assertThat(settings.inlineLimit()).isEqualTo(Duration.ofMillis(17));
				assertThat(settings.idleEventInterval()).isEqualTo(Duration.ofSeconds(19));
				assertThat(settings.retry())
					.isEqualTo(new ListenerSettings.Retry(5, Duration.ofMillis(23), 2.5, Duration.ofSeconds(29), true));
				assertThat(settings.deadLetter()).isEqualTo("dead");
				assertThat(settings.replyTimeout()).isEqualTo(Duration.ofSeconds(31));
				assertThat(settings.shutdownTimeout()).isEqualTo(Duration.ofSeconds(37));
			});
	}

	@Test
	void settingsOfTheApplicationReplaceThoseOfTheProperties() {
		ListenerSettings own = ListenerSettings.defaults();
		this.runner.withBean(ListenerSettings.class, () -> own)
			.withPropertyValues("zmq.listener.concurrency=3")
			.run((context) -> assertThat(context.getBean(ListenerSettings.class)).isSameAs(own));
	}

	@Test
	void aReceiveWaitsAsLongAsItsPropertySays() {
		this.runner
			.withPropertyValues("zmq.sockets.in.type=pull", "zmq.sockets.in.bind=inproc://mapping",
					"zmq.template.receive-timeout=10ms")
			.run((context) -> {
				long start = System.nanoTime();
				assertThat(context.getBean(ZmqTemplate.class).receive("in")).isNull();
				// five seconds without the property
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
			});
	}

	@Test
	void aRetryWaitsAsLongAsItsPropertySays() {
		this.runner
			.withPropertyValues("zmq.sockets.ask.type=req", "zmq.sockets.ask.bind=inproc://mapping",
					"zmq.template.request-timeout=50ms", "zmq.template.request-retries=1",
					"zmq.template.request-back-off=10m")
			.run((context) -> {
				CompletableFuture<String> reply = context.getBean(ZmqTemplate.class)
					.requestAsync("ask", "nothing", String.class);
				// it would have failed after a quarter of a second without the property
				Awaitility.await().during(Duration.ofSeconds(2)).until(() -> !reply.isDone());
				reply.cancel(true);
			});
	}

}
