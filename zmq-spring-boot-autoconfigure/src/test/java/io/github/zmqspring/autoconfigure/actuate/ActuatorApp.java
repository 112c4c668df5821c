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
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application of which only {@code /actuator} is seen, over HTTP.
 */
final class ActuatorApp implements AutoCloseable {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final ConfigurableApplicationContext context;

	private final String base;

	private ActuatorApp(ConfigurableApplicationContext context) {
		this.context = context;
		this.base = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port")
				+ "/actuator";
	}

	static ActuatorApp start(Class<?> listeners, String... properties) {
		List<String> all = new ArrayList<>(
				List.of("server.port=0", "server.address=127.0.0.1", "management.endpoints.web.exposure.include=*",
						"management.endpoint.health.show-details=always", "server.tomcat.threads.max=4"));
		all.addAll(List.of(properties));
		return new ActuatorApp(
				new SpringApplicationBuilder(Application.class, listeners).web(WebApplicationType.SERVLET)
					.bannerMode(Banner.Mode.OFF)
					.properties(all.toArray(String[]::new))
					.run());
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	String property(String name) {
		return this.context.getEnvironment().getRequiredProperty(name);
	}

	/** What is at a path below {@code /actuator}, whatever the status. */
	JsonNode get(String path) {
		return MAPPER.readTree(text(path));
	}

	String text(String path) {
		return call(path, null).body();
	}

	Answer call(String path, String json) {
		try {
			HttpURLConnection connection = (HttpURLConnection) URI.create(this.base + path).toURL().openConnection();
			// an idle connection would look like a leak
			connection.setRequestProperty("Connection", "close");
			if (json != null) {
				connection.setRequestMethod("POST");
				connection.setRequestProperty("Content-Type", "application/json");
				connection.setDoOutput(true);
				connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
			}
			int status = connection.getResponseCode();
			try (InputStream stream = (status < 400) ? connection.getInputStream() : connection.getErrorStream()) {
				return new Answer(status,
						(stream != null) ? new String(stream.readAllBytes(), StandardCharsets.UTF_8) : "");
			}
		}
		catch (IOException ex) {
			throw new AssertionError("No answer from " + path, ex);
		}
	}

	JsonNode act(String name, String action) {
		Answer answer = call("/zmq/" + name, "{\"action\":\"" + action + "\"}");
		assertThat(answer.status()).isEqualTo(200);
		return MAPPER.readTree(answer.body());
	}

	JsonNode socket(String name) {
		return get("/zmq/" + name).path("socket");
	}

	JsonNode listener(String id) {
		return get("/zmq/" + id).path("listener");
	}

	double metric(String name, String statistic, String... tags) {
		StringBuilder query = new StringBuilder("/metrics/" + name);
		for (int i = 0; i < tags.length; i++) {
			query.append((i == 0) ? "?" : "&").append("tag=").append(tags[i]);
		}
		for (JsonNode measurement : get(query.toString()).path("measurements")) {
			if (measurement.path("statistic").asString().equals(statistic)) {
				return measurement.path("value").asDouble();
			}
		}
		throw new AssertionError("No " + statistic + " of " + query + ": " + text(query.toString()));
	}

	static void await(ThrowingRunnable assertion) {
		Awaitility.await()
			.pollInSameThread()
			.pollInterval(Duration.ofMillis(50))
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(assertion);
	}

	@Override
	public void close() {
		this.context.close();
	}

	record Answer(int status, String body) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		/**
		 * A connection that is closed keeps its descriptor until the selector runs again,
		 * by default after a second.
		 */
		@Bean
		TomcatConnectorCustomizer descriptorsGoSoon() {
			return (connector) -> connector.setProperty("selectorTimeout", "20");
		}

	}

}
