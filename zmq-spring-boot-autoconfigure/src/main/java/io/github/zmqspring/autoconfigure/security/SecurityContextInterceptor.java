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

import java.util.List;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqListenerInterceptor;
import io.github.zmqspring.listener.ZmqListenerInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Sets the security context to the sender of a message, on the lane while the listener's
 * method runs. A message without a user, and a batch of several users, runs with an empty
 * context. Leaves listeners alone whose socket has no security.
 */
final class SecurityContextInterceptor implements ZmqListenerInterceptor, Ordered {

	private final AuthenticatedUsers users;

	SecurityContextInterceptor(AuthenticatedUsers users) {
		this.users = users;
	}

	@Override
	public @Nullable Object intercept(ZmqListenerInvocation invocation) throws Throwable {
		SecurityContextHolderStrategy holder = SecurityContextHolder.getContextHolderStrategy();
		SecurityContext before = holder.getContext();
		SecurityContext during = holder.createEmptyContext();
		String user = userId(invocation.messages());
		if (user != null) {
			during.setAuthentication(this.users.get(invocation.socket(), user));
		}
		holder.setContext(during);
		try {
			return invocation.proceed();
		}
		finally {
			if (before.getAuthentication() == null) {
				holder.clearContext();
			}
			else {
				holder.setContext(before);
			}
		}
	}

	/** Other sockets know no users. */
	@Override
	public boolean supports(SocketDefinition socket) {
		return socket.security() != null;
	}

	private static @Nullable String userId(List<ZmqMessage> messages) {
		String user = (messages.isEmpty()) ? null : messages.get(0).userId();
		return (user != null && !user.isEmpty()
				&& messages.stream().allMatch((message) -> user.equals(message.userId()))) ? user : null;
	}

	/** Around interceptors of the application, within what a task decorator sets up. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 100;
	}

}
