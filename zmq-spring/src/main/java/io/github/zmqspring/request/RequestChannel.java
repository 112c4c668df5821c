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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqRequestTimeoutException;
import io.github.zmqspring.core.ZmqSendTimeoutException;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.core.ZmqTooManyRequestsException;
import io.github.zmqspring.core.ZmqUnsupportedOperationException;
import io.github.zmqspring.core.status.RequestStatus;
import io.github.zmqspring.message.CancelRequest;
import io.github.zmqspring.message.ErrorReply;
import io.github.zmqspring.message.HeaderFrame;
import io.github.zmqspring.message.PayloadCompression;
import io.github.zmqspring.transport.lane.LaneHandler;
import io.github.zmqspring.transport.lane.LaneSettings;
import io.github.zmqspring.transport.lane.MessageFlow;
import io.github.zmqspring.transport.socket.ManagedSocket;
import io.github.zmqspring.transport.socket.RequestPort;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one socket: any number in flight at once, their replies matched by the
 * correlation id that travels in the return path.
 */
final class RequestChannel implements LaneHandler {

	private static final int MOST_REPLIES = 256;

	private static final long LONGEST_BACK_OFF = TimeUnit.SECONDS.toNanos(10);

	/** Longer than any real wait, and still safe to calculate with in nanoseconds. */
	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36500);

	private final RequestPort port;

	private final String name;

	private final RequestSettings settings;

	private final RequestCounters counters;

	private final FailureNotifier failures;

	private final RequestIds ids;

	private final Correlation correlation;

	private final Map<Long, PendingRequest> pending = new ConcurrentHashMap<>();

	private final AtomicInteger count = new AtomicInteger();

	private final OpenStreams streams;

	private final RequestQueue unsent;

	/** Lower bound of all deadlines, which saves the timer most scans. */
	private final AtomicLong earliest = new AtomicLong(System.nanoTime());

	private final MessageFlow replies;

	private final WaitingCaller waiting;

	private final boolean envelope;

	/** The thread that delivered the last replies, if known. */
	private volatile @Nullable Thread replier;

	private volatile boolean closed;

	RequestChannel(RequestPort port, RequestSettings settings, RequestIds ids, RequestCounters counters,
			FailureNotifier failures) {
		this.port = port;
		this.name = port.definition().name();
		this.envelope = port.definition().envelope() == Envelope.HEADERS;
		this.ids = ids;
		this.correlation = (port.isExclusive()) ? new ConnectionCorrelation(port)
				: new IdCorrelation(this.pending::get);
		this.settings = settings;
		this.counters = counters;
		this.failures = failures;
		this.unsent = new RequestQueue(port, failures);
		this.streams = new OpenStreams(this, port);
		port.takeBackTo(new TakenBackRequests(this.pending, this.unsent, port.isExclusive()));
		this.waiting = new WaitingCaller(port);
		this.replies = port.replies(new LaneSettings(this.name + "-replies", 1, null, MOST_REPLIES), this);
	}

	boolean isOver(ManagedSocket socket) {
		return this.port.isOf(socket);
	}

	boolean isIdle() {
		return this.pending.isEmpty() && this.streams.isIdle() && this.correlation.isIdle();
	}

	/** Return whether the thread would block the delivery of the reply it waits for. */
	boolean repliesComeBy(Thread thread) {
		return this.replier == thread;
	}

	boolean isClosed() {
		return this.closed;
	}

	int queued() {
		return this.unsent.length();
	}

	RequestStatus status() {
		return new RequestStatus(this.count.get(), this.counters.requests.sum(), this.counters.replies.sum(),
				this.counters.retries.sum(), this.counters.timeouts.sum(), this.counters.late.sum());
	}

	CompletableFuture<ZmqMessage> request(byte[][] body, Duration timeout, int retries) {
		return begin(timeout, (id, timeoutNanos) -> new PendingRequest(this, id,
				frames(this.correlation.address(id), body), timeoutNanos, retries));
	}

	/** As {@link #request}, on a thread that is going to {@link #await} the reply. */
	CompletableFuture<ZmqMessage> requestAndWait(byte[][] body, Duration timeout, int retries) {
		Thread caller = Thread.currentThread();
		return begin(timeout, (id, timeoutNanos) -> new PendingRequest(this, id,
				frames(this.correlation.address(id), body), timeoutNanos, retries, caller));
	}

	/** Read the reply on the thread that waits for it, where that saves time. */
	void await(CompletableFuture<?> reply) {
		ZmqMessage message = this.waiting.read(reply, this.correlation);
		if (message != null) {
			handle(message);
			this.unsent.flush();
		}
		this.waiting.ends(reply.isDone() && this.count.get() > 0);
	}

	/** An awaited request is over. */
	void completed() {
		this.waiting.completed();
	}

	CompletableFuture<ZmqMessage> stream(byte[][] body, Duration timeout, Consumer<ZmqMessage> elements) {
		if (this.port.isExclusive()) {
			throw new ZmqUnsupportedOperationException(this.name,
					"Socket '%s' has the option req-correlate: false, with which a request has one reply: leave it on for streams"
						.formatted(this.name));
		}
		return begin(timeout, (id, timeoutNanos) -> new StreamRequest(this, id,
				frames(this.correlation.address(id), body), timeoutNanos, elements));
	}

	/**
	 * Tell the server that a stream is not wanted any more, as soon as it can be told.
	 */
	void cancelled(StreamRequest request) {
		this.streams.cancelled(frames(this.correlation.address(request.id()), new byte[][] { CancelRequest.toFrame() }),
				request.server());
	}

	/** The server of a stream is gone: nothing more of it can come. */
	void orphaned(StreamRequest stream) {
		if (forget(stream)) {
			this.failures.fail(stream, new ZmqException(this.name,
					"The server of a stream on socket '%s' is gone, before the end of the stream (%d elements have come)"
						.formatted(this.name, stream.received()),
					null));
		}
	}

	/** Return which connection to a server is open: the number changes with each. */
	int connection(int server) {
		return this.port.connection(server);
	}

	/** Ask each server that is connected; what fails is left out. */
	CompletableFuture<List<ZmqMessage>> requestAll(byte[][] body, Duration timeout) {
		List<CompletableFuture<ZmqMessage>> requests = new ArrayList<>();
		for (int server : this.port.servers()) {
			requests.add(begin(timeout, (id, timeoutNanos) -> new PendingRequest(this, id,
					frames(this.correlation.address(id), body), timeoutNanos, 0), server));
		}
		CompletableFuture<List<ZmqMessage>> replies = CompletableFuture
			.allOf(requests.toArray(new CompletableFuture<?>[0]))
			.handle((nothing, failure) -> requests.stream()
				.filter((request) -> !request.isCompletedExceptionally())
				.map(CompletableFuture::join)
				.toList());
		replies.whenComplete((list, failure) -> {
			if (replies.isCancelled()) {
				requests.forEach((request) -> request.cancel(false));
			}
		});
		return replies;
	}

	private CompletableFuture<ZmqMessage> begin(Duration timeout, RequestFactory factory) {
		return begin(timeout, factory, RequestQueue.ANY);
	}

	private CompletableFuture<ZmqMessage> begin(Duration timeout, RequestFactory factory, int server) {
		int pending = this.count.incrementAndGet();
		if (pending > this.settings.maxPending()) {
			this.count.decrementAndGet();
			return CompletableFuture
				.failedFuture(new ZmqTooManyRequestsException(this.name, this.settings.maxPending()));
		}
		this.counters.requests.increment();
		long id = this.ids.next();
		long timeoutNanos = ((timeout.compareTo(LONGEST_TIMEOUT) < 0) ? timeout : LONGEST_TIMEOUT).toNanos();
		PendingRequest request = factory.create(id, timeoutNanos);
		if (server != RequestQueue.ANY) {
			request.addressed();
		}
		this.waiting.begins(request.isAwaited(), pending == 1);
		this.pending.put(request.id(), request);
		expect(request.deadline());
		if (this.closed) {
			request.completeExceptionally(new ZmqSocketClosedException(this.name));
		}
		else {
			this.unsent.send(request, server);
		}
		return request;
	}

	private void expect(long deadline) {
		long known = this.earliest.get();
		while (deadline - known < 0 && !this.earliest.compareAndSet(known, deadline)) {
			known = this.earliest.get();
		}
	}

	private static byte[][] frames(byte[][] address, byte[][] body) {
		byte[][] frames = Arrays.copyOf(address, address.length + body.length);
		System.arraycopy(body, 0, frames, address.length, body.length);
		return frames;
	}

	/** A request goes to a server; called before its reply can come. */
	void sent(PendingRequest request, int server) {
		this.correlation.sent(request, server);
	}

	/**
	 * Remove a request, however it ended.
	 * @return whether it was still waiting
	 */
	boolean forget(PendingRequest request) {
		if (!this.pending.remove(request.id(), request)) {
			return false;
		}
		this.count.decrementAndGet();
		return true;
	}

	/** Called every few milliseconds while requests are pending. */
	void tick() {
		long now = System.nanoTime();
		if (now - this.earliest.get() >= 0) {
			// a request that is added during the scan lowers the bound itself
			long next = now + LONGEST_TIMEOUT.toNanos();
			this.earliest.set(next);
			for (PendingRequest request : this.pending.values()) {
				if (now - request.deadline() >= 0 && !goesOn(request)) {
					continue;
				}
				if (request.deadline() - next < 0) {
					next = request.deadline();
				}
			}
			expect(next);
		}
		this.streams.tick(now, this.pending.values());
		this.correlation.tick(now);
		this.unsent.shrink(this.count.get());
		this.unsent.flush();
	}

	/** A deadline has passed: of a pause, of an attempt, or of the request. */
	private boolean goesOn(PendingRequest request) {
		if (request.isBackingOff()) {
			this.counters.retries.increment();
			this.unsent.sendAgain(request);
			return true;
		}
		if (request.isSent()) {
			this.port.unanswered(request.server(), request.sentNanos());
			this.correlation.unanswered(request);
		}
		if (request.failed()) {
			request.backOff(backOff(request.failedAttempts()));
			return true;
		}
		if (forget(request)) {
			this.counters.timeouts.increment();
			this.failures.fail(request, timeout(request));
		}
		return false;
	}

	/** A socket that only binds may never have had a server to ask. */
	private ZmqException timeout(PendingRequest request) {
		if (request instanceof StreamRequest stream && stream.received() > 0) {
			return new ZmqRequestTimeoutException(this.name, request.timeout(), request.attempts(), stream.received());
		}
		return (request.wasEverSent() || !this.port.definition().connect().isEmpty())
				? new ZmqRequestTimeoutException(this.name, request.timeout(), request.attempts())
				: new ZmqSendTimeoutException(this.name, request.timeout());
	}

	private long backOff(int failedAttempts) {
		Duration first = this.settings.backOff();
		if (first.toMillis() >= TimeUnit.NANOSECONDS.toMillis(LONGEST_BACK_OFF)) {
			return LONGEST_BACK_OFF;
		}
		return Math.min(first.toNanos() << Math.min(failedAttempts - 1, 16), LONGEST_BACK_OFF);
	}

	@Override
	public void handle(List<ZmqMessage> messages) {
		this.replier = Thread.currentThread();
		messages.forEach(this::handle);
		this.unsent.flush();
	}

	@Override
	public void handle(ZmqMessage message) {
		byte[][] frames = message.raw();
		PendingRequest request = this.correlation.match(frames);
		if (request == null) {
			this.counters.late.increment();
			return;
		}
		this.counters.replies.increment();
		complete(request, body(message));
	}

	private ZmqMessage body(ZmqMessage message) {
		ZmqMessage body = message.withoutFirst(this.correlation.addressLength());
		return (this.envelope && body.size() > 1 && HeaderFrame.is(body.frame(0)))
				? body.withHeaderFrame(0, HeaderFrame::decode) : body;
	}

	private void complete(PendingRequest request, ZmqMessage body) {
		if (body.hasHeaders()) {
			try {
				body.headers();
			}
			catch (RuntimeException ex) {
				// unreadable
				request.completeExceptionally(ex);
				return;
			}
		}
		ZmqMessage plain;
		try {
			plain = PayloadCompression.decompress(this.port.definition(), body);
		}
		catch (RuntimeException ex) {
			// damaged, or too large
			request.completeExceptionally(ex);
			return;
		}
		ErrorReply error = ErrorReply.from(plain);
		if (error != null) {
			request.completeExceptionally(new ZmqRemoteException(this.name, error.title(), error.detail()));
		}
		else {
			request.receive(plain);
		}
	}

	/** Fail all pending requests and accept no more. */
	void close(long timeoutNanos) {
		this.closed = true;
		this.replies.stop(timeoutNanos);
		this.correlation.close();
		for (PendingRequest request : this.pending.values()) {
			if (forget(request)) {
				this.failures.fail(request, new ZmqSocketClosedException(this.name));
			}
		}
	}

	/** Makes a request, with nothing boxed. */
	private interface RequestFactory {

		PendingRequest create(long id, long timeoutNanos);

	}

}
