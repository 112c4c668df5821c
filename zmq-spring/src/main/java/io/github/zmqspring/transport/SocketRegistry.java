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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketDetails;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.SocketStatus;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqEndpointException;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqUnknownSocketException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.event.ZmqSocketBoundEvent;
import io.github.zmqspring.event.ZmqSocketClosedEvent;
import io.github.zmqspring.event.ZmqSocketOpenedEvent;
import io.github.zmqspring.event.ZmqSubscriptionEvent;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.endpoint.IpcPorts;
import io.github.zmqspring.transport.jeromq.JeroMq;
import io.github.zmqspring.transport.jeromq.Subscribers;
import io.github.zmqspring.transport.peer.EventPublisher;
import io.github.zmqspring.transport.peer.PeerTracker;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.socket.PollerGroup;
import io.github.zmqspring.transport.socket.PollerStatus;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZContext;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * All sockets by name, opened and closed with the application. A name is looked up
 * without a lock; opening, closing, binding and connecting hold the monitor of the name's
 * slot, and inside it the socket's lock.
 *
 * @since 0.1.0
 */
public final class SocketRegistry implements ZmqSockets, SmartLifecycle, DisposableBean {

	/**
	 * Before web servers, proxies and listeners start, and after they have stopped.
	 */
	public static final int PHASE = Integer.MAX_VALUE - 8192;

	private static final Log logger = LogFactory.getLog(SocketRegistry.class);

	private final Map<String, NamedSocket> slots = new ConcurrentHashMap<>();

	private final SocketInspector inspector = new SocketInspector(this.slots.values());

	private final PollerGroup pollers;

	private final SocketOpener opener;

	private final ApplicationEventPublisher events;

	private final SocketOptions defaults;

	private final EndpointAddress.HostLookup lookup;

	private final EventPublisher publisher;

	private final IpcPorts ipcPorts = new IpcPorts();

	private volatile @Nullable Connector connector;

	private volatile Consumer<String> started = (name) -> {
	};

	private volatile @Nullable Function<SocketDefinition, LongConsumer> sendTimers;

	private volatile Phase phase = Phase.NEW;

	/**
	 * Creates the registry.
	 * @param context where sockets are made; closed by its owner, after {@link #stop()}
	 * @param pollerThreads how many poller threads there are
	 * @param events told of each endpoint that was bound
	 * @param defaults options of every socket, as far as its type has them
	 * @param definitions the sockets to begin with
	 */
	public SocketRegistry(ZContext context, int pollerThreads, ApplicationEventPublisher events, SocketOptions defaults,
			Collection<SocketDefinition> definitions) {
		this(context, pollerThreads, events, defaults, definitions, EndpointAddress.HostLookup.SYSTEM);
	}

	SocketRegistry(ZContext context, int pollerThreads, ApplicationEventPublisher events, SocketOptions defaults,
			Collection<SocketDefinition> definitions, EndpointAddress.HostLookup lookup) {
		this.defaults = defaults;
		this.lookup = lookup;
		this.pollers = new PollerGroup(pollerThreads);
		this.opener = new SocketOpener(context, this.pollers);
		this.events = events;
		this.publisher = new EventPublisher(events);
		definitions.forEach(this::add);
	}

	private EndpointAddress checkEndpoint(SocketDefinition definition, String key, String endpoint) {
		EndpointAddress parsed = SocketChecks.endpoint(definition, key, endpoint);
		this.ipcPorts.check(SocketDefinition.property(definition.name()) + "." + key, parsed);
		if (EndpointAddress.isInproc(endpoint)) {
			this.slots.values()
				.stream()
				.filter((slot) -> slot.isAt(endpoint, !"bind".equals(key)))
				.forEach((slot) -> SocketChecks.checkPeers(definition, key, endpoint, slot.definition()));
		}
		return parsed;
	}

	private NamedSocket add(SocketDefinition definition) {
		SocketDefinition complete = SocketChecks.withDefaults(definition, this.defaults);
		SocketChecks.check(complete);
		SocketChecks.checkSide(definition);
		complete.bind().forEach((endpoint) -> checkEndpoint(complete, "bind", endpoint));
		complete.connect().forEach((endpoint) -> checkEndpoint(complete, "connect", endpoint));
		NamedSocket slot = new NamedSocket(complete, this, this.publisher::publish);
		if (this.slots.putIfAbsent(definition.name(), slot) != null) {
			throw new ZmqConfigurationException("Socket '" + definition.name() + "'",
					"there is one of that name already", "Choose another name");
		}
		return slot;
	}

	@Override
	public Set<String> names() {
		return new TreeSet<>(this.slots.keySet());
	}

	@Override
	public SocketDefinition definition(String name) {
		return slot(name).definition();
	}

	@Override
	public ManagedSocket socket(String name) {
		NamedSocket slot = slot(name);
		ManagedSocket socket = slot.socket();
		if (socket != null) {
			return socket;
		}
		if (this.phase == Phase.NEW && slot.definition().autoStartup()) {
			return open(slot);
		}
		throw new ZmqSocketClosedException(name);
	}

	private NamedSocket slot(String name) {
		NamedSocket slot = this.slots.get(name);
		if (slot == null) {
			throw new ZmqUnknownSocketException(name, names());
		}
		return slot;
	}

	@Override
	public void create(SocketDefinition definition) {
		NamedSocket slot = add(definition);
		if (this.phase == Phase.RUNNING && definition.autoStartup()) {
			try {
				open(slot);
			}
			catch (RuntimeException ex) {
				this.slots.remove(definition.name());
				throw ex;
			}
		}
	}

	@Override
	public void remove(String name) {
		close(slot(name));
		this.slots.remove(name);
		tellClosed(name, true);
	}

	@Override
	public void start(String name) {
		open(slot(name));
		this.started.accept(name);
	}

	/**
	 * Has somebody told of sockets that were started by name, on the thread that did it
	 * and without locks: who read it before it was stopped has to begin again.
	 * @param action takes the logical name
	 */
	public void whenStarted(Consumer<String> action) {
		this.started = action;
	}

	@Override
	public void stop(String name) {
		if (close(slot(name))) {
			tellClosed(name, false);
		}
	}

	/** The application may be too far gone to listen. */
	private void tellClosed(String name, boolean removed) {
		try {
			this.events.publishEvent(new ZmqSocketClosedEvent(this, name, removed));
		}
		catch (RuntimeException ex) {
			logger.debug("Nobody was told that socket '" + name + "' was closed", ex);
		}
	}

	private ManagedSocket open(NamedSocket slot) {
		synchronized (slot) {
			ManagedSocket open = slot.socket();
			if (open != null) {
				return open;
			}
			if (this.phase == Phase.STOPPED) {
				// nobody would close it
				throw new ZmqSocketClosedException(slot.definition().name());
			}
			ManagedSocket socket = this.opener.open(slot, (topic, subscribed) -> this.publisher
				.publish(new ZmqSubscriptionEvent(this, slot.definition().name(), topic, subscribed)));
			Function<SocketDefinition, LongConsumer> timers = this.sendTimers;
			if (timers != null) {
				socket.timeSends(timers.apply(slot.definition()));
			}
			slot.opened(socket);
			try {
				SocketDefinition definition = slot.definition();
				definition.bind().forEach((endpoint) -> bind(slot, socket, endpoint));
				definition.connect().forEach((endpoint) -> connect(slot, socket, endpoint));
				SocketOpener.logOpened(definition, List.copyOf(slot.bound()));
				this.events.publishEvent(new ZmqSocketOpenedEvent(this, definition.name()));
				return socket;
			}
			catch (RuntimeException ex) {
				slot.counters().failed(String.valueOf(ex.getMessage()));
				close(slot);
				throw ex;
			}
		}
	}

	private boolean close(NamedSocket slot) {
		synchronized (slot) {
			ManagedSocket socket = slot.socket();
			if (socket == null) {
				return false;
			}
			Connector connecting = this.connector;
			if (connecting != null) {
				connecting.cancelAll(socket);
			}
			int waiting = socket.waitingSenders();
			slot.closed();
			socket.close();
			SocketOpener.logClosed(slot.definition(), slot.counters(), waiting);
			return true;
		}
	}

	/**
	 * Adds topics that a listener wants, before the socket opens or while it is open.
	 * @param name the logical name
	 * @param topics the topics
	 */
	public void claimTopics(String name, Collection<String> topics) {
		NamedSocket slot = slot(name);
		synchronized (slot) {
			slot.claimedTopics().addAll(topics);
			if (slot.socket() != null) {
				topics.forEach((topic) -> subscribe(name, topic));
			}
		}
	}

	/**
	 * Takes topics back that a listener wanted.
	 * @param name the logical name
	 * @param topics the topics
	 */
	public void releaseTopics(String name, Collection<String> topics) {
		NamedSocket slot = slot(name);
		synchronized (slot) {
			topics.forEach(slot.claimedTopics()::remove);
			if (slot.socket() != null) {
				topics.forEach((topic) -> unsubscribe(name, topic));
			}
		}
	}

	@Override
	public void subscribe(String name, String topic) {
		ManagedSocket socket = socket(name);
		socket.call((zmq) -> {
			SocketOpener.subscribe(socket.definition(), zmq, topic);
			return true;
		});
		slot(name).subscribed().add(topic);
	}

	@Override
	public void unsubscribe(String name, String topic) {
		ManagedSocket socket = socket(name);
		socket.call((zmq) -> {
			SocketOpener.unsubscribe(socket.definition(), zmq, topic);
			return true;
		});
		slot(name).subscribed().remove(topic);
	}

	@Override
	public String bind(String name, String endpoint) {
		NamedSocket slot = slot(name);
		synchronized (slot) {
			return bind(slot, socket(name), endpoint);
		}
	}

	private String bind(NamedSocket slot, ManagedSocket socket, String endpoint) {
		String name = slot.definition().name();
		if (EndpointAddress.isInproc(endpoint)) {
			socket.usesInproc();
		}
		EndpointAddress parsed = checkEndpoint(slot.definition(), "bind", endpoint);
		SocketChecks.checkBindable(slot.definition());
		String bound = SocketOpener.bind(socket, parsed);
		slot.bound(endpoint, bound);
		this.events.publishEvent(new ZmqSocketBoundEvent(this, name, bound));
		return bound;
	}

	@Override
	public void unbind(String name, String endpoint) {
		NamedSocket slot = slot(name);
		synchronized (slot) {
			ManagedSocket socket = socket(name);
			String real = slot.boundAs(endpoint);
			if (real != null) {
				slot.peers().unbinding(real);
			}
			if (real == null || !socket.call((zmq) -> zmq.unbind(real))) {
				throw new ZmqEndpointException(name, endpoint, "Socket '%s' is not bound to %s, but to %s"
					.formatted(name, endpoint, List.copyOf(slot.bound())), null);
			}
			slot.unbound(real);
		}
	}

	@Override
	public void connect(String name, String endpoint) {
		NamedSocket slot = slot(name);
		synchronized (slot) {
			connect(slot, socket(name), endpoint);
		}
	}

	private void connect(NamedSocket slot, ManagedSocket socket, String endpoint) {
		String name = slot.definition().name();
		EndpointAddress parsed = checkEndpoint(slot.definition(), "connect", endpoint);
		if (EndpointAddress.isInproc(endpoint)) {
			socket.usesInproc();
		}
		PeerTracker peers = slot.peers();
		connector().connect(socket, parsed, (host) -> peers.connecting(endpoint, host, parsed.port()));
		slot.connected().add(endpoint);
	}

	private synchronized Connector connector() {
		Connector current = this.connector;
		if (current == null) {
			current = new Connector(this.lookup);
			this.connector = current;
		}
		return current;
	}

	@Override
	public void disconnect(String name, String endpoint) {
		NamedSocket slot = slot(name);
		synchronized (slot) {
			ManagedSocket socket = socket(name);
			if (!slot.connected().contains(endpoint)) {
				throw new ZmqEndpointException(name, endpoint, "Socket '%s' is not connected to %s, but to %s"
					.formatted(name, endpoint, List.copyOf(slot.connected())), null);
			}
			if (!connector().cancel(socket, endpoint)) {
				socket.call((zmq) -> zmq.disconnect(endpoint));
			}
			slot.connected().remove(endpoint);
			slot.peers().forget(endpoint);
		}
	}

	@Override
	public boolean awaitPeers(String name, int peers, Duration timeout) throws InterruptedException {
		NamedSocket slot = slot(name);
		long deadline = System.nanoTime() + timeout.toNanos();
		while (this.inspector.peers(slot) < peers) {
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				return false;
			}
			// inproc peers come without an event
			slot.peers().awaitChange(Duration.ofNanos(Math.min(left, 50_000_000)));
		}
		return true;
	}

	@Override
	public List<byte[]> routingIds(String name) {
		return socket(name).call((zmq) -> {
			// peers that have come are looked at only now
			zmq.getEvents();
			return JeroMq.routingIds(zmq.base());
		});
	}

	@Override
	public int subscribers(String name, String topic) {
		ManagedSocket socket = socket(name);
		switch (socket.definition().type()) {
			case PUB, XPUB, RADIO -> {
			}
			default -> throw new ZmqUnsupportedOperationException(name,
					"Socket '%s' is a %s, which has no subscribers: they belong to PUB, XPUB and RADIO".formatted(name,
							socket.definition().type()));
		}
		byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
		return socket.call((zmq) -> {
			// subscriptions that have come are looked at only now
			zmq.getEvents();
			return Subscribers.count(zmq.base(), bytes);
		});
	}

	@Override
	public boolean awaitSubscribers(String name, String topic, int count, Duration timeout)
			throws InterruptedException {
		NamedSocket slot = slot(name);
		long deadline = System.nanoTime() + timeout.toNanos();
		while (subscribers(name, topic) < count) {
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				return false;
			}
			slot.peers().awaitChange(Duration.ofNanos(Math.min(left, 10_000_000)));
		}
		return true;
	}

	@Override
	public SocketStatus status(String name) {
		return this.inspector.status(slot(name), this.connector);
	}

	@Override
	public SocketDetails details(String name) {
		return this.inspector.details(slot(name), this.connector);
	}

	/**
	 * How far a socket has come with its endpoints and who is there, as
	 * {@link #details(String)} tells, but without subscriptions: it takes no lock of the
	 * socket.
	 * @param name the logical name
	 * @return its details at this moment
	 */
	public SocketDetails connections(String name) {
		return this.inspector.connections(slot(name), this.connector);
	}

	/**
	 * How long senders have waited for room in a socket, or for their turn.
	 * @param name the logical name
	 * @return nanoseconds since the start; a send that was taken at once adds none
	 */
	public double waitedNanos(String name) {
		NamedSocket slot = this.slots.get(name);
		return (slot != null) ? slot.counters().waitedNanos() : Double.NaN;
	}

	/**
	 * Times each send from now on. It costs two looks at the clock.
	 * @param timers makes what is told the nanoseconds of each send of a socket, on the
	 * thread of the sender
	 */
	public void timeSends(Function<SocketDefinition, LongConsumer> timers) {
		this.sendTimers = timers;
		this.slots.values().forEach((slot) -> {
			ManagedSocket socket = slot.socket();
			if (socket != null) {
				socket.timeSends(timers.apply(slot.definition()));
			}
		});
	}

	/**
	 * How many events were left out because those who listen to them are too slow.
	 * @return the number since the start
	 */
	public long droppedEvents() {
		return this.publisher.dropped();
	}

	/**
	 * What the poller threads are doing.
	 * @return one status for each thread that was started
	 */
	public List<PollerStatus> pollers() {
		return this.pollers.all().stream().map(PollerStatus::of).toList();
	}

	@Override
	public void start() {
		this.phase = Phase.RUNNING;
		try {
			// those that bind first: connecting sockets then succeed at once
			this.slots.values()
				.stream()
				.filter((slot) -> slot.definition().autoStartup())
				.sorted(Comparator.comparing((NamedSocket slot) -> slot.definition().bind().isEmpty())
					.thenComparing((slot) -> slot.definition().name()))
				.forEach(this::open);
		}
		catch (RuntimeException ex) {
			stop();
			throw ex;
		}
	}

	@Override
	public void stop() {
		this.phase = Phase.STOPPED;
		this.slots.values().forEach(this::closeQuietly);
		Connector connecting = this.connector;
		if (connecting != null) {
			connecting.stop();
			this.connector = null;
		}
		this.pollers.stop();
	}

	/** Sockets that were used before a start that then failed. */
	@Override
	public void destroy() {
		stop();
	}

	private void closeQuietly(NamedSocket slot) {
		try {
			if (close(slot)) {
				tellClosed(slot.definition().name(), false);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Socket '" + slot.definition().name() + "' could not be closed properly", ex);
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

	private enum Phase {

		/** Not started: sockets open when they are asked for. */
		NEW,

		/** Started. */
		RUNNING,

		/** Stopped: nothing opens until the next start. */
		STOPPED

	}

}
