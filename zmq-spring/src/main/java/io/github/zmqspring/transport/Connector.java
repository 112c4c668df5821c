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
import java.util.concurrent.RejectedExecutionException;
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
 * Connects sockets. JeroMQ throws at once for a host that does not resolve; here a name
 * that does not exist yet, as with containers that start together, is looked up again in
 * the background until it does or the socket closes. The thread for that starts when it
 * is first needed.
 */
final class Connector {

	private static final Log logger = LogFactory.getLog(Connector.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	private final EndpointAddress.HostLookup lookup;

	/** Guarded by this. */
	private @Nullable ScheduledThreadPoolExecutor executor;

	private final Set<Attempt> pending = ConcurrentHashMap.newKeySet();

	Connector(EndpointAddress.HostLookup lookup) {
		this.lookup = lookup;
	}

	private synchronized ScheduledThreadPoolExecutor executor() {
		ScheduledThreadPoolExecutor current = this.executor;
		if (current == null) {
			current = new ScheduledThreadPoolExecutor(1, (task) -> {
				Thread thread = new Thread(task, "zmq-connector");
				thread.setDaemon(true);
				return thread;
			});
			current.setRemoveOnCancelPolicy(true);
			current.setKeepAliveTime(1, TimeUnit.SECONDS);
			current.allowCoreThreadTimeOut(true);
			this.executor = current;
		}
		return current;
	}

	/**
	 * Connect now if the host resolves, else as soon as it does.
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

	/** Run something that needs a thread which holds no lock. */
	void execute(Runnable task) {
		executor().execute(() -> {
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
		Attempt attempt = new Attempt(socket, EndpointAddress.parse(socket.toString(), endpoint, false), (host) -> {
		});
		this.pending.add(attempt);
		try {
			schedule(attempt, Duration.ofMillis(1));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Stopped before it could be connected again: " + socket, ex);
		}
	}

	private void schedule(Attempt attempt, Duration pause) {
		executor().schedule(() -> {
			if (retry(attempt)) {
				this.pending.remove(attempt);
				return;
			}
			if (!this.pending.contains(attempt)) {
				// given up, or stopped: no thread may start again for it
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
		return this.pending.removeIf(
				(attempt) -> attempt.socket == socket && attempt.endpoint.text().equals(endpoint) && attempt.cancel());
	}

	void cancelAll(ManagedSocket socket) {
		this.pending.removeIf((attempt) -> attempt.socket == socket && attempt.cancel());
	}

	synchronized void stop() {
		this.pending.clear();
		ScheduledThreadPoolExecutor current = this.executor;
		if (current != null) {
			current.shutdownNow();
			this.executor = null;
		}
	}

	/** A socket that is to be connected to one endpoint. */
	private static final class Attempt {

		private final ManagedSocket socket;

		private final EndpointAddress endpoint;

		private final Consumer<@Nullable InetAddress> resolved;

		/** Whether it is connected or given up; guarded by this. */
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

		/** Give up; return whether it was still to be connected. */
		synchronized boolean cancel() {
			boolean waiting = !this.over;
			this.over = true;
			return waiting;
		}

	}

}
