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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A process that a test starts and talks to by lines: what it prints is collected by
 * daemon threads, what it is told goes to its standard input. Every wait has an end, and
 * one that fails throws an {@link AssertionError} with all that the process printed.
 * <p>
 * {@link #close()} kills the process; so does the end of this JVM, even by SIGKILL.
 * Methods may be called from any thread.
 *
 * @since 0.1.0
 */
public abstract sealed class ChildProcess implements AutoCloseable permits PythonPeer, ZmqAppProcess {

	/**
	 * How long a wait lasts where none is given.
	 */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

	private static final Duration OUTPUT_TIMEOUT = Duration.ofSeconds(2);

	private final String name;

	private final Process process;

	private final ProcessOutput output;

	private final long started;

	private volatile long signalled;

	private volatile long ended;

	ChildProcess(String name, ProcessBuilder builder) {
		this.name = name;
		this.started = System.nanoTime();
		this.signalled = this.started;
		this.process = ProcessLauncher.launch(builder);
		this.process.onExit().thenRun(this::markEnd);
		this.output = new ProcessOutput(this.process);
	}

	private void markSignal() {
		if (isAlive()) {
			this.signalled = System.nanoTime();
		}
	}

	private synchronized void markEnd() {
		if (this.ended == 0) {
			this.ended = System.nanoTime();
		}
	}

	/**
	 * Returns the id of the process.
	 * @return the id that the operating system gave
	 */
	public final long pid() {
		return this.process.pid();
	}

	/**
	 * Returns whether the process is running.
	 * @return {@code true} until it has ended
	 */
	public final boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Returns all lines of standard output so far, taken or not.
	 * @return the lines
	 */
	public final List<String> lines() {
		return this.output.lines();
	}

	/**
	 * Returns all lines of standard error so far, where it is not part of
	 * {@link #lines()}.
	 * @return the lines
	 */
	public final List<String> errorLines() {
		return this.output.errors();
	}

	/**
	 * Takes the line of standard output that follows the last one taken.
	 * @param timeout how long to wait for it
	 * @return the line
	 * @throws AssertionError if there is none in that time, or the process ends first
	 */
	public final String readLine(Duration timeout) {
		return take((line) -> true, true, "another line", timeout);
	}

	final String take(Predicate<String> wanted, boolean onlyNew, String description, Duration timeout) {
		try {
			String line = this.output.take(wanted, onlyNew, timeout);
			if (line != null) {
				return line;
			}
			String reason = (this.output.hasEnded()) ? " ended without " : " did not print within " + timeout + " ";
			throw failure(reason + description, null);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/**
	 * Writes a line to the process's standard input.
	 * @param line the line, without its end
	 * @throws AssertionError if the process does not take it, as it has ended
	 */
	public final void tell(String line) {
		OutputStream input = this.process.getOutputStream();
		try {
			synchronized (input) {
				input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
				input.flush();
			}
		}
		catch (IOException ex) {
			throw failure(" did not take the line '" + line + "'", ex);
		}
	}

	/**
	 * Asks the process to end (SIGTERM). Does not wait.
	 */
	public final void terminate() {
		markSignal();
		// not Process.destroy(), which closes the streams: what is printed now matters
		this.process.toHandle().destroy();
	}

	/**
	 * Kills the process and those that it started (SIGKILL). Does not wait.
	 */
	public final void kill() {
		markSignal();
		ProcessLauncher.kill(this.process);
	}

	/**
	 * Sends a signal by its name, such as {@code INT}, or {@code STOP} and {@code CONT}
	 * for a process that hangs and recovers. For POSIX systems.
	 * @param signal the name without {@code SIG}
	 * @throws AssertionError if the process has ended
	 */
	public final void signal(String signal) {
		markSignal();
		try {
			if (!ProcessLauncher.signal(this.process, signal)) {
				throw failure(" did not take the signal " + signal, null);
			}
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/**
	 * Waits for the process to end, and for the rest of its output.
	 * @param timeout how long to wait
	 * @return the exit code; 128 and the signal's number where a signal ended it
	 * @throws AssertionError if it is still running after that time
	 */
	public final int awaitExit(Duration timeout) {
		try {
			if (!this.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				throw failure(" did not end within " + timeout, null);
			}
			markEnd();
			this.output.awaitEnd(OUTPUT_TIMEOUT);
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/**
	 * Waits for the process to end, for {@link #DEFAULT_TIMEOUT}.
	 * @return the exit code
	 * @see #awaitExit(Duration)
	 */
	public final int awaitExit() {
		return awaitExit(DEFAULT_TIMEOUT);
	}

	/**
	 * Returns how long the process has been running, or ran.
	 * @return the time since its start
	 */
	public final Duration elapsed() {
		return Duration.ofNanos(end() - this.started);
	}

	/**
	 * Returns how long the process took to end after the last signal it was sent.
	 * @return the time since that signal (the start, if there was none) until its end
	 */
	public final Duration elapsedSinceSignal() {
		return Duration.ofNanos(end() - this.signalled);
	}

	private long end() {
		long end = this.ended;
		return (end != 0) ? end : System.nanoTime();
	}

	/**
	 * Kills the process if it is running, and waits for its end. An interrupt does not
	 * keep it from killing.
	 * @throws AssertionError if the process survives
	 */
	@Override
	public final void close() {
		boolean interrupted = Thread.interrupted();
		try {
			if (isAlive()) {
				kill();
			}
			awaitExit(DEFAULT_TIMEOUT);
			closeInput();
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	final void closeInput() {
		try {
			this.process.getOutputStream().close();
		}
		catch (IOException ex) {
			// unread input of a process that has ended
		}
	}

	private AssertionError failure(String reason, @Nullable Throwable cause) {
		StringBuilder message = new StringBuilder(this.name).append(" (pid ").append(pid()).append(')').append(reason);
		try {
			if (this.output.hasEnded() && this.process.waitFor(OUTPUT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				this.output.awaitEnd(OUTPUT_TIMEOUT);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		message.append((isAlive()) ? "; it is running" : "; it ended with exit code " + this.process.exitValue());
		message.append(this.output.describe());
		return new AssertionError(message.toString(), cause);
	}

	private IllegalStateException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new IllegalStateException("Interrupted while waiting for " + this.name, ex);
	}

}
