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

import java.nio.file.Path;
import java.util.List;

import io.github.zmqspring.core.ZmqTemplate;
import io.github.zmqspring.security.ZmqKeyPair;
import io.github.zmqspring.security.ZmqKeys;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * PUSH to PULL over tcp with CURVE, template and listener of this library on both ends,
 * in turns with libzmq and its libsodium, a C program that is compiled where there is a
 * compiler with libzmq's headers, and with JeroMQ's own CURVE.
 */
final class CurveBenchmark implements Benchmark {

	private static final int[] SIZES = { 256, 4096, 65_536 };

	@Override
	public void run(Settings settings, Report report) throws Exception {
		@Nullable Path libzmq = External.compile("curve-peer");
		if (libzmq == null) {
			System.out.println("No libzmq to compare with: cc, libzmq's headers and its CURVE are needed");
		}
		for (int size : SIZES) {
			if (libzmq != null) {
				report.rates("curve %d B (left libzmq)".formatted(size), Comparison.measure(settings.reps(),
						new External(List.of(libzmq.toString()), size, settings), new LibrarySide(size, settings)),
						Bound.atLeast((size == SIZES[0]) ? 1.5 : 1.0));
			}
			report.rates("curve %d B".formatted(size), Comparison.measure(settings.reps(),
					new JeroMqSide(size, settings), new LibrarySide(size, settings)), Bound.atLeast(1.5));
		}
	}

	/** Template and listener. */
	private static final class LibrarySide implements Side<Throughput> {

		private final int size;

		private final Settings settings;

		private final ReceiveBenchmark.CountingListener listener = new ReceiveBenchmark.CountingListener();

		private final Library receiver;

		private final Library sender;

		LibrarySide(int size, Settings settings) {
			this.size = size;
			this.settings = settings;
			ZmqKeyPair server = ZmqKeys.generate();
			this.receiver = Library.with()
				.bind("in", SocketType.PULL)
				.property("zmq.security.keys.server.secret-key", server.secretKey())
				.property("zmq.sockets.in.security.mechanism", "curve")
				.property("zmq.sockets.in.security.key", "server")
				.property("zmq.sockets.in.security.allow-any-client", true)
				.listeners(this.listener)
				.start();
			this.sender = Library.with()
				.connect("out", SocketType.PUSH, this.receiver.endpoint("in"))
				.property("zmq.security.keys.me.secret-key", ZmqKeys.generate().secretKey())
				.property("zmq.sockets.out.security.mechanism", "curve")
				.property("zmq.sockets.out.security.key", "me")
				.property("zmq.sockets.out.security.server-key", server.publicKey())
				.start();
		}

		@Override
		public Throughput measure() throws Exception {
			ZmqTemplate template = this.sender.template();
			try (Loops loops = new Loops()) {
				loops.run(() -> {
					byte[] message = new byte[this.size];
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

	/** Hand-written loops with JeroMQ's own mechanism. */
	private static final class JeroMqSide implements Side<Throughput> {

		private final int size;

		private final Settings settings;

		private final Raw receiver = new Raw(Raw.batch());

		private final Raw sender = new Raw(Raw.batch());

		private final ZMQ.Socket push;

		private final Counter counter = new Counter();

		JeroMqSide(int size, Settings settings) {
			this.size = size;
			this.settings = settings;
			ZmqKeyPair server = ZmqKeys.generate();
			ZmqKeyPair client = ZmqKeys.generate();
			ZMQ.Socket pull = this.receiver.open(SocketType.PULL);
			pull.setCurveServer(true);
			pull.setCurvePublicKey(server.publicKeyBytes());
			pull.setCurveSecretKey(server.secretKeyBytes());
			pull.bind("tcp://127.0.0.1:*");
			this.receiver.receive(pull, this.counter);
			this.push = this.sender.open(SocketType.PUSH);
			this.push.setCurveServerKey(server.publicKeyBytes());
			this.push.setCurvePublicKey(client.publicKeyBytes());
			this.push.setCurveSecretKey(client.secretKeyBytes());
			this.push.connect(pull.getLastEndpoint());
		}

		@Override
		public Throughput measure() throws Exception {
			try (Loops loops = new Loops()) {
				loops.run(() -> {
					byte[] message = new byte[this.size];
					while (loops.isRunning()) {
						this.push.send(message, 0);
					}
				});
				return Throughput.of(this.settings, this.counter);
			}
		}

		@Override
		public void close() throws Exception {
			this.sender.close();
			this.receiver.close();
		}

	}

}
