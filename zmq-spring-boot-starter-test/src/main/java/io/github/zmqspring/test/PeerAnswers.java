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

package io.github.zmqspring.test;

import java.util.function.Function;

import io.github.zmqspring.core.ZmqMessage;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests on a thread of its own.
 */
final class PeerAnswers implements AutoCloseable {

	private final ZmqTestPeer peer;

	private final Function<ZmqMessage, Object> answer;

	private final Thread thread;

	private volatile @Nullable Throwable failure;

	private volatile boolean closed;

	PeerAnswers(ZmqTestPeer peer, String name, Function<ZmqMessage, Object> answer) {
		this.peer = peer;
		this.answer = answer;
		this.thread = new Thread(this::run, "zmq-test-peer-" + name);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void run() {
		try {
			while (!this.closed) {
				ZmqMessage request = this.peer.receive();
				if (request != null) {
					Object reply = this.answer.apply(request);
					this.peer.send((reply instanceof ZmqMessage message) ? message.frames().toArray()
							: new Object[] { reply });
				}
			}
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	/** Wait until it answers no more. */
	@Override
	public void close() {
		this.closed = true;
		try {
			this.thread.join(Patience.LIMIT.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
