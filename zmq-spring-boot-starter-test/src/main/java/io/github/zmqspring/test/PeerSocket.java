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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.ZError;

/**
 * The plain socket of a peer, in a context of its own.
 */
final class PeerSocket implements AutoCloseable {

	private static final int SLICE_MILLIS = 100;

	private final ZContext context = new ZContext(1);

	private final ZMQ.Socket socket;

	private final String name;

	PeerSocket(String name, SocketType type, Consumer<ZMQ.Socket> setUp) {
		this.name = name;
		try {
			this.socket = this.context.createSocket(type);
			this.socket.setLinger(0);
			// a handshake of JeroMQ's connecting side may stall
			this.socket.setHandshakeIvl(1000);
			this.socket.setReceiveTimeOut(SLICE_MILLIS);
			this.socket.setSendTimeOut((int) Patience.LIMIT.toMillis());
			setUp.accept(this.socket);
		}
		catch (RuntimeException | Error ex) {
			this.context.close();
			throw ex;
		}
	}

	ZMQ.Socket socket() {
		return this.socket;
	}

	/**
	 * Let the socket do what waits for its thread: after a connection that failed, a SUB
	 * does not subscribe again before.
	 */
	void processCommands() {
		this.socket.getEvents();
	}

	void send(List<byte[]> frames) {
		for (int i = 0; i < frames.size(); i++) {
			if (!this.socket.send(frames.get(i), (i < frames.size() - 1) ? ZMQ.SNDMORE : 0)) {
				throw new AssertionError("Socket '%s' took no message for %d s (%s)".formatted(this.name,
						Patience.LIMIT.toSeconds(), ZError.toString(this.socket.errno())));
			}
		}
	}

	/** Wait for a message, and return {@code null} if none comes in time. */
	@Nullable ZmqMessage poll(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		ZmqMessage message = receive();
		while (message == null && System.nanoTime() - deadline < 0) {
			message = receive();
		}
		return message;
	}

	/** Wait for this many messages. */
	List<ZmqMessage> await(int count) {
		List<ZmqMessage> messages = new ArrayList<>();
		long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
		while (messages.size() < count) {
			ZmqMessage message = receive();
			if (message != null) {
				messages.add(message);
			}
			else if (System.nanoTime() - deadline > 0) {
				throw new AssertionError("%d messages and not %d came from socket '%s' within %d s"
					.formatted(messages.size(), count, this.name, Patience.LIMIT.toSeconds()));
			}
		}
		return messages;
	}

	/** Return {@code null} if none comes within a slice of the time. */
	@Nullable ZmqMessage receive() {
		byte[] frame = this.socket.recv();
		if (frame == null) {
			return null;
		}
		List<byte[]> frames = new ArrayList<>();
		frames.add(frame);
		while (this.socket.hasReceiveMore()) {
			frames.add(this.socket.recv());
		}
		return ZmqMessage.of(frames);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
