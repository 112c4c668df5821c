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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.zmqspring.support.BytesText;
import io.github.zmqspring.support.PlainMessage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.core.AbstractMessagingTemplate;
import org.springframework.messaging.core.MessagePostProcessor;
import org.springframework.util.Assert;

/**
 * Sends, receives and asks through the sockets of {@code zmq.sockets}, by name. Safe from
 * any number of threads on any socket type; a multipart message is never interleaved with
 * another.
 * <p>
 * A send runs on the calling thread. When it returns ZeroMQ has accepted the message;
 * otherwise it throws {@link ZmqSendTimeoutException},
 * {@link ZmqHostUnreachableException}, {@link ZmqSocketClosedException},
 * {@link ZmqUnknownSocketException} or {@link ZmqUnsupportedOperationException}. On PUB
 * sockets ZeroMQ accepts every message, and drops it for each subscriber that is not
 * there or whose high-water mark is reached.
 * <p>
 * Payloads: {@code byte[]} (copied), {@code String} as UTF-8,
 * {@link java.nio.ByteBuffer}, {@link ZmqMessage}, {@code ZMsg} or {@code List<byte[]>}
 * for multipart messages, and all that the message converters know, JSON among it.
 *
 * @since 0.1.0
 */
public class ZmqTemplate extends AbstractMessagingTemplate<String> {

	private final ZmqSockets sockets;

	private final TemplateSends sends;

	private final TemplateRequests requests;

	private final MessageOperations messages;

	private volatile @Nullable MessageConverter ownConverter;

	private Duration receiveTimeout = Duration.ofSeconds(5);

	/**
	 * Create the template.
	 * @param sockets the sockets
	 * @param requests sends requests
	 * @param messages turns payloads into messages and sends them
	 */
	public ZmqTemplate(ZmqSockets sockets, RequestOperations requests, MessageOperations messages) {
		this.sockets = sockets;
		this.sends = new TemplateSends(sockets, messages);
		this.requests = new TemplateRequests(requests, messages);
		this.messages = messages;
	}

	@Override
	public void setMessageConverter(MessageConverter messageConverter) {
		this.ownConverter = messageConverter;
	}

	/** Not before it is needed: a converter may use the template itself. */
	@Override
	public MessageConverter getMessageConverter() {
		MessageConverter own = this.ownConverter;
		return (own != null) ? own : this.messages.converter();
	}

	/**
	 * Set the executor on which {@link #sendAsync} waits.
	 * @param sendExecutor runs the sends that have to wait, one thread each
	 */
	public void setSendExecutor(Executor sendExecutor) {
		this.sends.setExecutor(sendExecutor);
	}

	/**
	 * Set how long a send waits where the socket has no {@code send-timeout} of its own.
	 * @param sendTimeout the time; zero does not wait
	 */
	public void setSendTimeout(Duration sendTimeout) {
		this.sends.setTimeout(sendTimeout);
	}

	/**
	 * Set how long a receive waits where the socket has no {@code receive-timeout} of its
	 * own.
	 * @param receiveTimeout the time; zero does not wait
	 */
	public void setReceiveTimeout(Duration receiveTimeout) {
		this.receiveTimeout = receiveTimeout;
	}

	/**
	 * Set how long a request waits for its reply.
	 * @param requestTimeout the time for each attempt
	 */
	public void setRequestTimeout(Duration requestTimeout) {
		this.requests.setTimeout(requestTimeout);
	}

	/**
	 * Set how often a request is sent again when no reply came in time.
	 * @param requestRetries the number of retries
	 */
	public void setRequestRetries(int requestRetries) {
		this.requests.setRetries(requestRetries);
	}

	/**
	 * Set what is kept of a stream that its subscriber has not asked for. A subscriber
	 * further behind than that gets an error, and the server is told.
	 * @param elements the most elements, 1 or more
	 * @param bytes the most bytes of their frames, 1 or more; a single element may have
	 * more
	 */
	public void setStreamBuffer(int elements, long bytes) {
		this.requests.setStreamBuffer(elements, bytes);
	}

	@Override
	public void convertAndSend(String socket, Object payload) {
		this.sends.send(socket, payload);
	}

	@Override
	protected void doSend(String socket, Message<?> message) {
		this.sends.send(socket, message);
	}

	/**
	 * Publish a message of two frames: topic and payload.
	 * @param socket the logical name of a PUB, XPUB or RADIO socket
	 * @param topic the topic, as {@link BytesText} reads it
	 * @param payload the payload
	 */
	public void publish(String socket, String topic, Object payload) {
		this.sends.publish(socket, BytesText.parse(topic), payload);
	}

	/**
	 * Publish a message of two frames: topic and payload.
	 * @param socket the logical name of a PUB, XPUB or RADIO socket
	 * @param topic the topic
	 * @param payload the payload
	 */
	public void publish(String socket, byte[] topic, Object payload) {
		this.sends.publish(socket, topic.clone(), payload);
	}

	/**
	 * Send a multipart message.
	 * @param socket the logical name of the socket
	 * @param frames each {@code byte[]}, {@code String}, {@code ByteBuffer} or what the
	 * converters know
	 */
	public void sendFrames(String socket, Object... frames) {
		this.sends.sendFrames(socket, this.sends.encodeFrames(socket, frames));
	}

	/**
	 * Send a message to one peer of a ROUTER, SERVER or PEER socket.
	 * @param socket the logical name of the socket
	 * @param routingId the routing id of the peer
	 * @param payload the payload
	 * @throws ZmqHostUnreachableException if no connected peer has the routing id
	 */
	public void sendTo(String socket, byte[] routingId, Object payload) {
		this.sends.sendTo(socket, routingId.clone(), payload);
	}

	/**
	 * Send a message to one peer of a ROUTER, SERVER or PEER socket.
	 * @param socket the logical name of the socket
	 * @param routingId the routing id of the peer, as {@link BytesText} reads it and as a
	 * {@code @ZmqRoutingId String} is given
	 * @param payload the payload
	 * @throws ZmqHostUnreachableException if no connected peer has the routing id
	 */
	public void sendTo(String socket, String routingId, Object payload) {
		this.sends.sendTo(socket, BytesText.parse(routingId), payload);
	}

	/**
	 * Send a message if ZeroMQ takes it at once.
	 * @param socket the logical name of the socket
	 * @param payload the payload
	 * @return whether it was accepted; {@code false} when no peer can take it now
	 * @throws ZmqHostUnreachableException if no connected peer has the routing id
	 * @throws ZmqSocketClosedException if the socket is closed
	 */
	public boolean trySend(String socket, Object payload) {
		return this.sends.trySend(socket, payload);
	}

	/**
	 * Send without making the caller wait. What ZeroMQ takes at once is sent on the
	 * calling thread; what has to wait for a peer waits on another.
	 * @param socket the logical name of the socket
	 * @param payload the payload, encoded before this returns
	 * @return completes when ZeroMQ has accepted the message, exceptionally with what a
	 * send would have thrown
	 */
	public CompletableFuture<Void> sendAsync(String socket, Object payload) {
		return this.sends.sendAsync(socket, payload);
	}

	/**
	 * Start a message that is built step by step.
	 * @param payload the payload
	 * @return what it is built with
	 */
	public ZmqMessageSpec newMessage(Object payload) {
		return new ZmqMessageSpec(this, payload);
	}

	/**
	 * Send a message without copying its frames: the caller gives the arrays away and
	 * must not change them afterwards, since ZeroMQ, and on inproc the receivers, go on
	 * using them.
	 * @param socket the logical name of the socket
	 * @param frames the arrays to give away
	 */
	public void sendGivenAway(String socket, byte[]... frames) {
		Assert.notEmpty(frames, "A ZeroMQ message has at least one frame");
		Assert.noNullElements(frames, "A frame cannot be null: use an empty byte[]");
		this.sends.sendFrames(socket, frames);
	}

	/**
	 * Reply to a message that {@link #receiveFrames} returned: whatever return path the
	 * message has goes in front.
	 * @param socket the logical name of the socket that the message came from
	 * @param request the message
	 * @param payload the payload of the reply
	 * @throws ZmqHostUnreachableException if the peer is gone
	 */
	public void reply(String socket, ZmqMessage request, Object payload) {
		this.sends.reply(socket, request, payload);
	}

	@Override
	protected @Nullable Message<?> doReceive(String socket) {
		ZmqSocket source = this.sockets.socket(socket);
		SocketDefinition definition = source.definition();
		Duration timeout = definition.options().duration(SocketOption.RECEIVE_TIMEOUT, this.receiveTimeout);
		ZmqMessage message = source.receive(timeout.toNanos());
		return (message != null) ? this.messages.toMessage(definition, this.messages.received(definition, message))
				: null;
	}

	/**
	 * Receive a message with all its frames.
	 * @param socket the logical name of a socket that no listener reads
	 * @param timeout how long to wait; zero does not wait
	 * @return the message, or {@code null} when none came in time
	 */
	public @Nullable ZmqMessage receiveFrames(String socket, Duration timeout) {
		ZmqSocket source = this.sockets.socket(socket);
		ZmqMessage message = source.receive(timeout.toNanos());
		return (message != null) ? this.messages.received(source.definition(), message) : null;
	}

	@Override
	@SuppressWarnings("unchecked")
	protected <T> @Nullable T doConvert(@Nullable Message<?> message, Class<T> targetClass) {
		if (message == null) {
			return null;
		}
		Object payload = message.getPayload();
		if (targetClass.isInstance(payload)) {
			return (T) payload;
		}
		if (targetClass == ZmqMessage.class) {
			Object whole = message.getHeaders().get(ZmqHeaders.MESSAGE);
			Assert.state(whole != null, "Not a received message");
			return (T) whole;
		}
		return (T) this.messages.decode((byte[]) payload, targetClass, message.getHeaders());
	}

	@Override
	protected @Nullable Message<?> doSendAndReceive(String socket, Message<?> request) {
		return this.requests.exchange(socket, request);
	}

	@Override
	public <T> @Nullable T convertSendAndReceive(String socket, Object request, @Nullable Map<String, Object> headers,
			Class<T> replyType, @Nullable MessagePostProcessor postProcessor) {
		return this.requests.requestAndWait(socket, doConvert(request, headers, postProcessor), replyType, null, null);
	}

	/**
	 * Send a request and waits for a reply of a generic type.
	 * @param <T> the type of the reply
	 * @param socket the logical name of a REQ or DEALER socket
	 * @param request the request
	 * @param replyType the type of the reply
	 * @return the reply
	 */
	public <T> @Nullable T convertSendAndReceive(String socket, Object request,
			ParameterizedTypeReference<T> replyType) {
		return this.requests.requestAndWait(socket, request, replyType.getType(), null, null);
	}

	/**
	 * Send a request without waiting for the reply.
	 * @param <T> the type of the reply
	 * @param socket the logical name of a REQ or DEALER socket
	 * @param request the request
	 * @param replyType the type of the reply
	 * @return completes with the reply, on a thread of this library that must not be
	 * blocked, or exceptionally with {@link ZmqRequestTimeoutException},
	 * {@link ZmqRemoteException} or another {@link ZmqException}. Cancelling it forgets
	 * the request
	 */
	public <T> CompletableFuture<T> requestAsync(String socket, Object request, Class<T> replyType) {
		return requestAsync(socket, request, replyType, null, null);
	}

	/**
	 * Send a request without waiting for the reply, which is of a generic type.
	 * @param <T> the type of the reply
	 * @param socket the logical name of a REQ or DEALER socket
	 * @param request the request
	 * @param replyType the type of the reply
	 * @return as {@link #requestAsync(String, Object, Class)}
	 */
	public <T> CompletableFuture<T> requestAsync(String socket, Object request,
			ParameterizedTypeReference<T> replyType) {
		return requestAsync(socket, request, replyType.getType(), null, null);
	}

	/**
	 * Send a request with a timeout of its own.
	 * @param <T> the type of the reply
	 * @param socket the logical name of a REQ or DEALER socket
	 * @param request the request
	 * @param replyType the type of the reply
	 * @param timeout how long to wait for the reply of each attempt
	 * @return as {@link #requestAsync(String, Object, Class)}
	 */
	public <T> CompletableFuture<T> requestAsync(String socket, Object request, Class<T> replyType, Duration timeout) {
		return requestAsync(socket, request, replyType, timeout, null);
	}

	<T> CompletableFuture<T> requestAsync(String socket, Object request, Type replyType, @Nullable Duration timeout,
			@Nullable Integer retries) {
		return this.requests.request(socket, request, replyType, timeout, retries);
	}

	/**
	 * Ask every server that is connected now, and gather their replies.
	 * @param <T> the type of the replies
	 * @param socket the logical name of a REQ or DEALER socket
	 * @param request the request
	 * @param replyType the type of the replies
	 * @param timeout how long to wait for them
	 * @return completes with the replies of those that answered in time, in no particular
	 * order, when all have answered or the time is over; empty replies and error replies
	 * are left out. Cancelling it forgets the requests
	 */
	public <T> CompletableFuture<List<T>> requestAll(String socket, Object request, Class<T> replyType,
			Duration timeout) {
		return this.requests.requestAll(socket, request, replyType, timeout);
	}

	/**
	 * Send a request that any number of replies answer, the last of them empty, as a
	 * listener sends a stream. It is sent when it is subscribed to, each time anew, and
	 * not sent again by itself.
	 * @param <T> the type of the elements
	 * @param socket the logical name of a REQ or DEALER socket
	 * @param request the request
	 * @param elementType the type of the elements
	 * @return the elements as they come, a {@code Flux} where Reactor is there, on a
	 * thread of this library that must not be blocked. What the subscriber has not asked
	 * for is kept, up to {@code zmq.template.stream-buffer} elements and
	 * {@code stream-buffer-size}; more than that, an error reply, a server that is gone
	 * and no element within {@code zmq.template.request-timeout} are an error. That and
	 * cancelling the subscription tells the server
	 */
	public <T> Publisher<T> requestStream(String socket, Object request, Class<T> elementType) {
		return newMessage(request).to(socket).requestStream(elementType);
	}

	TemplateRequests requests() {
		return this.requests;
	}

	/**
	 * Make a multipart message, each frame converted by itself.
	 * @param frames the frames as for {@link #sendFrames}
	 * @return the message
	 */
	public ZmqMessage toMessage(Object... frames) {
		return ZmqMessage.ofRaw(this.sends.encodeFrames(null, frames), 0);
	}

	@Override
	protected Message<?> doConvert(Object payload, @Nullable Map<String, Object> headers,
			@Nullable MessagePostProcessor postProcessor) {
		Message<?> message = (payload instanceof Message<?> given) ? withHeaders(given, headers)
				: new PlainMessage<>(payload, headers);
		return (postProcessor != null) ? postProcessor.postProcessMessage(message) : message;
	}

	/** A message is no payload of another one. */
	private static Message<?> withHeaders(Message<?> message, @Nullable Map<String, Object> headers) {
		if (headers == null || headers.isEmpty()) {
			return message;
		}
		Map<String, Object> all = new HashMap<>(message.getHeaders());
		all.putAll(headers);
		return new PlainMessage<>(message.getPayload(), all);
	}

}
