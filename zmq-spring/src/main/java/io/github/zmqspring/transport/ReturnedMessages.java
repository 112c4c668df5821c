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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.transport.socket.ManagedSocket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one open socket that were taken back from a peer that went, and are sent to
 * others as soon as these have room: on a thread that lives as long as there are any.
 */
final class ReturnedMessages {

	private static final Log logger = LogFactory.getLog(ReturnedMessages.class);

	private static final long REFUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final ManagedSocket socket;

	private final LongConsumer losses;

	/** Guarded by this. */
	private final Deque<byte[][]> waiting = new ArrayDeque<>();

	/** Guarded by this. */
	private @Nullable Thread thread;

	private volatile boolean closed;

	/** Those that came when it was closed; guarded by this. */
	private long late;

	/**
	 * Create it.
	 * @param losses told of messages that are lost
	 */
	ReturnedMessages(ManagedSocket socket, LongConsumer losses) {
		this.socket = socket;
		this.losses = losses;
	}

	/** Add messages; called on I/O threads, too. */
	synchronized void add(List<byte[][]> messages) {
		if (this.closed) {
			this.late += messages.size();
			return;
		}
		this.waiting.addAll(messages);
		if (this.thread == null && !this.waiting.isEmpty()) {
			Thread started = new Thread(this::run, "zmq-" + this.socket.definition().name() + "-returned");
			started.setDaemon(true);
			this.thread = started;
			started.start();
		}
	}

	private void run() {
		try {
			byte[][] next;
			while ((next = first()) != null) {
				SendResult result = send(next);
				if (result == SendResult.ACCEPTED) {
					sent();
				}
				else if (result == SendResult.CLOSED || !awaitRoom()) {
					break;
				}
			}
		}
		finally {
			ended();
		}
	}

	private SendResult send(byte[][] message) {
		try {
			return this.socket.takeBacks().send(message);
		}
		catch (ZmqSocketClosedException ex) {
			return SendResult.CLOSED;
		}
		catch (RuntimeException ex) {
			logger.warn("A message that was taken back cannot be sent again by " + this.socket, ex);
			this.losses.accept(1);
			return SendResult.ACCEPTED;
		}
	}

	private boolean awaitRoom() {
		LockSupport.parkNanos(REFUSED_NANOS);
		return this.socket.awaitWritable(() -> this.closed);
	}

	private synchronized byte @Nullable [][] first() {
		byte[][] first = this.waiting.peekFirst();
		if (first == null) {
			this.thread = null;
		}
		return first;
	}

	private synchronized void sent() {
		this.waiting.pollFirst();
	}

	private synchronized void ended() {
		if (this.thread == Thread.currentThread()) {
			this.thread = null;
		}
		notifyAll();
	}

	/**
	 * Give them up, unless they are sent in time.
	 * @return how many were not sent
	 */
	long close(long timeoutNanos) {
		long deadline = System.nanoTime() + timeoutNanos;
		boolean interrupted = false;
		synchronized (this) {
			long left;
			while (this.thread != null && !interrupted && (left = deadline - System.nanoTime()) > 0) {
				try {
					TimeUnit.NANOSECONDS.timedWait(this, left);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
			this.closed = true;
		}
		this.socket.wakeSenders();
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return left();
	}

	private synchronized long left() {
		return this.waiting.size() + this.late;
	}

}
