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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.zmqspring.core.ConnectStatus;
import io.github.zmqspring.core.PeerStatus;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketDetails;
import io.github.zmqspring.core.SocketStatus;
import io.github.zmqspring.core.SubscriptionStatus;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.jeromq.Subscribers;
import io.github.zmqspring.transport.peer.PeerTracker;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.wire.SocketCounters;
import org.jspecify.annotations.Nullable;

/**
 * Says what sockets are doing, from what is kept anyway. It takes no lock of a socket,
 * but for the subscriptions of publishers, and then gives up soon.
 */
final class SocketInspector {

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private final Collection<NamedSocket> slots;

	SocketInspector(Collection<NamedSocket> slots) {
		this.slots = slots;
	}

	SocketStatus status(NamedSocket slot, @Nullable Connector connector) {
		SocketDefinition definition = slot.definition();
		ManagedSocket socket = slot.socket();
		SocketCounters counters = slot.counters();
		return new SocketStatus(definition.name(), definition.type(),
				(socket != null) ? socket.state() : SocketStatus.State.NEW, List.copyOf(slot.bound()),
				List.copyOf(slot.connected()), pending(socket, connector), peers(slot), definition.requiredPeers(),
				counters.sent(), counters.sentBytes(), counters.received(), counters.receivedBytes(),
				counters.rejections(), counters.drops(), (socket != null) ? socket.waitingSenders() : 0,
				(socket != null) ? socket.cachedTopics() : 0, counters.lastError());
	}

	private static List<String> pending(@Nullable ManagedSocket socket, @Nullable Connector connector) {
		return (socket != null && connector != null) ? connector.pending(socket) : List.of();
	}

	int peers(NamedSocket slot) {
		return (slot.socket() != null) ? slot.peers().peers() + (int) inprocPeers(slot).count() : 0;
	}

	SocketDetails details(NamedSocket slot, @Nullable Connector connector) {
		ManagedSocket socket = slot.socket();
		return details(slot, connector, (socket != null) ? subscriptions(socket) : null);
	}

	SocketDetails connections(NamedSocket slot, @Nullable Connector connector) {
		return details(slot, connector, null);
	}

	private SocketDetails details(NamedSocket slot, @Nullable Connector connector,
			@Nullable List<SubscriptionStatus> subscriptions) {
		PeerTracker tracker = slot.peers();
		ManagedSocket socket = slot.socket();
		if (socket == null) {
			return new SocketDetails(List.of(), List.of(), List.of(), false, tracker.acceptFailures(), List.of(), null,
					null, slot.counters().lastErrorAt());
		}
		List<PeerStatus> peers = Stream.concat(tracker.peerStatus(SocketDetails.MOST).stream(), inprocPeers(slot))
			.limit(SocketDetails.MOST)
			.toList();
		return new SocketDetails(peers, connects(slot, pending(socket, connector)),
				tracker.deaf(List.copyOf(slot.bound())), socket.isClosedOutside(), tracker.acceptFailures(),
				List.copyOf(slot.subscribed()), subscriptions, slot.openedAt(), slot.counters().lastErrorAt());
	}

	private List<ConnectStatus> connects(NamedSocket slot, List<String> pending) {
		List<ConnectStatus> all = new ArrayList<>();
		for (String endpoint : List.copyOf(slot.connected())) {
			if (pending.contains(endpoint)) {
				all.add(new ConnectStatus(endpoint, ConnectStatus.State.UNRESOLVED, 0,
						"the host does not resolve; it is looked up again", slot.openedAt()));
			}
			else {
				all.add((EndpointAddress.isInproc(endpoint)) ? inproc(endpoint, slot)
						: slot.peers().connectStatus(endpoint));
			}
		}
		return all;
	}

	private ConnectStatus inproc(String endpoint, NamedSocket slot) {
		boolean bound = this.slots.stream().anyMatch((other) -> other.bound().contains(endpoint));
		return new ConnectStatus(endpoint, (bound) ? ConnectStatus.State.CONNECTED : ConnectStatus.State.CONNECTING, 0,
				(bound) ? null : "no socket of this application is bound to it", slot.openedAt());
	}

	private static @Nullable List<SubscriptionStatus> subscriptions(ManagedSocket socket) {
		return switch (socket.definition().type()) {
			case PUB, XPUB, RADIO -> socket.look((zmq) -> Subscribers.list(zmq.base(), SocketDetails.MOST), LOOK_NANOS);
			default -> null;
		};
	}

	/** JeroMQ has no events for inproc; these peers are all sockets of ours. */
	private Stream<PeerStatus> inprocPeers(NamedSocket slot) {
		return this.slots.stream()
			.filter((other) -> other != slot && other.socket() != null)
			.flatMap((other) -> Stream.concat(shared(other, slot).map((endpoint) -> peer(endpoint, other, true)),
					shared(slot, other).map((endpoint) -> peer(endpoint, other, false))));
	}

	/** The inproc endpoints that one connects to and the other is bound to. */
	private static Stream<String> shared(NamedSocket connecting, NamedSocket bound) {
		return List.copyOf(connecting.connected())
			.stream()
			.filter(EndpointAddress::isInproc)
			.filter(bound.bound()::contains);
	}

	private static PeerStatus peer(String endpoint, NamedSocket other, boolean accepted) {
		return new PeerStatus(endpoint, other.definition().name(), accepted, other.openedAt());
	}

}
