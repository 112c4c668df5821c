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

package io.github.zmqspring.proxy;

import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.core.ZmqSockets;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * Checks a proxy before its sockets are made.
 */
final class ProxyChecks {

	private static final List<SocketType> CAPTURE_TYPES = List.of(SocketType.PUB, SocketType.PUSH, SocketType.PAIR,
			SocketType.DEALER);

	private final String subject;

	private final ZmqProxyDefinition definition;

	private ProxyChecks(ZmqProxyDefinition definition) {
		this.definition = definition;
		this.subject = "zmq.proxies." + definition.name();
	}

	static void check(ZmqProxyDefinition definition) {
		ProxyChecks checks = new ProxyChecks(definition);
		checks.types();
		checks.endpoints();
		checks.capture();
	}

	private void types() {
		SocketType frontend = this.definition.frontend().type();
		SocketType backend = this.definition.backend().type();
		requireType(".frontend.type", frontend, this.definition.type().frontend());
		requireType(".backend.type", backend, this.definition.type().backend());
		if (!SocketPairs.flows(frontend, backend) && !SocketPairs.flows(backend, frontend)) {
			throw new ZmqConfigurationException(this.subject,
					"the types %s of the frontend and %s of the backend cannot be paired: nothing that one receives can be sent by the other"
						.formatted(frontend, backend),
					"Use router and dealer, xsub and xpub, pull and push, or another pair of which one receives what the other sends");
		}
	}

	private void requireType(String property, SocketType type, @Nullable SocketType required) {
		if (required != null && type != required) {
			throw new ZmqConfigurationException(
					this.subject + property, "a %s proxy has a %s there, not a %s"
						.formatted(name(this.definition.type()), name(required), name(type)),
					"Remove it, or set %s.type to custom".formatted(this.subject));
		}
		String refusal = SocketPairs.refusal(type);
		if (refusal != null) {
			throw new ZmqConfigurationException(this.subject + property, refusal, "Change the type");
		}
	}

	private void endpoints() {
		List<ProxyAddress> seen = new ArrayList<>();
		for (SocketDefinition socket : this.definition.sockets()) {
			String side = socket.name().substring(socket.name().lastIndexOf('.'));
			if (socket.bind().isEmpty() && socket.connect().isEmpty()) {
				throw new ZmqConfigurationException(this.subject + side, "it has no endpoint",
						"Give it a bind, such as tcp://*:5559, or a connect");
			}
			checkReferences(side, socket);
			List<ProxyAddress> addresses = new ArrayList<>();
			socket.bind().forEach((endpoint) -> addresses.add(new ProxyAddress(side, endpoint, true)));
			socket.connect().forEach((endpoint) -> addresses.add(new ProxyAddress(side, endpoint, false)));
			for (ProxyAddress address : addresses) {
				for (ProxyAddress other : seen) {
					if (!other.side().equals(side) && address.isSameAs(other)) {
						throw new ZmqConfigurationException(this.subject,
								"%s and %s have the same endpoint, '%s' and '%s': the proxy would forward to itself"
									.formatted(side.substring(1), other.side().substring(1), address.endpoint(),
											other.endpoint()),
								"Give each an endpoint of its own");
					}
				}
				seen.add(address);
			}
		}
	}

	/** Refuse a side that connects to another side of its own proxy by name. */
	private void checkReferences(String side, SocketDefinition socket) {
		for (SocketDefinition other : this.definition.sockets()) {
			if (socket.connect().contains("socket:" + other.name())) {
				throw new ZmqConfigurationException(this.subject + side + ".connect",
						"'socket:%s' is a side of this proxy, which would forward to itself".formatted(other.name()),
						"Connect to another socket");
			}
		}
	}

	private void capture() {
		SocketDefinition capture = this.definition.capture();
		if (capture != null && !CAPTURE_TYPES.contains(capture.type())) {
			throw new ZmqConfigurationException(this.subject + ".capture.type",
					"a %s cannot capture: the socket must send without an addressee".formatted(name(capture.type())),
					"Use pub, push, pair or dealer");
		}
	}

	/** When all sockets are known. */
	static void checkDeadLetter(ZmqProxyDefinition definition, ZmqSockets sockets) {
		String socket = definition.deadLetter();
		if (socket == null) {
			return;
		}
		String property = "zmq.proxies." + definition.name() + ".dead-letter";
		if (!sockets.contains(socket)) {
			throw new ZmqConfigurationException(property, "there is no socket '" + socket + "'",
					"Define zmq.sockets." + socket + ", or use one of " + sockets.names());
		}
		SocketDefinition target = sockets.definition(socket);
		if (!target.sends() || target.routes()) {
			throw new ZmqConfigurationException(property,
					"socket '%s' is a %s, which %s".formatted(socket, name(target.type()),
							target.sends() ? "sends to one peer by its routing id" : "only receives"),
					"Use a socket that sends without an addressee, such as a push or pub");
		}
	}

	private static String name(Enum<?> value) {
		return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
	}

}
