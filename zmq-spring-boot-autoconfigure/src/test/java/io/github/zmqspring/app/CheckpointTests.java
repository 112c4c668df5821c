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

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a JVM that restores checkpoints (CRaC) asks of an application: with
 * {@code spring.context.checkpoint=onRefresh} the checkpoint is taken when all beans are
 * there and before the first of them starts, so nothing may be open by then.
 */
@NoLeaks
class CheckpointTests {

	@Test
	void nothingIsOpenWhereACheckpointIsTakenOnRefresh() throws Exception {
		Set<String> before = threads();
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(App.class)
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "spring.jmx.enabled=false", "zmq.sockets.in.type=pull",
					"zmq.sockets.in.bind=tcp://127.0.0.1:*", "zmq.sockets.out.type=push",
					"zmq.sockets.out.connect=socket:in")
			.run()) {
			App app = context.getBean(App.class);
			Set<String> atCheckpoint = app.threads;
			atCheckpoint.removeAll(before);
			assertThat(atCheckpoint).noneMatch(
					(name) -> name.startsWith("zmq-") || name.startsWith("iothread-") || name.startsWith("reaper-"));
			context.getBean(ZmqTemplate.class).convertAndSend("out", "restored");
			assertThat(app.received.poll(20, TimeUnit.SECONDS)).isEqualTo("restored");
		}
	}

	private static Set<String> threads() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
	}

	@EnableAutoConfiguration
	static class App implements SmartLifecycle {

		final java.util.concurrent.BlockingQueue<String> received = new java.util.concurrent.LinkedBlockingQueue<>();

		volatile Set<String> threads = Set.of();

		private volatile boolean running;

		@ZmqListener("in")
		void handle(String text) {
			this.received.add(text);
		}

		@Override
		public void start() {
			this.threads = threads();
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		/** The first to start, right after the place of the checkpoint. */
		@Override
		public int getPhase() {
			return Integer.MIN_VALUE;
		}

	}

}
