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

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketStatus;
import io.github.zmqspring.core.ZmqUnknownSocketException;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.transport.ContextFailures;
import io.github.zmqspring.transport.PollerStatus;
import io.github.zmqspring.transport.SocketRegistry;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of ZeroMQ: the context, the pollers, the listeners, each proxy and each
 * socket by name. It reads counters and states that are kept anyway, so that asking for
 * it holds nobody up.
 */
final class ZmqHealthContributor implements CompositeHealthContributor {

	private static final String CONTEXT = "context";

	private static final String POLLERS = "pollers";

	private static final String LISTENERS = "listeners";

	private static final String PROXIES = "proxies";

	private final ZContext context;

	private final SocketRegistry sockets;

	private final @Nullable ContextFailures failures;

	private final @Nullable ZmqListenerRegistry listeners;

	private final @Nullable ZmqProxies proxies;

	private final PollerWatch watch = new PollerWatch();

	ZmqHealthContributor(ZContext context, SocketRegistry sockets, @Nullable ContextFailures failures,
			@Nullable ZmqListenerRegistry listeners, @Nullable ZmqProxies proxies) {
		this.context = context;
		this.sockets = sockets;
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
			entries.add(new HealthContributors.Entry(entryName(name), indicator(() -> socket(name))));
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
		return (fatal != null) ? Health.down().withDetail("reason", "An I/O thread died: " + fatal).build()
				: Health.up().withDetail("ioThreads", this.context.getIoThreads()).build();
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
			return "not all of its workers run: one died, or the executor has too few threads";
		}
		Duration blocked = status.blocksPollerFor();
		return (blocked != null) ? "blocks the thread of the poller for %d ms".formatted(blocked.toMillis()) : null;
	}

	private Health socket(String name) {
		SocketStatus status;
		SocketDefinition definition;
		try {
			status = this.sockets.status(name);
			definition = this.sockets.definition(name);
		}
		catch (ZmqUnknownSocketException ex) {
			return Health.unknown().withDetail("reason", "The socket was removed").build();
		}
		boolean open = status.state() == SocketStatus.State.OPEN;
		boolean wanted = definition.autoStartup() && this.sockets.isRunning();
		Health.Builder health;
		if ((wanted && !open) || status.peers() < status.requiredPeers()) {
			health = Health.down();
		}
		else {
			health = (open) ? Health.up() : Health.unknown();
		}
		health.withDetail("type", status.type().name())
			.withDetail("state", status.state().name())
			.withDetail("bound", status.bound())
			.withDetail("connected", status.connected())
			.withDetail("peers", status.peers());
		if (status.requiredPeers() > 0) {
			health.withDetail("requiredPeers", status.requiredPeers());
		}
		if (!status.pending().isEmpty()) {
			health.withDetail("unresolved", status.pending());
		}
		if (status.lastError() != null) {
			health.withDetail("lastError", status.lastError());
		}
		return health.build();
	}

}
