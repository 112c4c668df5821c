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

import java.util.concurrent.atomic.AtomicReference;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.listener.ZmqReplier;
import org.jspecify.annotations.Nullable;

/**
 * Replies to one message. It can be cancelled once it is a stream: when it has sent more
 * than one reply, or the method asks whether it is cancelled.
 */
final class MessageReplier implements ZmqReplier, Runnable {

	/** Stands for an action that was done, or is none. */
	private static final Runnable CANCELLED = () -> {
	};

	private final ReplySender sender;

	private final ZmqMessage request;

	private final FailurePolicy failures;

	private final ActiveStreams streams;

	private final AtomicReference<@Nullable Runnable> action = new AtomicReference<>();

	private volatile boolean replied;

	private volatile boolean begun;

	MessageReplier(CallEnvironment environment, ZmqMessage request) {
		this.sender = environment.replies();
		this.request = request;
		this.failures = environment.failures();
		this.streams = environment.streams();
	}

	@Override
	public void reply(Object payload) {
		boolean stream = this.replied;
		this.replied = true;
		if (stream && isCancelled()) {
			this.sender.unwanted();
			return;
		}
		this.sender.replyOrThrow(this.request, payload);
	}

	@Override
	public void error(Throwable failure) {
		Object reply = this.failures.errorReply(this.request, failure);
		this.sender.replyOrThrow(this.request, (reply != null) ? reply : ReplySender.EMPTY);
		this.streams.ended(this.request);
	}

	@Override
	public void end() {
		if (!isCancelled()) {
			this.sender.replyOrThrow(this.request, ReplySender.EMPTY);
			this.streams.ended(this.request);
		}
	}

	@Override
	public boolean isCancelled() {
		begin();
		this.streams.look();
		return this.action.get() == CANCELLED;
	}

	@Override
	public void onCancel(Runnable action) {
		begin();
		while (true) {
			Runnable before = this.action.get();
			if (before == CANCELLED) {
				action.run();
				return;
			}
			if (this.action.compareAndSet(before, action)) {
				return;
			}
		}
	}

	private void begin() {
		if (!this.begun) {
			this.begun = true;
			this.streams.beginWeakly(this.request, this);
		}
	}

	/** The peer wants no more. */
	@Override
	public void run() {
		Runnable wanted = this.action.getAndSet(CANCELLED);
		if (wanted != null) {
			wanted.run();
		}
	}

}
