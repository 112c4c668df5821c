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

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * What a process holds, at one moment.
 *
 * @param heap used after a collection, in KB
 * @param direct direct memory, in KB
 * @param threads live threads
 * @param descriptors open descriptors
 * @param millis the 99th percentile of its times since the last sample
 * @param wakeUp the 99th percentile of what a sleeping thread of it was late
 */
record Sample(double heap, double direct, double threads, double descriptors, double millis, double wakeUp) {

	static Sample take(double millis, double wakeUp) {
		System.gc();
		double direct = 0;
		for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
			if ("direct".equals(pool.getName())) {
				direct = pool.getMemoryUsed() / 1024.0;
			}
		}
		double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024.0;
		UnixOperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
		return new Sample(heap, direct, ManagementFactory.getThreadMXBean().getThreadCount(),
				(system != null) ? system.getOpenFileDescriptorCount() : 0, millis, wakeUp);
	}

	String toLine() {
		return String.format(Locale.ROOT, "%.0f %.0f %.0f %.0f %.3f %.3f", this.heap, this.direct, this.threads,
				this.descriptors, this.millis, this.wakeUp);
	}

	static Sample parse(String line) {
		String[] words = line.split(" ");
		int first = words.length - 6;
		return new Sample(Double.parseDouble(words[first]), Double.parseDouble(words[first + 1]),
				Double.parseDouble(words[first + 2]), Double.parseDouble(words[first + 3]),
				Double.parseDouble(words[first + 4]), Double.parseDouble(words[first + 5]));
	}

	double get(Measure measure) {
		return switch (measure) {
			case HEAP -> this.heap;
			case DIRECT -> this.direct;
			case THREADS -> this.threads;
			case DESCRIPTORS -> this.descriptors;
			case LATENCY -> this.millis;
			case WAKE_UP -> this.wakeUp;
		};
	}

}
