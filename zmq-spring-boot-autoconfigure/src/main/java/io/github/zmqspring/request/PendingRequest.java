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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.zmqspring.core.ZmqMessage;

/**
 * A request whose reply has not come.
 */
final class PendingRequest {

	private final long id;

	private final byte[][] frames;

	private final Duration timeout;

	private final int maxAttempts;

	private final CompletableFuture<ZmqMessage> reply = new CompletableFuture<>();

	private volatile long deadline;

	private volatile boolean sent;

	private volatile boolean everSent;

	/** Written by the timer only. */
	private volatile int attempts = 1;

	PendingRequest(long id, byte[][] frames, Duration timeout, int retries) {
		this.id = id;
		this.frames = frames;
		this.timeout = timeout;
		this.maxAttempts = 1 + retries;
		this.deadline = System.nanoTime() + timeout.toNanos();
	}

	long id() {
		return this.id;
	}

	byte[][] frames() {
		return this.frames;
	}

	Duration timeout() {
		return this.timeout;
	}

	CompletableFuture<ZmqMessage> reply() {
		return this.reply;
	}

	boolean isOverdue(long now) {
		return now - this.deadline >= 0;
	}

	/** Whether this attempt is with ZeroMQ, not in the queue. */
	boolean isSent() {
		return this.sent;
	}

	boolean everSent() {
		return this.everSent;
	}

	void markSent() {
		this.sent = true;
		this.everSent = true;
	}

	/**
	 * Begins another attempt, if one is left.
	 * @return whether one was left
	 */
	boolean again() {
		if (this.attempts == this.maxAttempts) {
			return false;
		}
		this.attempts++;
		this.deadline = System.nanoTime() + this.timeout.toNanos();
		return true;
	}

	/** It goes back to the queue. */
	void markUnsent() {
		this.sent = false;
	}

	int attempts() {
		return this.attempts;
	}

}
