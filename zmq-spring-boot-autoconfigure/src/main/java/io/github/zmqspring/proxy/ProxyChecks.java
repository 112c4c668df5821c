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
		List<Placed> seen = new ArrayList<>();
		for (SocketDefinition socket : this.definition.sockets()) {
			String side = socket.name().substring(socket.name().lastIndexOf('.'));
			if (socket.bind().isEmpty() && socket.connect().isEmpty()) {
				throw new ZmqConfigurationException(this.subject + side, "it has no endpoint",
						"Give it a bind, such as tcp://*:5559, or a connect");
			}
			List<String> endpoints = new ArrayList<>(socket.bind());
			endpoints.addAll(socket.connect());
			for (String endpoint : endpoints) {
				for (Placed other : seen) {
					if (!other.side.equals(side) && isSame(other.endpoint, endpoint)) {
						throw new ZmqConfigurationException(this.subject,
								"%s and %s have the same endpoint '%s': the proxy would forward to itself"
									.formatted(side.substring(1), other.side.substring(1), endpoint),
								"Give each an endpoint of its own");
					}
				}
				seen.add(new Placed(side, endpoint));
			}
		}
	}

	private static boolean isSame(String one, String other) {
		if (one.endsWith(":*") || one.endsWith(":0")) {
			return false;
		}
		if (one.equalsIgnoreCase(other)) {
			return true;
		}
		int colon = one.lastIndexOf(':');
		return one.startsWith("tcp://") && other.startsWith("tcp://") && other.endsWith(one.substring(colon))
				&& (isAny(one) || isAny(other) || (isLoopback(one) && isLoopback(other)));
	}

	private static boolean isAny(String endpoint) {
		return endpoint.startsWith("tcp://*:") || endpoint.startsWith("tcp://0.0.0.0:")
				|| endpoint.startsWith("tcp://[::]:");
	}

	private static boolean isLoopback(String endpoint) {
		return endpoint.startsWith("tcp://127.") || endpoint.startsWith("tcp://localhost:")
				|| endpoint.startsWith("tcp://[::1]:");
	}

	private void capture() {
		SocketDefinition capture = this.definition.capture();
		if (capture != null && !CAPTURE_TYPES.contains(capture.type())) {
			throw new ZmqConfigurationException(this.subject + ".capture.type",
					"a %s cannot capture: it must send, to whoever is there".formatted(name(capture.type())),
					"Use pub, push, pair or dealer");
		}
	}

	private static String name(Enum<?> value) {
		return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
	}

	private record Placed(String side, String endpoint) {
	}

}
