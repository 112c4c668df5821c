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
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.zmqspring.core.MessageOperations;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.security.ZmqKeyPair;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

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
 * waits end after thirty seconds with an {@link AssertionError}.
 *
 * @since 0.1.0
 */
public final class ZmqTestPeer implements AutoCloseable {

	private static final Consumer<ZMQ.Socket> NONE = (socket) -> {
	};

	private final PeerSocket socket;

	private final String name;

	private final PeerLink link;

	private @Nullable PeerAnswers answers;

	private PeerConversion conversion;

	private @Nullable PeerSubscriptions subscriptions;

	private ZmqTestPeer(ZmqSockets sockets, String name, SocketType type, Consumer<ZMQ.Socket> setUp) {
		this.name = name;
		this.conversion = new PeerConversion(name, null);
		// a name that no socket has is refused before anything is made
		sockets.definition(name);
		this.socket = new PeerSocket(name, type, setUp);
		try {
			this.link = PeerLink.connect(this.socket.socket(), sockets, name);
		}
		catch (RuntimeException | Error ex) {
			this.socket.close();
			throw ex;
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
		return new ZmqTestPeer(sockets, socket, type, NONE);
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
		return new ZmqTestPeer(sockets, socket, type, PeerSecurity.curve(keys, serverKey));
	}

	/**
	 * Create a peer that is the server of CURVE, for a socket that is its client. It lets
	 * any client in.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @param type the type of the peer
	 * @param keys the peer's own keys, whose public half the socket has as its
	 * {@code server-key}
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer curveServer(ZmqSockets sockets, String socket, SocketType type, ZmqKeyPair keys) {
		return new ZmqTestPeer(sockets, socket, type, PeerSecurity.curveServer(keys));
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
		return new ZmqTestPeer(sockets, socket, type, PeerSecurity.plain(username, password));
	}

	/**
	 * Verify that a socket refuses a peer without credentials, within thirty seconds.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one that should refuse
	 * @param type the type of the peer
	 * @throws AssertionError if it takes the peer, or does neither
	 */
	public static void awaitRefused(ZmqSockets sockets, String socket, SocketType type) {
		PeerLink.awaitRefused(sockets, socket, type, NONE);
	}

	/**
	 * Verify that a socket refuses a peer with these keys of CURVE, within thirty
	 * seconds.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one that should refuse
	 * @param type the type of the peer
	 * @param keys the peer's own keys
	 * @param serverKey the public key of the socket, in Z85
	 * @throws AssertionError if it takes the peer, or does neither
	 */
	public static void awaitRefused(ZmqSockets sockets, String socket, SocketType type, ZmqKeyPair keys,
			String serverKey) {
		PeerLink.awaitRefused(sockets, socket, type, PeerSecurity.curve(keys, serverKey));
	}

	/**
	 * Verify that a socket refuses a user of PLAIN, within thirty seconds.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one that should refuse
	 * @param type the type of the peer
	 * @param username the name
	 * @param password the password
	 * @throws AssertionError if it takes the peer, or does neither
	 */
	public static void awaitRefused(ZmqSockets sockets, String socket, SocketType type, String username,
			String password) {
		PeerLink.awaitRefused(sockets, socket, type, PeerSecurity.plain(username, password));
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
		return peer.once(() -> {
			for (int i = 0; i < topics; i++) {
				peer.await();
			}
		});
	}

	/**
	 * Create a SUB peer, and wait until the application knows of its subscriptions.
	 * @param sockets the sockets of the application
	 * @param socket the logical name of the one to speak to
	 * @param topics what to subscribe to; everything if there are none
	 * @return the peer, to be closed
	 */
	public static ZmqTestPeer sub(ZmqSockets sockets, String socket, String... topics) {
		PeerSubscriptions wanted = new PeerSubscriptions(sockets, socket, topics);
		ZmqTestPeer peer = new ZmqTestPeer(sockets, socket, SocketType.SUB, wanted::subscribe);
		peer.once(() -> Patience.await("the subscriptions to arrive at socket '" + socket + "'", () -> {
			peer.socket.processCommands();
			return wanted.haveCome();
		}));
		peer.subscriptions = wanted;
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
		return of(sockets, socket, SocketType.REP).answering(answer);
	}

	/**
	 * Answer each message that comes, on a thread of its own; then {@code await} may not
	 * be called. What the answer throws fails {@link #close()}.
	 * @param answer makes a reply of a request: bytes, text, or a message of several
	 * frames
	 * @return this
	 */
	public ZmqTestPeer answering(Function<ZmqMessage, Object> answer) {
		this.answers = new PeerAnswers(this, this.name, answer);
		return this;
	}

	/** Close the peer if what it waits for does not come. */
	private ZmqTestPeer once(Runnable awaited) {
		try {
			awaited.run();
			return this;
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Have objects converted as the application does, by its JSON mapper and other
	 * converters.
	 * @param messages the bean of the application
	 * @return this
	 */
	public ZmqTestPeer converting(MessageOperations messages) {
		this.conversion = new PeerConversion(this.name, messages);
		return this;
	}

	/**
	 * Send a message.
	 * @param frames bytes, text, or anything else as {@link #converting} says, or else by
	 * its text
	 * @return this
	 * @throws AssertionError if the application takes nothing for thirty seconds
	 */
	public ZmqTestPeer send(Object... frames) {
		this.socket.send(Arrays.stream(frames).map(this.conversion::bytes).toList());
		return this;
	}

	/**
	 * Wait for a message, for thirty seconds.
	 * @return the message
	 * @throws AssertionError if none comes
	 */
	public ZmqMessage await() {
		return await(Patience.LIMIT);
	}

	/**
	 * Wait for a message.
	 * @param timeout how long
	 * @return the message
	 * @throws AssertionError if none comes in that time
	 */
	public ZmqMessage await(Duration timeout) {
		ZmqMessage message = this.socket.poll(timeout);
		if (message == null) {
			throw new AssertionError("No message came from socket '%s' within %s".formatted(this.name, timeout));
		}
		return message;
	}

	/**
	 * Wait for this many messages, for thirty seconds.
	 * @param count how many
	 * @return the messages
	 * @throws AssertionError if fewer come
	 */
	public List<ZmqMessage> await(int count) {
		return this.socket.await(count);
	}

	/**
	 * Wait for a message, for thirty seconds, and convert its last frame as
	 * {@link #converting} says.
	 * @param <T> the type of the payload
	 * @param type the type of the payload
	 * @return the payload
	 * @throws AssertionError if no message comes
	 */
	public <T> T await(Class<T> type) {
		return this.conversion.payload(this::await, type);
	}

	/**
	 * Verify that no message comes for a while.
	 * @param time how long to look
	 * @throws AssertionError if one comes
	 */
	public void awaitNothing(Duration time) {
		ZmqMessage message = this.socket.poll(time);
		if (message != null) {
			throw new AssertionError(
					"A message of %d frames came from socket '%s'".formatted(message.size(), this.name));
		}
	}

	/** Return {@code null} if none comes within a slice of the time. */
	@Nullable ZmqMessage receive() {
		return this.socket.receive();
	}

	/**
	 * Cut the connection, and let none be made until {@link #mend()}.
	 */
	public void cut() {
		this.link.cut();
	}

	/**
	 * Hold back all bytes of both directions until {@link #mend()}; the connection stays.
	 */
	public void freeze() {
		this.link.freeze();
	}

	/**
	 * Hold back the bytes of both directions for some time each.
	 * @param time how long; zero ends it
	 */
	public void delay(Duration time) {
		this.link.delay(time);
	}

	/**
	 * End what {@link #cut()} or {@link #freeze()} began.
	 */
	public void mend() {
		this.link.mend();
	}

	/**
	 * Close the peer.
	 * @throws AssertionError if its answers failed
	 */
	@Override
	public void close() {
		PeerAnswers answering = this.answers;
		if (answering != null) {
			answering.close();
		}
		BooleanSupplier gone = this.link.gone(this.subscriptions);
		this.link.release();
		this.socket.close();
		this.link.close();
		Patience.awaitQuietly(gone);
		Throwable failed = (answering != null) ? answering.failure() : null;
		if (failed != null) {
			throw new AssertionError("The peer of socket '" + this.name + "' could not answer", failed);
		}
	}

}
