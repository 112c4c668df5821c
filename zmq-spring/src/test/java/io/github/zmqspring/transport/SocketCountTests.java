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
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a socket counts.
 */
@NoLeaks
class SocketCountTests {

	@Test
	void messagesAndBytesAreCountedOnBothSidesAndRefusalsWithTheirWait() {
		try (TestSockets sockets = new TestSockets()) {
			ManagedSocket in = sockets.bind("in", SocketType.PULL, TestSockets.TCP);
			ManagedSocket out = sockets.connect("out", SocketType.PUSH, sockets.endpoint("in"));
			TestSockets.send(out, "ab", "cde");
			TestSockets.send(out, "f");
			TestSockets.receive(in);
			TestSockets.receive(in);
			SocketStatus sent = sockets.registry.status("out");
			assertThat(sent.sent()).isEqualTo(2);
			assertThat(sent.sentBytes()).isEqualTo(6);
			assertThat(sent.rejected()).isZero();
			SocketStatus received = sockets.registry.status("in");
			assertThat(received.received()).isEqualTo(2);
			assertThat(received.receivedBytes()).isEqualTo(6);
			ManagedSocket alone = sockets.bind("alone", SocketType.PUSH, TestSockets.TCP);
			double before = sockets.registry.waitedNanos("alone");
			assertThat(alone.send(ZmqMessage.of("nowhere").raw(), TimeUnit.MILLISECONDS.toNanos(60)))
				.isEqualTo(SendResult.TIMED_OUT);
			assertThat(sockets.registry.status("alone").rejected()).isOne();
			assertThat(sockets.registry.waitedNanos("alone") - before)
				.isGreaterThanOrEqualTo(Duration.ofMillis(60).toNanos());
		}
	}

}
