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

import java.util.concurrent.locks.ReentrantLock;

import io.github.zmqspring.core.ZmqTemplate;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The rate at which threads send: {@link ZmqTemplate} against {@code Socket.send}, which
 * several threads may only call under a lock. The receiver is the same raw loop.
 */
final class SendBenchmark implements Benchmark {

	private final int threads;

	SendBenchmark(int threads) {
		this.threads = threads;
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		report.rates((this.threads == 1) ? "send, 1 thread" : "send, " + this.threads + " threads", Comparison
			.measure(settings.reps(), new RawSide(settings, this.threads), new LibrarySide(settings, this.threads)),
				Bound.atLeast(0.95));
	}

	/**
	 * Sends from some threads to a raw receiver.
	 */
	private abstract static class SendSide implements Side<Throughput> {

		private final Settings settings;

		private final int threads;

		private final Raw peer = new Raw(Raw.batch());

		private final ZMQ.Socket pull = this.peer.bind(SocketType.PULL);

		SendSide(Settings settings, int threads) {
			this.settings = settings;
			this.threads = threads;
			this.peer.receive(this.pull, new Counter());
		}

		String endpoint() {
			return this.pull.getLastEndpoint();
		}

		/** Send until the loops end. */
		abstract void send(Loops loops, int size, Counter counter);

		@Override
		public Throughput measure() throws Exception {
			try (Loops loops = new Loops()) {
				Counter[] counters = new Counter[this.threads];
				for (int i = 0; i < this.threads; i++) {
					Counter counter = new Counter();
					counters[i] = counter;
					loops.run(() -> send(loops, this.settings.size(), counter));
				}
				return Throughput.of(this.settings, counters);
			}
		}

		@Override
		public void close() throws Exception {
			this.peer.close();
		}

	}

	/**
	 * Hand-written.
	 */
	private static final class RawSide extends SendSide {

		private final Raw own = new Raw(Raw.batch());

		private final ZMQ.Socket push = this.own.connect(SocketType.PUSH, endpoint());

		private final ReentrantLock lock = new ReentrantLock();

		private final boolean shared;

		RawSide(Settings settings, int threads) {
			super(settings, threads);
			this.shared = threads > 1;
		}

		@Override
		void send(Loops loops, int size, Counter counter) {
			byte[] message = new byte[size];
			while (loops.isRunning()) {
				if ((this.shared) ? sendLocked(message) : this.push.send(message, 0)) {
					counter.increment();
				}
			}
		}

		private boolean sendLocked(byte[] message) {
			this.lock.lock();
			try {
				return this.push.send(message, 0);
			}
			finally {
				this.lock.unlock();
			}
		}

		@Override
		public void close() throws Exception {
			this.own.close();
			super.close();
		}

	}

	/**
	 * By the template.
	 */
	private static final class LibrarySide extends SendSide {

		private final Library app = Library.with().connect("out", SocketType.PUSH, endpoint()).start();

		private final ZmqTemplate template = this.app.template();

		LibrarySide(Settings settings, int threads) {
			super(settings, threads);
		}

		@Override
		void send(Loops loops, int size, Counter counter) {
			byte[] message = new byte[size];
			while (loops.isRunning()) {
				this.template.convertAndSend("out", message);
				counter.increment();
			}
		}

		@Override
		public void close() throws Exception {
			this.app.close();
			super.close();
		}

	}

}
