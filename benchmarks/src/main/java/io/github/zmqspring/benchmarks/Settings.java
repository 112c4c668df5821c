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

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.DefaultApplicationArguments;

/**
 * The settings of the command line.
 *
 * @param benchmarks which benchmarks to run
 * @param reps how often each side is measured; the sides alternate
 * @param millis how long a side is measured each time
 * @param size bytes of a message
 * @param batch bytes that an I/O thread reads or writes at once, on both sides
 * @param check whether a missed bound fails the run
 * @param forked whether this JVM runs these benchmarks only
 * @param chart where to write a chart, or {@code null}
 * @param results where each JVM writes what the chart shows, or {@code null}
 */
record Settings(List<String> benchmarks, int reps, int millis, int size, int batch, boolean check, boolean forked,
		@Nullable String chart, @Nullable String results) {

	/** What shows most in three minutes. */
	private static final List<String> QUICK = List.of("send", "send-4", "receive", "defaults-16", "defaults-256",
			"defaults-4096", "requests-100");

	static Settings parse(String... args) {
		DefaultApplicationArguments arguments = new DefaultApplicationArguments(args);
		boolean quick = arguments.containsOption("quick");
		List<String> given = arguments.getNonOptionArgs();
		List<String> names = (quick && given.isEmpty()) ? QUICK : given;
		return new Settings((names.isEmpty() || names.contains("all")) ? List.copyOf(Benchmarks.ALL.keySet()) : names,
				number(arguments, "reps", (quick) ? 3 : 9), number(arguments, "millis", (quick) ? 400 : 1500),
				number(arguments, "size", 256), number(arguments, "batch", Raw.batch()),
				arguments.containsOption("check"), arguments.containsOption("forked"), text(arguments, "chart"),
				text(arguments, "results"));
	}

	/** Return the same settings for a JVM that runs one benchmark. */
	List<String> toArguments() {
		List<String> arguments = new ArrayList<>(List.of("--reps=" + this.reps, "--millis=" + this.millis,
				"--size=" + this.size, "--batch=" + this.batch, "--forked"));
		if (this.results != null) {
			arguments.add("--results=" + this.results);
		}
		return arguments;
	}

	/** Return the same settings for messages of another size. */
	Settings ofSize(int size) {
		return new Settings(this.benchmarks, this.reps, this.millis, size, this.batch, this.check, this.forked,
				this.chart, this.results);
	}

	/** Return the same settings with a file for what the chart shows. */
	Settings withResults(String results) {
		return new Settings(this.benchmarks, this.reps, this.millis, this.size, this.batch, this.check, this.forked,
				this.chart, results);
	}

	private static @Nullable String text(DefaultApplicationArguments arguments, String name) {
		List<String> values = arguments.getOptionValues(name);
		return (values != null && !values.isEmpty()) ? values.get(0) : null;
	}

	private static int number(DefaultApplicationArguments arguments, String name, int fallback) {
		List<String> values = arguments.getOptionValues(name);
		return (values != null && !values.isEmpty()) ? Integer.parseInt(values.get(0)) : fallback;
	}

	long warmUpMillis() {
		return 300L + this.millis / 4;
	}

}
