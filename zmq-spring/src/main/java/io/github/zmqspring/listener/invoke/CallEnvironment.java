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

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.listener.ZmqMessageFilter;
import io.github.zmqspring.message.MessageObserver;
import org.jspecify.annotations.Nullable;

/**
 * What all calls of one listener share.
 *
 * @param endpoint the listener
 * @param definition the socket that it reads
 * @param invocations interceptors and retries
 * @param failures deals with what could not be handled
 * @param replies sends results
 * @param counters counts what became of the messages
 * @param pending the messages whose results come later
 * @param streams the streams that answer messages
 * @param filter rejects messages, or {@code null}
 * @param observer watches the calls, or {@code null}
 */
record CallEnvironment(ZmqListenerEndpoint endpoint, SocketDefinition definition, Invocations invocations,
		FailurePolicy failures, ReplySender replies, ListenerCounters counters, PendingResults pending,
		ActiveStreams streams, @Nullable ZmqMessageFilter filter, @Nullable MessageObserver observer) {

	/** Return this environment for one method of several. */
	CallEnvironment of(ZmqListenerEndpoint own) {
		return new CallEnvironment(own, this.definition, this.invocations, this.failures, this.replies, this.counters,
				this.pending, this.streams, this.filter, this.observer);
	}

	/**
	 * Return whether the method should be called with a message; count it if the filter
	 * rejects it.
	 * @throws UnreadableMessageException if its headers cannot be read, whatever the
	 * method wants of it
	 */
	boolean accepts(ZmqMessage message) {
		ReceivedMessage.checkHeaders(message);
		if (this.filter == null || this.filter.accept(message, this.endpoint.id())) {
			return true;
		}
		this.counters.filtered.increment();
		return false;
	}

}
