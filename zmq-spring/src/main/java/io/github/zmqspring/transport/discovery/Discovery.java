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

package io.github.zmqspring.transport.discovery;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.discovery.ZmqEndpointResolver;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.endpoint.LookupThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * How names are looked up whose endpoints come and go, and how often. Look-ups run on
 * threads of their own, which start when they are first needed.
 *
 * @since 0.1.0
 */
public final class Discovery {

	/** How often names are looked up if nothing else is said. */
	public static final Duration DEFAULT_REFRESH = Duration.ofSeconds(10);

	/** How long an instance that goes stays connected if nothing else is said. */
	public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(10);

	/** How long a look-up may take until it is given up, if nothing else is said. */
	public static final Duration DEFAULT_LOOKUP_TIMEOUT = Duration.ofSeconds(10);

	private static final Log logger = LogFactory.getLog(Discovery.class);

	private static final String SPRING_CLOUD = "discovery";

	private static final Set<String> TRANSPORTS = Set.of("tcp", "inproc", "ipc", "socket");

	/** They have one peer. */
	private static final Set<SocketType> EXCLUSIVE = EnumSet.of(SocketType.PAIR, SocketType.CHANNEL);

	private final Map<String, ZmqEndpointResolver> resolvers = new TreeMap<>();

	private final Duration refresh;

	private final Duration drainTimeout;

	private final Duration lookupTimeout;

	private final EndpointAddress.HostLookup hosts;

	/** Look names up, and may hang. */
	private final LookupThreads threads = new LookupThreads("zmq-discovery");

	/** Follow what becomes of instances, and the time of look-ups. */
	private final LookupThreads followers = new LookupThreads("zmq-instances");

	/** How many names are looked up; guarded by this. */
	private int active;

	/**
	 * Create it.
	 * @param resolvers add schemes, or replace those that are built in
	 * @param refresh how long to wait between two look-ups of a name
	 * @param drainTimeout how long an instance that goes may stay connected
	 * @param lookupTimeout how long a look-up may take until it is reported and
	 * interrupted
	 * @throws ZmqConfigurationException if two resolvers have one scheme, or one has a
	 * scheme that it cannot have
	 */
	public Discovery(Collection<ZmqEndpointResolver> resolvers, Duration refresh, Duration drainTimeout,
			Duration lookupTimeout) {
		this(resolvers, refresh, drainTimeout, lookupTimeout, EndpointAddress.HostLookup.SYSTEM);
	}

	/**
	 * Create it with a resolver of hosts.
	 * @param resolvers as above
	 * @param refresh as above
	 * @param drainTimeout as above
	 * @param lookupTimeout as above
	 * @param hosts finds the addresses of hosts, those of plain endpoints too
	 */
	public Discovery(Collection<ZmqEndpointResolver> resolvers, Duration refresh, Duration drainTimeout,
			Duration lookupTimeout, EndpointAddress.HostLookup hosts) {
		this.refresh = refresh;
		this.drainTimeout = drainTimeout;
		this.lookupTimeout = lookupTimeout;
		this.hosts = hosts;
		resolvers.forEach(this::add);
		this.resolvers.putIfAbsent("dns", new DnsResolver(hosts));
		this.resolvers.putIfAbsent("srv", new SrvResolver(hosts));
	}

	/**
	 * Create it with what is built in.
	 * @return it, with default times
	 */
	public static Discovery defaults() {
		return new Discovery(Set.of(), DEFAULT_REFRESH, DEFAULT_DRAIN_TIMEOUT, DEFAULT_LOOKUP_TIMEOUT);
	}

	private void add(ZmqEndpointResolver resolver) {
		String scheme = resolver.scheme();
		if (scheme == null || !scheme.matches("[a-z][a-z0-9+.-]*") || TRANSPORTS.contains(scheme)) {
			throw new ZmqConfigurationException("The ZmqEndpointResolver " + resolver.getClass().getName(),
					"its scheme is '" + scheme + "'",
					"Return a scheme of lower case letters and digits that is none of " + new TreeSet<>(TRANSPORTS));
		}
		ZmqEndpointResolver other = this.resolvers.put(scheme, resolver);
		if (other != null) {
			throw new ZmqConfigurationException(
					"The scheme " + scheme + ":///", "two beans resolve it: %s and %s"
						.formatted(other.getClass().getName(), resolver.getClass().getName()),
					"Remove one of them, or give it another scheme");
		}
	}

	/**
	 * Return what finds the addresses of hosts.
	 * @return the resolver of hosts
	 */
	public EndpointAddress.HostLookup hosts() {
		return this.hosts;
	}

	/**
	 * Return how long an instance that goes may stay connected.
	 * @return the time
	 */
	public Duration drainTimeout() {
		return this.drainTimeout;
	}

	Duration refresh() {
		return this.refresh;
	}

	Duration lookupTimeout() {
		return this.lookupTimeout;
	}

	/**
	 * Return whether an endpoint is a name that has to be looked up, known or not.
	 * @param endpoint the endpoint as it was given
	 * @return {@code false} for plain endpoints
	 */
	public boolean isName(String endpoint) {
		NameAddress address = NameAddress.of(endpoint);
		return address != null && !TRANSPORTS.contains(address.scheme()) && (endpoint.contains(":///")
				|| SPRING_CLOUD.equals(address.scheme()) || this.resolvers.containsKey(address.scheme()));
	}

	/**
	 * Check a name that a socket is to connect to.
	 * @param definition the socket
	 * @param endpoint the endpoint as it was given
	 * @throws ZmqConfigurationException if it cannot work
	 */
	public void check(SocketDefinition definition, String endpoint) {
		String property = SocketDefinition.property(definition.name());
		NameAddress address = require(property + ".connect", endpoint);
		if (EXCLUSIVE.contains(definition.type())) {
			throw new ZmqConfigurationException(property + ".connect",
					"'%s': a %s has one peer, and a name may have many".formatted(endpoint, definition.type()),
					"Connect it to an address, tcp://host:port, or choose another type");
		}
		if (definition.options().get(SocketOption.CONNECT_ROUTING_ID, String.class) != null) {
			throw new ZmqConfigurationException(property + ".options." + SocketOption.CONNECT_ROUTING_ID.key(),
					"it names one peer, and '%s' may have many".formatted(endpoint),
					"Remove the option, or connect to an address");
		}
		try {
			resolver(address).check(address.argument());
		}
		catch (ZmqConfigurationException ex) {
			throw new ZmqConfigurationException(property + ".connect", "'" + endpoint + "': " + ex.getReason(),
					ex.getAction());
		}
		catch (IllegalArgumentException ex) {
			throw new ZmqConfigurationException(property + ".connect", "'" + endpoint + "' " + ex.getMessage(),
					"Correct the endpoint");
		}
	}

	private NameAddress require(String property, String endpoint) {
		NameAddress address = NameAddress.of(endpoint);
		if (address == null || !this.resolvers.containsKey(address.scheme())) {
			throw unresolvable(property, endpoint, (address != null) ? address.scheme() : endpoint);
		}
		boolean server = !address.server().isEmpty();
		if (server && !address.hasName()) {
			throw new ZmqConfigurationException(property, "'" + endpoint + "' has a slash too few",
					"Write %s:///%s".formatted(address.scheme(), address.server()));
		}
		if (server && !isBuiltIn(address.scheme())) {
			throw new ZmqConfigurationException(property,
					"'%s' has '%s' where only dns and srv name a server".formatted(endpoint, address.server()),
					"Write %s:///%s".formatted(address.scheme(), address.name()));
		}
		if (!address.hasName()) {
			throw new ZmqConfigurationException(property, "'" + endpoint + "' names nothing behind its scheme",
					"Write %s:/// and a name".formatted(address.scheme()));
		}
		return address;
	}

	private ZmqConfigurationException unresolvable(String property, String endpoint, String scheme) {
		if (SPRING_CLOUD.equals(scheme)) {
			return new ZmqConfigurationException(property,
					"'%s' needs a DiscoveryClient of Spring Cloud, and there is none".formatted(endpoint),
					"Add a Spring Cloud discovery client to the class path, such as that of Consul, Eureka or Kubernetes, or define a ZmqEndpointResolver bean with the scheme discovery");
		}
		return new ZmqConfigurationException(property,
				"'%s' has the scheme '%s', which nothing resolves".formatted(endpoint, scheme),
				"Write one of %s, or define a ZmqEndpointResolver bean with this scheme".formatted(schemes()));
	}

	private ZmqEndpointResolver resolver(NameAddress address) {
		return Objects.requireNonNull(this.resolvers.get(address.scheme()));
	}

	private boolean isBuiltIn(String scheme) {
		ZmqEndpointResolver resolver = this.resolvers.get(scheme);
		return resolver instanceof DnsResolver || resolver instanceof SrvResolver;
	}

	private String schemes() {
		return this.resolvers.keySet().stream().map((scheme) -> scheme + ":///").collect(Collectors.joining(", "));
	}

	/**
	 * Look a name up, now and again.
	 * @param endpoint the endpoint as it was given, which was checked
	 * @param listener told of what is found
	 * @return the look-ups, to be stopped
	 */
	public Lookup lookUp(String endpoint, Lookup.Listener listener) {
		NameAddress address = require("The endpoint", endpoint);
		synchronized (this) {
			this.active++;
			keepThreads();
		}
		Lookup lookup = new Lookup(this, address, resolver(address), listener);
		lookup.start();
		return lookup;
	}

	synchronized void ended() {
		this.active--;
		keepThreads();
	}

	private void keepThreads() {
		this.threads.keep(this.active > 0);
		this.followers.keep(this.active > 0);
	}

	/** Tell of a look-up that hangs, or no longer does: another thread does its work. */
	void stuck(boolean hangs) {
		this.threads.stuck(hangs);
	}

	/** Look a name up, on a thread that may hang. */
	@Nullable Future<?> look(Runnable task, long delayMillis) {
		return schedule(this.threads, task, delayMillis);
	}

	/**
	 * Run something on a thread that no look-up holds up.
	 * @param task what to run
	 * @param delayMillis in how many milliseconds
	 * @return the future run, or {@code null} if nothing is run any more
	 */
	public @Nullable Future<?> schedule(Runnable task, long delayMillis) {
		return schedule(this.followers, task, delayMillis);
	}

	private static @Nullable Future<?> schedule(LookupThreads threads, Runnable task, long delayMillis) {
		try {
			return threads.executor().schedule(() -> run(task), delayMillis, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Stopped before it was run", ex);
			return null;
		}
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			logger.warn("The instances behind a name could not be followed", ex);
		}
	}

	/** Stop all look-ups. The threads start again when they are needed. */
	public void stop() {
		this.threads.stop();
		this.followers.stop();
	}

}
