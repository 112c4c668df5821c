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

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.test.ZmqAppProcess;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Large messages in a JVM with less direct memory than they take.
 */
@NoLeaks
@Timeout(120)
class SmallDirectMemoryTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int LARGE = 2 << 20;

	@Test
	void largeMessagesForWhichThereIsNoDirectMemoryArriveAndTheLogSaysWhatToDo() {
		try (ZmqAppProcess server = ZmqAppProcess.of(SmallHeapServer.class)
			.jvmOptions("-Xmx256m", "-XX:MaxDirectMemorySize=8m")
			.start(); TestSockets sockets = new TestSockets()) {
			List<String> endpoints = List.of(server.awaitLine("^bound", PATIENCE).split(" "));
			// of the second, pull
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, endpoints.get(2));
			for (int i = 0; i < 12; i++) {
				assertThat(TestSockets.send(push, new byte[LARGE])).isEqualTo(SendResult.ACCEPTED);
			}
			server.awaitLine("-XX:MaxDirectMemorySize", PATIENCE);
			server.tell("read pull 12");
			assertThat(server.awaitLine("^read ", PATIENCE)).isEqualTo("read " + 12L * LARGE);
			server.tell("close");
			server.awaitLine("closed", PATIENCE);
			assertThat(server.lines()).noneMatch((line) -> line.contains("OutOfMemoryError"));
		}
	}

}
