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

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.annotation.ZmqListener;
import io.github.zmqspring.core.ZmqTemplate;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The time of one message from the send to the handler, at one message a millisecond:
 * template and listener against raw send and receive, with the same engine batch.
 */
final class LatencyBenchmark implements Benchmark {

	private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	@Override
	public void run(Settings settings, Report report) throws Exception {
		compare(settings, report, "on its lane", "", Bound.atMost(5));
		compare(settings, report, "inline", "inline", Bound.NONE);
	}

	private static void compare(Settings settings, Report report, String name, String executor, Bound bound)
			throws Exception {
		Comparison<Histogram> result = Comparison.measure(settings.reps(), new RawSide(settings),
				new LibrarySide(settings, executor));
		report.times("latency p50, listener " + name,
				result.difference((histogram) -> histogram.getValueAtPercentile(50) / 1000.0), bound);
		report.times("latency p99, listener " + name,
				result.difference((histogram) -> histogram.getValueAtPercentile(99) / 1000.0), Bound.NONE);
	}

	/**
	 * Sends at a steady pace.
	 */
	private abstract static class LatencySide implements Side<Histogram> {

		private final Settings settings;

		private final Histogram histogram = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);

		LatencySide(Settings settings) {
			this.settings = settings;
		}

		abstract void send(byte[] message);

		void record(byte[] message) {
			this.histogram.recordValue(Math.max(0, System.nanoTime() - ByteBuffer.wrap(message).getLong()));
		}

		@Override
		public Histogram measure() throws Exception {
			send(this.settings.warmUpMillis());
			Thread.sleep(50);
			this.histogram.reset();
			send(this.settings.millis());
			Thread.sleep(50);
			return this.histogram.copy();
		}

		private void send(long messages) {
			long due = System.nanoTime();
			for (long i = 0; i < messages; i++) {
				due += PERIOD_NANOS;
				for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
					LockSupport.parkNanos(left);
				}
				// a new array each time: JeroMQ keeps using the array that it was given
				byte[] message = new byte[Math.max(Long.BYTES, this.settings.size())];
				ByteBuffer.wrap(message).putLong(System.nanoTime());
				send(message);
			}
		}

	}

	/**
	 * Hand-written on both ends.
	 */
	private static final class RawSide extends LatencySide {

		private final Raw receiver = new Raw(Raw.batch());

		private final Raw sender = new Raw(Raw.batch());

		private final ZMQ.Socket push;

		RawSide(Settings settings) {
			super(settings);
			ZMQ.Socket pull = this.receiver.bind(SocketType.PULL);
			this.receiver.receive(() -> {
				byte[] message = pull.recv(0);
				if (message != null) {
					record(message);
				}
			});
			this.push = this.sender.connect(SocketType.PUSH, pull.getLastEndpoint());
		}

		@Override
		void send(byte[] message) {
			this.push.send(message, 0);
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
	private static final class LibrarySide extends LatencySide {

		private final Library receiver;

		private final Library sender;

		private final ZmqTemplate template;

		LibrarySide(Settings settings, String executor) {
			super(settings);
			this.receiver = Library.with()
				.bind("in", SocketType.PULL)
				.property("zmq.listener.executor", executor)
				.listeners(new RecordingListener(this))
				.start();
			this.sender = Library.with().connect("out", SocketType.PUSH, this.receiver.endpoint("in")).start();
			this.template = this.sender.template();
		}

		@Override
		void send(byte[] message) {
			this.template.convertAndSend("out", message);
		}

		@Override
		public void close() {
			this.sender.close();
			this.receiver.close();
		}

	}

	/**
	 * Records how long each message took.
	 */
	static class RecordingListener {

		private final LatencySide side;

		RecordingListener(LatencySide side) {
			this.side = side;
		}

		@ZmqListener("in")
		void onMessage(byte[] message) {
			this.side.record(message);
		}

	}

}
