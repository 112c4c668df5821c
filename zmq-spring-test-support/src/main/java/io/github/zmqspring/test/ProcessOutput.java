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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The lines that a process prints, pumped by daemon threads that end with it. A line of
 * standard output can be taken once.
 */
final class ProcessOutput {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final List<String> lines = new ArrayList<>();

	private final List<String> errors = new ArrayList<>();

	private final BitSet taken = new BitSet();

	private int pumping = 2;

	private boolean ended;

	ProcessOutput(Process process) {
		start("peer-" + process.pid() + "-out", () -> pump(process.getInputStream(), this.lines));
		start("peer-" + process.pid() + "-err", () -> pump(process.getErrorStream(), this.errors));
	}

	private static void start(String name, Runnable target) {
		Thread thread = new Thread(target, name);
		thread.setDaemon(true);
		thread.start();
	}

	private void pump(InputStream stream, List<String> sink) {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
			String line = reader.readLine();
			while (line != null) {
				add(sink, line);
				line = reader.readLine();
			}
		}
		catch (IOException ex) {
			add(this.errors, "(output lost: " + ex + ")");
		}
		finally {
			ended(sink);
		}
	}

	private void add(List<String> sink, String line) {
		this.lock.lock();
		try {
			sink.add(line);
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void ended(List<String> sink) {
		this.lock.lock();
		try {
			this.pumping--;
			this.ended |= (sink == this.lines);
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the first line that is wanted and was not taken before.
	 * @param wanted the lines to look for
	 * @param onlyNew whether lines before the last one taken are out of question
	 * @param timeout how long to wait
	 * @return the line, or {@code null} if the time is up or no more line will come
	 */
	@Nullable String take(Predicate<String> wanted, boolean onlyNew, Duration timeout) throws InterruptedException {
		long left = timeout.toNanos();
		this.lock.lockInterruptibly();
		try {
			int next = (onlyNew) ? this.taken.length() : 0;
			while (true) {
				for (; next < this.lines.size(); next++) {
					if (!this.taken.get(next) && wanted.test(this.lines.get(next))) {
						this.taken.set(next);
						return this.lines.get(next);
					}
				}
				if (this.ended || left <= 0) {
					return null;
				}
				left = this.changed.awaitNanos(left);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for both pumps, which end with the process unless it handed its output to
	 * another one.
	 * @param timeout how long to wait
	 * @return whether they have ended
	 */
	boolean awaitEnd(Duration timeout) throws InterruptedException {
		long left = timeout.toNanos();
		this.lock.lockInterruptibly();
		try {
			while (this.pumping > 0 && left > 0) {
				left = this.changed.awaitNanos(left);
			}
			return this.pumping == 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean hasEnded() {
		this.lock.lock();
		try {
			return this.ended;
		}
		finally {
			this.lock.unlock();
		}
	}

	List<String> lines() {
		return copy(this.lines);
	}

	List<String> errors() {
		return copy(this.errors);
	}

	/**
	 * Returns all that was printed, for a failure.
	 * @return the text, which starts with a line break
	 */
	String describe() {
		return describe("standard output", lines()) + describe("standard error", errors());
	}

	private static String describe(String title, List<String> lines) {
		return "\n--- " + title + ((lines.isEmpty()) ? ": nothing" : ":\n" + String.join("\n", lines));
	}

	private List<String> copy(List<String> source) {
		this.lock.lock();
		try {
			return List.copyOf(source);
		}
		finally {
			this.lock.unlock();
		}
	}

}
