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

import io.github.zmqspring.autoconfigure.actuate.ZmqEndpoint;

import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Publishes the actuator's answers every second: the page sees no more than an operator
 * does.
 */
@Component
class ZmqReporter {

	private final ZmqEndpoint endpoint;

	private final HealthEndpoint health;

	private final EventHub events;

	ZmqReporter(ZmqEndpoint endpoint, HealthEndpoint health, EventHub events) {
		this.endpoint = endpoint;
		this.health = health;
		this.events = events;
	}

	@Scheduled(fixedRate = 1000)
	void report() {
		this.events.publish(EventHub.ZMQ,
				new ZmqEvent(System.currentTimeMillis(), this.endpoint.report(), this.health.healthForPath("zmq")));
	}

}
