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

package io.github.zmqspring.security;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A client that wants to connect (RFC 27). {@link #toString()} leaves out the password.
 *
 * @since 0.1.0
 */
public final class ZmqAuthenticationRequest {

	private final String socket;

	private final ZmqMechanism mechanism;

	private final String domain;

	private final String address;

	private final byte[] routingId;

	private final @Nullable String userId;

	private final @Nullable String username;

	private final @Nullable String password;

	private final @Nullable String publicKey;

	private ZmqAuthenticationRequest(String socket, ZmqMechanism mechanism, String domain, String address,
			byte[] routingId, @Nullable String userId, @Nullable String username, @Nullable String password,
			@Nullable String publicKey) {
		this.socket = socket;
		this.mechanism = mechanism;
		this.domain = domain;
		this.address = address;
		this.routingId = routingId;
		this.userId = userId;
		this.username = username;
		this.password = password;
		this.publicKey = publicKey;
	}

	/**
	 * A client without credentials.
	 * @param socket the logical name of the socket
	 * @param domain the ZAP domain of the socket, empty where it has none
	 * @param address the client's IP address
	 * @param routingId the routing id that the client announces, empty where it has none
	 * @return the request
	 */
	public static ZmqAuthenticationRequest ofNull(String socket, String domain, String address, byte[] routingId) {
		return new ZmqAuthenticationRequest(socket, ZmqMechanism.NULL, domain, address, routingId.clone(), null, null,
				null, null);
	}

	/**
	 * A client with a user name and a password.
	 * @param socket the logical name of the socket
	 * @param domain the ZAP domain of the socket, empty where it has none
	 * @param address the client's IP address
	 * @param username the user name
	 * @param password the password
	 * @return the request
	 */
	public static ZmqAuthenticationRequest ofPlain(String socket, String domain, String address, String username,
			String password) {
		return new ZmqAuthenticationRequest(socket, ZmqMechanism.PLAIN, domain, address, new byte[0], null, username,
				password, null);
	}

	/**
	 * A client that has proved to own a key.
	 * @param socket the logical name of the socket
	 * @param domain the ZAP domain of the socket, empty where it has none
	 * @param address the client's IP address
	 * @param publicKey the client's public key, its 32 bytes
	 * @return the request
	 */
	public static ZmqAuthenticationRequest ofCurve(String socket, String domain, String address, byte[] publicKey) {
		return new ZmqAuthenticationRequest(socket, ZmqMechanism.CURVE, domain, address, new byte[0], null, null, null,
				Z85.encode(publicKey));
	}

	/**
	 * Return this request with the user that a list has found for it.
	 * @param user the user id
	 * @return the request
	 */
	public ZmqAuthenticationRequest withUserId(String user) {
		return new ZmqAuthenticationRequest(this.socket, this.mechanism, this.domain, this.address, this.routingId,
				user, this.username, this.password, this.publicKey);
	}

	/** Return this request to be kept as long as its connection. */
	ZmqAuthenticationRequest withoutPassword() {
		return new ZmqAuthenticationRequest(this.socket, this.mechanism, this.domain, this.address, this.routingId,
				this.userId, this.username, null, this.publicKey);
	}

	/**
	 * Return the socket that the client wants to connect to.
	 * @return its logical name
	 */
	public String socket() {
		return this.socket;
	}

	/**
	 * Return the mechanism of the socket.
	 * @return the mechanism
	 */
	public ZmqMechanism mechanism() {
		return this.mechanism;
	}

	/**
	 * Return the ZAP domain of the socket.
	 * @return the domain, empty where the socket has none
	 */
	public String domain() {
		return this.domain;
	}

	/**
	 * Return where the client connects from.
	 * @return its IP address
	 */
	public String address() {
		return this.address;
	}

	/**
	 * Return the routing id that the client announces.
	 * @return a copy, empty where it announces none
	 */
	public byte[] routingId() {
		return this.routingId.clone();
	}

	/**
	 * Return the user that a list of clients or users has found.
	 * @return the user id, or {@code null} if no list was asked
	 */
	public @Nullable String userId() {
		return this.userId;
	}

	/**
	 * Return the user name of a client of mechanism PLAIN.
	 * @return the name, or {@code null} with other mechanisms
	 */
	public @Nullable String username() {
		return this.username;
	}

	/**
	 * Return the password of a client of mechanism PLAIN.
	 * @return the password, or {@code null} with other mechanisms
	 */
	public @Nullable String password() {
		return this.password;
	}

	/**
	 * Return the public key of a client of mechanism CURVE, which it has proved to own.
	 * @return the key, in Z85, or {@code null} with other mechanisms
	 */
	public @Nullable String publicKey() {
		return this.publicKey;
	}

	@Override
	public String toString() {
		String who = switch (this.mechanism) {
			case NULL -> Arrays.toString(this.routingId);
			case PLAIN -> "user '" + this.username + "'";
			case CURVE -> "key " + this.publicKey;
		};
		return "%s from %s at socket '%s' (%s)".formatted(who, this.address, this.socket, this.mechanism);
	}

}
