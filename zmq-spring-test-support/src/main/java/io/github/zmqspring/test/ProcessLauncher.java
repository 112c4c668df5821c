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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Starts processes that do not outlive this JVM, however it ends. A shutdown hook covers
 * an orderly end; where the tools are there (Linux), the kernel kills the child when this
 * JVM was killed itself.
 */
final class ProcessLauncher {

	/**
	 * The kernel ties the death signal to the thread that forked, so that thread has to
	 * last. SIGINT is reset since a child of a shell's background job inherits it
	 * ignored.
	 */
	private static final List<String> GUARD = List.of("env", "--default-signal=INT,TERM", "setpriv", "--pdeathsig",
			"KILL");

	private static final ExecutorService FORKER = Executors.newSingleThreadExecutor(ProcessLauncher::daemon);

	private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(ProcessLauncher::killAll, "child-killer"));
	}

	private ProcessLauncher() {
	}

	static boolean killsWithParent() {
		return Guard.AVAILABLE;
	}

	/**
	 * Starts a process.
	 * @param builder what to start; its command is not changed
	 * @return the process, killed by {@link #kill(Process)} or with this JVM
	 */
	static Process launch(ProcessBuilder builder) {
		List<String> asked = builder.command();
		List<String> command = new ArrayList<>();
		if (Guard.AVAILABLE) {
			command.addAll(GUARD);
		}
		command.addAll(asked);
		try {
			Process process = FORKER.submit(() -> builder.command(command).start()).get();
			RUNNING.add(process);
			process.onExit().thenRun(() -> RUNNING.remove(process));
			return process;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while starting " + asked.get(0), ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Cannot start " + asked.get(0), ex.getCause());
		}
		finally {
			builder.command(asked);
		}
	}

	/**
	 * Sends SIGKILL to a process and to those that it started.
	 * @param process the process, which may have ended
	 */
	static void kill(Process process) {
		List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
		all.add(process.toHandle());
		all.forEach(ProcessHandle::destroyForcibly);
	}

	/**
	 * Sends a signal to a process.
	 * @param process the process
	 * @param signal its name without {@code SIG}
	 * @return whether it could be sent
	 */
	static boolean signal(Process process, String signal) throws InterruptedException {
		// the shell's own kill: the program need not be installed
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal,
				Long.toString(process.pid()));
		Process kill = launch(builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD));
		try {
			return kill.waitFor(20, TimeUnit.SECONDS) && kill.exitValue() == 0;
		}
		finally {
			kill.destroyForcibly();
		}
	}

	private static void killAll() {
		RUNNING.forEach(ProcessLauncher::kill);
	}

	private static Thread daemon(Runnable target) {
		Thread thread = new Thread(target, "child-launcher");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Tried once, and only when a process is started.
	 */
	private static final class Guard {

		static final boolean AVAILABLE = works();

		private static boolean works() {
			List<String> command = new ArrayList<>(GUARD);
			command.add("true");
			try {
				Process process = new ProcessBuilder(command).redirectErrorStream(true)
					.redirectOutput(ProcessBuilder.Redirect.DISCARD)
					.start();
				boolean ended = process.waitFor(20, TimeUnit.SECONDS);
				process.destroyForcibly();
				return ended && process.exitValue() == 0;
			}
			catch (IOException ex) {
				return false;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

	}

}
