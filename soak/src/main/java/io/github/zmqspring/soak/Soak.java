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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Runs the processes and the faults, and judges what came of it.
 *
 * @since 0.1.0
 */
public final class Soak {

	/** The high-water marks of the processes that are killed. */
	static final int MORTAL_HWM = 100;

	private static final int MORTALS = 2;

	private static final long DRAIN_NANOS = TimeUnit.MINUTES.toNanos(5);

	private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private final List<Peer> peers = new ArrayList<>();

	private final History history = new History();

	private final Settings settings;

	private Soak(Settings settings) {
		this.settings = settings;
	}

	/**
	 * Run a soak, print a table, and write it and a chart to files.
	 * @param args minutes, seed (0 for any), messages a second, directory
	 * @throws Exception if it cannot run
	 */
	public static void main(String... args) throws Exception {
		Settings settings = Settings.parse(args);
		Files.createDirectories(settings.directory());
		System.exit(new Soak(settings).run() ? 0 : 1);
	}

	private boolean run() throws Exception {
		System.out.printf("Soak of %s with seed %d (-Dsoak.seed), %d messages a second of each kind%n",
				this.settings.length(), this.settings.seed(), this.settings.rate());
		try {
			Peer hub = start(Role.HUB, "hub", List.of());
			List<String> endpoints = hub.endpoints();
			Peer client = start(Role.CLIENT, "client", endpoints);
			List<Peer> mortals = new ArrayList<>();
			for (int i = 1; i <= MORTALS; i++) {
				mortals.add(start(Role.MORTAL, "mortal-" + i, endpoints));
			}
			// all subscriptions are there before the first message
			LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
			this.peers.forEach((peer) -> peer.process().tell("go"));
			Faults faults = new Faults(this.settings.seed(), hub, client, mortals);
			disturb(hub, client, faults);
			faults.healAll();
			drain();
			Verdict verdict = new Verdict(this.peers, this.history, faults.killed());
			String report = Report.of(this.settings, verdict, this.history, faults);
			System.out.print(report);
			Files.writeString(this.settings.directory().resolve("soak.txt"), report, StandardCharsets.UTF_8);
			Files.writeString(this.settings.directory().resolve("soak.svg"), Chart.of(this.history),
					StandardCharsets.UTF_8);
			System.out.println("Chart: " + this.settings.directory().resolve("soak.svg"));
			return verdict.isGood();
		}
		finally {
			this.peers.forEach(Peer::close);
		}
	}

	private Peer start(Role role, String name, List<String> endpoints) throws IOException {
		Peer peer = new Peer(role, name, this.settings, endpoints, freePort());
		this.peers.add(peer);
		peer.awaitReady();
		return peer;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void disturb(Peer hub, Peer client, Faults faults) throws IOException {
		long start = System.nanoTime();
		long end = start + this.settings.length().toNanos();
		long nextFault = start + faults.pauseNanos();
		long nextSample = start + this.settings.window().toNanos();
		boolean steady = true;
		while (System.nanoTime() - end < 0) {
			faults.heal();
			steady &= !hub.isStopped() && !client.isStopped();
			if (System.nanoTime() - nextFault >= 0) {
				Faults.Fault fault = faults.next();
				this.history.fault(seconds(start), fault);
				nextFault = System.nanoTime() + faults.pauseNanos();
			}
			if (System.nanoTime() - nextSample >= 0 && !hub.isStopped() && !client.isStopped()) {
				this.history.add(seconds(start), Sample.parse(hub.ask("sample", "sample ")),
						Sample.parse(client.ask("sample", "sample ")), delivered(), steady);
				nextSample = System.nanoTime() + this.settings.window().toNanos();
				steady = true;
			}
			LockSupport.parkNanos(STEP_NANOS);
		}
	}

	private static double seconds(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	private long delivered() {
		return Arrays.stream(Traffic.values()).mapToLong((traffic) -> count(traffic, Count.DELIVERED)).sum();
	}

	private long count(Traffic traffic, Count count) {
		return this.peers.stream().mapToLong((peer) -> peer.count(traffic, count)).sum();
	}

	/** Have all that was sent arrive, or end. */
	private void drain() {
		this.peers.forEach((peer) -> peer.process().tell("slow 0"));
		this.peers.forEach((peer) -> peer.ask("quiet", "quiet"));
		await(() -> this.peers.stream().allMatch((peer) -> {
			peer.ask("account", "accounted");
			return true;
		}) && Arrays.stream(Traffic.values()).allMatch(this::isAccountedFor));
		// and what would come a second time
		LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
	}

	private boolean isAccountedFor(Traffic traffic) {
		return Verdict.unaccounted(this.peers, traffic) <= 0
				|| (traffic.promise() != Traffic.Promise.ALL && traffic.promise() != Traffic.Promise.ENDS);
	}

	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + DRAIN_NANOS;
		while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
		}
	}

}
