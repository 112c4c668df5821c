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

package io.github.zmqspring.transport.jeromq;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * How many file descriptors the process has open, and how many it may have. Each ZeroMQ
 * socket takes four and each connection one; without any left nothing can be connected or
 * accepted.
 *
 * @param open how many are open; -1 if that cannot be found out, as when none is left
 * @param max how many may be open; -1 if that is not known
 * @since 0.1.0
 */
public record Descriptors(long open, long max) {

	private static final int FEW = 8;

	/**
	 * Counts them.
	 * @return the descriptors of this process
	 */
	public static Descriptors count() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
				? new Descriptors(open(system), system.getMaxFileDescriptorCount()) : new Descriptors(-1, -1);
	}

	private static long open(UnixOperatingSystemMXBean system) {
		try {
			return system.getOpenFileDescriptorCount();
		}
		catch (RuntimeException | Error ex) {
			// counting takes a descriptor itself
			return -1;
		}
	}

	/**
	 * Whether hardly any is left.
	 * @return {@code false} also where nothing is known
	 */
	public boolean isExhausted() {
		return this.max > 0 && (this.open < 0 || this.open > this.max - FEW);
	}

}
