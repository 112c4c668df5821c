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

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.SocketOptions;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.discovery.Discovery;
import io.github.zmqspring.transport.endpoint.EndpointAddress;
import io.github.zmqspring.transport.engine.ContextFactory;
import io.github.zmqspring.transport.jeromq.ContextFailures;
import io.github.zmqspring.transport.jeromq.ContextTerminator;
import io.github.zmqspring.transport.lane.LaneHandler;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.lane.MessageFlow;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

import org.springframework.context.ApplicationEventPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A started registry on a context of its own.
 */
public final class TestSockets implements AutoCloseable {

	public static final String TCP = "tcp://127.0.0.1:*";

	public static final Duration PATIENCE = Duration.ofSeconds(20);

	public final ZContext context;

	public final SocketRegistry registry;

	public TestSockets() {
		this(EndpointAddress.HostLookup.SYSTEM);
	}

	/** With connections that read and write so many bytes at once. */
	public TestSockets(int batchSize) {
		this(EndpointAddress.HostLookup.SYSTEM, batchSize);
	}

	public TestSockets(EndpointAddress.HostLookup lookup) {
		this(lookup, 0);
	}

	/** With a listener of events. */
	public TestSockets(ApplicationEventPublisher events) {
		this(EndpointAddress.HostLookup.SYSTEM, 0, events);
	}

	/** With both. */
	public TestSockets(int batchSize, ApplicationEventPublisher events) {
		this(EndpointAddress.HostLookup.SYSTEM, batchSize, events);
	}

	private TestSockets(EndpointAddress.HostLookup lookup, int batchSize) {
		this(lookup, batchSize, (event) -> {
		});
	}

	/** With so much memory for incoming messages. */
	public TestSockets(long maxIncomingMemory) {
		this(EndpointAddress.HostLookup.SYSTEM, ContextFactory.BATCH_SIZE, (event) -> {
		}, maxIncomingMemory);
	}

	private TestSockets(EndpointAddress.HostLookup lookup, int batchSize, ApplicationEventPublisher events) {
		this(lookup, batchSize, events, ContextFactory.defaultIncomingMemory());
	}

	/** With names that are looked up. */
	public TestSockets(Discovery discovery, ApplicationEventPublisher events) {
		this.context = ContextFactory.create(1, 1024, 0, ContextFactory.defaultIncomingMemory(), new ContextFailures());
		this.registry = new SocketRegistry(this.context, 1, events, SocketOptions.NONE, List.of(), discovery);
		this.registry.start();
	}

	private TestSockets(EndpointAddress.HostLookup lookup, int batchSize, ApplicationEventPublisher events,
			long maxIncomingMemory) {
		this.context = ContextFactory.create(1, 1024, batchSize, maxIncomingMemory, new ContextFailures());
		this.registry = new SocketRegistry(this.context, 1, events, SocketOptions.NONE, List.of(),
				new Discovery(List.of(), Discovery.DEFAULT_REFRESH, Discovery.DEFAULT_DRAIN_TIMEOUT,
						Discovery.DEFAULT_LOOKUP_TIMEOUT, lookup));
		this.registry.start();
	}

	public ManagedSocket bind(String name, SocketType type, String endpoint, Object... options) {
		return create(name, type, List.of(endpoint), List.of(), options);
	}

	public ManagedSocket connect(String name, SocketType type, String endpoint, Object... options) {
		return create(name, type, List.of(), List.of(endpoint), options);
	}

	/** Options are pairs of a {@link SocketOption} and its value. */
	public ManagedSocket create(String name, SocketType type, List<String> bind, List<String> connect,
			Object... options) {
		SocketOptions all = SocketOptions.NONE.with(SocketOption.LINGER, Duration.ZERO);
		for (int i = 0; i < options.length; i += 2) {
			all = all.with((SocketOption) options[i], options[i + 1]);
		}
		this.registry.create(SocketDefinition.of(name, type, bind, connect).withOptions(all));
		return this.registry.socket(name);
	}

	public String endpoint(String name) {
		return this.registry.status(name).bound().get(0);
	}

	public void awaitPeers(String name, int peers) {
		await(() -> this.registry.status(name).peers() == peers);
	}

	/** Fails when the context does not end: a socket or message of ours hung it. */
	@Override
	public void close() {
		this.registry.stop();
		assertThat(ContextTerminator.terminate(this.context, PATIENCE)).as("context ended").isTrue();
	}

	public static void await(Callable<Boolean> condition) {
		Awaitility.await()
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.atMost(PATIENCE)
			.until(condition);
	}

	public static boolean awaitQuietly(CountDownLatch latch) {
		try {
			return latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static SendResult send(ManagedSocket socket, Object... frames) {
		return socket.send(ZmqMessage.of(frames).raw(), PATIENCE.toNanos());
	}

	public static SendResult trySend(ManagedSocket socket, Object... frames) {
		return socket.send(ZmqMessage.of(frames).raw(), 0);
	}

	public static ZmqMessage receive(ManagedSocket socket) {
		ZmqMessage message = socket.receive(PATIENCE.toNanos());
		assertThat(message).as("a message for %s", socket).isNotNull();
		return message;
	}

	public static String text(@Nullable ZmqMessage message) {
		return (message != null) ? String.join("|", message.frames().stream().map(String::new).toList()) : "nothing";
	}

	public static MessageFlow inline(ManagedSocket socket, LaneHandler handler) {
		return socket.consumeInline(LaneSettings.of("inline", 1), handler, false);
	}

	/** Sends until the high-water mark is reached; returns how many were taken. */
	public static int fill(ManagedSocket socket, Object... frames) {
		int sent = 0;
		long until = System.nanoTime() + 3 * PATIENCE.toNanos();
		// commands still under way may free a little more
		while (socket.send(ZmqMessage.of(frames).raw(), TimeUnit.MILLISECONDS.toNanos(50)) == SendResult.ACCEPTED) {
			sent++;
			assertThat(System.nanoTime() - until).as("after %d messages there is still room", sent).isNegative();
		}
		return sent;
	}

	/** The CPU time of all live threads whose names start so. */
	public static Duration cpuTime(String... names) {
		long nanos = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> Arrays.stream(names).anyMatch(thread.getName()::startsWith))
			.mapToLong((thread) -> Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId())))
			.sum();
		return Duration.ofNanos(nanos);
	}

	/** The CPU time that such threads use within a second. */
	public static Duration cpuTimePerSecond(String... names) throws InterruptedException {
		Duration before = cpuTime(names);
		TimeUnit.SECONDS.sleep(1);
		return cpuTime(names).minus(before);
	}

}
