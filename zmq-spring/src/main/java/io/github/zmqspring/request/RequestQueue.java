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

	/** Stands for any server. */
	static final int ANY = 0;

	private static final int FEW = 1024;

	private final RequestPort port;

	private final FailureNotifier failures;

	private final Queue<PendingRequest> waiting = new ConcurrentLinkedQueue<>();

	/** Requests for one server each; no order among them. */
	private final Queue<Addressed> addressed = new ConcurrentLinkedQueue<>();

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
	 * @param server the only server that may get it, or {@link #ANY}
	 */
	void send(PendingRequest request, int server) {
		try {
			if ((server != ANY || this.waiting.isEmpty()) && trySend(request, server)) {
				return;
			}
		}
		catch (RuntimeException ex) {
			request.completeExceptionally(ex);
			return;
		}
		if (server != ANY) {
			this.addressed.add(new Addressed(request, server));
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
	private boolean trySend(PendingRequest request, int server) {
		byte[][] frames = request.frames();
		if (frames == null || !request.isQueued()) {
			return true;
		}
		SendResult result = (server == ANY) ? this.port.offer(frames, request::sentTo)
				: this.port.offerTo(server, frames, request::sentTo);
		if (result == SendResult.TIMED_OUT) {
			return false;
		}
		result.orThrow(this.port.definition().name(), Duration.ZERO);
		request.sent();
		return true;
	}

	/** Send the queue as far as ZeroMQ accepts it. */
	void flush() {
		if ((this.waiting.isEmpty() && this.addressed.isEmpty()) || !this.lock.tryLock()) {
			return;
		}
		try {
			this.addressed.removeIf(this::isSettled);
			PendingRequest next;
			while ((next = this.waiting.peek()) != null) {
				try {
					if (!trySend(next, ANY)) {
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

	private boolean isSettled(Addressed next) {
		try {
			return trySend(next.request(), next.server());
		}
		catch (RuntimeException ex) {
			this.failures.fail(next.request(), ex);
			return true;
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

	/** A request for one server. */
	private record Addressed(PendingRequest request, int server) {
	}

}
