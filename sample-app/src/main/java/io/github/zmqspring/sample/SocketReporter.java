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

import java.util.List;

import io.github.zmqspring.core.ZmqSockets;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Shows every second what the sockets are doing.
 */
@Component
class SocketReporter {

	private final ZmqSockets sockets;

	private final EventHub events;

	SocketReporter(ZmqSockets sockets, EventHub events) {
		this.sockets = sockets;
		this.events = events;
	}

	@Scheduled(fixedRate = 1000)
	void report() {
		List<SocketView> views = this.sockets.names()
			.stream()
			.sorted()
			.map((name) -> SocketView.of(this.sockets.status(name)))
			.toList();
		this.events.publish(EventHub.SOCKETS, views);
	}

}
