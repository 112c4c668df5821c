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

package io.github.zmqspring.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Another implementation of ZeroMQ, PUSH to PULL in a process of its own: libzmq in C,
 * where there are a compiler and its headers, and pyzmq.
 */
final class External implements Side<Throughput> {

	private static final long PATIENCE_SECONDS = 60;

	private final List<String> command;

	private final int size;

	private final Settings settings;

	External(List<String> command, int size, Settings settings) {
		this.command = command;
		this.size = size;
		this.settings = settings;
	}

	/** Return those that this machine has, by name. */
	static Map<String, External> available(Settings settings) throws IOException, InterruptedException {
		Map<String, External> available = new LinkedHashMap<>();
		Path program = compile("push-pull");
		if (program != null) {
			available.put("libzmq in C", new External(List.of(program.toString()), settings.size(), settings));
		}
		if (succeeds("/usr/bin/python3", "-c", "import zmq")) {
			Path script = copy(Files.createTempDirectory("zmq-benchmarks"), "push-pull.py");
			available.put("pyzmq",
					new External(List.of("/usr/bin/python3", script.toString()), settings.size(), settings));
		}
		return available;
	}

	/** Compile a program in C, or return {@code null} where that cannot be done. */
	static @Nullable Path compile(String name) throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("zmq-benchmarks");
		Path program = directory.resolve(name);
		return succeeds("cc", "-O2", "-o", program.toString(), copy(directory, name + ".c").toString(), "-lzmq",
				"-lpthread") ? program : null;
	}

	private static Path copy(Path directory, String name) throws IOException {
		Path file = directory.resolve(name);
		try (InputStream resource = Objects.requireNonNull(External.class.getResourceAsStream(name))) {
			Files.copy(resource, file);
		}
		file.toFile().deleteOnExit();
		return file;
	}

	private static boolean succeeds(String... command) throws InterruptedException {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			// there is no such program
			return false;
		}
	}

	@Override
	public Throughput measure() throws Exception {
		List<String> all = new ArrayList<>(this.command);
		all.add(Integer.toString(this.size));
		all.add(Long.toString(this.settings.warmUpMillis()));
		all.add(Integer.toString(this.settings.millis()));
		Process process = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
			String line = output.readLine();
			if (line == null) {
				throw new IllegalStateException("No result of " + all);
			}
			String[] values = line.trim().split(" ");
			return new Throughput(Double.parseDouble(values[0]), Double.parseDouble(values[1]));
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	@Override
	public void close() {
	}

}
