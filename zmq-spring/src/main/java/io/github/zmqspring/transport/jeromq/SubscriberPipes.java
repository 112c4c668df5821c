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

package io.github.zmqspring.transport.jeromq;

import org.jspecify.annotations.Nullable;
import zmq.SocketBase;
import zmq.pipe.Pipe;

/**
 * The pipes of a SUB or XSUB, one for each publisher. The caller holds the socket's lock.
 *
 * @since 0.1.0
 */
public final class SubscriberPipes {

	private SubscriberPipes() {
	}

	/**
	 * Return whether JeroMQ has what this needs.
	 * @return {@code false} if pipes cannot be told apart
	 */
	public static boolean areKnown() {
		return Cure.PUBLISHER_ORIGIN.isAvailable();
	}

	/**
	 * Return the pipe that the last message came from.
	 * @param socket a SUB or XSUB
	 * @return the pipe, or {@code null} if it is gone
	 */
	public static @Nullable Pipe lastRead(SocketBase socket) {
		return (Pipe) JeroMqInternals.QUEUE_LAST.get(JeroMqInternals.SUBSCRIBER_QUEUE.require(socket));
	}

	/**
	 * Return the endpoint that a pipe connects to.
	 * @param socket a SUB or XSUB
	 * @param pipe one of its pipes
	 * @return the endpoint; {@code null} for accepted connections
	 */
	public static @Nullable String endpoint(SocketBase socket, Pipe pipe) {
		return DealerPipes.endpoint(socket, pipe);
	}

}
