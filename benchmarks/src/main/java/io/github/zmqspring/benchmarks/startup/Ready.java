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

package io.github.zmqspring.benchmarks.startup;

import java.time.Duration;
import java.util.List;

/**
 * How an application says that it is ready, and what that took.
 */
final class Ready {

	private static final long IDLE_MILLIS = 2000;

	private Ready() {
	}

	/**
	 * Print the processor time of the JVM so far, in ms, and end. With {@code --idle} as
	 * an argument, print what the next two seconds take; with {@code --archive}, end so
	 * that the JVM writes its archive of classes.
	 */
	static void tell(String... args) {
		List<String> wanted = List.of(args);
		long before = processorTime();
		if (wanted.contains("--idle")) {
			sleep();
			System.out.println(processorTime() - before);
		}
		else {
			System.out.println(before);
		}
		System.out.flush();
		if (wanted.contains("--archive")) {
			System.exit(0);
		}
		Runtime.getRuntime().halt(0);
	}

	/** Not from a management bean: that would be classes of one side more. */
	private static long processorTime() {
		return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
	}

	private static void sleep() {
		try {
			Thread.sleep(IDLE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
