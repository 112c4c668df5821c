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
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Finds a Python that can {@code import zmq}.
 *
 * @param command the command that starts it, {@code null} if there is none
 * @param tried the commands tried, in order
 */
record PythonInterpreter(@Nullable String command, List<String> tried) {

	private static final List<String> CANDIDATES = List.of("python3", "/usr/bin/python3");

	/**
	 * Returns what was found on this machine; looks once.
	 * @return the result of the search
	 */
	static PythonInterpreter get() {
		return Holder.FOUND;
	}

	static PythonInterpreter find(List<String> candidates) {
		for (String candidate : candidates) {
			if (hasPyzmq(candidate)) {
				return new PythonInterpreter(candidate, candidates);
			}
		}
		return new PythonInterpreter(null, candidates);
	}

	private static boolean hasPyzmq(String python) {
		ProcessBuilder builder = new ProcessBuilder(python, "-c", "import zmq; zmq.Context().term()");
		builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
		try {
			Process process = builder.start();
			try {
				return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
			}
			finally {
				process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted while trying " + python, ex);
		}
	}

	String required() {
		if (this.command == null) {
			throw new IllegalStateException(absence());
		}
		return this.command;
	}

	String absence() {
		return "no Python interpreter with pyzmq found (tried %s); install Debian's python3-zmq"
			.formatted(String.join(", ", this.tried));
	}

	private static final class Holder {

		static final PythonInterpreter FOUND = find(CANDIDATES);

	}

}
