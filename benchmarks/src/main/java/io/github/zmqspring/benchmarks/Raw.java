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

import java.lang.reflect.Field;

import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.Config;

/**
 * A JeroMQ context of its own with hand-written loops.
 */
final class Raw implements AutoCloseable {

	/** The default engine batch of JeroMQ. */
	static final int JEROMQ_BATCH = 8 * 1024;

	/** The engine batch of both sides: one for the whole JVM, in JeroMQ as here. */
	private static int batch = 64 * 1024;

	private final ZContext context;

	/** Of the sockets opened from now on, or 0 for JeroMQ's own. */
	private final int highWaterMark;

	private final Loops receivers = new Loops();

	/**
	 * Make a context.
	 * @param batch the engine batch in bytes of connections made from now on
	 */
	Raw(int batch) {
		this(batch, 0);
	}

	Raw(int batch, int highWaterMark) {
		this.highWaterMark = highWaterMark;
		// JeroMQ's own in everything but the batch, which is that of the whole JVM
		useBatch(batch);
		this.context = new ZContext(1);
	}

	/**
	 * Set the engine batch of both sides.
	 * @param bytes its size, by default that of the library
	 */
	static void batch(int bytes) {
		batch = bytes;
	}

	/**
	 * Exchange JeroMQ's constant while connections with buffers of other sizes exist, on
	 * which no message may be in transit.
	 * @param bytes the engine batch
	 */
	static void useBatch(int bytes) {
		try {
			Field value = Config.class.getDeclaredField("value");
			value.setAccessible(true);
			value.setInt(Config.IN_BATCH_SIZE, bytes);
			value.setInt(Config.OUT_BATCH_SIZE, bytes);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static int batch() {
		return batch;
	}

	ZMQ.Socket bind(SocketType type) {
		ZMQ.Socket socket = open(type);
		socket.bind("tcp://127.0.0.1:*");
		return socket;
	}

	ZMQ.Socket connect(SocketType type, String endpoint) {
		ZMQ.Socket socket = open(type);
		socket.connect(endpoint);
		return socket;
	}

	ZMQ.Socket open(SocketType type) {
		ZMQ.Socket socket = this.context.createSocket(type);
		socket.setLinger(0);
		if (this.highWaterMark > 0) {
			socket.setHWM(this.highWaterMark);
		}
		// a connection that stalls in the handshake heals after this time
		socket.setHandshakeIvl(1000);
		// so that loops notice their end
		socket.setReceiveTimeOut(200);
		socket.setSendTimeOut(200);
		return socket;
	}

	/** Run a loop until this is closed. */
	void receive(Runnable step) {
		this.receivers.run(() -> {
			while (this.receivers.isRunning()) {
				step.run();
			}
		});
	}

	/** Receive in the tightest possible loop, until this is closed. */
	void receive(ZMQ.Socket socket, Counter counter) {
		this.receivers.run(() -> {
			while (this.receivers.isRunning()) {
				if (socket.recv(0) != null) {
					counter.increment();
				}
			}
		});
	}

	/** Send in the tightest possible loop while something is measured. */
	static Throughput whileSending(ZMQ.Socket socket, Settings settings, Counter counted) throws InterruptedException {
		return whileSending(socket, settings, false, counted);
	}

	/** The same, with an array of its own for each message or with one for all. */
	static Throughput whileSending(ZMQ.Socket socket, Settings settings, boolean copies, Counter counted)
			throws InterruptedException {
		try (Loops loops = new Loops()) {
			loops.run(() -> {
				byte[] message = new byte[settings.size()];
				while (loops.isRunning()) {
					socket.send((copies) ? message.clone() : message, 0);
				}
			});
			return Throughput.of(settings, counted);
		}
	}

	@Override
	public void close() throws InterruptedException {
		this.receivers.close();
		this.context.close();
	}

}
