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

import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.TestingAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuthenticatedUsers}.
 */
class AuthenticatedUsersTests {

	@Test
	void usersThatAreNotSeenForLongestAreForgotten() {
		AuthenticatedUsers users = new AuthenticatedUsers(2);
		for (String name : new String[] { "a", "b" }) {
			users.add("rpc", new TestingAuthenticationToken(name, null, "ROLE_" + name));
		}
		assertThat(users.get("rpc", "a").getAuthorities()).hasSize(1);
		users.add("rpc", new TestingAuthenticationToken("c", null, "ROLE_c"));
		assertThat(users.get("rpc", "a").getAuthorities()).hasSize(1);
		assertThat(users.get("rpc", "c").getAuthorities()).hasSize(1);
		assertThat(users.get("rpc", "b").getAuthorities()).isEmpty();
		assertThat(users.get("other", "a").getAuthorities()).isEmpty();
	}

}
