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

import java.util.function.Consumer;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRemoteException;
import io.github.zmqspring.core.ZmqSocketClosedException;

/**
 * A request with any number of replies, each of which has the whole timeout. An empty
 * reply is the end, as the listeners of this library send it.
 */
final class StreamRequest extends PendingRequest {

	private final RequestChannel channel;

	private final Consumer<ZmqMessage> elements;

	private volatile boolean told;

	StreamRequest(RequestChannel channel, long id, byte[][] frames, long timeoutNanos, Consumer<ZmqMessage> elements) {
		super(channel, id, frames, timeoutNanos, 0);
		this.channel = channel;
		this.elements = elements;
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		if (cancelled) {
			tellServer();
		}
		return cancelled;
	}

	/** The server goes on unless the failure is its own. */
	@Override
	public boolean completeExceptionally(Throwable failure) {
		boolean failed = super.completeExceptionally(failure);
		if (failed && !(failure instanceof ZmqRemoteException) && !(failure instanceof ZmqSocketClosedException)) {
			tellServer();
		}
		return failed;
	}

	private void tellServer() {
		if (isSent() && !this.told) {
			this.told = true;
			this.channel.cancelled(this);
		}
	}

	@Override
	void receive(ZmqMessage reply) {
		if (reply.size() == 1 && reply.frame(0).length == 0) {
			complete(reply);
			return;
		}
		expectMore();
		try {
			this.elements.accept(reply);
		}
		catch (RuntimeException | Error ex) {
			completeExceptionally(ex);
		}
	}

}
