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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.zmqspring.test.ZmqAppProcess;

/**
 * A process of the soak, through all its lives.
 */
final class Peer implements AutoCloseable {

	/** How long anything may take: the machine may be busy. */
	static final Duration LIMIT = Duration.ofMinutes(10);

	private final List<Tally> tallies = new ArrayList<>();

	private final Role role;

	private final String name;

	private final Settings settings;

	private final List<String> endpoints;

	private final int door;

	private ZmqAppProcess process;

	private boolean stopped;

	Peer(Role role, String name, Settings settings, List<String> endpoints, int door) {
		this.role = role;
		this.name = name;
		this.settings = settings;
		this.endpoints = endpoints;
		this.door = door;
		this.process = launch();
	}

	private ZmqAppProcess launch() {
		Path file = this.settings.directory().resolve("soak-" + this.name + "-" + this.tallies.size() + ".tally");
		this.tallies.add(Tally.open(file));
		file.toFile().deleteOnExit();
		return ZmqAppProcess.of(SoakApp.class)
			.jvmOptions("-Xmx" + this.role.heap() + "m")
			.args(this.role, file, this.settings.rate())
			.args(this.role.arguments(this.endpoints, this.settings, this.door).toArray())
			.start();
	}

	String name() {
		return this.name;
	}

	int door() {
		return this.door;
	}

	boolean isStopped() {
		return this.stopped;
	}

	ZmqAppProcess process() {
		return this.process;
	}

	void awaitReady() {
		this.process.awaitLine("^ready", LIMIT);
	}

	List<String> endpoints() {
		return this.process.lines()
			.stream()
			.filter((line) -> line.startsWith("bound "))
			.map((line) -> line.substring("bound ".length()))
			.toList();
	}

	/** Start it again, after its end. */
	void restart() {
		this.stopped = false;
		this.process.close();
		this.process = launch();
	}

	void freeze() {
		this.process.signal("STOP");
		this.stopped = true;
	}

	void thaw() {
		if (this.stopped) {
			this.process.signal("CONT");
			this.stopped = false;
		}
	}

	/** Tell it something, and wait for its answer. */
	String ask(String line, String answer) {
		this.process.tell(line);
		return this.process.awaitLine("^" + answer, LIMIT);
	}

	long count(Traffic traffic, Count count) {
		return this.tallies.stream().mapToLong((tally) -> tally.get(traffic, count)).sum();
	}

	@Override
	public void close() {
		this.process.close();
	}

}
