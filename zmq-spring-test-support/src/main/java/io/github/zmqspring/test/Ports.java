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

package io.github.zmqspring.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * Questions about TCP ports that a test already has. It finds no free ones: bind to
 * {@code tcp://127.0.0.1:*} and ask the socket for its last endpoint, since a port that
 * was free a moment ago is not any more.
 *
 * @since 0.1.0
 */
public final class Ports {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private Ports() {
	}

	/**
	 * Returns the port of an endpoint.
	 * @param endpoint such as {@code tcp://127.0.0.1:5555}, as of a socket's
	 * {@code getLastEndpoint()}
	 * @return the port
	 * @throws IllegalArgumentException if it has none
	 */
	public static int portOf(String endpoint) {
		return address(endpoint).getPort();
	}

	/**
	 * Returns whether an endpoint can be bound now.
	 * @param endpoint such as {@code tcp://127.0.0.1:5555}
	 * @return {@code false} if something listens there
	 * @throws IllegalArgumentException if it has no host or port
	 */
	public static boolean isFree(String endpoint) {
		return isFree(address(endpoint));
	}

	/**
	 * Returns whether a port can be bound now on all addresses.
	 * @param port the port
	 * @return {@code false} if something listens there, on whichever address
	 */
	public static boolean isFree(int port) {
		return isFree(new InetSocketAddress(port));
	}

	/**
	 * Waits until a port can be bound on all addresses, at most 10 seconds: JeroMQ closes
	 * in the background.
	 * @param port the port
	 * @throws org.awaitility.core.ConditionTimeoutException if it cannot be by then
	 */
	public static void awaitFree(int port) {
		Awaitility.await("port " + port + " to be free")
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.atMost(TIMEOUT)
			.until(() -> isFree(port));
	}

	private static boolean isFree(InetSocketAddress address) {
		try (ServerSocketChannel channel = ServerSocketChannel.open()) {
			channel.bind(address);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static InetSocketAddress address(String endpoint) {
		URI uri = URI.create(endpoint);
		if (uri.getHost() == null || uri.getPort() < 1) {
			throw new IllegalArgumentException("No host and port in '" + endpoint + "'");
		}
		return new InetSocketAddress(uri.getHost(), uri.getPort());
	}

}
