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
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.core.status.PeerStatus;
import io.github.zmqspring.core.status.SocketDetails;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.core.status.SubscriptionStatus;
import io.github.zmqspring.support.BytesText;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.jeromq.JeroMq;
import io.github.zmqspring.transport.jeromq.Subscribers;
import io.github.zmqspring.transport.peer.PeerTracker;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.wire.SocketCounters;
import org.jspecify.annotations.Nullable;

/**
 * Reports the state of sockets from what is kept anyway, and waits for peers and
 * subscribers. A report takes no lock of a socket, except for the subscriptions of
 * publishers, and then gives up soon.
 */
final class SocketInspector {

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	/** Peers over inproc come without an event. */
	private static final long PEERS_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	/** Subscriptions are processed only when the socket looks at them. */
	private static final long SUBSCRIBERS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final Collection<NamedSocket> sockets;

	private final Connector connector;

	SocketInspector(Collection<NamedSocket> sockets, Connector connector) {
		this.sockets = sockets;
		this.connector = connector;
	}

	SocketStatus status(NamedSocket named) {
		SocketDefinition definition = named.definition();
		ManagedSocket socket = named.socket();
		SocketCounters counters = named.counters();
		return new SocketStatus(definition.name(), definition.type(),
				(socket != null) ? socket.state() : SocketStatus.State.NEW, named.bound(), named.connected(),
				pending(named), peers(named), definition.requiredPeers(), counters.sent(), counters.sentBytes(),
				counters.received(), counters.receivedBytes(), counters.rejections(), counters.drops(),
				counters.losses(), counters.missed(), counters.recovered(), counters.duplicates(),
				(socket != null) ? socket.waitingSenders() : 0, (socket != null) ? socket.cachedTopics() : 0,
				counters.lastError());
	}

	/**
	 * Return the endpoints that cannot be connected yet: a host or a socket is not there.
	 */
	private List<String> pending(NamedSocket named) {
		ManagedSocket socket = named.socket();
		if (socket == null) {
			return List.of();
		}
		List<String> unresolved = this.connector.pending(socket);
		return Stream
			.concat(unresolved.stream(),
					named.connected().stream().filter((endpoint) -> named.resolved(endpoint) == null))
			.sorted()
			.toList();
	}

	private int peers(NamedSocket named) {
		return (named.socket() != null) ? named.peers().peers() + (int) inprocPeers(named).count() : 0;
	}

	boolean awaitPeers(NamedSocket named, int peers, Duration timeout) throws InterruptedException {
		return await(named, () -> peers(named) >= peers, timeout, PEERS_NANOS);
	}

	boolean awaitSubscribers(NamedSocket named, String topic, int count, Duration timeout) throws InterruptedException {
		return await(named, () -> subscribers(named, topic) >= count, timeout, SUBSCRIBERS_NANOS);
	}

	private static boolean await(NamedSocket named, BooleanSupplier condition, Duration timeout, long lookNanos)
			throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!condition.getAsBoolean()) {
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				return false;
			}
			named.peers().awaitChange(Duration.ofNanos(Math.min(left, lookNanos)));
		}
		return true;
	}

	List<byte[]> routingIds(NamedSocket named) {
		return named.require().call((zmq) -> {
			// process the peers that have come
			zmq.getEvents();
			return JeroMq.routingIds(zmq.base());
		});
	}

	int subscribers(NamedSocket named, String topic) {
		ManagedSocket socket = named.require();
		SocketDefinition definition = named.definition();
		if (!definition.traits().publishes()) {
			throw new ZmqUnsupportedOperationException(definition.name(),
					"Socket '%s' is a %s, which has no subscribers: they belong to PUB, XPUB and RADIO"
						.formatted(definition.name(), definition.type()));
		}
		byte[] bytes = BytesText.parse(topic);
		return socket.call((zmq) -> {
			// process the subscriptions that have come
			zmq.getEvents();
			return Subscribers.count(zmq.base(), bytes);
		});
	}

	SocketDetails details(NamedSocket named) {
		ManagedSocket socket = named.socket();
		return details(named, (socket != null) ? subscriptions(socket) : null);
	}

	SocketDetails connections(NamedSocket named) {
		return details(named, null);
	}

	private SocketDetails details(NamedSocket named, @Nullable List<SubscriptionStatus> subscriptions) {
		PeerTracker tracker = named.peers();
		SocketCounters counters = named.counters();
		ManagedSocket socket = named.socket();
		if (socket == null) {
			return new SocketDetails(List.of(), List.of(), List.of(), false, tracker.acceptFailures(),
					tracker.refusals(), counters.authentications(true), counters.authentications(false), List.of(),
					null, List.of(), null, named.counters().lastErrorAt());
		}
		List<PeerStatus> peers = Stream.concat(tracker.peerStatus(SocketDetails.MOST).stream(), inprocPeers(named))
			.limit(SocketDetails.MOST)
			.toList();
		return new SocketDetails(peers, connects(named, pending(named)), tracker.deaf(named.bound()),
				socket.isClosedOutside(), tracker.acceptFailures(), tracker.refusals(), counters.authentications(true),
				counters.authentications(false), named.subscribed(), subscriptions,
				named.discovered().report().status(), named.openedAt(), named.counters().lastErrorAt());
	}

	private List<ConnectStatus> connects(NamedSocket named, List<String> pending) {
		List<ConnectStatus> all = new ArrayList<>();
		for (String endpoint : named.connected()) {
			String real = named.resolved(endpoint);
			ConnectStatus name = named.discovered().report().connect(endpoint);
			if (name != null) {
				all.add(name);
			}
			else if (real == null) {
				all.add(new ConnectStatus(endpoint, ConnectStatus.State.UNRESOLVED, 0,
						"the socket of that name is not bound yet", named.openedAt()));
			}
			else if (pending.contains(endpoint)) {
				all.add(new ConnectStatus(endpoint, ConnectStatus.State.UNRESOLVED, 0,
						"the host does not resolve; it is looked up again", named.openedAt()));
			}
			else {
				ConnectStatus status = (EndpointAddress.isInproc(real)) ? inproc(real, named)
						: named.peers().connectStatus(real);
				all.add(new ConnectStatus(endpoint, status.state(), status.failures(), status.lastError(),
						status.since()));
			}
		}
		return all;
	}

	private ConnectStatus inproc(String endpoint, NamedSocket named) {
		boolean bound = this.sockets.stream().anyMatch((other) -> other.bound().contains(endpoint));
		return new ConnectStatus(endpoint, (bound) ? ConnectStatus.State.CONNECTED : ConnectStatus.State.CONNECTING, 0,
				(bound) ? null : "no socket of this application is bound to it", named.openedAt());
	}

	private static @Nullable List<SubscriptionStatus> subscriptions(ManagedSocket socket) {
		return (socket.definition().traits().publishes())
				? socket.look((zmq) -> Subscribers.list(zmq.base(), SocketDetails.MOST), LOOK_NANOS) : null;
	}

	/**
	 * Return the peers over inproc, all sockets of ours: JeroMQ has no events for them.
	 */
	private Stream<PeerStatus> inprocPeers(NamedSocket named) {
		return this.sockets.stream()
			.filter((other) -> other != named && other.socket() != null)
			.flatMap((other) -> Stream.concat(shared(other, named).map((endpoint) -> peer(endpoint, other, true)),
					shared(named, other).map((endpoint) -> peer(endpoint, other, false))));
	}

	/** Return the inproc endpoints that one connects to and the other is bound to. */
	private static Stream<String> shared(NamedSocket connecting, NamedSocket bound) {
		return connecting.connected()
			.stream()
			.map(connecting::resolved)
			.filter(Objects::nonNull)
			.filter(EndpointAddress::isInproc)
			.filter(bound.bound()::contains);
	}

	private static PeerStatus peer(String endpoint, NamedSocket other, boolean accepted) {
		return new PeerStatus(endpoint, other.definition().name(), accepted, other.openedAt());
	}

}
