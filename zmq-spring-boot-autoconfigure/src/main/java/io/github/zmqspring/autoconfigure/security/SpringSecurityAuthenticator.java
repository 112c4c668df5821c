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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.zmqspring.security.ZmqAuthenticationDecision;
import io.github.zmqspring.security.ZmqAuthenticationRequest;
import io.github.zmqspring.security.ZmqAuthenticator;
import io.github.zmqspring.security.ZmqMechanism;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Asks Spring Security whether the name and password of a client are right. Its answer is
 * kept for the listeners of the socket.
 */
final class SpringSecurityAuthenticator implements ZmqAuthenticator {

	private final AuthenticationManager manager;

	private final AuthenticatedUsers users;

	SpringSecurityAuthenticator(AuthenticationManager manager, AuthenticatedUsers users) {
		this.manager = manager;
		this.users = users;
	}

	@Override
	public CompletionStage<ZmqAuthenticationDecision> authenticate(ZmqAuthenticationRequest request) {
		return CompletableFuture.completedFuture(decide(request));
	}

	private ZmqAuthenticationDecision decide(ZmqAuthenticationRequest request) {
		if (request.mechanism() != ZmqMechanism.PLAIN) {
			return ZmqAuthenticationDecision.deny("it has no user name and password");
		}
		try {
			Authentication made = this.manager.authenticate(
					UsernamePasswordAuthenticationToken.unauthenticated(request.username(), request.password()));
			if (made == null || !made.isAuthenticated() || made.getName().isEmpty()) {
				return ZmqAuthenticationDecision.deny("Spring Security does not know its user");
			}
			this.users.add(request.socket(), made);
			return ZmqAuthenticationDecision.allow(made.getName());
		}
		catch (AuthenticationServiceException ex) {
			// not the client's fault; the message of an exception may quote a password
			return ZmqAuthenticationDecision.failed("the decision failed with " + ex.getClass().getName());
		}
		catch (AuthenticationException ex) {
			return ZmqAuthenticationDecision.deny("its user name or password is wrong, or its account is closed ("
					+ ex.getClass().getSimpleName() + ")");
		}
	}

}
