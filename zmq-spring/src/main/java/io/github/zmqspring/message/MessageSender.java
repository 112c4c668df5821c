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

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.github.zmqspring.core.MessageOperations;
import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSendInterceptor;
import io.github.zmqspring.core.ZmqSocket;
import io.github.zmqspring.support.PlainMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConverter;

/**
 * The last step in front of a socket, for templates, listeners and requests alike:
 * encodes a payload, sends it and tells the observer.
 *
 * @since 0.1.0
 */
public final class MessageSender implements MessageOperations {

	private final MessageCodec codec;

	private final @Nullable MessageObserver observer;

	private final SendInterceptors interceptors;

	/**
	 * Create the sender.
	 * @param codec turns payloads into frames
	 * @param observer observes sends and requests, or {@code null}
	 */
	public MessageSender(MessageCodec codec, @Nullable MessageObserver observer) {
		this(codec, observer, List.of());
	}

	/**
	 * Create the sender.
	 * @param codec turns payloads into frames
	 * @param observer observes sends and requests, or {@code null}
	 * @param interceptors surround each send, the outermost first
	 */
	public MessageSender(MessageCodec codec, @Nullable MessageObserver observer,
			List<ZmqSendInterceptor> interceptors) {
		this.codec = codec;
		this.observer = observer;
		this.interceptors = new SendInterceptors(interceptors);
	}

	@Override
	public MessageConverter converter() {
		return this.codec.converter();
	}

	@Override
	public SendResult send(ZmqSocket target, Object payload, long timeoutNanos) {
		if (this.observer == null && this.interceptors.isEmpty()) {
			return target.send(this.codec.encode(target.definition(), payload, null), timeoutNanos);
		}
		return send(target, (trace) -> this.codec.encode(target.definition(), payload, trace), timeoutNanos);
	}

	@Override
	public SendResult send(ZmqSocket target, byte[] first, Object payload, long timeoutNanos) {
		return send(target, (trace) -> this.codec.encode(target.definition(), first, payload, trace), timeoutNanos);
	}

	@Override
	public SendResult sendFrames(ZmqSocket target, byte[][] frames, long timeoutNanos) {
		return send(target, (trace) -> this.codec.withHeaders(target.definition(),
				MessageCodec.compress(target.definition(), frames), null, trace), timeoutNanos);
	}

	@Override
	public SendResult reply(ZmqSocket target, ZmqMessage request, Object payload, long timeoutNanos) {
		return send(target, (trace) -> this.codec.encodeReply(target.definition(), request, payload, trace),
				timeoutNanos);
	}

	private SendResult send(ZmqSocket target, Function<@Nullable Map<String, String>, byte[][]> encoding,
			long timeoutNanos) {
		return send(target, encoding,
				(frames) -> new Sent(
						this.interceptors.around(target.definition(), frames, (all) -> target.send(all, timeoutNanos)),
						timeoutNanos));
	}

	/**
	 * Send a payload and wait until a peer takes it, however long that may be, or until
	 * the thread is interrupted.
	 * @param target the socket
	 * @param payload the payload
	 * @param sliceNanos how often to look whether the thread is interrupted
	 * @return what became of it
	 */
	public SendResult sendPatiently(ZmqSocket target, Object payload, long sliceNanos) {
		return send(target, (trace) -> this.codec.encode(target.definition(), payload, trace), (frames) -> {
			long begin = System.nanoTime();
			SendResult sent = this.interceptors.around(target.definition(), frames, (all) -> {
				SendResult result = target.send(all, sliceNanos);
				while (result == SendResult.TIMED_OUT && !Thread.currentThread().isInterrupted()) {
					result = target.send(all, sliceNanos);
				}
				return result;
			});
			return new Sent(sent, System.nanoTime() - begin);
		});
	}

	private SendResult send(ZmqSocket target, Function<@Nullable Map<String, String>, byte[][]> encoding,
			Function<byte[][], Sent> sending) {
		SocketDefinition definition = target.definition();
		Observed observed = (this.observer != null) ? this.observer.sending(definition) : null;
		if (observed == null) {
			return sending.apply(encoding.apply(null)).result();
		}
		try (Observed.Scope scope = observed.open()) {
			byte[][] frames = encoding.apply(observed.headers());
			observed.frames(frames);
			Sent sent = sending.apply(frames);
			tell(observed, definition, sent);
			return sent.result();
		}
		catch (RuntimeException | Error ex) {
			observed.error(ex);
			throw ex;
		}
		finally {
			observed.stop();
		}
	}

	@Override
	public CompletableFuture<Void> sendAsync(ZmqSocket target, Object payload, Duration timeout, Executor executor) {
		SocketDefinition definition = target.definition();
		Observed observed = (this.observer != null) ? this.observer.sending(definition) : null;
		CompletableFuture<Void> sent;
		try {
			byte[][] frames = this.codec.encode(definition, payload, (observed != null) ? observed.headers() : null);
			if (observed != null) {
				observed.frames(frames);
			}
			sent = this.interceptors.aroundLater(definition, frames,
					(all) -> sendLater(target, all, timeout, executor));
		}
		catch (RuntimeException ex) {
			sent = CompletableFuture.failedFuture(ex);
		}
		if (observed != null) {
			sent.whenComplete((nothing, failure) -> observed
				.end((failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
						: failure));
		}
		return sent;
	}

	private static CompletableFuture<Void> sendLater(ZmqSocket target, byte[][] frames, Duration timeout,
			Executor executor) {
		String name = target.definition().name();
		SendResult result = target.send(frames, 0);
		if (result == SendResult.TIMED_OUT) {
			return CompletableFuture.runAsync(() -> target.send(frames, timeout.toNanos()).orThrow(name, timeout),
					executor);
		}
		result.orThrow(name, Duration.ZERO);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<ZmqMessage> request(SocketDefinition target, Object payload,
			Function<byte[][], CompletableFuture<ZmqMessage>> asking) {
		Observed observed = (this.observer != null) ? this.observer.requesting(target) : null;
		try {
			byte[][] body = this.codec.encodeRequest(target, payload, (observed != null) ? observed.headers() : null);
			CompletableFuture<ZmqMessage> reply = this.interceptors.aroundLater(target, body, asking);
			if (observed != null) {
				observed.frames(body);
				reply.whenComplete((message, failure) -> observed.end(failure));
			}
			return reply;
		}
		catch (RuntimeException ex) {
			if (observed != null) {
				observed.end(ex);
			}
			throw ex;
		}
	}

	@Override
	public byte[] encodeFrame(@Nullable SocketDefinition target, Object payload) {
		return (target != null) ? this.codec.encodeFrame(target, payload) : this.codec.encodeFrame(payload, null);
	}

	@Override
	public ZmqMessage received(SocketDefinition source, ZmqMessage message) {
		return PayloadCompression.decompress(source, message);
	}

	@Override
	public @Nullable Object decode(byte[] frame, Type type, @Nullable MessageHeaders headers) {
		Class<?> raw = (type instanceof Class<?> plain) ? plain : ResolvableType.forType(type).toClass();
		return this.codec.decodeFrame(frame, raw, headers, (type != raw) ? new GenericTypeHint(type) : null);
	}

	@Override
	public Message<byte[]> toMessage(SocketDefinition source, ZmqMessage received) {
		return new PlainMessage<>(MessageCodec.payload(source, received), MessageCodec.headers(source, received));
	}

	private static void tell(Observed observed, SocketDefinition definition, Sent sent) {
		try {
			sent.result().orThrow(definition.name(), Duration.ofNanos(sent.waitedNanos()));
		}
		catch (ZmqException ex) {
			observed.error(ex);
		}
	}

	private record Sent(SendResult result, long waitedNanos) {
	}

}
