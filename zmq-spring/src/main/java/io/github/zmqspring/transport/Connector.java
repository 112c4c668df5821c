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

package io.github.zmqspring.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqEndpointException;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.endpoint.LookupThreads;
import io.github.zmqspring.transport.ipc.IpcEndpoint;
import io.github.zmqspring.transport.jeromq.ResolvedHost;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.wire.OptionApplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Connects sockets. Names of hosts are looked up on threads of their own, neither on the
 * caller's nor on an I/O thread, and again as long as they do not resolve or cannot be
 * connected to: containers that start together have no names yet. The threads start when
 * they are first needed, and end when they are not.
 */
final class Connector {

	private static final Log logger = LogFactory.getLog(Connector.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	/** A resolver that answers within this time has the caller know what is wrong. */
	private static final long PATIENCE_MILLIS = 500;

	/** How a socket is connected. */
	enum Way {

		/** Wait a moment for the look-up of the host: the caller learns what is wrong. */
		AWAITED,

		/** Leave the look-up of the host to other threads. */
		BACKGROUND,

		/** Do so, and let messages wait for the peer only once it is connected. */
		LATE

	}

	private final EndpointAddress.HostLookup lookup;

	private final LookupThreads threads = new LookupThreads("zmq-connector");

	private final Set<Attempt> pending = ConcurrentHashMap.newKeySet();

	Connector(EndpointAddress.HostLookup lookup) {
		this.lookup = lookup;
	}

	private void begin(Attempt attempt) {
		this.pending.add(attempt);
		keepThreads();
	}

	private void end(Attempt attempt) {
		this.pending.remove(attempt);
		keepThreads();
	}

	private synchronized void keepThreads() {
		this.threads.keep(!this.pending.isEmpty());
	}

	/**
	 * Connect now if the host resolves at once, else as soon as it does.
	 * @param resolved called with an address in place of a name, before it is connected
	 * @throws ZmqEndpointException if JeroMQ refuses the endpoint
	 * @throws ZmqConfigurationException if the host has only addresses that the socket
	 * does not take
	 */
	void connect(ManagedSocket socket, EndpointAddress endpoint, Way way, Consumer<@Nullable InetAddress> resolved) {
		Attempt attempt = new Attempt(socket, endpoint, way == Way.LATE, resolved);
		if (!endpoint.isName()) {
			attempt.connect(null);
			return;
		}
		begin(attempt);
		if (way != Way.AWAITED) {
			schedule(attempt, Duration.ofMillis(1));
			return;
		}
		Future<Resolution> looking = this.threads.executor().submit(() -> look(attempt));
		Resolution resolution = await(looking);
		if (resolution == null) {
			logger.info("The host of " + endpoint.text() + " is still looked up: " + socket + " connects afterwards");
			this.threads.executor().execute(() -> goOn(attempt, looking));
			return;
		}
		if (resolution.isUnusable()) {
			end(attempt);
			throw onlyIpv6(socket.definition(), endpoint);
		}
		apply(attempt, resolution, FIRST_PAUSE);
	}

	/** Return {@code null} if it takes longer. */
	private static @Nullable Resolution await(Future<Resolution> looking) {
		try {
			return looking.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

	private void goOn(Attempt attempt, Future<Resolution> looking) {
		try {
			apply(attempt, looking.get(), FIRST_PAUSE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | RuntimeException ex) {
			logger.warn("Connecting " + attempt.socket + " failed", ex);
		}
	}

	private static ZmqConfigurationException onlyIpv6(SocketDefinition definition, EndpointAddress endpoint) {
		String property = SocketDefinition.property(definition.name());
		return new ZmqConfigurationException(
				property + ".connect", "'%s': the host '%s' has only IPv6 addresses, which the socket does not take"
					.formatted(endpoint.text(), endpoint.host()),
				"Set %s.options.%s: true".formatted(property, SocketOption.IPV6.key()));
	}

	private Resolution look(Attempt attempt) {
		try {
			return new Resolution(true, attempt.endpoint.resolve(this.lookup, attempt.takesIpv6()));
		}
		catch (UnknownHostException ex) {
			return new Resolution(false, List.of());
		}
	}

	/** Connect, or look again after a pause. */
	private void apply(Attempt attempt, Resolution resolution, Duration pause) {
		if (!resolution.addresses().isEmpty()) {
			end(attempt);
			attempt.connect(host(attempt, resolution.addresses()));
			return;
		}
		attempt.reportOnce(resolution.isUnusable());
		if (this.pending.contains(attempt)) {
			schedule(attempt, pause);
		}
	}

	private @Nullable ResolvedHost host(Attempt attempt, List<InetAddress> addresses) {
		if (!ResolvedHost.isAvailable()) {
			return null;
		}
		EndpointAddress endpoint = attempt.endpoint;
		ResolvedHost[] self = new ResolvedHost[1];
		self[0] = new ResolvedHost(endpoint.text(), endpoint.port(), addresses, () -> refresh(attempt, self[0]));
		return self[0];
	}

	/** Called on an I/O thread, each second at most, while a connection is not made. */
	private void refresh(Attempt attempt, ResolvedHost host) {
		if (!attempt.socket.isOpen()) {
			return;
		}
		try {
			this.threads.executor().execute(() -> {
				Resolution resolution = look(attempt);
				if (!resolution.addresses().isEmpty()) {
					host.update(resolution.addresses());
				}
			});
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Stopped before a host was looked up again: " + attempt.endpoint.text(), ex);
		}
	}

	/** Run something that needs a thread which holds no lock. */
	void execute(Runnable task) {
		this.threads.executor().execute(() -> {
			try {
				task.run();
			}
			catch (RuntimeException ex) {
				logger.warn("A socket could not be connected", ex);
			}
		});
	}

	/**
	 * Connect again, later: the host may take long to resolve, and the caller must not
	 * wait.
	 * @param endpoint as it was connected before
	 */
	void connectAgain(ManagedSocket socket, String endpoint) {
		Attempt attempt = new Attempt(socket, EndpointAddress.parse(socket.toString(), endpoint, false), false,
				(host) -> {
				});
		begin(attempt);
		try {
			schedule(attempt, Duration.ofMillis(1));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Stopped before it could be connected again: " + socket, ex);
		}
	}

	private void schedule(Attempt attempt, Duration pause) {
		Duration next = pause.multipliedBy(2);
		ScheduledThreadPoolExecutor current = this.threads.executor();
		// else one more starts with each attempt
		current.prestartAllCoreThreads();
		current.schedule(() -> retry(attempt, (next.compareTo(LONGEST_PAUSE) < 0) ? next : LONGEST_PAUSE),
				pause.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void retry(Attempt attempt, Duration pause) {
		if (!this.pending.contains(attempt)) {
			return;
		}
		try {
			if (attempt.endpoint.isName()) {
				apply(attempt, look(attempt), pause);
			}
			else {
				end(attempt);
				attempt.connect(null);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Connecting " + attempt.socket + " failed; it is tried again", ex);
			begin(attempt);
			schedule(attempt, pause);
		}
	}

	/** Return the endpoints of a socket that do not resolve yet. */
	List<String> pending(ManagedSocket socket) {
		return this.pending.stream()
			.filter((attempt) -> attempt.socket == socket)
			.map((attempt) -> attempt.endpoint.text())
			.sorted()
			.toList();
	}

	/** Give up an endpoint; return whether it was still to be connected. */
	boolean cancel(ManagedSocket socket, String endpoint) {
		boolean cancelled = false;
		for (Attempt attempt : this.pending) {
			if (attempt.socket == socket && attempt.endpoint.text().equals(endpoint)) {
				cancelled |= attempt.cancel();
				end(attempt);
			}
		}
		return cancelled;
	}

	void cancelAll(ManagedSocket socket) {
		this.pending.removeIf((attempt) -> attempt.socket == socket && attempt.cancel());
		keepThreads();
	}

	synchronized void stop() {
		this.pending.clear();
		keepThreads();
		this.threads.stop();
	}

	/**
	 * What a look-up found.
	 *
	 * @param known whether there is such a host
	 * @param addresses its addresses that the socket takes
	 */
	private record Resolution(boolean known, List<InetAddress> addresses) {

		boolean isUnusable() {
			return this.known && this.addresses.isEmpty();
		}

	}

	/** A socket that is to be connected to one endpoint. */
	private static final class Attempt {

		private final ManagedSocket socket;

		private final EndpointAddress endpoint;

		private final boolean late;

		private final Consumer<@Nullable InetAddress> resolved;

		/** Whether it is connected or given up; guarded by this. */
		private boolean over;

		private boolean reported;

		Attempt(ManagedSocket socket, EndpointAddress endpoint, boolean late,
				Consumer<@Nullable InetAddress> resolved) {
			this.socket = socket;
			this.endpoint = endpoint;
			this.late = late;
			this.resolved = resolved;
		}

		boolean takesIpv6() {
			return this.socket.definition().options().isOn(SocketOption.IPV6);
		}

		/** Connect, unless it was given up. */
		synchronized void connect(@Nullable ResolvedHost host) {
			if (this.over) {
				return;
			}
			try {
				InetAddress literal = (host != null) ? null : literal();
				ResolvedHost known = (host != null || literal == null || !this.late || !ResolvedHost.isAvailable())
						? host : new ResolvedHost(this.endpoint.text(), this.endpoint.port(), List.of(literal), () -> {
						});
				this.resolved.accept((known != null) ? null : literal);
				this.socket.call((zmq) -> {
					boolean connected = connect(zmq, known);
					OptionApplier.connected(zmq, this.socket.definition());
					return connected;
				});
			}
			catch (ZmqSocketClosedException ex) {
				logger.debug("Closed before it could be connected: " + this.socket);
			}
			catch (ZMQException | IllegalArgumentException ex) {
				String name = this.socket.definition().name();
				throw new ZmqEndpointException(name, this.endpoint.text(), "Socket '%s' cannot be connected to %s: %s"
					.formatted(name, this.endpoint.text(), ex.getMessage()), ex);
			}
			this.over = true;
		}

		private boolean connect(ZMQ.Socket zmq, @Nullable ResolvedHost host) {
			if (this.endpoint.isIpc()) {
				return IpcEndpoint.connect(zmq, this.endpoint.text(), this.endpoint.host(), this.late);
			}
			return (host != null) ? host.connect(zmq, this.late) : zmq.connect(this.endpoint.text());
		}

		/** JeroMQ names what is written as an address by the address. */
		private @Nullable InetAddress literal() {
			if (!this.endpoint.isTcp() || this.endpoint.isName()) {
				return null;
			}
			try {
				return InetAddress.getByName(this.endpoint.host());
			}
			catch (UnknownHostException ex) {
				return null;
			}
		}

		synchronized void reportOnce(boolean unusable) {
			if (!this.reported) {
				this.reported = true;
				logger.warn((unusable)
						? "The host of %s has only IPv6 addresses, which %s does not take: set its option ipv6"
							.formatted(this.endpoint.text(), this.socket)
						: "The host of " + this.endpoint.text() + " does not resolve: " + this.socket
								+ " connects as soon as it does");
			}
		}

		/** Give up; return whether it was still to be connected. */
		synchronized boolean cancel() {
			boolean waiting = !this.over;
			this.over = true;
			return waiting;
		}

	}

}
