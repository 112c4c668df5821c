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

package io.github.zmqspring.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqUnknownSocketException;
import io.github.zmqspring.core.status.ConnectStatus;
import io.github.zmqspring.core.status.DiscoveryStatus;
import io.github.zmqspring.core.status.SocketDetails;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.transport.SocketRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;

/**
 * The health of one socket. It takes no lock of the socket, so that a health check
 * neither blocks senders nor waits for them.
 */
final class SocketHealth {

	private final SocketRegistry sockets;

	SocketHealth(SocketRegistry sockets) {
		this.sockets = sockets;
	}

	Health of(String name) {
		try {
			return health(this.sockets.definition(name), this.sockets.status(name), this.sockets.connections(name));
		}
		catch (ZmqUnknownSocketException ex) {
			return Health.unknown().withDetail("reason", "The socket was removed").build();
		}
	}

	private Health health(SocketDefinition definition, SocketStatus status, SocketDetails details) {
		String trouble = trouble(definition, status, details);
		Health.Builder health = (trouble != null) ? Health.down().withDetail("reason", trouble)
				: (status.state() == SocketStatus.State.OPEN) ? Health.up() : Health.unknown();
		health.withDetail("type", status.type().name())
			.withDetail("state", status.state().name())
			.withDetail("bound", status.bound())
			.withDetail("connected", status.connected())
			.withDetail("peers", status.peers());
		if (status.requiredPeers() > 0) {
			health.withDetail("requiredPeers", status.requiredPeers());
		}
		if (!status.pending().isEmpty()) {
			health.withDetail("unresolved", status.pending());
		}
		Map<String, String> connecting = connecting(details);
		if (!connecting.isEmpty()) {
			health.withDetail("connecting", connecting);
		}
		details.names().forEach((name) -> health.withDetail(name.endpoint(), instances(name)));
		if (status.lastError() != null) {
			health.withDetail("lastError", status.lastError());
		}
		if (details.lastErrorAt() != null) {
			health.withDetail("lastErrorAt", details.lastErrorAt());
		}
		return health.build();
	}

	/** What stands behind a name; one that cannot be looked up is a detail, too. */
	private static Map<String, Object> instances(DiscoveryStatus name) {
		Map<String, Object> shown = new LinkedHashMap<>();
		Map<String, String> instances = new LinkedHashMap<>();
		name.instances().forEach((instance) -> instances.put(instance.endpoint(), instance.state().name()));
		shown.put("instances", instances);
		if (name.lastError() != null) {
			shown.put("lastError", name.lastError());
		}
		return shown;
	}

	private @Nullable String trouble(SocketDefinition definition, SocketStatus status, SocketDetails details) {
		boolean wanted = definition.autoStartup() && this.sockets.isRunning();
		if (wanted && status.state() != SocketStatus.State.OPEN) {
			return "It should be open, and is " + status.state();
		}
		if (details.closedOutside()) {
			return "It was closed by code that does not own it: stop it, and start it again";
		}
		if (!details.notListening().isEmpty()) {
			return "It accepts no connections any more at " + String.join(", ", details.notListening())
					+ ": stop it, and start it again";
		}
		return (status.peers() < status.requiredPeers())
				? "It has %d of %d required peers".formatted(status.peers(), status.requiredPeers()) : null;
	}

	/** What a peer that is away is: a detail. */
	private static Map<String, String> connecting(SocketDetails details) {
		Map<String, String> connecting = new LinkedHashMap<>();
		for (ConnectStatus connect : details.connects()) {
			switch (connect.state()) {
				case CONNECTING, REFUSED -> connecting.put(connect.endpoint(),
						(connect.lastError() != null) ? connect.lastError() : "no answer yet");
				default -> {
				}
			}
		}
		return connecting;
	}

}
