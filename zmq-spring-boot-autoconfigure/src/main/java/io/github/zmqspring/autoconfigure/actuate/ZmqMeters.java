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

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.event.ZmqSocketClosedEvent;
import io.github.zmqspring.event.ZmqSocketOpenedEvent;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.listener.ZmqListenerStateEvent;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.poll.PollerStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;

/**
 * Meters of sockets, requests, listeners, proxies and pollers. All of them read existing
 * counters when the registry asks: they cost nothing a message, and agree exactly with
 * the traffic. Sockets and listeners that are added later get their meters when they
 * open, and lose them when they are removed.
 */
final class ZmqMeters implements MeterBinder {

	private final SocketRegistry sockets;

	private final SocketMeters ofSockets;

	private final @Nullable ZmqListenerRegistry listeners;

	private final @Nullable ZmqProxies proxies;

	private final @Nullable ListenerTimer listenerTimer;

	/** Whether an observation times the calls of listeners under the same name. */
	private final boolean timed;

	private final Set<MeterRegistry> registries = ConcurrentHashMap.newKeySet();

	private final Map<Key, MeterGroup<?>> groups = new ConcurrentHashMap<>();

	ZmqMeters(SocketRegistry sockets, RequestOperations requests, @Nullable ZmqListenerRegistry listeners,
			@Nullable ZmqProxies proxies, @Nullable SendTimer sendTimer, @Nullable ListenerTimer listenerTimer,
			boolean observed) {
		this.sockets = sockets;
		this.ofSockets = new SocketMeters(sockets, requests, sendTimer != null);
		this.listeners = listeners;
		this.proxies = proxies;
		this.listenerTimer = listenerTimer;
		this.timed = observed || listenerTimer != null;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		bring(registry);
	}

	/** Register and remove meters after something was opened or removed. */
	@EventListener({ ZmqSocketOpenedEvent.class, ZmqSocketClosedEvent.class, ZmqListenerStateEvent.class })
	void changed() {
		this.registries.forEach(this::bring);
	}

	private void bring(MeterRegistry registry) {
		bring(registry, "socket", this.sockets.names(), this.ofSockets::bind);
		bring(registry, "poller", this.sockets.pollers().stream().map(PollerStatus::name).collect(Collectors.toSet()),
				(to, name) -> PollerMeters.bind(to, this.sockets, name));
		ZmqListenerRegistry all = this.listeners;
		if (all != null) {
			Set<String> ids = all.ids();
			bring(registry, "listener", ids, new ListenerMeters(all, this.timed)::bind);
			if (this.listenerTimer != null) {
				this.listenerTimer.retain(ids);
			}
		}
		if (this.proxies != null) {
			Set<String> names = this.proxies.names();
			bring(registry, "backend", names, ProxyMeters.toBackend(this.proxies)::bind);
			bring(registry, "frontend", names, ProxyMeters.toFrontend(this.proxies)::bind);
		}
	}

	private void bring(MeterRegistry registry, String kind, Collection<String> names,
			BiFunction<MeterRegistry, String, MeterGroup<?>> binder) {
		Set<String> there = new TreeSet<>(names);
		this.groups.entrySet().removeIf((entry) -> {
			Key key = entry.getKey();
			boolean gone = key.registry() == registry && key.kind().equals(kind) && !there.contains(key.name());
			if (gone) {
				entry.getValue().remove();
			}
			return gone;
		});
		there.forEach((name) -> this.groups.computeIfAbsent(new Key(registry, kind, name),
				(key) -> binder.apply(registry, name)));
	}

	private record Key(MeterRegistry registry, String kind, String name) {
	}

}
