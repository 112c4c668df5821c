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

package io.github.zmqspring.listener.invoke;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * Warns of results that go nowhere: a method returns something, its socket sends no
 * replies, and no {@code @SendTo} names another. That is no error, since the method may
 * be called by other code too.
 */
final class Results {

	private static final Log logger = LogFactory.getLog(Results.class);

	/** Object is what a wildcard or a type variable stands for, which may be nothing. */
	private static final Set<String> NOTHING = Set.of("void", "java.lang.Void", "kotlin.Unit", "java.lang.Object");

	private Results() {
	}

	static void check(ZmqListenerEndpoint endpoint, SocketDefinition definition) {
		boolean replies = definition.replies() && !endpoint.options().batch();
		if (replies || !endpoint.options().sendTo().isEmpty()) {
			return;
		}
		Class<?> result = result(endpoint);
		if (!NOTHING.contains(result.getName())) {
			logger.warn(("The result of %s, a %s, goes nowhere: a %s socket sends no replies."
					+ " Let the method return nothing, or name a socket for its result with @SendTo")
				.formatted(endpoint, result.getSimpleName(), definition.type()));
		}
	}

	/** Return the type of what comes in the end, be it later or from a stream. */
	private static Class<?> result(ZmqListenerEndpoint endpoint) {
		if (KotlinDetector.isSuspendingFunction(endpoint.method())) {
			int last = endpoint.method().getParameterCount() - 1;
			return ResolvableType.forMethodParameter(ParameterChecks.parameter(endpoint, last))
				.getGeneric(0)
				.resolve(Object.class);
		}
		ResolvableType type = ResolvableType.forMethodParameter(ParameterChecks.parameter(endpoint, -1));
		Class<?> returned = type.resolve(Object.class);
		if (NOTHING.contains(returned.getName())) {
			// Spring's registry of reactive types loads all of Reactor, where that is
			// there
			return returned;
		}
		boolean later = Future.class.isAssignableFrom(returned) || CompletionStage.class.isAssignableFrom(returned)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned) != null;
		return (later) ? type.getGeneric(0).resolve(Object.class) : returned;
	}

}
