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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.event.ZmqInstanceLostEvent;
import io.github.zmqspring.event.ZmqInstancesChangedEvent;
import io.github.zmqspring.event.ZmqSocketDisconnectedEvent;
import io.github.zmqspring.support.SocketTraits;
import io.github.zmqspring.transport.discovery.Discovery;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.jeromq.QueueTakeBack;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;

/**
 * The instances behind the names that one socket connects to. Those that come are
 * connected. Those that go are disconnected: at once where their connection is lost, else
 * when nothing is expected from them any more. Of a socket that deals messages out, what
 * waits for an instance that goes, or whose connection is lost, is taken back and sent to
 * others.
 * <p>
 * Everything changes under the monitor of the {@link NamedSocket}.
 */
final class DiscoveredEndpoints {

	private static final Log logger = LogFactory.getLog(DiscoveredEndpoints.class);

	/** How many endpoints a line of the log names. */
	private static final int MOST_NAMED = 10;

	private static final long LOOK_MILLIS = 50;

	private static final long RECONNECT_MILLIS = 100;

	/** How long it may take until a connection has all of a message. */
	private static final long WHOLE_MESSAGE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long WHOLE_MESSAGE_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final NamedSocket named;

	private final SocketDefinition definition;

	private final Discovery discovery;

	private final SocketEnvironment environment;

	private final SocketLosses losses;

	/** Whether any of the peers may get a message. */
	private final boolean deals;

	/** Whether messages come from an instance that nothing announces. */
	private final boolean receives;

	/** By the endpoint as it was given. */
	private final Map<String, DiscoveredName> names = new ConcurrentHashMap<>();

	/** By the endpoint that is connected. */
	private final Map<String, DiscoveredInstance> instances = new ConcurrentHashMap<>();

	private final DiscoveryReport report;

	private volatile @Nullable ReturnedMessages returned;

	DiscoveredEndpoints(NamedSocket named, SocketEnvironment environment, SocketLosses losses) {
		this.named = named;
		this.definition = named.definition();
		this.environment = environment;
		this.discovery = environment.discovery();
		this.losses = losses;
		SocketTraits traits = this.definition.traits();
		this.deals = traits.sends() && traits.address() == SocketTraits.Address.NONE && !traits.publishes()
				&& !traits.subscribes() && !traits.raw() && QueueTakeBack.isAvailable()
				&& !this.definition.options().isOn(SocketOption.CONFLATE);
		this.receives = traits.receives() && !traits.publishes();
		this.report = new DiscoveryReport(this.names.values(), this.instances.values(), named::peers);
	}

	/** Return what is known of names and instances. */
	DiscoveryReport report() {
		return this.report;
	}

	boolean isName(String endpoint) {
		return this.discovery.isName(endpoint);
	}

	/** Look a name up from now on. Called with the monitor held. */
	void connect(ManagedSocket open, String endpoint) {
		this.discovery.check(this.definition, endpoint);
		if (this.returned == null) {
			this.returned = new ReturnedMessages(open, this.losses::lost);
		}
		if (!this.names.containsKey(endpoint)) {
			DiscoveredName name = new DiscoveredName(this.named, endpoint, this::found);
			this.names.put(endpoint, name);
			name.begin(this.discovery);
		}
	}

	/**
	 * Keep an instance connected whether it is found or not: the application connects it.
	 * Called with the monitor held.
	 * @return {@code false} if it is none
	 */
	boolean keep(ManagedSocket open, String endpoint) {
		DiscoveredInstance instance = this.instances.get(endpoint);
		if (instance == null) {
			return false;
		}
		use(open, instance, endpoint);
		return true;
	}

	/**
	 * Give a name up, and its instances, or an instance that the application had
	 * connected. Called with the monitor held.
	 * @return {@code false} if it is neither
	 */
	boolean disconnect(ManagedSocket open, String endpoint) {
		DiscoveredName name = this.names.remove(endpoint);
		if (name != null) {
			name.stop();
			name.instances().forEach((instance) -> release(open, endpoint, instance));
			return true;
		}
		boolean instance = this.instances.containsKey(endpoint);
		release(open, endpoint, endpoint);
		return instance;
	}

	/**
	 * Give everything up: the socket is about to be closed. Called with the monitor held.
	 * @return how many messages were taken back that no peer took since
	 */
	long close() {
		this.names.values().forEach(DiscoveredName::stop);
		this.names.clear();
		this.instances.clear();
		ReturnedMessages messages = this.returned;
		this.returned = null;
		Duration linger = this.definition.options().duration(SocketOption.LINGER, Duration.ZERO);
		return (messages != null) ? messages.close(linger.toNanos()) : 0;
	}

	/** Follow the events of connections; called on I/O threads. */
	void heard(ApplicationEvent event) {
		if (!this.instances.isEmpty() && event instanceof ZmqSocketDisconnectedEvent lost && !lost.isAccepted()
				&& this.instances.containsKey(lost.getEndpoint())) {
			this.discovery.schedule(() -> lost(lost.getEndpoint()), 0);
		}
	}

	private void lost(String endpoint) {
		synchronized (this.named) {
			ManagedSocket open = this.named.socket();
			DiscoveredInstance instance = this.instances.get(endpoint);
			if (open == null || instance == null) {
				return;
			}
			this.names.values().forEach(DiscoveredName::soon);
			if (instance.isLeaving()) {
				drop(open, instance);
			}
			else if (this.deals && !isConnected(endpoint)) {
				takeBack(open, endpoint, this::takenFromLost);
				this.discovery.schedule(() -> connectAgain(open, instance), RECONNECT_MILLIS);
			}
		}
	}

	private void connectAgain(ManagedSocket open, DiscoveredInstance instance) {
		synchronized (this.named) {
			if (this.named.socket() == open && this.instances.get(instance.endpoint()) == instance) {
				connectTo(open, instance);
			}
		}
	}

	private void connectTo(ManagedSocket open, DiscoveredInstance instance) {
		try {
			this.named.connectTo(open, instance.endpoint(),
					(this.deals) ? Connector.Way.LATE : Connector.Way.BACKGROUND);
			instance.failed(null);
		}
		catch (ZmqException | ZmqConfigurationException ex) {
			instance.failed(ex.getMessage());
			logger.warn("Socket '%s' cannot connect to the instance %s: %s".formatted(this.definition.name(),
					instance.endpoint(), ex.getMessage()));
		}
	}

	/**
	 * Follow what was found.
	 * @return why some of it cannot be used, or {@code null}
	 */
	private @Nullable String found(DiscoveredName name, List<@Nullable String> endpoints) {
		Set<String> wanted = new LinkedHashSet<>();
		List<String> refused = new ArrayList<>();
		Set<String> each = new HashSet<>();
		int ipv6 = 0;
		for (String endpoint : endpoints) {
			EndpointAddress address = parse(name, endpoint, refused);
			if (endpoint == null || address == null || !each.add(address.peerText())) {
				continue;
			}
			if (address.isIpv6() && !this.definition.options().isOn(SocketOption.IPV6)) {
				ipv6++;
			}
			else {
				wanted.add(endpoint);
			}
		}
		if (wanted.isEmpty() && !refused.isEmpty()) {
			throw new IllegalArgumentException("what was found, " + first(refused));
		}
		if (wanted.isEmpty() && ipv6 > 0) {
			throw new IllegalArgumentException("all instances have IPv6 addresses: set %s.options.%s: true"
				.formatted(SocketDefinition.property(this.definition.name()), SocketOption.IPV6.key()));
		}
		synchronized (this.named) {
			ManagedSocket open = this.named.socket();
			// connected by the application: it stays whatever is found
			List<String> connected = this.named.connected();
			wanted.removeIf((endpoint) -> connected.contains(endpoint) && !this.instances.containsKey(endpoint));
			if (open != null && this.names.get(name.endpoint()) == name) {
				change(open, name, wanted);
			}
		}
		return (refused.isEmpty()) ? null : "left out of what was found, " + first(refused);
	}

	private static @Nullable EndpointAddress parse(DiscoveredName name, @Nullable String endpoint,
			List<String> refused) {
		if (endpoint == null) {
			refused.add("null is not an endpoint");
			return null;
		}
		try {
			return EndpointAddress.parse(name.endpoint(), endpoint, false);
		}
		catch (ZmqConfigurationException ex) {
			refused.add(ex.getReason());
			return null;
		}
	}

	private static String first(List<String> all) {
		int more = all.size() - MOST_NAMED;
		return String.join(", ", all.subList(0, Math.min(all.size(), MOST_NAMED)))
				+ ((more > 0) ? " and " + more + " more" : "");
	}

	private void change(ManagedSocket open, DiscoveredName name, Set<String> found) {
		Set<String> wanted = found;
		if (found.isEmpty()) {
			wanted = new LinkedHashSet<>(name.instances());
			wanted.removeIf((endpoint) -> !isConnected(endpoint));
		}
		List<String> added = new ArrayList<>(wanted);
		added.removeAll(name.instances());
		List<String> removed = new ArrayList<>(name.instances());
		removed.removeAll(wanted);
		name.instances(wanted);
		added.forEach((endpoint) -> add(open, name, endpoint));
		removed.forEach((endpoint) -> release(open, name.endpoint(), endpoint));
		if (!added.isEmpty() || !removed.isEmpty()) {
			logger.info("Socket '%s' has %d instances of %s%s%s".formatted(this.definition.name(), wanted.size(),
					name.endpoint(), (added.isEmpty()) ? "" : ", new: " + first(added),
					(removed.isEmpty()) ? "" : ", gone: " + first(removed)));
			SocketEvents events = this.environment.events();
			events.inBackground(new ZmqInstancesChangedEvent(events.source(), this.definition.name(), name.endpoint(),
					added, removed, List.copyOf(wanted)));
		}
	}

	private void add(ManagedSocket open, DiscoveredName name, String endpoint) {
		DiscoveredInstance instance = this.instances.get(endpoint);
		if (instance != null) {
			use(open, instance, name.endpoint());
			return;
		}
		DiscoveredInstance added = new DiscoveredInstance(endpoint);
		added.foundBy(name.endpoint());
		this.instances.put(endpoint, added);
		connectTo(open, added);
	}

	private static void use(ManagedSocket open, DiscoveredInstance instance, String name) {
		instance.foundBy(name);
		if (instance.isLeaving()) {
			instance.stay();
			open.takeBacks().resume(instance.endpoint());
		}
	}

	private void release(ManagedSocket open, String name, String endpoint) {
		DiscoveredInstance instance = this.instances.get(endpoint);
		if (instance == null || !instance.releasedBy(name)) {
			return;
		}
		long drainNanos = this.discovery.drainTimeout().toNanos();
		if (!this.receives || drainNanos <= 0 || !isConnected(endpoint)) {
			drop(open, instance);
			return;
		}
		instance.leave(drainNanos);
		if (this.deals) {
			open.takeBacks().rest(endpoint, (taken) -> taken(endpoint, taken));
		}
		this.discovery.schedule(() -> look(open, instance), 0);
	}

	/** An instance leaves: look whether it is still needed. */
	private void look(ManagedSocket open, DiscoveredInstance instance) {
		synchronized (this.named) {
			if (this.named.socket() != open || this.instances.get(instance.endpoint()) != instance
					|| !instance.isLeaving()) {
				return;
			}
			if (this.deals) {
				open.takeBacks().restOn();
			}
			boolean over = instance.hasHadItsTime() || !isConnected(instance.endpoint())
					|| (this.deals && !open.takeBacks().awaitsReplies(instance.endpoint()));
			if (over) {
				drop(open, instance);
				return;
			}
		}
		this.discovery.schedule(() -> look(open, instance), LOOK_MILLIS);
	}

	private void drop(ManagedSocket open, DiscoveredInstance instance) {
		this.instances.remove(instance.endpoint());
		if (this.deals) {
			takeBack(open, instance.endpoint(), (isConnected(instance.endpoint())) ? this::taken : this::takenFromLost);
		}
		else {
			this.named.disconnectFrom(open, instance.endpoint());
		}
	}

	private void takeBack(ManagedSocket open, String endpoint, BiConsumer<String, QueueTakeBack.Taken> taker) {
		if (!this.environment.connector().cancel(open, endpoint)) {
			boolean tear = !awaitWholeMessage(open, endpoint);
			this.losses.released(endpoint, "disconnected",
					open.takeBacks().disconnect(endpoint, tear, (taken) -> taker.accept(endpoint, taken)));
		}
		this.named.peers().forget(endpoint);
	}

	/** A message that a connection has in part can be neither taken back nor sent on. */
	private boolean awaitWholeMessage(ManagedSocket open, String endpoint) {
		long deadline = System.nanoTime() + WHOLE_MESSAGE_NANOS;
		while (open.takeBacks().isMidMessage(endpoint)) {
			if (System.nanoTime() - deadline > 0) {
				return false;
			}
			LockSupport.parkNanos(WHOLE_MESSAGE_LOOK_NANOS);
		}
		return true;
	}

	/** Called on an I/O thread. */
	private void takenFromLost(String endpoint, QueueTakeBack.Taken taken) {
		taken(endpoint, taken);
		logger.info(
				"Socket '%s' lost its connection to %s, which had taken %d messages: the last of them may not be handled"
					.formatted(this.definition.name(), endpoint, taken.handedOver()));
		SocketEvents events = this.environment.events();
		events.inBackground(new ZmqInstanceLostEvent(events.source(), this.definition.name(), endpoint,
				taken.messages().size(), taken.handedOver()));
	}

	/** Called on an I/O thread. */
	private void taken(String endpoint, QueueTakeBack.Taken taken) {
		int count = taken.messages().size();
		if (taken.torn()) {
			this.losses.lost(1);
		}
		if (count == 0) {
			return;
		}
		ReturnedMessages messages = this.returned;
		if (messages != null) {
			logger.info("Socket '%s' sends %d messages to others that waited for %s".formatted(this.definition.name(),
					count, endpoint));
			messages.add(taken.messages());
		}
		else {
			this.losses.lost(count);
		}
	}

	private boolean isConnected(String endpoint) {
		return this.report.isConnected(endpoint);
	}

	/**
	 * Return the only instance of a name, {@code null} without any, or else the endpoint.
	 */
	@Nullable String resolved(String endpoint) {
		DiscoveredName name = this.names.get(endpoint);
		Set<String> found = (name != null) ? name.instances() : Set.of(endpoint);
		return (found.isEmpty()) ? null : (found.size() == 1) ? found.iterator().next() : endpoint;
	}

}
