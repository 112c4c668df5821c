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

package io.github.zmqspring.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole sample, seen over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
@DirtiesContext
class SampleApplicationTests {

	@TempDir
	static Path directory;

	private static TreeMap<String, String> digests = new TreeMap<>();

	@Value("${local.server.port}")
	private int port;

	@Autowired
	private EventHub hub;

	private SampleClient client;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("sample.digest.directory", () -> directory.toString());
	}

	@BeforeAll
	static void createFiles() throws IOException {
		digests = SampleFiles.create(directory, 30);
	}

	@BeforeEach
	void createClient() {
		this.client = new SampleClient(this.port);
	}

	@Test
	void telemetryArrivesAndGoesOn() throws Exception {
		try (EventStream events = EventStream.open(this.port)) {
			long first = events.await("telemetry", (sample) -> true).get("sequence").asLong();
			JsonNode later = events.await("telemetry", (sample) -> sample.get("sequence").asLong() >= first + 3);
			assertThat(later.get("heapUsed").asLong()).isPositive();
			assertThat(later.get("heapMax").asLong()).isGreaterThanOrEqualTo(later.get("heapUsed").asLong());
			assertThat(later.get("threads").asInt()).isPositive();
			assertThat(later.get("processCpu").asDouble()).isBetween(0.0, 1.0);
			assertThat(later.get("systemCpu").asDouble()).isBetween(0.0, 1.0);
		}
	}

	@Test
	void theRunAtStartupFinishesWithTheDigestsOfTheFiles() throws Exception {
		try (EventStream events = EventStream.open(this.port)) {
			JsonNode run = events.await("pipeline", (each) -> each.get("state").asString().equals("FINISHED"));
			assertThat(run.get("directory").asString()).isEqualTo(directory.toString());
			assertThat(run.get("filesTotal").asInt()).isEqualTo(digests.size());
			assertThat(run.get("filesDone").asInt()).isEqualTo(digests.size());
			assertThat(run.get("filesSkipped").asInt()).isEqualTo(SampleFiles.SKIPPED);
			assertThat(run.get("bytesDone").asLong()).isEqualTo(run.get("bytesTotal").asLong()).isPositive();
			assertThat(run.get("workers").valueStream().mapToInt(JsonNode::asInt).sum()).isEqualTo(digests.size());
			assertThat(run.get("latest")).isNotEmpty()
				.allSatisfy((digest) -> assertThat(digest.get("sha256").asString())
					.isEqualTo(digests.get(digest.get("path").asString())));
		}
		assertThat(SampleFiles.parse(this.client.get("digests.sha256"))).isEqualTo(digests);
	}

	@Test
	void anotherRunCanBeStarted() throws Exception {
		try (EventStream events = EventStream.open(this.port)) {
			int last = events.await("pipeline", (each) -> each.get("state").asString().equals("FINISHED"))
				.get("run")
				.asInt();
			assertThat(this.client.post("api/runs", Map.of()).get("run").asInt()).isEqualTo(last + 1);
			events.await("pipeline",
					(each) -> each.get("run").asInt() == last + 1 && each.get("state").asString().equals("FINISHED"));
		}
		assertThat(SampleFiles.parse(this.client.get("digests.sha256"))).isEqualTo(digests);
	}

	@Test
	void aRequestIsAnswered() throws Exception {
		JsonNode outcome = this.client.post("api/requests", Map.of("op", "sha256", "text", "Grüße"));
		byte[] expected = MessageDigest.getInstance("SHA-256").digest("Grüße".getBytes(StandardCharsets.UTF_8));
		assertThat(outcome.get("reply").get("result").asString()).isEqualTo(HexFormat.of().formatHex(expected));
		assertThat(outcome.get("reply").get("op").asString()).isEqualTo("sha256");
		assertThat(outcome.get("reply").get("handledBy").asString()).isNotEmpty();
		assertThat(outcome.get("roundTripMicros").asLong()).isPositive();
		assertThat(this.client.post("api/requests", Map.of("op", "reverse", "text", "stressed"))
			.get("reply")
			.get("result")
			.asString()).isEqualTo("desserts");
	}

	@Test
	void aRequestThatFailsShowsTheErrorAndTheNextOneIsAnswered() throws Exception {
		JsonNode outcome = this.client.post("api/requests", Map.of("op", "divide", "text", "1"));
		assertThat(outcome.get("reply").isNull()).isTrue();
		assertThat(outcome.get("error").asString()).isEqualTo("ZmqRemoteException");
		assertThat(outcome.get("message").asString()).contains("There is no op 'divide'");
		assertThat(this.client.post("api/requests", Map.of("op", "upper", "text", "a"))
			.get("reply")
			.get("result")
			.asString()).isEqualTo("A");
	}

	@Test
	void aStreamOfRepliesIsPassedOnElementByElement() throws Exception {
		String events = this.client.get("api/stream?prompt=one%20two%20three");
		assertThat(events.lines().filter((line) -> line.startsWith("data:") && line.length() > 5))
			.containsExactly("data:one", "data:two", "data:three");
		assertThat(events).contains("event:end");
	}

	@Test
	void aGapOfTheFeedIsMendedInOrder() throws Exception {
		try (EventStream events = EventStream.open(this.port)) {
			long fetched = events.await("feed", (feed) -> !feed.get("entries").isEmpty()).get("recovered").asLong();
			this.client.post("api/gaps", Map.of());
			JsonNode feed = events.await("feed", (each) -> each.get("recovered").asLong() > fetched
					&& each.get("entries").valueStream().anyMatch((entry) -> entry.get("fetched").asBoolean()));
			assertThat(feed.get("missed").asLong()).isZero();
			List<Long> numbers = feed.get("entries")
				.valueStream()
				.map((entry) -> entry.get("number").asLong())
				.toList();
			for (int i = 1; i < numbers.size(); i++) {
				assertThat(numbers.get(i)).isEqualTo(numbers.get(i - 1) + 1);
			}
		}
	}

	@Test
	void everySocketAndListenerIsShownWithItsHealth() throws Exception {
		try (EventStream events = EventStream.open(this.port)) {
			JsonNode zmq = events.await("zmq",
					(each) -> each.at("/health/status").asString().equals("UP") && each.at("/report/sockets")
						.valueStream()
						.anyMatch((socket) -> socket.at("/status/received").asLong() > 0));
			List<JsonNode> sockets = zmq.at("/report/sockets").valueStream().toList();
			assertThat(sockets).extracting((socket) -> socket.at("/status/name").asString())
				.containsExactly("digests", "feed", "feed-in", "feed-in.replay", "feed.replay", "files", "results",
						"rpc", "rpc-client", "telemetry", "telemetry-in", "tokens", "tokens-client", "work");
			assertThat(sockets).allSatisfy((socket) -> {
				JsonNode status = socket.get("status");
				assertThat(status.get("state").asString()).isEqualTo("OPEN");
				assertThat(status.get("bound").size() + status.get("connected").size()).isPositive();
				assertThat(zmq.at("/health/components/" + status.get("name").asString() + "/status").asString())
					.isEqualTo("UP");
			});
			assertThat(zmq.at("/report/listeners").valueStream().map((listener) -> listener.get("id").asString()))
				.containsExactly("digestSink.collect", "digestWorker.digest", "feedBoard.received", "rpcService.handle",
						"telemetryListener.received", "tokenService.stream");
		}
	}

	@Test
	void aListenerIsPausedAndResumedThroughTheActuator() throws Exception {
		String listener = "actuator/zmq/digestSink.collect";
		assertThat(this.client.post(listener, Map.of("action", "pause")).at("/listener/state").asString())
			.isEqualTo("PAUSED");
		assertThat(this.client.post(listener, Map.of("action", "resume")).at("/listener/state").asString())
			.isEqualTo("RUNNING");
	}

	@Test
	void aPageThatVanishesIsForgotten() throws Exception {
		EventStream events = EventStream.open(this.port);
		events.await("telemetry", (sample) -> true);
		assertThat(this.hub.connected()).isPositive();
		events.close();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.hub.connected() == 0);
	}

	@Test
	void healthKnowsZeroMq() throws Exception {
		JsonNode health = JsonMapper.shared().readTree(this.client.get("actuator/health"));
		assertThat(health.get("status").asString()).isEqualTo("UP");
		assertThat(health.get("components").get("zmq").get("status").asString()).isEqualTo("UP");
	}

}
