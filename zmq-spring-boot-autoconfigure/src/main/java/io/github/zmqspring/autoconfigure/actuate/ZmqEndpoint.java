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

import java.util.List;
import java.util.Locale;

import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.core.RequestStatus;
import io.github.zmqspring.core.SocketStatus;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyStatus;
import io.github.zmqspring.transport.ContextFailures;
import io.github.zmqspring.transport.PollerStatus;
import io.github.zmqspring.transport.SocketRegistry;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@code zmq}: what everything is doing, and a hand to hold and
 * release it. It shows names, endpoints and counters; never payloads, topics or keys.
 *
 * @since 0.1.0
 */
@Endpoint(id = "zmq")
public class ZmqEndpoint {

	private final ZContext context;

	private final SocketRegistry sockets;

	private final RequestOperations requests;

	private final @Nullable ContextFailures failures;

	private final @Nullable ZmqListenerRegistry listeners;

	private final @Nullable ZmqProxies proxies;

	ZmqEndpoint(ZContext context, SocketRegistry sockets, RequestOperations requests,
			@Nullable ContextFailures failures, @Nullable ZmqListenerRegistry listeners, @Nullable ZmqProxies proxies) {
		this.context = context;
		this.sockets = sockets;
		this.requests = requests;
		this.failures = failures;
		this.listeners = listeners;
		this.proxies = proxies;
	}

	/**
	 * Everything.
	 * @return context, pollers, sockets, listeners and proxies
	 */
	@ReadOperation
	public ZmqReport report() {
		return new ZmqReport(
				new ContextReport(this.context.isClosed(), this.context.getIoThreads(),
						(this.failures != null) ? this.failures.fatal() : null),
				this.sockets.pollers(), this.sockets.names().stream().map(this::socket).toList(),
				(this.listeners != null) ? this.listeners.ids().stream().map(this.listeners::status).toList()
						: List.of(),
				(this.proxies != null) ? this.proxies.names().stream().map(this.proxies::status).toList() : List.of());
	}

	/**
	 * What has one name.
	 * @param name the name of a socket or proxy, or the id of a listener
	 * @return each that has the name, or {@code null} when there is none
	 */
	@ReadOperation
	public @Nullable NamedReport named(@Selector String name) {
		SocketReport socket = (this.sockets.names().contains(name)) ? socket(name) : null;
		ListenerStatus listener = (hasListener(name) && this.listeners != null) ? this.listeners.status(name) : null;
		ZmqProxyStatus proxy = (hasProxy(name) && this.proxies != null) ? this.proxies.status(name) : null;
		return (socket != null || listener != null || proxy != null) ? new NamedReport(socket, listener, proxy) : null;
	}

	/**
	 * Holds or releases what has one name: a listener or proxy of that name, else a
	 * socket, which can only be started and stopped.
	 * @param name the name
	 * @param action {@code pause}, {@code resume}, {@code start} or {@code stop}
	 * @return what it is doing now, or {@code null} when nothing has the name
	 * @throws InvalidEndpointRequestException for another action
	 */
	@WriteOperation
	public @Nullable NamedReport act(@Selector String name, String action) {
		Action wanted = Action.of(action);
		if (hasListener(name) && this.listeners != null) {
			wanted.apply(this.listeners, name);
		}
		else if (hasProxy(name) && this.proxies != null) {
			wanted.apply(this.proxies, name);
		}
		else if (this.sockets.names().contains(name)) {
			wanted.apply(this.sockets, name);
		}
		return named(name);
	}

	private boolean hasListener(String name) {
		return this.listeners != null && this.listeners.ids().contains(name);
	}

	private boolean hasProxy(String name) {
		return this.proxies != null && this.proxies.names().contains(name);
	}

	private SocketReport socket(String name) {
		RequestStatus requests = this.requests.status(name);
		return new SocketReport(this.sockets.status(name), (requests != RequestStatus.NONE) ? requests : null);
	}

	private enum Action {

		PAUSE, RESUME, START, STOP;

		static Action of(String text) {
			for (Action action : values()) {
				if (action.name().equals(text.toUpperCase(Locale.ROOT))) {
					return action;
				}
			}
			throw new InvalidEndpointRequestException("There is no action '" + text + "'",
					"Use pause, resume, start or stop as the action");
		}

		void apply(ZmqListenerRegistry listeners, String id) {
			switch (this) {
				case PAUSE -> listeners.pause(id);
				case RESUME -> listeners.resume(id);
				case START -> listeners.start(id);
				case STOP -> listeners.stop(id);
			}
		}

		void apply(ZmqProxies proxies, String name) {
			switch (this) {
				case PAUSE -> proxies.pause(name);
				case RESUME -> proxies.resume(name);
				case START -> proxies.start(name);
				case STOP -> proxies.stop(name);
			}
		}

		void apply(SocketRegistry sockets, String name) {
			switch (this) {
				case START -> sockets.start(name);
				case STOP -> sockets.stop(name);
				default -> throw new InvalidEndpointRequestException(
						"The socket '" + name + "' can be started and stopped, not paused",
						"Pause the listener that reads it, by its id");
			}
		}

	}

	/**
	 * Everything.
	 *
	 * @param context the context
	 * @param pollers the poller threads
	 * @param sockets the sockets
	 * @param listeners the listeners
	 * @param proxies the proxies
	 */
	public record ZmqReport(ContextReport context, List<PollerStatus> pollers, List<SocketReport> sockets,
			List<ListenerStatus> listeners, List<ZmqProxyStatus> proxies) {
	}

	/**
	 * The context.
	 *
	 * @param closed whether it was closed
	 * @param ioThreads how many I/O threads it has
	 * @param failure which of them died of what
	 */
	public record ContextReport(boolean closed, int ioThreads, @Nullable String failure) {
	}

	/**
	 * A socket.
	 *
	 * @param status what it is doing
	 * @param requests what its requests are doing, if there were any
	 */
	public record SocketReport(SocketStatus status, @Nullable RequestStatus requests) {
	}

	/**
	 * All that has one name.
	 *
	 * @param socket the socket
	 * @param listener the listener
	 * @param proxy the proxy
	 */
	public record NamedReport(@Nullable SocketReport socket, @Nullable ListenerStatus listener,
			@Nullable ZmqProxyStatus proxy) {
	}

}
