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

package io.github.zmqspring.transport.mechanism;

import java.util.Objects;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.security.SocketAuthentication;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.transport.engine.MechanismFactory;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;

import org.springframework.util.ClassUtils;

/**
 * Has a socket use the mechanism that its definition names. JeroMQ is told of it too: it
 * names the mechanism in the greeting, and checks that its options are complete.
 *
 * @since 0.1.0
 */
public final class SecuredSocket {

	private static final String PRIMITIVES = "org.bouncycastle.crypto.engines.XSalsa20Engine";

	private SecuredSocket() {
	}

	/**
	 * Set the options of a socket that neither binds nor connects yet.
	 * @param socket the socket
	 * @param definition its definition
	 * @param prepared whether the library's engine serves the connections of the context
	 * @return what makes the mechanisms of its connections
	 * @throws ZmqConfigurationException if the mechanism cannot work
	 */
	public static MechanismFactory secure(ZMQ.Socket socket, SocketDefinition definition, boolean prepared) {
		SocketSecurity security = definition.security();
		String name = definition.name();
		if (security == null) {
			return new SocketMechanisms(MechanismSettings.ofKeyless(name, null));
		}
		if (!prepared) {
			throw refused(definition, "it is set, and the ZContext was used before this library saw it",
					"Make the ZContext a bean without sockets");
		}
		SocketAuthentication authentication = security.authentication();
		MechanismSettings settings = switch (security.mechanism()) {
			case NULL -> MechanismSettings.ofKeyless(name, authentication);
			case PLAIN -> plain(socket, definition, security, authentication);
			case CURVE -> curve(socket, definition, security, authentication);
		};
		return new SocketMechanisms(settings);
	}

	private static MechanismSettings plain(ZMQ.Socket socket, SocketDefinition definition, SocketSecurity security,
			@Nullable SocketAuthentication authentication) {
		if (security.isServer()) {
			require(definition, socket.setPlainServer(true));
			return MechanismSettings.ofKeyless(definition.name(), authentication);
		}
		String username = Objects.requireNonNull(security.username());
		String password = Objects.requireNonNull(security.password());
		// ours sends the bytes; JeroMQ, which would count characters, is content with any
		require(definition, socket.setPlainUsername("-"));
		require(definition, socket.setPlainPassword("-"));
		return MechanismSettings.ofPlainClient(definition.name(), username, password);
	}

	private static MechanismSettings curve(ZMQ.Socket socket, SocketDefinition definition, SocketSecurity security,
			@Nullable SocketAuthentication authentication) {
		if (!ClassUtils.isPresent(PRIMITIVES, SecuredSocket.class.getClassLoader())) {
			throw refused(definition, "it is curve, and Bouncy Castle is not on the class path",
					"Add the dependency org.bouncycastle:bcprov-jdk18on");
		}
		ZmqKeyPair key = security.keys().get(0);
		require(definition, socket.setCurveServer(security.isServer()));
		require(definition, socket.setCurvePublicKey(key.publicKeyBytes()));
		require(definition, socket.setCurveSecretKey(key.secretKeyBytes()));
		if (security.isServer()) {
			return MechanismSettings.ofCurveServer(definition.name(), authentication,
					() -> security.keys().stream().map(ZmqKeyPair::secretKeyBytes).toList());
		}
		ZmqKeyPair server = Objects.requireNonNull(security.serverKey());
		require(definition, socket.setCurveServerKey(server.publicKeyBytes()));
		return MechanismSettings.ofCurveClient(definition.name(), () -> {
			ZmqKeyPair own = security.keys().get(0);
			return new byte[][] { own.publicKeyBytes(), own.secretKeyBytes() };
		}, () -> Objects.requireNonNull(security.serverKey()).publicKeyBytes());
	}

	/** A value that JeroMQ refuses leaves the mechanism at NULL, without a word. */
	private static void require(SocketDefinition definition, boolean taken) {
		if (!taken) {
			throw refused(definition, "JeroMQ refuses its values", "Check the keys or credentials");
		}
	}

	private static ZmqConfigurationException refused(SocketDefinition definition, String reason, String action) {
		return new ZmqConfigurationException(SocketDefinition.property(definition.name()) + ".security", reason,
				action);
	}

}
