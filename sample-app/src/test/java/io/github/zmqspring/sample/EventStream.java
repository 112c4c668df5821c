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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the server-sent events of the sample.
 */
final class EventStream implements AutoCloseable {

	private final InputStream body;

	private final List<Event> events = new CopyOnWriteArrayList<>();

	private final Thread reader = new Thread(this::read, "event-stream");

	private volatile boolean ended;

	private EventStream(InputStream body) {
		this.body = body;
		this.reader.setDaemon(true);
		this.reader.start();
	}

	static EventStream open(int port) throws IOException, InterruptedException {
		HttpResponse<InputStream> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events"))
				.timeout(Duration.ofSeconds(10))
				.build(), HttpResponse.BodyHandlers.ofInputStream());
		if (response.statusCode() != 200) {
			throw new AssertionError("Status " + response.statusCode());
		}
		return new EventStream(response.body());
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(this.body, StandardCharsets.UTF_8))) {
			String name = "";
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith("event:")) {
					name = line.substring("event:".length());
				}
				else if (line.startsWith("data:")) {
					this.events.add(new Event(name, JsonMapper.shared().readTree(line.substring("data:".length()))));
				}
			}
		}
		catch (IOException ex) {
			// closed
		}
		this.ended = true;
	}

	/**
	 * Wait for an event.
	 * @param name its name
	 * @param wanted what its data must be
	 * @return its data
	 */
	JsonNode await(String name, Predicate<JsonNode> wanted) {
		return Awaitility.await(name + " event")
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.events.stream()
				.filter((event) -> event.name().equals(name))
				.map(Event::data)
				.filter(wanted)
				.findFirst(), (found) -> found.isPresent())
			.orElseThrow();
	}

	boolean hasEnded() {
		return this.ended;
	}

	@Override
	public void close() throws IOException {
		this.body.close();
	}

	/**
	 * An event.
	 *
	 * @param name the name
	 * @param data the data
	 */
	record Event(String name, JsonNode data) {

	}

}
