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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.security.AddressRanges;
import io.github.zmqspring.security.SocketAuthentication;
import io.github.zmqspring.security.SocketSecurity;
import io.github.zmqspring.security.ZmqAuthenticator;
import io.github.zmqspring.security.ZmqKeyPair;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.StringUtils;

/**
 * Maps the security of sockets. It fails closed: what is only half said is refused, and
 * never left unsecured.
 *
 * @since 0.1.0
 */
public final class SecurityMapper implements DisposableBean {

	private static final int THREADS = 4;

	private static final int WAITING = 1000;

	private static final Duration DECISION_TIMEOUT = Duration.ofSeconds(10);

	private final KeyFiles files = new KeyFiles();

	private final SecurityKeys keys;

	private final ObjectProvider<ZmqAuthenticator> authenticators;

	private final ObjectProvider<UserAuthentication> users;

	private @Nullable ThreadPoolExecutor executor;

	/**
	 * Create the mapper.
	 * @param properties keys, clients and users
	 * @param authenticators decide about clients, after the lists
	 * @param users the source of the users of a PLAIN server that has neither
	 */
	public SecurityMapper(SecurityProperties properties, ObjectProvider<ZmqAuthenticator> authenticators,
			ObjectProvider<UserAuthentication> users) {
		this.keys = new SecurityKeys(properties, this.files);
		this.authenticators = authenticators;
		this.users = users;
	}

	/**
	 * Return the security of a socket.
	 * @param subject the property of the socket
	 * @param security the properties
	 * @return the security, or {@code null} if it has none
	 * @throws ZmqConfigurationException if it cannot work, or would not protect
	 */
	public @Nullable SocketSecurity map(String subject, SocketSecurityProperties security) {
		String property = subject + ".security";
		String mechanism = StringUtils.hasText(security.getMechanism())
				? security.getMechanism().strip().toLowerCase(Locale.ROOT) : "null";
		return switch (mechanism) {
			case "null" -> ofNull(property, security);
			case "plain" -> {
				SocketSecurity plain = plain(property, security);
				yield (security.isAllowClearText()) ? plain.withClearText() : plain;
			}
			case "curve" -> curve(property, security);
			default -> throw new ZmqConfigurationException(property + ".mechanism",
					"'" + security.getMechanism() + "' is no mechanism", "Set it to null, plain or curve");
		};
	}

	private @Nullable SocketSecurity ofNull(String property, SocketSecurityProperties security) {
		refuse(property, "without a mechanism it would protect nothing", "Set " + property + ".mechanism, or remove it",
				curveOnly(security), plainOnly(security));
		return (security.getAllowAddresses().isEmpty() && security.getDenyAddresses().isEmpty()) ? null
				: SocketSecurity.ofNull(authentication(property, security, null, null, List.of()));
	}

	private SocketSecurity plain(String property, SocketSecurityProperties security) {
		refuse(property, "it belongs to the mechanism curve, and this is plain", "Remove it", curveOnly(security));
		List<ZmqAuthenticator> all = this.authenticators.orderedStream().toList();
		boolean client = StringUtils.hasText(security.getUsername()) || StringUtils.hasText(security.getPassword());
		boolean server = StringUtils.hasText(security.getUsers());
		if (client && server) {
			throw new ZmqConfigurationException(property, "with users it is a server, with a username a client",
					"Remove one of them");
		}
		if (client) {
			if (!StringUtils.hasText(security.getUsername()) || security.getPassword() == null) {
				throw new ZmqConfigurationException(property, "it has only one of username and password",
						"Set both of them");
			}
			refuseAddresses(property, security);
			try {
				return SocketSecurity.ofPlainClient(security.getUsername(), security.getPassword());
			}
			catch (IllegalArgumentException ex) {
				throw new ZmqConfigurationException(property, String.valueOf(ex.getMessage()), "Choose a shorter one");
			}
		}
		if (!server && all.isEmpty()) {
			all = this.users.stream().map(UserAuthentication::find).flatMap(Stream::ofNullable).toList();
		}
		if (!server && all.isEmpty()) {
			throw new ZmqConfigurationException(property, "it says neither who may connect nor who it is itself",
					"Set users for a server, or username and password for a client");
		}
		Passwords users = (server) ? this.keys.users(property + ".users", String.valueOf(security.getUsers())) : null;
		return SocketSecurity.ofPlainServer(authentication(property, security, null, users, all));
	}

	private SocketSecurity curve(String property, SocketSecurityProperties security) {
		refuse(property, "it belongs to the mechanism plain, and this is curve", "Remove it", plainOnly(security));
		List<ZmqAuthenticator> all = this.authenticators.orderedStream().toList();
		boolean listed = StringUtils.hasText(security.getClients());
		boolean client = StringUtils.hasText(security.getServerKey());
		if (client && (listed || security.isAllowAnyClient())) {
			throw new ZmqConfigurationException(property,
					"with a server-key it is a client, with clients or allow-any-client a server",
					"Remove one of them");
		}
		if (listed && security.isAllowAnyClient()) {
			throw new ZmqConfigurationException(property, "it has clients, and allow-any-client as well",
					"Remove one of them");
		}
		if (client) {
			refuseAddresses(property, security);
			return curveClient(property, security);
		}
		if (!listed && !security.isAllowAnyClient() && all.isEmpty()) {
			throw new ZmqConfigurationException(property,
					"it says neither which clients may connect nor which server it has",
					"Set clients for a server (allow-any-client: true lets any in), or server-key for a client");
		}
		List<Supplier<ZmqKeyPair>> own = ownKeys(property, security);
		Supplier<Map<String, String>> clients = (listed)
				? this.keys.clients(property + ".clients", String.valueOf(security.getClients())) : null;
		return SocketSecurity.ofCurveServer(() -> own.stream().map(Supplier::get).toList(),
				authentication(property, security, clients, null, all));
	}

	private SocketSecurity curveClient(String property, SocketSecurityProperties security) {
		List<Supplier<ZmqKeyPair>> own = ownKeys(property, security);
		if (own.size() > 1) {
			throw new ZmqConfigurationException(property + ".key", "a client has one key", "Name one of them");
		}
		String server = String.valueOf(security.getServerKey()).strip();
		ZmqKeyPair literal = (this.keys.hasKey(server)) ? null : this.keys.literal(server);
		Supplier<ZmqKeyPair> serverKey = (literal != null) ? () -> literal
				: this.keys.key(property + ".server-key", server);
		return SocketSecurity.ofCurveClient(own.get(0), serverKey);
	}

	private List<Supplier<ZmqKeyPair>> ownKeys(String property, SocketSecurityProperties security) {
		List<Supplier<ZmqKeyPair>> own = new ArrayList<>();
		for (String name : security.getKey()) {
			Supplier<ZmqKeyPair> key = this.keys.key(property + ".key", name);
			if (!key.get().hasSecretKey()) {
				throw new ZmqConfigurationException(property + ".key", "'" + name + "' has no secret key",
						"Set zmq.security.keys.%s.secret-key, or the location of a secret certificate".formatted(name));
			}
			own.add(key);
		}
		if (own.isEmpty()) {
			throw new ZmqConfigurationException(property + ".key", "the mechanism curve needs a key pair",
					"Name one of zmq.security.keys");
		}
		return own;
	}

	private SocketAuthentication authentication(String property, SocketSecurityProperties security,
			@Nullable Supplier<Map<String, String>> clients, @Nullable Passwords users,
			List<ZmqAuthenticator> authenticators) {
		SocketAuthentication made = new SocketAuthentication(
				ranges(property + ".allow-addresses", security.getAllowAddresses()),
				ranges(property + ".deny-addresses", security.getDenyAddresses()), clients, users, authenticators,
				executor(), DECISION_TIMEOUT);
		if (clients != null) {
			this.files.onChange(made, SocketAuthentication::recheck);
		}
		return made;
	}

	private static AddressRanges ranges(String property, List<String> texts) {
		try {
			return AddressRanges.of(texts);
		}
		catch (IllegalArgumentException ex) {
			throw new ZmqConfigurationException(property, String.valueOf(ex.getMessage()),
					"Write addresses or ranges such as 10.0.0.0/8");
		}
	}

	private static void refuseAddresses(String property, SocketSecurityProperties security) {
		if (!security.getAllowAddresses().isEmpty() || !security.getDenyAddresses().isEmpty()) {
			throw new ZmqConfigurationException(property, "a client of plain or curve decides about no addresses",
					"Remove allow-addresses and deny-addresses");
		}
	}

	private static @Nullable String curveOnly(SocketSecurityProperties security) {
		return Stream
			.of(security.getKey().isEmpty() ? null : "key", named("server-key", security.getServerKey()),
					named("clients", security.getClients()), security.isAllowAnyClient() ? "allow-any-client" : null)
			.filter((name) -> name != null)
			.findFirst()
			.orElse(null);
	}

	private static @Nullable String plainOnly(SocketSecurityProperties security) {
		return Stream
			.of(named("users", security.getUsers()), named("username", security.getUsername()),
					named("password", security.getPassword()), security.isAllowClearText() ? "allow-clear-text" : null)
			.filter((name) -> name != null)
			.findFirst()
			.orElse(null);
	}

	private static @Nullable String named(String name, @Nullable String value) {
		return StringUtils.hasText(value) ? name : null;
	}

	private static void refuse(String property, String reason, String action, @Nullable String... names) {
		for (String name : names) {
			if (name != null) {
				throw new ZmqConfigurationException(property + "." + name, reason, action);
			}
		}
	}

	/**
	 * Return the threads that check passwords and call authenticators, and end when idle.
	 */
	private synchronized ThreadPoolExecutor executor() {
		ThreadPoolExecutor current = this.executor;
		if (current == null) {
			AtomicInteger number = new AtomicInteger();
			current = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING),
					(task) -> {
						Thread thread = new Thread(task, "zmq-authentication-" + number.incrementAndGet());
						thread.setDaemon(true);
						return thread;
					});
			current.allowCoreThreadTimeOut(true);
			this.executor = current;
		}
		return current;
	}

	@Override
	public synchronized void destroy() {
		this.files.close();
		if (this.executor != null) {
			this.executor.shutdownNow();
		}
	}

}
