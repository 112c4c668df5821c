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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;

/**
 * Turns payloads into messages and sends them, and turns received frames into objects.
 * Every message that the application sends passes here. May be called from any thread.
 *
 * @since 0.1.0
 */
public interface MessageOperations {

	/**
	 * Return the converter for payloads that are neither bytes nor text.
	 * @return the converter
	 */
	MessageConverter converter();

	/**
	 * Send a payload on the calling thread.
	 * @param target the socket
	 * @param payload the payload; the headers of a {@link Message} may name topic and
	 * routing id
	 * @param timeoutNanos how long to wait; 0 does not wait
	 * @return what became of it
	 * @throws MessageConversionException if no converter knows the payload
	 */
	SendResult send(ZmqSocket target, Object payload, long timeoutNanos);

	/**
	 * Send a payload behind a topic or a routing id.
	 * @param target the socket
	 * @param first the first frame, given away
	 * @param payload the payload
	 * @param timeoutNanos how long to wait; 0 does not wait
	 * @return what became of it
	 * @throws MessageConversionException if no converter knows the payload
	 */
	SendResult send(ZmqSocket target, byte[] first, Object payload, long timeoutNanos);

	/**
	 * Send frames as they are.
	 * @param target the socket
	 * @param frames the frames, given away
	 * @param timeoutNanos how long to wait; 0 does not wait
	 * @return what became of it
	 */
	SendResult sendFrames(ZmqSocket target, byte[][] frames, long timeoutNanos);

	/**
	 * Send a reply along the return path of a message.
	 * @param target the socket that the message came from
	 * @param request the message
	 * @param payload the payload of the reply
	 * @param timeoutNanos how long to wait; 0 does not wait
	 * @return what became of it
	 * @throws MessageConversionException if no converter knows the payload
	 */
	SendResult reply(ZmqSocket target, ZmqMessage request, Object payload, long timeoutNanos);

	/**
	 * Send a payload at once, or wait on another thread.
	 * @param target the socket
	 * @param payload the payload, encoded before this returns
	 * @param timeout how long to wait
	 * @param executor runs the send if it has to wait
	 * @return completes when ZeroMQ has accepted the message, exceptionally otherwise
	 */
	CompletableFuture<Void> sendAsync(ZmqSocket target, Object payload, Duration timeout, Executor executor);

	/**
	 * Make a request of a payload.
	 * @param target the socket that asks
	 * @param payload the payload
	 * @param asking sends the frames that it is given
	 * @return what {@code asking} returned
	 * @throws MessageConversionException if no converter knows the payload
	 */
	CompletableFuture<ZmqMessage> request(SocketDefinition target, Object payload,
			Function<byte[][], CompletableFuture<ZmqMessage>> asking);

	/**
	 * Turn a payload into one frame.
	 * @param target the socket whose content type it gets, or {@code null}
	 * @param payload the payload
	 * @return a new frame
	 * @throws MessageConversionException if no converter knows the payload
	 */
	byte[] encodeFrame(@Nullable SocketDefinition target, Object payload);

	/**
	 * Turn a payload into one frame, whatever the socket.
	 * @param payload the payload
	 * @return a new frame
	 * @throws MessageConversionException if no converter knows the payload
	 */
	default byte[] encodeFrame(Object payload) {
		return encodeFrame(null, payload);
	}

	/**
	 * Decompress a received message, where its socket has a compression.
	 * @param source the socket it came from
	 * @param message the message
	 * @return the message itself where nothing is compressed
	 * @throws MessageConversionException if it is damaged, or too large
	 */
	ZmqMessage received(SocketDefinition source, ZmqMessage message);

	/**
	 * Turn one frame into an object.
	 * @param frame the frame
	 * @param type the type to make, generic or not
	 * @param headers headers that the converter may look at
	 * @return the object; {@code null} if the frame says so, as JSON can
	 * @throws MessageConversionException if the frame is unreadable or no converter knows
	 * the type
	 */
	@Nullable Object decode(byte[] frame, Type type, @Nullable MessageHeaders headers);

	/**
	 * Turn a received message into Spring's.
	 * @param source the socket it came from
	 * @param received the message
	 * @return its payload, not converted, and its headers
	 * @throws MessageConversionException if the header frame of the message cannot be
	 * read
	 */
	Message<byte[]> toMessage(SocketDefinition source, ZmqMessage received);

}
