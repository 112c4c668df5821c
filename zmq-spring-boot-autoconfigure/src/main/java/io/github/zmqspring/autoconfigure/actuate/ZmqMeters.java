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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.core.RequestStatus;
import io.github.zmqspring.core.SocketStatus;
import io.github.zmqspring.core.ZmqSocketOpenedEvent;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyStatus;
import io.github.zmqspring.transport.PollerStatus;
import io.github.zmqspring.transport.SocketRegistry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;

/**
 * Meters of sockets, requests, listeners, proxies and pollers. All of them read counters
 * that are kept anyway, when the registry asks: they cost a message nothing, and agree
 * exactly with what went through. Sockets and listeners of later are added when a socket
 * opens.
 */
final class ZmqMeters implements MeterBinder, ApplicationListener<ZmqSocketOpenedEvent> {

	private final SocketRegistry sockets;

	private final RequestOperations requests;

	private final @Nullable ZmqListenerRegistry listeners;

	private final @Nullable ZmqProxies proxies;

	private final Set<Object> bound = ConcurrentHashMap.newKeySet();

	private volatile @Nullable MeterRegistry registry;

	ZmqMeters(SocketRegistry sockets, RequestOperations requests, @Nullable ZmqListenerRegistry listeners,
			@Nullable ZmqProxies proxies) {
		this.sockets = sockets;
		this.requests = requests;
		this.listeners = listeners;
		this.proxies = proxies;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registry = registry;
		bindNew(registry);
	}

	@Override
	public void onApplicationEvent(ZmqSocketOpenedEvent event) {
		MeterRegistry current = this.registry;
		if (current != null) {
			bindNew(current);
		}
	}

	private void bindNew(MeterRegistry registry) {
		this.sockets.names()
			.stream()
			.filter((name) -> isNew(registry, "socket", name))
			.forEach((name) -> bindSocket(registry, name));
		this.sockets.pollers()
			.stream()
			.map(PollerStatus::name)
			.filter((name) -> isNew(registry, "poller", name))
			.forEach((name) -> bindPoller(registry, name));
		if (this.listeners != null) {
			this.listeners.ids()
				.stream()
				.filter((id) -> isNew(registry, "listener", id))
				.forEach((id) -> bindListener(registry, id));
		}
		if (this.proxies != null) {
			this.proxies.names()
				.stream()
				.filter((name) -> isNew(registry, "proxy", name))
				.forEach((name) -> bindProxy(registry, name));
		}
	}

	private boolean isNew(MeterRegistry registry, String kind, String name) {
		return this.bound.add(new Bound(registry, kind, name));
	}

	private void bindSocket(MeterRegistry registry, String name) {
		Tags tags = Tags.of("socket", name, "type",
				this.sockets.definition(name).type().name().toLowerCase(java.util.Locale.ROOT));
		socketCounter(registry, "zmq.messages.sent", "Messages that ZeroMQ accepted", tags, name, SocketStatus::sent);
		socketCounter(registry, "zmq.messages.received", "Messages read", tags, name, SocketStatus::received);
		socketCounter(registry, "zmq.messages.rejected", "Sends that were refused: timeouts and unreachable peers",
				tags, name, SocketStatus::rejected);
		socketCounter(registry, "zmq.messages.dropped", "Messages received that could not be used", tags, name,
				SocketStatus::dropped);
		socketCounter(registry, "zmq.bytes.sent", "Bytes of the messages that ZeroMQ accepted", tags, name,
				SocketStatus::sentBytes);
		socketCounter(registry, "zmq.bytes.received", "Bytes of the messages read", tags, name,
				SocketStatus::receivedBytes);
		socketGauge(registry, "zmq.peers", "Connected peers", tags, name, SocketStatus::peers);
		socketGauge(registry, "zmq.send.waiting", "Threads that wait for a peer to take their message", tags, name,
				SocketStatus::waitingSenders);
		switch (this.sockets.definition(name).type()) {
			case REQ, DEALER -> bindRequests(registry, tags, name);
			default -> {
			}
		}
	}

	private void bindRequests(MeterRegistry registry, Tags tags, String name) {
		requestCounter(registry, "zmq.requests", "Requests made", tags, name, RequestStatus::requests);
		requestCounter(registry, "zmq.requests.retries", "Attempts after the first", tags, name,
				RequestStatus::retries);
		requestCounter(registry, "zmq.requests.timeouts", "Requests given up", tags, name, RequestStatus::timeouts);
		requestCounter(registry, "zmq.requests.late", "Replies too late, twice or unasked", tags, name,
				RequestStatus::late);
		Gauge.builder("zmq.requests.pending", this.requests, (all) -> all.status(name).pending())
			.description("Requests whose reply has not come")
			.tags(tags)
			.register(registry);
	}

	private void bindListener(MeterRegistry registry, String id) {
		ZmqListenerRegistry all = this.listeners;
		if (all == null) {
			return;
		}
		Tags tags = Tags.of("listener", id, "socket", all.status(id).socket());
		listenerCounter(registry, "zmq.listener.handled", "Messages handled without an exception", tags, all, id,
				ListenerStatus::handled);
		listenerCounter(registry, "zmq.messages.failed", "Messages whose listener failed to the end", tags, all, id,
				ListenerStatus::failed);
		listenerCounter(registry, "zmq.listener.unreadable", "Messages that could not be converted", tags, all, id,
				ListenerStatus::unreadable);
		listenerCounter(registry, "zmq.listener.filtered", "Messages that the filter turned away", tags, all, id,
				ListenerStatus::filtered);
		listenerCounter(registry, "zmq.listener.unhandled",
				"Messages that were read and not handled when the listener stopped", tags, all, id,
				ListenerStatus::unhandled);
		listenerCounter(registry, "zmq.listener.undeliverable", "Replies whose peer was gone", tags, all, id,
				ListenerStatus::undeliverable);
		listenerCounter(registry, "zmq.listener.dead.lettered", "Messages sent to the dead-letter socket", tags, all,
				id, ListenerStatus::deadLettered);
		Gauge.builder("zmq.listener.active", all, (listeners) -> value(listeners, id, ListenerStatus::active))
			.description("Messages being handled")
			.tags(tags)
			.register(registry);
	}

	private void bindProxy(MeterRegistry registry, String name) {
		ZmqProxies all = this.proxies;
		if (all == null) {
			return;
		}
		proxyCounter(registry, all, name, "backend", ZmqProxyStatus::toBackend);
		proxyCounter(registry, all, name, "frontend", ZmqProxyStatus::toFrontend);
	}

	private static void proxyCounter(MeterRegistry registry, ZmqProxies all, String name, String direction,
			java.util.function.Function<ZmqProxyStatus, ZmqProxyStatus.Traffic> traffic) {
		Tags tags = Tags.of("proxy", name, "to", direction);
		FunctionCounter
			.builder("zmq.proxy.forwarded", all, (proxies) -> traffic.apply(proxies.status(name)).forwarded())
			.description("Messages forwarded")
			.tags(tags)
			.register(registry);
		FunctionCounter.builder("zmq.proxy.dropped", all, (proxies) -> traffic.apply(proxies.status(name)).dropped())
			.description("Messages dropped")
			.tags(tags)
			.register(registry);
		FunctionCounter.builder("zmq.proxy.failed", all, (proxies) -> traffic.apply(proxies.status(name)).failed())
			.description("Messages that an interceptor failed on")
			.tags(tags)
			.register(registry);
		FunctionCounter
			.builder("zmq.proxy.undeliverable", all, (proxies) -> traffic.apply(proxies.status(name)).undeliverable())
			.description("Messages whose peer was gone or did not read")
			.tags(tags)
			.register(registry);
	}

	private void bindPoller(MeterRegistry registry, String name) {
		FunctionCounter
			.builder("zmq.poller.busy", this.sockets,
					(all) -> all.pollers()
						.stream()
						.filter((poller) -> poller.name().equals(name))
						.mapToLong(PollerStatus::busyNanos)
						.sum() / 1e9)
			.description("Time the poller has worked; its rate is the utilization")
			.baseUnit("seconds")
			.tag("poller", name)
			.register(registry);
	}

	private void socketCounter(MeterRegistry registry, String meter, String description, Tags tags, String name,
			ToDoubleFunction<SocketStatus> value) {
		FunctionCounter.builder(meter, this.sockets, (all) -> value(all, name, value))
			.description(description)
			.tags(tags)
			.register(registry);
	}

	private void socketGauge(MeterRegistry registry, String meter, String description, Tags tags, String name,
			ToDoubleFunction<SocketStatus> value) {
		Gauge.builder(meter, this.sockets, (all) -> value(all, name, value))
			.description(description)
			.tags(tags)
			.register(registry);
	}

	private void requestCounter(MeterRegistry registry, String meter, String description, Tags tags, String name,
			ToDoubleFunction<RequestStatus> value) {
		FunctionCounter.builder(meter, this.requests, (all) -> value.applyAsDouble(all.status(name)))
			.description(description)
			.tags(tags)
			.register(registry);
	}

	private static void listenerCounter(MeterRegistry registry, String meter, String description, Tags tags,
			ZmqListenerRegistry all, String id, ToDoubleFunction<ListenerStatus> value) {
		FunctionCounter.builder(meter, all, (listeners) -> value(listeners, id, value))
			.description(description)
			.tags(tags)
			.register(registry);
	}

	/** A socket that was removed counts no more. */
	private static double value(SocketRegistry sockets, String name, ToDoubleFunction<SocketStatus> value) {
		return (sockets.names().contains(name)) ? value.applyAsDouble(sockets.status(name)) : Double.NaN;
	}

	private static double value(ZmqListenerRegistry listeners, String id, ToDoubleFunction<ListenerStatus> value) {
		return (listeners.ids().contains(id)) ? value.applyAsDouble(listeners.status(id)) : Double.NaN;
	}

	private record Bound(MeterRegistry registry, String kind, String name) {
	}

}
