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
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import org.jspecify.annotations.Nullable;

/**
 * Connects sockets to other sockets of the application by name: {@code socket:orders}
 * stands for an endpoint that the socket {@code orders} is bound to, whatever its port is
 * and whichever of both opens first.
 */
final class SocketReferences {

	private static final String PREFIX = "socket:";

	private final NamedSockets sockets;

	private final Executor executor;

	SocketReferences(NamedSockets sockets, Executor executor) {
		this.sockets = sockets;
		this.executor = executor;
	}

	static boolean isReference(String endpoint) {
		return endpoint.startsWith(PREFIX) && !endpoint.contains("://");
	}

	private static String target(String reference) {
		return reference.substring(PREFIX.length());
	}

	/** Check the references of a definition, when all sockets are known. */
	void check(SocketDefinition from) {
		from.connect().stream().filter(SocketReferences::isReference).forEach((reference) -> check(from, reference));
	}

	/**
	 * Check one reference.
	 * @throws ZmqConfigurationException if it cannot lead to an endpoint
	 */
	void check(SocketDefinition from, String reference) {
		String name = target(reference);
		String property = SocketDefinition.property(from.name()) + ".connect";
		NamedSocket target = this.sockets.find(name);
		if (target == null) {
			throw new ZmqConfigurationException(property,
					"'%s': there is no socket '%s' in this application".formatted(reference, name),
					suggestion(from.name(), name));
		}
		List<String> circle = circle(from.name(), name);
		if (!circle.isEmpty()) {
			throw new ZmqConfigurationException(property,
					(circle.size() == 1) ? "'%s': the socket would connect to itself".formatted(reference)
							: "'%s': sockets would connect in a circle, %s".formatted(reference,
									String.join(" > ", circle)),
					"Let one of them only bind, and connect the others to it");
		}
		SocketDefinition definition = target.definition();
		if (definition.bind().isEmpty() && target.bound().isEmpty()) {
			throw new ZmqConfigurationException(property,
					"'%s': socket '%s' binds nothing that could be connected to%s".formatted(reference, name,
							(definition.connect().isEmpty()) ? "" : ", it connects to " + definition.connect()),
					"Give %s a bind, such as tcp://127.0.0.1:*".formatted(SocketDefinition.property(name)));
		}
		if (!from.traits().raw()) {
			SocketChecks.checkPeers(from, "connect", reference, definition);
		}
	}

	private String suggestion(String from, String name) {
		if (this.sockets.find(name + ".frontend") != null) {
			return "'%s' is a proxy: write socket:%s.frontend or socket:%s.backend".formatted(name, name, name);
		}
		Set<String> others = this.sockets.names();
		others.remove(from);
		return (name.isBlank()) ? "Write the name of a socket: one of " + others
				: "Define %s, or use one of %s".formatted(SocketDefinition.property(name), others);
	}

	/** Return the way from a socket back to itself, or nothing. */
	private List<String> circle(String from, String to) {
		Set<String> seen = new LinkedHashSet<>();
		return leadsTo(from, to, seen) ? concat(from, seen) : List.of();
	}

	private static List<String> concat(String from, Set<String> way) {
		List<String> all = new ArrayList<>();
		if (way.size() > 1) {
			all.add(from);
		}
		all.addAll(way);
		return all;
	}

	private boolean leadsTo(String wanted, String from, Set<String> way) {
		NamedSocket socket = this.sockets.find(from);
		String name = (socket != null) ? socket.definition().name() : from;
		if (!way.add(name)) {
			return false;
		}
		if (name.equals(wanted)) {
			return true;
		}
		if (socket != null) {
			for (String reference : socket.references()) {
				if (leadsTo(wanted, target(reference), way)) {
					return true;
				}
			}
		}
		way.remove(name);
		return false;
	}

	private @Nullable NamedSocket find(String reference) {
		return this.sockets.find(target(reference));
	}

	/**
	 * Return the endpoint that a reference stands for now: the first in this order that
	 * its socket is bound to: inproc, ipc, tcp on this machine, other tcp.
	 * @param before what it stood for before, which is kept as long as it is right
	 * @return {@code null} while the socket is not bound
	 */
	@Nullable Reference find(SocketDefinition from, String reference, @Nullable Reference before) {
		NamedSocket target = find(reference);
		if (target == null) {
			return null;
		}
		int life = target.life();
		List<String> endpoints = target.bound()
			.stream()
			.filter((endpoint) -> !from.traits().raw() || endpoint.startsWith("tcp://"))
			.map(SocketReferences::reachable)
			.toList();
		if (before != null && endpoints.contains(before.endpoint())
				&& new Reference(before.endpoint(), life).isReachedBy(before)) {
			return before;
		}
		return endpoints.stream()
			.min(Comparator.comparingInt((endpoint) -> rank(from, endpoint)))
			.map((endpoint) -> new Reference(endpoint, life))
			.orElse(null);
	}

	private static String reachable(String endpoint) {
		if (!endpoint.startsWith("tcp://")) {
			return endpoint;
		}
		EndpointAddress address = EndpointAddress.parse("", endpoint, true);
		return (address.isWildcard()) ? "tcp://127.0.0.1:" + address.port() : endpoint;
	}

	private static int rank(SocketDefinition from, String endpoint) {
		if (EndpointAddress.isInproc(endpoint)) {
			return 0;
		}
		if (!endpoint.startsWith("tcp://")) {
			return 1;
		}
		boolean ipv6 = endpoint.startsWith("tcp://[");
		if (ipv6 && !from.options().isOn(SocketOption.IPV6)) {
			return 4;
		}
		return (endpoint.startsWith("tcp://127.")) ? 2 : 3;
	}

	/** Connect, on another thread, the sockets that refer to one that was bound. */
	void bound(NamedSocket target) {
		for (NamedSocket socket : this.sockets.all()) {
			for (String reference : socket.references()) {
				if (find(reference) == target) {
					this.executor.execute(() -> socket.follow(reference));
				}
			}
		}
	}

	/**
	 * What a reference stands for.
	 *
	 * @param endpoint the endpoint to connect to
	 * @param life how often its socket had been opened when it was bound there
	 */
	record Reference(String endpoint, int life) {

		/** Return whether what was connected to another leads here. */
		boolean isReachedBy(Reference other) {
			// an inproc connection ends with the socket, and is not made again
			return other.endpoint.equals(this.endpoint)
					&& (other.life == this.life || !EndpointAddress.isInproc(this.endpoint));
		}

	}

}
