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

package io.github.zmqspring.observation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.test.NoLeaks;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When spans of listeners end, without retries: those would wait for each result.
 */
@NoLeaks
@Timeout(120)
class ObservationEndTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private ConfigurableApplicationContext context;

	private Methods methods;

	@BeforeEach
	void start() {
		List<String> properties = new ArrayList<>(List.of("zmq.listener.observation-enabled=true"));
		for (String name : List.of("later", "batch", "later-batch")) {
			properties.addAll(List.of("zmq.sockets." + name + ".type=pull",
					"zmq.sockets." + name + ".bind=inproc://ends-" + name, "zmq.sockets.to-" + name + ".type=push",
					"zmq.sockets.to-" + name + ".connect=inproc://ends-" + name));
		}
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties.toArray(String[]::new))
			.run();
		this.methods = this.context.getBean(Methods.class);
	}

	@AfterEach
	void stop() {
		this.methods.gate.release(100);
		this.context.close();
	}

	private void send(String socket, String... texts) {
		for (String text : texts) {
			this.context.getBean(ZmqTemplate.class).convertAndSend("to-" + socket, text);
		}
	}

	private List<SpanData> spans() {
		return this.context.getBean(InMemorySpanExporter.class).getFinishedSpanItems();
	}

	private List<SpanData> awaitSpans(int count) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(spans()).hasSize(count));
		return spans();
	}

	private CompletableFuture<Object> result() throws InterruptedException {
		CompletableFuture<Object> result = this.methods.results.poll(20, TimeUnit.SECONDS);
		assertThat(result).as("the result of a call").isNotNull();
		return result;
	}

	private static Map<AttributeKey<?>, Object> attributes(SpanData span) {
		return span.getAttributes().asMap();
	}

	@Test
	void theSpanOfAResultThatComesLaterEndsWithIt() throws Exception {
		send("later", "one", "two");
		CompletableFuture<Object> first = result();
		CompletableFuture<Object> second = result();
		// both calls have returned, or will in a moment
		assertThat(spans()).isEmpty();
		first.complete("done");
		assertThat(awaitSpans(1).get(0).getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
		second.completeExceptionally(new IllegalStateException("on purpose"));
		SpanData failed = awaitSpans(2).get(1);
		assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(failed.getStatus().getDescription()).isEqualTo("on purpose");
	}

	@Test
	void theSpanOfABatchWhoseResultComesLaterEndsWithIt() throws Exception {
		send("later-batch", "one");
		CompletableFuture<Object> first = result();
		assertThat(spans()).isEmpty();
		first.complete("done");
		assertThat(awaitSpans(1).get(0).getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
		send("later-batch", "two");
		result().completeExceptionally(new IllegalStateException("on purpose"));
		assertThat(awaitSpans(2).get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
	}

	@Test
	void aBatchOfThreeIsOneCallAndAFailingOneEnds() throws Exception {
		send("batch", "first");
		Awaitility.await().atMost(PATIENCE).until(() -> this.methods.gate.hasQueuedThreads());
		// these wait together
		send("batch", "a", "b", "c");
		this.methods.gate.release(2);
		List<SpanData> spans = awaitSpans(2);
		assertThat(attributes(spans.get(0))).containsEntry(AttributeKey.stringKey("zmq.messages"), "1");
		assertThat(attributes(spans.get(1))).containsEntry(AttributeKey.stringKey("zmq.messages"), "3")
			.containsEntry(AttributeKey.stringKey("zmq.frames"), "3")
			.containsEntry(AttributeKey.stringKey("zmq.bytes"), "3");
		send("batch", "fail");
		this.methods.gate.release();
		assertThat(awaitSpans(3).get(2).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Tracing.class, Methods.class })
	static class Application {

	}

	static class Methods {

		private final BlockingQueue<CompletableFuture<Object>> results = new LinkedBlockingQueue<>();

		private final Semaphore gate = new Semaphore(0);

		private CompletableFuture<Object> later() {
			CompletableFuture<Object> result = new CompletableFuture<>();
			this.results.add(result);
			return result;
		}

		@ZmqListener("later")
		CompletableFuture<Object> later(String message) {
			return later();
		}

		@ZmqListener(socket = "later-batch", batch = true)
		CompletableFuture<Object> laterBatch(List<String> messages) {
			return later();
		}

		@ZmqListener(socket = "batch", batch = true)
		void batch(List<String> messages) throws InterruptedException {
			this.gate.acquire();
			if (messages.contains("fail")) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

}
