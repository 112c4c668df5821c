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

package io.github.zmqspring.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;
import io.github.zmqspring.annotation.ZmqListener;
import org.zeromq.SocketType;

/**
 * The cost of an application that has nothing to do: two of them, connected by several
 * sockets with listeners, against a JVM that sleeps.
 */
final class IdleBenchmark implements Benchmark {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

	private static final int SETTLE_ROUNDS = 15;

	private static final int SECONDS = 5;

	private static final int REPS = 3;

	@Override
	public void run(Settings settings, Report report) throws Exception {
		Comparison<Double> result = Comparison.measure(Math.min(settings.reps(), REPS), new SleepingSide(),
				new LibrarySide());
		report.shares("idle, per cent of one processor", result.difference(Double::doubleValue), Bound.atMost(0.5));
	}

	/** The share of a processor that this JVM needs while the caller sleeps. */
	private static double share() throws InterruptedException {
		// the compiler works for a while after a start or a stop
		long before = -1;
		long compiled = COMPILER.getTotalCompilationTime();
		for (int i = 0; i < SETTLE_ROUNDS && compiled != before; i++) {
			Thread.sleep(2000);
			before = compiled;
			compiled = COMPILER.getTotalCompilationTime();
		}
		long cpu = SYSTEM.getProcessCpuTime();
		long start = System.nanoTime();
		Thread.sleep(SECONDS * 1000L);
		return 100.0 * (SYSTEM.getProcessCpuTime() - cpu) / (System.nanoTime() - start);
	}

	/**
	 * An idle JVM.
	 */
	private static final class SleepingSide implements Side<Double> {

		@Override
		public Double measure() throws Exception {
			return share();
		}

		@Override
		public void close() {
		}

	}

	/**
	 * Two applications, open only while they are measured.
	 */
	private static final class LibrarySide implements Side<Double> {

		@Override
		public Double measure() throws Exception {
			try (Library server = Library.with()
				.bind("pull", SocketType.PULL)
				.bind("pub", SocketType.PUB)
				.bind("rep", SocketType.REP)
				.bind("router", SocketType.ROUTER)
				.listeners(new ServerListeners())
				.start();
					Library client = Library.with()
						.connect("push", SocketType.PUSH, server.endpoint("pull"))
						.connect("sub", SocketType.SUB, server.endpoint("pub"))
						.connect("req", SocketType.REQ, server.endpoint("rep"))
						.connect("dealer", SocketType.DEALER, server.endpoint("router"))
						.listeners(new ClientListeners())
						.start()) {
				// each has worked once
				client.template().convertAndSend("push", new byte[1]);
				client.template().convertSendAndReceive("req", new byte[1], byte[].class);
				client.template().convertAndSend("dealer", new byte[1]);
				server.template().publish("pub", "topic", new byte[1]);
				return share();
			}
		}

		@Override
		public void close() {
		}

	}

	/**
	 * Listeners of the side that binds.
	 */
	static class ServerListeners {

		@ZmqListener("pull")
		void onPull(byte[] message) {
		}

		@ZmqListener("rep")
		byte[] onRequest(byte[] message) {
			return message;
		}

		@ZmqListener("router")
		byte[] onRouter(byte[] message) {
			return message;
		}

	}

	/**
	 * Listeners of the side that connects.
	 */
	static class ClientListeners {

		@ZmqListener("sub")
		void onSub(byte[] message) {
		}

		@ZmqListener("dealer")
		void onDealer(byte[] message) {
		}

	}

}
