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
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.transport.peer.ConnectionEvents;
import io.github.zmqspring.transport.peer.PeerTracker;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.wire.SocketCounters;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.context.ApplicationEvent;

/**
 * What the registry keeps of one name: the definition, the topics that listeners want,
 * the socket while it is open, and what outlives it. Guarded by itself, except the socket
 * that senders look up.
 */
final class NamedSocket {

	private final SocketDefinition definition;

	private final SocketCounters counters = new SocketCounters();

	private final List<String> claimedTopics = new ArrayList<>();

	private final Set<String> bound = Collections.synchronizedSet(new LinkedHashSet<>());

	/** Endpoints bound, by what was asked for; guarded by this. */
	private final Map<String, String> asked = new HashMap<>();

	private final Set<String> connected = Collections.synchronizedSet(new LinkedHashSet<>());

	private final ConnectionEvents events;

	private volatile PeerTracker peers;

	private volatile @Nullable ManagedSocket socket;

	private volatile @Nullable Instant openedAt;

	/** What was subscribed to and not taken back since it opened. */
	private final List<String> subscribed = Collections.synchronizedList(new ArrayList<>());

	NamedSocket(SocketDefinition definition, Object source, Consumer<ApplicationEvent> publisher) {
		this.definition = definition;
		this.events = new ConnectionEvents(source, definition.name(), this.counters, publisher);
		this.peers = new PeerTracker(isRaw(), this.events);
	}

	private boolean isRaw() {
		return this.definition.type() == SocketType.STREAM
				|| Boolean.TRUE.equals(this.definition.options().get(SocketOption.ROUTER_RAW, Boolean.class));
	}

	SocketDefinition definition() {
		return this.definition;
	}

	SocketCounters counters() {
		return this.counters;
	}

	@Nullable ManagedSocket socket() {
		return this.socket;
	}

	void opened(ManagedSocket socket) {
		this.socket = socket;
		this.openedAt = Instant.now();
	}

	void closed() {
		this.socket = null;
		this.openedAt = null;
		this.subscribed.clear();
		this.bound.clear();
		this.asked.clear();
		this.connected.clear();
	}

	/** A new life: nobody is connected. */
	PeerTracker newPeers() {
		this.peers = new PeerTracker(isRaw(), this.events);
		return this.peers;
	}

	PeerTracker peers() {
		return this.peers;
	}

	Set<String> bound() {
		return this.bound;
	}

	/** Whether it binds, or else connects, to an endpoint now or will when it opens. */
	boolean isAt(String endpoint, boolean binds) {
		return (binds) ? this.definition.bind().contains(endpoint) || this.bound.contains(endpoint)
				: this.definition.connect().contains(endpoint) || this.connected.contains(endpoint);
	}

	/** The endpoint really bound, by that or by what was asked for. */
	@Nullable String boundAs(String endpoint) {
		return this.bound.contains(endpoint) ? endpoint : this.asked.get(endpoint);
	}

	void bound(String asked, String real) {
		this.asked.put(asked, real);
		this.bound.add(real);
	}

	void unbound(String real) {
		this.bound.remove(real);
		this.asked.values().remove(real);
	}

	@Nullable Instant openedAt() {
		return this.openedAt;
	}

	List<String> subscribed() {
		return this.subscribed;
	}

	Set<String> connected() {
		return this.connected;
	}

	List<String> claimedTopics() {
		return this.claimedTopics;
	}

	/**
	 * What to subscribe to: what listeners want and what is configured, or everything.
	 */
	List<String> topics() {
		List<String> topics = new ArrayList<>(this.definition.topics());
		topics.addAll(this.claimedTopics);
		if (topics.isEmpty() && this.definition.type() == SocketType.SUB) {
			topics.add("");
		}
		return topics;
	}

}
