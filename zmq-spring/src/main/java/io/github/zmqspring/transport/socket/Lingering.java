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
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.transport.jeromq.SocketPipe;
import zmq.SocketBase;

/**
 * Messages that still have to go out although their socket is closed, or their endpoint
 * is given up. JeroMQ sends them within the option {@code linger} and then drops the rest
 * without a word; here it is counted. May be asked by any thread.
 *
 * @since 0.1.0
 */
public final class Lingering {

	/** How long JeroMQ may take to give up after linger is over. */
	private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final SocketBase socket;

	private final boolean wholeSocket;

	private final List<SocketPipe> pipes;

	private final long unread;

	private final long deadline;

	Lingering(SocketBase socket, boolean wholeSocket, List<SocketPipe> pipes, boolean counts, Duration linger) {
		this.socket = socket;
		this.wholeSocket = wholeSocket;
		this.unread = pipes.stream().mapToLong(SocketPipe::unread).sum();
		this.pipes = (counts) ? pipes : List.of();
		this.deadline = System.nanoTime() + linger.toNanos() + GRACE_NANOS;
	}

	/**
	 * Return whether all messages are sent, or given up.
	 * @return {@code true} at the end
	 */
	public boolean isOver() {
		return isDone() || System.nanoTime() - this.deadline > 0;
	}

	private boolean isDone() {
		// a queue ends before the connection has sent what it took from it
		return (this.wholeSocket && !this.pipes.isEmpty()) ? SocketPipe.isReaped(this.socket)
				: this.pipes.stream().allMatch(SocketPipe::hasEnded);
	}

	/**
	 * Return how many messages wait for peers, which are lost once it is over.
	 * @return the number of messages; one that waits for several subscribers counts for
	 * each
	 */
	public long unsent() {
		return this.pipes.stream().mapToLong(SocketPipe::unsent).sum();
	}

	/**
	 * Return how many messages had been received and not read when it began.
	 * @return the number of messages
	 */
	public long unread() {
		return this.unread;
	}

}
