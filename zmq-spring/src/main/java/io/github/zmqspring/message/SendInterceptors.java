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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import io.github.zmqspring.core.SendResult;
import io.github.zmqspring.core.SocketDefinition;
import io.github.zmqspring.core.ZmqException;
import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.core.ZmqSendInterceptor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Calls the interceptors around a send.
 */
final class SendInterceptors {

	private static final Log logger = LogFactory.getLog(SendInterceptors.class);

	private final List<ZmqSendInterceptor> interceptors;

	SendInterceptors(List<ZmqSendInterceptor> interceptors) {
		this.interceptors = List.copyOf(interceptors);
	}

	boolean isEmpty() {
		return this.interceptors.isEmpty();
	}

	/** Send what the interceptors make of the frames. */
	SendResult around(SocketDefinition socket, byte[][] frames, Function<byte[][], SendResult> sending) {
		if (isEmpty()) {
			return sending.apply(frames);
		}
		ZmqMessage message = before(socket, frames);
		try {
			SendResult result = sending.apply(message.raw());
			after(socket, message, failure(socket, result));
			return result;
		}
		catch (RuntimeException | Error ex) {
			after(socket, message, ex);
			throw ex;
		}
	}

	/** As {@link #around}, for what is over later. */
	<T> CompletableFuture<T> aroundLater(SocketDefinition socket, byte[][] frames,
			Function<byte[][], CompletableFuture<T>> sending) {
		if (isEmpty()) {
			return sending.apply(frames);
		}
		ZmqMessage message = before(socket, frames);
		CompletableFuture<T> sent = sending.apply(message.raw());
		sent.whenComplete((value, failure) -> after(socket, message,
				(failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure));
		return sent;
	}

	private ZmqMessage before(SocketDefinition socket, byte[][] frames) {
		ZmqMessage message = ZmqMessage.ofRaw(frames, 0);
		for (ZmqSendInterceptor interceptor : this.interceptors) {
			message = interceptor.beforeSend(socket, message);
		}
		return message;
	}

	private void after(SocketDefinition socket, ZmqMessage message, @Nullable Throwable failure) {
		for (ZmqSendInterceptor interceptor : this.interceptors) {
			try {
				interceptor.afterSend(socket, message, failure);
			}
			catch (RuntimeException ex) {
				logger.error("A ZmqSendInterceptor failed after a send on socket '%s': %s".formatted(socket.name(),
						ex.getClass().getName()));
			}
		}
	}

	private static @Nullable Throwable failure(SocketDefinition socket, SendResult result) {
		try {
			result.orThrow(socket.name(), Duration.ZERO);
			return null;
		}
		catch (ZmqException ex) {
			return ex;
		}
	}

}
