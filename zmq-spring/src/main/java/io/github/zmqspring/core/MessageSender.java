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
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The last step before a socket: puts headers in their frame, and tells who watches.
 *
 * @since 0.1.0
 */
public final class MessageSender {

	private final MessageCodec codec;

	private final @Nullable MessageObserver observer;

	/**
	 * Creates the sender.
	 * @param codec makes header frames
	 * @param observer watches, or {@code null}
	 */
	public MessageSender(MessageCodec codec, @Nullable MessageObserver observer) {
		this.codec = codec;
		this.observer = observer;
	}

	/**
	 * Sends a message.
	 * @param target the socket
	 * @param frames the message without its header frame
	 * @param payload what it was made of
	 * @param timeoutNanos how long to wait; 0 does not wait
	 * @return what became of it
	 */
	public SendResult send(ZmqSocket target, byte[][] frames, Object payload, long timeoutNanos) {
		return send(target, frames, position(target.definition(), frames), payload, timeoutNanos);
	}

	/**
	 * Sends a message whose return path the caller knows.
	 * @param target the socket
	 * @param frames the message without its header frame
	 * @param position where the header frame belongs; negative for nowhere
	 * @param payload what it was made of
	 * @param timeoutNanos how long to wait; 0 does not wait
	 * @return what became of it
	 */
	public SendResult send(ZmqSocket target, byte[][] frames, int position, Object payload, long timeoutNanos) {
		if (this.observer == null) {
			return target.send(this.codec.withHeaders(target.definition(), frames, position, payload, null),
					timeoutNanos);
		}
		return send(target, frames, position, payload, (ready) -> target.send(ready, timeoutNanos));
	}

	/**
	 * Sends a whole message in a way of the caller's own.
	 * @param target the socket
	 * @param frames the message without its header frame
	 * @param payload what it was made of
	 * @param sending sends the message that it is given
	 * @return what became of it
	 */
	public SendResult send(ZmqSocket target, byte[][] frames, Object payload, Function<byte[][], SendResult> sending) {
		return send(target, frames, position(target.definition(), frames), payload, sending);
	}

	private SendResult send(ZmqSocket target, byte[][] frames, int position, Object payload,
			Function<byte[][], SendResult> sending) {
		SocketDefinition definition = target.definition();
		Observed observed = (this.observer != null) ? this.observer.sending(definition) : null;
		if (observed == null) {
			return sending.apply(this.codec.withHeaders(definition, frames, position, payload, null));
		}
		try (Observed.Scope scope = observed.open()) {
			byte[][] ready = this.codec.withHeaders(definition, frames, position, payload, observed.headers());
			observed.frames(ready);
			SendResult result = sending.apply(ready);
			tell(observed, definition, result);
			return result;
		}
		catch (RuntimeException | Error ex) {
			observed.error(ex);
			throw ex;
		}
		finally {
			observed.stop();
		}
	}

	/**
	 * Sends a message at once, or waits on another thread.
	 */
	CompletableFuture<Void> sendAsync(ZmqSocket target, byte[][] frames, Object payload, Duration timeout,
			Executor executor) {
		SocketDefinition definition = target.definition();
		Observed observed = (this.observer != null) ? this.observer.sending(definition) : null;
		CompletableFuture<Void> sent;
		try {
			byte[][] ready = this.codec.withHeaders(definition, frames, position(definition, frames), payload,
					(observed != null) ? observed.headers() : null);
			if (observed != null) {
				observed.frames(ready);
			}
			SendResult result = target.send(ready, 0);
			if (result == SendResult.TIMED_OUT) {
				sent = CompletableFuture.runAsync(
						() -> target.send(ready, timeout.toNanos()).orThrow(definition.name(), timeout), executor);
			}
			else {
				result.orThrow(definition.name(), Duration.ZERO);
				sent = CompletableFuture.completedFuture(null);
			}
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

	private static int position(SocketDefinition definition, byte[][] frames) {
		return (definition.envelope() != Envelope.NONE) ? CarriedHeaders.position(definition, frames) : -1;
	}

	private static void tell(Observed observed, SocketDefinition definition, SendResult result) {
		try {
			result.orThrow(definition.name(), definition.options().duration(SocketOption.SEND_TIMEOUT, Duration.ZERO));
		}
		catch (ZmqException ex) {
			observed.error(ex);
		}
	}

}
