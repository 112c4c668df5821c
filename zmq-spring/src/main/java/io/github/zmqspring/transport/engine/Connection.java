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

package io.github.zmqspring.transport.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * A TCP connection of a socket, as it is told of.
 *
 * @param endpoint the endpoint that it was accepted on, or was made to, as JeroMQ writes
 * it
 * @param channel its channel, the same in all that is told of the connection
 * @param remote the address of the peer, if it was still there when it was asked for
 * @param accepted whether the peer connected to us
 * @since 0.1.0
 */
public record Connection(String endpoint, SelectableChannel channel, @Nullable InetSocketAddress remote,
		boolean accepted) {

	static Connection of(String endpoint, SocketChannel channel, boolean accepted) {
		InetSocketAddress remote = null;
		try {
			remote = (channel.getRemoteAddress() instanceof InetSocketAddress address) ? address : null;
		}
		catch (IOException ex) {
			// gone already
		}
		return new Connection(endpoint, channel, remote, accepted);
	}

}
