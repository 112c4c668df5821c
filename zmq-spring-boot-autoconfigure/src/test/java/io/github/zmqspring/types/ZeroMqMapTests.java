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

package io.github.zmqspring.types;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds {@code docs/zeromq-map.md} to the pyzmq that is installed, to the guide's second
 * chapter, and to the tests that it names.
 */
class ZeroMqMapTests {

	private static final Path PAGE = Path.of("..", "docs", "zeromq-map.md");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

	/** Headings of the chapter. */
	private static final List<String> CHAPTER_2 = List.of("The Socket API", "Plugging Sockets into the Topology",
			"Sending and Receiving Messages", "Unicast Transports", "ZeroMQ is Not a Neutral Carrier", "I/O Threads",
			"Messaging Patterns", "High-Level Messaging Patterns", "Working with Messages", "Handling Multiple Sockets",
			"Multipart Messages", "Intermediaries and Proxies", "The Dynamic Discovery Problem", "Shared Queue",
			"ZeroMQ's Built-In Proxy Function", "Transport Bridging", "Handling Errors and ETERM",
			"Handling Interrupt Signals", "Detecting Memory Leaks", "Multithreading with ZeroMQ",
			"Signaling Between Threads", "Node Coordination", "Zero-Copy", "Pub-Sub Message Envelopes",
			"High-Water Marks", "Missing Message Problem Solver");

	private final Map<String, List<String[]>> tables = tables();

	@ParameterizedTest
	@ValueSource(strings = { "Socket", "Context", "Poller" })
	@RequiresPyzmq
	void everyPublicNameOfPyzmqIsMapped(String type) {
		Set<String> names;
		try (PythonPeer peer = PythonPeer.start("""
				say("names", *[n for n in dir(getattr(zmq, sys.argv[1])) if not n.startswith("_")])
				""", type)) {
			names = new TreeSet<>(List.of(peer.awaitLine("names ").substring(6).split(" ")));
			assertThat(peer.awaitExit()).isZero();
		}
		assertThat(names).hasSizeGreaterThan(3);
		Set<String> mapped = new TreeSet<>();
		for (String[] row : this.tables.get(type + " (pyzmq)")) {
			CODE.matcher(row[0]).results().forEach((code) -> {
				Matcher word = WORD.matcher(code.group(1));
				while (word.find()) {
					mapped.add(word.group());
				}
			});
		}
		assertThat(mapped).containsAll(names);
	}

	@Test
	void everyTopicOfTheSecondChapterIsMapped() {
		List<String> topics = this.tables.get("Chapter 2 of the guide, and the examples before it")
			.stream()
			.map((row) -> row[0])
			.toList();
		for (String topic : CHAPTER_2) {
			assertThat(topics).as(topic).anyMatch((mapped) -> mapped.startsWith(topic));
		}
	}

	@Test
	void everyRowHasATestThatExists() {
		List<String> missing = new ArrayList<>();
		int tests = 0;
		for (List<String[]> rows : this.tables.values()) {
			for (String[] row : rows) {
				List<String> named = CODE.matcher(row[2]).results().map((code) -> code.group(1)).toList();
				if (named.isEmpty()) {
					missing.add(row[0] + ": no test");
				}
				named.stream().filter((test) -> !exists(test)).forEach((test) -> missing.add(row[0] + ": " + test));
				tests += named.size();
			}
		}
		assertThat(missing).isEmpty();
		assertThat(tests).isGreaterThan(80);
	}

	private static boolean exists(String test) {
		int dot = test.indexOf('.');
		String type = "io.github.zmqspring." + ((dot >= 0) ? test.substring(0, dot) : test).replace('/', '.');
		try {
			Class<?> found = Class.forName(type);
			return dot < 0 || Stream.of(found.getDeclaredMethods())
				.anyMatch((method) -> method.getName().equals(test.substring(dot + 1)));
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	/** The tables of three columns whose last one names tests, by their headings. */
	private static Map<String, List<String[]>> tables() {
		Map<String, List<String[]>> tables = new LinkedHashMap<>();
		String heading = "";
		boolean inside = false;
		try {
			for (String line : Files.readAllLines(PAGE)) {
				if (line.startsWith("## ")) {
					heading = line.substring(3);
				}
				inside = line.endsWith("| Test |") || (inside && line.startsWith("|"));
				if (inside && !line.endsWith("| Test |") && !line.startsWith("|---")) {
					tables.computeIfAbsent(heading, (name) -> new ArrayList<>()).add(cells(line));
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return tables;
	}

	private static String[] cells(String line) {
		String[] cells = line.substring(1, line.length() - 1).split(" \\| ");
		assertThat(cells).as(line).hasSize(3);
		return Stream.of(cells).map(String::strip).toArray(String[]::new);
	}

}
