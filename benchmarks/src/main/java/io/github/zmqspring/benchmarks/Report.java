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
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Prints results as they come, one line each.
 */
final class Report {

	private static final String ROW = "%-38s %12s %12s %8s %16s %8s  %-8s %s%n";

	private final PrintStream out;

	private final @Nullable Path results;

	private boolean missed;

	/**
	 * Create it.
	 * @param out where to print
	 * @param results takes what a chart shows, or {@code null}
	 */
	Report(PrintStream out, @Nullable Path results) {
		this.out = out;
		this.results = results;
	}

	void head(Settings settings) {
		this.out.printf(
				"JDK %s, %d processors, %d B messages, engine batch %d KiB, %d repetitions of %d ms a side, taking turns%n%n",
				Runtime.version(), Runtime.getRuntime().availableProcessors(), settings.size(), settings.batch() / 1024,
				settings.reps(), settings.millis());
		this.out.printf(ROW, "", "raw JeroMQ", "library", "median", "lowest..highest", "by CPU", "bound", "");
	}

	/** Rates in messages a second, compared by their ratio. */
	void rates(String name, Comparison<Throughput> result, Bound bound) {
		Comparison.Summary rate = result.ratio(Throughput::rate);
		row(name, "%.1f k/s", rate.raw() / 1000, rate.library() / 1000, "x%.2f", rate,
				format("x%.2f", result.ratio(Throughput::perCpuSecond).median()), bound);
		Path file = this.results;
		if (file != null) {
			append(file, new Chart.Bar(name, rate.median(), rate.lowest(), rate.highest()));
		}
	}

	/** Rates of the library, compared with those of another implementation. */
	void rates(String name, String other, Comparison<Throughput> result, Bound bound) {
		rates(name + ((other.isEmpty()) ? "" : ", to " + other), result, bound);
	}

	/** Memory in KiB, which is no comparison. */
	void memory(String name, double kib, Bound bound) {
		row(name, "%.2f KiB", 0, kib, "%.2f", new Comparison.Summary(0, kib, kib, kib, kib), "", bound);
	}

	/** Times in microseconds, compared by their difference. */
	void times(String name, Comparison.Summary result, Bound bound) {
		row(name, "%.1f us", result.raw(), result.library(), "%+.1f", result, "", bound);
	}

	/** Shares of one processor in per cent, compared by their difference. */
	void shares(String name, Comparison.Summary result, Bound bound) {
		row(name, "%.2f %%", result.raw(), result.library(), "%+.2f", result, "", bound);
	}

	private static void append(Path file, Chart.Bar bar) {
		try {
			Files.writeString(file, bar.toLine() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void row(String name, String unit, double raw, double library, String format, Comparison.Summary result,
			String cpu, Bound bound) {
		boolean met = bound.isMetBy(result.median());
		this.missed |= !met;
		String verdict = (bound.equals(Bound.NONE)) ? "" : ((met) ? "ok" : "MISSED");
		this.out.printf(ROW, name, format(unit, raw), format(unit, library), format(format, result.median()),
				format("%.2f..%.2f", result.lowest(), result.highest()), cpu, bound, verdict);
		this.out.flush();
	}

	private static String format(String format, Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

	void foot() {
		this.out.println();
		this.out.println((this.missed) ? "A bound was missed." : "All bounds were met.");
	}

	void missed(boolean missed) {
		this.missed |= missed;
	}

	boolean isMissed() {
		return this.missed;
	}

}
