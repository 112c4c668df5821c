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

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqTemplate;

import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Publishes a numbered feed, and makes its subscriber miss some of it on request.
 */
@RestController
class FeedController {

	private static final Duration DEAF = Duration.ofMillis(1500);

	private final ZmqTemplate template;

	private final ZmqSockets sockets;

	private final TaskScheduler scheduler;

	private final AtomicBoolean deaf = new AtomicBoolean();

	FeedController(ZmqTemplate template, ZmqSockets sockets, TaskScheduler scheduler) {
		this.template = template;
		this.sockets = sockets;
		this.scheduler = scheduler;
	}

	@Scheduled(fixedRate = 400)
	void publish() {
		this.template.publish("feed", "ticks", Instant.now().toString());
	}

	@PostMapping("/api/gaps")
	Map<String, Boolean> gap() {
		boolean begins = this.deaf.compareAndSet(false, true);
		if (begins) {
			this.sockets.unsubscribe("feed-in", "ticks");
			this.scheduler.schedule(this::listenAgain, Instant.now().plus(DEAF));
		}
		return Map.of("begins", begins);
	}

	private void listenAgain() {
		this.sockets.subscribe("feed-in", "ticks");
		this.deaf.set(false);
	}

}
