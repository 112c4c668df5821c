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
import java.util.function.BooleanSupplier;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.transport.discovery.Discovery;
import io.github.zmqspring.transport.endpoint.EndpointAddress;

/**
 * Checks an endpoint of one socket against those of all others.
 */
final class EndpointChecks {

	private final Collection<NamedSocket> sockets;

	private final BooleanSupplier ipc;

	private final Discovery discovery;

	/**
	 * Create the checks.
	 * @param sockets all sockets
	 * @param ipc whether the context has ipc
	 * @param discovery looks up names of instances
	 */
	EndpointChecks(Collection<NamedSocket> sockets, BooleanSupplier ipc, Discovery discovery) {
		this.discovery = discovery;
		this.sockets = sockets;
		this.ipc = ipc;
	}

	/** Check the endpoints that a definition names. */
	void check(SocketDefinition definition) {
		definition.bind().forEach((endpoint) -> check(definition, "bind", endpoint));
		definition.connect()
			.stream()
			.filter((endpoint) -> !SocketReferences.isReference(endpoint))
			.forEach((endpoint) -> {
				if (this.discovery.isName(endpoint)) {
					checkName(definition, endpoint);
				}
				else {
					check(definition, "connect", endpoint);
				}
			});
	}

	/** Check a name that is looked up. */
	void checkName(SocketDefinition definition, String endpoint) {
		this.discovery.check(definition, endpoint);
		SocketSecurity security = definition.security();
		if (security != null) {
			checkSecurity(definition, security, endpoint, false);
		}
	}

	/**
	 * Check one endpoint.
	 * @param key {@code bind} or {@code connect}
	 * @throws io.github.zmqspring.core.ZmqConfigurationException if it cannot work
	 */
	EndpointAddress check(SocketDefinition definition, String key, String endpoint) {
		if (this.discovery.isName(endpoint)) {
			throw new ZmqConfigurationException(SocketDefinition.property(definition.name()) + "." + key,
					"'%s' is looked up, which only connect does".formatted(endpoint),
					"Bind an address, such as tcp://*:5555");
		}
		EndpointAddress parsed = SocketChecks.endpoint(definition, key, endpoint);
		if (parsed.isIpc() && !this.ipc.getAsBoolean()) {
			throw new ZmqConfigurationException(SocketDefinition.property(definition.name()) + "." + key,
					"'%s': there is no ipc on this ZContext, whose connections JeroMQ serves alone".formatted(endpoint),
					"Let the library make the ZContext, or make no socket on it before; or use tcp://127.0.0.1 with a port");
		}
		SocketSecurity security = definition.security();
		if (security != null) {
			checkSecurity(definition, security, endpoint, isLocal(parsed));
		}
		if (EndpointAddress.isInproc(endpoint)) {
			this.sockets.stream()
				.filter((socket) -> socket.isAt(endpoint, !"bind".equals(key)))
				.forEach((socket) -> SocketChecks.checkPeers(definition, key, endpoint, socket.definition()));
		}
		return parsed;
	}

	/** Refuse security that would not protect. */
	private static void checkSecurity(SocketDefinition definition, SocketSecurity security, String endpoint,
			boolean local) {
		String property = SocketDefinition.property(definition.name());
		if (!security.allowsClearText() && !local) {
			throw new ZmqConfigurationException(property + ".security.mechanism",
					"plain sends names and passwords in clear text, and '%s' leads beyond this machine"
						.formatted(endpoint),
					"Use the mechanism curve, or, on a network that is protected otherwise, set %s.security.allow-clear-text: true"
						.formatted(property));
		}
	}

	private static boolean isLocal(EndpointAddress endpoint) {
		return endpoint.isIpc() || EndpointAddress.isInproc(endpoint.text())
				|| endpoint.host().matches("(?i)127\\.[0-9.]+|localhost|\\[?::1]?|lo");
	}

}
