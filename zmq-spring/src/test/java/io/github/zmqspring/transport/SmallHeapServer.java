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

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.engine.ContextFactory;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.zeromq.SocketType;

/**
 * Sockets with the defaults in a JVM of their own, which has little memory. Prints where
 * they are bound, echoes what its router gets, and does what it is told by lines.
 */
final class SmallHeapServer {

	private static final String[] BOUND = { "echo", "pull", "paused", "pub", "xpub" };

	private SmallHeapServer() {
	}

	public static void main(String[] args) throws Exception {
		TestSockets sockets = new TestSockets(ContextFactory.defaultIncomingMemory());
		ManagedSocket echo = sockets.bind("echo", SocketType.ROUTER, TestSockets.TCP);
		ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
		ManagedSocket paused = sockets.bind("paused", SocketType.PULL, TestSockets.TCP, SocketOption.RECEIVE_HWM, 0);
		ManagedSocket pub = sockets.bind("pub", SocketType.PUB, TestSockets.TCP);
		sockets.registry.create(SocketDefinition.of("xpub", SocketType.XPUB, List.of(TestSockets.TCP), List.of())
			.withLastValueCache(10_000));
		ManagedSocket xpub = sockets.registry.socket("xpub");
		daemon(() -> echo(echo));
		StringBuilder endpoints = new StringBuilder("bound");
		for (String name : BOUND) {
			endpoints.append(' ').append(sockets.endpoint(name));
		}
		System.out.println(endpoints);
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			String[] words = line.split(" ");
			switch (words[0]) {
				case "read" -> System.out
					.println("read " + read((words[1].equals("pull")) ? pull : paused, Integer.parseInt(words[2])));
				case "publish" -> {
					TestSockets.send(pub, "topic", "news");
					TestSockets.send(xpub, "topic", "news");
					System.out.println("published");
				}
				case "status" -> System.out.println("status " + sockets.registry.status(words[1]).dropped() + " "
						+ sockets.registry.status(words[1]).peers() + " "
						+ sockets.registry.status(words[1]).lastError());
				case "heap" -> {
					System.gc();
					System.out.println(
							"heap " + ((Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20));
				}
				default -> {
					sockets.close();
					System.out.println("closed");
					System.exit(0);
				}
			}
		}
	}

	/** The bytes of so many messages. */
	private static long read(ManagedSocket socket, int count) {
		long bytes = 0;
		for (int i = 0; i < count; i++) {
			bytes += TestSockets.receive(socket).bytes();
		}
		return bytes;
	}

	private static void echo(ManagedSocket echo) {
		while (true) {
			ZmqMessage request = echo.receive(TestSockets.PATIENCE.toNanos());
			if (request != null) {
				TestSockets.send(echo, (Object[]) request.raw());
			}
		}
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "server");
		thread.setDaemon(true);
		thread.start();
	}

}
