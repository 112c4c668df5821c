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

package io.github.zmqspring.transport;

import java.util.List;
import java.util.function.Consumer;

import io.github.zmqspring.core.ZmqMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Runs a handler on the poller's thread: the lowest latency, for handlers that never
 * wait.
 */
final class InlineInput implements InputConsumer, MessageFlow {

	private static final Log logger = LogFactory.getLog(InlineInput.class);

	private final ManagedSocket socket;

	private final Consumer<ZmqMessage> handler;

	private volatile boolean accepting = true;

	InlineInput(ManagedSocket socket, Consumer<ZmqMessage> handler) {
		this.socket = socket;
		this.handler = handler;
	}

	@Override
	public boolean isInline() {
		return true;
	}

	@Override
	public boolean isAccepting() {
		return this.accepting;
	}

	@Override
	public boolean needsWake() {
		return false;
	}

	@Override
	public boolean wake() {
		return false;
	}

	@Override
	public void closed() {
		this.accepting = false;
	}

	@Override
	public void handleInline(List<ZmqMessage> messages) {
		for (ZmqMessage message : messages) {
			try {
				this.handler.accept(message);
			}
			catch (Throwable ex) {
				// those behind it have been read too, and must not be lost
				logger.error("An inline handler of " + this.socket + " failed; the next message is handled", ex);
			}
		}
	}

	@Override
	public void pause() {
		this.accepting = false;
	}

	@Override
	public void resume() {
		this.accepting = true;
		this.socket.requestVisit();
	}

	@Override
	public int stop(long timeoutNanos) {
		this.accepting = false;
		this.socket.detach(this);
		// a visit that has begun ends before the poller runs this
		this.socket.poller().execute(() -> {
		});
		return 0;
	}

	@Override
	public boolean isAlive() {
		return this.socket.poller().isAlive();
	}

}
