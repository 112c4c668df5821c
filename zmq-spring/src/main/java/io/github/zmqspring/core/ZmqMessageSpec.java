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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.zmqspring.support.BytesText;
import io.github.zmqspring.support.PlainMessage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.messaging.Message;
import org.springframework.util.Assert;

/**
 * A message being built by {@link ZmqTemplate#newMessage(Object)}. Not safe for several
 * threads.
 *
 * @since 0.1.0
 */
public final class ZmqMessageSpec {

	private final ZmqTemplate template;

	private final Object payload;

	private final Map<String, Object> headers = new HashMap<>();

	private @Nullable String socket;

	private @Nullable Duration timeout;

	private @Nullable Integer retries;

	ZmqMessageSpec(ZmqTemplate template, Object payload) {
		this.template = template;
		this.payload = payload;
		this.socket = template.getDefaultDestination();
	}

	/**
	 * Set the socket to send it to.
	 * @param socket the logical name of the socket
	 * @return this
	 */
	public ZmqMessageSpec to(String socket) {
		this.socket = socket;
		return this;
	}

	/**
	 * Set the topic, a frame in front of the payload.
	 * @param topic the topic, as {@link BytesText} reads it
	 * @return this
	 */
	public ZmqMessageSpec topic(String topic) {
		return header(ZmqHeaders.TOPIC, topic);
	}

	/**
	 * Set the topic, a frame in front of the payload.
	 * @param topic the topic
	 * @return this
	 */
	public ZmqMessageSpec topic(byte[] topic) {
		return header(ZmqHeaders.TOPIC, topic);
	}

	/**
	 * Set the peer that a ROUTER, SERVER or PEER sends it to.
	 * @param routingId the routing id
	 * @return this
	 */
	public ZmqMessageSpec routingId(byte[] routingId) {
		return header(ZmqHeaders.ROUTING_ID, routingId);
	}

	/**
	 * Set the peer that a ROUTER, SERVER or PEER sends it to.
	 * @param routingId the routing id, as {@link BytesText} reads it
	 * @return this
	 */
	public ZmqMessageSpec routingId(String routingId) {
		return header(ZmqHeaders.ROUTING_ID, routingId);
	}

	/**
	 * Set a header.
	 * @param name the name
	 * @param value the value
	 * @return this
	 */
	public ZmqMessageSpec header(String name, Object value) {
		this.headers.put(name, value);
		return this;
	}

	/**
	 * Send it, as {@link ZmqTemplate#send(Object, Message)} does.
	 */
	public void send() {
		this.template.send(target(), message());
	}

	/**
	 * Send it as {@link #send()} does, but not before the transaction of the calling
	 * thread has committed. It is sent at once where there is no transaction, or no
	 * spring-tx, and never if the transaction is rolled back. What goes wrong then is
	 * thrown to the code that committed.
	 */
	public void sendAfterCommit() {
		String target = target();
		Message<?> message = message();
		AfterCommit.run(() -> this.template.send(target, message));
	}

	/**
	 * Send it as {@link ZmqTemplate#trySend(String, Object)} does.
	 * @return whether it was accepted
	 */
	public boolean trySend() {
		return this.template.trySend(target(), message());
	}

	/**
	 * Send it as {@link ZmqTemplate#sendAsync(String, Object)} does.
	 * @return completes when it was accepted
	 */
	public CompletableFuture<Void> sendAsync() {
		return this.template.sendAsync(target(), message());
	}

	/**
	 * Set how long a request waits for the reply of each attempt.
	 * @param timeout the time; by default {@code zmq.template.request-timeout}
	 * @return this
	 */
	public ZmqMessageSpec timeout(Duration timeout) {
		this.timeout = timeout;
		return this;
	}

	/**
	 * Set how often a request is sent again, to the next connected server, when no reply
	 * came in time.
	 * @param retries the number; by default {@code zmq.template.request-retries}
	 * @return this
	 */
	public ZmqMessageSpec retries(int retries) {
		this.retries = retries;
		return this;
	}

	/**
	 * Send it as a request and wait for the reply.
	 * @param <T> the type of the reply
	 * @param replyType the type of the reply
	 * @return the reply
	 */
	public <T> T request(Class<T> replyType) {
		return request((Type) replyType);
	}

	/**
	 * Send it as a request and wait for the reply.
	 * @param <T> the type of the reply
	 * @param replyType the type of the reply, generic or not
	 * @return the reply
	 */
	public <T> T request(Type replyType) {
		return this.template.requests().requestAndWait(target(), message(), replyType, this.timeout, this.retries);
	}

	/**
	 * Send it as a request without waiting for the reply.
	 * @param <T> the type of the reply
	 * @param replyType the type of the reply, generic or not
	 * @return as {@link ZmqTemplate#requestAsync(String, Object, Class)}
	 */
	public <T> CompletableFuture<T> requestAsync(Type replyType) {
		return this.template.requestAsync(target(), message(), replyType, this.timeout, this.retries);
	}

	/**
	 * Send it as a request that any number of replies answer, the last of them empty, as
	 * a listener sends a stream. It is not sent again.
	 * @param <T> the type of the elements
	 * @param elementType the type of the elements, generic or not
	 * @param elements gets each element as it comes, on a thread of this library, which
	 * it must not block; what it throws ends the stream
	 * @return completes at the end of the stream, exceptionally when the server fails or
	 * no element came within the timeout. Cancelling it tells the server; what still
	 * comes is dropped
	 */
	public <T> CompletableFuture<Void> requestEach(Type elementType, Consumer<T> elements) {
		return this.template.requests()
			.stream(target(), message(), elementType, this.timeout,
					(T element, long bytes) -> elements.accept(element));
	}

	/**
	 * Send it as a request that any number of replies answer, as
	 * {@link ZmqTemplate#requestStream} does.
	 * @param <T> the type of the elements
	 * @param elementType the type of the elements, generic or not
	 * @return the elements as they come; the timeout is that of each of them
	 */
	public <T> Publisher<T> requestStream(Type elementType) {
		return this.template.requests().publisher(target(), message(), elementType, this.timeout);
	}

	private String target() {
		Assert.state(this.socket != null, "Say to(socket), or set zmq.template.default-socket");
		return this.socket;
	}

	private Message<?> message() {
		return new PlainMessage<>(this.payload, this.headers);
	}

}
