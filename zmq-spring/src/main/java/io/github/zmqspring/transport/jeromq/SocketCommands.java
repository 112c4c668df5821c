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

import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import zmq.Mailbox;
import zmq.SocketBase;

/**
 * Tells whether a socket has commands to process, at the cost of a comparison. JeroMQ
 * looks for them with each message, and notes three times in a variable of the thread
 * that there were none, a quarter of what it takes to send a small message. The caller
 * holds the socket's lock.
 *
 * @since 0.1.0
 */
public final class SocketCommands {

	private static final @Nullable MethodHandle READ = JeroMqInternals.SIGNALER_READ.getter(long.class);

	private final @Nullable Object signaler;

	private final @Nullable AtomicLong written;

	private final @Nullable AtomicBoolean terminated;

	/**
	 * Create it.
	 * @param socket the socket
	 */
	public SocketCommands(SocketBase socket) {
		if (Cure.COMMANDS.isAvailable() && JeroMq.mailbox(socket) instanceof Mailbox mailbox) {
			this.signaler = JeroMqInternals.MAILBOX_SIGNALER.require(mailbox);
			this.written = (AtomicLong) JeroMqInternals.SIGNALER_WRITTEN.require(this.signaler);
			this.terminated = (AtomicBoolean) JeroMqInternals.SOCKET_TERMINATED.require(socket);
		}
		else {
			this.signaler = null;
			this.written = null;
			this.terminated = null;
		}
	}

	/**
	 * Return whether the socket may have commands to process, or its context has ended.
	 * @return {@code true} where that cannot be told, too
	 */
	public boolean arePossible() {
		MethodHandle read = READ;
		if (read == null || this.written == null || this.terminated == null) {
			return true;
		}
		try {
			return (long) read.invokeExact(this.signaler) < this.written.get() || this.terminated.get();
		}
		catch (Throwable ex) {
			throw JeroMqInternals.unchecked(ex);
		}
	}

}
