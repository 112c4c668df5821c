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

import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long and how hard.
 *
 * @param length how long faults happen
 * @param seed of the faults
 * @param rate messages a second of each kind of traffic
 * @param directory where the results go
 */
record Settings(Duration length, long seed, int rate, Path directory) {

	private static final int WINDOWS = 60;

	static Settings parse(String... args) {
		double minutes = Double.parseDouble(args[0]);
		long seed = Long.parseLong(args[1]);
		if (minutes <= 0) {
			throw new IllegalArgumentException("soak.minutes must be more than 0, not " + args[0]);
		}
		return new Settings(Duration.ofMillis(Math.round(minutes * 60_000)),
				(seed != 0) ? seed : RandomGenerator.getDefault().nextLong(1, 1_000_000_000), Integer.parseInt(args[2]),
				Path.of(args[3]).toAbsolutePath());
	}

	/** Return the time from one look at the processes to the next. */
	Duration window() {
		Duration window = this.length.dividedBy(WINDOWS);
		return (window.compareTo(Duration.ofSeconds(2)) < 0) ? Duration.ofSeconds(2) : window;
	}

}
