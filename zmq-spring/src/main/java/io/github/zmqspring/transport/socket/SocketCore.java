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

import java.nio.channels.SelectableChannel;
import java.util.function.Function;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.core.status.SocketStatus;
import io.github.zmqspring.transport.jeromq.Interrupts;
import io.github.zmqspring.transport.jeromq.JeroMq;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.SocketBase;
import zmq.ZError;

/**
 * The JeroMQ socket, its lock and its state: what sending and receiving share.
 */
final class SocketCore {

	private final SocketDefinition definition;

	private final ZMQ.Socket socket;

	private final Interrupts interrupts;

	private final SocketLock lock;

	/** Written with the lock held. */
	private volatile SocketStatus.State state = SocketStatus.State.OPEN;

	SocketCore(SocketDefinition definition, ZMQ.Socket socket) {
		this.definition = definition;
		this.socket = socket;
		this.interrupts = new Interrupts(socket.base());
		this.lock = new SocketLock(this.interrupts);
	}

	SocketDefinition definition() {
		return this.definition;
	}

	SocketLock lock() {
		return this.lock;
	}

	Interrupts interrupts() {
		return this.interrupts;
	}

	SocketBase base() {
		return this.socket.base();
	}

	SelectableChannel signal() {
		return JeroMq.signal(this.socket.base());
	}

	SocketStatus.State state() {
		return this.state;
	}

	boolean isOpen() {
		return this.state == SocketStatus.State.OPEN;
	}

	/** Return whether code outside the transport has closed the JeroMQ socket. */
	boolean isClosedOutside() {
		return isOpen() && !JeroMq.isActive(this.socket.base());
	}

	void requireOpen() {
		if (!isOpen()) {
			throw new ZmqSocketClosedException(this.definition.name());
		}
	}

	/**
	 * Have JeroMQ process its commands and say what can be done now. The lock is held.
	 * @return what is possible, as POLLIN and POLLOUT, or -1 if the socket was closed
	 * outside
	 */
	int events() {
		while (true) {
			int events = this.socket.getEvents();
			if (events != -1 || this.socket.base().errno() != ZError.EINTR) {
				return events;
			}
			this.interrupts.noticed();
		}
	}

	/**
	 * Run something on the JeroMQ socket, and again if it is interrupted, as JeroMQ has
	 * done nothing then. The lock is held.
	 */
	<T> T call(Function<ZMQ.Socket, T> function) {
		while (true) {
			this.socket.base().errno.set(0);
			T result = attempt(function);
			if (result != null) {
				return result;
			}
			this.interrupts.noticed();
		}
	}

	private <T> @Nullable T attempt(Function<ZMQ.Socket, T> function) {
		try {
			T result = function.apply(this.socket);
			return (this.socket.base().errno() != ZError.EINTR) ? result : null;
		}
		catch (ZMQException ex) {
			if (ex.getErrorCode() != ZError.EINTR) {
				throw ex;
			}
			return null;
		}
	}

	/** As {@link ManagedSocket#look}. */
	<T> @Nullable T look(Function<ZMQ.Socket, T> function, long timeoutNanos) {
		if (!this.lock.lockWithin(timeoutNanos, System.nanoTime() + timeoutNanos)) {
			return null;
		}
		try {
			return (isOpen()) ? function.apply(this.socket) : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Close the socket. The lock is held. */
	void close() {
		this.state = SocketStatus.State.CLOSED;
		this.socket.base().setEventHook(null, 0);
		this.socket.close();
	}

	@Override
	public String toString() {
		return this.definition.type() + " socket '" + this.definition.name() + "'";
	}

}
