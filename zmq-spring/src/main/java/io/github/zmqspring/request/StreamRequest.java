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

	/** Which connection to the server it went over. */
	private volatile int connection;

	private volatile int received;

	/** Whether the server should send nothing more. */
	private volatile boolean unwanted;

	StreamRequest(RequestChannel channel, long id, byte[][] frames, long timeoutNanos, Consumer<ZmqMessage> elements) {
		super(channel, id, frames, timeoutNanos, 0);
		this.channel = channel;
		this.elements = elements;
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		if (cancelled) {
			this.unwanted = true;
			tellServer();
		}
		return cancelled;
	}

	/** The server goes on unless the failure is its own. */
	@Override
	public boolean completeExceptionally(Throwable failure) {
		boolean failed = super.completeExceptionally(failure);
		if (failed && !(failure instanceof ZmqRemoteException) && !(failure instanceof ZmqSocketClosedException)) {
			this.unwanted = true;
			tellServer();
		}
		return failed;
	}

	@Override
	void sentTo(int server) {
		super.sentTo(server);
		this.connection = this.channel.connection(server);
	}

	/** It may have been cancelled while it was sent. */
	@Override
	void sent() {
		super.sent();
		tellServer();
	}

	private void tellServer() {
		if (isSent() && this.unwanted) {
			this.channel.cancelled(this);
		}
	}

	/** Return whether the connection that it went over is gone. */
	boolean isOrphan() {
		return isSent() && this.channel.connection(server()) != this.connection;
	}

	/** Return how many elements have come. */
	int received() {
		return this.received;
	}

	@Override
	void receive(ZmqMessage reply) {
		if (reply.size() == 1 && reply.frame(0).length == 0) {
			complete(reply);
			return;
		}
		expectMore();
		this.received++;
		try {
			this.elements.accept(reply);
		}
		catch (RuntimeException | Error ex) {
			completeExceptionally(ex);
		}
	}

}
