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
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.zmqspring.core.ZmqEndpointException;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQException;

/**
 * Connects sockets. JeroMQ throws at once for a host that does not resolve; a name that
 * is not there yet, as with containers that start together, is tried again here, in the
 * background, until it is or the socket closes. Names are looked up without any lock.
 */
final class Connector {

	private static final Log logger = LogFactory.getLog(Connector.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	private final EndpointAddress.HostLookup lookup;

	private final ScheduledThreadPoolExecutor executor;

	private final Set<Attempt> pending = ConcurrentHashMap.newKeySet();

	Connector(EndpointAddress.HostLookup lookup) {
		this.lookup = lookup;
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "zmq-connector");
			thread.setDaemon(true);
			return thread;
		});
		this.executor.setRemoveOnCancelPolicy(true);
	}

	/**
	 * Connects now if the host resolves, else as soon as it does.
	 * @param resolved told what the host resolved to, before it is connected
	 * @throws ZmqEndpointException if JeroMQ refuses the endpoint
	 */
	void connect(ManagedSocket socket, EndpointAddress endpoint, Consumer<@Nullable InetAddress> resolved) {
		Attempt attempt = new Attempt(socket, endpoint, resolved);
		if (!attempt.tryOnce(this.lookup)) {
			logger.warn(
					"The host of " + endpoint.text() + " does not resolve: " + socket + " connects as soon as it does");
			this.pending.add(attempt);
			schedule(attempt, FIRST_PAUSE);
		}
	}

	private void schedule(Attempt attempt, Duration pause) {
		this.executor.schedule(() -> {
			if (retry(attempt)) {
				this.pending.remove(attempt);
				return;
			}
			Duration next = pause.multipliedBy(2);
			schedule(attempt, (next.compareTo(LONGEST_PAUSE) < 0) ? next : LONGEST_PAUSE);
		}, pause.toMillis(), TimeUnit.MILLISECONDS);
	}

	private boolean retry(Attempt attempt) {
		try {
			return attempt.tryOnce(this.lookup);
		}
		catch (RuntimeException ex) {
			logger.warn("Connecting " + attempt.socket + " failed; it is tried again", ex);
			return false;
		}
	}

	/** Endpoints of a socket that do not resolve yet. */
	List<String> pending(ManagedSocket socket) {
		return this.pending.stream()
			.filter((attempt) -> attempt.socket == socket)
			.map((attempt) -> attempt.endpoint.text())
			.sorted()
			.toList();
	}

	/** Tries no more; returns whether there was something to try. */
	boolean cancel(ManagedSocket socket, String endpoint) {
		return this.pending.removeIf(
				(attempt) -> attempt.socket == socket && attempt.endpoint.text().equals(endpoint) && attempt.cancel());
	}

	void cancelAll(ManagedSocket socket) {
		this.pending.removeIf((attempt) -> attempt.socket == socket && attempt.cancel());
	}

	void stop() {
		this.pending.clear();
		this.executor.shutdownNow();
	}

	/** One socket that shall be connected to one endpoint. */
	private static final class Attempt {

		private final ManagedSocket socket;

		private final EndpointAddress endpoint;

		private final Consumer<@Nullable InetAddress> resolved;

		/** Connected or given up; guarded by this. */
		private boolean over;

		Attempt(ManagedSocket socket, EndpointAddress endpoint, Consumer<@Nullable InetAddress> resolved) {
			this.socket = socket;
			this.endpoint = endpoint;
			this.resolved = resolved;
		}

		boolean tryOnce(EndpointAddress.HostLookup lookup) {
			InetAddress host;
			try {
				host = this.endpoint.resolve(lookup);
			}
			catch (UnknownHostException ex) {
				return isOver();
			}
			synchronized (this) {
				if (!this.over) {
					this.resolved.accept(host);
					connect();
					this.over = true;
				}
			}
			return true;
		}

		private void connect() {
			try {
				this.socket.call((zmq) -> zmq.connect(this.endpoint.text()));
			}
			catch (ZmqSocketClosedException ex) {
				logger.debug("Closed before it could be connected: " + this.socket);
			}
			catch (ZMQException | IllegalArgumentException ex) {
				String name = this.socket.definition().name();
				throw new ZmqEndpointException(name, this.endpoint.text(), "Socket '%s' cannot be connected to %s: %s"
					.formatted(name, this.endpoint.text(), ex.getMessage()), ex);
			}
		}

		private synchronized boolean isOver() {
			return this.over;
		}

		/** Returns whether there was still something to give up. */
		synchronized boolean cancel() {
			boolean waiting = !this.over;
			this.over = true;
			return waiting;
		}

	}

}
