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

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.core.status.DiscoveryStatus;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.peer.PeerTracker;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far a socket has come with the names that it connects to, and with the
 * instances behind them. Needs no lock.
 */
final class DiscoveryReport {

	private final Collection<DiscoveredName> names;

	private final Collection<DiscoveredInstance> instances;

	private final Supplier<PeerTracker> peers;

	/**
	 * Create it.
	 * @param names a view of the names
	 * @param instances a view of their instances
	 * @param peers what is known of the connections
	 */
	DiscoveryReport(Collection<DiscoveredName> names, Collection<DiscoveredInstance> instances,
			Supplier<PeerTracker> peers) {
		this.names = names;
		this.instances = instances;
		this.peers = peers;
	}

	boolean isConnected(String endpoint) {
		return EndpointAddress.isInproc(endpoint)
				|| this.peers.get().connectStatus(endpoint).state() == ConnectStatus.State.CONNECTED;
	}

	/** Return how far the socket has come with a name, or {@code null} if it is none. */
	@Nullable ConnectStatus connect(String endpoint) {
		DiscoveredName name = this.names.stream()
			.filter((candidate) -> candidate.endpoint().equals(endpoint))
			.findAny()
			.orElse(null);
		if (name == null) {
			return null;
		}
		Set<String> found = name.instances();
		if (found.isEmpty()) {
			String failure = name.failure();
			return new ConnectStatus(endpoint, ConnectStatus.State.UNRESOLVED, 0,
					(failure != null) ? failure : "no instances were found yet", name.since());
		}
		long connected = found.stream().filter(this::isConnected).count();
		return (connected > 0)
				? new ConnectStatus(endpoint, ConnectStatus.State.CONNECTED, 0, name.failure(), name.since())
				: new ConnectStatus(endpoint, ConnectStatus.State.CONNECTING, 0,
						"none of its %d instances answers".formatted(found.size()), name.since());
	}

	/** Return what is known of all names. */
	List<DiscoveryStatus> status() {
		return this.names.stream()
			.sorted(Comparator.comparing(DiscoveredName::endpoint))
			.map((name) -> new DiscoveryStatus(name.endpoint(), instances(name.endpoint(), name.instances()),
					name.lookedUpAt(), name.failure()))
			.toList();
	}

	private List<DiscoveryStatus.Instance> instances(String name, Collection<String> found) {
		return this.instances.stream()
			.filter((instance) -> found.contains(instance.endpoint()) || instance.isLeaving(name))
			.sorted(Comparator.comparing(DiscoveredInstance::endpoint))
			.map(this::status)
			.toList();
	}

	private DiscoveryStatus.Instance status(DiscoveredInstance instance) {
		boolean connected = isConnected(instance.endpoint());
		DiscoveryStatus.State state = (instance.isLeaving()) ? DiscoveryStatus.State.LEAVING
				: (connected) ? DiscoveryStatus.State.CONNECTED : DiscoveryStatus.State.CONNECTING;
		String failure = instance.failure();
		if (failure == null && !connected && !EndpointAddress.isInproc(instance.endpoint())) {
			failure = this.peers.get().connectStatus(instance.endpoint()).lastError();
		}
		return new DiscoveryStatus.Instance(instance.endpoint(), state, failure, instance.since());
	}

}
