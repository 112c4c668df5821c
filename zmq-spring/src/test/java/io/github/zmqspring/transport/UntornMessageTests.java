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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.jeromq.JeroMq;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.Msg;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A message goes to one peer, all of it or nothing, however peers come and go.
 */
@NoLeaks
@Timeout(60)
class UntornMessageTests {

	@Test
	void jeroMqsOwnSendTearsAMessageWhenAnotherPeerGoesBetweenItsFrames() {
		assertThat(lastFrameGoesTo(false)).isEqualTo(0);
	}

	@Test
	void ourWayOfSendingDoesNot() {
		assertThat(lastFrameGoesTo(true)).isEqualTo(2);
	}

	/** Three peers in turn; the second goes while the third gets its message. */
	private static int lastFrameGoesTo(boolean ourWay) {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			push.bind("inproc://torn");
			List<ZMQ.Socket> pulls = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				ZMQ.Socket pull = context.createSocket(SocketType.PULL);
				pull.setReceiveTimeOut(100);
				pull.connect("inproc://torn");
				pulls.add(pull);
			}
			push.send("for 0");
			push.send("for 1");
			// the end of a pipe takes a command each way, and the last one comes in
			// between
			pulls.get(1).disconnect("inproc://torn");
			push.getEvents();
			push.sendMore("for 2");
			pulls.get(1).getEvents();
			Msg last = new Msg("the end".getBytes());
			boolean taken = (ourWay) ? JeroMq.sendFollowing(push.base(), last)
					: push.base().send(last, zmq.ZMQ.ZMQ_DONTWAIT);
			assertThat(taken).isTrue();
			for (int i = 0; i < 3; i += 2) {
				String frame;
				while ((frame = pulls.get(i).recvStr()) != null) {
					if (frame.equals("the end")) {
						return i;
					}
				}
			}
			return -1;
		}
	}

	@ParameterizedTest
	@CsvSource({ "PUSH, PULL, tcp://127.0.0.1:*", "PUSH, PULL, inproc://churn", "DEALER, DEALER, tcp://127.0.0.1:*",
			"XPUB, SUB, tcp://127.0.0.1:*", "PUB, SUB, inproc://churn" })
	void nothingIsTornWhilePeersComeAndGo(SocketType type, SocketType peerType, String endpoint) throws Exception {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket sender = sockets.bind("sender", type, endpoint, SocketOption.SEND_HWM, 100);
			AtomicBoolean done = new AtomicBoolean();
			AtomicInteger whole = new AtomicInteger();
			AtomicInteger torn = new AtomicInteger();
			List<Thread> threads = new ArrayList<>();
			for (int t = 0; t < 2; t++) {
				threads.add(new Thread(() -> {
					for (int i = 0; !done.get(); i++) {
						String text = Thread.currentThread().getName() + i;
						if (sender.send(ZmqMessage.of(text, text, text, text).raw(),
								TestSockets.PATIENCE.toNanos()) == SendResult.CLOSED) {
							return;
						}
					}
				}, "churn-sender-" + t));
			}
			AtomicInteger left = new AtomicInteger(90);
			for (int t = 0; t < 3; t++) {
				String name = "peer-" + t;
				Random random = new Random(t);
				threads.add(new Thread(() -> {
					while (left.getAndDecrement() > 0) {
						ManagedSocket peer = sockets.connect(name, peerType, sockets.endpoint("sender"),
								SocketOption.RECEIVE_HWM, 100);
						for (int i = random.nextInt(50); i >= 0; i--) {
							// a connection may stall at first, which is none of our
							// business here
							ZmqMessage message = peer.receive(300_000_000);
							if (message == null) {
								break;
							}
							List<byte[]> frames = message.frames();
							boolean isWhole = frames.size() == 4
									&& frames.stream().map(String::new).distinct().count() == 1;
							((isWhole) ? whole : torn).incrementAndGet();
						}
						sockets.registry.remove(name);
					}
					done.set(true);
				}, "churn-peer-" + t));
			}
			threads.forEach(Thread::start);
			TestSockets.await(done::get);
			for (Thread thread : threads.subList(2, threads.size())) {
				thread.join(TestSockets.PATIENCE.toMillis());
			}
			sockets.registry.stop("sender");
			for (Thread thread : threads) {
				thread.join(TestSockets.PATIENCE.toMillis());
				assertThat(thread.isAlive()).isFalse();
			}
			assertThat(torn).hasValue(0);
			assertThat(whole).hasValueGreaterThan(100);
		}
	}

}
