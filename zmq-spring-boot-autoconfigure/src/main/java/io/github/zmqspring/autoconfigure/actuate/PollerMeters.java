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

import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.poll.PollerStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The meters of one poller thread. Utilization covers the time since the last reading,
 * but at least a second, so that two registries reading at once get the same value.
 */
final class PollerMeters {

	private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final SocketRegistry sockets;

	private final String name;

	private long since = System.nanoTime();

	private long busyBefore;

	private double utilization;

	private PollerMeters(SocketRegistry sockets, String name) {
		this.sockets = sockets;
		this.name = name;
	}

	static MeterGroup<?> bind(MeterRegistry registry, SocketRegistry sockets, String name) {
		return new MeterGroup<>(registry, new PollerMeters(sockets, name), Tags.of("poller", name))
			.counter("zmq.poller.busy", "seconds", "Time the poller has worked",
					(poller) -> poller.busyNanos() / (double) TimeUnit.SECONDS.toNanos(1))
			.gauge("zmq.poller.utilization", "How much of its time the poller works, from 0 to 1",
					PollerMeters::utilization);
	}

	private long busyNanos() {
		return this.sockets.pollers()
			.stream()
			.filter((poller) -> poller.name().equals(this.name))
			.mapToLong(PollerStatus::busyNanos)
			.sum();
	}

	private synchronized double utilization() {
		long now = System.nanoTime();
		if (now - this.since >= SHORTEST_NANOS) {
			long busy = busyNanos();
			this.utilization = Math.max(0, Math.min(1, (busy - this.busyBefore) / (double) (now - this.since)));
			this.busyBefore = busy;
			this.since = now;
		}
		return this.utilization;
	}

}
