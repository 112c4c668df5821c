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

import zmq.SocketBase;

/**
 * The interrupts of the thread that holds a socket's lock. JeroMQ must not see them: it
 * gives up with {@code EINTR}, clears the flag and leaves the error number as it is, so
 * that the next call may give up too. They are taken off the thread when it gets the
 * lock, collected while it has it, and given back at the end. Guarded by that lock.
 *
 * @since 0.1.0
 */
public final class Interrupts {

	private final SocketBase socket;

	private boolean seen;

	public Interrupts(SocketBase socket) {
		this.socket = socket;
	}

	/** The thread has got the lock. */
	public void begin() {
		this.seen = Thread.interrupted();
	}

	/** JeroMQ gave up with {@code EINTR}: the same call can be made again. */
	public void noticed() {
		this.seen = true;
		Thread.interrupted();
		this.socket.errno.set(0);
	}

	/** The thread is about to wait, which lets others have the lock. */
	public boolean beforeWait() {
		return this.seen;
	}

	/** The thread has got the lock again. */
	public void afterWait(boolean seenBefore, boolean seenMeanwhile) {
		this.seen = seenBefore || seenMeanwhile;
	}

	/** The thread is about to give the lock up. */
	public void end() {
		if (this.seen) {
			Thread.currentThread().interrupt();
		}
	}

}
