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

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.ErrorReply;
import io.github.zmqspring.core.HeaderFrame;
import io.github.zmqspring.core.RequestStatus;
import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqRequestTimeoutException;
import io.github.zmqspring.core.ZmqSendTimeoutException;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.core.ZmqTooManyRequestsException;
import io.github.zmqspring.transport.LaneSettings;
import io.github.zmqspring.transport.ManagedSocket;
import io.github.zmqspring.transport.MessageFlow;

import org.springframework.messaging.converter.MessageConversionException;

/**
 * The requests of one socket. On the wire a request is
 * {@code [correlation id][empty][body…]}: any REP or ROUTER, and any broker on the way,
 * sends the frames in front of the body back (RFC 28), so that replies may come in any
 * order. A retry has the id of the first attempt: whichever reply comes first counts, and
 * the others are dropped. What cannot be sent at once waits its turn in a queue, which
 * the limit of pending requests bounds.
 */
final class RequestChannel {

	private static final byte[] DELIMITER = new byte[0];

	private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);

	private final ManagedSocket socket;

	private final String name;

	private final RequestSettings settings;

	private final RequestCounters counters;

	private final AtomicLong ids = new AtomicLong(ThreadLocalRandom.current().nextLong());

	private final Map<Long, PendingRequest> pending = new ConcurrentHashMap<>();

	private final AtomicInteger count = new AtomicInteger();

	private final Queue<PendingRequest> unsent = new ConcurrentLinkedQueue<>();

	/** Held while the queue is sent from, so that requests keep their order. */
	private final ReentrantLock flushing = new ReentrantLock();

	private final MessageFlow replies;

	private final boolean envelope;

	private volatile boolean closed;

	RequestChannel(ManagedSocket socket, RequestSettings settings, RequestCounters counters) {
		this.socket = socket;
		this.name = socket.definition().name();
		this.envelope = socket.definition().envelope() == Envelope.HEADERS;
		this.settings = settings;
		this.counters = counters;
		this.replies = socket.consume(LaneSettings.of(this.name + "-replies", 1), this::onReply);
	}

	boolean isOver(ManagedSocket socket) {
		return this.socket == socket;
	}

	boolean isIdle() {
		return this.pending.isEmpty();
	}

	RequestStatus status() {
		return new RequestStatus(this.count.get(), this.counters.requests.sum(), this.counters.replies.sum(),
				this.counters.retries.sum(), this.counters.timeouts.sum(), this.counters.late.sum());
	}

	CompletableFuture<ZmqMessage> request(byte[][] body, Duration timeout, int retries) {
		if (this.count.incrementAndGet() > this.settings.maxPending()) {
			this.count.decrementAndGet();
			return CompletableFuture
				.failedFuture(new ZmqTooManyRequestsException(this.name, this.settings.maxPending()));
		}
		this.counters.requests.increment();
		long id = this.ids.incrementAndGet();
		PendingRequest request = new PendingRequest(id, frames(id, body), timeout, retries);
		this.pending.put(id, request);
		request.reply().whenComplete((reply, ex) -> {
			this.pending.remove(id);
			this.count.decrementAndGet();
		});
		if (this.closed) {
			request.reply().completeExceptionally(new ZmqSocketClosedException(this.name));
		}
		else if (!this.unsent.isEmpty() || !send(request)) {
			this.unsent.add(request);
		}
		return request.reply();
	}

	private static byte[][] frames(long id, byte[][] body) {
		byte[][] frames = new byte[body.length + 2][];
		frames[0] = ByteBuffer.allocate(Long.BYTES).putLong(id).array();
		frames[1] = DELIMITER;
		System.arraycopy(body, 0, frames, 2, body.length);
		return frames;
	}

	/** Returns whether nothing is left to do for this request now. */
	private boolean send(PendingRequest request) {
		try {
			SendResult result = this.socket.send(request.frames(), 0);
			if (result == SendResult.TIMED_OUT) {
				return false;
			}
			result.orThrow(this.name, Duration.ZERO);
			request.sent();
		}
		catch (RuntimeException ex) {
			request.reply().completeExceptionally(ex);
		}
		return true;
	}

	/** Sends what waits, as far as ZeroMQ takes it. */
	private void flush() {
		if (this.unsent.isEmpty() || !this.flushing.tryLock()) {
			return;
		}
		try {
			PendingRequest next;
			while ((next = this.unsent.peek()) != null) {
				if (!next.reply().isDone() && next.isQueued() && !send(next)) {
					return;
				}
				this.unsent.poll();
			}
		}
		finally {
			this.flushing.unlock();
		}
	}

	/** Called every few milliseconds while requests are pending. */
	void tick() {
		flush();
		long now = System.nanoTime();
		for (PendingRequest request : this.pending.values()) {
			if (request.isOverdue(now)) {
				overdue(request);
			}
		}
	}

	private void overdue(PendingRequest request) {
		if (request.isBackingOff()) {
			this.counters.retries.increment();
			request.again();
			this.unsent.add(request);
			flush();
			return;
		}
		if (request.failed()) {
			request.backOff(backOff(request.failedAttempts()));
			return;
		}
		this.counters.timeouts.increment();
		ZmqException timeout = (request.wasEverSent())
				? new ZmqRequestTimeoutException(this.name, request.timeout(), request.attempts())
				: new ZmqSendTimeoutException(this.name, request.timeout());
		request.reply().completeExceptionally(timeout);
	}

	private Duration backOff(int failedAttempts) {
		Duration pause = this.settings.backOff().multipliedBy(1L << Math.min(failedAttempts - 1, 16));
		return (pause.compareTo(LONGEST_BACK_OFF) < 0) ? pause : LONGEST_BACK_OFF;
	}

	private void onReply(ZmqMessage message) {
		byte[][] frames = message.raw();
		PendingRequest request = null;
		if (frames.length > 2 && frames[0].length == Long.BYTES && frames[1].length == 0) {
			request = this.pending.get(ByteBuffer.wrap(frames[0]).getLong());
		}
		if (request == null) {
			this.counters.late.increment();
		}
		else {
			this.counters.replies.increment();
			complete(request, body(frames));
		}
		flush();
	}

	private ZmqMessage body(byte[][] frames) {
		ZmqMessage body = ZmqMessage.ofRaw(Arrays.copyOfRange(frames, 2, frames.length), 0);
		return (this.envelope && body.size() > 1 && HeaderFrame.is(body.frame(0))) ? body.withHeaderFrame(0) : body;
	}

	private void complete(PendingRequest request, ZmqMessage body) {
		if (body.hasHeaders()) {
			try {
				body.headers();
			}
			catch (MessageConversionException ex) {
				request.reply().completeExceptionally(ex);
				return;
			}
		}
		ErrorReply error = ErrorReply.from(body);
		if (error != null) {
			request.reply().completeExceptionally(new ZmqRemoteException(this.name, error.title(), error.detail()));
		}
		else {
			request.reply().complete(body);
		}
	}

	/** Nothing more will come: all that wait get to know. */
	void close(long timeoutNanos) {
		this.closed = true;
		this.replies.stop(timeoutNanos);
		this.pending.values()
			.forEach((request) -> request.reply().completeExceptionally(new ZmqSocketClosedException(this.name)));
	}

}
