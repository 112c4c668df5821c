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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Keeps what Spring Security answered about the users of each socket, with their
 * authorities. The same name at another socket has none of them, since another list may
 * have let it in. Drops the users that were not used for longest: they have no
 * authorities until they connect again.
 */
final class AuthenticatedUsers {

	private static final int MAXIMUM = 100_000;

	private final Map<Key, Authentication> known;

	AuthenticatedUsers() {
		this(MAXIMUM);
	}

	AuthenticatedUsers(int maximum) {
		this.known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75F, true) {

			@Override
			protected boolean removeEldestEntry(Map.Entry<Key, Authentication> eldest) {
				return size() > maximum;
			}

		});
	}

	void add(String socket, Authentication authentication) {
		this.known.put(new Key(socket, authentication.getName()), authentication);
	}

	/**
	 * Return the sender of a message, without authorities where Spring Security did not
	 * decide.
	 */
	Authentication get(String socket, String userId) {
		Authentication authentication = this.known.get(new Key(socket, userId));
		return (authentication != null) ? authentication
				: UsernamePasswordAuthenticationToken.authenticated(userId, null, List.of());
	}

	/**
	 * A user of a socket.
	 *
	 * @param socket the logical name of the socket
	 * @param userId the user id
	 */
	private record Key(String socket, String userId) {
	}

}
