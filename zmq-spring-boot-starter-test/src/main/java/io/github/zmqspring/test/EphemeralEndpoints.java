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

package io.github.zmqspring.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.zmqspring.autoconfigure.ZmqProperties;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqSocketCustomizer;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.transport.SocketRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;

/**
 * Lets sockets bind to ports of 127.0.0.1 that the operating system chooses. Endpoints of
 * the same application that name such a port are connected to when it is known.
 */
class EphemeralEndpoints implements ZmqSocketCustomizer, SmartLifecycle, Ordered {

	private static final Pattern TCP = Pattern.compile("tcp://(.+):(\\d+)");

	private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

	private final ZmqProperties properties;

	private final ObjectProvider<SocketDefinition> definitions;

	private final ObjectProvider<ZmqSockets> sockets;

	/** Which socket binds to a port that is configured, and as which of its endpoints. */
	private @Nullable Map<Integer, Place> places;

	private final Map<String, List<Place>> following = new LinkedHashMap<>();

	private final List<Connection> connections = new ArrayList<>();

	private volatile boolean running;

	EphemeralEndpoints(ZmqProperties properties, ObjectProvider<SocketDefinition> definitions,
			ObjectProvider<ZmqSockets> sockets) {
		this.properties = properties;
		this.definitions = definitions;
		this.sockets = sockets;
	}

	private synchronized Map<Integer, Place> places() {
		Map<Integer, Place> found = this.places;
		if (found == null) {
			Map<Integer, Place> all = new LinkedHashMap<>();
			this.properties.getSockets().forEach((name, socket) -> put(all, name, socket.getBind()));
			this.definitions.orderedStream().forEach((socket) -> put(all, socket.name(), socket.bind()));
			this.places = all;
			found = all;
		}
		return found;
	}

	private static void put(Map<Integer, Place> places, String name, @Nullable List<String> endpoints) {
		if (endpoints != null) {
			for (int i = 0; i < endpoints.size(); i++) {
				Matcher matcher = TCP.matcher(endpoints.get(i).trim());
				if (matcher.matches()) {
					places.put(Integer.valueOf(matcher.group(2)), new Place(name, i));
				}
			}
		}
	}

	@Override
	public SocketDefinition customize(SocketDefinition definition) {
		List<String> bind = definition.bind()
			.stream()
			.map((endpoint) -> endpoint.startsWith("tcp://") ? "tcp://127.0.0.1:*" : endpoint)
			.toList();
		List<String> connect = new ArrayList<>();
		List<Place> followed = new ArrayList<>();
		for (String endpoint : definition.connect()) {
			Place place = place(endpoint);
			if (place != null) {
				followed.add(place);
			}
			else {
				connect.add(endpoint);
			}
		}
		this.following.put(definition.name(), followed);
		return definition.mutate().bind(bind).connect(connect).build();
	}

	private @Nullable Place place(String endpoint) {
		Matcher matcher = TCP.matcher(endpoint);
		return (matcher.matches() && LOCAL.contains(matcher.group(1))) ? places().get(Integer.valueOf(matcher.group(2)))
				: null;
	}

	@Override
	public synchronized void start() {
		this.running = true;
		ZmqSockets all = this.sockets.getObject();
		this.following.forEach((name, followed) -> followed.forEach((place) -> {
			List<String> bound = all.status(place.socket()).bound();
			// those that do not start with the application have nothing to follow, or are
			// not there to follow
			if (place.index() < bound.size() && all.definition(name).autoStartup()) {
				all.connect(name, bound.get(place.index()));
				this.connections.add(new Connection(name, bound.get(place.index())));
			}
		}));
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		this.connections.forEach((connection) -> {
			try {
				this.sockets.getObject().disconnect(connection.socket(), connection.endpoint());
			}
			catch (ZmqException ex) {
				// the test has stopped the socket or removed it
			}
		});
		this.connections.clear();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** After the sockets, before all that uses them. */
	@Override
	public int getPhase() {
		return SocketRegistry.PHASE + 1;
	}

	/** After customizers of the application, which may give endpoints. */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	private record Place(String socket, int index) {

	}

	private record Connection(String socket, String endpoint) {

	}

}
