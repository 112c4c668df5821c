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

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.github.zmqspring.transport.limit.SubscribedTopics;
import io.github.zmqspring.transport.zmtp.FrameException;
import io.github.zmqspring.transport.zmtp.FrameLimits;
import org.jspecify.annotations.Nullable;
import zmq.Msg;
import zmq.ZMQ;
import zmq.io.Msgs;

/**
 * Lets through what a peer may send to the socket. Messages to sockets that only send are
 * dropped, which would keep them for ever as nothing reads them, and so are messages to
 * publishers that are no subscriptions. Counts subscriptions, and the frames of encrypted
 * messages, whose ends only the security mechanism sees. Belongs to one connection.
 */
final class MessageGate {

	private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final int JOIN = 5;

	private static final int LEAVE = 6;

	private final Engine engine;

	private final Kind kind;

	/** The limits of encrypted messages, or {@code null} where the decoder checks. */
	private final @Nullable FrameLimits limits;

	private final SubscribedTopics.@Nullable Peer topics;

	private int frames;

	private long bytes;

	/** Whether the last frame has more behind it. */
	private boolean inside;

	/** Whether the frames of a message are dropped up to its end. */
	private boolean tearing;

	private long dropped;

	private Ticks.@Nullable Tick report;

	MessageGate(Engine engine) {
		this.engine = engine;
		this.kind = Kind.of(engine.options().type);
		FrameLimits limits = engine.settings().limits(engine.options());
		this.limits = (limits.overhead() > 0) ? limits : null;
		this.topics = (this.kind == Kind.PUB || this.kind == Kind.XPUB || this.kind == Kind.RADIO)
				? engine.settings().topics().peer(engine.settings().incoming()) : null;
	}

	/**
	 * Ask whether a message, or a frame of one, goes to the socket.
	 * @param message the message, decrypted
	 * @return {@code false} if it is dropped
	 * @throws FrameException if it is over a limit
	 */
	boolean admits(Msg message) {
		if (this.limits != null && !message.isCommand()) {
			count(message, this.limits);
		}
		return switch (this.kind) {
			case ANY -> true;
			case NONE -> message.isCommand() || drop(message);
			default -> admitsToKind(message, Objects.requireNonNull(this.topics));
		};
	}

	private void count(Msg message, FrameLimits limits) {
		limits.checkFrames(++this.frames);
		this.bytes += message.size();
		limits.checkMessage(this.bytes, message.hasMore());
		if (!message.hasMore()) {
			this.frames = 0;
			this.bytes = 0;
		}
	}

	private boolean admitsToKind(Msg message, SubscribedTopics.Peer peer) {
		if (message.isCommand()) {
			return this.kind != Kind.RADIO || joins(message, peer);
		}
		boolean first = !this.inside;
		this.inside = message.hasMore();
		boolean subscription = message.size() > 0 && (message.get(0) == 0 || message.get(0) == 1);
		if (this.kind == Kind.RADIO || this.tearing) {
			return drop(message);
		}
		if (first && subscription && !this.inside) {
			// JeroMQ does not expect the end of what never began
			return (message.get(0) == 1) ? subscribe(message, peer) : peer.unsubscribe(message, 1);
		}
		if (this.kind == Kind.XPUB && !subscription) {
			return true;
		}
		if (!first && this.kind == Kind.XPUB) {
			Sessions.rollback(this.engine.session());
		}
		return drop(message);
	}

	private static boolean subscribe(Msg message, SubscribedTopics.Peer peer) {
		peer.subscribe(message, 1);
		return true;
	}

	/**
	 * Return whether a group is new: JeroMQ would keep one that is joined twice, twice.
	 */
	private static boolean joins(Msg message, SubscribedTopics.Peer peer) {
		if (Msgs.startsWith(message, "JOIN", true)) {
			return peer.subscribe(message, JOIN);
		}
		return !Msgs.startsWith(message, "LEAVE", true) || peer.unsubscribe(message, LEAVE);
	}

	/** Drop a message, or what is left of it, and count it at its end. */
	private boolean drop(Msg message) {
		this.tearing = message.hasMore();
		if (!this.tearing) {
			this.dropped++;
			if (this.report == null) {
				tell();
				this.report = this.engine.thread().ticks().schedule(this::tellAgain, REPORT_NANOS);
			}
		}
		return false;
	}

	private void tellAgain() {
		this.report = null;
		tell();
	}

	private void tell() {
		long count = this.dropped;
		this.dropped = 0;
		if (count > 0) {
			String what = this.kind.what;
			this.engine.tell((listener) -> listener.dropped(this.engine.connection(), count, what));
		}
	}

	/** End with the connection. */
	void close() {
		this.engine.thread().ticks().cancel(this.report);
		tell();
		if (this.topics != null) {
			this.topics.forget();
		}
	}

	private enum Kind {

		/** Receives all. */
		ANY(""),

		/** Receives nothing. */
		NONE("it sends messages to a socket that receives none"),

		/** Receives subscriptions. */
		PUB("it sends messages that are no subscriptions to a publisher"),

		/** Receives subscriptions, and messages of its subscribers. */
		XPUB("it sends messages of several frames, one of which JeroMQ takes for a subscription"),

		/** Receives groups. */
		RADIO("it sends messages to a socket that receives none");

		private final String what;

		Kind(String what) {
			this.what = what;
		}

		static Kind of(int type) {
			return switch (type) {
				case ZMQ.ZMQ_PUSH, ZMQ.ZMQ_SCATTER -> NONE;
				case ZMQ.ZMQ_PUB -> PUB;
				case ZMQ.ZMQ_XPUB -> XPUB;
				case ZMQ.ZMQ_RADIO -> RADIO;
				default -> ANY;
			};
		}

	}

}
