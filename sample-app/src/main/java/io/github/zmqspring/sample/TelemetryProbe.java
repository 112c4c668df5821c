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

package io.github.zmqspring.sample;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.stereotype.Component;

/**
 * Reads the figures of this host and JVM.
 */
@Component
class TelemetryProbe {

	private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

	private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();

	private final AtomicLong sequence = new AtomicLong();

	TelemetrySample read() {
		MemoryUsage heap = this.memory.getHeapMemoryUsage();
		long gcCount = 0;
		long gcMillis = 0;
		for (GarbageCollectorMXBean collector : this.collectors) {
			gcCount += Math.max(0, collector.getCollectionCount());
			gcMillis += Math.max(0, collector.getCollectionTime());
		}
		long heapMax = (heap.getMax() > 0) ? heap.getMax() : heap.getCommitted();
		return new TelemetrySample(this.sequence.incrementAndGet(), System.currentTimeMillis(),
				load(this.system.getProcessCpuLoad()), load(this.system.getCpuLoad()), heap.getUsed(), heapMax, gcCount,
				gcMillis, this.threads.getThreadCount());
	}

	private static double load(double value) {
		// the JVM returns -1 or NaN until it has a value
		return (value > 0) ? Math.min(value, 1) : 0;
	}

}
