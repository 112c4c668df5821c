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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A ZeroMQ peer in a process of its own, on libzmq by way of pyzmq: a small Python script
 * that prints what it saw and is told what to do.
 * <p>
 * The script finds imported {@code zmq, sys, json, time, os, struct, threading}, and
 * ready: {@code ctx}, a {@code zmq.Context()}; {@code say(*words)}, which prints a line
 * at once; {@code hear(timeout=None)}, which returns the next line of {@link #tell}. Its
 * arguments are {@code sys.argv[1:]}. Standard input belongs to {@code hear()}. A script
 * that ends leaves its sockets a second to send; one that fails prints its traceback and
 * ends with exit code 1. <pre class="code">
 * try (PythonPeer peer = PythonPeer.start("""
 *         rep = ctx.socket(zmq.REP)
 *         say("bound", rep.bind_to_random_port("tcp://127.0.0.1"))
 *         rep.send(rep.recv())
 *         """)) {
 *     String port = peer.awaitLine("bound ").substring(6);
 *     // ...
 *     assertThat(peer.awaitExit()).isZero();
 * }
 * </pre>
 *
 * @since 0.1.0
 * @see RequiresPyzmq
 */
public final class PythonPeer extends ChildProcess {

	private static final String PRELUDE = prelude();

	private PythonPeer(ProcessBuilder builder) {
		super("Python peer", builder);
	}

	/**
	 * Starts a peer. Returns as soon as the process is there: let the script say when it
	 * is ready, and wait for that.
	 * @param script the Python source text
	 * @param args the arguments, by their {@code toString()}
	 * @return the peer, to be closed
	 * @throws IllegalStateException if there is no Python with pyzmq; see
	 * {@link RequiresPyzmq}
	 */
	public static PythonPeer start(String script, Object... args) {
		List<String> command = new ArrayList<>();
		command.addAll(List.of(PythonInterpreter.get().required(), "-u", "-c", PRELUDE, script));
		for (Object arg : args) {
			command.add(arg.toString());
		}
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put("PYTHONIOENCODING", "utf-8");
		return new PythonPeer(builder);
	}

	/**
	 * Takes the first line that starts with a prefix and was not taken before, also one
	 * that stands before a line already taken: two threads of a peer may print in any
	 * order.
	 * @param prefix how the line starts
	 * @return the whole line
	 * @throws AssertionError if there is none within {@link #DEFAULT_TIMEOUT}, or the
	 * peer ends first
	 */
	public String awaitLine(String prefix) {
		return awaitLine(prefix, DEFAULT_TIMEOUT);
	}

	/**
	 * Takes the first line that starts with a prefix and was not taken before.
	 * @param prefix how the line starts
	 * @param timeout how long to wait
	 * @return the whole line
	 * @throws AssertionError if there is none in that time, or the peer ends first
	 * @see #awaitLine(String)
	 */
	public String awaitLine(String prefix, Duration timeout) {
		return take((line) -> line.startsWith(prefix), false, "a line that starts with '" + prefix + "'", timeout);
	}

	private static String prelude() {
		try (InputStream stream = PythonPeer.class.getResourceAsStream("peer-prelude.py")) {
			return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
