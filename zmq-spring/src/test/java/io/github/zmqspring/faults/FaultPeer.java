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

package io.github.zmqspring.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.ZmqAppProcess;
import io.github.zmqspring.transport.TestSockets;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.zeromq.SocketType;

import org.springframework.util.unit.DataSize;

/**
 * A process with one socket, to be stopped and killed. Messages are numbers with some
 * ballast. A receiver prints {@code got <number>} for each that it handles, a sender
 * {@code accepted <number>} for each that it could send.
 */
final class FaultPeer {

	private FaultPeer() {
	}

	/**
	 * Prepare a receiver.
	 * @param endpoint what it connects to
	 * @param pauseMillis how long it takes for each message
	 * @param options pairs of an option and its value
	 */
	static ZmqAppProcess.Builder pull(String endpoint, int pauseMillis, Object... options) {
		return peer("PULL", endpoint, pauseMillis).args(options);
	}

	/** Prepare a sender that sends until it is killed. */
	static ZmqAppProcess.Builder push(String endpoint, int pauseMillis, Object... options) {
		return peer("PUSH", endpoint, pauseMillis).args(options);
	}

	private static ZmqAppProcess.Builder peer(String type, String endpoint, int pauseMillis) {
		return ZmqAppProcess.of(FaultPeer.class).jvmOptions("-Xmx48m").args(type, endpoint, pauseMillis);
	}

	/** The numbers that it printed after such a word. */
	static List<Integer> numbers(ZmqAppProcess peer, String word) {
		return peer.lines()
			.stream()
			.filter((line) -> line.startsWith(word + " "))
			.map((line) -> Integer.valueOf(line.substring(word.length() + 1)))
			.toList();
	}

	static byte[][] message(int number, int size) {
		return new byte[][] { Integer.toString(number).getBytes(StandardCharsets.UTF_8), new byte[size] };
	}

	public static void main(String[] args) throws Exception {
		System.out.println("opening");
		long pause = TimeUnit.MILLISECONDS.toNanos(Integer.parseInt(args[2]));
		Object[] options = new Object[args.length - 3];
		for (int i = 0; i < options.length; i += 2) {
			SocketOption option = SocketOption.valueOf(args[3 + i]);
			String value = args[4 + i];
			options[i] = option;
			options[i + 1] = (value.startsWith("PT")) ? Duration.parse(value)
					: (value.endsWith("B")) ? DataSize.parse(value) : Integer.valueOf(value);
		}
		TestSockets sockets = new TestSockets();
		ManagedSocket socket = sockets.connect("peer", SocketType.valueOf(args[0]), args[1], options);
		System.out.println("ready");
		if ("PULL".equals(args[0])) {
			socket.consume(LaneSettings.of("peer", 1), (message) -> {
				take(message);
				LockSupport.parkNanos(pause);
			});
			// until it is killed
			Thread.sleep(Long.MAX_VALUE);
		}
		for (int number = 1;; number++) {
			if (socket.send(message(number, 1000), TestSockets.PATIENCE.toNanos()) == SendResult.ACCEPTED) {
				System.out.println("accepted " + number);
			}
			LockSupport.parkNanos(pause);
		}
	}

	private static void take(ZmqMessage message) {
		System.out.println(((message.size() == 2) ? "got " : "torn ") + message.text(0));
	}

}
