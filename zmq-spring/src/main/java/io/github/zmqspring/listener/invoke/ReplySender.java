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

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketOption;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.core.ZmqSocketClosedException;
import io.github.zmqspring.core.ZmqSockets;
import io.github.zmqspring.core.ZmqUnknownSocketException;
import io.github.zmqspring.listener.ZmqListenerEndpoint;
import io.github.zmqspring.message.MessageSender;
import io.github.zmqspring.support.SlowPeers;

/**
 * Sends what a listener returns: back the way the message came, or on to other sockets.
 */
final class ReplySender {

	static final byte[] EMPTY = {};

	private final ZmqSockets sockets;

	private final MessageSender sender;

	private final String socket;

	private final List<String> sendTo;

	private final Duration timeout;

	private final ListenerCounters counters;

	/** A peer that reads again is waited for again: its stream goes on. */
	private final SlowPeers slow = new SlowPeers(Duration.ZERO);

	ReplySender(ZmqSockets sockets, MessageSender sender, ZmqListenerEndpoint endpoint, Duration timeout,
			ListenerCounters counters) {
		this.sockets = sockets;
		this.sender = sender;
		this.socket = endpoint.socket();
		this.sendTo = endpoint.options().sendTo();
		this.timeout = timeout;
		this.counters = counters;
	}

	/**
	 * Send a result on, or back.
	 * @return {@code false} if the peer that asked is gone
	 */
	boolean send(ZmqMessage request, Object result) {
		if (this.sendTo.isEmpty()) {
			return back(request, result);
		}
		for (String target : this.sendTo) {
			sendOn(target, result);
		}
		return true;
	}

	/**
	 * The next stage sets the pace: a lane waits for room without limit, unless the
	 * target socket has a send-timeout of its own.
	 */
	private void sendOn(String target, Object payload) {
		ZmqSocket next = this.sockets.socket(target);
		Duration own = next.definition().options().get(SocketOption.SEND_TIMEOUT, Duration.class);
		Duration wait = (own != null && !this.timeout.isZero()) ? own : this.timeout;
		SendResult result = (own != null || wait.isZero()) ? this.sender.send(next, payload, wait.toNanos())
				: this.sender.sendPatiently(next, payload, wait.toNanos());
		result.orThrow(target, wait);
	}

	boolean sendsOn() {
		return !this.sendTo.isEmpty();
	}

	/**
	 * An empty reply is the end of a stream: the peer would take what comes before it for
	 * all there is.
	 */
	void checkElement(Object element) {
		boolean empty = (element instanceof CharSequence text && text.isEmpty())
				|| (element instanceof byte[] bytes && bytes.length == 0)
				|| (element instanceof ByteBuffer buffer && !buffer.hasRemaining());
		if (empty && this.sendTo.isEmpty()) {
			throw new IllegalStateException("An element of the stream that a listener of socket '" + this.socket
					+ "' sends is empty, and an empty reply ends a stream: leave such elements out, or send objects");
		}
	}

	boolean empty(ZmqMessage request) {
		return back(request, EMPTY);
	}

	/** Send an error back, also if results go on to other sockets. */
	void error(ZmqMessage request, Object error) {
		back(request, error);
	}

	/**
	 * A peer that is gone, or takes nothing more, is no reason for the listener to fail.
	 */
	private boolean back(ZmqMessage request, Object payload) {
		SendResult result = reply(request, payload);
		boolean waited = !this.timeout.isZero() && request.returnPath().length != 0;
		if (result == SendResult.UNREACHABLE || (result == SendResult.TIMED_OUT && waited)) {
			this.counters.undeliverable.increment();
			return false;
		}
		result.orThrow(this.socket, this.timeout);
		return true;
	}

	/** Reply for a method that replies itself, and learns of failures by an exception. */
	void replyOrThrow(ZmqMessage request, Object payload) {
		SendResult result = reply(request, payload);
		if (result == SendResult.UNREACHABLE) {
			this.counters.undeliverable.increment();
		}
		result.orThrow(this.socket, this.timeout);
	}

	/** Count a reply that is not sent, because the peer wants no more. */
	void unwanted() {
		this.counters.undeliverable.increment();
	}

	private SendResult reply(ZmqMessage request, Object payload) {
		ZmqSocket target = socket();
		byte[][] path = request.returnPath();
		if (path.length == 0) {
			return this.sender.reply(target, request, payload, this.timeout.toNanos());
		}
		return this.slow.send(path[0], this.timeout.toNanos(),
				(nanos) -> this.sender.reply(target, request, payload, nanos),
				(result) -> result == SendResult.TIMED_OUT, (result) -> result == SendResult.ACCEPTED);
	}

	/** The listener's own socket is removed with it. */
	private ZmqSocket socket() {
		try {
			return this.sockets.socket(this.socket);
		}
		catch (ZmqUnknownSocketException ex) {
			throw new ZmqSocketClosedException(this.socket);
		}
	}

}
