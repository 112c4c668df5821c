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

import org.HdrHistogram.Histogram;

/**
 * Requests: one after the other against REQ and REP in lock-step, and many at once
 * against hand-written DEALER and ROUTER loops with the same number in flight and the
 * same frames on the wire.
 */
final class RequestBenchmark implements Benchmark {

	private final int inFlight;

	private final Bound bound;

	RequestBenchmark() {
		this(0, Bound.NONE);
	}

	private RequestBenchmark(int inFlight, Bound bound) {
		this.inFlight = inFlight;
		this.bound = bound;
	}

	/** Many requests at a time. */
	static RequestBenchmark inFlight(int requests, double bound) {
		return new RequestBenchmark(requests, Bound.atLeast(bound));
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		if (this.inFlight > 0) {
			report.rates("requests, %d in flight".formatted(this.inFlight),
					Comparison.measure(settings.reps(), new RequestSides.RawPipelined(settings, this.inFlight),
							new RequestSides.LibraryPipelined(settings, this.inFlight)),
					this.bound);
			return;
		}
		lockStep(settings, report, "template to raw REP", true);
		lockStep(settings, report, "template to listener", false);
	}

	private static void lockStep(Settings settings, Report report, String name, boolean rawServer) throws Exception {
		Comparison<Histogram> result = Comparison.measure(settings.reps(), new RequestSides.RawLockStep(settings),
				new RequestSides.LibraryLockStep(settings, rawServer));
		report.times("request p50, " + name,
				result.difference((histogram) -> histogram.getValueAtPercentile(50) / 1000.0), Bound.atMost(15));
		report.times("request p99, " + name,
				result.difference((histogram) -> histogram.getValueAtPercentile(99) / 1000.0), Bound.NONE);
	}

}
