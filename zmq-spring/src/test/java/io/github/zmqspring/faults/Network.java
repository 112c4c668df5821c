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

package io.github.zmqspring.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/**
 * A network namespace with one link to this one, to be disturbed. Needs root, {@code ip}
 * and {@code tc}: where they are missing the test is skipped, and says what is.
 */
final class Network implements AutoCloseable {

	private final String namespace;

	private final String nearLink;

	private final String farLink;

	private final String prefix;

	private Network() {
		long id = ProcessHandle.current().pid();
		this.namespace = "zmq-" + id;
		this.nearLink = "zn" + id;
		this.farLink = "zf" + id;
		this.prefix = "10.213." + id % 250 + ".";
	}

	static Network create() {
		Network network = new Network();
		network.require("ip", "netns", "add", network.namespace);
		try {
			network.require("ip", "link", "add", network.nearLink, "type", "veth", "peer", "name", network.farLink,
					"netns", network.namespace);
			network.require("ip", "addr", "add", network.near() + "/24", "dev", network.nearLink);
			network.require("ip", "link", "set", network.nearLink, "up");
			network.inside("ip", "addr", "add", network.far() + "/24", "dev", network.farLink);
			network.mend();
			return network;
		}
		catch (RuntimeException ex) {
			network.close();
			throw ex;
		}
	}

	/** The address of this end. */
	String near() {
		return this.prefix + "1";
	}

	/** The address of the other end. */
	String far() {
		return this.prefix + "2";
	}

	/** What runs a command at the other end. */
	String[] launcher() {
		return new String[] { "ip", "netns", "exec", this.namespace };
	}

	/** Let nothing through, without a word to either end. */
	void cut() {
		inside("ip", "link", "set", this.farLink, "down");
	}

	void mend() {
		inside("ip", "link", "set", this.farLink, "up");
	}

	/**
	 * Let so much through a second, with a short queue, beyond which packets are lost.
	 */
	void slow(String rate) {
		require("tc", "qdisc", "replace", "dev", this.nearLink, "root", "tbf", "rate", rate, "burst", "16kb", "limit",
				"32kb");
	}

	/** Lose packets at random. */
	void lose(String percent) {
		require("tc", "qdisc", "replace", "dev", this.nearLink, "root", "netem", "loss", percent);
	}

	private void inside(String... command) {
		List<String> all = new ArrayList<>(Arrays.asList(launcher()));
		all.addAll(Arrays.asList(command));
		require(all.toArray(String[]::new));
	}

	private void require(String... command) {
		String problem = run(command);
		Assumptions.assumeTrue(problem == null, "Network faults need more: " + problem);
	}

	private static String run(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			boolean ended = process.waitFor(20, TimeUnit.SECONDS);
			return (ended && process.exitValue() == 0) ? null
					: String.join(" ", command) + ": " + output.lines().findFirst().orElse("failed");
		}
		catch (IOException ex) {
			return ex.getMessage();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "interrupted";
		}
	}

	@Override
	public void close() {
		run("ip", "link", "del", this.nearLink);
		run("ip", "netns", "del", this.namespace);
	}

}
