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

package io.github.zmqspring.transport.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.wire.FrameReader;
import io.github.zmqspring.transport.wire.TopicFilter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs a handler on the poller's thread: no thread of its own, for handlers that never
 * wait.
 */
final class InlineReader implements Reader {

	private static final Log logger = LogFactory.getLog(InlineReader.class);

	private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final ManagedSocket socket;

	private final LaneSettings settings;

	private final LaneHandler handler;

	private final TopicFilter topics;

	private final ReadAhead read = new ReadAhead();

	private volatile boolean paused;

	private volatile boolean held;

	private volatile boolean ended;

	private volatile long lastActivity = System.nanoTime();

	InlineReader(ManagedSocket socket, LaneSettings settings, LaneHandler handler) {
		this.socket = socket;
		this.settings = settings;
		this.handler = handler;
		this.topics = TopicFilter.of(settings.topics());
	}

	@Override
	public TopicFilter topics() {
		return this.topics;
	}

	@Override
	public boolean isInline() {
		return true;
	}

	@Override
	public boolean isAccepting() {
		return !this.paused && !this.held && !this.ended;
	}

	@Override
	public boolean isEnded() {
		return this.ended;
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
	public void readFor(LaneGroup lanes, FrameReader reader, List<ZmqMessage> into, int most) {
		throw new IllegalStateException("The poller reads");
	}

	@Override
	public @Nullable InlineReader readInline(FrameReader reader, List<ZmqMessage> into, int most) {
		return (isAccepting() && read(reader, into, most) > 0) ? this : null;
	}

	@Override
	public void closed() {
		this.ended = true;
	}

	/**
	 * Handles what the poller has read, on its thread, without the lock.
	 * @return whether the list is the poller's again
	 */
	boolean handle(List<ZmqMessage> messages) {
		if (!this.read.begin(messages)) {
			this.handler.unhandled(List.copyOf(messages));
			return true;
		}
		long start = System.nanoTime();
		this.lastActivity = start;
		if (this.settings.batchSize() == 1) {
			for (ZmqMessage message = this.read.next(); message != null; message = this.read.next()) {
				handleOne(message);
			}
		}
		else if (this.read.all()) {
			handleAll(messages);
		}
		this.handler.took(System.nanoTime() - start);
		// an interrupt that a handler left behind would disturb JeroMQ and the selector
		Thread.interrupted();
		return this.read.end();
	}

	private void handleOne(ZmqMessage message) {
		try {
			this.handler.handle(message);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void handleAll(List<ZmqMessage> messages) {
		int size = this.settings.batchSize();
		for (int i = 0; i < messages.size(); i += size) {
			try {
				this.handler.handle(new ArrayList<>(messages.subList(i, Math.min(i + size, messages.size()))));
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}
	}

	private void failed(Throwable ex) {
		logger.error("An inline handler of " + this.socket + " failed; the poller goes on", ex);
	}

	@Override
	public void idle(Runnable action) {
		if (!isAccepting()) {
			return;
		}
		try {
			action.run();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	@Override
	public long lastActivity() {
		return this.lastActivity;
	}

	@Override
	public void pause() {
		this.paused = true;
	}

	@Override
	public void resume() {
		this.paused = false;
		this.lastActivity = System.nanoTime();
		this.socket.resumed(this);
	}

	@Override
	public void hold() {
		this.held = true;
	}

	@Override
	public void release() {
		this.held = false;
		this.socket.resumed(this);
	}

	@Override
	public int stop(long timeoutNanos) {
		this.ended = true;
		List<ZmqMessage> unhandled = new ArrayList<>();
		SocketPoller poller = this.socket.poller();
		// a visit that has begun ends before the poller runs this
		if (!poller.isOwn() && !poller.execute(this::finish, timeoutNanos)) {
			unhandled.addAll(this.read.takeBack());
			poller.interrupt();
			if (!poller.execute(this::finish, Math.min(GRACE_NANOS, timeoutNanos))) {
				unhandled.addAll(this.read.running(this.settings.batchSize() > 1));
			}
		}
		unhandled.addAll(this.socket.detach(this));
		if (!unhandled.isEmpty()) {
			this.handler.unhandled(unhandled);
		}
		return unhandled.size();
	}

	/** Handles what was read for it and not fetched. */
	private void finish() {
		List<ZmqMessage> left = this.socket.detach(this);
		if (!left.isEmpty()) {
			handle(left);
		}
	}

	@Override
	public boolean isIdle() {
		return this.read.isEmpty();
	}

	@Override
	public boolean isOpen() {
		return this.socket.isOpen();
	}

	@Override
	public boolean isOwn() {
		return this.socket.poller().isOwn();
	}

	@Override
	public boolean isAlive() {
		return this.socket.poller().isAlive();
	}

}
