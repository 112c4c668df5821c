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

import io.github.zmqspring.annotation.ZmqListener;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The rate at which messages arrive: a listener on its lane against a blocking receive
 * loop. The sender is the same raw loop.
 */
final class ReceiveBenchmark implements Benchmark {

	private final String executor;

	ReceiveBenchmark(String executor) {
		this.executor = executor;
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		report.rates("receive, byte[] listener " + ((this.executor.isEmpty()) ? "on its lane" : this.executor),
				Comparison.measure(settings.reps(), new RawSide(settings), new LibrarySide(settings, this.executor)),
				(this.executor.isEmpty()) ? Bound.atLeast(0.95) : Bound.NONE);
	}

	/**
	 * Hand-written.
	 */
	private static final class RawSide implements Side<Throughput> {

		private final Settings settings;

		private final Raw own = new Raw(Raw.batch());

		private final Raw peer = new Raw(Raw.batch());

		private final ZMQ.Socket push;

		private final Counter counter = new Counter();

		RawSide(Settings settings) {
			this.settings = settings;
			ZMQ.Socket pull = this.own.bind(SocketType.PULL);
			this.own.receive(pull, this.counter);
			this.push = this.peer.connect(SocketType.PUSH, pull.getLastEndpoint());
		}

		@Override
		public Throughput measure() throws Exception {
			return Raw.whileSending(this.push, this.settings, this.counter);
		}

		@Override
		public void close() throws Exception {
			this.peer.close();
			this.own.close();
		}

	}

	/**
	 * By a listener.
	 */
	private static final class LibrarySide implements Side<Throughput> {

		private final Settings settings;

		private final CountingListener listener = new CountingListener();

		private final Library app;

		private final Raw peer = new Raw(Raw.batch());

		private final ZMQ.Socket push;

		LibrarySide(Settings settings, String executor) {
			this.settings = settings;
			this.app = Library.with()
				.bind("in", SocketType.PULL)
				.property("zmq.listener.executor", executor)
				.listeners(this.listener)
				.start();
			this.push = this.peer.connect(SocketType.PUSH, this.app.endpoint("in"));
		}

		@Override
		public Throughput measure() throws Exception {
			return Raw.whileSending(this.push, this.settings, this.listener.counter);
		}

		@Override
		public void close() throws Exception {
			this.peer.close();
			this.app.close();
		}

	}

	/**
	 * Counts messages.
	 */
	static class CountingListener {

		final Counter counter = new Counter();

		@ZmqListener("in")
		void onMessage(byte[] message) {
			this.counter.increment();
		}

	}

}
