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

	/**
	 * What a queue of large messages is bounded by, so that it holds 16 MB and not 1 GB.
	 */
	private static final int SHORT_QUEUE = 16;

	/** Bytes of a message, or 0 for those of the settings with one engine batch. */
	private final int size;

	/** Compare what the copies of messages cost, and not the defaults. */
	private final boolean copies;

	private final Bound toRaw;

	private final Bound toC;

	private DefaultsBenchmark(int size, boolean copies, Bound toRaw, Bound toC) {
		this.size = size;
		this.copies = copies;
		this.toRaw = toRaw;
		this.toC = toC;
	}

	/** Each side has its own engine batch; other implementations are compared, too. */
	static DefaultsBenchmark ofEach(int size, double toRaw, double toC) {
		return new DefaultsBenchmark(size, false, Bound.atLeast(toRaw), Bound.atLeast(toC));
	}

	/**
	 * The defaults of each, with as many copies of a message on both sides: both sides
	 * send an array of its own each time, or both the same one.
	 */
	static DefaultsBenchmark ofSameCopies(int size) {
		return new DefaultsBenchmark(size, true, Bound.atLeast(0.95), Bound.NONE);
	}

	/** Both sides have the same engine batch. */
	static DefaultsBenchmark ofSameBatch() {
		return new DefaultsBenchmark(0, false, Bound.atLeast(0.95), Bound.NONE);
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		Settings sized = (this.size > 0) ? settings.ofSize(this.size) : settings;
		String name = "defaults of each, " + this.size + " B";
		if (this.copies) {
			report.rates(name + ", an array each", ownBatches(settings, new Payloads(sized, true, 0)), this.toRaw);
			report.rates(name + ", one array", ownBatches(settings, new Payloads(sized, false, 0)), this.toRaw);
			report.rates(name + ", an array each, HWM " + SHORT_QUEUE,
					ownBatches(settings, new Payloads(sized, true, SHORT_QUEUE)), this.toRaw);
		}
		else if (this.size > 0) {
			report.rates(name, ownBatches(settings, new Payloads(sized)), this.toRaw);
			for (Map.Entry<String, External> other : External.available(sized).entrySet()) {
				report.rates(name, other.getKey(),
						Comparison.measure(settings.reps(), other.getValue(), new LibrarySide(new Payloads(sized))),
						(other.getKey().endsWith("C")) ? this.toC : Bound.NONE);
			}
			if (this.size == INTEGRATION_SIZE) {
				report.rates(name, "spring-integration-zeromq", Comparison.measure(settings.reps(),
						new IntegrationSide(sized), new LibrarySide(new Payloads(sized))), Bound.NONE);
			}
		}
		else {
			Payloads payloads = new Payloads(settings);
			report.rates("end to end, same engine batch",
					Comparison.measure(settings.reps(), new RawSide(payloads, Raw.batch()), new LibrarySide(payloads)),
					this.toRaw);
		}
	}

	/** Each side connects while its batch is the JVM's. */
	private static Comparison<Throughput> ownBatches(Settings settings, Payloads payloads) throws Exception {
		Raw.useBatch(Raw.batch());
		Side<Throughput> library = new WithBatch(new LibrarySide(payloads), Raw.batch());
		library.measure();
		Raw.useBatch(Raw.JEROMQ_BATCH);
		Side<Throughput> raw = new WithBatch(new RawSide(payloads, Raw.JEROMQ_BATCH), Raw.JEROMQ_BATCH);
		return Comparison.measure(settings.reps(), raw, library);
	}

	/**
	 * What both sides send.
	 *
	 * @param settings the settings
	 * @param rawCopies whether the hand-written side makes an array for each message
	 * @param libraryCopies whether the library does, which is what {@code convertAndSend}
	 * is for
	 * @param highWaterMark the high-water marks of both ends, or 0 for the defaults
	 */
	private record Payloads(Settings settings, boolean rawCopies, boolean libraryCopies, int highWaterMark) {

		Payloads(Settings settings) {
			this(settings, false, true, 0);
		}

		Payloads(Settings settings, boolean copies, int highWaterMark) {
			this(settings, copies, copies, highWaterMark);
		}

	}

	/**
	 * A side with an engine batch of its own, which is JVM-wide: it is changed while no
	 * message is in transit.
	 */
	private record WithBatch(Side<Throughput> side, int batch) implements Side<Throughput> {

		@Override
		public Throughput measure() throws Exception {
			Raw.useBatch(this.batch);
			return this.side.measure();
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

		private final Payloads payloads;

		private final Raw receiver;

		private final Raw sender;

		private final ZMQ.Socket push;

		private final Counter counter = new Counter();

		RawSide(Payloads payloads, int batch) {
			this.payloads = payloads;
			this.receiver = new Raw(batch, payloads.highWaterMark());
			this.sender = new Raw(batch, payloads.highWaterMark());
			ZMQ.Socket pull = this.receiver.bind(SocketType.PULL);
			this.receiver.receive(pull, this.counter);
			this.push = this.sender.connect(SocketType.PUSH, pull.getLastEndpoint());
		}

		@Override
		public Throughput measure() throws Exception {
			Throughput result = Raw.whileSending(this.push, this.payloads.settings(), this.payloads.rawCopies(),
					this.counter);
			this.counter.awaitRest();
			return result;
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

		private final Payloads payloads;

		private final ReceiveBenchmark.CountingListener listener = new ReceiveBenchmark.CountingListener();

		private final Library receiver;

		private final Library sender;

		LibrarySide(Payloads payloads) {
			this.payloads = payloads;
			int mark = payloads.highWaterMark();
			this.receiver = Library.with()
				.bind("in", SocketType.PULL)
				.highWaterMark(mark)
				.listeners(this.listener)
				.start();
			this.sender = Library.with()
				.connect("out", SocketType.PUSH, this.receiver.endpoint("in"))
				.highWaterMark(mark)
				.start();
		}

		@Override
		public Throughput measure() throws Exception {
			ZmqTemplate template = this.sender.template();
			Throughput result;
			try (Loops loops = new Loops()) {
				loops.run(() -> {
					byte[] message = new byte[this.payloads.settings().size()];
					while (loops.isRunning()) {
						if (this.payloads.libraryCopies()) {
							template.convertAndSend("out", message);
						}
						else {
							template.sendGivenAway("out", message);
						}
					}
				});
				result = Throughput.of(this.payloads.settings(), this.listener.counter);
			}
			this.listener.counter.awaitRest();
			return result;
		}

		@Override
		public void close() {
			this.sender.close();
			this.receiver.close();
		}

	}

}
