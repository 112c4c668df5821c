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

import java.util.Map;

import io.github.zmqspring.core.ZmqTemplate;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * End to end with the defaults of both: template and listener with the library's engine
 * batch, send and receive loops with JeroMQ's.
 */
final class DefaultsBenchmark implements Benchmark {

	/** The size of messages that Spring Integration is compared with. */
	private static final int INTEGRATION_SIZE = 256;

	/** Bytes of a message, or 0 for those of the settings with one engine batch. */
	private final int size;

	private final Bound toRaw;

	private final Bound toC;

	private DefaultsBenchmark(int size, Bound toRaw, Bound toC) {
		this.size = size;
		this.toRaw = toRaw;
		this.toC = toC;
	}

	/** Each side has its own engine batch; other implementations are compared, too. */
	static DefaultsBenchmark ofEach(int size, double toRaw, double toC) {
		return new DefaultsBenchmark(size, Bound.atLeast(toRaw), Bound.atLeast(toC));
	}

	/** Both sides have the same engine batch. */
	static DefaultsBenchmark ofSameBatch() {
		return new DefaultsBenchmark(0, Bound.atLeast(0.95), Bound.NONE);
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		if (this.size > 0) {
			Settings sized = settings.ofSize(this.size);
			// each connects while its batch is the JVM's
			Side<Throughput> library = new WithBatch(new LibrarySide(sized), Raw.batch());
			library.measure();
			Raw.useBatch(Raw.JEROMQ_BATCH);
			Side<Throughput> raw = new WithBatch(new RawSide(sized, Raw.JEROMQ_BATCH), Raw.JEROMQ_BATCH);
			String name = "defaults of each, " + this.size + " B";
			report.rates(name, Comparison.measure(settings.reps(), raw, library), this.toRaw);
			for (Map.Entry<String, External> other : External.available(sized).entrySet()) {
				report.rates(name, other.getKey(),
						Comparison.measure(settings.reps(), other.getValue(), new LibrarySide(sized)),
						(other.getKey().endsWith("C")) ? this.toC : Bound.NONE);
			}
			if (this.size == INTEGRATION_SIZE) {
				report.rates(name, "spring-integration-zeromq",
						Comparison.measure(settings.reps(), new IntegrationSide(sized), new LibrarySide(sized)),
						Bound.NONE);
			}
		}
		else {
			report.rates("end to end, same engine batch",
					Comparison.measure(settings.reps(), new RawSide(settings, Raw.batch()), new LibrarySide(settings)),
					this.toRaw);
		}
	}

	/**
	 * A side with an engine batch of its own, which is JVM-wide: it is changed while no
	 * message is in transit.
	 */
	private record WithBatch(Side<Throughput> side, int batch) implements Side<Throughput> {

		private static final long ALL_ARRIVED_MILLIS = 200;

		@Override
		public Throughput measure() throws Exception {
			Raw.useBatch(this.batch);
			Throughput result = this.side.measure();
			Thread.sleep(ALL_ARRIVED_MILLIS);
			return result;
		}

		@Override
		public void close() throws Exception {
			this.side.close();
		}

	}

	/**
	 * Hand-written on both ends.
	 */
	private static final class RawSide implements Side<Throughput> {

		private final Settings settings;

		private final Raw receiver;

		private final Raw sender;

		private final ZMQ.Socket push;

		private final Counter counter = new Counter();

		RawSide(Settings settings, int batch) {
			this.settings = settings;
			this.receiver = new Raw(batch);
			this.sender = new Raw(batch);
			ZMQ.Socket pull = this.receiver.bind(SocketType.PULL);
			this.receiver.receive(pull, this.counter);
			this.push = this.sender.connect(SocketType.PUSH, pull.getLastEndpoint());
		}

		@Override
		public Throughput measure() throws Exception {
			return Raw.whileSending(this.push, this.settings, this.counter);
		}

		@Override
		public void close() throws Exception {
			this.sender.close();
			this.receiver.close();
		}

	}

	/**
	 * Template and listener.
	 */
	private static final class LibrarySide implements Side<Throughput> {

		private final Settings settings;

		private final ReceiveBenchmark.CountingListener listener = new ReceiveBenchmark.CountingListener();

		private final Library receiver;

		private final Library sender;

		LibrarySide(Settings settings) {
			this.settings = settings;
			this.receiver = Library.with().bind("in", SocketType.PULL).listeners(this.listener).start();
			this.sender = Library.with().connect("out", SocketType.PUSH, this.receiver.endpoint("in")).start();
		}

		@Override
		public Throughput measure() throws Exception {
			ZmqTemplate template = this.sender.template();
			try (Loops loops = new Loops()) {
				loops.run(() -> {
					byte[] message = new byte[this.settings.size()];
					while (loops.isRunning()) {
						template.convertAndSend("out", message);
					}
				});
				return Throughput.of(this.settings, this.listener.counter);
			}
		}

		@Override
		public void close() {
			this.sender.close();
			this.receiver.close();
		}

	}

}
