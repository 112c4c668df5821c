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

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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

	private static final File ANY = new File("/dev/null");

	private static final String LIMIT = "Max open files";

	/** As it was when descriptors were left to read it with; -1 if that is not known. */
	private static final long LIMIT_AT_START = limit();

	/** Whether the JVM's management is loaded. */
	private static volatile boolean counted;

	/**
	 * Counts them.
	 * @return the descriptors of this process
	 */
	public static Descriptors count() {
		counted = true;
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
				? new Descriptors(open(system), system.getMaxFileDescriptorCount()) : new Descriptors(-1, -1);
	}

	/**
	 * Get ready to {@link #look()} when no descriptor is left.
	 * @return what there is now
	 */
	public static Descriptors prepare() {
		return (LIMIT_AT_START > 0) ? look() : count();
	}

	/**
	 * Find out whether hardly any descriptor is left. Until they were counted once this
	 * only tries to take some: the JVM's management, which counts them, is 100 classes
	 * and a library, for which there may be no descriptor.
	 * @return the descriptors of this process, without the number of those that are open
	 * if they were never counted
	 */
	public static Descriptors look() {
		if (counted || LIMIT_AT_START <= 0) {
			return count();
		}
		List<FileInputStream> taken = new ArrayList<>(FEW);
		try {
			while (taken.size() < FEW) {
				taken.add(new FileInputStream(ANY));
			}
			return new Descriptors(0, LIMIT_AT_START);
		}
		catch (IOException ex) {
			return new Descriptors(-1, LIMIT_AT_START);
		}
		finally {
			taken.forEach(Descriptors::close);
		}
	}

	private static void close(FileInputStream file) {
		try {
			file.close();
		}
		catch (IOException ex) {
			// nothing was read
		}
	}

	private static long limit() {
		try (BufferedReader limits = new BufferedReader(
				new FileReader("/proc/self/limits", StandardCharsets.US_ASCII))) {
			for (String line = limits.readLine(); line != null; line = limits.readLine()) {
				if (line.startsWith(LIMIT)) {
					return Long.parseLong(line.substring(LIMIT.length()).trim().split(" +")[0]);
				}
			}
		}
		catch (IOException | NumberFormatException ex) {
			// no Linux, or no limit
		}
		return -1;
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
