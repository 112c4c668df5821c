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

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.openjdk.jmh.Main;

/**
 * Measures the library against the tightest hand-written loop on JeroMQ. Both sides run
 * in one JVM and alternate, since absolute figures vary by a third from one run to the
 * next; the result is the median of the ratios. Each benchmark has a JVM of its own: the
 * profile that the compiler has of an earlier one would slow it down.
 *
 * @since 0.1.0
 */
public final class Benchmarks {

	/** Benchmarks by name, in the order in which they run. */
	static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

	static {
		ALL.put("idle", new IdleBenchmark());
		ALL.put("send", new SendBenchmark(1));
		ALL.put("send-4", new SendBenchmark(4));
		ALL.put("send-16", new SendBenchmark(16));
		ALL.put("receive", new ReceiveBenchmark(""));
		ALL.put("receive-inline", new ReceiveBenchmark("inline"));
		ALL.put("defaults-16", DefaultsBenchmark.ofEach(16, 1.2, 1.2));
		ALL.put("defaults-256", DefaultsBenchmark.ofEach(256, 2.0, 1.5));
		ALL.put("defaults-4096", DefaultsBenchmark.ofEach(4096, 2.7, 3.3));
		ALL.put("defaults-65536", DefaultsBenchmark.ofEach(65_536, 1.0, 1.0));
		ALL.put("defaults-1000000", DefaultsBenchmark.ofEach(1_000_000, 1.0, 1.0));
		ALL.put("copies-1000000", DefaultsBenchmark.ofSameCopies(1_000_000));
		ALL.put("end-to-end", DefaultsBenchmark.ofSameBatch());
		ALL.put("latency", new LatencyBenchmark());
		ALL.put("requests", new RequestBenchmark());
		ALL.put("requests-100", RequestBenchmark.inFlight(100, 1.2));
		ALL.put("requests-10000", RequestBenchmark.inFlight(10_000, 1.1));
		ALL.put("meters", new MetersBenchmark());
		ALL.put("memory", new MemoryBenchmark());
		ALL.put("start-up", new StartUpBenchmark());
		ALL.put("curve", new CurveBenchmark());
	}

	private static final int MISSED = 3;

	private Benchmarks() {
	}

	/**
	 * Run benchmarks and print a table.
	 * @param args names of benchmarks, {@code all} or none for all of them, and
	 * {@code --quick}, {@code --reps=}, {@code --millis=}, {@code --size=},
	 * {@code --batch=}, {@code --chart=}, {@code --check}; or {@code micro} and arguments
	 * of JMH, for the micro-benchmarks
	 * @throws Exception if a benchmark cannot be run
	 */
	public static void main(String... args) throws Exception {
		if (args.length > 0 && "micro".equals(args[0])) {
			Main.main(Arrays.copyOfRange(args, 1, args.length));
			return;
		}
		Settings settings = Settings.parse(args);
		for (String name : settings.benchmarks()) {
			if (!ALL.containsKey(name)) {
				throw new IllegalArgumentException("There is no benchmark '" + name + "'. There are " + ALL.keySet());
			}
		}
		Report report = new Report(System.out, (settings.results() != null) ? Path.of(settings.results()) : null);
		if (settings.forked()) {
			Raw.batch(settings.batch());
			for (String name : settings.benchmarks()) {
				Objects.requireNonNull(ALL.get(name)).run(settings, report);
			}
			// threads of a peer that does not end must not keep the run alive
			System.exit((report.isMissed()) ? MISSED : 0);
		}
		report.head(settings);
		Path results = Files.createTempFile("zmq-benchmarks", ".tsv");
		Settings collecting = settings.withResults(results.toString());
		for (String name : settings.benchmarks()) {
			report.missed(fork(name, collecting) == MISSED);
		}
		report.foot();
		if (settings.chart() != null) {
			Chart chart = new Chart();
			Files.readAllLines(results).forEach((line) -> chart.add(Chart.Bar.of(line)));
			chart.write(Path.of(settings.chart()), "JDK " + Runtime.version() + ", "
					+ Runtime.getRuntime().availableProcessors() + " processors, medians of " + settings.reps());
		}
		Files.delete(results);
		System.exit((settings.check() && report.isMissed()) ? 1 : 0);
	}

	private static int fork(String name, Settings settings) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Benchmarks.class.getName(), name));
		command.addAll(settings.toArguments());
		int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
		if (exit != 0 && exit != MISSED) {
			throw new IllegalStateException("Benchmark '" + name + "' failed");
		}
		return exit;
	}

}
