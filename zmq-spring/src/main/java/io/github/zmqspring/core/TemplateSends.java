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

package io.github.zmqspring.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.Assert;

/**
 * The sends of a template: checks that the type of the socket has them, and throws what a
 * send did not accept.
 */
final class TemplateSends {

	private final ZmqSockets sockets;

	private final MessageOperations messages;

	private Executor executor = new SimpleAsyncTaskExecutor("zmq-send-");

	private Duration timeout = Duration.ofSeconds(5);

	TemplateSends(ZmqSockets sockets, MessageOperations messages) {
		this.sockets = sockets;
		this.messages = messages;
	}

	void setExecutor(Executor executor) {
		this.executor = executor;
	}

	void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	void send(String socket, Object payload) {
		ZmqSocket target = sendable(this.sockets.socket(socket));
		Duration timeout = timeout(target);
		accepted(this.messages.send(target, payload, timeout.toNanos()), socket, timeout);
	}

	void publish(String socket, byte[] topic, Object payload) {
		ZmqSocket target = this.sockets.socket(socket);
		if (!target.definition().hasTopics()) {
			throw new ZmqUnsupportedOperationException(socket,
					"Socket '%s' is a %s, which has no topics: use convertAndSend, or sendFrames for several frames"
						.formatted(socket, target.definition().type()));
		}
		send(sendable(target), topic, payload);
	}

	void sendTo(String socket, byte[] routingId, Object payload) {
		ZmqSocket target = this.sockets.socket(socket);
		if (!target.definition().routes()) {
			throw new ZmqUnsupportedOperationException(socket,
					"Socket '%s' is a %s, which has no routing ids: use a ROUTER, SERVER or PEER".formatted(socket,
							target.definition().type()));
		}
		send(sendable(target), routingId, payload);
	}

	private void send(ZmqSocket target, byte[] first, Object payload) {
		Duration timeout = timeout(target);
		accepted(this.messages.send(target, first, payload, timeout.toNanos()), target.definition().name(), timeout);
	}

	void sendFrames(String socket, byte[][] frames) {
		ZmqSocket target = sendable(this.sockets.socket(socket));
		Duration timeout = timeout(target);
		accepted(this.messages.sendFrames(target, frames, timeout.toNanos()), socket, timeout);
	}

	byte[][] encodeFrames(@Nullable String socket, Object... frames) {
		SocketDefinition target = (socket != null) ? this.sockets.definition(socket) : null;
		Assert.notEmpty(frames, "A ZeroMQ message has at least one frame");
		byte[][] encoded = new byte[frames.length][];
		for (int i = 0; i < frames.length; i++) {
			Assert.notNull(frames[i], "A frame cannot be null: use an empty byte[]");
			encoded[i] = this.messages.encodeFrame(target, frames[i]);
		}
		return encoded;
	}

	boolean trySend(String socket, Object payload) {
		ZmqSocket target = sendable(this.sockets.socket(socket));
		SendResult result = this.messages.send(target, payload, 0);
		if (result == SendResult.TIMED_OUT) {
			return false;
		}
		result.orThrow(socket, Duration.ZERO);
		return true;
	}

	CompletableFuture<Void> sendAsync(String socket, Object payload) {
		try {
			ZmqSocket target = sendable(this.sockets.socket(socket));
			return this.messages.sendAsync(target, payload, timeout(target), this.executor);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	void reply(String socket, ZmqMessage request, Object payload) {
		ZmqSocket target = sendable(this.sockets.socket(socket));
		if (!target.definition().replies()) {
			throw new ZmqUnsupportedOperationException(socket,
					"Socket '%s' is a %s, which has no replies".formatted(socket, target.definition().type()));
		}
		if (target.definition().routes() && request.returnPath().length == 0) {
			throw new ZmqUnsupportedOperationException(socket,
					"Socket '%s' is a %s, and the message has no return path: it was not received there"
						.formatted(socket, target.definition().type()));
		}
		Duration timeout = timeout(target);
		accepted(this.messages.reply(target, request, payload, timeout.toNanos()), socket, timeout);
	}

	private static void accepted(SendResult result, String socket, Duration timeout) {
		if (result != SendResult.ACCEPTED) {
			result.orThrow(socket, timeout);
		}
	}

	private Duration timeout(ZmqSocket target) {
		return target.definition().options().sendTimeout(this.timeout);
	}

	private static ZmqSocket sendable(ZmqSocket socket) {
		SocketDefinition definition = socket.definition();
		if (!definition.sends()) {
			throw new ZmqUnsupportedOperationException(definition.name(),
					"Socket '%s' is a %s, which only receives".formatted(definition.name(), definition.type()));
		}
		if (definition.type() == SocketType.REQ) {
			throw new ZmqUnsupportedOperationException(definition.name(),
					"Socket '%s' is a REQ: every send has a reply. Use convertSendAndReceive or requestAsync"
						.formatted(definition.name()));
		}
		return socket;
	}

}
