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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRequestTimeoutException.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * A request whose reply has not come.
 */
final class PendingRequest {

	private final long id;

	private final byte[][] frames;

	private final Duration timeout;

	private final int maxAttempts;

	private final CompletableFuture<ZmqMessage> reply = new CompletableFuture<>();

	private final long startedMillis = System.currentTimeMillis();

	/** The attempts before this one; written by the timer only. */
	private @Nullable List<Attempt> earlier;

	private volatile long deadline;

	private volatile long attemptMillis = this.startedMillis;

	private volatile State state = State.QUEUED;

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

	boolean isQueued() {
		return this.state == State.QUEUED;
	}

	boolean isBackingOff() {
		return this.state == State.BACKING_OFF;
	}

	/** The timer may have given the attempt up in this moment. */
	synchronized void sent() {
		if (this.state == State.QUEUED) {
			this.state = State.SENT;
		}
	}

	/** How many attempts have failed; the timer asks. */
	int failedAttempts() {
		return (this.earlier != null) ? this.earlier.size() : 0;
	}

	/**
	 * This attempt has failed.
	 * @return whether another is left
	 */
	boolean failed() {
		if (this.earlier == null) {
			this.earlier = new ArrayList<>(2);
		}
		this.earlier.add(new Attempt(Instant.ofEpochMilli(this.attemptMillis), this.state == State.SENT));
		return this.earlier.size() < this.maxAttempts;
	}

	/** Waits before the next attempt; a late reply is still welcome. */
	synchronized void backOff(Duration pause) {
		this.deadline = System.nanoTime() + pause.toNanos();
		this.state = State.BACKING_OFF;
	}

	/** The next attempt begins, and waits to be sent. */
	void again() {
		this.attemptMillis = System.currentTimeMillis();
		this.deadline = System.nanoTime() + this.timeout.toNanos();
		this.state = State.QUEUED;
	}

	boolean wasEverSent() {
		return this.earlier != null && this.earlier.stream().anyMatch(Attempt::sent);
	}

	List<Attempt> attempts() {
		return (this.earlier != null) ? this.earlier : List.of();
	}

	private enum State {

		/** In the channel's queue. */
		QUEUED,

		/** With ZeroMQ. */
		SENT,

		/** Between two attempts. */
		BACKING_OFF

	}

}
