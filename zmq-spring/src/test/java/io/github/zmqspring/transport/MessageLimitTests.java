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

import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for messages that are longer than a socket takes: they are told of.
 */
@NoLeaks
@Timeout(60)
class MessageLimitTests {

	@Test
	void aMessageOverTheLimitIsCountedAndReportedWithBothSizes() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket pull = sockets.bind("pull", SocketType.PULL, TestSockets.TCP, SocketOption.MAX_MESSAGE_SIZE,
					DataSize.ofKilobytes(10));
			ManagedSocket push = sockets.connect("push", SocketType.PUSH, sockets.endpoint("pull"));
			TestSockets.send(push, "before");
			assertThat(TestSockets.text(TestSockets.receive(pull))).isEqualTo("before");
			TestSockets.send(push, new byte[20_000]);
			TestSockets.await(() -> sockets.registry.status("pull").dropped() == 1);
			SocketStatus status = sockets.registry.status("pull");
			assertThat(status.lastError()).contains("20000 bytes", "limit of 10240", sockets.endpoint("pull"));
			// what is sent before the sender knows of the end may be lost with the
			// connection
			TestSockets.await(() -> {
				TestSockets.send(push, "after");
				ZmqMessage after = pull.receive(TimeUnit.MILLISECONDS.toNanos(200));
				return after != null && "after".equals(TestSockets.text(after));
			});
			assertThat(sockets.registry.status("pull").dropped()).isOne();
		}
	}

}
