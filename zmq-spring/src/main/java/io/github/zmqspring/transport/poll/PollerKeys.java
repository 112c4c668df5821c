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

package io.github.zmqspring.transport.poll;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The signals that a poller watches, and those that it ignores for a while: a socket is
 * disarmed when another thread watches its signal, or when it only sends and no sender
 * waits, as each acknowledgement of a busy peer would wake the poller otherwise. All
 * disarmed sockets are armed again after 10 ms, so a missed signal is at most that late.
 * <p>
 * For the poller's thread, except {@link #isDisarmed} and {@link #cancel}.
 */
final class PollerKeys {

	private static final Log logger = LogFactory.getLog(PollerKeys.class);

	private static final long REARM_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final Selector selector;

	private final Map<Pollable, SelectionKey> keys = new HashMap<>();

	/** Read by threads that are about to wait. */
	private final Set<Pollable> disarmed = ConcurrentHashMap.newKeySet();

	private long rearmAt;

	PollerKeys(Selector selector) {
		this.selector = selector;
	}

	void add(Pollable socket) {
		try {
			this.keys.put(socket, socket.signal().register(this.selector, SelectionKey.OP_READ, socket));
		}
		catch (IOException ex) {
			throw new IllegalStateException("The poller cannot watch " + socket, ex);
		}
	}

	/**
	 * Forget a socket. Other signals that are selected meanwhile are not lost.
	 * @param selected gets the sockets whose signals were
	 */
	void remove(Pollable socket, Consumer<Pollable> selected) {
		SelectionKey key = this.keys.remove(socket);
		this.disarmed.remove(socket);
		if (key == null) {
			return;
		}
		key.cancel();
		try {
			this.selector.selectNow();
		}
		catch (IOException ex) {
			logger.debug("Selecting after a key was cancelled failed", ex);
		}
		takeSelected(selected);
	}

	/** Stop watching a socket from another thread, while a handler blocks the poller. */
	void cancel(Pollable socket) {
		SelectionKey key = socket.signal().keyFor(this.selector);
		if (key != null) {
			key.cancel();
		}
	}

	void takeSelected(Consumer<Pollable> selected) {
		Set<SelectionKey> ready = this.selector.selectedKeys();
		ready.forEach((key) -> selected.accept((Pollable) key.attachment()));
		ready.clear();
	}

	boolean isDisarmed(Pollable socket) {
		return this.disarmed.contains(socket);
	}

	/** Watch a socket's signal if that is needed, or else ignore it for a while. */
	void arm(Pollable socket, boolean needed) {
		if (needed) {
			rearm(socket);
			return;
		}
		if (this.disarmed.isEmpty()) {
			this.rearmAt = System.nanoTime() + REARM_NANOS;
		}
		if (this.keys.containsKey(socket) && this.disarmed.add(socket)) {
			interest(socket, 0);
			if (socket.isWaitedFor()) {
				// a thread began to wait after the visit, and before this could be seen
				rearm(socket);
			}
		}
	}

	/**
	 * Watch all signals again whose time is over. Called in every round: sockets that
	 * always have something to do must not delay it.
	 */
	void rearmDue() {
		if (!this.disarmed.isEmpty() && System.nanoTime() - this.rearmAt >= 0) {
			this.disarmed.forEach((socket) -> interest(socket, SelectionKey.OP_READ));
			this.disarmed.clear();
		}
	}

	/** Return how long the poller may sleep at most because of disarmed sockets. */
	long limitMillis(long millis) {
		if (this.disarmed.isEmpty()) {
			return millis;
		}
		return Math.min(millis, Math.max(1, TimeUnit.NANOSECONDS.toMillis(this.rearmAt - System.nanoTime())));
	}

	private void rearm(Pollable socket) {
		if (this.disarmed.remove(socket)) {
			interest(socket, SelectionKey.OP_READ);
		}
	}

	private void interest(Pollable socket, int operations) {
		SelectionKey key = this.keys.get(socket);
		if (key != null && key.isValid()) {
			key.interestOps(operations);
		}
	}

}
