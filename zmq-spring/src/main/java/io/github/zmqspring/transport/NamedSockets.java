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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqUnknownSocketException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.support.RelaxedNames;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a registry by name, in any relaxed form of it. Names are looked up
 * without a lock.
 */
final class NamedSockets {

	private final Map<String, NamedSocket> sockets = new ConcurrentHashMap<>();

	void add(NamedSocket socket) {
		String name = socket.definition().name();
		if (this.sockets.putIfAbsent(name, socket) != null) {
			throw new ZmqConfigurationException("Socket '" + name + "'", "there is one of that name already",
					"Choose another name");
		}
	}

	void remove(NamedSocket socket) {
		this.sockets.remove(socket.definition().name(), socket);
	}

	/** Find a socket, or one that belongs to another, for replays. */
	@Nullable NamedSocket find(String name) {
		NamedSocket socket = RelaxedNames.find(this.sockets, name);
		return (socket != null) ? socket
				: replays().filter((replay) -> replay.definition().name().equals(name)).findFirst().orElse(null);
	}

	private Stream<NamedSocket> replays() {
		return this.sockets.values().stream().flatMap((named) -> named.replays().stream());
	}

	/** Return the socket of a name that must be known. */
	NamedSocket require(String name) {
		NamedSocket socket = find(name);
		if (socket == null) {
			throw new ZmqUnknownSocketException(name, names());
		}
		return socket;
	}

	/** Return the socket of a name that must be known, and belong to no other socket. */
	NamedSocket requireOwn(String name) {
		NamedSocket socket = require(name);
		String own = socket.definition().name();
		if (!this.sockets.containsKey(own)) {
			throw new ZmqUnsupportedOperationException(own,
					"Socket '%s' belongs to another, whose name is in front of '.replay': start, stop or remove that"
						.formatted(own));
		}
		return socket;
	}

	Set<String> names() {
		Set<String> names = new TreeSet<>(this.sockets.keySet());
		replays().forEach((replay) -> names.add(replay.definition().name()));
		return names;
	}

	/** Return those that bind first: connecting sockets then succeed at once. */
	List<NamedSocket> inOrderOfStart(Predicate<NamedSocket> filter) {
		return this.sockets.values()
			.stream()
			.filter(filter)
			.sorted(Comparator.comparing((NamedSocket named) -> named.definition().bind().isEmpty())
				.thenComparing((named) -> named.definition().name()))
			.toList();
	}

	/** Return all sockets, also those that are added later. */
	Collection<NamedSocket> all() {
		return this.sockets.values();
	}

}
