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

import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * The 99th percentile of times, from one look to the next.
 */
final class Latency {

	private static final long HIGHEST = TimeUnit.MINUTES.toNanos(5);

	private final Recorder recorder = new Recorder(HIGHEST, 2);

	private @Nullable Histogram interval;

	void record(long nanos) {
		this.recorder.recordValue(Math.max(0, Math.min(HIGHEST, nanos)));
	}

	synchronized double millis() {
		Histogram histogram = this.recorder.getIntervalHistogram(this.interval);
		this.interval = histogram;
		return histogram.getValueAtPercentile(99) / 1e6;
	}

}
