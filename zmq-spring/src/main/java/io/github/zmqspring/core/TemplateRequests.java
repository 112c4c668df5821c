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

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ObjLongConsumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.util.Assert;

/**
 * The requests of a template: asks, waits and converts replies.
 */
final class TemplateRequests {

	private final RequestOperations requests;

	private final MessageOperations messages;

	private Duration timeout = Duration.ofSeconds(5);

	private int retries;

	private RequestStream.Buffer streamBuffer = RequestStream.Buffer.DEFAULT;

	TemplateRequests(RequestOperations requests, MessageOperations messages) {
		this.requests = requests;
		this.messages = messages;
	}

	void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	void setRetries(int retries) {
		this.retries = retries;
	}

	void setStreamBuffer(int elements, long bytes) {
		Assert.isTrue(elements > 0 && bytes > 0, "A stream needs room for an element");
		this.streamBuffer = new RequestStream.Buffer(elements, bytes);
	}

	/** Ask and convert the reply; timeout and retries override those of the template. */
	<T> CompletableFuture<T> request(String socket, Object request, Type replyType, @Nullable Duration timeout,
			@Nullable Integer retries) {
		return request(socket, request, replyType, timeout, retries, false);
	}

	/** As above, and wait for the reply. */
	<T> T requestAndWait(String socket, Object request, Type replyType, @Nullable Duration timeout,
			@Nullable Integer retries) {
		return await(socket, request(socket, request, replyType, timeout, retries, true));
	}

	@SuppressWarnings("unchecked")
	private <T> CompletableFuture<T> request(String socket, Object request, Type replyType, @Nullable Duration timeout,
			@Nullable Integer retries, boolean awaited) {
		CompletableFuture<ZmqMessage> reply = request(socket, request, timeout, retries, awaited);
		if (replyType == ZmqMessage.class) {
			return (CompletableFuture<T>) reply;
		}
		return linked(reply, reply.thenApply((message) -> (T) decode(socket, message, replyType)));
	}

	private CompletableFuture<ZmqMessage> request(String socket, Object request, @Nullable Duration timeout,
			@Nullable Integer retries, boolean awaited) {
		SocketDefinition target;
		try {
			target = this.requests.definition(socket);
		}
		catch (ZmqException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		Duration limit = (timeout != null) ? timeout : this.timeout;
		int most = (retries != null) ? retries : this.retries;
		return this.messages.request(target, request,
				(body) -> (awaited) ? this.requests.requestAndWait(socket, body, limit, most)
						: this.requests.request(socket, body, limit, most));
	}

	/** Ask all servers that are connected, and convert the replies. */
	@SuppressWarnings("unchecked")
	<T> CompletableFuture<List<T>> requestAll(String socket, Object request, Type replyType, Duration timeout) {
		SocketDefinition target;
		try {
			target = this.requests.definition(socket);
		}
		catch (ZmqException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		AtomicReference<CompletableFuture<List<ZmqMessage>>> asked = new AtomicReference<>();
		this.messages.request(target, request, (body) -> {
			CompletableFuture<List<ZmqMessage>> all = this.requests.requestAll(socket, body, timeout);
			asked.set(all);
			return all.thenApply((replies) -> (replies.isEmpty()) ? ZmqMessage.of("") : replies.get(0));
		});
		CompletableFuture<List<ZmqMessage>> all = Objects.requireNonNull(asked.get());
		return linked(all, all.thenApply((replies) -> {
			List<T> decoded = new ArrayList<>();
			replies.forEach((reply) -> {
				Object value = decode(socket, reply, replyType);
				if (value != null) {
					decoded.add((T) value);
				}
			});
			return decoded;
		}));
	}

	/** Ask for any number of replies, and convert each. */
	@SuppressWarnings("unchecked")
	<T> CompletableFuture<Void> stream(String socket, Object request, Type elementType, @Nullable Duration timeout,
			ObjLongConsumer<T> elements) {
		SocketDefinition target;
		try {
			target = this.requests.definition(socket);
		}
		catch (ZmqException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		CompletableFuture<ZmqMessage> end = this.messages.request(target, request,
				(body) -> this.requests.stream(socket, body, (timeout != null) ? timeout : this.timeout, (element) -> {
					Object decoded = decode(socket, element, elementType);
					if (decoded != null) {
						elements.accept((T) decoded, element.bytes());
					}
				}));
		return linked(end, end.thenAccept((reply) -> {
		}));
	}

	/** Ask as {@link #stream} does for each subscriber. */
	<T> Publisher<T> publisher(String socket, Object request, Type elementType, @Nullable Duration timeout) {
		return RequestStream.of(socket, this.streamBuffer,
				(elements) -> stream(socket, request, elementType, timeout, elements));
	}

	/** Ask and wait for the reply as Spring's message. */
	Message<?> exchange(String socket, Object request) {
		return await(socket, request(socket, request, null, null, true)
			.thenApply((reply) -> this.messages.toMessage(this.requests.definition(socket), reply)));
	}

	/**
	 * An empty reply is no value, unless that is a value of the type, as it is of bytes
	 * and text.
	 */
	private @Nullable Object decode(String socket, ZmqMessage reply, Type type) {
		Class<?> raw = (type instanceof Class<?> plain) ? plain : ResolvableType.forType(type).toClass();
		boolean empty = reply.frame(0).length == 0;
		if (raw == Optional.class) {
			return (empty && reply.size() == 1) ? Optional.empty()
					: Optional.ofNullable(decode(socket, reply, ResolvableType.forType(type).getGeneric(0).getType()));
		}
		if (empty && raw != byte[].class && raw != String.class && raw != ByteBuffer.class && raw != Object.class) {
			return null;
		}
		if (raw == ZmqMessage.class) {
			return reply;
		}
		SocketDefinition definition = this.requests.definition(socket);
		MessageHeaders headers = (reply.hasHeaders() || definition.contentType() != null)
				? this.messages.toMessage(definition, reply).getHeaders() : null;
		return this.messages.decode(reply.frame(0), type, headers);
	}

	/** Cancelling what the caller holds must cancel the request behind it. */
	private static <T> CompletableFuture<T> linked(CompletableFuture<?> request, CompletableFuture<T> result) {
		result.whenComplete((value, ex) -> {
			if (result.isCancelled()) {
				request.cancel(false);
			}
		});
		return result;
	}

	/**
	 * Wait for a reply.
	 * @throws ZmqException if the request failed, or the thread was interrupted
	 */
	<T> T await(String socket, CompletableFuture<T> reply) {
		if (!reply.isDone() && this.requests.isRepliedBy(socket, Thread.currentThread())) {
			reply.cancel(false);
			throw new ZmqUnsupportedOperationException(socket,
					"A callback of a request on socket '%s' waits for another reply of that socket, which its own thread would have to deliver: use thenCompose, or thenApplyAsync with an executor"
						.formatted(socket));
		}
		this.requests.await(socket, reply);
		try {
			return reply.get();
		}
		catch (InterruptedException ex) {
			reply.cancel(false);
			Thread.currentThread().interrupt();
			throw new ZmqException(socket, "Interrupted while waiting for a reply on socket '" + socket + "'", ex);
		}
		catch (ExecutionException | CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new ZmqException(socket, "The request on socket '" + socket + "' failed", ex.getCause());
		}
	}

}
