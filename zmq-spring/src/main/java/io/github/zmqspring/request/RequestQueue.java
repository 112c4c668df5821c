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

package io.github.zmqspring.request;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.transport.socket.RequestPort;

/**
 * Sends requests, and queues those that ZeroMQ does not accept at once, in their order,
 * until a server can take them.
 */
final class RequestQueue {

	private static final int FEW = 1024;

	private final RequestPort port;

	private final FailureNotifier failures;

	private final Queue<PendingRequest> waiting = new ConcurrentLinkedQueue<>();

	/** The length of the queue; guarded by the lock. */
	private int length;

	/** Guards the queue; nothing blocks while it is held. */
	private final ReentrantLock lock = new ReentrantLock();

	RequestQueue(RequestPort port, FailureNotifier failures) {
		this.port = port;
		this.failures = failures;
	}

	/**
	 * Send at once if the queue is empty and ZeroMQ accepts it, else in its turn.
	 */
	void send(PendingRequest request) {
		try {
			if (this.waiting.isEmpty() && trySend(request)) {
				return;
			}
		}
		catch (RuntimeException ex) {
			request.completeExceptionally(ex);
			return;
		}
		this.lock.lock();
		try {
			add(request);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Begin the next attempt of a request, which may still be in the queue. */
	void sendAgain(PendingRequest request) {
		this.lock.lock();
		try {
			request.again();
			if (!request.isListed()) {
				add(request);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	int length() {
		this.lock.lock();
		try {
			return this.length;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void add(PendingRequest request) {
		request.listed(true);
		this.waiting.add(request);
		this.length++;
	}

	/** Return whether nothing is left to do for this request now. */
	private boolean trySend(PendingRequest request) {
		byte[][] frames = request.frames();
		if (frames == null || !request.isQueued()) {
			return true;
		}
		SendResult result = this.port.offer(frames, request::sentTo);
		if (result == SendResult.TIMED_OUT) {
			return false;
		}
		result.orThrow(this.port.definition().name(), Duration.ZERO);
		request.sent();
		return true;
	}

	/** Send the queue as far as ZeroMQ accepts it. */
	void flush() {
		if (this.waiting.isEmpty() || !this.lock.tryLock()) {
			return;
		}
		try {
			PendingRequest next;
			while ((next = this.waiting.peek()) != null) {
				try {
					if (!trySend(next)) {
						return;
					}
				}
				catch (RuntimeException ex) {
					this.failures.fail(next, ex);
				}
				this.waiting.poll();
				this.length--;
				next.listed(false);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Remove completed requests from the queue once there are many of them. */
	void shrink(int pending) {
		if (this.waiting.isEmpty()) {
			return;
		}
		this.lock.lock();
		try {
			if (this.length > 2 * pending + FEW) {
				this.waiting.removeIf((request) -> request.frames() == null);
				this.length = this.waiting.size();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
