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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.zmqspring.core.BytesText;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqEndpointException;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.peer.ConnectionEvents;
import io.github.zmqspring.transport.peer.PeerTracker;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.wire.SocketCounters;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * A socket by its name, which may be opened and closed many times: the definition, the
 * topics that listeners want, the JeroMQ socket while it is open, and the counters that
 * outlive it. Opening, closing, binding and connecting hold this object's monitor, and
 * inside it the socket's lock; senders look the open socket up without either.
 */
final class NamedSocket {

	private final SocketDefinition definition;

	private final SocketEnvironment environment;

	private final SocketCounters counters = new SocketCounters();

	private final ConnectionEvents connections;

	/** What listeners want; guarded by this. */
	private final List<String> claimedTopics = new ArrayList<>();

	private final Set<String> bound = Collections.synchronizedSet(new LinkedHashSet<>());

	/** Endpoints bound, by what was asked for; guarded by this. */
	private final Map<String, String> asked = new HashMap<>();

	private final Set<String> connected = Collections.synchronizedSet(new LinkedHashSet<>());

	/** Subscriptions made since the socket opened, and not taken back. */
	private final List<String> subscribed = Collections.synchronizedList(new ArrayList<>());

	private volatile PeerTracker peers;

	private volatile @Nullable ManagedSocket socket;

	private volatile @Nullable Instant openedAt;

	NamedSocket(SocketDefinition definition, SocketEnvironment environment) {
		this.definition = definition;
		this.environment = environment;
		SocketEvents events = environment.events();
		this.connections = new ConnectionEvents(events.source(), definition.name(), this.counters::failed,
				events::inBackground);
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
		return List.copyOf(this.bound);
	}

	List<String> connected() {
		return List.copyOf(this.connected);
	}

	List<String> subscribed() {
		return List.copyOf(this.subscribed);
	}

	/** Return whether it is, or will be, bound or else connected to an endpoint. */
	boolean isAt(String endpoint, boolean binds) {
		return (binds) ? this.definition.bind().contains(endpoint) || this.bound.contains(endpoint)
				: this.definition.connect().contains(endpoint) || this.connected.contains(endpoint);
	}

	/** Open the socket, unless it is open, with all its endpoints. */
	synchronized ManagedSocket open() {
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
		List<String> topics = topics();
		ManagedSocket opened = this.environment.opener()
			.open(this.definition, this.counters, tracker, topics, (topic, subscribed) -> this.environment.events()
				.subscription(this.definition.name(), topic, subscribed));
		topics.forEach((topic) -> this.subscribed.add(BytesText.normalize(topic)));
		this.socket = opened;
		this.openedAt = Instant.now();
		try {
			this.definition.bind().forEach((endpoint) -> bind(opened, endpoint));
			this.definition.connect().forEach((endpoint) -> connect(opened, endpoint));
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

	/** Return what listeners want and what is configured, or else everything. */
	private List<String> topics() {
		List<String> topics = new ArrayList<>(this.definition.topics());
		topics.addAll(this.claimedTopics);
		if (topics.isEmpty() && this.definition.type() == SocketType.SUB) {
			topics.add("");
		}
		return topics;
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
		this.subscribed.clear();
		this.bound.clear();
		this.asked.clear();
		this.connected.clear();
		open.close();
		SocketOpener.logClosed(this.definition, this.counters, waiting);
		return true;
	}

	synchronized String bind(String endpoint) {
		return bind(require(), endpoint);
	}

	private String bind(ManagedSocket open, String endpoint) {
		if (EndpointAddress.isInproc(endpoint)) {
			open.usesInproc();
		}
		EndpointAddress parsed = this.environment.endpoints().check(this.definition, "bind", endpoint);
		SocketChecks.checkBindable(this.definition);
		String real = SocketOpener.bind(open, parsed);
		this.asked.put(endpoint, real);
		this.bound.add(real);
		this.environment.events().bound(this.definition.name(), real);
		return real;
	}

	synchronized void unbind(String endpoint) {
		ManagedSocket open = require();
		String real = (this.bound.contains(endpoint)) ? endpoint : this.asked.get(endpoint);
		if (real != null) {
			this.peers.unbinding(real);
		}
		if (real == null || !open.call((zmq) -> zmq.unbind(real))) {
			throw new ZmqEndpointException(this.definition.name(), endpoint,
					"Socket '%s' is not bound to %s, but to %s".formatted(this.definition.name(), endpoint, bound()),
					null);
		}
		this.bound.remove(real);
		this.asked.values().remove(real);
	}

	synchronized void connect(String endpoint) {
		connect(require(), endpoint);
	}

	private void connect(ManagedSocket open, String endpoint) {
		EndpointAddress parsed = this.environment.endpoints().check(this.definition, "connect", endpoint);
		if (EndpointAddress.isInproc(endpoint)) {
			open.usesInproc();
		}
		PeerTracker tracker = this.peers;
		this.environment.connector().connect(open, parsed, (host) -> tracker.connecting(endpoint, host, parsed.port()));
		this.connected.add(endpoint);
	}

	synchronized void disconnect(String endpoint) {
		ManagedSocket open = require();
		if (!this.connected.contains(endpoint)) {
			throw new ZmqEndpointException(this.definition.name(), endpoint,
					"Socket '%s' is not connected to %s, but to %s".formatted(this.definition.name(), endpoint,
							connected()),
					null);
		}
		if (!this.environment.connector().cancel(open, endpoint)) {
			open.call((zmq) -> zmq.disconnect(endpoint));
		}
		this.connected.remove(endpoint);
		this.peers.forget(endpoint);
	}

	synchronized void claimTopics(Collection<String> topics) {
		this.claimedTopics.addAll(topics);
		if (this.socket != null) {
			topics.forEach(this::subscribe);
		}
	}

	synchronized void releaseTopics(Collection<String> topics) {
		topics.forEach(this.claimedTopics::remove);
		if (this.socket != null) {
			topics.forEach(this::unsubscribe);
		}
	}

	void subscribe(String topic) {
		subscribe(topic, true);
		this.subscribed.add(BytesText.normalize(topic));
	}

	void unsubscribe(String topic) {
		subscribe(topic, false);
		this.subscribed.remove(BytesText.normalize(topic));
	}

	private void subscribe(String topic, boolean begins) {
		require().call((zmq) -> {
			SocketOpener.subscribe(this.definition, zmq, topic, begins);
			return true;
		});
	}

}
