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

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.core.status.DiscoveryStatus;
import io.github.zmqspring.core.status.IncomingMemoryStatus;
import io.github.zmqspring.core.status.PeerStatus;
import io.github.zmqspring.core.status.RequestStatus;
import io.github.zmqspring.core.status.SocketDetails;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.core.status.SubscriptionStatus;
import io.github.zmqspring.listener.ListenerStatus;
import io.github.zmqspring.listener.ZmqListenerRegistry;
import io.github.zmqspring.proxy.ZmqProxies;
import io.github.zmqspring.proxy.ZmqProxyStatus;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.jeromq.ContextFailures;
import io.github.zmqspring.transport.jeromq.Descriptors;
import io.github.zmqspring.transport.poll.PollerStatus;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@code zmq}: shows the state of context, pollers, sockets,
 * listeners and proxies, and starts, stops, pauses and resumes them. It shows names,
 * endpoints, topics and counters; never payloads or keys.
 *
 * @since 0.1.0
 */
@Endpoint(id = "zmq")
public class ZmqEndpoint {

	private final SocketRegistry sockets;

	private final ZmqReports reports;

	private final @Nullable ContextFailures failures;

	private final @Nullable ZmqListenerRegistry listeners;

	private final @Nullable ZmqProxies proxies;

	ZmqEndpoint(SocketRegistry sockets, ZmqReports reports, @Nullable ContextFailures failures,
			@Nullable ZmqListenerRegistry listeners, @Nullable ZmqProxies proxies) {
		this.sockets = sockets;
		this.reports = reports;
		this.failures = failures;
		this.listeners = listeners;
		this.proxies = proxies;
	}

	/**
	 * Return the state of everything.
	 * @return context, pollers, sockets, listeners and proxies
	 */
	@ReadOperation
	public ZmqReport report() {
		ZmqProxies all = this.proxies;
		return new ZmqReport(this.reports.context((this.failures != null) ? this.failures.fatal() : null),
				this.sockets.pollers(), this.sockets.names().stream().map(this.reports::socket).toList(),
				(this.listeners != null) ? this.listeners.ids().stream().map(this.listeners::status).toList()
						: List.of(),
				(all != null) ? all.names().stream().map((name) -> this.reports.proxy(all, name)).toList() : List.of());
	}

	/**
	 * Return the state of all that has one name.
	 * @param name the name of a socket or proxy, or the id of a listener
	 * @return each that has the name, or {@code null} when there is none
	 */
	@ReadOperation
	public @Nullable NamedReport named(@Selector String name) {
		SocketReport socket = (this.sockets.contains(name)) ? this.reports.socket(name) : null;
		ListenerStatus listener = (hasListener(name) && this.listeners != null) ? this.listeners.status(name) : null;
		ProxyReport proxy = (hasProxy(name) && this.proxies != null) ? this.reports.proxy(this.proxies, name) : null;
		return (socket != null || listener != null || proxy != null) ? new NamedReport(socket, listener, proxy) : null;
	}

	/**
	 * Start, stop, pause or resume the listener or proxy of a name, or else the socket,
	 * which can only be started and stopped.
	 * @param name the name
	 * @param action {@code pause}, {@code resume}, {@code start} or {@code stop}
	 * @return its state now, or {@code null} when nothing has the name
	 * @throws InvalidEndpointRequestException for another action, or a socket that
	 * belongs to another
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
		else if (this.sockets.contains(name)) {
			try {
				wanted.apply(this.sockets, name);
			}
			catch (ZmqUnsupportedOperationException ex) {
				throw new InvalidEndpointRequestException(String.valueOf(ex.getMessage()),
						"Act on the socket that this one belongs to");
			}
		}
		return named(name);
	}

	private boolean hasListener(String name) {
		return this.listeners != null && this.listeners.ids().contains(name);
	}

	private boolean hasProxy(String name) {
		return this.proxies != null && this.proxies.contains(name);
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
			List<ListenerStatus> listeners, List<ProxyReport> proxies) {
	}

	/**
	 * The context.
	 *
	 * @param closed whether it was closed
	 * @param ioThreads the number of I/O threads
	 * @param failure the I/O thread that died, and why
	 * @param descriptors the file descriptors of the process
	 * @param incomingMemory the memory for incoming messages, if it is bounded
	 * @param droppedEvents the number of application events that were dropped because
	 * their listeners are too slow
	 */
	public record ContextReport(boolean closed, int ioThreads, @Nullable String failure, Descriptors descriptors,
			@Nullable IncomingMemoryStatus incomingMemory, long droppedEvents) {
	}

	/**
	 * A socket.
	 *
	 * @param status its status
	 * @param openedAt when it was opened
	 * @param lastErrorAt when its last error occurred
	 * @param envelope how message headers travel: {@code none} or {@code headers}
	 * @param options the options that were set, by their names
	 * @param topics what a SUB, XSUB or DISH subscribed to, an empty text being
	 * everything
	 * @param subscriptions what the peers of a PUB, XPUB or RADIO subscribed to
	 * @param peers the connections there are, at most {@value SocketDetails#MOST}
	 * @param connects the state of each endpoint that it connects to
	 * @param names the names that it connects to, and the instances behind them
	 * @param notListening endpoints that it should be bound to, but that lost their
	 * channel
	 * @param closedOutside whether other code than the library closed it
	 * @param acceptFailures the number of connections that could not be accepted
	 * @param refusals the number of connections that did not become a peer, or broke a
	 * rule
	 * @param requests the state of its requests, if there were any
	 */
	public record SocketReport(SocketStatus status, @Nullable Instant openedAt, @Nullable Instant lastErrorAt,
			String envelope, Map<String, @Nullable Object> options, List<String> topics,
			@Nullable List<SubscriptionStatus> subscriptions, List<PeerStatus> peers, List<ConnectStatus> connects,
			List<DiscoveryStatus> names, List<String> notListening, boolean closedOutside, long acceptFailures,
			long refusals, @Nullable RequestStatus requests) {
	}

	/**
	 * A proxy.
	 *
	 * @param status its status
	 * @param frontend the socket at its front
	 * @param backend the socket at its back
	 * @param capture the socket that gets copies, if there is one
	 */
	public record ProxyReport(ZmqProxyStatus status, @Nullable Side frontend, @Nullable Side backend,
			@Nullable Side capture) {
	}

	/**
	 * A socket of a proxy, in short; it is among the sockets too.
	 *
	 * @param socket its logical name
	 * @param type its type
	 * @param state its state
	 * @param bound the endpoints really bound
	 * @param connected the endpoints it connects to
	 * @param peers the number of connected peers
	 */
	public record Side(String socket, SocketType type, SocketStatus.State state, List<String> bound,
			List<String> connected, int peers) {
	}

	/**
	 * All that has one name.
	 *
	 * @param socket the socket
	 * @param listener the listener
	 * @param proxy the proxy
	 */
	public record NamedReport(@Nullable SocketReport socket, @Nullable ListenerStatus listener,
			@Nullable ProxyReport proxy) {
	}

}
