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

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqEndpointException;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.peer.ConnectionEvents;
import io.github.zmqspring.transport.peer.PeerTracker;
import io.github.zmqspring.transport.socket.Lingering;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.wire.SocketCounters;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A socket by its name, which may be opened and closed many times: the definition, the
 * topics that listeners want, the JeroMQ socket while it is open, and the counters that
 * outlive it. Opening, closing, binding and connecting hold this object's monitor, and
 * inside it the socket's lock; senders look the open socket up without either.
 */
final class NamedSocket {

	private static final Log logger = LogFactory.getLog(NamedSocket.class);

	private final SocketDefinition definition;

	private final SocketEnvironment environment;

	private final SocketCounters counters = new SocketCounters();

	private final ConnectionEvents connections;

	private final SocketLosses losses;

	private final SocketTopics topics;

	private final @Nullable SocketSequence sequence;

	private final BoundEndpoints bound = new BoundEndpoints();

	/** Endpoints as they were given, names of sockets among them. */
	private final Set<String> connected = Collections.synchronizedSet(new LinkedHashSet<>());

	private final FollowedSockets followed;

	private final DiscoveredEndpoints discovered;

	private volatile PeerTracker peers;

	private volatile @Nullable ManagedSocket socket;

	private volatile @Nullable Instant openedAt;

	/** How often it was opened. */
	private volatile int life;

	/** Its state when the application stopped or paused; guarded by this. */
	private @Nullable Suspended suspended;

	NamedSocket(SocketDefinition definition, SocketEnvironment environment) {
		this.definition = definition;
		this.environment = environment;
		this.losses = new SocketLosses(definition, this.counters, environment.lingering(), environment.events(),
				() -> this.socket);
		this.topics = new SocketTopics(definition);
		this.followed = new FollowedSockets(this, environment);
		this.discovered = new DiscoveredEndpoints(this, environment, this.losses);
		this.sequence = SocketSequence.of(definition, this.counters, environment, this::resolved);
		SocketEvents events = environment.events();
		this.connections = new ConnectionEvents(events.source(), definition.name(), this.counters::failed, this.losses,
				(event) -> {
					this.discovered.heard(event);
					events.inBackground(event);
				});
		this.peers = newPeers();
	}

	private PeerTracker newPeers() {
		boolean raw = this.definition.traits().raw() || this.definition.options().isOn(SocketOption.ROUTER_RAW);
		return new PeerTracker(raw, this.connections);
	}

	SocketDefinition definition() {
		return this.definition;
	}

	SocketCounters counters() {
		return this.counters;
	}

	PeerTracker peers() {
		return this.peers;
	}

	/** Return the open socket, or {@code null}. */
	@Nullable ManagedSocket socket() {
		return this.socket;
	}

	/** Return the open socket. */
	ManagedSocket require() {
		ManagedSocket open = this.socket;
		if (open == null) {
			throw new ZmqSocketClosedException(this.definition.name());
		}
		return open;
	}

	@Nullable Instant openedAt() {
		return this.openedAt;
	}

	List<String> bound() {
		return this.bound.real();
	}

	int life() {
		return this.life;
	}

	/** Return the names of sockets that it connects to, or will when it opens. */
	Set<String> references() {
		Set<String> references = new LinkedHashSet<>(this.definition.connect());
		references.addAll(connected());
		references.removeIf((endpoint) -> !SocketReferences.isReference(endpoint));
		return references;
	}

	/** Return the endpoint that is connected for one that was given, if any. */
	@Nullable String resolved(String endpoint) {
		if (!SocketReferences.isReference(endpoint)) {
			return this.discovered.resolved(endpoint);
		}
		return this.followed.endpoint(endpoint);
	}

	/** Return the instances behind names that it connects to. */
	DiscoveredEndpoints discovered() {
		return this.discovered;
	}

	List<String> connected() {
		return List.copyOf(this.connected);
	}

	List<String> subscribed() {
		return this.topics.subscribed();
	}

	/** Return whether it is, or will be, bound or else connected to an endpoint. */
	boolean isAt(String endpoint, boolean binds) {
		return (binds) ? this.definition.bind().contains(endpoint) || this.bound.contains(endpoint)
				: this.definition.connect().contains(endpoint) || this.connected.contains(endpoint);
	}

	/** Open the socket as its definition and its listeners want it, unless it is open. */
	synchronized ManagedSocket open() {
		this.suspended = null;
		List<BoundEndpoints.Bound> bind = this.definition.bind()
			.stream()
			.map((endpoint) -> new BoundEndpoints.Bound(endpoint, endpoint))
			.toList();
		return open(new SocketLife(bind, this.definition.connect(), this.topics.wanted()));
	}

	/**
	 * Open the socket as it was when it was suspended, or else as {@link #open()} does.
	 */
	synchronized ManagedSocket resume() {
		Suspended before = this.suspended;
		if (before == null) {
			return open();
		}
		this.suspended = null;
		List<String> topics = before.life().topics(before.claims(), this.topics.wanted());
		return open(new SocketLife(before.life().bound(), before.life().connected(), topics));
	}

	/** Close the socket if it is open, to be opened again as it is now. */
	synchronized boolean suspend() {
		if (this.socket == null) {
			return false;
		}
		SocketLife now = new SocketLife(this.bound.all(), connected(), subscribed());
		close();
		this.connections.flushLog();
		this.suspended = new Suspended(now, this.topics.wanted());
		return true;
	}

	/** Return the sockets that serve or fetch what was missed. */
	List<NamedSocket> replays() {
		return (this.sequence != null) ? this.sequence.replays() : List.of();
	}

	synchronized boolean isSuspended() {
		return this.suspended != null;
	}

	synchronized void forget() {
		this.suspended = null;
	}

	private ManagedSocket open(SocketLife wanted) {
		ManagedSocket open = this.socket;
		if (open != null) {
			return open;
		}
		if (this.environment.stopped().getAsBoolean()) {
			// it would stay open for ever
			throw new ZmqSocketClosedException(this.definition.name());
		}
		PeerTracker tracker = newPeers();
		this.peers = tracker;
		ManagedSocket opened = this.environment.opener()
			.open(this.definition, this.counters, tracker, wanted.topics(), (topic,
					subscribed) -> this.environment.events().subscription(this.definition.name(), topic, subscribed));
		opened.connectAgainWith((endpoint) -> this.environment.connector().connectAgain(opened, endpoint));
		wanted.topics().forEach(this.topics::subscribed);
		this.life++;
		this.socket = opened;
		this.openedAt = Instant.now();
		try {
			if (this.sequence != null) {
				this.sequence.open(opened);
			}
			wanted.bound().forEach((endpoint) -> bindAgain(opened, endpoint));
			wanted.connected().forEach((endpoint) -> connect(opened, endpoint));
			SocketOpener.logOpened(this.definition, bound());
			this.environment.events().opened(this.definition.name());
			return opened;
		}
		catch (RuntimeException ex) {
			this.counters.failed(String.valueOf(ex.getMessage()));
			close();
			throw ex;
		}
	}

	/** Bind an ephemeral port again that it had before, where it is still free. */
	private void bindAgain(ManagedSocket open, BoundEndpoints.Bound endpoint) {
		if (!endpoint.again().equals(endpoint.asked()) && !endpoint.asked().equals(endpoint.real())) {
			try {
				bind(open, endpoint.again(), endpoint.asked());
				return;
			}
			catch (ZmqEndpointException ex) {
				logger.warn("Socket '%s' gets another ephemeral port: %s".formatted(this.definition.name(),
						ex.getMessage()));
			}
		}
		bind(open, endpoint.asked(), endpoint.asked());
	}

	/**
	 * Close the socket if it is open.
	 * @return whether it was open
	 */
	synchronized boolean close() {
		ManagedSocket open = this.socket;
		if (open == null) {
			return false;
		}
		this.environment.connector().cancelAll(open);
		int waiting = open.waitingSenders();
		this.socket = null;
		this.openedAt = null;
		this.topics.clear();
		this.bound.clear();
		this.connected.clear();
		this.followed.clear();
		this.losses.lost(this.discovered.close());
		Lingering lingering = open.close();
		if (this.sequence != null) {
			this.sequence.close();
		}
		if (lingering != null) {
			this.losses.closing(lingering, waiting);
		}
		return true;
	}

	synchronized String bind(String endpoint) {
		return bind(require(), endpoint, endpoint);
	}

	private String bind(ManagedSocket open, String endpoint, String asked) {
		if (EndpointAddress.isInproc(endpoint)) {
			open.usesInproc();
		}
		EndpointAddress parsed = this.environment.endpoints().check(this.definition, "bind", endpoint);
		SocketChecks.checkBindable(this.definition);
		String real = SocketOpener.bind(open, parsed);
		this.bound.add(asked, real);
		this.environment.events().bound(this.definition.name(), real);
		this.environment.references().bound(this);
		return real;
	}

	synchronized void unbind(String endpoint) {
		ManagedSocket open = require();
		String real = this.bound.find(endpoint);
		if (real != null) {
			this.peers.unbinding(real);
		}
		Lingering lingering = (real != null) ? open.unbind(real) : null;
		if (real == null || lingering == null) {
			throw new ZmqEndpointException(this.definition.name(), endpoint,
					"Socket '%s' is not bound to %s, but to %s".formatted(this.definition.name(), endpoint, bound()),
					null);
		}
		this.bound.remove(real);
		this.environment.references().bound(this);
		this.losses.released(real, "unbound", lingering);
	}

	synchronized void connect(String endpoint) {
		connect(require(), endpoint);
	}

	private void connect(ManagedSocket open, String endpoint) {
		if (SocketReferences.isReference(endpoint)) {
			this.environment.references().check(this.definition, endpoint);
			this.connected.add(endpoint);
			follow(endpoint);
			return;
		}
		if (this.discovered.isName(endpoint)) {
			this.environment.endpoints().checkName(this.definition, endpoint);
			this.connected.add(endpoint);
			this.discovered.connect(open, endpoint);
			return;
		}
		if (!this.discovered.keep(open, endpoint)) {
			connectTo(open, endpoint, Connector.Way.AWAITED);
		}
		this.connected.add(endpoint);
	}

	void connectTo(ManagedSocket open, String endpoint, Connector.Way way) {
		EndpointAddress parsed = this.environment.endpoints().check(this.definition, "connect", endpoint);
		if (EndpointAddress.isInproc(endpoint)) {
			open.usesInproc();
		}
		PeerTracker tracker = this.peers;
		this.environment.connector()
			.connect(open, parsed, way, (host) -> tracker.connecting(endpoint, host, parsed.port()));
	}

	/** Connect to where another socket is bound now, and no longer to where it was. */
	synchronized void follow(String reference) {
		ManagedSocket open = this.socket;
		if (open != null && this.connected.contains(reference)) {
			this.followed.follow(open, reference);
		}
	}

	synchronized void disconnect(String endpoint) {
		ManagedSocket open = require();
		if (!this.connected.contains(endpoint)) {
			throw new ZmqEndpointException(this.definition.name(), endpoint,
					"Socket '%s' is not connected to %s, but to %s".formatted(this.definition.name(), endpoint,
							connected()),
					null);
		}
		String real = resolved(endpoint);
		if (!this.discovered.disconnect(open, endpoint) && real != null) {
			disconnectFrom(open, real);
		}
		this.followed.forget(endpoint);
		this.connected.remove(endpoint);
	}

	void disconnectFrom(ManagedSocket open, String endpoint) {
		if (!this.environment.connector().cancel(open, endpoint)) {
			this.losses.released(endpoint, "disconnected", open.disconnect(endpoint));
		}
		this.peers.forget(endpoint);
	}

	synchronized void claimTopics(Collection<String> topics) {
		this.topics.claim(topics);
		if (this.socket != null) {
			topics.forEach(this::subscribe);
		}
	}

	synchronized void releaseTopics(Collection<String> topics) {
		this.topics.release(topics);
		if (this.socket != null) {
			topics.forEach(this::unsubscribe);
		}
	}

	void subscribe(String topic) {
		subscribe(topic, true);
		this.topics.subscribed(topic);
	}

	void unsubscribe(String topic) {
		subscribe(topic, false);
		this.topics.unsubscribed(topic);
	}

	private void subscribe(String topic, boolean begins) {
		require().call((zmq) -> {
			SocketOpener.subscribe(this.definition, zmq, topic, begins);
			return true;
		});
	}

	/**
	 * The state of a socket when it was suspended.
	 *
	 * @param life its endpoints and topics
	 * @param claims the topics that its definition and its listeners wanted
	 */
	private record Suspended(SocketLife life, List<String> claims) {

	}

}
