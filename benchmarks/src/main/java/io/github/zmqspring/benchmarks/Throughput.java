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

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * The throughput.
 *
 * @param rate messages a second
 * @param perCpuSecond messages for each second of processor time of the whole JVM, which
 * other load on the machine distorts less
 */
record Throughput(double rate, double perCpuSecond) {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	/** Watch counters for a while, after they are warm. */
	static Throughput of(Settings settings, Counter... counters) throws InterruptedException {
		Thread.sleep(settings.warmUpMillis());
		long count = sum(counters);
		long cpu = SYSTEM.getProcessCpuTime();
		long start = System.nanoTime();
		Thread.sleep(settings.millis());
		count = sum(counters) - count;
		cpu = SYSTEM.getProcessCpuTime() - cpu;
		return new Throughput(count * 1e9 / (System.nanoTime() - start), count * 1e9 / cpu);
	}

	private static long sum(Counter... counters) {
		long sum = 0;
		for (Counter counter : counters) {
			sum += counter.get();
		}
		return sum;
	}

}
