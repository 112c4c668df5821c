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

package io.github.zmqspring.transport.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.RawPeer;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import zmq.Msg;
import zmq.Options;
import zmq.io.SessionBase;
import zmq.io.mechanism.Mechanism;
import zmq.io.net.Address;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Engine}: every version of ZMTP, however its bytes come, and errors that
 * cost one connection.
 */
@NoLeaks
class EngineTests {

	private static final byte[] FAULT = "fault".getBytes(StandardCharsets.US_ASCII);

	@Test
	void noneOf500ConnectsStalls() {
		Object[] never = { SocketOption.HANDSHAKE_INTERVAL, Duration.ofMinutes(10) };
		try (TestSockets sockets = new TestSockets()) {
			sockets.bind("pull", SocketType.PULL, TestSockets.TCP, never);
			for (int i = 0; i < 250; i++) {
				sockets.connect("push-" + i, SocketType.PUSH, sockets.endpoint("pull"), never);
			}
			sockets.awaitPeers("pull", 250);
			for (int i = 0; i < 250; i++) {
				sockets.registry.remove("push-" + i);
				sockets.connect("push-" + i, SocketType.PUSH, sockets.endpoint("pull"), never);
			}
			for (int i = 0; i < 250; i++) {
				sockets.awaitPeers("push-" + i, 1);
			}
		}
	}

	@Test
	void aGreetingMayComeByteByByte() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "pull")) {
				peer.slowly(ZmtpPeer.greeting(0));
				peer.slowly(ZmtpPeer.ready("PUSH"));
				peer.slowly(ZmtpPeer.frame(0, "slow"));
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("slow");
			}
		}
	}

	/** As a peer may that does not wait for what it does not need. */
	@Test
	void messagesMayComeInTheSameBreathAsTheGreeting() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "pull")) {
				peer.send(ZmtpPeer.join(ZmtpPeer.greeting(0), ZmtpPeer.ready("PUSH"), ZmtpPeer.frame(0, "one"),
						ZmtpPeer.frame(0, "two")));
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("one");
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("two");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void peersOfZmtp2AreServed(int revision) throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket dealer = sockets.bind("dealer", SocketType.DEALER, TestSockets.TCP);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "dealer")) {
				peer.send(new byte[] { -1, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, (byte) revision, 5 });
				// both greetings, then both identities
				assertThat(peer.read(12)).startsWith(-1).endsWith(0x7f, 3, 5);
				boolean old = revision == 0;
				peer.send((old) ? new byte[] { 1, 0 } : new byte[] { 0, 0 });
				assertThat(peer.read(2)).containsExactly((old) ? 1 : 0, 0);
				peer.send((old) ? new byte[] { 3, 0, 'h', 'i' } : new byte[] { 0, 2, 'h', 'i' });
				assertThat(TestSockets.text(TestSockets.receive(dealer))).isEqualTo("hi");
				TestSockets.send(dealer, "ho");
				assertThat(peer.read(4))
					.isEqualTo((old) ? new byte[] { 3, 0, 'h', 'o' } : new byte[] { 0, 2, 'h', 'o' });
			}
		}
	}

	@Test
	void peersThatKnowNoGreetingAreServed() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket router = sockets.bind("router", SocketType.ROUTER, TestSockets.TCP);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "router")) {
				// an identity and a message of ZMTP 1
				peer.send(new byte[] { 2, 0, 'A', 3, 0, 'h', 'i' });
				assertThat(TestSockets.text(TestSockets.receive(router))).isEqualTo("hi");
				// the header that looks like a greeting, and no identity
				assertThat(peer.read(10)).containsExactly(-1, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f);
			}
		}
	}

	@Test
	void aPublisherSendsAllToPeersThatKnowNoSubscriptions() throws IOException {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pub = sockets.bind("pub", SocketType.PUB, TestSockets.TCP);
			try (ZmtpPeer peer = ZmtpPeer.connect(sockets, "pub")) {
				peer.send(new byte[] { 1, 0 });
				sockets.awaitPeers("pub", 1);
				assertThat(peer.read(10)).hasSize(10);
				TestSockets.await(() -> {
					TestSockets.send(pub, "news");
					return peer.available() > 0;
				});
				assertThat(peer.read(6)).containsExactly(5, 0, 'n', 'e', 'w', 's');
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void anErrorEndsItsConnectionAndNoOther(Fault fault) throws IOException {
		for (Place place : Place.values()) {
			try (TestSockets sockets = new TestSockets()) {
				ManagedSocket pull = sockets.create("pull", SocketType.PULL, List.of(), List.of());
				AtomicInteger ended = new AtomicInteger();
				settings(fault, place, ended).use(pull.call((zmq) -> zmq.base()));
				sockets.registry.bind("pull", TestSockets.TCP);
				ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
				TestSockets.send(push, "before");
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("before");
				for (int i = 1; i <= 5; i++) {
					try (RawPeer peer = RawPeer.connect(sockets.endpoint("pull"))) {
						if (place == Place.HANDSHAKE) {
							peer.greet().frame(RawPeer.COMMAND, FAULT);
						}
						else {
							peer.handshake("PUSH").frame(0, FAULT);
						}
						assertThat(peer.isEnded()).as(fault + " in " + place).isTrue();
					}
					TestSockets.send(push, "after" + i);
					assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("after" + i);
					int count = i;
					TestSockets.await(() -> ended.get() == count);
				}
				// the good one is still the same
				sockets.awaitPeers("push", 1);
			}
		}
	}

	private static EngineSettings settings(Fault fault, Place place, AtomicInteger ended) {
		ConnectionListener listener = new ConnectionListener() {

			@Override
			public void refused(Connection connection, ConnectionEnd end) {
				closed(connection, end);
			}

			@Override
			public void closed(Connection connection, ConnectionEnd end) {
				if (end.reason() == ConnectionEnd.Reason.ERROR && end.cause() != null) {
					ended.incrementAndGet();
				}
			}

		};
		return new EngineSettings().listener(listener)
			.mechanisms((session, peer, options) -> new Faulty(session, peer, options, fault, place));
	}

	/** What is thrown on the I/O thread. */
	enum Fault {

		OUT_OF_MEMORY((place) -> {
			throw new OutOfMemoryError("provoked");
		}), STACK_OVERFLOW((place) -> overflow()), ASSERTION((place) -> {
			throw new AssertionError("provoked");
		}), LINKAGE((place) -> {
			throw new NoClassDefFoundError("provoked");
		}), EXCEPTION((place) -> {
			throw new IllegalStateException("provoked");
		});

		private final Consumer<Place> raise;

		Fault(Consumer<Place> raise) {
			this.raise = raise;
		}

		private static int overflow() {
			return overflow() + 1;
		}

	}

	/** Where it is thrown. */
	enum Place {

		HANDSHAKE, MESSAGE, PIPE

	}

	/** A mechanism as any, until the word falls. */
	private static final class Faulty extends Mechanism {

		private final Mechanism delegate;

		private final Fault fault;

		private final Place place;

		Faulty(SessionBase session, Address peer, Options options, Fault fault, Place place) {
			super(session, peer, options);
			this.delegate = options.mechanism.create(session, peer, options);
			this.fault = fault;
			this.place = place;
		}

		private boolean isWord(Msg message) {
			return Arrays.equals(message.data(), FAULT);
		}

		@Override
		public Status status() {
			return this.delegate.status();
		}

		@Override
		public int zapMsgAvailable() {
			return this.delegate.zapMsgAvailable();
		}

		@Override
		public int processHandshakeCommand(Msg message) {
			if (isWord(message)) {
				this.fault.raise.accept(Place.HANDSHAKE);
			}
			return this.delegate.processHandshakeCommand(message);
		}

		@Override
		public int nextHandshakeCommand(Msg message) {
			return this.delegate.nextHandshakeCommand(message);
		}

		@Override
		public Msg decode(Msg message) {
			if (!isWord(message)) {
				return message;
			}
			if (this.place == Place.MESSAGE) {
				this.fault.raise.accept(Place.MESSAGE);
			}
			return new Msg(message.data()) {

				@Override
				public boolean hasMore() {
					// asked for when the message is put into the pipe
					Faulty.this.fault.raise.accept(Place.PIPE);
					return false;
				}

			};
		}

	}

}
