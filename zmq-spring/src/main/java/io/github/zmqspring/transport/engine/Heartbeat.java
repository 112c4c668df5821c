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

package io.github.zmqspring.transport.engine;

import java.util.concurrent.TimeUnit;

import io.github.zmqspring.transport.zmtp.FrameException;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.io.Msgs;
import zmq.util.Wire;

/**
 * The heartbeats of one connection (RFC 37). Any byte that comes shows that the peer
 * lives, and so does any that it takes while it keeps us waiting: an answer to a ping is
 * read only with all that is in front of it. While we read nothing ourselves, nothing can
 * be told. A peer that knows no heartbeats gets none.
 */
final class Heartbeat {

	private static final int LEAST_MINOR = 1;

	private static final int TTL_AT = 5;

	private static final int CONTEXT_AT = 7;

	private static final int MOST_CONTEXT = 16;

	private static final long DECISECOND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final Engine engine;

	private final Ticks ticks;

	private final Liveness liveness;

	private final boolean pings;

	private long heardAt;

	private long pingAt;

	/** How long the peer wants us to wait for it, and no longer; 0 if it did not say. */
	private long ttlNanos;

	private @Nullable Msg waiting;

	private Ticks.@Nullable Tick tick;

	Heartbeat(Engine engine, Liveness liveness, int peerMinor) {
		this.engine = engine;
		this.ticks = engine.thread().ticks();
		this.liveness = liveness;
		this.pings = liveness.intervalMillis() > 0 && peerMinor >= LEAST_MINOR;
	}

	/** The handshake is over. */
	void start() {
		if (this.pings) {
			this.heardAt = System.nanoTime();
			this.pingAt = this.heardAt + intervalNanos();
			plan();
		}
	}

	void stop() {
		this.ticks.cancel(this.tick);
		this.tick = null;
		this.waiting = null;
	}

	/** Return a ping or the answer to one that is to be sent next, or {@code null}. */
	@Nullable Msg next() {
		Msg next = this.waiting;
		this.waiting = null;
		return next;
	}

	boolean hasNext() {
		return this.waiting != null;
	}

	/**
	 * Look at a command of the peer, and answer it if it is a ping.
	 * @throws FrameException if it is malformed
	 */
	void received(Msg command) {
		int name = (command.size() > 0) ? command.get(0) & 0xff : 0;
		if (name == 0 || command.size() <= name) {
			throw new FrameException("a command without a name");
		}
		if (!Msgs.startsWith(command, "PING", true) || command.size() < CONTEXT_AT || this.engine.isClosing()) {
			return;
		}
		long ttl = command.getShort(TTL_AT) * DECISECOND_NANOS;
		if (ttl > 0) {
			this.ttlNanos = ttl;
			this.heardAt = System.nanoTime();
			plan();
		}
		byte[] context = new byte[Math.min(command.size() - CONTEXT_AT, MOST_CONTEXT)];
		command.getBytes(CONTEXT_AT, context, 0, context.length);
		Msg pong = new Msg(TTL_AT + context.length);
		pong.setFlags(Msg.COMMAND);
		pong.putShortString("PONG");
		pong.put(context);
		this.waiting = pong;
		this.engine.output().resume();
	}

	private void plan() {
		this.ticks.cancel(this.tick);
		long now = System.nanoTime();
		long delay = Long.MAX_VALUE;
		if (this.pings) {
			delay = this.pingAt - now;
		}
		long patience = patienceNanos();
		if (patience > 0) {
			delay = Math.min(delay, this.heardAt + patience - now);
		}
		this.tick = this.ticks.schedule(() -> this.engine.guard(this::tick), delay);
	}

	private void tick() {
		this.tick = null;
		long now = System.nanoTime();
		if (this.engine.takeSignOfLife()) {
			this.heardAt = now;
		}
		long patience = patienceNanos();
		if (patience > 0 && now - this.heardAt >= patience) {
			this.engine.end(new ConnectionEnd(ConnectionEnd.Reason.SILENT,
					"the peer was silent for " + TimeUnit.NANOSECONDS.toMillis(now - this.heardAt) + " ms"));
			return;
		}
		if (this.pings && now - this.pingAt >= 0) {
			this.pingAt = now + intervalNanos();
			if (this.waiting == null && !this.engine.isClosing()) {
				this.waiting = ping();
				this.engine.restartOutput();
			}
		}
		if (!this.engine.isEnded()) {
			plan();
		}
	}

	private Msg ping() {
		Msg ping = new Msg(CONTEXT_AT + this.liveness.context().length);
		ping.setFlags(Msg.COMMAND);
		ping.putShortString("PING");
		Wire.putUInt16(ping, this.liveness.ttlDeciseconds());
		ping.put(this.liveness.context());
		return ping;
	}

	private long intervalNanos() {
		return TimeUnit.MILLISECONDS.toNanos(this.liveness.intervalMillis());
	}

	/** 0 for ever. */
	private long patienceNanos() {
		long ours = (this.pings && this.liveness.timeoutMillis() > 0)
				? intervalNanos() + TimeUnit.MILLISECONDS.toNanos(this.liveness.timeoutMillis()) : 0;
		return (ours == 0 || this.ttlNanos == 0) ? Math.max(ours, this.ttlNanos) : Math.min(ours, this.ttlNanos);
	}

}
