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

package io.github.zmqspring.core;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;

import org.springframework.util.ClassUtils;

/**
 * The replies to a request, which is sent anew for each subscriber. What a subscriber has
 * not asked for yet is kept, up to a number of elements and of bytes.
 *
 * @param <T> the type of the elements
 */
final class RequestStream<T> implements Publisher<T> {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Flux",
			RequestStream.class.getClassLoader());

	private final String socket;

	private final Buffer buffer;

	private final Function<ObjLongConsumer<T>, CompletableFuture<Void>> asking;

	RequestStream(String socket, Buffer buffer, Function<ObjLongConsumer<T>, CompletableFuture<Void>> asking) {
		this.socket = socket;
		this.buffer = buffer;
		this.asking = asking;
	}

	/**
	 * Create the publisher.
	 * @param socket the logical name of the socket
	 * @param buffer what is kept for a slow subscriber
	 * @param asking sends the request, and hands the elements with their sizes to what it
	 * is given
	 * @return a {@code Flux} where Reactor is there
	 */
	static <T> Publisher<T> of(String socket, Buffer buffer,
			Function<ObjLongConsumer<T>, CompletableFuture<Void>> asking) {
		RequestStream<T> stream = new RequestStream<>(socket, buffer, asking);
		return (REACTOR) ? Reactor.flux(stream) : stream;
	}

	@Override
	public void subscribe(Subscriber<? super T> subscriber) {
		Objects.requireNonNull(subscriber, "A subscriber is needed");
		new Elements(subscriber).begin();
	}

	/** Loaded only where Reactor is there. */
	private static final class Reactor {

		static <T> Publisher<T> flux(Publisher<T> stream) {
			return Flux.from(stream);
		}

	}

	/**
	 * What is kept of a stream that its subscriber has not asked for.
	 *
	 * @param elements the most elements
	 * @param bytes the most bytes of their frames; a single element may have more
	 */
	record Buffer(int elements, long bytes) {

		static final Buffer DEFAULT = new Buffer(4096, 16 * 1024 * 1024);

	}

	/** An element that waits for its subscriber. */
	private record Waiting<T>(T element, long bytes) {
	}

	/** The elements for one subscriber. */
	private final class Elements implements Subscription {

		private final Subscriber<? super T> subscriber;

		private final Queue<Waiting<T>> waiting = new ConcurrentLinkedQueue<>();

		private final AtomicInteger length = new AtomicInteger();

		private final AtomicLong bytes = new AtomicLong();

		private final AtomicLong requested = new AtomicLong();

		/** One thread at a time calls the subscriber. */
		private final AtomicInteger draining = new AtomicInteger();

		private volatile @Nullable CompletableFuture<Void> end;

		private volatile @Nullable Throwable failure;

		private volatile boolean ended;

		private volatile boolean over;

		private Elements(Subscriber<? super T> subscriber) {
			this.subscriber = subscriber;
		}

		private void begin() {
			this.subscriber.onSubscribe(this);
			if (this.over) {
				return;
			}
			CompletableFuture<Void> asked;
			try {
				asked = RequestStream.this.asking.apply(this::add);
			}
			catch (RuntimeException ex) {
				asked = CompletableFuture.failedFuture(ex);
			}
			this.end = asked;
			if (this.over) {
				asked.cancel(false);
			}
			asked.whenComplete((nothing, failed) -> finish(failed));
		}

		private void add(T element, long size) {
			if (this.over || this.ended) {
				return;
			}
			Buffer buffer = RequestStream.this.buffer;
			int elements = this.length.incrementAndGet();
			long bytes = this.bytes.addAndGet(size);
			if (elements > buffer.elements()) {
				throw tooSlow("%d elements behind, which is all that zmq.template.stream-buffer has room for"
					.formatted(buffer.elements()));
			}
			if (elements > 1 && bytes > buffer.bytes()) {
				throw tooSlow("%d elements behind, %d bytes, more than zmq.template.stream-buffer-size has room for"
					.formatted(elements - 1, bytes - size));
			}
			this.waiting.add(new Waiting<>(element, size));
			drain();
		}

		private ZmqException tooSlow(String behind) {
			return new ZmqException(RequestStream.this.socket,
					"The subscriber of a stream on socket '%s' is too slow: it is %s. The stream was cancelled. Have it ask for elements sooner, or raise that property"
						.formatted(RequestStream.this.socket, behind),
					null);
		}

		private void finish(@Nullable Throwable failed) {
			if (failed != null && this.failure == null) {
				this.failure = (failed instanceof CompletionException && failed.getCause() != null) ? failed.getCause()
						: failed;
			}
			this.ended = true;
			drain();
		}

		@Override
		public void request(long count) {
			if (count <= 0) {
				finish(new IllegalArgumentException("A subscriber asks for 1 element or more, not for " + count));
				stop();
				return;
			}
			this.requested.accumulateAndGet(count,
					(before, more) -> (before + more < 0) ? Long.MAX_VALUE : before + more);
			drain();
		}

		@Override
		public void cancel() {
			this.over = true;
			stop();
			drain();
		}

		private void stop() {
			CompletableFuture<Void> asked = this.end;
			if (asked != null) {
				asked.cancel(false);
			}
		}

		private void drain() {
			if (this.draining.getAndIncrement() != 0) {
				return;
			}
			int missed = 1;
			while (missed != 0) {
				emit();
				missed = this.draining.addAndGet(-missed);
			}
		}

		private void emit() {
			while (!this.over) {
				boolean last = this.ended;
				Waiting<T> next = this.waiting.peek();
				if (next == null) {
					if (last) {
						end();
					}
					return;
				}
				if (this.requested.get() == 0) {
					return;
				}
				this.waiting.remove();
				this.length.decrementAndGet();
				this.bytes.addAndGet(-next.bytes());
				if (this.requested.get() != Long.MAX_VALUE) {
					this.requested.decrementAndGet();
				}
				hand(next.element());
			}
			this.waiting.clear();
		}

		/** A subscriber that throws gets nothing more. */
		private void hand(T element) {
			try {
				this.subscriber.onNext(element);
			}
			catch (RuntimeException | Error ex) {
				this.over = true;
				stop();
				throw ex;
			}
		}

		private void end() {
			this.over = true;
			Throwable failed = this.failure;
			if (failed != null) {
				this.subscriber.onError(failed);
			}
			else {
				this.subscriber.onComplete();
			}
		}

	}

}
