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

package io.github.zmqspring.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.zmqspring.core.status.RequestStatus;

/**
 * Sends requests and matches their replies. May be called from any thread.
 *
 * @since 0.1.0
 */
public interface RequestOperations {

	/**
	 * Send a request. It never waits: what ZeroMQ does not take at once is sent as soon
	 * as a server can take it.
	 * @param socket the logical name of a REQ or DEALER socket
	 * @param body the frames of the request; the arrays may not be changed later
	 * @param timeout how long to wait for the reply of each attempt, longer than zero
	 * @param retries how many times to send again when no reply came in time, to the next
	 * connected server; 0 or more
	 * @return completes with the reply on a thread of this library, which it must not
	 * block; exceptionally with a {@link ZmqException}. Cancelling it forgets the request
	 */
	CompletableFuture<ZmqMessage> request(String socket, byte[][] body, Duration timeout, int retries);

	/**
	 * Send a request as {@link #request}, on a thread that is going to wait for the reply
	 * and calls {@link #await} before it does.
	 * @param socket the logical name of a REQ or DEALER socket
	 * @param body the frames of the request; the arrays may not be changed later
	 * @param timeout how long to wait for the reply of each attempt, longer than zero
	 * @param retries how many times to send again
	 * @return as {@link #request}
	 */
	default CompletableFuture<ZmqMessage> requestAndWait(String socket, byte[][] body, Duration timeout, int retries) {
		return request(socket, body, timeout, retries);
	}

	/**
	 * Read the reply on the calling thread, where that is quicker than to have another
	 * thread do it. The reply need not be there after that.
	 * @param socket the logical name of the socket
	 * @param reply completes when the thread need not wait any more
	 */
	default void await(String socket, CompletableFuture<?> reply) {
	}

	/**
	 * Send a request that any number of replies answer, the last of them empty.
	 * @param socket the logical name of a REQ or DEALER socket
	 * @param body the frames of the request; the arrays may not be changed later
	 * @param timeout how long to wait for each reply, longer than zero
	 * @param elements gets each reply but the last, on a thread of this library, which it
	 * must not block
	 * @return completes with the empty reply, exceptionally with a {@link ZmqException}.
	 * Cancelling it tells the server
	 */
	default CompletableFuture<ZmqMessage> stream(String socket, byte[][] body, Duration timeout,
			Consumer<ZmqMessage> elements) {
		throw new ZmqUnsupportedOperationException(socket, "Requests with several replies are not supported");
	}

	/**
	 * Send a request to each server that is connected now.
	 * @param socket the logical name of a REQ or DEALER socket
	 * @param body the frames of the request; the arrays may not be changed later
	 * @param timeout how long to wait for the replies, longer than zero
	 * @return completes with the replies of those that answered in time, when all have
	 * answered or the time is over. Cancelling it forgets the requests
	 */
	default CompletableFuture<List<ZmqMessage>> requestAll(String socket, byte[][] body, Duration timeout) {
		throw new ZmqUnsupportedOperationException(socket, "Requests to all servers are not supported");
	}

	/**
	 * Return the socket that requests of this name go through.
	 * @param socket the logical name of the socket
	 * @return what it was opened with
	 * @throws ZmqException if there is none
	 */
	SocketDefinition definition(String socket);

	/**
	 * Return whether a thread hands out the replies of a socket: it must not wait for
	 * one.
	 * @param socket the logical name of the socket
	 * @param thread the thread
	 * @return {@code true} if no reply would come while it waits
	 */
	default boolean isRepliedBy(String socket, Thread thread) {
		return false;
	}

	/**
	 * Return what the requests of a socket are doing.
	 * @param socket the logical name of the socket
	 * @return the status at this moment
	 */
	RequestStatus status(String socket);

}
