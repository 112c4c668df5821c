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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code /actuator} answers, against what the documentation promises: the schema of
 * the endpoint, the meters of the dashboard, and what is kept secret.
 */
@Timeout(300)
class ActuatorContractTests {

	private static final String SECRET_ID = "the-id-of-a-worker";

	private static final String SECRET_PAYLOAD = "the-payload-of-a-message";

	private static ActuatorApp app;

	private static Schema schema;

	@BeforeAll
	static void start() throws Exception {
		app = ActuatorApp.start(Listeners.class, "zmq.sockets.work.type=pull",
				"zmq.sockets.work.bind=tcp://127.0.0.1:*", "zmq.sockets.to-work.type=push", "zmq.sockets.to-work.bind=",
				"zmq.sockets.news.type=pub", "zmq.sockets.news.bind=inproc://news", "zmq.sockets.reader.type=sub",
				"zmq.sockets.reader.connect=inproc://news", "zmq.sockets.reader.topics=w",
				"zmq.sockets.worker.type=dealer", "zmq.sockets.worker.connect=tcp://127.0.0.1:1",
				"zmq.sockets.worker.options.routing-id=" + SECRET_ID, "zmq.sockets.worker.options.linger=0",
				"zmq.sockets.worker.options.heartbeat-context=hidden", "zmq.sockets.answer.type=rep",
				"zmq.sockets.answer.bind=inproc://answer", "zmq.sockets.ask.type=req",
				"zmq.sockets.ask.connect=inproc://answer", "zmq.proxies.broker.type=queue",
				"zmq.proxies.broker.frontend.bind=inproc://front", "zmq.proxies.broker.backend.bind=inproc://back",
				"zmq.proxies.broker.capture.type=pub", "zmq.proxies.broker.capture.bind=inproc://copies",
				"management.metrics.distribution.percentiles-histogram.zmq.listener=true",
				"management.metrics.distribution.percentiles.zmq.send=0.5");
		app.bean(ZmqSockets.class).connect("to-work", app.property("local.zmq.work.endpoint"));
		assertThat(app.bean(ZmqSockets.class).awaitPeers("work", 1, java.time.Duration.ofSeconds(20))).isTrue();
		ZmqTemplate template = app.bean(ZmqTemplate.class);
		template.convertAndSend("to-work", SECRET_PAYLOAD);
		template.convertSendAndReceive("ask", "x", String.class);
		ActuatorApp.await(() -> assertThat(app.listener("worker").path("handled").asInt()).isOne());
		schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(SchemaLocation.of("https://zmqspring.github.io/zmq-endpoint.schema.json"),
					JsonMapper.builder().build().readTree(Files.readString(docs("zmq-endpoint.schema.json"))));
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	private static Path docs(String name) {
		return Path.of("..", "docs", name);
	}

	private static void assertFits(JsonNode answer) {
		assertThat(schema.validate(answer)).as("%s", answer.toPrettyString()).isEmpty();
	}

	@Test
	void everyAnswerFitsTheSchema() {
		JsonNode all = app.get("/zmq");
		assertFits(all);
		assertThat(all.path("sockets")).hasSizeGreaterThan(8);
		for (String name : List.of("work", "to-work", "news", "reader", "worker", "ask", "broker", "broker.frontend")) {
			assertFits(app.get("/zmq/" + name));
		}
		// the schema is able to refuse
		assertThat(schema.validate(JsonMapper.builder().build().readTree("{\"socket\":{}}"))).isNotEmpty();
	}

	@Test
	void everyActionAnswersWithTheNewState() {
		assertThat(app.act("worker", "pause").at("/listener/state").asString()).isEqualTo("PAUSED");
		assertThat(app.act("worker", "resume").at("/listener/state").asString()).isEqualTo("RUNNING");
		assertThat(app.act("worker", "stop").at("/listener/state").asString()).isEqualTo("STOPPED");
		assertThat(app.act("worker", "start").at("/listener/state").asString()).isEqualTo("RUNNING");
		assertThat(app.act("broker", "pause").at("/proxy/status/state").asString()).isEqualTo("PAUSED");
		assertThat(app.act("broker", "resume").at("/proxy/status/state").asString()).isEqualTo("RUNNING");
		assertThat(app.act("broker", "stop").at("/proxy/frontend/state").asString()).isEqualTo("NEW");
		assertThat(app.act("broker", "start").at("/proxy/frontend/state").asString()).isEqualTo("OPEN");
		assertThat(app.act("news", "stop").at("/socket/status/state").asString()).isEqualTo("NEW");
		assertFits(app.get("/zmq/news"));
		assertThat(app.act("news", "start").at("/socket/status/state").asString()).isEqualTo("OPEN");
		assertThat(app.call("/zmq/news", "{\"action\":\"pause\"}").status()).isEqualTo(400);
		assertThat(app.call("/zmq/worker", "{\"action\":\"explode\"}").status()).isEqualTo(400);
		assertThat(app.call("/zmq/nobody", "{\"action\":\"stop\"}").status()).isEqualTo(204);
		assertThat(app.call("/zmq/nobody", null).status()).isEqualTo(404);
	}

	@Test
	void nothingSecretIsShown() {
		String everything = app.text("/zmq") + app.text("/health") + app.text("/info") + app.text("/zmq/worker");
		assertThat(everything).doesNotContain(SECRET_ID, SECRET_PAYLOAD, "hidden");
		assertThat(app.socket("worker").path("options").path("routing-id").asString()).isEqualTo("******");
		assertThat(app.socket("worker").path("options").path("heartbeat-context").asString()).isEqualTo("******");
		assertThat(app.socket("worker").path("options").path("linger").asString()).isEqualTo("PT0S");
	}

	@Test
	void infoTellsVersionsAndNumbers() {
		JsonNode info = app.get("/info").path("zmq");
		assertThat(info.path("version").asString()).isEqualTo("0.1.0-SNAPSHOT");
		assertThat(info.path("jeromq").asString()).isEqualTo("0.6.0");
		assertThat(info.path("zmtp").asString()).isEqualTo("3.0");
		assertThat(info.path("listeners").asInt()).isEqualTo(2);
		assertThat(info.path("proxies").asInt()).isOne();
		assertThat(info.path("sockets").asInt()).isEqualTo(app.get("/zmq").path("sockets").size());
	}

	@Test
	void theDashboardUsesOnlyMetersThatExist() throws IOException {
		String scrape = app.text("/prometheus");
		Set<String> existing = names(Pattern.compile("^(zmq_\\w+)", Pattern.MULTILINE), scrape);
		Set<String> used = new TreeSet<>();
		for (JsonNode panel : JsonMapper.builder()
			.build()
			.readTree(Files.readString(docs("grafana-dashboard.json")))
			.path("panels")) {
			panel.path("targets")
				.forEach((target) -> used.addAll(names(Pattern.compile("(zmq_\\w+)"), target.path("expr").asString())));
		}
		assertThat(used).hasSizeGreaterThan(20).isSubsetOf(existing);
	}

	@Test
	void timersHaveHistogramsWhereTheyAreEnabled() {
		String scrape = app.text("/prometheus");
		assertThat(scrape).contains("zmq_listener_seconds_bucket{", "zmq_send_seconds{", "quantile=\"0.5\"");
		assertThat(app.metric("zmq.listener", "COUNT", "listener:worker")).isOne();
		assertThat(app.metric("zmq.send", "COUNT", "socket:to-work")).isOne();
		assertThat(app.metric("zmq.send", "MAX", "socket:to-work")).isPositive();
	}

	private static Set<String> names(Pattern pattern, String text) {
		Set<String> names = new TreeSet<>();
		Matcher matcher = pattern.matcher(text);
		while (matcher.find()) {
			names.add(matcher.group(1));
		}
		return names;
	}

	static class Listeners {

		@Bean
		static SanitizingFunction hideContexts() {
			return SanitizingFunction.sanitizeValue().ifKeyEndsWith("heartbeat-context");
		}

		@ZmqListener(id = "worker", socket = "work")
		void work(byte[] message) {
		}

		@ZmqListener(id = "answer", socket = "answer")
		String answer(String question) {
			return question;
		}

	}

}
