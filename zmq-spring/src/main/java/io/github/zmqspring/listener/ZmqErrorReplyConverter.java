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

package io.github.zmqspring.listener;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.github.zmqspring.core.ZmqMessage;
import io.github.zmqspring.message.ErrorReply;
import io.github.zmqspring.support.QuotedPayloads;
import org.jspecify.annotations.Nullable;

/**
 * Says what the peer is answered when its request could not be handled. A bean replaces
 * what {@code zmq.listener.error-reply} says. Called on the thread of the listener.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ZmqErrorReplyConverter {

	/**
	 * Makes the reply.
	 * @param request the request
	 * @param failure the exception of the method, or a {@link ZmqListenerException} for a
	 * request that could not be read
	 * @return the reply, converted as any other; an {@link ErrorReply} becomes a
	 * {@link io.github.zmqspring.core.ZmqRemoteException} at clients of this library;
	 * {@code null} gives an empty reply
	 */
	@Nullable Object toReply(ZmqMessage request, Throwable failure);

	/**
	 * The type and message of the exception, without its stack; without the message too
	 * if it is one of a parser, converter or validator, which may quote other payloads
	 * than the peer's. Of wrappers such as {@link CompletionException} what they wrap is
	 * told.
	 * @return a converter that makes an {@link ErrorReply}
	 */
	static ZmqErrorReplyConverter message() {
		return (request, failure) -> {
			if (failure instanceof ZmqListenerException) {
				return new ErrorReply("UnreadableMessage", "The request could not be read");
			}
			Throwable cause = failure;
			while ((cause instanceof CompletionException || cause instanceof ExecutionException
					|| cause instanceof InvocationTargetException) && cause.getCause() != null) {
				cause = cause.getCause();
			}
			String type = cause.getClass().getSimpleName();
			String message = cause.getMessage();
			if (QuotedPayloads.isQuotedBy(failure)) {
				message = "The request could not be handled";
			}
			return new ErrorReply((!type.isEmpty()) ? type : cause.getClass().getName(),
					(message != null) ? message : "");
		};
	}

	/**
	 * An empty reply, which tells nothing.
	 * @return a converter that makes nothing
	 */
	static ZmqErrorReplyConverter none() {
		return (request, failure) -> null;
	}

}
