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

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Small and large messages in turns, over TCP.
 */
@NoLeaks
class MessageSizesTests {

	@Test
	void messagesOfAllSizesComeThrough() {
		int count = 500;
		Random random = new Random(7);
		byte[][] bodies = new byte[count][];
		for (int i = 0; i < count; i++) {
			bodies[i] = new byte[(i % 50 == 0) ? 150_000 + i * 2000 : random.nextInt(3000)];
			random.nextBytes(bodies[i]);
		}
		for (int round = 0; round < 5; round++) {
			try (TestSockets sockets = new TestSockets()) {
				ManagedSocket push = sockets.create("push", SocketType.PUSH, List.of(), List.of());
				sockets.registry.bind("push", TestSockets.TCP);
				ManagedSocket pull = sockets.connect("pull", SocketType.PULL, sockets.endpoint("push"),
						SocketOption.RECEIVE_HWM, 1 + random.nextInt(20));
				for (byte[] body : bodies) {
					TestSockets.send(push, body, Arrays.copyOf(body, Math.min(body.length, 300)));
				}
				for (byte[] body : bodies) {
					ZmqMessage message = TestSockets.receive(pull);
					assertThat(message.frame(0)).isEqualTo(body);
					assertThat(message.frame(1)).isEqualTo(Arrays.copyOf(body, Math.min(body.length, 300)));
				}
			}
		}
	}

}
