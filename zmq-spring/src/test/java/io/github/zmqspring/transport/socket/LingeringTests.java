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

package io.github.zmqspring.transport.socket;

import java.time.Duration;
import java.util.List;

import io.github.zmqspring.test.NoLeaks;
import io.github.zmqspring.transport.jeromq.SocketPipe;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lingering}.
 */
@NoLeaks
@Timeout(60)
class LingeringTests {

	@Test
	void aSocketThatHangsIsGivenUpAfterItsLinger() {
		try (ZContext context = new ZContext()) {
			ZMQ.Socket socket = context.createSocket(SocketType.PUSH);
			socket.setLinger(0);
			socket.connect("tcp://127.0.0.1:1");
			List<SocketPipe> pipes = SocketPipe.remote(socket.base());
			assertThat(pipes).hasSize(1);
			// never closed, so that it never ends by itself
			Lingering lasting = new Lingering(socket.base(), true, pipes, true, Duration.ofHours(1));
			Lingering hanging = new Lingering(socket.base(), true, pipes, true, Duration.ZERO);
			assertThat(hanging.isOver()).isFalse();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(hanging::isOver);
			assertThat(lasting.isOver()).isFalse();
		}
	}

}
