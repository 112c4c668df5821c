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

package io.github.zmqspring.transport.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.poll.Pollable.InlineHandler;
import io.github.zmqspring.transport.poll.SocketPoller;
import io.github.zmqspring.transport.wire.FrameReader;
import org.jspecify.annotations.Nullable;

/**
 * Runs a handler on the poller's thread. It has no thread of its own and is meant for
 * handlers that never wait.
 *
 * @since 0.1.0
 */
public final class InlineReader extends Reader implements InlineHandler {

	private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final MessageRun run;

	public InlineReader(LaneSource source, LaneSettings settings, LaneHandler handler) {
		super(source, settings, handler);
		this.run = new MessageRun(handler, settings.batchSize(),
				"An inline handler of " + source + " failed; the poller goes on");
	}

	@Override
	public boolean isInline() {
		return true;
	}

	@Override
	public boolean needsWake() {
		return false;
	}

	@Override
	public boolean comesBack() {
		return false;
	}

	@Override
	public boolean wake() {
		return false;
	}

	@Override
	public void readFor(LaneGroup lanes, FrameReader frames, List<ZmqMessage> into, int most) {
		throw new IllegalStateException("The poller reads");
	}

	@Override
	public @Nullable InlineReader readInline(FrameReader frames, List<ZmqMessage> into, int most) {
		return (isAccepting() && read(frames, into, most) > 0) ? this : null;
	}

	@Override
	public void closed() {
		ends();
	}

	@Override
	public boolean handle(List<ZmqMessage> messages) {
		active();
		boolean reusable = this.run.handle(messages);
		active();
		// an interrupt that a handler left behind would disturb JeroMQ and the selector
		Thread.interrupted();
		return reusable;
	}

	@Override
	public void idle(Runnable action) {
		if (isAccepting()) {
			this.run.perform(action);
		}
	}

	@Override
	public int stop(long timeoutNanos) {
		ends();
		List<ZmqMessage> unhandled = new ArrayList<>();
		SocketPoller poller = this.source.poller();
		// a visit that has begun ends before the poller runs this
		if (!poller.isOwn() && !poller.execute(this::finish, timeoutNanos)) {
			unhandled.addAll(this.run.takeBack());
			poller.interrupt();
			if (!poller.execute(this::finish, Math.min(GRACE_NANOS, timeoutNanos))) {
				unhandled.addAll(this.run.running());
			}
		}
		return leave(unhandled);
	}

	/** Handle what was read for it and not fetched. */
	private void finish() {
		List<ZmqMessage> left = this.source.detach(this);
		if (!left.isEmpty()) {
			handle(left);
		}
	}

	@Override
	public boolean isIdle() {
		return this.run.isEmpty();
	}

	@Override
	public boolean isOwn() {
		return this.source.poller().isOwn();
	}

	@Override
	public boolean isAlive() {
		return this.source.poller().isAlive();
	}

}
