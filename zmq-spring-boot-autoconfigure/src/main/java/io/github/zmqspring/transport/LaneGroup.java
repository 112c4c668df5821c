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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqMessage;

/**
 * The lanes of one listener: workers that drain the socket themselves and run the
 * handler. Nothing is queued between socket and handler, so a slow handler reads no more,
 * and ZeroMQ's high-water mark holds the sender back.
 */
final class LaneGroup implements InputConsumer, MessageFlow {

	private final ManagedSocket socket;

	private final List<Lane> lanes = new ArrayList<>();

	/** Lanes with nothing to do, guarded by the socket's lock. */
	private final Deque<Lane> idle = new ArrayDeque<>();

	private volatile boolean accepting = true;

	LaneGroup(ManagedSocket socket, LaneSettings settings, LaneHandler handler) {
		this.socket = socket;
		for (int i = 1; i <= settings.concurrency(); i++) {
			this.lanes.add(new Lane(socket, this, settings, handler, i));
		}
		// busy until each has looked for the first time
	}

	void start(LaneSettings settings) {
		Executor executor = settings.executor();
		for (Lane lane : this.lanes) {
			lane.start(executor);
		}
	}

	@Override
	public boolean isInline() {
		return false;
	}

	@Override
	public boolean isAccepting() {
		return this.accepting;
	}

	@Override
	public boolean needsWake() {
		return this.accepting && !this.idle.isEmpty();
	}

	@Override
	public boolean wake() {
		Lane lane = (this.accepting) ? this.idle.pollFirst() : null;
		if (lane == null) {
			return false;
		}
		lane.wake();
		return true;
	}

	/** The lane found nothing; the socket's lock is held. */
	void idle(Lane lane) {
		this.idle.addFirst(lane);
	}

	@Override
	public void closed() {
		this.accepting = false;
		this.lanes.forEach(Lane::end);
	}

	@Override
	public void handleInline(List<ZmqMessage> messages) {
		throw new IllegalStateException("Lanes read for themselves");
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
		this.lanes.forEach(Lane::end);
		this.lanes.forEach(Lane::release);
		long deadline = System.nanoTime() + timeoutNanos;
		int unhandled = 0;
		for (Lane lane : this.lanes) {
			if (!lane.awaitEnd(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
				unhandled += lane.abandon();
			}
		}
		this.socket.detach(this);
		return unhandled;
	}

	@Override
	public boolean isAlive() {
		return this.lanes.stream().allMatch(Lane::isAlive);
	}

}
