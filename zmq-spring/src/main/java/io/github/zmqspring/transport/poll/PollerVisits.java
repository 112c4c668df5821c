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

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The poller's visits to one socket: at most one is pending, however many threads request
 * one. A new socket starts with a pending visit. May be used by any thread.
 *
 * @since 0.1.0
 */
public final class PollerVisits {

	private final SocketPoller poller;

	private final Pollable socket;

	private final AtomicBoolean pending = new AtomicBoolean(true);

	public PollerVisits(SocketPoller poller, Pollable socket) {
		this.poller = poller;
		this.socket = socket;
	}

	/** Make the poller come by, unless it is on its way. */
	public void request() {
		if (mark()) {
			this.poller.enqueue(this.socket);
		}
	}

	/**
	 * Note that a visit is going to come.
	 * @return {@code false} if one was pending already
	 */
	public boolean mark() {
		return this.pending.compareAndSet(false, true);
	}

	/** Note that the poller is here. */
	public void arrived() {
		this.pending.set(false);
	}

	public boolean isPending() {
		return this.pending.get();
	}

	/** Make the poller come by if it does not watch the socket's signal for a while. */
	public void requestIfDisarmed() {
		if (this.poller.isDisarmed(this.socket)) {
			request();
		}
	}

}
