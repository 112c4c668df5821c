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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqRequestTimeoutException.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits for its reply; the future that the caller holds. However it ends,
 * by a reply, a failure or cancellation, it first leaves its channel, so that dependent
 * stages find its place free.
 */
class PendingRequest extends CompletableFuture<ZmqMessage> {

	private static final AtomicReferenceFieldUpdater<PendingRequest, State> STATE = AtomicReferenceFieldUpdater
		.newUpdater(PendingRequest.class, State.class, "state");

	private static final int[] NONE = {};

	private final RequestChannel channel;

	/** Boxed once, as it is looked up by. */
	private final Long id;

	private final @Nullable Thread caller;

	private final long timeoutNanos;

	private final int retries;

	private final long startedMillis = System.currentTimeMillis();

	/** Cleared as soon as it is no longer needed: the caller may keep the future. */
	private volatile byte @Nullable [][] frames;

	/** The failed attempts; written by the timer only. */
	private @Nullable List<Attempt> earlier;

	private volatile long deadline;

	private volatile long attemptMillis = this.startedMillis;

	private volatile State state = State.QUEUED;

	/** The servers that were asked, the last one at the end. */
	private volatile int[] servers = NONE;

	private volatile long sentNanos;

	/** Whether only one server may get it. */
	private boolean addressed;

	/**
	 * Whether the request is in the queue; guarded by the lock of the queue.
	 */
	private volatile boolean listed;

	PendingRequest(RequestChannel channel, long id, byte[][] frames, long timeoutNanos, int retries) {
		this(channel, id, frames, timeoutNanos, retries, null);
	}

	/**
	 * Create it.
	 * @param caller the thread that waits for the reply, if one does
	 */
	PendingRequest(RequestChannel channel, long id, byte[][] frames, long timeoutNanos, int retries,
			@Nullable Thread caller) {
		this.caller = caller;
		this.channel = channel;
		this.id = id;
		this.frames = frames;
		this.timeoutNanos = timeoutNanos;
		this.retries = retries;
		this.deadline = System.nanoTime() + timeoutNanos;
	}

	/** Dependent stages are plain futures. */
	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

	@Override
	public boolean complete(ZmqMessage reply) {
		leave();
		return left(super.complete(reply));
	}

	@Override
	public boolean completeExceptionally(Throwable failure) {
		leave();
		return left(super.completeExceptionally(failure));
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		leave();
		return left(super.cancel(mayInterruptIfRunning));
	}

	/** The caller may wait for the reply in a way that the future does not end. */
	private boolean left(boolean completed) {
		if (this.caller != null) {
			this.channel.completed();
		}
		return completed;
	}

	boolean isAwaited() {
		return this.caller != null;
	}

	boolean isAwaitedBy(Thread thread) {
		return this.caller == thread;
	}

	private void leave() {
		this.channel.forget(this);
		this.frames = null;
	}

	Long id() {
		return this.id;
	}

	/** {@code null} when it is over. */
	byte @Nullable [][] frames() {
		return this.frames;
	}

	Duration timeout() {
		return Duration.ofNanos(this.timeoutNanos);
	}

	long deadline() {
		return this.deadline;
	}

	boolean isListed() {
		return this.listed;
	}

	void listed(boolean listed) {
		this.listed = listed;
	}

	boolean isQueued() {
		return this.state == State.QUEUED;
	}

	boolean isSent() {
		return this.state == State.SENT;
	}

	boolean isBackingOff() {
		return this.state == State.BACKING_OFF;
	}

	/** Record which server gets the request; called before its reply can come. */
	void sentTo(int server) {
		int[] asked = this.servers;
		if (asked.length == 0 || asked[asked.length - 1] != server) {
			asked = Arrays.copyOf(asked, asked.length + 1);
			asked[asked.length - 1] = server;
			this.servers = asked;
		}
		this.sentNanos = System.nanoTime();
		this.channel.sent(this, server);
	}

	boolean wasSentTo(int server) {
		for (int asked : this.servers) {
			if (asked == server) {
				return true;
			}
		}
		return false;
	}

	/** Return the server that was asked last. */
	int server() {
		int[] asked = this.servers;
		return (asked.length != 0) ? asked[asked.length - 1] : 0;
	}

	/** Return when it was sent last, by {@link System#nanoTime()}. */
	long sentNanos() {
		return this.sentNanos;
	}

	/**
	 * Note that ZeroMQ has accepted it, unless the timer gave the attempt up meanwhile.
	 */
	void sent() {
		STATE.compareAndSet(this, State.QUEUED, State.SENT);
	}

	/** Let only one server get it. Called before it is sent. */
	void addressed() {
		this.addressed = true;
	}

	/**
	 * Note that it has not left: its server is gone, and another one gets it.
	 * @return {@code false} if only that one may, or the attempt was given up meanwhile
	 */
	boolean takenBack() {
		return !this.addressed && STATE.compareAndSet(this, State.SENT, State.QUEUED);
	}

	/** Return the number of failed attempts; called by the timer. */
	int failedAttempts() {
		return (this.earlier != null) ? this.earlier.size() : 0;
	}

	/**
	 * Note that this attempt has failed.
	 * @return whether another is left
	 */
	boolean failed() {
		if (this.earlier == null) {
			this.earlier = new ArrayList<>(Math.min(this.retries, 9) + 1);
		}
		this.earlier.add(new Attempt(Instant.ofEpochMilli(this.attemptMillis), this.state == State.SENT));
		return this.earlier.size() <= this.retries;
	}

	/** Wait before the next attempt; a late reply is still accepted. */
	void backOff(long pauseNanos) {
		this.deadline = System.nanoTime() + pauseNanos;
		this.state = State.BACKING_OFF;
	}

	/** A reply has come; this is the last one. */
	void receive(ZmqMessage reply) {
		complete(reply);
	}

	/** Wait as long again for the next reply. */
	void expectMore() {
		this.deadline = System.nanoTime() + this.timeoutNanos;
	}

	/** Begin the next attempt, which waits to be sent. */
	void again() {
		this.attemptMillis = System.currentTimeMillis();
		this.deadline = System.nanoTime() + this.timeoutNanos;
		this.state = State.QUEUED;
	}

	boolean wasEverSent() {
		return this.earlier != null && this.earlier.stream().anyMatch(Attempt::sent);
	}

	List<Attempt> attempts() {
		return (this.earlier != null) ? this.earlier : List.of();
	}

	private enum State {

		/** Waiting to be sent. */
		QUEUED,

		/** Accepted by ZeroMQ. */
		SENT,

		/** Between two attempts. */
		BACKING_OFF

	}

}
