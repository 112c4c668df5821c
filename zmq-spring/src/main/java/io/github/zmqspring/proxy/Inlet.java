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

package io.github.zmqspring.proxy;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.ReturnPath;
import io.github.zmqspring.message.SubscriptionFrame;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

/**
 * Processes a message of a proxy before it is forwarded.
 */
@FunctionalInterface
interface Inlet {

	/** Forwards messages as they are. */
	Inlet PLAIN = (message) -> message;

	/** Forwards all but subscriptions, and their ends. */
	Inlet EXCEPT_SUBSCRIPTIONS = (message) -> isSubscription(message) ? null : message;

	/**
	 * Return an inlet that finds the return paths of replies. The first frame is an
	 * identity that the frontend has put there, which a DEALER cannot know.
	 */
	static Inlet replies(SocketDefinition source, SocketDefinition frontend) {
		if (source.type() != SocketType.DEALER || frontend.type() != SocketType.ROUTER) {
			return PLAIN;
		}
		return (message) -> (message.hasHeaders()) ? message
				: message.withReturnPath(ReturnPath.length(frontend, message.raw(), () -> false));
	}

	/**
	 * Takes a message in.
	 * @return the message to forward, or {@code null} when it was for the proxy itself
	 * @throws UnusableMessageException if it cannot be forwarded
	 */
	@Nullable ZmqMessage take(ZmqMessage message);

	/** Return whether it is how an XPUB reports a subscription or its end. */
	static boolean isSubscription(ZmqMessage message) {
		return SubscriptionFrame.is(message.raw());
	}

}
