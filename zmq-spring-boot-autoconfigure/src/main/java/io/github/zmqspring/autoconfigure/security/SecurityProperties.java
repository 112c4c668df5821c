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

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Keys, clients and users by name, for the security of sockets.
 *
 * @since 0.1.0
 */
public class SecurityProperties {

	/**
	 * Key pairs by name.
	 */
	private final Map<String, Key> keys = new LinkedHashMap<>();

	/**
	 * Lists of clients by name, for servers with the mechanism curve.
	 */
	private final Map<String, Clients> clients = new LinkedHashMap<>();

	/**
	 * Lists of users by name, for servers with the mechanism plain: passwords by user
	 * name, with a prefix such as {bcrypt} where Spring Security is there.
	 */
	private final Map<String, Map<String, String>> users = new LinkedHashMap<>();

	/**
	 * Return the key pairs by name.
	 * @return the map
	 */
	public Map<String, Key> getKeys() {
		return this.keys;
	}

	/**
	 * Return the lists of clients by name, for servers with the mechanism curve.
	 * @return the map
	 */
	public Map<String, Clients> getClients() {
		return this.clients;
	}

	/**
	 * Return the lists of users by name, for servers with the mechanism plain: passwords
	 * by user name, with a prefix such as {@code {bcrypt}} where Spring Security is
	 * there.
	 * @return the map
	 */
	public Map<String, Map<String, String>> getUsers() {
		return this.users;
	}

	/**
	 * A key pair, or the public half of one.
	 */
	public static class Key {

		/**
		 * Secret key, 40 characters of Z85. The public key is derived from it.
		 */
		private @Nullable String secretKey;

		/**
		 * Public key, 40 characters of Z85. With a secret key it must be the right one.
		 */
		private @Nullable String publicKey;

		/**
		 * File with the key instead: a certificate file of CZMQ and pyzmq, or PKCS#8 PEM
		 * of X25519, such as file:/etc/zmq/server.key_secret.
		 */
		private @Nullable String location;

		/**
		 * Whether the file is read again when it changes.
		 */
		private boolean reloadOnUpdate = false;

		/**
		 * Return the secret key, 40 characters of Z85.
		 * @return the text, or {@code null} if it is not set
		 */
		public @Nullable String getSecretKey() {
			return this.secretKey;
		}

		/**
		 * Set the secret key, 40 characters of Z85. The public key is derived from it.
		 * @param secretKey the text, or {@code null} to leave it unset
		 */
		public void setSecretKey(@Nullable String secretKey) {
			this.secretKey = secretKey;
		}

		/**
		 * Return the public key, 40 characters of Z85.
		 * @return the text, or {@code null} if it is not set
		 */
		public @Nullable String getPublicKey() {
			return this.publicKey;
		}

		/**
		 * Set the public key, 40 characters of Z85. With a secret key it must be the
		 * right one.
		 * @param publicKey the text, or {@code null} to leave it unset
		 */
		public void setPublicKey(@Nullable String publicKey) {
			this.publicKey = publicKey;
		}

		/**
		 * Return the file with the key instead: a certificate file of CZMQ and pyzmq, or
		 * PKCS#8 PEM of X25519, such as file:/etc/zmq/server.key_secret.
		 * @return the text, or {@code null} if it is not set
		 */
		public @Nullable String getLocation() {
			return this.location;
		}

		/**
		 * Set the file with the key instead: a certificate file of CZMQ and pyzmq, or
		 * PKCS#8 PEM of X25519, such as file:/etc/zmq/server.key_secret.
		 * @param location the text, or {@code null} to leave it unset
		 */
		public void setLocation(@Nullable String location) {
			this.location = location;
		}

		/**
		 * Return whether the file is read again when it changes.
		 * @return {@code true} if so
		 */
		public boolean isReloadOnUpdate() {
			return this.reloadOnUpdate;
		}

		/**
		 * Set whether the file is read again when it changes.
		 * @param reloadOnUpdate {@code true} if so
		 */
		public void setReloadOnUpdate(boolean reloadOnUpdate) {
			this.reloadOnUpdate = reloadOnUpdate;
		}

	}

	/**
	 * Clients that a server lets in.
	 */
	public static class Clients {

		/**
		 * Public keys in Z85 by user id.
		 */
		private final Map<String, String> keys = new LinkedHashMap<>();

		/**
		 * Directory of public certificates, such as file:/etc/zmq/clients/. The name of a
		 * file without its ending is the user id.
		 */
		private @Nullable String location;

		/**
		 * Whether the directory is read again when it changes.
		 */
		private boolean reloadOnUpdate = false;

		/**
		 * Return the public keys in Z85 by user id.
		 * @return the map
		 */
		public Map<String, String> getKeys() {
			return this.keys;
		}

		/**
		 * Return the directory of public certificates, such as file:/etc/zmq/clients/.
		 * @return the text, or {@code null} if it is not set
		 */
		public @Nullable String getLocation() {
			return this.location;
		}

		/**
		 * Set the directory of public certificates, such as file:/etc/zmq/clients/. The
		 * name of a file without its ending is the user id.
		 * @param location the text, or {@code null} to leave it unset
		 */
		public void setLocation(@Nullable String location) {
			this.location = location;
		}

		/**
		 * Return whether the directory is read again when it changes.
		 * @return {@code true} if so
		 */
		public boolean isReloadOnUpdate() {
			return this.reloadOnUpdate;
		}

		/**
		 * Set whether the directory is read again when it changes.
		 * @param reloadOnUpdate {@code true} if so
		 */
		public void setReloadOnUpdate(boolean reloadOnUpdate) {
			this.reloadOnUpdate = reloadOnUpdate;
		}

	}

}
