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

package io.github.zmqspring.transport.jeromq;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;

import io.github.zmqspring.test.NoLeaks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import zmq.Command;
import zmq.IMailbox;
import zmq.Mailbox;
import zmq.SocketBase;
import zmq.ZError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link LastCommands}.
 */
@NoLeaks
class LastCommandsTests {

	@Test
	void aCommandThatWakesASocketWhichHasEndedIsNoError() throws Exception {
		try (ZContext context = new ZContext()) {
			SocketBase server = context.createSocket(SocketType.PAIR).base();
			assertThat(server.bind("inproc://last")).isTrue();
			SocketBase client = context.createSocket(SocketType.PAIR).base();
			assertThat(client.connect("inproc://last")).isTrue();
			Command command = slot(server).recv(0);
			assertThat(command).isNotNull();
			slot(server).send(command);
			Mailbox ended = new Mailbox(server.getCtx(), "ended", 0);
			ended.close();
			assertThatExceptionOfType(ZError.IOException.class).isThrownBy(() -> ended.send(command))
				.withCauseInstanceOf(ClosedChannelException.class);
			assertThatNoException().isThrownBy(() -> new LastCommands.Tolerant(ended).send(command));
		}
	}

	@Test
	void otherFailuresOfAMailboxAreTold() {
		IMailbox failing = new IMailbox() {

			@Override
			public void send(Command command) {
				throw new ZError.IOException(new IOException("on purpose"));
			}

			@Override
			public @Nullable Command recv(long timeout) {
				return null;
			}

			@Override
			public void close() {
			}

		};
		assertThatExceptionOfType(ZError.IOException.class)
			.isThrownBy(() -> new LastCommands.Tolerant(failing).send(null));
	}

	@Test
	void holdsForAllSocketsAndThreadsOfTheContextOnce() {
		try (ZContext context = new ZContext()) {
			SocketBase earlier = context.createSocket(SocketType.PUB).base();
			SocketBase later = context.createSocket(SocketType.SUB).base();
			LastCommands.tolerate(later);
			IMailbox ours = slot(earlier);
			LastCommands.tolerate(later);
			assertThat(slot(earlier)).isSameAs(ours).isInstanceOf(LastCommands.Tolerant.class);
			assertThat(slot(later)).isInstanceOf(LastCommands.Tolerant.class);
		}
	}

	private static IMailbox slot(SocketBase socket) {
		Object context = JeroMqInternals.OBJECT_CONTEXT.require(socket);
		return ((IMailbox[]) JeroMqInternals.CONTEXT_SLOTS.require(context))[socket.getTid()];
	}

}
