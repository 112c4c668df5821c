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

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.zmqspring.core.status.IncomingMemoryStatus;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.engine.ContextFactory;
import io.github.zmqspring.transport.jeromq.ContextFailures;
import io.github.zmqspring.transport.jeromq.Descriptors;
import io.github.zmqspring.transport.jeromq.IoThreadWatch;
import io.github.zmqspring.transport.poll.PollerStatus;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of ZeroMQ: the context, the pollers, the listeners, each proxy and each
 * socket by name. It reads existing counters and states only, so that a health check
 * blocks nothing.
 */
final class ZmqHealthContributor implements CompositeHealthContributor {

	private static final String CONTEXT = "context";

	private static final String POLLERS = "pollers";

	private static final String LISTENERS = "listeners";

	private static final String PROXIES = "proxies";

	private static final Duration STUCK = Duration.ofSeconds(5);

	private final ZContext context;

	private final SocketRegistry sockets;

	private final @Nullable ContextFailures failures;

	private final @Nullable ZmqListenerRegistry listeners;

	private final @Nullable ZmqProxies proxies;

	private final SocketHealth socketHealth;

	private final PollerWatch watch = new PollerWatch(STUCK);

	ZmqHealthContributor(ZContext context, SocketRegistry sockets, @Nullable ContextFailures failures,
			@Nullable ZmqListenerRegistry listeners, @Nullable ZmqProxies proxies) {
		this.context = context;
		this.sockets = sockets;
		this.socketHealth = new SocketHealth(sockets);
		this.failures = failures;
		this.listeners = listeners;
		this.proxies = proxies;
	}

	@Override
	public Stream<HealthContributors.Entry> stream() {
		List<HealthContributors.Entry> entries = new ArrayList<>();
		entries.add(new HealthContributors.Entry(CONTEXT, indicator(this::context)));
		entries.add(new HealthContributors.Entry(POLLERS, indicator(this::pollers)));
		if (this.listeners != null) {
			entries.add(new HealthContributors.Entry(LISTENERS, indicator(this::listeners)));
		}
		if (this.proxies != null && !this.proxies.names().isEmpty()) {
			entries.add(new HealthContributors.Entry(PROXIES, new ProxyHealth(this.proxies)));
		}
		for (String name : this.sockets.names()) {
			entries.add(new HealthContributors.Entry(entryName(name), indicator(() -> this.socketHealth.of(name))));
		}
		return entries.stream();
	}

	private static String entryName(String socket) {
		return switch (socket) {
			case CONTEXT, POLLERS, LISTENERS, PROXIES -> "socket-" + socket;
			default -> socket;
		};
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return stream().filter((entry) -> entry.name().equals(name))
			.map(HealthContributors.Entry::contributor)
			.findFirst()
			.orElse(null);
	}

	private static HealthIndicator indicator(java.util.function.Supplier<Health> health) {
		return health::get;
	}

	private Health context() {
		if (this.context.isClosed()) {
			return Health.down().withDetail("reason", "The context is closed").build();
		}
		String fatal = (this.failures != null) ? this.failures.fatal() : null;
		if (fatal == null) {
			fatal = IoThreadWatch.dead(this.context);
		}
		Descriptors descriptors = Descriptors.count();
		Health.Builder health = (fatal != null)
				? Health.down()
					.withDetail("reason",
							"An I/O thread died: " + fatal + ". Its connections are lost: restart the application")
				: Health.up();
		List<String> missing = ContextFactory.missing(this.context);
		if (!missing.isEmpty()) {
			health.withDetail("notCured", missing);
		}
		IncomingMemoryStatus memory = ContextFactory.incomingMemory(this.context);
		if (memory != null) {
			health.withDetail("incomingMemory", memory);
		}
		return health.withDetail("ioThreads", this.context.getIoThreads())
			.withDetail("openDescriptors", descriptors.open())
			.withDetail("maxDescriptors", descriptors.max())
			.build();
	}

	private Health pollers() {
		Health.Builder health = Health.up();
		Map<String, Object> details = new LinkedHashMap<>();
		for (PollerStatus poller : this.sockets.pollers()) {
			String trouble = this.watch.trouble(poller);
			if (trouble != null) {
				health.down();
			}
			details.put(poller.name(), (trouble != null) ? trouble : "turning");
		}
		return health.withDetails(details).build();
	}

	private Health listeners() {
		Health.Builder health = Health.up();
		Map<String, Object> details = new LinkedHashMap<>();
		if (this.listeners != null) {
			for (String id : this.listeners.ids()) {
				ListenerStatus status = this.listeners.status(id);
				String trouble = trouble(status);
				if (trouble != null) {
					health.down();
				}
				details.put(id, (trouble != null) ? trouble : status.state().name());
			}
		}
		return health.withDetails(details).build();
	}

	private static @Nullable String trouble(ListenerStatus status) {
		if (!status.alive()) {
			return "not all of its lanes run: one died, or the executor has too few threads";
		}
		Duration blocked = status.blocksPollerFor();
		return (blocked != null) ? "blocks the thread of the poller for %d ms".formatted(blocked.toMillis()) : null;
	}

}
