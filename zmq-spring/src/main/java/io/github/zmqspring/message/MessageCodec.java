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

package io.github.zmqspring.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.zmqspring.core.Envelope;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqConversionException;
import io.github.zmqspring.core.ZmqHeaders;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.support.BytesText;
import io.github.zmqspring.support.PlainMessage;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMsg;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Converts between payloads and frames. Bytes and text are copied directly; everything
 * else goes through the message converter.
 *
 * @since 0.1.0
 */
public final class MessageCodec {

	private static final byte CBOR_NULL = (byte) 0xf6;

	private static final byte MESSAGE_PACK_NULL = (byte) 0xc0;

	/** White space around it included. */
	private static final int MOST_NULL_BYTES = 64;

	private final Supplier<MessageConverter> converter;

	/**
	 * Create the codec.
	 * @param converter converts payloads that are neither bytes nor text
	 */
	public MessageCodec(MessageConverter converter) {
		this(() -> converter);
	}

	/**
	 * Create the codec for a converter that may use what the codec is needed for.
	 * @param converter converts payloads that are neither bytes nor text; asked for when
	 * it is needed first
	 */
	public MessageCodec(Supplier<MessageConverter> converter) {
		this.converter = SingletonSupplier.of(converter);
	}

	/**
	 * Return the converter for payloads that are neither bytes nor text.
	 * @return the converter
	 */
	public MessageConverter converter() {
		return this.converter.get();
	}

	/**
	 * Return whether there is any converter for payloads that are neither bytes nor text.
	 * @return {@code false} if there is certainly none
	 */
	public boolean convertsObjects() {
		return !(converter() instanceof CompositeMessageConverter chain) || !chain.getConverters()
			.stream()
			.allMatch((one) -> one instanceof StringMessageConverter || one instanceof ByteArrayMessageConverter);
	}

	/**
	 * Return whether frames become objects of a type without any converter.
	 * @param type the type
	 * @return {@code true} for bytes and text
	 */
	public static boolean isPlain(Class<?> type) {
		return type == byte[].class || type == Object.class || type == String.class || type == ByteBuffer.class;
	}

	/**
	 * Turn a payload into the message for a socket. The headers for topic and routing id
	 * become frames where its type has them, the others travel in a frame of their own
	 * where the socket has an envelope.
	 * @param target the socket
	 * @param payload bytes, text, a {@link ByteBuffer}, a {@link ZmqMessage} (without its
	 * return path and headers), a {@link ZMsg}, a {@code List<byte[]>}, the payload of a
	 * {@link Message}, or what the converter knows
	 * @param trace more headers that travel, whatever their names
	 * @return frames that are the caller's own
	 * @throws IllegalArgumentException if the payload is {@code null}
	 * @throws MessageConversionException if no converter knows the payload, or a header
	 * cannot travel
	 */
	byte[][] encode(SocketDefinition target, Object payload, @Nullable Map<String, String> trace) {
		byte[][] frames = encodeBody(target, payload);
		if (!(payload instanceof byte[]) && payload instanceof Message<?> message) {
			Object topic = message.getHeaders().get(ZmqHeaders.TOPIC);
			if (topic != null && target.hasTopics()) {
				frames = prepend(encodeName(topic), frames);
			}
			Object routingId = message.getHeaders().get(ZmqHeaders.ROUTING_ID);
			if (routingId != null && target.routes()) {
				frames = prepend(encodeName(routingId), frames);
			}
		}
		return withHeaders(target, frames, payload, trace);
	}

	/**
	 * Turn a payload into a message that begins with a topic or a routing id.
	 */
	byte[][] encode(SocketDefinition target, byte[] first, Object payload, @Nullable Map<String, String> trace) {
		return withHeaders(target, prepend(first, encodeBody(target, payload)), payload, trace);
	}

	/**
	 * Turn a payload into the reply to a message, whose return path goes in front.
	 */
	byte[][] encodeReply(SocketDefinition target, ZmqMessage request, Object payload,
			@Nullable Map<String, String> trace) {
		byte[][] body = encodeBody(target, payload);
		byte[][] path = request.returnPath();
		byte[][] frames = new byte[path.length + body.length][];
		System.arraycopy(path, 0, frames, 0, path.length);
		System.arraycopy(body, 0, frames, path.length, body.length);
		return (target.envelope() != Envelope.NONE) ? CarriedHeaders.insert(target, frames, path.length, payload, trace)
				: frames;
	}

	/** Turn a payload into the body of a request. */
	byte[][] encodeRequest(SocketDefinition target, Object payload, @Nullable Map<String, String> trace) {
		byte[][] body = encodeBody(target, payload);
		return (target.envelope() != Envelope.NONE) ? CarriedHeaders.insert(target, body, 0, payload, trace) : body;
	}

	/**
	 * Put the headers of a payload into a message, where the socket has an envelope and
	 * the message a place for them.
	 */
	byte[][] withHeaders(SocketDefinition target, byte[][] frames, @Nullable Object payload,
			@Nullable Map<String, String> trace) {
		if (target.envelope() == Envelope.NONE) {
			return frames;
		}
		int position = CarriedHeaders.position(target, frames);
		return (position >= 0) ? CarriedHeaders.insert(target, frames, position, payload, trace) : frames;
	}

	/**
	 * Return the frames behind topic or return path; of a message those of its payload.
	 */
	private byte[][] encodeBody(SocketDefinition target, Object payload) {
		if (payload instanceof byte[] bytes && !target.compression().isOn()) {
			// to ask an array for each of the types below takes longer than to copy it
			return new byte[][] { bytes.clone() };
		}
		if (payload instanceof ErrorReply error) {
			// for clients that know nothing of formats
			return error.toFrames();
		}
		return PayloadCompression.compress(target.compression(), encodePlain(target, payload), 0);
	}

	private byte[][] encodePlain(SocketDefinition target, Object payload) {
		if (!(payload instanceof Message<?> message)) {
			return encode(payload, contentHeaders(target, null));
		}
		Object body = message.getPayload();
		MessageHeaders headers = contentHeaders(target, message.getHeaders());
		return (body instanceof ZmqMessage || body instanceof ZMsg || body instanceof List<?>) ? encode(body, headers)
				: new byte[][] { encodeFrame(body, headers) };
	}

	/** Return headers with the content type of the socket, unless they have one. */
	private static @Nullable MessageHeaders contentHeaders(SocketDefinition target, @Nullable MessageHeaders headers) {
		if (target.contentType() == null || (headers != null && headers.containsKey(MessageHeaders.CONTENT_TYPE))) {
			return headers;
		}
		Map<String, Object> all = new HashMap<>((headers != null) ? headers : Map.of());
		all.put(MessageHeaders.CONTENT_TYPE, target.contentType());
		return new PlainMessage<>("", all).getHeaders();
	}

	/** Turn something into one frame for a socket, not compressed. */
	byte[] encodeFrame(SocketDefinition target, Object payload) {
		return encodeFrame(payload, contentHeaders(target, null));
	}

	/**
	 * Compress frames that are sent as they are, where the socket does that.
	 */
	static byte[][] compress(SocketDefinition target, byte[][] frames) {
		return PayloadCompression.compress(target.compression(), frames,
				((target.hasTopics() && frames.length > 1) || target.routes()) ? 1 : 0);
	}

	private byte[][] encode(Object payload, @Nullable MessageHeaders headers) {
		Assert.notNull(payload, "A payload cannot be null: send an empty byte[]");
		if (payload instanceof Optional<?> optional && optional.isPresent()) {
			return encode(optional.get(), headers);
		}
		if (payload instanceof ZmqMessage message) {
			return message.frames().stream().map(byte[]::clone).toArray(byte[][]::new);
		}
		if (payload instanceof ZMsg message) {
			return message.stream().map((frame) -> frame.getData().clone()).toArray(byte[][]::new);
		}
		if (payload instanceof List<?> list && !list.isEmpty()
				&& list.stream().allMatch((frame) -> frame instanceof byte[])) {
			return list.stream().map((frame) -> ((byte[]) frame).clone()).toArray(byte[][]::new);
		}
		return new byte[][] { encodeFrame(payload, headers) };
	}

	/** Turn a topic or a routing id into a frame. */
	private byte[] encodeName(Object name) {
		return (name instanceof String text) ? BytesText.parse(text) : encodeFrame(name, null);
	}

	/**
	 * Turn a payload into one frame.
	 * @param payload the payload
	 * @param headers headers that the converter may look at
	 * @return a new frame
	 * @throws MessageConversionException if no converter knows the payload
	 */
	public byte[] encodeFrame(Object payload, @Nullable MessageHeaders headers) {
		if (payload instanceof byte[] bytes) {
			return bytes.clone();
		}
		if (payload instanceof String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		if (payload instanceof ByteBuffer buffer) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.duplicate().get(bytes);
			return bytes;
		}
		if (payload instanceof Optional<?> optional) {
			return (optional.isPresent()) ? encodeFrame(optional.get(), headers) : new byte[0];
		}
		Message<?> message = converter().toMessage(payload, headers);
		Object converted = (message != null) ? message.getPayload() : null;
		if (converted instanceof byte[] bytes) {
			return bytes;
		}
		if (converted instanceof String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		throw new ZmqConversionException("No message converter turns a " + payload.getClass().getName()
				+ " into bytes. For JSON add spring-boot-starter-jackson, else a MessageConverter bean");
	}

	/**
	 * Turn one frame into an object.
	 * @param frame the frame
	 * @param type the type to make
	 * @param headers headers that the converter may look at
	 * @param hint what the converter may look at for generic types, such as the method
	 * parameter
	 * @return the object; {@code null} if the frame says so, as JSON can
	 * @throws MessageConversionException if the frame is unreadable or no converter knows
	 * the type
	 */
	public @Nullable Object decodeFrame(byte[] frame, Class<?> type, @Nullable MessageHeaders headers,
			@Nullable Object hint) {
		if (type == byte[].class || type == Object.class) {
			return frame;
		}
		if (type == String.class) {
			return new String(frame, StandardCharsets.UTF_8);
		}
		if (type == ByteBuffer.class) {
			return ByteBuffer.wrap(frame);
		}
		Object decoded;
		try {
			decoded = Conversions.fromMessage(converter(), new PlainMessage<>(frame, headers), type, hint);
		}
		catch (ZmqConversionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new ZmqConversionException(UnreadableReason.of(frame, type, ex), ex);
		}
		if (decoded == null && isNull(frame) && convertsObjects()) {
			return null;
		}
		if (decoded == null) {
			throw new ZmqConversionException("No message converter turns bytes into " + type.getName()
					+ ". For JSON add spring-boot-starter-jackson, else a MessageConverter bean");
		}
		return decoded;
	}

	/** Return whether a frame is null in JSON, CBOR or MessagePack. */
	private static boolean isNull(byte[] frame) {
		if (frame.length == 1) {
			return frame[0] == CBOR_NULL || frame[0] == MESSAGE_PACK_NULL;
		}
		return frame.length < MOST_NULL_BYTES && "null".equals(new String(frame, StandardCharsets.UTF_8).trim());
	}

	/**
	 * Return the headers of a received message.
	 * @param definition the socket it came from
	 * @param message the message
	 * @return a new map
	 * @throws MessageConversionException if the header frame of the message cannot be
	 * read
	 */
	public static Map<String, Object> headers(SocketDefinition definition, ZmqMessage message) {
		Map<String, Object> headers = new HashMap<>();
		if (message.hasHeaders()) {
			CarriedHeaders.copyTo(headers, definition, message);
		}
		if (definition.contentType() != null) {
			headers.putIfAbsent(MessageHeaders.CONTENT_TYPE, definition.contentType());
		}
		headers.put(ZmqHeaders.SOCKET, definition.name());
		headers.put(ZmqHeaders.MESSAGE, message);
		putIfKnown(headers, ZmqHeaders.USER_ID, message.userId());
		putIfKnown(headers, ZmqHeaders.PEER_ADDRESS, message.peerAddress());
		if (definition.hasTopics()) {
			headers.put(ZmqHeaders.TOPIC, BytesText.of(topic(definition, message)));
		}
		Long number = (definition.sequence() != null) ? definition.sequence().number(message) : null;
		if (number != null) {
			headers.put(ZmqHeaders.SEQUENCE, number);
		}
		if (message.missed() > 0) {
			headers.put(ZmqHeaders.MISSED, message.missed());
		}
		byte[][] path = message.returnPath();
		if (definition.routes() && path.length != 0) {
			headers.put(ZmqHeaders.ROUTING_ID, path[0]);
		}
		return headers;
	}

	private static void putIfKnown(Map<String, Object> headers, String name, @Nullable String value) {
		if (value != null) {
			headers.put(name, value);
		}
	}

	/**
	 * Return the payload of a received message: of a published one what follows the
	 * topic, without its number and an empty frame; of any other its first frame.
	 * @param definition the socket it came from
	 * @param message the message
	 * @return the payload
	 */
	public static byte[] payload(SocketDefinition definition, ZmqMessage message) {
		if (!definition.hasTopics()) {
			return message.frame(0);
		}
		if (definition.topicSeparator() != null) {
			byte[] payload = TopicSeparator.payload(definition, message);
			if (payload != null) {
				return payload;
			}
		}
		int size = message.size();
		int number = (definition.sequence() != null) ? definition.sequence().frame() : -1;
		int index = behind(0, number);
		if (index < size && message.frame(index).length == 0 && behind(index, number) < size) {
			index = behind(index, number);
		}
		return message.frame(Math.min(size - 1, index));
	}

	/** Return the index of the next frame that is not the number of the message. */
	private static int behind(int index, int number) {
		return (index + 1 == number) ? index + 2 : index + 1;
	}

	/**
	 * Return the topic of a published message: its first frame, or what that has in front
	 * of the topic separator of the socket.
	 * @param definition the socket it came from
	 * @param message the message
	 * @return the topic
	 */
	public static byte[] topic(SocketDefinition definition, ZmqMessage message) {
		if (definition.topicSeparator() != null) {
			byte[] topic = TopicSeparator.topic(definition, message);
			if (topic != null) {
				return topic;
			}
		}
		return message.frame(0);
	}

	/**
	 * Put a frame in front of others.
	 * @param first the frame
	 * @param rest the others
	 * @return a new array
	 */
	public static byte[][] prepend(byte[] first, byte[]... rest) {
		byte[][] all = new byte[rest.length + 1][];
		all[0] = first;
		System.arraycopy(rest, 0, all, 1, rest.length);
		return all;
	}

	/**
	 * Copy frames, so that the caller may go on using its arrays.
	 * @param frames the frames
	 * @return copies
	 */
	public static byte[][] copy(byte[][] frames) {
		byte[][] copies = new byte[frames.length][];
		for (int i = 0; i < frames.length; i++) {
			copies[i] = frames[i].clone();
		}
		return copies;
	}

}
