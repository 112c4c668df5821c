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

package io.github.zmqspring.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.github.zmqspring.core.ZmqEndpointException;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import org.zeromq.ZMQException;

/**
 * Binds an endpoint, and finds out what is wrong when it cannot be bound: JeroMQ says
 * "address in use" for everything. A port or name that was closed a moment ago is not
 * free at once, since JeroMQ lets go of it on another thread, so a failure is final only
 * after a second.
 */
final class Binder {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private Binder() {
	}

	/**
	 * Binds.
	 * @param socket the logical name of the socket
	 * @param endpoint the endpoint
	 * @param attempt binds once and returns the endpoint really bound
	 * @return the endpoint really bound
	 * @throws ZmqEndpointException if it cannot be bound
	 */
	static String bind(String socket, EndpointAddress endpoint, Supplier<String> attempt) {
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		while (true) {
			try {
				return attempt.get();
			}
			catch (ZMQException | IllegalArgumentException ex) {
				if (System.nanoTime() - deadline >= 0) {
					throw new ZmqEndpointException(socket, endpoint.text(), "Socket '%s' cannot be bound to %s: %s"
						.formatted(socket, endpoint.text(), reason(endpoint, ex)), ex);
				}
				LockSupport.parkNanos(PAUSE_NANOS);
			}
		}
	}

	private static String reason(EndpointAddress endpoint, RuntimeException failure) {
		if (!endpoint.isTcp()) {
			return (endpoint.isIpc()) ? String.valueOf(failure.getMessage())
					: "another socket of this context has that name";
		}
		InetSocketAddress address = ("*".equals(endpoint.host())) ? new InetSocketAddress(endpoint.port())
				: new InetSocketAddress(endpoint.host(), endpoint.port());
		if (address.isUnresolved()) {
			return "the host '" + endpoint.host() + "' does not resolve";
		}
		try (ServerSocket probe = new ServerSocket()) {
			probe.bind(address);
			return String.valueOf(failure.getMessage());
		}
		catch (IOException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

}
