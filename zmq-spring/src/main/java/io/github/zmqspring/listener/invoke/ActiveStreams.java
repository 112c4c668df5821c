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

package io.github.zmqspring.listener.invoke;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.CancelRequest;
import io.github.zmqspring.message.RequestId;
import io.github.zmqspring.transport.lane.MessageFlow;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a listener is sending, by the return path of their requests, so that a
 * peer can cancel its own. May be used by any thread.
 */
final class ActiveStreams {

	private static final Log logger = LogFactory.getLog(ActiveStreams.class);

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private static final int MOST_EARLY = 1024;

	private final boolean replies;

	private final Map<List<ByteBuffer>, Runnable> streams = new ConcurrentHashMap<>();

	/**
	 * What was cancelled before it began: another lane may be faster. Of streams that are
	 * over too, so it holds only paths that never come again.
	 */
	private final Set<List<ByteBuffer>> early = Collections
		.synchronizedSet(Collections.newSetFromMap(new Newest<List<ByteBuffer>, Boolean>()));

	private final ReferenceQueue<Runnable> forgotten = new ReferenceQueue<>();

	private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());

	private volatile @Nullable MessageFlow flow;

	ActiveStreams(SocketDefinition definition) {
		this.replies = definition.routes() && definition.replies();
	}

	/** Set the flow that the requests come from, and what cancels them. */
	void reads(@Nullable MessageFlow flow) {
		this.flow = flow;
	}

	/** Add a stream that answers a message from now on. */
	void begin(ZmqMessage request, Runnable cancel) {
		if (this.replies) {
			begin(path(request), cancel);
		}
	}

	/** Add a stream that may end without a sign: when nothing can send more of it. */
	void beginWeakly(ZmqMessage request, Runnable cancel) {
		for (Reference<?> gone = this.forgotten.poll(); gone != null; gone = this.forgotten.poll()) {
			if (gone instanceof Weak weak) {
				this.streams.remove(weak.path, weak);
			}
		}
		if (this.replies) {
			List<ByteBuffer> path = path(request);
			begin(path, new Weak(path, cancel, this.forgotten));
		}
	}

	private void begin(List<ByteBuffer> path, Runnable cancel) {
		this.streams.put(path, cancel);
		if (this.early.remove(path) && this.streams.remove(path, cancel)) {
			cancel.run();
		}
	}

	void ended(ZmqMessage request) {
		if (!this.streams.isEmpty()) {
			this.streams.remove(path(request));
		}
	}

	/**
	 * Cancel a stream if that is what a message says. The stream may be over, or not have
	 * begun.
	 * @return whether it is such a message, which no method must get
	 */
	boolean isCancelledBy(ZmqMessage message) {
		if (!this.replies || !CancelRequest.is(message)) {
			return false;
		}
		List<ByteBuffer> path = path(message);
		Runnable cancel = this.streams.remove(path);
		if (cancel == null && isUnique(message.returnPath())) {
			this.early.add(path);
			cancel = this.streams.remove(path);
		}
		if (cancel != null) {
			this.early.remove(path);
			run(cancel);
		}
		return true;
	}

	private static void run(Runnable cancel) {
		try {
			cancel.run();
		}
		catch (RuntimeException ex) {
			logger.warn("What a listener does when its stream is cancelled has failed", ex);
		}
	}

	/**
	 * Look for what cancels streams: all lanes may be busy sending them. Called for each
	 * element, and looks now and then.
	 */
	void look() {
		MessageFlow reading = this.flow;
		long before = this.lookedAt.get();
		long now = System.nanoTime();
		if (reading != null && now - before > LOOK_NANOS && this.lookedAt.compareAndSet(before, now)) {
			reading.lookAhead(CancelRequest::is).forEach(this::isCancelledBy);
		}
	}

	/** Clients of this library give each request an id, in front of the delimiter. */
	private static boolean isUnique(byte[][] path) {
		return path.length > 2 && RequestId.is(path[path.length - 2]);
	}

	private static List<ByteBuffer> path(ZmqMessage message) {
		return Arrays.stream(message.returnPath()).map(ByteBuffer::wrap).toList();
	}

	/** Forgets the oldest. */
	private static final class Newest<K, V> extends LinkedHashMap<K, V> {

		@Override
		protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
			return size() > MOST_EARLY;
		}

	}

	/** What cancels a stream, as long as anything can send it. */
	private static final class Weak extends WeakReference<Runnable> implements Runnable {

		private final List<ByteBuffer> path;

		Weak(List<ByteBuffer> path, Runnable cancel, ReferenceQueue<Runnable> queue) {
			super(cancel, queue);
			this.path = path;
		}

		@Override
		public void run() {
			Runnable cancel = get();
			if (cancel != null) {
				cancel.run();
			}
		}

	}

}
