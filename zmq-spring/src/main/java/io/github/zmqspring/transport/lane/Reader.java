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

import java.util.List;
import java.util.function.Predicate;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.transport.poll.IdleWatched;
import io.github.zmqspring.transport.wire.FrameReader;
import io.github.zmqspring.transport.wire.TopicFilter;

/**
 * One reader of a socket: lanes that drain it themselves, or a handler that the poller
 * calls. It reads unless it is paused by its user, held by its handler, or ended.
 *
 * @since 0.1.0
 */
public abstract sealed class Reader implements SocketReader, MessageFlow, IdleWatched permits LaneGroup, InlineReader {

	final LaneSource source;

	final LaneSettings settings;

	final LaneHandler handler;

	private final TopicFilter topics;

	private final boolean timed;

	private volatile boolean paused;

	private volatile boolean held;

	private volatile boolean ended;

	private volatile long lastActivity = System.nanoTime();

	Reader(LaneSource source, LaneSettings settings, LaneHandler handler) {
		this.source = source;
		this.settings = settings;
		this.handler = handler;
		this.topics = TopicFilter.of(settings.topics());
		this.timed = !settings.idleActions().isEmpty();
	}

	/** Return what it wants of a SUB socket. */
	final TopicFilter topics() {
		return this.topics;
	}

	/** Read what it wants, and throw the rest away. */
	final int read(FrameReader frames, List<ZmqMessage> into, int most) {
		int count = 0;
		while (count < most) {
			ZmqMessage message = frames.read();
			if (message == null) {
				break;
			}
			if (this.topics.matches(message)) {
				into.add(message);
				count++;
			}
		}
		return count;
	}

	@Override
	public final boolean isAccepting() {
		return !this.paused && !this.held && !this.ended;
	}

	@Override
	public final boolean isEnded() {
		return this.ended;
	}

	final void ends() {
		this.ended = true;
	}

	@Override
	public final void pause() {
		this.paused = true;
	}

	@Override
	public final void resume() {
		this.lastActivity = System.nanoTime();
		this.paused = false;
		this.source.resumed(this);
	}

	@Override
	public final List<ZmqMessage> lookAhead(Predicate<ZmqMessage> taken) {
		return this.source.lookAhead(taken);
	}

	@Override
	public final void hold() {
		this.held = true;
	}

	@Override
	public final void release() {
		this.held = false;
		this.source.resumed(this);
	}

	@Override
	public final boolean isOpen() {
		return this.source.isOpen();
	}

	/** Note that something was read or handled, if its silence is timed. */
	final void active() {
		if (this.timed) {
			this.lastActivity = System.nanoTime();
		}
	}

	@Override
	public final long lastActivity() {
		return this.lastActivity;
	}

	/**
	 * Leave the socket and report what was read and is not handled.
	 * @param unhandled what is known of so far
	 * @return how many there are
	 */
	final int leave(List<ZmqMessage> unhandled) {
		unhandled.addAll(this.source.detach(this));
		if (!unhandled.isEmpty()) {
			this.handler.unhandled(unhandled);
		}
		return unhandled.size();
	}

}
