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

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.status.SocketDetails;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.transport.discovery.Discovery;
import io.github.zmqspring.transport.engine.ContextFactory;
import io.github.zmqspring.transport.poll.PollerGroup;
import io.github.zmqspring.transport.poll.PollerStatus;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.zeromq.ZContext;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextPausedEvent;
import org.springframework.context.event.ContextStoppedEvent;

/**
 * All sockets by name, opened and closed with the application.
 *
 * @since 0.1.0
 */
public final class SocketRegistry
		implements ZmqSockets, SmartLifecycle, DisposableBean, ApplicationListener<ContextStoppedEvent> {

	/**
	 * The phase in which sockets open: before web servers, proxies and listeners start.
	 * They close after these have stopped.
	 */
	public static final int PHASE = Integer.MAX_VALUE - 8192;

	private static final Log logger = LogFactory.getLog(SocketRegistry.class);

	private final NamedSockets sockets = new NamedSockets();

	private final SocketOptions defaults;

	private final PollerGroup pollers;

	private final SocketEvents events;

	private final SocketEnvironment environment;

	private final SocketInspector inspector;

	private volatile Consumer<String> started = (name) -> {
	};

	private volatile Consumer<String> removed = (name) -> {
	};

	private volatile Phase phase = Phase.NEW;

	/** Whether the application was paused, and not stopped, since sockets were open. */
	private volatile boolean paused;

	/**
	 * Create the registry.
	 * @param context the context of all sockets; its owner closes it after
	 * {@link #stop()}
	 * @param pollerThreads the number of poller threads
	 * @param events told of each endpoint that was bound
	 * @param defaults options of every socket, as far as its type has them
	 * @param definitions the sockets to begin with
	 */
	public SocketRegistry(ZContext context, int pollerThreads, ApplicationEventPublisher events, SocketOptions defaults,
			Collection<SocketDefinition> definitions) {
		this(context, pollerThreads, events, defaults, definitions, Discovery.defaults());
	}

	/**
	 * Create the registry, as above.
	 * @param discovery looks up names whose endpoints come and go
	 */
	public SocketRegistry(ZContext context, int pollerThreads, ApplicationEventPublisher events, SocketOptions defaults,
			Collection<SocketDefinition> definitions, Discovery discovery) {
		this.defaults = defaults;
		ContextFactory.prepare(context, ContextFactory.BATCH_SIZE);
		this.pollers = new PollerGroup(pollerThreads);
		this.events = new SocketEvents(this, events);
		Connector connector = new Connector(discovery.hosts());
		this.environment = new SocketEnvironment(new SocketOpener(context, this.pollers), connector,
				new EndpointChecks(this.sockets.all(), () -> SocketOpener.hasIpc(context), discovery),
				new SocketReferences(this.sockets, connector::execute), discovery, this.events, new LingerWatch(),
				() -> this.phase == Phase.STOPPED);
		this.inspector = new SocketInspector(this.sockets.all(), this.environment.connector());
		definitions.forEach(this::add);
	}

	private NamedSocket add(SocketDefinition definition) {
		SocketDefinition complete = SocketChecks.withDefaults(definition, this.defaults);
		SocketChecks.check(complete);
		SocketChecks.checkSide(definition);
		this.environment.endpoints().check(complete);
		NamedSocket socket = new NamedSocket(complete, this.environment);
		this.sockets.add(socket);
		return socket;
	}

	@Override
	public Set<String> names() {
		return this.sockets.names();
	}

	@Override
	public boolean contains(String name) {
		return this.sockets.find(name) != null;
	}

	@Override
	public SocketDefinition definition(String name) {
		return named(name).definition();
	}

	@Override
	public ManagedSocket socket(String name) {
		NamedSocket named = named(name);
		ManagedSocket socket = named.socket();
		return (socket != null) ? socket : opened(named).require();
	}

	/** Open a socket that is used before the application has started. */
	private NamedSocket opened(NamedSocket named) {
		if (named.socket() == null) {
			if (this.phase != Phase.NEW || !named.definition().autoStartup()) {
				throw new ZmqSocketClosedException(named.definition().name());
			}
			named.open();
		}
		return named;
	}

	private NamedSocket named(String name) {
		return this.sockets.require(name);
	}

	@Override
	public void create(SocketDefinition definition) {
		NamedSocket named = add(definition);
		if (this.phase == Phase.RUNNING) {
			try {
				this.environment.references().check(named.definition());
				if (definition.autoStartup()) {
					named.open();
				}
			}
			catch (RuntimeException ex) {
				this.sockets.remove(named);
				throw ex;
			}
		}
	}

	@Override
	public void remove(String name) {
		NamedSocket named = this.sockets.requireOwn(name);
		named.close();
		this.sockets.remove(named);
		this.removed.accept(named.definition().name());
		this.events.closed(named.definition().name(), true);
	}

	@Override
	public void start(String name) {
		NamedSocket named = this.sockets.requireOwn(name);
		if (this.paused) {
			named.resume();
		}
		else {
			named.open();
		}
		this.started.accept(named.definition().name());
	}

	/**
	 * Register a callback for sockets started by name, called without locks.
	 * @param action takes the logical name
	 */
	public void whenStarted(Consumer<String> action) {
		this.started = action;
	}

	/**
	 * Register a callback for sockets that were removed, called without locks.
	 * @param action takes the logical name
	 */
	public void whenRemoved(Consumer<String> action) {
		this.removed = action;
	}

	@Override
	public void stop(String name) {
		NamedSocket named = this.sockets.requireOwn(name);
		named.forget();
		if (named.close()) {
			this.events.closed(named.definition().name(), false);
		}
	}

	/**
	 * Close a socket that is to be opened again as it is now if the application is only
	 * paused.
	 * @param name the logical name
	 */
	public void suspend(String name) {
		NamedSocket named = named(name);
		if (named.suspend()) {
			this.events.closed(named.definition().name(), false);
		}
	}

	/**
	 * Add topics that a listener wants, before the socket opens or while it is open.
	 * @param name the logical name
	 * @param topics the topics
	 */
	public void claimTopics(String name, Collection<String> topics) {
		named(name).claimTopics(topics);
	}

	/**
	 * Take topics back that a listener wanted.
	 * @param name the logical name
	 * @param topics the topics
	 */
	public void releaseTopics(String name, Collection<String> topics) {
		named(name).releaseTopics(topics);
	}

	@Override
	public void subscribe(String name, String topic) {
		opened(named(name)).subscribe(topic);
	}

	@Override
	public void unsubscribe(String name, String topic) {
		opened(named(name)).unsubscribe(topic);
	}

	@Override
	public String bind(String name, String endpoint) {
		return opened(named(name)).bind(endpoint);
	}

	@Override
	public void unbind(String name, String endpoint) {
		opened(named(name)).unbind(endpoint);
	}

	@Override
	public void connect(String name, String endpoint) {
		opened(named(name)).connect(endpoint);
	}

	@Override
	public void disconnect(String name, String endpoint) {
		opened(named(name)).disconnect(endpoint);
	}

	@Override
	public boolean awaitPeers(String name, int peers, Duration timeout) throws InterruptedException {
		return this.inspector.awaitPeers(named(name), peers, timeout);
	}

	@Override
	public List<byte[]> routingIds(String name) {
		return this.inspector.routingIds(opened(named(name)));
	}

	@Override
	public int subscribers(String name, String topic) {
		return this.inspector.subscribers(opened(named(name)), topic);
	}

	@Override
	public boolean awaitSubscribers(String name, String topic, int count, Duration timeout)
			throws InterruptedException {
		return this.inspector.awaitSubscribers(opened(named(name)), topic, count, timeout);
	}

	@Override
	public SocketStatus status(String name) {
		return this.inspector.status(named(name));
	}

	@Override
	public SocketDetails details(String name) {
		return this.inspector.details(named(name));
	}

	/**
	 * Return the connections of a socket, as {@link #details(String)} does, but without
	 * subscriptions and without taking the socket's lock.
	 * @param name the logical name
	 * @return its details at this moment
	 */
	public SocketDetails connections(String name) {
		return this.inspector.connections(named(name));
	}

	/**
	 * Return how long senders have waited for room in a socket, or for their turn.
	 * @param name the logical name
	 * @return nanoseconds since the start; a send that was taken at once adds none
	 */
	public double waitedNanos(String name) {
		NamedSocket named = this.sockets.find(name);
		return (named != null) ? named.counters().waitedNanos() : Double.NaN;
	}

	/**
	 * Time each send from now on, which costs two looks at the clock.
	 * @param timers makes the consumer of a socket's times, in nanoseconds, on the thread
	 * of the sender
	 */
	public void timeSends(Function<SocketDefinition, LongConsumer> timers) {
		this.environment.opener().timeSends(timers);
		this.sockets.all().forEach((named) -> {
			ManagedSocket socket = named.socket();
			if (socket != null) {
				socket.timeSends(timers.apply(named.definition()));
			}
		});
	}

	/**
	 * Return the number of events that were dropped because their listeners are too slow.
	 * @return the number since the start
	 */
	public long droppedEvents() {
		return this.events.dropped();
	}

	/**
	 * Return what the poller threads are doing.
	 * @return one status for each thread that was started
	 */
	public List<PollerStatus> pollers() {
		return this.pollers.all().stream().map(PollerStatus::of).toList();
	}

	/**
	 * Open the sockets that start by themselves; after a pause those that were open.
	 */
	@Override
	public void start() {
		this.phase = Phase.RUNNING;
		try {
			this.sockets.all().forEach((named) -> this.environment.references().check(named.definition()));
			this.sockets
				.inOrderOfStart((named) -> (this.paused) ? named.isSuspended() : named.definition().autoStartup())
				.forEach((this.paused) ? NamedSocket::resume : NamedSocket::open);
		}
		catch (RuntimeException ex) {
			stop();
			throw ex;
		}
	}

	/**
	 * Keep what was bound, connected and subscribed to at run time if the application is
	 * only paused, as test contexts are.
	 */
	@Override
	public void onApplicationEvent(ContextStoppedEvent event) {
		this.paused = this.phase == Phase.STOPPED && event instanceof ContextPausedEvent;
	}

	/**
	 * Close all sockets, and wait until their last messages are sent or the longest
	 * {@code linger} is over.
	 */
	@Override
	public void stop() {
		this.phase = Phase.STOPPED;
		this.paused = false;
		this.sockets.all().forEach(this::closeQuietly);
		this.environment.connector().stop();
		this.environment.discovery().stop();
		this.environment.lingering().await();
		this.pollers.stop();
		this.events.flushLog();
	}

	@Override
	public void destroy() {
		// closes what was used before a start that then failed
		stop();
	}

	private void closeQuietly(NamedSocket named) {
		try {
			if (named.suspend()) {
				this.events.closed(named.definition().name(), false);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Socket '" + named.definition().name() + "' could not be closed properly", ex);
		}
	}

	@Override
	public boolean isRunning() {
		return this.phase == Phase.RUNNING;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/** In NEW sockets open when they are asked for, in STOPPED none does. */
	private enum Phase {

		NEW, RUNNING, STOPPED

	}

}
