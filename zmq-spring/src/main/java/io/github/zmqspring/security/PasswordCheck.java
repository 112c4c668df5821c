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

/**
 * Checks a user name and a password.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PasswordCheck {

	/**
	 * Tell whether a password is the one of a user. Takes as long for a user who does not
	 * exist. May be slow: it is called on a thread for authentication.
	 * @param username the user name
	 * @param password the password
	 * @return whether it is
	 */
	boolean matches(String username, String password);

	/**
	 * Return whether a user still exists. Asked about users that are connected when
	 * {@link SocketAuthentication#recheck()} is called; must not wait.
	 * @param username the user name
	 * @return {@code false} to end the user's connections
	 */
	default boolean knows(String username) {
		return true;
	}

}
