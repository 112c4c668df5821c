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

package io.github.zmqspring.transport.ipc;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

import io.github.zmqspring.transport.jeromq.Cure;
import io.github.zmqspring.transport.jeromq.JeroMqInternals;
import io.github.zmqspring.transport.jeromq.SessionConnect;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;
import zmq.Options;
import zmq.SocketBase;
import zmq.io.net.SelectorProviderChooser;

/**
 * Binds and connects sockets to {@code ipc://} endpoints: Unix domain sockets, which
 * libzmq can talk to. JeroMQ's own ipc is TCP at a port that is hashed from the path.
 * Giving an endpoint up is the same as for any transport. The caller holds the socket's
 * lock, and the library's engines serve the context.
 *
 * @since 0.1.0
 */
public final class IpcEndpoint {

	private IpcEndpoint() {
	}

	/**
	 * Return whether this version of JeroMQ can be given endpoints from outside.
	 * @return {@code false} if there is no ipc
	 */
	public static boolean isAvailable() {
		return Cure.OWN_ENDPOINTS.isAvailable();
	}

	/**
	 * Bind a socket.
	 * @param socket the socket
	 * @param path the path, or {@code *} for one of its own in the directory for
	 * temporary files
	 * @param permissions those of the file, or {@code null} for what the process gives
	 * its files
	 * @return the endpoint really bound
	 * @throws IOException if the path cannot be bound; the message says why
	 */
	public static String bind(ZMQ.Socket socket, String path, @Nullable Set<PosixFilePermission> permissions)
			throws IOException {
		SocketBase base = socket.base();
		Options options = options(base);
		UnixListener listener = new UnixListener(SessionConnect.ioThread(base, options), base, options,
				UnixFile.bind(path, options.backlog, permissions));
		SessionConnect.addEndpoint(base, listener.getAddress(), listener);
		return listener.getAddress();
	}

	/**
	 * Connect a socket.
	 * @param socket the socket
	 * @param endpoint the endpoint, by which it is disconnected, too
	 * @param path its path
	 * @return {@code true}; {@code false} if the context was ended
	 */
	public static boolean connect(ZMQ.Socket socket, String endpoint, String path, boolean late) {
		SocketBase base = socket.base();
		SelectorProviderChooser chooser = options(base).selectorChooser;
		if (!(chooser instanceof UnixChooser)) {
			base.setSocketOpt(zmq.ZMQ.ZMQ_SELECTOR_PROVIDERCHOOSER, new UnixChooser(chooser));
		}
		return SessionConnect.connect(base, endpoint, new UnixAddress(endpoint, Path.of(path)), late);
	}

	private static Options options(SocketBase socket) {
		return (Options) JeroMqInternals.OWN_OPTIONS.require(socket);
	}

}
