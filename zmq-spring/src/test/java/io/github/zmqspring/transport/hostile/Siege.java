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

package io.github.zmqspring.transport.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.transport.SocketRegistry;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A socket with a good peer, to which others do harm. After each attack the good peer is
 * served both ways, all threads live, and nothing was thrown that is not a refusal.
 */
abstract class Siege implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("zmqtest.hostile.patience", 20));

	static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

	private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.github.zmqspring");

	private final Site site;

	private final SocketRegistry registry;

	private final List<Thread> threads;

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Level level = LOGGER.getLevel();

	private final int number = NUMBERS.incrementAndGet();

	/** Where a site that connects finds its hostile servers, one address each. */
	private final @Nullable Trap trap;

	private int count;

	Siege(Site site, SocketRegistry registry) {
		this.site = site;
		this.registry = registry;
		this.trap = (site.connects()) ? new Trap(site, registry) : null;
		this.threads = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> Stream.of("iothread", "reaper", "zmq-poller").anyMatch(thread.getName()::startsWith))
			.toList();
		// each refusal has a line: they are looked at, and not shown
		LOGGER.setAdditive(false);
		LOGGER.setLevel(Level.WARN);
		this.log.start();
		LOGGER.addAppender(this.log);
	}

	/** Make sockets whose threads run already, so that no test seems to leak them. */
	static TestSockets sockets() {
		TestSockets sockets = new TestSockets();
		sockets.bind("first", SocketType.PULL, TestSockets.TCP);
		return sockets;
	}

	/** The name of the socket that is attacked. */
	abstract String boundName();

	/** One message there and one back, as far as the type knows both. */
	abstract void exchange(String token);

	Site site() {
		return this.site;
	}

	String name(String prefix) {
		return prefix + "-" + this.number;
	}

	String endpoint() {
		return status().bound().get(0);
	}

	SocketStatus status() {
		return this.registry.status(boundName());
	}

	long refusals() {
		return this.registry.connections(boundName()).refusals();
	}

	Visitor visit() throws IOException {
		return (this.trap != null) ? this.trap.lure(boundName()) : Visitor.connect(endpoint(), this.site);
	}

	void exchange() {
		exchange("token-" + ++this.count);
	}

	/** Try each attack that concerns this site. */
	void endure(List<Attack> attacks) throws IOException {
		List<Throwable> failures = new ArrayList<>();
		for (Attack attack : attacks) {
			if (attack.concerns().test(this.site)) {
				try {
					endure(attack);
				}
				catch (AssertionError ex) {
					failures.add(ex);
				}
			}
		}
		assertThat(failures).as("failures at a %s", this.site).isEmpty();
	}

	private void endure(Attack attack) throws IOException {
		long refused = refusals();
		try (Visitor visitor = visit()) {
			try {
				attack.move().make(visitor);
			}
			catch (IOException ex) {
				assertThat(this.site.hasOnePeer() || attack.outcome() == Attack.Outcome.REFUSED)
					.as("'%s' may be ended, by %s", attack, ex)
					.isTrue();
			}
			switch (attack.outcome()) {
				case REFUSED -> {
					assertThat(visitor.isEnded()).as("connection ended after '%s'", attack).isTrue();
					// those of an attack before may be counted late
					await("a refusal for '" + attack + "'", () -> refusals() > refused);
				}
				case SERVED -> {
					if (this.site.hasOnePeer()) {
						// this one is a second peer, and ended as soon as the socket
						// looks
						break;
					}
					assertThat(visitor.isServed()).as("connection served after '%s'", attack).isTrue();
				}
				case DROPPED -> {
					assertThat(visitor.isServed()).as("connection served after '%s'", attack).isTrue();
					await("a report of what was dropped of '" + attack + "'", () -> refusals() > refused);
				}
				case IDLE -> visitor.skim();
			}
		}
		assertUnharmed(attack.name());
	}

	/** Fails unless the good peer is served as if nothing had happened. */
	void assertUnharmed(String after) {
		await("no peer but the good one after '" + after + "'", () -> {
			if (this.site.hasOnePeer()) {
				// a second peer is ended when the socket looks, which asking for its
				// connections has it do
				this.registry.connections(boundName());
			}
			return status().peers() == 1;
		});
		try {
			exchange();
		}
		catch (AssertionError ex) {
			throw new AssertionError("After '%s': %s".formatted(after, ex.getMessage()), ex);
		}
		assertThat(this.threads).as("threads after '%s'", after).allMatch(Thread::isAlive);
		assertThat(thrown()).as("what was thrown after '%s'", after).isEmpty();
	}

	/** How many lines were logged. */
	int lines() {
		synchronized (this.log) {
			return this.log.list.size();
		}
	}

	private List<String> thrown() {
		List<ILoggingEvent> events = new ArrayList<>();
		synchronized (this.log) {
			events.addAll(this.log.list);
			this.log.list.clear();
		}
		return events.stream()
			.filter((event) -> event.getThrowableProxy() != null)
			.map((event) -> event.getFormattedMessage() + " "
					+ ThrowableProxyUtil.asString(event.getThrowableProxy())
						.lines()
						.limit(12)
						.collect(Collectors.joining("\n")))
			.toList();
	}

	static void await(String what, BooleanSupplier condition) {
		long until = System.nanoTime() + PATIENCE.toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime() - until).as("time in which there is " + what).isNegative();
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	static void send(ManagedSocket from, Object... frames) {
		assertThat(TestSockets.send(from, frames)).as("sending").isEqualTo(SendResult.ACCEPTED);
	}

	static ZmqMessage receive(ManagedSocket to, String token) {
		long until = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			ZmqMessage message = to.receive(Math.max(1, until - System.nanoTime()));
			assertThat(message).as("%s for %s", token, to).isNotNull();
			if (endsWith(message, token)) {
				return message;
			}
		}
	}

	/**
	 * Send until it is there: others may be dealt some, or it is not subscribed to yet.
	 */
	static ZmqMessage deal(ManagedSocket from, ManagedSocket to, Object... frames) {
		long until = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			from.send(ZmqMessage.of(frames).raw(), SHORT_NANOS);
			ZmqMessage message = to.receive(SHORT_NANOS);
			while (message != null) {
				if (endsWith(message, String.valueOf(frames[frames.length - 1]))) {
					return message;
				}
				message = to.receive(SHORT_NANOS);
			}
			assertThat(System.nanoTime() - until).as("time to get a message to %s", to).isNegative();
		}
	}

	static boolean endsWith(ZmqMessage message, String token) {
		return message.size() > 0 && message.text(message.size() - 1).equals(token);
	}

	/** Read all that waits. */
	static void drain(ManagedSocket socket) {
		while (socket.receive(0) != null) {
			// of the attack
		}
	}

	@Override
	public void close() {
		if (this.trap != null) {
			this.trap.close();
		}
		LOGGER.detachAppender(this.log);
		LOGGER.setLevel(this.level);
		LOGGER.setAdditive(true);
	}

}
