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

import java.util.concurrent.TimeUnit;

import io.github.zmqspring.event.ZmqSocketClosedEvent;
import io.github.zmqspring.transport.SocketRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.context.event.EventListener;

/**
 * Times each send of each socket where a histogram is wanted. Otherwise reading the clock
 * twice a send would cost too much.
 */
final class SendTimer {

	private final MeterRegistry registry;

	SendTimer(MeterRegistry registry, SocketRegistry sockets) {
		this.registry = registry;
		sockets.timeSends((definition) -> {
			Timer timer = Timer.builder("zmq.send")
				.description("Sends, from the call to its end")
				.tags(SocketMeters.tags(definition))
				.register(registry);
			return (nanos) -> timer.record(nanos, TimeUnit.NANOSECONDS);
		});
	}

	@EventListener
	void closed(ZmqSocketClosedEvent event) {
		if (event.isRemoved()) {
			this.registry.find("zmq.send").tag("socket", event.getSocket()).meters().forEach(this.registry::remove);
		}
	}

}
