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

package io.github.zmqspring.proxy;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.github.zmqspring.support.Uninterruptibly;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a load balancer that wait for a request, the one that has waited longest
 * first.
 */
final class WorkerQueue {

	private static final long RELEASE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Set<ByteBuffer> ready = new LinkedHashSet<>();

	/**
	 * Add a worker. One that reports twice, such as after a restart, still takes one
	 * request.
	 */
	void add(byte[] worker) {
		this.lock.lock();
		try {
			ByteBuffer id = ByteBuffer.wrap(worker);
			this.ready.remove(id);
			this.ready.add(id);
			this.changed.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for a worker.
	 * @return {@code false} if there is none and the lane shall end
	 */
	boolean await(BooleanSupplier ending) {
		this.lock.lock();
		try {
			return Uninterruptibly.await(Long.MAX_VALUE, (left) -> {
				while (this.ready.isEmpty() && !ending.getAsBoolean()) {
					this.changed.awaitNanos(RELEASE_NANOS);
				}
				return !this.ready.isEmpty();
			});
		}
		finally {
			this.lock.unlock();
		}
	}

	byte @Nullable [] poll() {
		this.lock.lock();
		try {
			Iterator<ByteBuffer> workers = this.ready.iterator();
			if (!workers.hasNext()) {
				return null;
			}
			byte[] worker = workers.next().array();
			workers.remove();
			return worker;
		}
		finally {
			this.lock.unlock();
		}
	}

	void release() {
		this.lock.lock();
		try {
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	void clear() {
		this.lock.lock();
		try {
			this.ready.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	int size() {
		this.lock.lock();
		try {
			return this.ready.size();
		}
		finally {
			this.lock.unlock();
		}
	}

}
