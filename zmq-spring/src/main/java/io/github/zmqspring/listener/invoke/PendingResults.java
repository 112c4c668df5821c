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

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.support.Uninterruptibly;
import io.github.zmqspring.transport.lane.MessageFlow;
import org.jspecify.annotations.Nullable;

/**
 * The messages whose results come later, up to a limit. At the limit a lane waits before
 * it takes its next message, and the poller reads no more for an inline handler, until
 * one of the results is there.
 */
final class PendingResults {

	private final int most;

	/** No monitor: before JDK 24 that would pin a virtual thread that waits. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	/** Guarded by the lock, as all that follows. */
	private final Set<ZmqMessage> messages = Collections.newSetFromMap(new IdentityHashMap<>());

	/** The flow to hold back at the limit; set for inline handlers only. */
	private @Nullable MessageFlow inline;

	private boolean holding;

	PendingResults(int most) {
		this.most = most;
	}

	void holdInline(@Nullable MessageFlow inline) {
		this.lock.lock();
		try {
			this.inline = inline;
			this.holding = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	void add(ZmqMessage message) {
		this.lock.lock();
		try {
			this.messages.add(message);
			MessageFlow flow = this.inline;
			if (flow != null && this.messages.size() >= this.most && !this.holding) {
				this.holding = true;
				flow.hold();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Return {@code false} for a message that was given up meanwhile. */
	boolean remove(ZmqMessage message) {
		this.lock.lock();
		try {
			boolean known = this.messages.remove(message);
			MessageFlow flow = this.inline;
			if (flow != null && this.holding && this.messages.size() < this.most) {
				this.holding = false;
				flow.release();
			}
			this.changed.signalAll();
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait on a lane until there is room for another, or the thread is interrupted.
	 */
	void awaitRoom() {
		this.lock.lock();
		try {
			while (this.inline == null && this.messages.size() >= this.most) {
				this.changed.await();
			}
		}
		catch (InterruptedException ex) {
			// the listener ends
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for the results that are still to come.
	 * @return the messages whose results did not come in time
	 */
	List<ZmqMessage> giveUp(long timeoutNanos) {
		this.lock.lock();
		try {
			Uninterruptibly.await(timeoutNanos, (nanos) -> {
				for (long left = nanos; left > 0 && !this.messages.isEmpty();) {
					left = this.changed.awaitNanos(left);
				}
				return this.messages.isEmpty();
			});
			List<ZmqMessage> late = new ArrayList<>(this.messages);
			this.messages.clear();
			return late;
		}
		finally {
			this.lock.unlock();
		}
	}

}
