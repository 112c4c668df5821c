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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.openjdk.jmh.Main;

/**
 * Measures the library against the tightest loop that can be written by hand on JeroMQ.
 * Both sides run in one JVM and take turns, since absolute figures vary by a third from
 * one run to the next; what counts is the median of the ratios.
 *
 * @since 0.1.0
 */
public final class Benchmarks {

	/** By name, in the order they are run in. */
	static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

	static {
		ALL.put("idle", new IdleBenchmark());
		ALL.put("send", new SendBenchmark());
		ALL.put("receive", new ReceiveBenchmark());
		ALL.put("defaults", new DefaultsBenchmark());
		ALL.put("latency", new LatencyBenchmark());
		ALL.put("requests", new RequestBenchmark());
		ALL.put("meters", new MetersBenchmark());
	}

	private Benchmarks() {
	}

	/**
	 * Runs benchmarks and prints a table.
	 * @param args names of benchmarks, {@code all} or none for all of them, and
	 * {@code --reps=}, {@code --millis=}, {@code --size=}, {@code --batch=},
	 * {@code --check}; or {@code micro} and arguments of JMH, for the micro-benchmarks
	 * @throws Exception if a benchmark cannot be run
	 */
	public static void main(String... args) throws Exception {
		if (args.length > 0 && "micro".equals(args[0])) {
			Main.main(Arrays.copyOfRange(args, 1, args.length));
			return;
		}
		Settings settings = Settings.parse(args);
		Raw.batch(settings.batch());
		Report report = new Report(System.out);
		report.head(settings);
		for (String name : settings.benchmarks()) {
			Benchmark benchmark = ALL.get(name);
			if (benchmark == null) {
				throw new IllegalArgumentException("There is no benchmark '" + name + "'. There are " + ALL.keySet());
			}
			benchmark.run(settings, report);
		}
		report.foot();
		// threads of a peer that does not end must not keep the run alive
		System.exit((settings.check() && report.isMissed()) ? 1 : 0);
	}

}
