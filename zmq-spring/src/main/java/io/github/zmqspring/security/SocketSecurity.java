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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The security of one socket: its mechanism, whether it is the server of it, and what it
 * shows or asks for. Immutable. Keys are asked for at each handshake, so that they can be
 * turned over while the socket is open. {@link #toString()} shows no secret.
 *
 * @since 0.1.0
 */
public final class SocketSecurity {

	private static final int MOST_PLAIN = 255;

	private final ZmqMechanism mechanism;

	private final @Nullable SocketAuthentication authentication;

	private final @Nullable Supplier<List<ZmqKeyPair>> keys;

	private final @Nullable Supplier<ZmqKeyPair> serverKey;

	private final @Nullable String username;

	private final @Nullable String password;

	private final boolean clearText;

	private SocketSecurity(ZmqMechanism mechanism, @Nullable SocketAuthentication authentication,
			@Nullable Supplier<List<ZmqKeyPair>> keys, @Nullable Supplier<ZmqKeyPair> serverKey,
			@Nullable String username, @Nullable String password) {
		this(mechanism, authentication, keys, serverKey, username, password, false);
	}

	private SocketSecurity(ZmqMechanism mechanism, @Nullable SocketAuthentication authentication,
			@Nullable Supplier<List<ZmqKeyPair>> keys, @Nullable Supplier<ZmqKeyPair> serverKey,
			@Nullable String username, @Nullable String password, boolean clearText) {
		this.mechanism = mechanism;
		this.authentication = authentication;
		this.keys = keys;
		this.serverKey = serverKey;
		this.username = username;
		this.password = password;
		this.clearText = clearText;
	}

	/**
	 * No credentials, but a decision about addresses.
	 * @param authentication decides about peers
	 * @return the security
	 */
	public static SocketSecurity ofNull(SocketAuthentication authentication) {
		return new SocketSecurity(ZmqMechanism.NULL, authentication, null, null, null, null);
	}

	/**
	 * The server of PLAIN.
	 * @param authentication decides about clients
	 * @return the security
	 */
	public static SocketSecurity ofPlainServer(SocketAuthentication authentication) {
		return new SocketSecurity(ZmqMechanism.PLAIN, authentication, null, null, null, null);
	}

	/**
	 * A client of PLAIN.
	 * @param username the user name, at most 255 bytes
	 * @param password the password, at most 255 bytes
	 * @return the security
	 * @throws IllegalArgumentException if one is longer
	 */
	public static SocketSecurity ofPlainClient(String username, String password) {
		requireFits("user name", username);
		requireFits("password", password);
		return new SocketSecurity(ZmqMechanism.PLAIN, null, null, null, username, password);
	}

	private static void requireFits(String what, String text) {
		int size = text.getBytes(StandardCharsets.UTF_8).length;
		if (size > MOST_PLAIN) {
			throw new IllegalArgumentException(
					"The %s has %d bytes, and PLAIN takes at most %d".formatted(what, size, MOST_PLAIN));
		}
	}

	/**
	 * The server of CURVE.
	 * @param keys its key pairs, the current one first: clients of each are served
	 * @param authentication decides about clients
	 * @return the security
	 */
	public static SocketSecurity ofCurveServer(Supplier<List<ZmqKeyPair>> keys, SocketAuthentication authentication) {
		return new SocketSecurity(ZmqMechanism.CURVE, authentication, keys, null, null, null);
	}

	/**
	 * A client of CURVE.
	 * @param key its key pair
	 * @param serverKey the public key of the server
	 * @return the security
	 */
	public static SocketSecurity ofCurveClient(Supplier<ZmqKeyPair> key, Supplier<ZmqKeyPair> serverKey) {
		return new SocketSecurity(ZmqMechanism.CURVE, null, () -> List.of(key.get()), serverKey, null, null);
	}

	/**
	 * Let names and passwords of PLAIN travel in clear text beyond this machine.
	 * @return the same security, with which endpoints beyond this machine are not refused
	 */
	public SocketSecurity withClearText() {
		return new SocketSecurity(this.mechanism, this.authentication, this.keys, this.serverKey, this.username,
				this.password, true);
	}

	/**
	 * Tell whether names and passwords of PLAIN may travel in clear text beyond this
	 * machine.
	 * @return whether they may; {@code true} with other mechanisms, which send none
	 */
	public boolean allowsClearText() {
		return this.clearText || this.mechanism != ZmqMechanism.PLAIN;
	}

	/**
	 * Return the mechanism.
	 * @return the mechanism
	 */
	public ZmqMechanism mechanism() {
		return this.mechanism;
	}

	/**
	 * Tell whether the socket is the server of its mechanism, whichever side binds.
	 * @return whether it decides about its peers
	 */
	public boolean isServer() {
		return this.authentication != null;
	}

	/**
	 * Return what decides about clients.
	 * @return the authentication, or {@code null} for a client
	 */
	public @Nullable SocketAuthentication authentication() {
		return this.authentication;
	}

	/**
	 * Return the key pairs of the socket, the current one first.
	 * @return the key pairs; none without CURVE
	 */
	public List<ZmqKeyPair> keys() {
		return (this.keys != null) ? this.keys.get() : List.of();
	}

	/**
	 * Return the public key of the server.
	 * @return the key, or {@code null} where the socket is the server or has no CURVE
	 */
	public @Nullable ZmqKeyPair serverKey() {
		return (this.serverKey != null) ? this.serverKey.get() : null;
	}

	/**
	 * Return the user name that is shown to a PLAIN server.
	 * @return the name, or {@code null}
	 */
	public @Nullable String username() {
		return this.username;
	}

	/**
	 * Return the password that is shown to a PLAIN server.
	 * @return the password, or {@code null}
	 */
	public @Nullable String password() {
		return this.password;
	}

	@Override
	public String toString() {
		return this.mechanism.name().toLowerCase(Locale.ROOT) + ((isServer()) ? " server" : " client");
	}

}
