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

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.security.ZmqKeyException;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import io.github.zmqspring.support.RelaxedNames;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ResourceUtils;
import org.springframework.util.StringUtils;

/**
 * The keys, clients and users of {@code zmq.security}, each read when a socket names it
 * first. No report quotes a secret.
 */
final class SecurityKeys {

	private static final String KEYS = "zmq.security.keys";

	private static final String CLIENTS = "zmq.security.clients";

	private static final String USERS = "zmq.security.users";

	private final SecurityProperties properties;

	private final KeyFiles files;

	private final Map<String, Supplier<ZmqKeyPair>> keys = new LinkedHashMap<>();

	SecurityKeys(SecurityProperties properties, KeyFiles files) {
		this.properties = properties;
		this.files = files;
	}

	boolean hasKey(String name) {
		return RelaxedNames.find(this.properties.getKeys(), name) != null;
	}

	/**
	 * Return a key pair.
	 * @param subject the property that names it
	 * @param name its name
	 */
	Supplier<ZmqKeyPair> key(String subject, String name) {
		SecurityProperties.Key key = require(subject, KEYS, this.properties.getKeys(), name);
		return this.keys.computeIfAbsent(RelaxedNames.uniform(name), (first) -> read(KEYS + "." + name, key));
	}

	private Supplier<ZmqKeyPair> read(String subject, SecurityProperties.Key key) {
		String location = key.getLocation();
		boolean inPlace = StringUtils.hasText(key.getSecretKey()) || StringUtils.hasText(key.getPublicKey());
		if (StringUtils.hasText(location)) {
			if (inPlace) {
				throw new ZmqConfigurationException(subject, "it has a location and a key as well",
						"Remove one of them");
			}
			Path file = file(subject + ".location", location);
			Supplier<ZmqKeyPair> reader = () -> checked(subject + ".location", () -> ZmqKeys.read(file));
			return (key.isReloadOnUpdate()) ? this.files.watch(file, reader) : fixed(reader.get());
		}
		if (!inPlace) {
			throw new ZmqConfigurationException(subject, "it has no key", "Set secret-key, public-key or location");
		}
		return fixed(checked(subject, () -> inPlace(key)));
	}

	private static ZmqKeyPair inPlace(SecurityProperties.Key key) {
		String secretKey = key.getSecretKey();
		String publicKey = key.getPublicKey();
		if (!StringUtils.hasText(secretKey)) {
			return ZmqKeyPair.ofPublicKey(String.valueOf(publicKey).strip());
		}
		return (StringUtils.hasText(publicKey)) ? ZmqKeyPair.of(publicKey.strip(), secretKey.strip())
				: ZmqKeyPair.ofSecretKey(secretKey.strip());
	}

	private static <T> Supplier<T> fixed(T value) {
		return () -> value;
	}

	/**
	 * Return user ids by public keys.
	 * @param subject the property that names the clients
	 * @param name their name
	 */
	Supplier<Map<String, String>> clients(String subject, String name) {
		SecurityProperties.Clients clients = require(subject, CLIENTS, this.properties.getClients(), name);
		String property = CLIENTS + "." + name;
		Map<String, String> inPlace = new LinkedHashMap<>();
		clients.getKeys()
			.forEach((user, key) -> add(property, inPlace, user,
					checked(property + ".keys." + user, () -> ZmqKeyPair.ofPublicKey(key.strip()))));
		String location = clients.getLocation();
		if (!StringUtils.hasText(location)) {
			if (inPlace.isEmpty()) {
				throw new ZmqConfigurationException(property, "it has no client, and no peer could connect",
						"Set keys or location; " + subject.replaceAll("clients$", "allow-any-client")
								+ ": true lets any client in");
			}
			return fixed(Map.copyOf(inPlace));
		}
		Path directory = file(property + ".location", location);
		Supplier<Map<String, String>> reader = () -> certificates(property, directory, inPlace);
		return (clients.isReloadOnUpdate()) ? this.files.watch(directory, reader) : fixed(reader.get());
	}

	private static Map<String, String> certificates(String property, Path directory, Map<String, String> more) {
		if (!Files.isDirectory(directory)) {
			throw new ZmqConfigurationException(property + ".location", "'" + directory + "' is no directory",
					"Name the directory of the clients' public certificates");
		}
		Map<String, String> users = new LinkedHashMap<>(more);
		try (Stream<Path> files = Files.list(directory)) {
			files.filter((file) -> Files.isRegularFile(file) && !file.getFileName().toString().startsWith("."))
				.sorted()
				.forEach((file) -> add(property, users,
						StringUtils.stripFilenameExtension(file.getFileName().toString()),
						checked(property + ".location", () -> ZmqKeys.read(file))));
		}
		catch (IOException ex) {
			throw new ZmqConfigurationException(property + ".location", "'" + directory + "' cannot be read",
					"Let the application read it");
		}
		return users;
	}

	private static void add(String property, Map<String, String> users, String user, ZmqKeyPair key) {
		String other = users.put(key.publicKey(), user);
		if (other != null && !other.equals(user)) {
			throw new ZmqConfigurationException(property, "'%s' and '%s' have the same key".formatted(other, user),
					"Give each client a key of its own");
		}
	}

	/**
	 * Return passwords by user names.
	 * @param subject the property that names the users
	 * @param name their name
	 */
	Passwords users(String subject, String name) {
		Map<String, String> users = require(subject, USERS, this.properties.getUsers(), name);
		return new Passwords(USERS + "." + name, users);
	}

	private static <V> V require(String subject, String group, Map<String, V> all, String name) {
		V value = RelaxedNames.find(all, name);
		if (value == null) {
			Set<String> names = all.keySet();
			throw new ZmqConfigurationException(subject, "there is no '%s' in %s".formatted(name, group),
					"Define %s.%s%s".formatted(group, name, (names.isEmpty()) ? "" : ", or use one of " + names));
		}
		return value;
	}

	private static Path file(String property, String location) {
		try {
			return ResourceUtils.getFile(location).toPath();
		}
		catch (FileNotFoundException ex) {
			throw new ZmqConfigurationException(property, "'" + location + "' is no file",
					"Name a file, such as file:/etc/zmq/server.key_secret");
		}
	}

	private static <T> T checked(String property, Supplier<T> reader) {
		try {
			return reader.get();
		}
		catch (ZmqKeyException ex) {
			throw new ZmqConfigurationException(property, String.valueOf(ex.getMessage()),
					"Write the 40 characters of Z85, quoted in YAML; ZmqKeys generate makes a pair");
		}
	}

	@Nullable ZmqKeyPair literal(String text) {
		try {
			return ZmqKeyPair.ofPublicKey(text);
		}
		catch (ZmqKeyException ex) {
			return null;
		}
	}

}
