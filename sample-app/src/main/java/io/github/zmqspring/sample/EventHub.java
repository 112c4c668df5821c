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

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends events to every page that is open. Stops before the web server does (its phase is
 * a later one), so that open streams do not hold the shutdown up.
 */
@Component
class EventHub implements SmartLifecycle {

	static final String TELEMETRY = "telemetry";

	static final String PIPELINE = "pipeline";

	static final String FEED = "feed";

	static final String ZMQ = "zmq";

	private static final int WRITERS = 2;

	private final JsonMapper json;

	private final int telemetryHistory;

	private final Object monitor = new Object();

	private final EventHistory history = new EventHistory();

	private final Set<EventClient> clients = new HashSet<>();

	private @Nullable ExecutorService writers;

	EventHub(JsonMapper json, SampleProperties properties) {
		this.json = json;
		this.telemetryHistory = properties.telemetry().history();
	}

	/**
	 * Send an event to every page that is open, without waiting for one.
	 * @param name the kind of event
	 * @param payload its data
	 */
	void publish(String name, Object payload) {
		ServerEvent event = new ServerEvent(name, this.json.writeValueAsString(payload));
		synchronized (this.monitor) {
			this.history.add(event, (name.equals(TELEMETRY)) ? this.telemetryHistory : 1);
			if (this.writers != null) {
				this.clients.forEach((client) -> client.offer(event));
			}
		}
	}

	/**
	 * Open a stream of events, beginning with the latest events.
	 * @return the stream, or nothing when the application is stopping
	 */
	Optional<SseEmitter> connect() {
		synchronized (this.monitor) {
			if (this.writers == null) {
				return Optional.empty();
			}
			SseEmitter emitter = new SseEmitter(0L);
			EventClient client = new EventClient(emitter, this.writers, this::remove);
			this.history.replay(client::offer);
			this.clients.add(client);
			return Optional.of(emitter);
		}
	}

	int connected() {
		synchronized (this.monitor) {
			return this.clients.size();
		}
	}

	private void remove(EventClient client) {
		synchronized (this.monitor) {
			this.clients.remove(client);
		}
	}

	@Override
	public void start() {
		synchronized (this.monitor) {
			this.writers = Executors.newFixedThreadPool(WRITERS, new CustomizableThreadFactory("events-"));
		}
	}

	@Override
	public void stop() {
		ExecutorService stopping;
		synchronized (this.monitor) {
			stopping = this.writers;
			this.writers = null;
			if (stopping == null) {
				return;
			}
			this.clients.forEach((client) -> stopping.execute(client::complete));
			this.clients.clear();
		}
		stopping.shutdown();
		try {
			stopping.awaitTermination(1, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		stopping.shutdownNow();
	}

	@Override
	public boolean isRunning() {
		synchronized (this.monitor) {
			return this.writers != null;
		}
	}

}
