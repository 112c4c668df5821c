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

package io.github.zmqspring.request;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.zmqspring.core.RequestOperations;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.core.status.RequestStatus;
import io.github.zmqspring.support.RelaxedNames;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * The requests of all sockets: one channel for each socket that has any, and one timer
 * for all. The timer ticks only while requests are pending.
 *
 * @since 0.1.0
 */
public final class RequestClients implements RequestOperations, SmartLifecycle, DisposableBean {

	private static final Log logger = LogFactory.getLog(RequestClients.class);

	private static final long TICK_MILLIS = 10;

	private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final SocketRegistry sockets;

	private final RequestSettings settings;

	private final Map<String, RequestChannel> channels = new ConcurrentHashMap<>();

	private final Map<String, RequestCounters> counters = new ConcurrentHashMap<>();

	private final RequestIds ids = new RequestIds();

	private final FailureNotifier failures = new FailureNotifier();

	private @Nullable ScheduledThreadPoolExecutor timer;

	private volatile boolean ticking;

	private volatile boolean running;

	/** False before the first start: requests are allowed then. */
	private volatile boolean stopped;

	/**
	 * Create the clients.
	 * @param sockets the sockets
	 * @param settings limits of requests
	 */
	public RequestClients(SocketRegistry sockets, RequestSettings settings) {
		this.sockets = sockets;
		this.settings = settings;
		sockets.whenRemoved(this::socketRemoved);
	}

	private void socketRemoved(String name) {
		RequestChannel channel = this.channels.remove(name);
		if (channel != null) {
			channel.close(0);
		}
		this.counters.remove(name);
	}

	@Override
	public CompletableFuture<ZmqMessage> request(String socket, byte[][] body, Duration timeout, int retries) {
		return begin(socket, timeout, retries, (channel) -> channel.request(body, timeout, retries));
	}

	@Override
	public CompletableFuture<ZmqMessage> requestAndWait(String socket, byte[][] body, Duration timeout, int retries) {
		return begin(socket, timeout, retries, (channel) -> channel.requestAndWait(body, timeout, retries));
	}

	@Override
	public void await(String socket, CompletableFuture<?> reply) {
		RequestChannel channel = (reply.isDone()) ? null : RelaxedNames.find(this.channels, socket);
		if (channel != null) {
			channel.await(reply);
		}
	}

	@Override
	public CompletableFuture<ZmqMessage> stream(String socket, byte[][] body, Duration timeout,
			Consumer<ZmqMessage> elements) {
		return begin(socket, timeout, 0, (channel) -> channel.stream(body, timeout, elements));
	}

	@Override
	public CompletableFuture<List<ZmqMessage>> requestAll(String socket, byte[][] body, Duration timeout) {
		return begin(socket, timeout, 0, (channel) -> channel.requestAll(body, timeout));
	}

	private <T> CompletableFuture<T> begin(String socket, Duration timeout, int retries,
			Function<RequestChannel, CompletableFuture<T>> asking) {
		CompletableFuture<T> reply;
		try {
			if (this.stopped) {
				throw new ZmqSocketClosedException(socket);
			}
			check(timeout, retries);
			reply = asking.apply(channel(this.sockets.socket(socket)));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		if (!this.ticking && !reply.isDone()) {
			startTicking();
		}
		return reply;
	}

	private static void check(Duration timeout, int retries) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("A request timeout must be longer than nothing, and is " + timeout);
		}
		if (retries < 0) {
			throw new IllegalArgumentException("Request retries are 0 or more, and are " + retries);
		}
	}

	@Override
	public boolean isRepliedBy(String socket, Thread thread) {
		RequestChannel channel = RelaxedNames.find(this.channels, socket);
		return channel != null && channel.repliesComeBy(thread);
	}

	private RequestChannel channel(ManagedSocket socket) {
		SocketDefinition definition = socket.definition();
		RequestChannel channel = this.channels.get(definition.name());
		if (channel != null && channel.isOver(socket)) {
			return channel;
		}
		if (!definition.traits().requests()) {
			throw new ZmqUnsupportedOperationException(definition.name(),
					"Socket '%s' is a %s: requests need a req or dealer socket".formatted(definition.name(),
							definition.type()));
		}
		return this.channels.compute(definition.name(), (name, old) -> {
			if (old != null && old.isOver(socket)) {
				return old;
			}
			if (old != null) {
				// the socket was closed and opened again
				old.close(0);
			}
			return new RequestChannel(socket.requests(null, false), this.settings, this.ids,
					this.counters.computeIfAbsent(name, (any) -> new RequestCounters()), this.failures);
		});
	}

	private synchronized void startTicking() {
		if (this.ticking) {
			return;
		}
		if (this.timer == null) {
			this.timer = new ScheduledThreadPoolExecutor(1, (task) -> {
				Thread thread = new Thread(task, "zmq-request-timer");
				thread.setDaemon(true);
				return thread;
			});
		}
		this.ticking = true;
		this.timer.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void tick() {
		try {
			this.channels.values().forEach(RequestChannel::tick);
			this.failures.tick();
		}
		catch (Throwable ex) {
			logger.error("The timer of requests had trouble; it goes on", ex);
		}
		finally {
			synchronized (this) {
				this.ticking = false;
				if (this.timer != null && !(this.failures.isIdle()
						&& this.channels.values().stream().allMatch(RequestChannel::isIdle))) {
					startTicking();
				}
			}
		}
	}

	@Override
	public SocketDefinition definition(String socket) {
		return this.sockets.definition(socket);
	}

	@Override
	public RequestStatus status(String socket) {
		RequestChannel channel = RelaxedNames.find(this.channels, socket);
		return (channel != null) ? channel.status() : RequestStatus.NONE;
	}

	/**
	 * Return how many requests wait to be sent, completed ones that are not yet removed
	 * included.
	 */
	int queued(String socket) {
		RequestChannel channel = RelaxedNames.find(this.channels, socket);
		return (channel != null) ? channel.queued() : 0;
	}

	@Override
	public void start() {
		this.stopped = false;
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.stopped = true;
		synchronized (this) {
			if (this.timer != null) {
				this.timer.shutdownNow();
				this.timer = null;
			}
			this.ticking = false;
		}
		this.channels.values().forEach((channel) -> channel.close(STOP_NANOS));
		this.channels.clear();
		this.failures.awaitIdle(STOP_NANOS);
	}

	/** End requests that were made before a failed start. */
	@Override
	public void destroy() {
		stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return SocketRegistry.PHASE + 1;
	}

}
