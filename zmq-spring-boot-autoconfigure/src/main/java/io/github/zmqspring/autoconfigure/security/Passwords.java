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

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.zmqspring.core.ZmqConfigurationException;
import io.github.zmqspring.security.PasswordCheck;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Compares passwords with those of the properties: as they are, or as Spring Security has
 * encoded them where they have a prefix such as <code>{bcrypt}</code>.
 */
final class Passwords implements PasswordCheck {

	private static final String FACTORIES = "org.springframework.security.crypto.factory.PasswordEncoderFactories";

	private static final Pattern PREFIX = Pattern.compile("\\{[A-Za-z0-9@-]+}.*", Pattern.DOTALL);

	private static final String NOOP = "{noop}";

	private final Map<String, String> users;

	/** What is compared for a user who does not exist, so that it takes as long. */
	private final String decoy;

	private final @Nullable Object encoder;

	Passwords(String property, Map<String, String> users) {
		this.users = Map.copyOf(users);
		this.decoy = users.values().iterator().next();
		boolean encoded = users.values().stream().anyMatch(Passwords::isEncoded);
		if (encoded && !ClassUtils.isPresent(FACTORIES, getClass().getClassLoader())) {
			throw new ZmqConfigurationException(property,
					"it has encoded passwords, and Spring Security is not on the class path",
					"Add the dependency org.springframework.security:spring-security-crypto");
		}
		this.encoder = (encoded) ? encoder() : null;
		if (encoded) {
			checkEncodings(property);
		}
	}

	/** Try each encoding once: Spring Security refuses those that it does not know. */
	private void checkEncodings(String property) {
		Set<String> checked = new HashSet<>();
		this.users.forEach((user, password) -> {
			String prefix = (isEncoded(password)) ? password.substring(0, password.indexOf('}') + 1) : "";
			if (!prefix.isEmpty() && checked.add(prefix)) {
				try {
					// an empty password is refused without a look at the encoding
					compare("x", password);
				}
				catch (RuntimeException ex) {
					throw new ZmqConfigurationException(property + "." + user,
							"Spring Security knows no '" + prefix + "', or cannot use it",
							"Begin it with a known encoding such as {bcrypt}; {noop} stands before a password that begins with a brace");
				}
			}
		});
	}

	private static boolean isEncoded(String password) {
		return PREFIX.matcher(password).matches() && !password.startsWith(NOOP);
	}

	private static Object encoder() {
		Method factory = ReflectionUtils.findMethod(
				ClassUtils.resolveClassName(FACTORIES, Passwords.class.getClassLoader()),
				"createDelegatingPasswordEncoder");
		return Objects.requireNonNull(ReflectionUtils.invokeMethod(Objects.requireNonNull(factory), null));
	}

	@Override
	public boolean matches(String username, String password) {
		String expected = this.users.get(username);
		boolean right = compare(password, (expected != null) ? expected : this.decoy);
		return right && expected != null;
	}

	private boolean compare(String password, String expected) {
		Object all = this.encoder;
		if (all != null && isEncoded(expected)) {
			Method matches = ReflectionUtils.findMethod(all.getClass(), "matches", CharSequence.class, String.class);
			return Boolean.TRUE
				.equals(ReflectionUtils.invokeMethod(Objects.requireNonNull(matches), all, password, expected));
		}
		String plain = (expected.startsWith(NOOP)) ? expected.substring(NOOP.length()) : expected;
		return MessageDigest.isEqual(password.getBytes(StandardCharsets.UTF_8), plain.getBytes(StandardCharsets.UTF_8));
	}

}
