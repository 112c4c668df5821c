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

package io.github.zmqspring.transport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.event.ZmqMessagesLostEvent;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.PythonPeer;
import io.github.zmqspring.test.RequiresPyzmq;
import io.github.zmqspring.transport.jeromq.SocketPipe;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was accepted goes out within {@code linger}, or is counted as lost.
 */
@NoLeaks
@RequiresPyzmq
@Timeout(120)
class LingerTests {

	/** Reads nothing until it is told to, and then slowly if wanted. */
	private static final String PEER = """
			kind, binds, endpoint, pause = sys.argv[1], sys.argv[2] == "binds", sys.argv[3], float(sys.argv[4])
			s = ctx.socket(getattr(zmq, kind))
			s.linger, s.rcvhwm, s.rcvbuf = 0, 10, 16384
			if kind == "SUB":
			    s.subscribe(b"")
			if kind == "DEALER":
			    s.routing_id = b"peer"
			if binds:
			    say("port", s.bind_to_random_port("tcp://127.0.0.1"))
			else:
			    s.connect(endpoint)
			    if kind == "DEALER":
			        s.send(b"hello")
			    say("connected")
			monitor = s.get_monitor_socket(zmq.EVENT_DISCONNECTED)
			hear()
			count, over = 0, False
			# libzmq tells of the end a moment before it hands over the last messages
			while s.poll(200 if over else 10) or not over:
			    over = over or monitor.poll(0) != 0
			    if s.poll(0):
			        s.recv_multipart()
			        count += 1
			        if pause:
			            time.sleep(pause)
			say("count", count)
			""";

	/** So that many messages are more than the buffers of two kernels hold. */
	private static final int SIZE = 16 * 1024;

	/** So that a connection takes many messages at once. */
	private static final int SMALL = 1024;

	/** More than the kernel has room for when it says that it has some. */
	private static final int LARGE_BATCH = 4 * 1024 * 1024;

	private static SendResult send(ManagedSocket socket, SocketType type, byte[] body, Duration timeout) {
		byte[][] frames = (type == SocketType.ROUTER) ? new byte[][] { "peer".getBytes(), body }
				: new byte[][] { body };
		return socket.send(frames, timeout.toNanos());
	}

	private static ManagedSocket open(TestSockets sockets, SocketType type, String endpoint, boolean binds,
			Duration linger) {
		Object[] options = { SocketOption.SEND_HWM, 0, SocketOption.LINGER, linger };
		return (binds) ? sockets.bind("out", type, endpoint, options) : sockets.connect("out", type, endpoint, options);
	}

	private static PythonPeer peer(TestSockets sockets, String kind, SocketType type, boolean binds, Duration linger,
			double pause) {
		if (binds) {
			ManagedSocket socket = open(sockets, type, TestSockets.TCP, true, linger);
			PythonPeer peer = PythonPeer.start(PEER, kind, "connects", sockets.endpoint("out"), pause);
			peer.awaitLine("connected");
			if (type == SocketType.ROUTER) {
				TestSockets.receive(socket);
			}
			if (type == SocketType.PUB) {
				TestSockets.await(() -> sockets.registry.subscribers("out", "") == 1);
			}
			sockets.awaitPeers("out", 1);
			return peer;
		}
		PythonPeer peer = PythonPeer.start(PEER, kind, "binds", "", pause);
		String port = peer.awaitLine("port ").substring(5);
		open(sockets, type, "tcp://127.0.0.1:" + port, false, linger);
		sockets.awaitPeers("out", 1);
		if (type == SocketType.PUB) {
			TestSockets.await(() -> sockets.registry.subscribers("out", "") == 1);
		}
		return peer;
	}

	private static void send(ManagedSocket socket, SocketType type, int count) {
		send(socket, type, count, SIZE);
	}

	private static void send(ManagedSocket socket, SocketType type, int count, int size) {
		for (int i = 0; i < count; i++) {
			assertThat(send(socket, type, new byte[size], TestSockets.PATIENCE)).isEqualTo(SendResult.ACCEPTED);
		}
	}

	private static int count(PythonPeer peer) {
		return Integer.parseInt(peer.awaitLine("count ", Duration.ofSeconds(60)).substring(6));
	}

	@ParameterizedTest
	@CsvSource({ "PUSH, PULL, true", "PUSH, PULL, false", "DEALER, DEALER, false", "ROUTER, DEALER, true",
			"PUB, SUB, true", "PAIR, PAIR, false" })
	void allThatWasAcceptedReachesASlowReaderWithinLinger(SocketType type, String kind, boolean binds) {
		int sent = 600;
		TestSockets sockets = new TestSockets();
		try (PythonPeer peer = peer(sockets, kind, type, binds, Duration.ofSeconds(60), 0.001)) {
			send(sockets.registry.socket("out"), type, sent);
			peer.tell("go");
			sockets.close();
			assertThat(count(peer)).isEqualTo(sent);
			assertThat(sockets.registry.status("out").lost()).isZero();
		}
		finally {
			sockets.close();
		}
	}

	@ParameterizedTest
	@CsvSource({ "PUSH, PULL, true", "PUSH, PULL, false", "DEALER, DEALER, false", "ROUTER, DEALER, true",
			"PUB, SUB, true" })
	void whatDoesNotGoOutWithinLingerIsCounted(SocketType type, String kind, boolean binds) {
		int sent = 20_000;
		TestSockets sockets = new TestSockets(LARGE_BATCH);
		try (PythonPeer peer = peer(sockets, kind, type, binds, Duration.ofMillis(300), 0)) {
			send(sockets.registry.socket("out"), type, sent, SMALL);
			sockets.close();
			SocketStatus status = sockets.registry.status("out");
			peer.tell("go");
			int count = count(peer);
			assertThat(count).isPositive();
			assertThat(status.lost()).isPositive();
			assertThat(count + status.lost()).isEqualTo(sent);
			assertThat(status.lastError())
				.isEqualTo(status.lost() + " messages were not sent within linger when the socket was closed");
		}
		finally {
			sockets.close();
		}
	}

	@ParameterizedTest
	@CsvSource({ "PUSH, PULL, true", "PUSH, PULL, false", "DEALER, DEALER, false", "PUB, SUB, true" })
	void anEndpointThatIsGivenUpGetsWhatWaitsForItWithinLinger(SocketType type, String kind, boolean binds) {
		int sent = 600;
		try (TestSockets sockets = new TestSockets();
				PythonPeer peer = peer(sockets, kind, type, binds, Duration.ofSeconds(60), 0.001)) {
			send(sockets.registry.socket("out"), type, sent);
			giveUp(sockets, binds);
			peer.tell("go");
			assertThat(count(peer)).isEqualTo(sent);
			assertThat(sockets.registry.status("out").lost()).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "PUSH, PULL, true", "PUSH, PULL, false", "DEALER, DEALER, false", "ROUTER, DEALER, true" })
	void whatAnEndpointThatIsGivenUpDoesNotGetIsCounted(SocketType type, String kind, boolean binds) {
		int sent = 600;
		try (TestSockets sockets = new TestSockets();
				PythonPeer peer = peer(sockets, kind, type, binds, Duration.ofMillis(300), 0)) {
			send(sockets.registry.socket("out"), type, sent);
			giveUp(sockets, binds);
			TestSockets.await(() -> sockets.registry.status("out").lost() > 0);
			peer.tell("go");
			assertThat(count(peer) + sockets.registry.status("out").lost()).isEqualTo(sent);
		}
	}

	private static void giveUp(TestSockets sockets, boolean binds) {
		SocketStatus status = sockets.registry.status("out");
		if (binds) {
			sockets.registry.unbind("out", status.bound().get(0));
		}
		else {
			sockets.registry.disconnect("out", status.connected().get(0));
		}
	}

	@Test
	void aPeerThatKeepsSendingGetsAllAnswersAtTheEnd() {
		int sent = 600;
		TestSockets sockets = new TestSockets();
		ManagedSocket router = open(sockets, SocketType.ROUTER, TestSockets.TCP, true, Duration.ofSeconds(30));
		try (PythonPeer peer = PythonPeer.start("""
				s = ctx.socket(zmq.DEALER)
				s.linger, s.rcvhwm, s.rcvbuf, s.routing_id = 0, 10, 16384, b"peer"
				s.connect(sys.argv[1])
				s.send(b"hello")
				hear()
				count, silent = 0, 0
				while silent < 1000:
				    for i in range(50):
				        try:
				            s.send(b"x" * 1000, zmq.DONTWAIT)
				        except zmq.Again:
				            break
				    if s.poll(1):
				        s.recv_multipart()
				        count, silent = count + 1, 0
				    else:
				        silent += 1
				say("count", count)
				""", sockets.endpoint("out"))) {
			TestSockets.receive(router);
			send(router, SocketType.ROUTER, sent);
			peer.tell("go");
			TestSockets.await(() -> router.call((zmq) -> SocketPipe.remote(zmq.base()).get(0).unread()) > 500);
			sockets.close();
			assertThat(count(peer)).isEqualTo(sent);
			assertThat(sockets.registry.status("out").lost()).isZero();
		}
		finally {
			sockets.close();
		}
	}

	@Test
	void whatWaitsForAPeerThatLeavesIsCounted() {
		try (TestSockets sockets = new TestSockets();
				PythonPeer peer = peer(sockets, "PULL", SocketType.PUSH, true, Duration.ZERO, 0)) {
			send(sockets.registry.socket("out"), SocketType.PUSH, 600);
			ListAppender<ILoggingEvent> log = new ListAppender<>();
			Logger logger = (Logger) LoggerFactory.getLogger(SocketLosses.class);
			logger.addAppender(log);
			log.start();
			try {
				peer.close();
				TestSockets.await(() -> sockets.registry.status("out").lost() > 10);
			}
			finally {
				logger.detachAppender(log);
			}
			assertThat(sockets.registry.status("out").lastError())
				.endsWith(" messages were not sent before their peer left");
			assertThat(log.list).anySatisfy((line) -> {
				assertThat(line.getLevel()).isEqualTo(Level.WARN);
				assertThat(line.getFormattedMessage()).startsWith("Socket 'out': ").endsWith("they are lost");
			});
		}
	}

	@Test
	void whatTheConnectionOfAPeerThatLeavesHadTakenIsCountedToo() {
		List<ZmqMessagesLostEvent> lost = new CopyOnWriteArrayList<>();
		try (TestSockets sockets = new TestSockets(LARGE_BATCH, (event) -> {
			if (event instanceof ZmqMessagesLostEvent loss) {
				lost.add(loss);
			}
		}); PythonPeer peer = peer(sockets, "PULL", SocketType.PUSH, true, Duration.ZERO, 0)) {
			send(sockets.registry.socket("out"), SocketType.PUSH, 20_000, SMALL);
			peer.close();
			// its batch and its queue
			TestSockets.await(() -> lost.size() == 2);
			assertThat(lost.stream().mapToLong(ZmqMessagesLostEvent::getMessages).sum())
				.isEqualTo(sockets.registry.status("out").lost());
			assertThat(lost).allMatch((loss) -> loss.getReason() == ZmqMessagesLostEvent.Reason.PEER_LEFT);
		}
	}

	@Test
	void messagesForAServerThatNeverCameAreCounted() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket push = sockets.connect("out", SocketType.PUSH, "tcp://127.0.0.1:1", SocketOption.LINGER,
					Duration.ofMillis(50));
			send(push, SocketType.PUSH, 7);
			sockets.registry.stop("out");
			TestSockets.await(() -> sockets.registry.status("out").lost() == 7);
		}
	}

	@Test
	void whatWasReceivedStaysReadableWhenAnEndpointIsGivenUp() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket push = sockets.bind("push", SocketType.PUSH, TestSockets.TCP);
			ManagedSocket pull = sockets.connect("pull", SocketType.PULL, sockets.endpoint("push"));
			for (int i = 0; i < 100; i++) {
				TestSockets.send(push, i);
			}
			TestSockets.receive(pull);
			TestSockets.await(() -> pull.call((zmq) -> SocketPipe.remote(zmq.base()).get(0).unread()) == 99);
			sockets.registry.disconnect("pull", sockets.endpoint("push"));
			for (int i = 1; i < 100; i++) {
				assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo(String.valueOf(i));
			}
		}
	}

}
