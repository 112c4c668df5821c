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

import java.util.List;
import java.util.function.Supplier;

import io.github.zmqspring.security.SocketAuthentication;
import org.jspecify.annotations.Nullable;

/**
 * What the mechanisms of one socket work with. Keys are asked for at each handshake, so
 * that they can be turned over while the socket is open.
 *
 * @param socket the logical name of the socket
 * @param server whether the socket is the server of its mechanism, whichever side binds
 * @param authentication decides about clients, where the socket is a server; {@code null}
 * lets all in
 * @param serverKeys the secret keys of a CURVE server, the current one first
 * @param clientKeys the public and the secret key of a CURVE client
 * @param serverKey the public key that a CURVE client expects
 * @param username the user name of a PLAIN client
 * @param password the password of a PLAIN client
 */
record MechanismSettings(String socket, boolean server, @Nullable SocketAuthentication authentication,
		@Nullable Supplier<List<byte[]>> serverKeys, @Nullable Supplier<byte[][]> clientKeys,
		@Nullable Supplier<byte[]> serverKey, @Nullable String username, @Nullable String password) {

	/**
	 * Settings of a socket without keys that decides about its peers.
	 * @param socket the logical name of the socket
	 * @param authentication decides about peers; {@code null} lets all in
	 * @return the settings
	 */
	static MechanismSettings ofKeyless(String socket, @Nullable SocketAuthentication authentication) {
		return new MechanismSettings(socket, true, authentication, null, null, null, null, null);
	}

	/**
	 * Settings of a client with a user name and a password.
	 * @param socket the logical name of the socket
	 * @param username the user name
	 * @param password the password
	 * @return the settings
	 */
	static MechanismSettings ofPlainClient(String socket, String username, String password) {
		return new MechanismSettings(socket, false, null, null, null, null, username, password);
	}

	/**
	 * Settings of a CURVE server.
	 * @param socket the logical name of the socket
	 * @param authentication decides about clients
	 * @param serverKeys the secret keys, the current one first
	 * @return the settings
	 */
	static MechanismSettings ofCurveServer(String socket, @Nullable SocketAuthentication authentication,
			Supplier<List<byte[]>> serverKeys) {
		return new MechanismSettings(socket, true, authentication, serverKeys, null, null, null, null);
	}

	/**
	 * Settings of a CURVE client.
	 * @param socket the logical name of the socket
	 * @param clientKeys the public and the secret key
	 * @param serverKey the public key of the server
	 * @return the settings
	 */
	static MechanismSettings ofCurveClient(String socket, Supplier<byte[][]> clientKeys, Supplier<byte[]> serverKey) {
		return new MechanismSettings(socket, false, null, null, clientKeys, serverKey, null, null);
	}

	/** Return whether peers may be refused, or this side has to identify itself. */
	boolean isSecured() {
		return !this.server || this.authentication != null;
	}

	@Override
	public String toString() {
		return "MechanismSettings[" + this.socket + ((this.server) ? ", server]" : ", client]");
	}

}
