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
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.security.ZmqKeyPair;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.ZError;

/**
 * A plain ZeroMQ peer in the same JVM, with a context of its own, that speaks to a socket
 * of the application over TCP. Where the socket is bound the peer connects to it, else it
 * binds and has the socket connect; it is connected when the factory method returns.
 * <pre class="code">
 * try (ZmqTestPeer peer = ZmqTestPeer.push(sockets, "orders")) {
 *     peer.send("tea", 2);
 * }
 * </pre> What goes between them can be {@linkplain #cut() cut}, {@linkplain #freeze()
 * frozen} and {@linkplain #delay delayed}. A peer may be used by one thread at a time;
 * waits end after ten seconds with an {@link AssertionError}.
 *
 * @since 0.1.0
 */
public final class ZmqTestPeer implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final int SLICE_MILLIS = 100;

	private final ZContext context = new ZContext(1);

	private final ZMQ.Socket socket;

	private final String name;

	private final TcpRelay relay;

	/** Undoes what the application's socket was told. */
	private final Runnable disconnect;

	private @Nullable Thread answering;

	private volatile @Nullable Throwable failure;

	private volatile boolean closed;

	private ZmqTestPeer(ZmqSockets sockets, String name, SocketType type, Consumer<ZMQ.Socket> setUp) {
		this.name = name;
		this.socket = this.context.createSocket(type);
		this.socket.setLinger(0);
		this.socket.setHandshakeIvl(2000);
		this.socket.setReceiveTimeOut(SLICE_MILLIS);
		this.socket.setSendTimeOut((int) PATIENCE.toMillis());
		TcpRelay connection = null;
		Runnable undo = () -> {
		};
		try {
			setUp.accept(this.socket);
			int before = sockets.status(name).peers();
			String bound = sockets.status(name)
				.bound()
				.stream()
				.filter((endpoint) -> endpoint.startsWith("tcp://"))
				.findFirst()
				.orElse(null);
			if (bound != null) {
				connection = TcpRelay.to(portOf(bound));
				this.socket.connect(connection.endpoint());
			}
			else {
				connection = TcpRelay.to(this.socket.bindToRandomPort("tcp://127.0.0.1"));
				String endpoint = connection.endpoint();
				sockets.connect(name, endpoint);
				undo = () -> disconnect(sockets, name, endpoint);
			}
			this.relay = connection;
			this.disconnect = undo;
			await("the peer to be connected to socket '" + name + "'", () -> sockets.status(name).peers() > before);
		}
		catch (RuntimeException | Error ex) {
			undo.run();
			this.context.close();
			if (connection != null) {
				connection.close();
			}
			throw ex;
		}
	}

	/** A socket that went on sending to a peer that is gone would lose messages. */
	private static void disconnect(ZmqSockets sockets, String name, String endpoint) {
		try {
			sockets.disconnect(name, endpoint);
		}
		catch (ZmqException ex) {
			// the test has stopped the socket or removed it
		}
	}

	private static int portOf(String endpoint) {
		return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
	}

	private static void await(String what, BooleanSupplier condition) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - deadline > 0) {
				throw new AssertionError("Waited " + PATIENCE.toSeconds() + " s for " + what);
			}
			pause();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(10);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting", ex);
		}
	}

	/**
	 * Create a peer of any type.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @param type the type of the peer
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer of(ZmqSockets sockets, String socket, SocketType type) {
		return new ZmqTestPeer(sockets, socket, type, (zmq) -> {
		});
	}

	/**
	 * Create a peer that proves who it is with CURVE.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @param type the type of the peer
	 * @param keys the peer's own keys
	 * @param serverKey the public key of the socket, in Z85
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer curve(ZmqSockets sockets, String socket, SocketType type, ZmqKeyPair keys,
			String serverKey) {
		return new ZmqTestPeer(sockets, socket, type, (zmq) -> {
			zmq.setCurvePublicKey(ZMQ.Curve.z85Decode(keys.publicKey()));
			zmq.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey()));
			zmq.setCurveServerKey(ZMQ.Curve.z85Decode(serverKey));
		});
	}

	/**
	 * Create a peer that proves who it is with PLAIN.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @param type the type of the peer
	 * @param username the name
	 * @param password the password
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer plain(ZmqSockets sockets, String socket, SocketType type, String username,
			String password) {
		return new ZmqTestPeer(sockets, socket, type, (zmq) -> {
			zmq.setPlainUsername(username.getBytes(ZMQ.CHARSET));
			zmq.setPlainPassword(password.getBytes(ZMQ.CHARSET));
		});
	}

	/**
	 * Create a PUSH peer.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer push(ZmqSockets sockets, String socket) {
		return of(sockets, socket, SocketType.PUSH);
	}

	/**
	 * Create a PULL peer.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer pull(ZmqSockets sockets, String socket) {
		return of(sockets, socket, SocketType.PULL);
	}

	/**
	 * Create a PUB peer, and wait for the subscriptions that the socket is configured
	 * with.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer pub(ZmqSockets sockets, String socket) {
		// which is to others a PUB, and knows when it has a subscriber
		int topics = sockets.definition(socket).topics().size();
		ZmqTestPeer peer = of(sockets, socket, SocketType.XPUB);
		for (int i = 0; i < topics; i++) {
			peer.await();
		}
		return peer;
	}

	/**
	 * Create a SUB peer, and wait until the application knows of its subscriptions.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @param topics what to subscribe to; everything if there are none
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer sub(ZmqSockets sockets, String socket, String... topics) {
		List<String> wanted = (topics.length > 0) ? Arrays.asList(topics) : List.of("");
		int[] before = wanted.stream().mapToInt((topic) -> sockets.subscribers(socket, topic)).toArray();
		ZmqTestPeer peer = new ZmqTestPeer(sockets, socket, SocketType.SUB,
				(zmq) -> wanted.forEach((topic) -> zmq.subscribe(topic.getBytes(ZMQ.CHARSET))));
		await("the subscriptions to arrive at socket '" + socket + "'", () -> IntStream.range(0, before.length)
			.allMatch((index) -> sockets.subscribers(socket, wanted.get(index)) > before[index]));
		return peer;
	}

	/**
	 * Create a REQ peer.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer req(ZmqSockets sockets, String socket) {
		return of(sockets, socket, SocketType.REQ);
	}

	/**
	 * Create a DEALER peer.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer dealer(ZmqSockets sockets, String socket) {
		return of(sockets, socket, SocketType.DEALER);
	}

	/**
	 * Create a ROUTER peer.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer router(ZmqSockets sockets, String socket) {
		return of(sockets, socket, SocketType.ROUTER);
	}

	/**
	 * Create a PAIR peer.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer pair(ZmqSockets sockets, String socket) {
		return of(sockets, socket, SocketType.PAIR);
	}

	/**
	 * Create a REP peer that answers on a thread of its own. What the answer throws fails
	 * {@link #close()}.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @param answer makes a reply of a request: bytes, text, or a message of several
	 * frames
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer rep(ZmqSockets sockets, String socket, Function<ZmqMessage, Object> answer) {
		ZmqTestPeer peer = of(sockets, socket, SocketType.REP);
		peer.answer(answer);
		return peer;
	}

	private void answer(Function<ZmqMessage, Object> answer) {
		Thread thread = new Thread(() -> {
			while (!this.closed) {
				try {
					ZmqMessage request = receive();
					if (request != null) {
						Object reply = answer.apply(request);
						send((reply instanceof ZmqMessage message) ? message.frames().toArray()
								: new Object[] { reply });
					}
				}
				catch (Throwable ex) {
					this.failure = ex;
					return;
				}
			}
		}, "zmq-test-peer-" + this.name);
		thread.setDaemon(true);
		this.answering = thread;
		thread.start();
	}

	/**
	 * Send a message.
	 * @param frames bytes, or anything else by its text
	 * @return this
	 * @throws AssertionError if the application takes nothing for ten seconds
	 */
	public ZmqTestPeer send(Object... frames) {
		for (int i = 0; i < frames.length; i++) {
			byte[] frame = (frames[i] instanceof byte[] bytes) ? bytes
					: String.valueOf(frames[i]).getBytes(ZMQ.CHARSET);
			if (!this.socket.send(frame, (i < frames.length - 1) ? ZMQ.SNDMORE : 0)) {
				throw new AssertionError("Socket '%s' took no message for %d s (%s)".formatted(this.name,
						PATIENCE.toSeconds(), ZError.toString(this.socket.errno())));
			}
		}
		return this;
	}

	/**
	 * Wait for a message, for ten seconds.
	 * @return the message
	 * @throws AssertionError if none comes
	 */
	public ZmqMessage await() {
		return await(PATIENCE);
	}

	/**
	 * Wait for a message.
	 * @param timeout how long
	 * @return the message
	 * @throws AssertionError if none comes in that time
	 */
	public ZmqMessage await(Duration timeout) {
		ZmqMessage message = poll(timeout);
		if (message == null) {
			throw new AssertionError("No message came from socket '%s' within %s".formatted(this.name, timeout));
		}
		return message;
	}

	/**
	 * Wait for so many messages, for ten seconds.
	 * @param count how many
	 * @return the messages
	 * @throws AssertionError if fewer come
	 */
	public List<ZmqMessage> await(int count) {
		List<ZmqMessage> messages = new ArrayList<>();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (messages.size() < count) {
			ZmqMessage message = receive();
			if (message != null) {
				messages.add(message);
			}
			else if (System.nanoTime() - deadline > 0) {
				throw new AssertionError("%d messages and not %d came from socket '%s' within %d s"
					.formatted(messages.size(), count, this.name, PATIENCE.toSeconds()));
			}
		}
		return messages;
	}

	/**
	 * Verify that no message comes for a while.
	 * @param time how long to look
	 * @throws AssertionError if one comes
	 */
	public void awaitNothing(Duration time) {
		ZmqMessage message = poll(time);
		if (message != null) {
			throw new AssertionError(
					"A message of %d frames came from socket '%s'".formatted(message.size(), this.name));
		}
	}

	private @Nullable ZmqMessage poll(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		ZmqMessage message = receive();
		while (message == null && System.nanoTime() - deadline < 0) {
			message = receive();
		}
		return message;
	}

	/** Return {@code null} if none comes within a slice of the time. */
	private @Nullable ZmqMessage receive() {
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

	/**
	 * Cut the connection, and let none be made until {@link #mend()}.
	 */
	public void cut() {
		this.relay.cut();
	}

	/**
	 * Hold back all bytes of both directions until {@link #mend()}; the connection stays.
	 */
	public void freeze() {
		this.relay.freeze();
	}

	/**
	 * Hold back the bytes of both directions for some time each.
	 * @param time how long; zero ends it
	 */
	public void delay(Duration time) {
		this.relay.delay(time);
	}

	/**
	 * End what {@link #cut()} or {@link #freeze()} began.
	 */
	public void mend() {
		this.relay.mend();
	}

	/**
	 * Close the peer.
	 * @throws AssertionError if its answers failed
	 */
	@Override
	public void close() {
		this.closed = true;
		Thread thread = this.answering;
		try {
			if (thread != null) {
				thread.join(PATIENCE.toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.disconnect.run();
		this.context.close();
		this.relay.close();
		Throwable failed = this.failure;
		if (failed != null) {
			throw new AssertionError("The peer of socket '" + this.name + "' could not answer", failed);
		}
	}

}
