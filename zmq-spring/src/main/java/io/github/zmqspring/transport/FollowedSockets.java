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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zmqspring.transport.socket.ManagedSocket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints that one socket is connected to since other sockets of the application
 * are bound there. Everything changes under the monitor of the {@link NamedSocket}.
 */
final class FollowedSockets {

	private static final Log logger = LogFactory.getLog(FollowedSockets.class);

	private final NamedSocket named;

	private final SocketEnvironment environment;

	/** By the name of the socket as it was given. */
	private final Map<String, SocketReferences.Reference> followed = new ConcurrentHashMap<>();

	FollowedSockets(NamedSocket named, SocketEnvironment environment) {
		this.named = named;
		this.environment = environment;
	}

	/** Return the endpoint that is connected for the name of a socket, if any. */
	@Nullable String endpoint(String reference) {
		SocketReferences.Reference known = this.followed.get(reference);
		return (known != null) ? known.endpoint() : null;
	}

	/** Connect to where another socket is bound now, and no longer to where it was. */
	void follow(ManagedSocket open, String reference) {
		SocketReferences.Reference before = this.followed.get(reference);
		SocketReferences.Reference now = this.environment.references().find(this.named.definition(), reference, before);
		if (now == null || now == before) {
			return;
		}
		if (before != null) {
			this.followed.remove(reference);
			this.named.disconnectFrom(open, before.endpoint());
		}
		// before the peer is there, which may be at once
		this.followed.put(reference, now);
		try {
			this.named.connectTo(open, now.endpoint(), Connector.Way.AWAITED);
			logger.info("Socket '%s' connects to %s at %s".formatted(this.named.definition().name(), reference,
					now.endpoint()));
		}
		catch (RuntimeException ex) {
			this.followed.remove(reference);
			this.named.counters().failed(reference + ": " + ex.getMessage());
			throw ex;
		}
	}

	void forget(String reference) {
		this.followed.remove(reference);
	}

	void clear() {
		this.followed.clear();
	}

}
