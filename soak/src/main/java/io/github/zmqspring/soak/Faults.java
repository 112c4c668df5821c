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

package io.github.zmqspring.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.test.Ports;

/**
 * Faults at random, one after the other.
 */
final class Faults {

	private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

	private final PriorityQueue<Timed> later = new PriorityQueue<>();

	private final Random random;

	private final Junk junk;

	private final Peer hub;

	private final Peer client;

	private final List<Peer> mortals;

	private final List<Integer> ports;

	private int killed;

	Faults(long seed, Peer hub, Peer client, List<Peer> mortals) {
		this.random = new Random(seed);
		this.junk = new Junk(this.random);
		this.hub = hub;
		this.client = client;
		this.mortals = mortals;
		this.ports = hub.endpoints()
			.stream()
			.map((line) -> line.substring(line.indexOf(' ') + 1))
			.filter((endpoint) -> endpoint.startsWith("tcp:"))
			.map(Ports::portOf)
			.toList();
	}

	/** Return how long to wait for the next. */
	long pauseNanos() {
		return TimeUnit.MILLISECONDS.toNanos(1000 + this.random.nextInt(6000));
	}

	Map<Fault, Integer> counts() {
		return this.counts;
	}

	int killed() {
		return this.killed;
	}

	/** End what is over by now. */
	void heal() {
		while (!this.later.isEmpty() && this.later.peek().nanos - System.nanoTime() <= 0) {
			this.later.remove().action.run();
		}
	}

	void healAll() {
		while (!this.later.isEmpty()) {
			this.later.remove().action.run();
		}
		this.junk.release();
		this.hub.thaw();
		this.client.thaw();
	}

	Fault next() throws IOException {
		Fault fault = Fault.choose(this.random);
		this.counts.merge(fault, 1, Integer::sum);
		Peer mortal = this.mortals.get(this.random.nextInt(this.mortals.size()));
		switch (fault) {
			case KILL -> kill(mortal);
			case KILL_STOPPED -> {
				mortal.freeze();
				kill(mortal);
			}
			case END -> {
				mortal.thaw();
				mortal.process().terminate();
				this.killed++;
				mortal.process().awaitExit(Peer.LIMIT);
				start(mortal);
			}
			case STOP -> stop(mortal, 4000);
			case STOP_STEADY -> stop((this.random.nextBoolean()) ? this.hub : this.client, 2000);
			case JUNK -> this.junk.send(this.ports.get(this.random.nextInt(this.ports.size())));
			case SLOW -> slow(mortal);
			case TAKEN_PORT -> takePort(mortal);
		}
		return fault;
	}

	private void kill(Peer peer) {
		peer.process().kill();
		this.killed++;
		peer.process().awaitExit(Peer.LIMIT);
		start(peer);
	}

	private static void start(Peer peer) {
		peer.restart();
		peer.awaitReady();
		peer.process().tell("go");
	}

	private void stop(Peer peer, int mostMillis) {
		peer.freeze();
		after(100 + this.random.nextInt(mostMillis), peer::thaw);
	}

	private void slow(Peer peer) {
		peer.process().tell("slow " + (5 + this.random.nextInt(100)));
		after(1000 + this.random.nextInt(5000), () -> peer.process().tell("slow 0"));
	}

	/** The port that it binds is taken: it must not start, say why, and start later. */
	private void takePort(Peer peer) throws IOException {
		peer.process().kill();
		this.killed++;
		peer.process().awaitExit(Peer.LIMIT);
		try (ServerSocket taken = new ServerSocket(peer.door(), 1, InetAddress.getLoopbackAddress())) {
			peer.restart();
			peer.process().awaitLine("port|in use", Peer.LIMIT);
			if (peer.process().awaitExit(Peer.LIMIT) == 0) {
				throw new AssertionError(peer.name() + " started on the taken port " + taken.getLocalPort());
			}
		}
		start(peer);
	}

	private void after(int millis, Runnable action) {
		this.later.add(new Timed(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), action));
	}

	/**
	 * The kinds, with their weights.
	 */
	enum Fault {

		KILL(20, "kill -9 and restart"), KILL_STOPPED(5, "SIGSTOP, kill -9 and restart"),
		END(10, "SIGTERM and restart"), STOP(15, "SIGSTOP and SIGCONT of the killed"),
		STOP_STEADY(10, "SIGSTOP and SIGCONT of hub or client"), JUNK(25, "up to 20 hostile connections"),
		SLOW(10, "slow reader"), TAKEN_PORT(5, "port taken at the start");

		private final int weight;

		private final String title;

		Fault(int weight, String title) {
			this.weight = weight;
			this.title = title;
		}

		String title() {
			return this.title;
		}

		static Fault choose(Random random) {
			int sum = 0;
			for (Fault fault : values()) {
				sum += fault.weight;
			}
			int chosen = random.nextInt(sum);
			for (Fault fault : values()) {
				chosen -= fault.weight;
				if (chosen < 0) {
					return fault;
				}
			}
			return JUNK;
		}

	}

	/**
	 * What ends a fault.
	 */
	private record Timed(long nanos, Runnable action) implements Comparable<Timed> {

		@Override
		public int compareTo(Timed other) {
			return Long.compare(this.nanos, other.nanos);
		}

	}

}
