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

package io.github.zmqspring.autoconfigure.security;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Security of a socket.
 *
 * @since 0.1.0
 */
public class SocketSecurityProperties {

	/**
	 * Security mechanism: null, plain or curve. By default null, which has none.
	 */
	private @Nullable String mechanism;

	/**
	 * Names of the key pairs of this side, of zmq.security.keys. A server serves clients
	 * of each of them; the first is the current one.
	 */
	private List<String> key = new ArrayList<>();

	/**
	 * Key of the server that this side is a client of: a name of zmq.security.keys, or
	 * the public key in Z85.
	 */
	private @Nullable String serverKey;

	/**
	 * Name of the clients that this side lets in, of zmq.security.clients. It makes this
	 * side the server, whichever side binds.
	 */
	private @Nullable String clients;

	/**
	 * Whether this side is a server that lets any client in, whatever its key.
	 */
	private boolean allowAnyClient = false;

	/**
	 * Name of the users that this side lets in, of zmq.security.users. It makes this side
	 * the server.
	 */
	private @Nullable String users;

	/**
	 * User name that this side shows to a server with the mechanism plain.
	 */
	private @Nullable String username;

	/**
	 * Password that this side shows to a server with the mechanism plain.
	 */
	private @Nullable String password;

	/**
	 * Whether names and passwords may travel in clear text beyond this machine.
	 */
	private boolean allowClearText = false;

	/**
	 * Addresses that may connect, such as 10.0.0.0/8. By default all.
	 */
	private List<String> allowAddresses = new ArrayList<>();

	/**
	 * Addresses that may not connect.
	 */
	private List<String> denyAddresses = new ArrayList<>();

	/**
	 * Return the security mechanism: null, plain or curve.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getMechanism() {
		return this.mechanism;
	}

	/**
	 * Set the security mechanism: null, plain or curve. By default null, which has none.
	 * @param mechanism the text, or {@code null} to leave it unset
	 */
	public void setMechanism(@Nullable String mechanism) {
		this.mechanism = mechanism;
	}

	/**
	 * Return the names of the key pairs of this side, of zmq.security.keys.
	 * @return the list
	 */
	public List<String> getKey() {
		return this.key;
	}

	/**
	 * Set the names of the key pairs of this side, of zmq.security.keys. A server serves
	 * clients of each of them; the first is the current one.
	 * @param key the list
	 */
	public void setKey(List<String> key) {
		this.key = key;
	}

	/**
	 * Return the key of the server that this side is a client of: a name of
	 * zmq.security.keys, or the public key in Z85.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getServerKey() {
		return this.serverKey;
	}

	/**
	 * Set the key of the server that this side is a client of: a name of
	 * zmq.security.keys, or the public key in Z85.
	 * @param serverKey the text, or {@code null} to leave it unset
	 */
	public void setServerKey(@Nullable String serverKey) {
		this.serverKey = serverKey;
	}

	/**
	 * Return the name of the clients that this side lets in, of zmq.security.clients.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getClients() {
		return this.clients;
	}

	/**
	 * Set the name of the clients that this side lets in, of zmq.security.clients. It
	 * makes this side the server, whichever side binds.
	 * @param clients the text, or {@code null} to leave it unset
	 */
	public void setClients(@Nullable String clients) {
		this.clients = clients;
	}

	/**
	 * Return whether this side is a server that lets any client in, whatever its key.
	 * @return {@code true} if so
	 */
	public boolean isAllowAnyClient() {
		return this.allowAnyClient;
	}

	/**
	 * Set whether this side is a server that lets any client in, whatever its key.
	 * @param allowAnyClient {@code true} if so
	 */
	public void setAllowAnyClient(boolean allowAnyClient) {
		this.allowAnyClient = allowAnyClient;
	}

	/**
	 * Return the name of the users that this side lets in, of zmq.security.users.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getUsers() {
		return this.users;
	}

	/**
	 * Set the name of the users that this side lets in, of zmq.security.users. It makes
	 * this side the server.
	 * @param users the text, or {@code null} to leave it unset
	 */
	public void setUsers(@Nullable String users) {
		this.users = users;
	}

	/**
	 * Return the user name that this side shows to a server with the mechanism plain.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getUsername() {
		return this.username;
	}

	/**
	 * Set the user name that this side shows to a server with the mechanism plain.
	 * @param username the text, or {@code null} to leave it unset
	 */
	public void setUsername(@Nullable String username) {
		this.username = username;
	}

	/**
	 * Return the password that this side shows to a server with the mechanism plain.
	 * @return the text, or {@code null} if it is not set
	 */
	public @Nullable String getPassword() {
		return this.password;
	}

	/**
	 * Set the password that this side shows to a server with the mechanism plain.
	 * @param password the text, or {@code null} to leave it unset
	 */
	public void setPassword(@Nullable String password) {
		this.password = password;
	}

	/**
	 * Return whether names and passwords may travel in clear text beyond this machine.
	 * @return {@code true} if so
	 */
	public boolean isAllowClearText() {
		return this.allowClearText;
	}

	/**
	 * Set whether names and passwords may travel in clear text beyond this machine.
	 * @param allowClearText {@code true} if so
	 */
	public void setAllowClearText(boolean allowClearText) {
		this.allowClearText = allowClearText;
	}

	/**
	 * Return the addresses that may connect, such as 10.0.0.0/8.
	 * @return the list
	 */
	public List<String> getAllowAddresses() {
		return this.allowAddresses;
	}

	/**
	 * Set the addresses that may connect, such as 10.0.0.0/8. By default all.
	 * @param allowAddresses the list
	 */
	public void setAllowAddresses(List<String> allowAddresses) {
		this.allowAddresses = allowAddresses;
	}

	/**
	 * Return the addresses that may not connect.
	 * @return the list
	 */
	public List<String> getDenyAddresses() {
		return this.denyAddresses;
	}

	/**
	 * Set the addresses that may not connect.
	 * @param denyAddresses the list
	 */
	public void setDenyAddresses(List<String> denyAddresses) {
		this.denyAddresses = denyAddresses;
	}

}
