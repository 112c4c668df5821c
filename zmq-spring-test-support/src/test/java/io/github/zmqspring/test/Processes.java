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

package io.github.zmqspring.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.awaitility.Awaitility;

/**
 * Asks the operating system about processes that are not children of this JVM.
 */
final class Processes {

	private Processes() {
	}

	static void awaitEnd(long pid) {
		Awaitility.await("end of process " + pid).until(() -> !isRunning(pid));
	}

	static boolean isRunning(long pid) {
		return ProcessHandle.of(pid).isPresent() && !isZombie(pid);
	}

	private static boolean isZombie(long pid) {
		// in a container without an init process, no process collects orphans
		try {
			return Files.readAllLines(Path.of("/proc/" + pid + "/status"))
				.stream()
				.anyMatch((line) -> line.startsWith("State:") && line.contains("Z"));
		}
		catch (IOException ex) {
			return false;
		}
	}

}
