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

import java.util.concurrent.CompletableFuture;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.socket.RequestPort;
import org.jspecify.annotations.Nullable;

/**
 * Lets the caller that waits for the only request of a channel read the reply itself. As
 * long as requests are made one after the other, each awaited before the next, the lane
 * of replies stands by.
 */
final class WaitingCaller {

	/** So many requests in a row were alone and awaited before callers read. */
	private static final int PATIENCE = 16;

	private final RequestPort port;

	/** Without ids only the connection tells which request a reply belongs to. */
	private final boolean possible;

	/** Which threads write it together does not matter much. */
	private volatile int inOrder;

	private volatile @Nullable Thread reader;

	WaitingCaller(RequestPort port) {
		this.port = port;
		this.possible = !port.isExclusive();
	}

	/**
	 * A request begins.
	 * @param awaited whether the calling thread is going to wait for the reply
	 * @param alone whether no other request is pending
	 */
	void begins(boolean awaited, boolean alone) {
		if (!awaited || !alone) {
			this.inOrder = 0;
			leaveToLane();
		}
		else if (this.possible && !this.port.isLeftToCallers() && ++this.inOrder >= PATIENCE) {
			this.inOrder = 0;
			this.port.leaveToCallers(true);
		}
	}

	/** Have the lane of replies read. */
	private void leaveToLane() {
		if (this.port.isLeftToCallers()) {
			this.port.leaveToCallers(false);
		}
	}

	/**
	 * Read a reply for the calling thread.
	 * @param reply done when the thread has to wait no more
	 * @return the reply, or {@code null} if it comes, or has come, another way
	 */
	@Nullable ZmqMessage read(CompletableFuture<?> reply, Correlation correlation) {
		if (!this.port.isLeftToCallers()) {
			return null;
		}
		Thread caller = Thread.currentThread();
		this.reader = caller;
		try {
			return this.port.read(() -> !reply.isDone() && this.port.isLeftToCallers(), (message) -> {
				PendingRequest request = correlation.match(message.raw());
				return request != null && request.isAwaitedBy(caller);
			});
		}
		finally {
			if (this.reader == caller) {
				this.reader = null;
			}
		}
	}

	/** The wait is over. */
	void ends(boolean others) {
		if (others) {
			this.inOrder = 0;
			leaveToLane();
		}
	}

	/** A request is over, whatever ended it. */
	void completed() {
		Thread reading = this.reader;
		if (reading != null && reading != Thread.currentThread()) {
			this.port.wakeCaller();
		}
	}

}
