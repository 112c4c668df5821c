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
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.ClosedChannelException;

import zmq.Command;
import zmq.IMailbox;
import zmq.SocketBase;
import zmq.ZError;

/**
 * Lets a thread send a socket its last command. JeroMQ puts a command into the socket's
 * queue first and wakes the socket afterwards. A socket that is awake handles the command
 * in between. If that was the last it waited for, it closes the channel that it would be
 * woken by, and JeroMQ throws a {@code ClosedChannelException} in the thread that sent
 * the command: one that closes another socket, which then is never closed, or an I/O
 * thread. The command has done its work by then, so the exception means nothing.
 *
 * @since 0.1.0
 */
public final class LastCommands {

	private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(IMailbox[].class);

	private LastCommands() {
	}

	/**
	 * Let commands come late to all sockets that a context has so far.
	 * @param socket a new socket of the context
	 */
	public static void tolerate(SocketBase socket) {
		if (!Cure.LAST_COMMANDS.isAvailable()) {
			return;
		}
		IMailbox[] slots = (IMailbox[]) JeroMqInternals.CONTEXT_SLOTS
			.require(JeroMqInternals.OBJECT_CONTEXT.require(socket));
		for (int i = 0; i < slots.length; i++) {
			IMailbox mailbox = slots[i];
			if (mailbox != null && !(mailbox instanceof Tolerant)) {
				// a socket that ends meanwhile gives its slot to another one
				SLOT.compareAndSet(slots, i, mailbox, new Tolerant(mailbox));
			}
		}
	}

	/**
	 * The mailbox of a socket or thread, as others see it that send commands to it.
	 *
	 * @param mailbox its own
	 */
	record Tolerant(IMailbox mailbox) implements IMailbox {

		@Override
		public void send(Command command) {
			try {
				this.mailbox.send(command);
			}
			catch (ZError.IOException ex) {
				if (!(ex.getCause() instanceof ClosedChannelException)) {
					throw ex;
				}
			}
		}

		@Override
		public Command recv(long timeout) {
			return this.mailbox.recv(timeout);
		}

		@Override
		public void close() throws IOException {
			this.mailbox.close();
		}

	}

}
