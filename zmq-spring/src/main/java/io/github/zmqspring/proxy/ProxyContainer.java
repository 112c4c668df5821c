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

package io.github.zmqspring.proxy;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.lane.MessageFlow;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * One proxy at run time: opens its sockets, forwards between them on a lane for each
 * direction, and closes them. Its monitor guards the state.
 */
final class ProxyContainer {

	private static final Log logger = LogFactory.getLog(ProxyContainer.class);

	/** So many messages a direction may have read that the other side has not taken. */
	private static final int READ_AHEAD = 64;

	private final ZmqProxyDefinition definition;

	private final SocketRegistry sockets;

	private final ProxyEnvironment environment;

	private final @Nullable LoadBalancer balancer;

	/** Read without the monitor, which a stop holds for as long as it takes. */
	private final List<MessageFlow> flows = new CopyOnWriteArrayList<>();

	private final List<ManagedSocket> open = new CopyOnWriteArrayList<>();

	private volatile ZmqProxyStatus.State state = ZmqProxyStatus.State.STOPPED;

	ProxyContainer(ZmqProxyDefinition definition, SocketRegistry sockets,
			Supplier<List<ZmqProxyInterceptor>> interceptors) {
		this.definition = definition;
		this.sockets = sockets;
		this.environment = ProxyEnvironment.of(definition, sockets, interceptors);
		this.balancer = (definition.type() == ZmqProxyType.LOAD_BALANCER) ? new LoadBalancer() : null;
	}

	ZmqProxyDefinition definition() {
		return this.definition;
	}

	/** Return whether it did anything, as all that follow. */
	synchronized boolean start() {
		if (this.state != ZmqProxyStatus.State.STOPPED) {
			return false;
		}
		try {
			for (SocketDefinition socket : this.definition.sockets()) {
				this.sockets.start(socket.name());
				this.open.add(this.sockets.socket(socket.name()));
			}
			ManagedSocket frontend = this.sockets.socket(this.definition.frontend().name());
			ManagedSocket backend = this.sockets.socket(this.definition.backend().name());
			SocketDefinition capture = this.definition.capture();
			this.environment.capture().to((capture != null) ? this.sockets.socket(capture.name()) : null);
			connect(frontend, backend);
		}
		catch (RuntimeException ex) {
			close(0, false);
			throw ex;
		}
		this.state = ZmqProxyStatus.State.RUNNING;
		return true;
	}

	private void connect(ManagedSocket frontend, ManagedSocket backend) {
		Inlet replies = Inlet.replies(backend.definition(), frontend.definition());
		Outlet requests = new SocketOutlet(backend);
		int readAhead = READ_AHEAD;
		if (this.balancer != null) {
			replies = this.balancer.replies(frontend.definition());
			requests = this.balancer.requests(backend);
			readAhead = 1;
		}
		else if (this.definition.lastValueCache()) {
			// the frontend has subscribed to everything: publishers see no more
			replies = Inlet.EXCEPT_SUBSCRIPTIONS;
		}
		// replies first: workers say that they are ready, and subscribers what they want
		if (SocketPairs.flows(backend.definition().type(), frontend.definition().type())) {
			Outlet outlet = SubscriptionOutlet.of(new SocketOutlet(frontend), backend, frontend.definition());
			pump(ZmqProxyDirection.TO_FRONTEND, backend, replies, outlet, READ_AHEAD);
		}
		else if (backend.definition().type() == SocketType.XPUB) {
			pump(ZmqProxyDirection.TO_FRONTEND, backend, consuming(replies), Outlet.NONE, READ_AHEAD);
		}
		if (SocketPairs.flows(frontend.definition().type(), backend.definition().type())) {
			pump(ZmqProxyDirection.TO_BACKEND, frontend, Inlet.PLAIN, requests, readAhead);
		}
		else if (frontend.definition().type() == SocketType.XPUB) {
			pump(ZmqProxyDirection.TO_BACKEND, frontend, consuming(Inlet.PLAIN), Outlet.NONE, READ_AHEAD);
		}
	}

	/** Subscriptions have to be read, or the XPUB keeps them. */
	private static Inlet consuming(Inlet inlet) {
		return (message) -> {
			inlet.take(message);
			return null;
		};
	}

	private void pump(ZmqProxyDirection direction, ManagedSocket source, Inlet inlet, Outlet outlet, int readAhead) {
		ProxyPath path = new ProxyPath(direction, source.definition(), inlet, outlet, this.environment);
		LaneSettings settings = LaneSettings.of(source.definition().name(), 1).gated(readAhead, outlet);
		this.flows.add(source.consume(settings, path));
	}

	/**
	 * Stop.
	 * @param application whether the whole application stops, which may be a pause
	 */
	synchronized boolean stop(long timeoutNanos, boolean application) {
		if (this.state == ZmqProxyStatus.State.STOPPED) {
			return false;
		}
		this.state = ZmqProxyStatus.State.STOPPED;
		int lost = close(timeoutNanos, application);
		this.environment.failures().flushLog();
		if (lost > 0) {
			logger
				.warn("Stopped proxy '%s' with %d messages that were read but not forwarded: no peer took them in time"
					.formatted(this.definition.name(), lost));
		}
		return true;
	}

	private int close(long timeoutNanos, boolean application) {
		long deadline = System.nanoTime() + timeoutNanos;
		this.flows.forEach(MessageFlow::pause);
		int lost = 0;
		for (MessageFlow flow : this.flows) {
			lost += flow.stop(Math.max(0, deadline - System.nanoTime()));
		}
		this.flows.clear();
		this.open.clear();
		this.environment.capture().to(null);
		if (this.balancer != null) {
			this.balancer.workers().clear();
		}
		for (SocketDefinition socket : this.definition.sockets()) {
			if (application) {
				this.sockets.suspend(socket.name());
			}
			else {
				this.sockets.stop(socket.name());
			}
		}
		return lost;
	}

	synchronized boolean pause() {
		if (this.state != ZmqProxyStatus.State.RUNNING) {
			return false;
		}
		this.flows.forEach(MessageFlow::pause);
		this.state = ZmqProxyStatus.State.PAUSED;
		return true;
	}

	synchronized boolean resume() {
		if (this.state != ZmqProxyStatus.State.PAUSED) {
			return false;
		}
		this.flows.forEach(MessageFlow::resume);
		this.state = ZmqProxyStatus.State.RUNNING;
		return true;
	}

	boolean isRunning() {
		return this.state != ZmqProxyStatus.State.STOPPED;
	}

	ZmqProxyStatus.State state() {
		return this.state;
	}

	private @Nullable String lastError() {
		String own = this.environment.failures().lastError();
		return (own != null) ? own
				: this.definition.sockets()
					.stream()
					.map((socket) -> this.sockets.status(socket.name()).lastError())
					.filter(Objects::nonNull)
					.findFirst()
					.orElse(null);
	}

	ZmqProxyStatus status() {
		boolean alive = this.flows.stream().allMatch(MessageFlow::isAlive)
				&& this.open.stream().allMatch(ManagedSocket::isOpen);
		return new ZmqProxyStatus(this.definition.name(), this.definition.type(), this.state, alive,
				this.environment.toBackend().traffic(), this.environment.toFrontend().traffic(),
				this.environment.capture().captured.sum(), this.environment.capture().dropped.sum(),
				(this.balancer != null) ? this.balancer.workers().size() : 0,
				this.sockets.status(this.definition.backend().name()).cachedTopics(), lastError());
	}

}
