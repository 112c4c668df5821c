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

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Two sides that alternated.
 *
 * @param <T> the type of a measurement
 * @param raw the results of the hand-written side
 * @param library the results of the library, each measured next to its counterpart
 */
record Comparison<T>(List<T> raw, List<T> library) {

	private static final int LEAST_WARM_UPS = 2;

	private static final long MOST_WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(10);

	/** The compiler is done when it takes less than this share of one processor. */
	private static final double COMPILER_SHARE = 0.05;

	private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

	static <T> Comparison<T> measure(int reps, Side<T> raw, Side<T> library) throws Exception {
		try (raw; library) {
			warmUp(raw, library);
			List<T> first = new ArrayList<>();
			List<T> second = new ArrayList<>();
			for (int i = 0; i < reps; i++) {
				if (i % 2 == 0) {
					first.add(raw.measure());
					second.add(library.measure());
				}
				else {
					second.add(library.measure());
					first.add(raw.measure());
				}
			}
			return new Comparison<>(first, second);
		}
	}

	/**
	 * Let both sides work until the compiler is done. On two processors it takes one of
	 * them for the first seconds, and the longer the more code a side has.
	 */
	private static <T> void warmUp(Side<T> raw, Side<T> library) throws Exception {
		long begin = System.nanoTime();
		double share = 1;
		for (int i = 0; i < LEAST_WARM_UPS
				|| (share > COMPILER_SHARE && System.nanoTime() - begin < MOST_WARM_UP_NANOS); i++) {
			long start = System.nanoTime();
			long compiled = COMPILER.getTotalCompilationTime();
			raw.measure();
			library.measure();
			share = (COMPILER.getTotalCompilationTime() - compiled) * 1e6 / (System.nanoTime() - start);
		}
	}

	Summary ratio(ToDoubleFunction<T> value) {
		return compare(value, (first, second) -> second / first);
	}

	Summary difference(ToDoubleFunction<T> value) {
		return compare(value, (first, second) -> second - first);
	}

	private Summary compare(ToDoubleFunction<T> value, DoubleBinaryOperator operator) {
		double[] first = this.raw.stream().mapToDouble(value).toArray();
		double[] second = this.library.stream().mapToDouble(value).toArray();
		double[] pairs = new double[first.length];
		for (int i = 0; i < pairs.length; i++) {
			pairs[i] = operator.applyAsDouble(first[i], second[i]);
		}
		double median = median(pairs);
		return new Summary(median(first), median(second), median, pairs[0], pairs[pairs.length - 1]);
	}

	private static double median(double[] values) {
		Arrays.sort(values);
		int middle = values.length / 2;
		return (values.length % 2 != 0) ? values[middle] : (values[middle - 1] + values[middle]) / 2;
	}

	/**
	 * The summary of the pairs.
	 *
	 * @param raw the median of the hand-written side
	 * @param library the median of the library
	 * @param median the median of the pairs' ratios or differences
	 * @param lowest the lowest
	 * @param highest the highest
	 */
	record Summary(double raw, double library, double median, double lowest, double highest) {

	}

}
